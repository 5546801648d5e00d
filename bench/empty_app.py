"""The peer: the least that Textual can be asked to do. One line of text changes with each key."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class EmptyApp(App[None]):
    """Counts keys."""

    CSS = "Screen { background: ansi_default; color: ansi_default; }"
    ENABLE_COMMAND_PALETTE = False
    count = 0

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("keys 0", markup=False)

    def on_key(self, event: Key) -> None:
        """Another text of the same length."""
        self.count += 1
        self.query_one(Static).update(f"keys {self.count % 10}")


if __name__ == "__main__":
    EmptyApp(ansi_color=True).run(mouse=False)

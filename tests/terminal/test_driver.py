"""tui.driver in a real pty: a small application, and a terminal that misbehaves."""

import sys
from pathlib import Path

from pty_screen import PtyScreen

ROOT = Path(__file__).resolve().parents[2]
ENV = {"PYTHONPATH": str(ROOT)}
PROGRAM = [sys.executable, "-c", "import test_driver; test_driver.run()"]


def run() -> None:
    """The program under test: it shows the keys it was given."""
    from textual.app import App, ComposeResult
    from textual.events import Key
    from textual.widgets import Input, Static

    from tui.driver import Driver, TerminalError, attach

    class Keys(App[None]):
        AUTO_FOCUS = None
        seen: tuple[str, ...] = ()

        def compose(self) -> ComposeResult:
            yield Static("ready", markup=False)
            yield Input(id="field")

        def show(self, word: str) -> None:
            self.seen = (*self.seen, word)
            self.query_one(Static).update(" ".join(("ready", *self.seen)))

        def on_key(self, event: Key) -> None:
            self.show(event.key)
            match event.key:
                case "z":
                    self.action_suspend_process()
                case "q":
                    self.exit()
                case "f":
                    self.query_one(Input).focus()
                case "d" | "t":
                    self.run_worker(self.draw(0.01 if event.key == "t" else 3600.0))

        def on_input_changed(self, event: Input.Changed) -> None:
            self.show(f"pasted={len(event.value)}")

        async def draw(self, timeout: float) -> None:
            assert isinstance(self._driver, Driver)
            await self._driver.drawn(timeout)
            self.show("drawn")

    try:
        attach()
    except TerminalError as error:
        sys.exit(f"error: {error}")
    app = Keys(driver_class=Driver)
    app.run(mouse=False)
    sys.exit(app.return_code or 0)


def start(argv: list[str] = PROGRAM) -> PtyScreen:
    return PtyScreen(argv, env=ENV | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'terminal'}"})

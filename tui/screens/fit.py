"""The fit screen: data, parameters, loss and slope, with the lines round them and the help layer over them."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.reactive import var
from textual.screen import Screen

from scenarios.view import Help, Pane
from scenarios.workspace import Workspace
from tui.commands import bindings
from tui.panes import data, help, lines, loss, parameters, slope
from tui.panes.view import PaneView
from tui.plots.rows import ACCENT, Row, joined, row, wrap
from tui.screens.layout import SMALLEST, arrange
from tui.screens.prompt import Prompt
from tui.terminal import Terminal

Draw = Callable[[Workspace, int, int, Terminal], list[Row]]

_PANES: dict[Pane, Draw] = {
    Pane.DATA: data.draw,
    Pane.PARAMETERS: parameters.draw,
    Pane.LOSS: loss.draw,
    Pane.SLOPE: slope.draw,
}
_PARTS = (*(str(pane) for pane in Pane), "header", "caption", "footer", "body")


class FitScreen(Screen[None]):
    """Draws the application's workspace; keeps nothing of it."""

    AUTO_FOCUS = ""  # no widget takes keys until a question is asked
    BINDINGS = bindings("fit", "app")

    workspace: var[Workspace | None] = var(None)
    message: var[str] = var("")
    playing: var[bool] = var(False)

    def __init__(self, terminal: Terminal):
        super().__init__()
        self._terminal = terminal
        self._views = {part: PaneView(terminal, part) for part in _PARTS}
        self._places: dict[str, Region] = {}

    def compose(self) -> ComposeResult:
        """The parts; "body" is the help layer, composed last so that it lies over the panes."""
        yield from self._views.values()
        yield Prompt()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for the new size."""
        self._draw()

    def watch_workspace(self) -> None:
        """Draw what there is now."""
        self._draw()

    def watch_message(self) -> None:
        """The footer has something else to say."""
        self._draw()

    def watch_playing(self) -> None:
        """The header marks play."""
        self._draw()

    def on_prompt_updated(self) -> None:
        """The question, or what is wrong with its answer, stands in the caption's place."""
        self._draw()

    def _draw(self) -> None:
        workspace = self.workspace
        if workspace is None or not self.is_mounted:
            return
        if self._arranged(workspace):
            for part, rows in self._rows(workspace).items():
                region = self._places[part]
                self._views[part].show(rows[: region.height], region.width)

    def _arranged(self, workspace: Workspace) -> bool:
        """Put every part in its place, if that changed; whether there is room at all."""
        width, height = self.size
        view = workspace.view
        zoomed = (view.focus or Pane.DATA) if view.zoomed else None
        places = arrange(width, height, len(workspace.scenario.parameters), zoomed)
        if places is None:
            self._too_small(width, height)
            return False
        if view.help is not Help.NONE:
            places |= {str(pane): Region() for pane in Pane}
        else:
            places["body"] = Region()
        if places != self._places:
            for part, region in places.items():
                self._views[part].place(region)
            self.query_one(Prompt).place(places["footer"])
            self._places = places
        return True

    def _too_small(self, width: int, height: int) -> None:
        text = f"riserun needs {SMALLEST[0]}x{SMALLEST[1]}; this is {width}x{height}."
        for part, view in self._views.items():
            view.place(Region(0, 0, width, height) if part == "body" else Region())
        self._views["body"].show([row((line, ACCENT)) for line in wrap(text, width)][:height], width)
        self._places = {}

    def _rows(self, workspace: Workspace) -> dict[str, list[Row]]:
        """The rows of every part that is in sight."""
        terminal, places = self._terminal, self._places
        width = places["header"].width
        question = self.query_one(Prompt).lines
        caption = places["caption"]
        rows = {
            "header": lines.header(workspace, width, terminal, self.playing),
            "caption": question or lines.caption_rows(workspace, width, caption.height, terminal),
            "footer": lines.footer(workspace, width, self.message),
        }
        if places["body"].area:
            rows["body"] = _drawn(help.draw, workspace, places["body"], terminal)
        for pane, draw in _PANES.items():
            if (region := places[str(pane)]).area:
                shares_edge = pane in (Pane.PARAMETERS, Pane.LOSS) and not workspace.view.zoomed
                box = Region(0, 0, region.width, region.height + shares_edge)
                rows[str(pane)] = _drawn(draw, workspace, box, terminal)
                if pane in (Pane.LOSS, Pane.SLOPE) and not workspace.view.zoomed:
                    rows[str(pane)][0] = joined(rows[str(pane)][0])
        return rows


def _drawn(draw: Draw, workspace: Workspace, region: Region, terminal: Terminal) -> list[Row]:
    """The rows of a pane; a drawing that fails says so in its place, and the session goes on."""
    try:
        return draw(workspace, region.width, region.height, terminal)
    except Exception as error:
        text = f"This pane could not be drawn ({type(error).__name__}: {error}). The session goes on."
        drawn = [row((line, ACCENT)) for line in wrap(text, region.width)][: region.height]
        return drawn + [row("")] * (region.height - len(drawn))

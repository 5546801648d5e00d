"""The open screen: the scenarios by name, with a small picture of the one under the cursor."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import Screen

from scenarios.files.schema import ScenarioError
from scenarios.library import store
from scenarios.workspace.moves import Open
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES, meant
from tui.panes.plane.picture import picture
from tui.panes.view import PaneView
from tui.plots.colours.palette import paper
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, fit, frame, row, wrap
from tui.screens.layout import filled, guarded
from tui.terminal import Terminal

_LIST = 24
_FOOT = f"{NAMES['up']}{NAMES['down']} choose   {NAMES['accept']} open   {NAMES['close']} back"
_BY = {"up": -1, "down": 1}
_SMALLEST = (44, 12)


class OpenScreen(Screen[Open | None]):
    """Dismissed with the move that opens the chosen scenario, or None."""

    AUTO_FOCUS = ""

    def __init__(self, terminal: Terminal):
        super().__init__()
        self._terminal = terminal
        self._entries = store.entries()
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """One pane."""
        yield PaneView("open")

    def on_resize(self, event: events.Resize) -> None:
        """Fill the screen."""
        self.query_one(PaneView).place(Region(0, 0, *self.size))
        self._draw()

    def press(self, key: str) -> None:
        """Carry out the command of that key, one of this screen's."""
        id = command.id if (command := meant(key, ("close", "accept", *_BY))) is not None else ""
        if id == "close" or key == "ctrl+c":
            self.dismiss(None)
        elif self._too_small:
            return
        elif id == "accept":
            found = _load(self._entries[self._chosen].name)
            if isinstance(found, Workspace):
                self.dismiss(Open(found.scenario))
        elif id in _BY:
            self._chosen = min(max(self._chosen + _BY[id], 0), len(self._entries) - 1)
            self._draw()

    @property
    def _too_small(self) -> bool:
        return self.size.width < _SMALLEST[0] or self.size.height < _SMALLEST[1]

    def on_mount(self) -> None:
        """The ground of the whole screen."""
        self.styles.background = paper(self._terminal)

    def _draw(self) -> None:
        if not self.is_mounted:  # keys that came in one packet with the one that opens it
            return
        width, height = self.size
        if self._too_small:
            text = f"riserun needs {_SMALLEST[0]}x{_SMALLEST[1]} to open a scenario; this is {width}x{height}."
            self.query_one(PaneView).show(filled(text, Region(0, 0, width, height)), width, self._terminal)
            return
        rows = self._names(height - 4)
        region = Region(0, 0, width - _LIST - 5, height - 4)
        about = guarded("scenario", lambda: self._about(*region.size), region)
        rows += [row("")] * (height - 4 - len(rows))
        about += [row("")] * (height - 4 - len(about))
        body = [row("")] + [(*fit(left, _LIST), ("  ", TEXT), *right) for left, right in zip(rows, about, strict=True)]
        foot = row((said(_FOOT, self._terminal.unicode), DIM))
        self.query_one(PaneView).show(
            frame(row(("open a scenario", BOLD)), body, width, height, True, foot), width, self._terminal
        )

    def _names(self, height: int) -> list[Row]:
        top = max(0, min(self._chosen - height + 1, len(self._entries) - height))
        rows = []
        for index, entry in enumerate(self._entries[top : top + height], top):
            chosen = index == self._chosen
            own = "" if entry.builtin else " (own)"
            rows.append(row((" ▸ " if chosen else "   ", ACCENT), (entry.name, BOLD if chosen else TEXT), (own, DIM)))
        return rows

    def _about(self, width: int, height: int) -> list[Row]:
        """Title, summary, the picture of the data under the model, and the notes as far as they fit."""
        found = _load(self._entries[self._chosen].name)
        unicode = self._terminal.unicode
        if isinstance(found, str):
            return [row((line, ACCENT)) for line in wrap(said(found, unicode), width)][:height]
        scenario = found.scenario
        rows = [row((said(scenario.title, unicode), BOLD))]
        rows += [row(line) for line in wrap(said(scenario.summary, unicode), width)] + [row("")]
        lines = min(max(height - len(rows) - 5, 6), 18)
        rows += picture(found, min(2 * lines + 4, width), lines, self._terminal)[0]
        paragraphs = said(scenario.notes, unicode).split("\n\n")
        notes = [row((line, DIM)) for paragraph in paragraphs for line in wrap(paragraph, width)]
        return [*rows, row(""), *notes][:height]


def _load(name: str) -> Workspace | str:
    """The scenario opened, or what is wrong with it."""
    try:
        return Workspace.of(store.load(name))
    except ScenarioError as error:
        return str(error)

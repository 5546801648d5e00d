"""The stage: shows whichever screen the workspace is on, with the lines round it and the help layer over it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.reactive import var
from textual.screen import Screen

from scenarios.workspace import view
from scenarios.workspace.view import Help
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES
from tui.panes import help, lines
from tui.panes.compositor import PieceCompositor
from tui.panes.view import PaneView
from tui.plots.colours.palette import paper
from tui.plots.rows import Ink, Row, fit
from tui.screens import layout, projection
from tui.screens.layout import SMALLEST, Plan, Slot, boxed, failed, filled, guarded
from tui.screens.notes import NOTES
from tui.screens.projection import projected
from tui.screens.prompt import Prompt
from tui.terminal import Depth, Terminal

PLANS: dict[view.Screen, Plan] = {screen: import_module(f"tui.screens.{screen}").PLAN for screen in view.Screen}
"""Each is the PLAN of the module that is called like its screen."""


def picture(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The panes of the present screen, without the lines round them, as `height` rows of `width` cells."""
    plan = PLANS[workspace.view.screen]
    slots = plan.arrange(Region(0, 0, width, height), workspace)
    drawn = [(slot.region, boxed(plan.panes[name], workspace, slot, terminal)) for name, slot in slots.items()]
    drawn.sort(key=lambda entry: entry[0].x)
    return [
        tuple(span for region, rows in drawn if y in region.line_range for span in rows[y - region.y])
        for y in range(height)
    ]


_LINES = ("header", "caption", "footer")
_HELP = "help"
_WORKING = f"Until it is larger no key works but {NAMES['quit']}, {NAMES['suspend']} and {NAMES['redraw']}."


class Stage(Screen[None]):
    """Draws the application's workspace, or the lecturer's `notes` on it; keeps nothing of it."""

    AUTO_FOCUS = ""  # no widget takes keys until a question is asked

    workspace: var[Workspace | None] = var(None)
    message: var[str] = var("")
    playing: var[bool] = var(False)
    source: var[str] = var("")
    role: var[str] = var("")
    terminal: var[Terminal] = var(Terminal(Depth.NONE, unicode=False))
    held: var[bool] = var(False)  # the terminal is busy with the last picture, and the next one waits
    virtual_size: var[Size] = var(Size(0, 0))  # whose change Textual's own would answer with one more arranging

    def __init__(self, notes: bool = False):
        super().__init__()
        self._compositor = PieceCompositor()
        self._plans = dict.fromkeys(PLANS, NOTES) if notes else PLANS
        self._notes = notes
        panes = dict.fromkeys(pane for plan in self._plans.values() for pane in plan.panes)
        self._views = {part: PaneView(part) for part in (*panes, *projection.PARTS, *_LINES, _HELP)}
        self.prompt = Prompt()
        self._slots: dict[str, Slot] = {}
        self._room = Size(0, 0)  # what the picture is arranged for
        self._late = False  # something changed while pictures were held

    def compose(self) -> ComposeResult:
        """Every part of every screen; those that are not in sight are not displayed."""
        yield from self._views.values()
        yield self.prompt

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for the new size before Textual paints it, so that it is painted once; it sends the event twice."""
        if event.size == self._room:
            event.prevent_default()
            return
        self._room = event.size
        self._draw(waits=False)

    def watch_workspace(self) -> None:
        """Draw what there is now; only the rows that differ are sent."""
        self._draw()

    watch_playing = watch_source = watch_role = watch_workspace

    def watch_terminal(self, terminal: Terminal) -> None:
        """Draw for a terminal that turned out to be another one: its ground, or how fast it is."""
        self.styles.background = self.prompt.styles.background = paper(terminal)
        self._draw()

    def watch_message(self) -> None:
        """Only the footer has it, where there is one: the picture is not drawn twice for a key that says something."""
        workspace, footer = self.workspace, self._slots.get("footer")
        if workspace is None or footer is None or self.held:
            self._draw()
        else:
            self._show_lines(workspace, {"footer": footer.region})

    def watch_held(self) -> None:
        """Draw once what has come of all that happened meanwhile: the pictures in between are skipped."""
        if self._late:
            self._draw()

    def scrolled(self, workspace: Workspace, id: str) -> int:
        """The first row of the help layer that is shown after a command that scrolls it."""
        width, height = self._room
        regions = layout.lines(width, height, layout.caption_height(workspace, width))
        if regions is None:
            return workspace.view.scroll
        return help.scrolled(workspace, *regions["body"].size, self.terminal, id)

    def on_prompt_updated(self) -> None:
        """The question, or what is wrong with its answer, stands in the caption's place."""
        self._draw()

    def _draw(self, waits: bool = True) -> None:
        workspace = self.workspace
        if workspace is None or not self.is_mounted:
            return
        self._late = waits and self.held
        if self._late:
            return
        if workspace.view.black and not self._notes:
            width, height = self._room
            self._alone([fit((), width, Ink(bg="black"))] * height)
            return
        try:
            self._show(workspace)
        except Exception as error:  # whatever it is: the keys still move the session, and the next picture may do
            self._alone(failed("screen", error, Region(0, 0, *self._room)))

    def _show(self, workspace: Workspace) -> None:
        width, height = self._room
        plan = self._plans[workspace.view.screen]
        regions = self._regions(plan, workspace)
        if regions is None:
            needs = f"riserun needs {SMALLEST[0]}x{SMALLEST[1]}; this is {width}x{height}."
            text = f"{needs} {_WORKING} {self.message}".strip()
            self._alone(filled(text, Region(0, 0, width, height)))
            return
        body, arrange = regions.pop("body"), plan.arrange
        if plan.projected is not None and projected(plan, workspace):
            arrange = plan.projected
        draws, slots = {**plan.panes, **projection.PARTS, _HELP: help.draw}, {_HELP: Slot(body)}
        if workspace.view.help is Help.NONE:
            try:
                slots = arrange(body, workspace)
            except Exception as error:
                draws[_HELP] = partial(_unarranged, error)
        self._place(slots | {name: Slot(region) for name, region in regions.items()})
        for name, slot in slots.items():
            self._views[name].show(boxed(draws[name], workspace, slot, self.terminal), slot.region.width, self.terminal)
        self._show_lines(workspace, regions)

    def _regions(self, plan: Plan, workspace: Workspace) -> dict[str, Region] | None:
        """Where body and lines stand; for a projector a question that is asked lies over the picture's last rows."""
        width, height = self._room
        if not projected(plan, workspace):
            caption = max(layout.caption_height(workspace, width), self.prompt.height)
            return layout.lines(width, height, caption)
        if layout.too_small(width, height):
            return None
        regions, asked = projection.whole(width, height), len(self.prompt.lines)
        return regions | ({"caption": Region(0, height - 1 - asked, width, asked)} if asked else {})

    def _show_lines(self, workspace: Workspace, regions: dict[str, Region]) -> None:
        width, terminal, asked = self._room.width, self.terminal, self.prompt
        draws: dict[str, Callable[[Region], list[Row]]] = {
            "header": lambda region: lines.header(workspace, width, terminal, self.playing, self.source),
            "caption": lambda region: asked.lines or lines.caption_rows(workspace, width, region.height, terminal),
            "footer": lambda region: self._footer(workspace, width),
        }
        for name, region in regions.items():
            self._views[name].show(guarded(name, partial(draws[name], region), region), width, terminal)

    def _footer(self, workspace: Workspace, width: int) -> list[Row]:
        """For a projector only what is said, or whose picture it is that is not one's own, or the lecture's scene."""
        plan = self._plans[workspace.view.screen]
        if projected(plan, workspace) and not (self.message or self.role):
            return lines.scene(workspace, width, self.terminal)
        return lines.footer(workspace, width, self.message, self.role)

    def _place(self, slots: dict[str, Slot]) -> None:
        """Put every part in its place, and the others out of sight, if that changed."""
        if slots == self._slots:
            return
        for name, part in self._views.items():
            part.place(slots[name].region if name in slots else Region())
        if "footer" in slots:
            self.prompt.place(slots["footer"].region)
        self._slots = slots

    def _alone(self, rows: list[Row]) -> None:
        """These rows over the whole screen."""
        width, height = self._room
        self._place({_HELP: Slot(Region(0, 0, width, height))})
        self._views[_HELP].show(rows, width, self.terminal)


def _unarranged(error: Exception, workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    return failed("screen", error, Region(0, 0, width, height))

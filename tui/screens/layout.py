"""Where everything stands: the lines round the body, and the boxes that a screen puts into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual.geometry import Region

from scenarios.workspace.workspace import Workspace
from tui.errors import told
from tui.plots.rows import ACCENT, Row, joined, row, wrap
from tui.terminal import Terminal

SMALLEST = (72, 21)

Draw = Callable[[Workspace, int, int, Terminal], list[Row]]


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a box. Stacked boxes share an edge: the one below draws it (`under` another), the one above does not
    draw its own lower one (`over` another).
    """

    region: Region
    under: bool = False
    over: bool = False


Arrange = Callable[[Region, Workspace], dict[str, Slot]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A screen: the drawing function of each of its panes, and where they stand in the body.

    `arrange` is a pure function of the body's region and the workspace; a pane it leaves out is not shown. `projected`
    is the same for a projector, where the body is the whole screen and has the number of the moment and the sentence
    too; None for a screen that is never projected.
    """

    panes: Mapping[str, Draw]
    arrange: Arrange
    projected: Arrange | None = None


def caption_height(workspace: Workspace, width: int) -> int:
    """The rows of the caption: a lecture's questions need a third, which a wide screen has to spare."""
    return 3 if workspace.lesson is not None or width >= 200 else 2


def too_small(width: int, height: int) -> bool:
    """Whether a terminal of that size is smaller than SMALLEST."""
    return width < SMALLEST[0] or height < SMALLEST[1]


def lines(width: int, height: int, caption: int) -> dict[str, Region] | None:
    """The regions of `header`, `body`, `caption` and `footer`, the caption of so many rows; None where the terminal is
    smaller than SMALLEST.
    """
    if too_small(width, height):
        return None
    return {
        "header": Region(0, 0, width, 1),
        "body": Region(0, 1, width, height - 2 - caption),
        "caption": Region(0, height - 1 - caption, width, caption),
        "footer": Region(0, height - 1, width, 1),
    }


def boxed(draw: Draw, workspace: Workspace, slot: Slot, terminal: Terminal) -> list[Row]:
    """The rows of a pane in its slot."""

    def drawn() -> list[Row]:
        rows = draw(workspace, slot.region.width, slot.region.height + slot.over, terminal)[: slot.region.height]
        return [joined(rows[0]), *rows[1:]] if slot.under else rows

    return guarded("pane", drawn, slot.region)


def guarded(what: str, draw: Callable[[], list[Row]], region: Region) -> list[Row]:
    """What `draw` gives; a drawing that fails says so in its place, and the session goes on."""
    try:
        return draw()
    except Exception as error:
        return failed(what, error, region)


def failed(what: str, error: Exception, region: Region) -> list[Row]:
    """The rows that stand in the place of what could not be drawn because of `error`."""
    text = f"This {what} could not be drawn ({told(error)}). The session goes on."
    return filled(text, region)


def filled(text: str, region: Region) -> list[Row]:
    """A text and nothing else in the region's rows."""
    rows = [row((line, ACCENT)) for line in wrap(text, region.width)][: region.height]
    return rows + [row("")] * (region.height - len(rows))

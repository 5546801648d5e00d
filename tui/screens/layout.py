"""Where everything stands: the lines round the body, and the boxes that a screen puts into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual.geometry import Region

from scenarios.workspace import Workspace
from tui.plots.rows import Row
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


@dataclass(frozen=True, slots=True)
class Plan:
    """A screen: the drawing function of each of its panes, and where they stand in the body.

    `arrange` is a pure function of the body's region and the workspace; a pane it leaves out is not shown.
    """

    panes: Mapping[str, Draw]
    arrange: Callable[[Region, Workspace], dict[str, Slot]]


def lines(width: int, height: int) -> dict[str, Region] | None:
    """The regions of `header`, `body`, `caption` and `footer`; None where the terminal is smaller than SMALLEST."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return None
    caption = 2 if width < 200 else 3
    return {
        "header": Region(0, 0, width, 1),
        "body": Region(0, 1, width, height - 2 - caption),
        "caption": Region(0, height - 1 - caption, width, caption),
        "footer": Region(0, height - 1, width, 1),
    }

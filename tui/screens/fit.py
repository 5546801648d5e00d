"""The fit screen: data, parameters, loss and slope."""

from __future__ import annotations

from textual.geometry import Region

from scenarios.workspace.axes import rows
from scenarios.workspace.view import Pane
from scenarios.workspace.workspace import Workspace
from tui.panes import data, loss, parameters, slope
from tui.screens.layout import Plan, Slot
from tui.screens.projection import beside

_RIGHT = 38  # the narrowest right column that shows its numbers whole


def arrange(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """Data on the left, as close to square as the size allows (a cell is twice as high as wide); the others stacked on
    the right; or the zoomed pane alone.
    """
    view = workspace.view
    if view.zoomed:
        return {str(view.focus or Pane.DATA): Slot(body)}
    left = min(_square(body), body.width - max(_RIGHT, body.width // 3 + 6))
    editors = min(len(rows(workspace.session.state.problem)), 7)
    free = body.height - editors - 4
    chart = max(free // 2, min(free - 11, 17)) if free >= 16 else 4 if free >= 12 else 3
    top, right = body.y, body.width - left
    return {
        Pane.DATA.value: Slot(Region(0, top, left, body.height)),
        Pane.PARAMETERS.value: Slot(Region(left, top, right, editors + 1), over=True),
        Pane.LOSS.value: Slot(Region(left, top + editors + 1, right, chart + 1), under=True, over=True),
        Pane.SLOPE.value: Slot(Region(left, top + editors + chart + 2, right, free - chart + 2), under=True),
    }


def projected(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """The data, and beside it the number and the sentence, with another pane that was chosen; or that one, zoomed, in
    the data's place.
    """
    view = workspace.view
    chosen = None if view.focus is Pane.DATA else view.focus
    if view.zoomed and chosen is not None:
        picture, _, slots = beside(body, workspace, _square(body))
        return {chosen.value: Slot(picture), **slots}
    picture, below, slots = beside(body, workspace, _square(body), _RIGHT if chosen else 0)
    back = {chosen.value: Slot(below)} if chosen else {}
    return {Pane.DATA.value: Slot(picture), **slots, **back}


def _square(body: Region) -> int:
    """The width of a data pane that is square."""
    return 2 * (body.height - 3) + 6


PLAN = Plan(
    {
        Pane.DATA.value: data.draw,
        Pane.PARAMETERS.value: parameters.draw,
        Pane.LOSS.value: loss.draw,
        Pane.SLOPE.value: slope.draw,
    },
    arrange,
    projected,
)

"""The compare screen: what is pinned and what is now, side by side, and what they differ by."""

from __future__ import annotations

from textual.geometry import Region

from scenarios.screens.compare.comparison import left_of
from scenarios.workspace import axes
from scenarios.workspace.workspace import Workspace
from tui.panes import compare
from tui.screens.layout import Plan, Slot
from tui.screens.projection import under

_TABLE = 40  # the narrowest that shows a table whole
_ROWS = 4  # of a table where there is little room
_PLOT = 12  # lines of a picture that should not be given up for more rows


def arrange(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """Two pictures over two tables; where the body is wide for its height, square pictures with the tables beside."""
    square = 2 * (body.height - 3) + 6
    if body.width - 2 * square >= _TABLE:
        return _beside(body, square, body.width - 2 * square)
    left = body.width // 2
    right = body.width - left
    most = max(len(axes.rows(each.state.problem)) for each in (workspace.session, left_of(workspace).session))
    rows = min(max(most, _ROWS), max(body.height - 4 - _PLOT, _ROWS), body.height // 3)
    high = body.height - rows - 2
    low = body.y + high
    return {
        "pinned": Slot(Region(0, body.y, left, high), over=True),
        "now": Slot(Region(left, body.y, right, high), over=True),
        "changes": Slot(Region(0, low, left, rows + 2), under=True),
        "outcome": Slot(Region(left, low, right, rows + 2), under=True),
    }


def _beside(body: Region, square: int, width: int) -> dict[str, Slot]:
    high = body.height // 2
    return {
        "pinned": Slot(Region(0, body.y, square, body.height)),
        "now": Slot(Region(square, body.y, square, body.height)),
        "changes": Slot(Region(2 * square, body.y, width, high), over=True),
        "outcome": Slot(Region(2 * square, body.y + high, width, body.height - high), under=True),
    }


def projected(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """Both pictures, over the number and the sentence."""
    picture, slots = under(body, workspace)
    left, right = picture.split_vertical(picture.width // 2)
    return {"pinned": Slot(left), "now": Slot(right), **slots}


PLAN = Plan(
    {
        "pinned": compare.draw_pinned,
        "now": compare.draw_now,
        "changes": compare.draw_changes,
        "outcome": compare.draw_outcome,
    },
    arrange,
    projected,
)

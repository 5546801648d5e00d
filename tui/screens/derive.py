"""The derive screen: a function, its derivative three ways, and how far the differences are off."""

from __future__ import annotations

from textual.geometry import Region

from scenarios.workspace.workspace import Workspace
from tui.panes import function, methods
from tui.screens.layout import Plan, Slot
from tui.screens.projection import under

_METHODS = 8  # rows: three methods, what they differ by, A, B, rise and run, and the upper edge


def arrange(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """The function on the left, on three fifths; the numbers over the errors on the right."""
    left = body.width * 3 // 5 - 2
    right = body.width - left
    return {
        "function": Slot(Region(0, body.y, left, body.height)),
        "methods": Slot(Region(left, body.y, right, _METHODS), over=True),
        "errors": Slot(Region(left, body.y + _METHODS, right, body.height - _METHODS), under=True),
    }


def projected(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """The function alone, over the number and the sentence."""
    picture, slots = under(body, workspace)
    return {"function": Slot(picture), **slots}


PLAN = Plan({"function": function.draw, "methods": methods.draw, "errors": methods.draw_errors}, arrange, projected)

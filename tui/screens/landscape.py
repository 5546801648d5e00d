"""The landscape screen: the loss along a parameter, and under it the boundary at places of the curve."""

from __future__ import annotations

from textual.geometry import Region

from scenarios.workspace import Workspace
from tui.panes import landscape
from tui.screens.layout import Plan, Slot


def arrange(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """The curve over the pictures, which get as high as they can be while they are still close to square."""
    film = landscape.film_height(body.width, body.height)
    curve = body.height - film
    return {
        "curve": Slot(Region(0, body.y, body.width, curve), over=True),
        "film": Slot(Region(0, body.y + curve, body.width, film), under=True),
    }


LANDSCAPE = Plan({"curve": landscape.draw_curve, "film": landscape.draw_film}, arrange)

"""The landscape screen: the loss along a parameter or along the step, and under it the boundary at places of the curve;
or the loss over two parameters, and beside it the boundary at the cursor.
"""

from __future__ import annotations

from textual.geometry import Region

from scenarios.view import Landscape
from scenarios.workspace import Workspace
from tui.panes import ahead, landscape, surface
from tui.panes.film import film_height
from tui.screens.layout import Plan, Slot

_SIDE = 24  # the narrowest pane beside the surface


def arrange(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """A curve over its pictures, which get as high as they can be while they are still close to square; or the surface
    and what is at its cursor.
    """
    shown = workspace.view.landscape.shown
    if shown in (Landscape.SURFACE, Landscape.LOG):
        side = max(_SIDE, body.width // 4)
        return {
            "surface": Slot(Region(0, body.y, body.width - side, body.height)),
            "there": Slot(Region(body.width - side, body.y, side, body.height)),
        }
    film = film_height(body.width, body.height)
    above, below = ("step", "step-film") if shown is Landscape.STEP else ("curve", "film")
    return {
        above: Slot(Region(0, body.y, body.width, body.height - film), over=True),
        below: Slot(Region(0, body.y + body.height - film, body.width, film), under=True),
    }


PLAN = Plan(
    {
        "curve": landscape.draw_curve,
        "film": landscape.draw_film,
        "surface": surface.draw,
        "there": surface.draw_there,
        "step": ahead.draw_curve,
        "step-film": ahead.draw_film,
    },
    arrange,
)

"""The landscape screen: the loss along a parameter or along the step, and under it the boundary at places of the curve;
or the loss over two parameters, and beside it the boundary at the cursor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.geometry import Region

from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.ray import Ray
from scenarios.screens.landscape.slice import Slice
from scenarios.screens.landscape.surface import Surface
from scenarios.workspace.view import Landscape
from scenarios.workspace.workspace import Workspace
from tui.panes.landscape import ahead, surface
from tui.panes.landscape import curve as landscape
from tui.panes.landscape.film import film_height
from tui.plots.rows import Row
from tui.screens.layout import Draw, Plan, Slot
from tui.screens.projection import under
from tui.terminal import Terminal

_SIDE = 24  # the narrowest pane beside the surface


def arrange(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """A curve over its pictures, which get as high as they can be while they are still close to square; or the surface
    and what is at its cursor.
    """
    shown = workspace.view.landscape.shown
    if shown is Landscape.SURFACE:
        side = max(_SIDE, body.width // 4)
        return {
            "surface": Slot(Region(0, body.y, body.width - side, body.height)),
            "there": Slot(Region(body.width - side, body.y, side, body.height)),
        }
    return _filmed(body, shown)


def _filmed(body: Region, shown: Landscape) -> dict[str, Slot]:
    film = film_height(body.width, body.height)
    above, below = ("step", "step-film") if shown is Landscape.STEP else ("curve", "film")
    return {
        above: Slot(Region(0, body.y, body.width, body.height - film), over=True),
        below: Slot(Region(0, body.y + body.height - film, body.width, film), under=True),
    }


def projected(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """The surface, or the curve with its pictures, over the number and the sentence."""
    shown = workspace.view.landscape.shown
    picture, slots = under(body, workspace)
    if shown is Landscape.SURFACE:
        return {"surface": Slot(picture), **slots}
    return _filmed(picture, shown) | slots


Looked = TypeVar("Looked", Slice, Surface, Ray)


def _of(kind: type[Looked], draw: Callable[[Looked, int, int, Terminal], list[Row]]) -> Draw:
    """A pane that draws what is looked at, if it is of that kind; `arrange` shows no other."""

    def drawn(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
        found = looked_at(workspace)
        assert isinstance(found, kind)
        return draw(found, width, height, terminal)

    return drawn


PLAN = Plan(
    {
        "curve": _of(Slice, landscape.draw_curve),
        "film": _of(Slice, landscape.draw_film),
        "surface": _of(Surface, surface.draw),
        "there": _of(Surface, surface.draw_there),
        "step": _of(Ray, ahead.draw_curve),
        "step-film": _of(Ray, ahead.draw_film),
    },
    arrange,
    projected,
)

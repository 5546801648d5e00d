"""What the landscape screen shows, as one value: made once for a workspace and handed on to heading, caption,
explanation, keys and panes.
"""

from __future__ import annotations

from functools import lru_cache

from scenarios.screens.landscape.ray import Ray, ray
from scenarios.screens.landscape.slice import Slice, sliced
from scenarios.screens.landscape.surface import Surface, surface
from scenarios.workspace.view import Landscape
from scenarios.workspace.workspace import Workspace


@lru_cache(maxsize=4)
def looked_at(workspace: Workspace) -> Slice | Surface | Ray:
    """The loss along a parameter, over two, or along the step to come, as the view of a workspace has it."""
    match workspace.view.landscape.shown:
        case Landscape.LOSS | Landscape.ERRORS:
            return sliced(workspace)
        case Landscape.SURFACE:
            return surface(workspace)
        case Landscape.STEP:
            return ray(workspace)

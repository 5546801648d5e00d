"""Workspaces on the landscape screen, its keys, and what they lead to."""

from engine.session import moves
from scenarios.screens.landscape import actions
from scenarios.workspace.moves import Move
from scenarios.workspace.view import Landscape, LandscapeView, Screen
from scenarios.workspace.workspace import Workspace
from tests.workspaces import apply, look, opened

HERE = look(screen=Screen.LANDSCAPE)
ERRORS = look(landscape=LandscapeView(Landscape.ERRORS))
TWO = look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.SURFACE))
STEP = look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.STEP))
HELD = (moves.Hold("w1"), moves.Hold("w2"))
W2_HELD = moves.Hold("w2")
RIGHT, LEFT, UP, DOWN = actions.move(1), actions.move(-1), actions.up_or_down(1), actions.up_or_down(-1)
IN, OUT = actions.zoom(1), actions.zoom(-1)


def looking(name: str, *made: Move) -> Workspace:
    """A built-in scenario on the landscape screen, after the moves."""
    return opened(name, *made, HERE)


def did(workspace: Workspace, *keys: object) -> Workspace:
    """After keys; one that has no move there leaves it as it is."""
    for key in keys:
        move: Move | None = key(workspace)  # type: ignore[operator]
        workspace = workspace if move is None else apply(workspace, move)
    return workspace

"""The derive screen at a point of a function."""

from dataclasses import replace

from scenarios.screens.derive import actions
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.workspaces import look, opened


def looking(text: str, *values: float, **changes: object) -> Workspace:
    """A workspace on the derive screen, at a point of a function; `changes` are fields of its view."""
    view = actions.typed(text)
    derive = replace(actions.moved(view, values or view.values), **changes)  # type: ignore[arg-type]
    return opened("model1", look(screen=Screen.DERIVE, derive=derive))

"""What keys do on the fit screen alone: choose a pane and what it shows."""

from __future__ import annotations

from dataclasses import replace

from scenarios.screens.derive.actions import next_epsilon
from scenarios.screens.stepping import ROWS, STEPPING
from scenarios.screens.story import Action
from scenarios.workspace.lectures import Move
from scenarios.workspace.moves import Look, Predict
from scenarios.workspace.view import LossView, Pane, cycled
from scenarios.workspace.workspace import Workspace


def pane(by: int) -> Action:
    """Choose the next pane, round and round."""

    def action(workspace: Workspace) -> Move | None:
        now = workspace.view.focus
        first = list(Pane)[0 if by > 0 else -1]
        return Look(replace(workspace.view, focus=first if now is None else cycled(now, Pane, by), scroll=0))

    return action


def zoom(workspace: Workspace) -> Move | None:
    """Let the chosen pane fill the body, or end that."""
    return Look(replace(workspace.view, zoomed=not workspace.view.zoomed, focus=workspace.view.focus or Pane.DATA))


def next_view(workspace: Workspace) -> Move | None:
    """The loss pane's next view: it is the one that has several."""
    return Look(replace(workspace.view, loss_view=cycled(workspace.view.loss_view, LossView)))


def epsilon(by: int) -> Action:
    """The next ε of the series 1, 2, 5."""

    def action(workspace: Workspace) -> Move | None:
        return Look(replace(workspace.view, epsilon=next_epsilon(workspace.view.epsilon, by)))

    return action


ACTIONS: dict[str, Action] = {
    **STEPPING,
    **ROWS,
    "next_pane": pane(1),
    "previous_pane": pane(-1),
    "zoom": zoom,
    "view": next_view,
    "smaller_epsilon": epsilon(-1),
    "larger_epsilon": epsilon(1),
    "predict": lambda _: Predict(),
}

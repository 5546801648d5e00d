"""What keys do on screens on which a session is stepped: phases and steps, rows of the editors, points, settings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from engine.session import moves
from engine.training.losses import POINT_LOSSES
from engine.training.settings import SETTINGS
from scenarios.numbers import one_two_five
from scenarios.screens.story import LIVE, Action, Reply
from scenarios.text import key
from scenarios.workspace.axes import Parameter, Setting, rows
from scenarios.workspace.lectures import Move
from scenarios.workspace.moves import Look
from scenarios.workspace.view import Subject, cycled
from scenarios.workspace.workspace import Workspace, verdict


def judged(workspace: Workspace) -> str:
    """What is said first in (2) of the selected parameter, where its way was predicted; "" where it was not."""
    came_true = verdict(workspace)
    return "" if came_true is None else "Right! " if came_true else "Not this time. "


def choose(by: int) -> Action:
    """Choose the row below (1) or above (-1)."""

    def action(workspace: Workspace) -> Move | None:
        view, known = workspace.view, rows(workspace.session.state.problem)
        row = known[min(max(known.index(view.row) + by, 0), len(known) - 1)]
        chosen = row.index if isinstance(row, Parameter) else view.parameter
        return Look(replace(view, row=row, parameter=chosen, subject=Subject.STEP))

    return action


def nudge(by: int) -> Action:
    """Move the selected value by its nudge, a setting that has none along the series 1, 2, 5."""

    def action(workspace: Workspace) -> Move | None:
        frame, row = workspace.session.frame, workspace.view.row
        if isinstance(row, Parameter):
            value = _nudged(frame.parameters[row.index], by, workspace.scenario.editors[row.index].nudge)
            return moves.Edit(frame.problem.names[row.index], value)
        assert isinstance(row, Setting)  # the step has no row
        setting, now = SETTINGS[row.name], frame.problem.settings[row.name]
        value = one_two_five(now, by) if setting.nudge is None else _nudged(now, by, setting.nudge)
        return moves.Set(row.name, value)

    return action


def _nudged(value: float, by: int, nudge: float) -> float:
    # In decimal, so that -0.4 + 0.1 is -0.3 and ten nudges are one whole.
    return float(Decimal(repr(value)) + by * Decimal(repr(nudge)))


def point(by: int, shown: int | None = None) -> Action:
    """Select the next data point, round and round; `shown`: the one that is shown where none was selected."""

    def action(workspace: Workspace) -> Move | None:
        total, now = len(workspace.session.state.problem.data), workspace.view.point
        now = shown if now is None else now
        first = 0 if by > 0 else total - 1
        return Look(replace(workspace.view, point=first if now is None else (now + by) % total, subject=Subject.POINT))

    return action


def last_step(workspace: Workspace) -> Move | None:
    """To the last step reached."""
    return moves.Seek(workspace.session.last_step)


def distances(workspace: Workspace) -> Move | None:
    """The distances of wrong points shown, or hidden."""
    return Look(replace(workspace.view, distances=not workspace.view.distances))


def model(workspace: Workspace) -> Move | None:
    """The model hidden, or shown."""
    return Look(replace(workspace.view, model_shown=not workspace.view.model_shown))


def next_loss(workspace: Workspace) -> Move | None:
    """The next of the point losses."""
    return moves.Set("loss", cycled(workspace.session.state.problem.loss, POINT_LOSSES))


def hold(workspace: Workspace) -> Move | None:
    """Hold the slope pane's parameter, or let it go."""
    return moves.Hold(workspace.session.state.problem.names[workspace.view.parameter])


def undo(workspace: Workspace) -> Move | None:
    """Undo the last change, unless a lecture's scene has made it."""
    return None if workspace.as_set_up else moves.Undo()


CHANGES: dict[str, Action] = {
    "loss": next_loss,
    "restart": lambda _: moves.Restart(),
    "undo": undo,
    "redo": lambda _: moves.Redo(),
}
"""On every screen that shows a session."""

STEPPING: dict[str, Action] = {
    **CHANGES,
    "forward": lambda _: moves.Forward(),
    "back": lambda _: moves.Back(),
    "edit": LIVE,
    "first": lambda _: moves.Seek(0),
    "last": last_step,
    "hold": hold,
    "lead": LIVE,
    "play": LIVE,
    "slower": LIVE,
    "faster": LIVE,
    "run": LIVE,
}
"""Where a session is stepped phase by phase."""

ROWS: dict[str, Action] = {
    "right": lambda _: moves.NextStep(),
    "left": lambda _: moves.PreviousStep(),
    "up": choose(-1),
    "down": choose(1),
    "lower": nudge(-1),
    "raise": nudge(1),
    "previous_point": point(-1),
    "next_point": point(1),
    "distances": distances,
    "model": model,
}
"""Where the rows of the editors and the points are seen."""

STEPPED: dict[str, Reply] = {
    "edit": "it has this value already",
    "accept": f"there is nothing to take here; {key('edit')} types a value",
    "previous_point": "there is only one point",
    "next_point": "there is only one point",
}
"""Why a key had nothing to do there."""

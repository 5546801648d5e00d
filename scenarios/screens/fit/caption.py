"""What is said of a step: one or two sentences for its phase, fit to be read aloud.

The first case that fits speaks, so the order of the cases is the order of importance.
"""

from __future__ import annotations

import math

from engine.session.session import Frame, Phase
from engine.session.state import State
from engine.training.evaluators import evaluator
from engine.training.problem import Problem
from engine.training.settings import SETTINGS
from scenarios.numbers import given, plain, signed, size
from scenarios.screens.fit.edits import edited
from scenarios.screens.fit.points import errors_went, point, wrong
from scenarios.screens.fit.stuck import stuck, stuck_reason, unmoved
from scenarios.screens.story import PHASES, Heading
from scenarios.text import first_that_fits, key, listed, sign
from scenarios.workspace.view import Subject
from scenarios.workspace.workspace import Workspace, will_move

_FLAT = 5e-4


def heading(workspace: Workspace) -> Heading:
    """The scenario, its model and its settings."""
    now = workspace.session.frame
    problem = now.problem
    about = f"{problem.model}  {problem.loss}, {problem.reduction}  {_steps_by(problem)}"
    return Heading(workspace.scenario.name, about, f"step {now.step}  {PHASES[now.phase]}")


def _steps_by(problem: Problem) -> str:
    """The rate of gradient descent, or another optimizer's name, whose rate is in its row; and the size of a batch."""
    row, batch = problem.optimizer, problem.settings["batch"]
    plain_descent = row.name == SETTINGS["optimizer"].default
    words = f"rate {given(problem.rate)}" if plain_descent else row.title
    return f"{words}, batch {batch}" if batch else words


def caption(workspace: Workspace) -> str:
    """What is said of the point that was just selected, or of the phase."""
    if workspace.view.subject is Subject.POINT and workspace.view.point is not None:
        return point(workspace, workspace.view.point)
    says = {Phase.LOSS: _loss, Phase.DIRECTION: _direction, Phase.UPDATE: _update}
    return says[workspace.session.phase](workspace)


def _parameter(workspace: Workspace) -> str:
    return workspace.session.state.problem.names[workspace.view.parameter]


def _loss(workspace: Workspace) -> str:
    frame = workspace.session.frame
    state = frame.state
    if state.edited:
        return edited(workspace)
    if frame.achieved is None or frame.before is None:
        return _start(frame)
    achieved, promise = frame.achieved, frame.before.promise
    told = f"The loss is {plain(state.loss)}"
    if state.parameters == frame.before.parameters:
        return f"{told}, as before: nothing moved. {stuck_reason(frame)}"
    if state.problem.point_loss.misprint and achieved <= 0.0:
        by_luck = ", by luck" if state.errors < frame.before.errors else ""
        return (
            f"{told}, down {size(achieved)}; {errors_went(frame.before.errors, state.errors)}{by_luck}. "
            "The loss as printed pushes × and ○ to the wrong sides."
        )
    if promise > 0.0:
        return _carried(frame, frame.before)
    if achieved > 0.0 and state.errors < frame.before.errors:
        went = errors_went(frame.before.errors, state.errors)
        rose = f"Promised {signed(promise)}, got {signed(achieved)}: the loss rose, the step was too long."
        return f"{rose} Yet {went}: they count sides, not how far off."
    if achieved > 0.0:
        return (
            f"Promised {signed(promise)}, got {signed(achieved)}: the loss rose to {plain(state.loss)}. "
            "The curve bends up, and the step was too long."
        )
    moved = f"{told}, down {size(achieved)}; the slopes promised {size(promise)}."
    if stuck(frame):
        return f"{moved} {stuck_reason(frame)}"
    if state.errors > frame.before.errors:
        return f"{moved} Yet {errors_went(frame.before.errors, state.errors)}: they count sides, not how far off."
    if state.errors == 0:
        return _all_right(moved, state)
    if state.errors < frame.before.errors:
        return f"{moved} Now {wrong(state.errors, len(state.problem.data))}."
    sides, sides_before = state.evaluation.m > 0.0, frame.before.evaluation.m > 0.0
    if (sides == sides_before).all():
        boundary = state.problem.kind.boundary
        return f"{moved} The errors are still {state.errors}: {boundary} moved, but no point changed sides."
    return f"{moved} The errors are still {state.errors}, but no longer of the same points."


def _all_right(moved: str, state: State) -> str:
    """No point is wrong: larger parameters make every |m| larger and so the loss smaller, where all are free."""
    problem = state.problem
    if problem.held or not problem.point_loss.falls_on:
        return f"{moved} Every point is right."
    more = "Every point is right. The loss can still fall, because |m| grows"
    return first_that_fits(f"{moved} {more}: the model becomes more certain.", f"{moved} {more}.")


def _carried(frame: Frame, before: State) -> str:
    """The slopes promised that the loss would rise: the step went by something else."""
    change, now, promise = frame.state.loss - before.loss, plain(frame.state.loss), before.promise
    if change > 0.0:
        told = f"Promised {signed(promise)}, got {signed(change)}: the loss rose to {now}."
    else:
        told = f"The loss is {now}, down {size(change)}; the slopes promised a rise of {size(promise)}."
    return f"{told} The step went by the {before.against}, not by the slope."


def _start(frame: Frame) -> str:
    state = frame.state
    labels = state.problem.data.y
    total = len(labels)
    if (labels == labels[0]).all():
        way = "above" if labels[0] > 0 else "below"
        return (
            f"There is only one class: all {total:,} points are {sign(labels[0])}. The loss, "
            f"{plain(state.loss)}, falls by "
            f"pushing m {way} 0 everywhere; there is nothing to separate."
        )
    kind = "sum" if state.problem.reduction == "sum" else "mean"
    told = f"The loss is {plain(state.loss)}, the {kind} over {total:,} points"
    if stuck(frame):
        return f"{told}. {stuck_reason(frame)}"
    told += f"; {wrong(state.errors, total)}."
    if reason := evaluator(state.problem).reason:
        return f"{told} It is computed point by point: {reason}."
    if state.errors == 0:
        return f"{told} Press {key('forward')}: which way is still downhill?"
    return f"{told} Press {key('forward')}: which way is down?"


def _direction(workspace: Workspace) -> str:
    frame = workspace.session.frame
    state, index = frame.state, workspace.view.parameter
    name, slope = _parameter(workspace), state.slopes[index]
    verdict = _verdict(workspace)
    if stuck(frame):
        return f"{verdict}Every slope that could move something is 0. {stuck_reason(frame)}"
    if name in state.problem.held:
        return f"{verdict}The slope in {name} is {signed(slope)}, but {name} is held: the step will leave it alone."
    if slope == 0.0 and not state.change[index]:
        return f"{verdict}The slope in {name} is 0: along {name} the loss is flat here, and {name} will not move."
    if _is_flat(frame, index):
        return (
            f"{verdict}The slope in {name} is {signed(slope)}: almost 0, so {name} will hardly move. "
            "Along this parameter the loss is almost flat here."
        )
    if not will_move(workspace):
        return f"{verdict}The slope is {signed(slope)}, but {name} will not move. {unmoved(state, index)}"
    way = "up" if will_move(workspace) > 0 else "down"
    if state.against != "slope":
        return f"{verdict}The slope in {name} is {signed(slope)}; against its {state.against}, {name} will go {way}."
    if state.problem.point_loss.misprint:
        return (
            f"{verdict}The slope is {signed(slope)}, so {name} will go {way}. But the loss as printed pushes × to "
            "the blue side and ○ to the red."
        )
    nudge = workspace.scenario.editors[index].nudge
    up, down = (state.raised(index, by) for by in (nudge, -nudge))
    return (
        f"{verdict}Raise {name} by {given(nudge)} and the loss {_goes(up)}; lower it and it {_goes(down)}. "
        f"The slope is {signed(slope)}, so {name} will go {way}."
    )


def _verdict(workspace: Workspace) -> str:
    answer = workspace.predictions.answer
    if answer is None:
        return ""
    return "Right! " if answer == will_move(workspace) else "Not this time. "


def _goes(change: float) -> str:
    if math.isnan(change):
        return "is no number"
    if abs(change) < 1e-12:
        return "stays"
    return f"{'rises' if change > 0 else 'falls'} {size(change)}"


def _is_flat(frame: Frame, index: int) -> bool:
    """The slope is as good as 0, and the step is too short to be seen."""
    return abs(frame.state.slopes[index]) < _FLAT and abs(frame.state.change[index]) < _FLAT


def _update(workspace: Workspace) -> str:
    frame = workspace.session.frame
    state, index, name = frame.state, workspace.view.parameter, _parameter(workspace)
    old, new, slope = state.parameters[index], frame.parameters[index], state.slopes[index]
    if frame.parameters == state.parameters:
        return f"No parameter moved. {stuck_reason(frame)}"
    way = "rises" if state.promise > 0.0 else "falls"
    promise = f"The slopes promise that the loss {way} by {size(state.promise)}."
    if name in state.problem.held:
        moved = _moved(frame)
        return f"{name} is held and stays at {signed(old)}; {_others(moved)} {_verb(moved)}. {promise}"
    if _is_flat(frame, index):
        others = [each for each in _moved(frame) if each != name]
        rest = f"; {_others(others)} {_verb(others)}" if others else ""
        told = "hardly moves" if old != new else "does not move"
        return f"{name} {told}, its slope was {signed(slope) if slope else '0'}{rest}. {promise}"
    step = f"{worked(state, index)} = {signed(new)}".replace(" - ", " − ", 1).replace("·", "×")
    against = f"its {state.problem.optimizer.against}"
    if state.batch is None:
        return f"{name} steps against {against}: {step}. {promise}"
    part = f"the slope of a batch of {len(state.batch)}"
    against = f"{against}, with {part}" if state.against == state.problem.optimizer.against else part
    return first_that_fits(f"{name} steps against {against}: {step}. {promise}", f"{name}, with {part}: {step}.")


def worked(state: State, index: int) -> str:
    """How the optimizer comes to a parameter's new value, with numbers."""
    row, settings = state.problem.optimizer, state.problem.settings
    values = {name: given(settings[name]) for name in row.settings}
    values |= {name: signed(each[index]) for name, each in zip(row.quantities, state.memory, strict=True)}
    return row.worked.format(value=signed(state.parameters[index]), slope=signed(state.batch_slopes[index]), **values)


def _moved(frame: Frame) -> list[str]:
    """The parameters that the update of this frame moved."""
    old, new = frame.state.parameters, frame.parameters
    return [name for name, a, b in zip(frame.problem.names, old, new, strict=True) if a != b]


def _verb(names: list[str]) -> str:
    return "moves" if len(names) == 1 else "move"


def _others(names: list[str]) -> str:
    return f"the other {len(names)}" if len(names) > 3 else listed(names)

"""What is said of a step: one or two sentences for its phase, fit to be read aloud.

The first case that fits speaks, so the order of the cases is the order of importance.
"""

from __future__ import annotations

import re

from engine.session.session import Frame, Phase
from engine.session.state import State
from engine.training.evaluate import loss
from engine.training.evaluators import evaluator
from engine.training.problem import Problem
from engine.training.settings import SETTINGS
from scenarios.numbers import given, plain, signed, size, small
from scenarios.screens.fit.direction import direction
from scenarios.screens.fit.edits import edited
from scenarios.screens.fit.led import led
from scenarios.screens.fit.points import errors_went, point, wrong
from scenarios.screens.fit.stuck import farthest, hardly, level, stuck, stuck_reason
from scenarios.screens.story import PHASES, Heading
from scenarios.text import first_that_fits, key, listed, sign
from scenarios.workspace.view import Subject
from scenarios.workspace.workspace import Workspace

_SHORTER = {"half": 0.5, "a quarter": 0.25, "a tenth": 0.1, "a hundredth": 0.01, "a thousandth": 0.001}


def heading(workspace: Workspace) -> Heading:
    """The scenario, its model and its settings."""
    now = workspace.session.frame
    problem = now.problem
    about = f"{problem.model}  {problem.loss}, {problem.reduction}  {_steps_by(problem)}"
    place = f"step {now.step}  {PHASES[now.phase]}" if workspace.view.model_shown else ""
    return Heading(workspace.scenario.name, about, place)


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
    if told := led(workspace, worked(workspace.session.state, workspace.view.parameter)):
        return told
    says = {Phase.LOSS: _loss, Phase.DIRECTION: direction, Phase.UPDATE: _update}
    return says[workspace.session.phase](workspace)


def _parameter(workspace: Workspace) -> str:
    return workspace.session.state.problem.names[workspace.view.parameter]


def _set_up(workspace: Workspace) -> bool:
    """Whether a beat with words of its own has set the session up: nobody saw what was before."""
    lesson = workspace.lesson
    return lesson is not None and lesson.arrived is workspace.session and bool(lesson.here.beats[lesson.beat].say)


def _loss(workspace: Workspace) -> str:
    frame = workspace.session.frame
    state = frame.state
    if state.edited and not _set_up(workspace):
        return edited(workspace)
    if frame.achieved is None or frame.before is None:
        return _start(frame)
    achieved, promise = frame.achieved, frame.before.promise
    told, down = f"The loss is {plain(state.loss)}", f"down {size(achieved)}" if achieved else "as before"
    if state.parameters == frame.before.parameters:
        return f"{told}, as before: nothing moved. {stuck_reason(frame.before)}"
    if state.problem.point_loss.misprint and achieved <= 0.0:
        by_luck = ", by luck" if state.errors < frame.before.errors else ""
        return (
            f"{told}, {down}; {errors_went(frame.before.errors, state.errors)}{by_luck}. "
            "The loss as printed pushes × and ○ to the wrong sides."
        )
    if (unseen := farthest(frame.before, state.parameters)) and abs(achieved) < 5e-5:
        same = f"up {size(achieved)}" if achieved > 0.0 else down
        went = "" if state.errors == frame.before.errors else f" Yet {errors_went(frame.before.errors, state.errors)}."
        return f"{_unseen(f'{told}, {same}: ', unseen, frame.before)}{went}"
    if promise > 0.0:
        return _carried(frame, frame.before)
    if achieved > 0.0:
        return _rose(frame, frame.before)
    moved = f"{told}, {down}; the {_promising(frame.before)} promised {size(promise)}."
    if stuck(state):
        return f"{moved} {stuck_reason(state)}"
    if state.errors > frame.before.errors:
        return f"{moved} Yet {errors_went(frame.before.errors, state.errors)}: they count sides, not how far off."
    if state.errors == 0:
        return _all_right(moved, state)
    if state.errors < frame.before.errors:
        return f"{moved} Now {wrong(state.errors, len(state.problem.data))}."
    if (state.evaluation.wrong == frame.before.evaluation.wrong).all():
        boundary = state.problem.kind.boundary
        moved_too = f"{boundary} moved, but " if boundary else ""
        return f"{moved} The errors are still {state.errors}: {moved_too}no point changed sides."
    return f"{moved} The errors are still {state.errors}, but no longer of the same points."


def _all_right(moved: str, state: State) -> str:
    """No point is wrong: larger parameters make every |m| larger and so the loss smaller, where all are free."""
    problem = state.problem
    if problem.held or not problem.point_loss.falls_on or state.loss < 5e-5 or state.updated == state.parameters:
        return f"{moved} Every point is right."
    more = "Every point is right. The loss can still fall, because |m| grows"
    return first_that_fits(f"{moved} {more}: the model becomes more certain.", f"{moved} {more}.")


def _unseen(told: str, moved: float, before: State) -> str:
    """A step, too short to be seen, that went from a state."""
    why = " All slopes of the free parameters are almost 0." if level(before) else ""
    return f"{told}no parameter moved by more than {size(moved)}.{why}"


def _rose(frame: Frame, before: State) -> str:
    """The slopes promised that the loss would fall, and it rose: whether a shorter step would have lowered it."""
    now, change = frame.state, frame.state.loss - before.loss
    told = f"The loss is {plain(now.loss)}, up {size(change)}; the {_promising(before)} promised a fall of"
    told = f"{told} {size(before.promise)}"
    shorter = next((share for share, each in _SHORTER.items() if _part(before, each) < before.loss), "")
    if now.errors < before.errors:
        went = f"Yet {errors_went(before.errors, now.errors)}: they count sides, not how far off."
        return first_that_fits(*[f"{told}, the step was too long. {went}"] * bool(shorter), f"{told}. {went}")
    return f"{told}. The step was too long: {shorter} of it would have lowered the loss." if shorter else f"{told}."


def _part(before: State, share: float) -> float:
    """The loss after a part of the step from a state."""
    steps = zip(before.parameters, before.change, strict=True)
    return loss(before.problem, tuple(value + share * change for value, change in steps))


def _carried(frame: Frame, before: State) -> str:
    """The slopes promised that the loss would rise: the step went by something else."""
    change, now, promise = frame.state.loss - before.loss, small(frame.state.loss).removeprefix("+"), before.promise
    went = f"{'up' if change > 0.0 else 'down'} {size(change)}" if change else "as before"
    told = f"The loss is {now}, {went}; the {_promising(before)} promised a rise of {size(promise)}."
    return f"{told} The step went by the {before.against}, not by the slope."


def _start(frame: Frame) -> str:
    state = frame.state
    total = len(state.problem.data)
    if (state.problem.data.y == state.problem.data.y[0]).all():
        return _one_class(state)
    kind = "sum" if state.problem.reduction == "sum" else "mean"
    told = f"The loss is {plain(state.loss)}, the {kind} over {total:,} points"
    if stuck(state):
        return f"{told}. {stuck_reason(state)}"
    if not state.evaluation.m.any():
        told += f"; every m is 0, so no point is on a side yet, and all {total:,} count as wrong."
    else:
        told += f"; {wrong(state.errors, total)}."
    if reason := evaluator(state.problem).reason:
        return f"{told} It is computed point by point: {reason}."
    if state.errors == 0:
        return f"{told} Press {key('forward')}: which way is still downhill?"
    return f"{told} Press {key('forward')}: which way is down?"


def _one_class(state: State) -> str:
    y, printed = state.problem.data.y, state.problem.point_loss.misprint
    told = f"There is only one class: all {len(y):,} points are {sign(y[0])}."
    if stuck(state):
        return f"{told} {stuck_reason(state)}"
    way = "above" if (y[0] > 0.0) != bool(printed) else "below"
    rest = "; as printed, that is the wrong side" if printed else "; there is nothing to separate"
    return f"{told} The loss, {plain(state.loss)}, falls by pushing m {way} 0 everywhere{rest}."


def _update(workspace: Workspace) -> str:
    frame = workspace.session.frame
    state, index, name = frame.state, workspace.view.parameter, _parameter(workspace)
    old, new, slope = state.parameters[index], frame.parameters[index], state.slopes[index]
    if frame.parameters == state.parameters:
        return f"No parameter moved. {stuck_reason(state)}"
    if unseen := farthest(state, frame.parameters):
        return _unseen("Too little to be seen: ", unseen, state)
    way = "rises" if state.promise > 0.0 else "falls"
    promises = "promises" if (slopes := _promising(state)) == "slope" else "promise"
    promise = f"The {slopes} {promises} that the loss {way} by {size(state.promise)}."
    if name in state.problem.held:
        moved = _moved(frame)
        return f"{name} is held and stays at {signed(old)}; {_others(moved)} {_verb(moved)}. {promise}"
    if hardly(state, index):
        others = [each for each in _moved(frame) if each != name]
        rest = f"; {_others(others)} {_verb(others)}" if others else ""
        told = "hardly moves" if old != new else "does not move"
        return f"{name} {told}, its slope was {small(slope) if slope else '0'}{rest}. {promise}"
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
    written = row.worked.format(value=signed(state.parameters[index]), slope=signed(state.step_slopes[index]), **values)
    return re.sub(r"· (-[^ )]+)", r"· (\1)", written)


def _promising(before: State) -> str:
    """What makes the promise of a step: the slope of the one parameter that it moves, or those of several."""
    return "slope" if sum(map(bool, before.change)) == 1 else "slopes"


def _moved(frame: Frame) -> list[str]:
    """The parameters that the update of this frame moved."""
    old, new = frame.state.parameters, frame.parameters
    return [name for name, a, b in zip(frame.problem.names, old, new, strict=True) if a != b]


def _verb(names: list[str]) -> str:
    return "moves" if len(names) == 1 else "move"


def _others(names: list[str]) -> str:
    return f"the other {len(names)}" if len(names) > 3 else listed(names)

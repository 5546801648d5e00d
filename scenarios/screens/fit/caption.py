"""What is said of a step: one or two sentences for its phase, fit to be read aloud.

The first case that fits speaks, so the order of the cases is the order of importance.
"""

from __future__ import annotations

import math

from engine.session.session import Frame, Phase, Session
from engine.session.state import State
from engine.training.evaluate import evaluate, feet
from engine.training.evaluators import evaluator
from engine.training.problem import Problem, comparable
from engine.training.settings import SETTINGS
from scenarios.numbers import given, plain, signed, size
from scenarios.screens.story import PHASES, Heading
from scenarios.text import first_that_fits, key, listed, sign
from scenarios.workspace.view import Subject
from scenarios.workspace.workspace import Workspace, will_move

_FLAT = 5e-4
_LINES = {"Linear": "the line", "Split": "the lines"}


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
        return _point(workspace, workspace.view.point)
    says = {Phase.LOSS: _loss, Phase.DIRECTION: _direction, Phase.UPDATE: _update}
    return says[workspace.session.phase](workspace)


def wrong(frame: Frame) -> str:
    """How many points are wrong, in words: `4 of 10 points are wrong`."""
    return _wrong(frame.state.errors, len(frame.problem.data))


def _wrong(errors: int, total: int) -> str:
    if errors == 0:
        return "every point is on its right side"
    return f"{errors} of {total:,} points {'is' if errors == 1 else 'are'} wrong"


def _parameter(workspace: Workspace) -> str:
    return workspace.session.state.problem.names[workspace.view.parameter]


def _point(workspace: Workspace, index: int) -> str:
    now = workspace.session.frame
    data, found = now.problem.data, evaluate(now.problem, now.parameters)
    m, y = float(found.m[index]), float(data.y[index])
    side = "red" if m > 0 else "blue" if m < 0 else "neither"
    verdict = "wrong" if found.wrong[index] else "right"
    its_loss = float(found.point_losses[index]) / now.problem.scale
    place = f"({plain(float(data.x1[index]), 3)}, {plain(float(data.x2[index]), 3)})"
    where = f"on the {side} side, which is {verdict}" if m else "on the line, which counts as wrong"
    text = f"Point {index + 1}, {sign(y)} at {place}: m = {signed(m)}, {where}; its loss is {plain(its_loss)}."
    if (foot := feet(now.problem, now.parameters)) is not None:
        distance = math.hypot(float(foot[0][index] - data.x1[index]), float(foot[1][index] - data.x2[index]))
        text += f" Its distance to the line is {plain(distance)}."
    return text


def _loss(workspace: Workspace) -> str:
    frame = workspace.session.frame
    state = frame.state
    if state.edited:
        return _edited(workspace)
    if frame.achieved is None or frame.before is None:
        return _start(frame)
    achieved, promise = frame.achieved, frame.before.promise
    told = f"The loss is {plain(state.loss)}"
    if state.parameters == frame.before.parameters:
        return f"{told}, as before: nothing moved. {_stuck_reason(frame)}"
    if state.problem.loss == "as-printed" and achieved <= 0.0:
        by_luck = ", by luck" if state.errors < frame.before.errors else ""
        return (
            f"{told}, down {size(achieved)}; {_errors_went(frame.before.errors, state.errors)}{by_luck}. "
            "The loss as printed pushes × and ○ to the wrong sides."
        )
    if promise > 0.0:
        return _carried(frame, frame.before)
    if achieved > 0.0 and state.errors < frame.before.errors:
        went = _errors_went(frame.before.errors, state.errors)
        rose = f"Promised {signed(promise)}, got {signed(achieved)}: the loss rose, the step was too long."
        return f"{rose} Yet {went}: they count sides, not how far off."
    if achieved > 0.0:
        return (
            f"Promised {signed(promise)}, got {signed(achieved)}: the loss rose to {plain(state.loss)}. "
            "The curve bends up, and the step was too long."
        )
    moved = f"{told}, down {size(achieved)}; the slopes promised {size(promise)}."
    if _stuck(frame):
        return f"{moved} {_stuck_reason(frame)}"
    if state.errors > frame.before.errors:
        return f"{moved} Yet {_errors_went(frame.before.errors, state.errors)}: they count sides, not how far off."
    if state.errors == 0:
        return _all_right(moved, state)
    if state.errors < frame.before.errors:
        return f"{moved} Now {_wrong(state.errors, len(state.problem.data))}."
    sides, sides_before = state.evaluation.m > 0.0, frame.before.evaluation.m > 0.0
    if (sides == sides_before).all():
        line = _LINES.get(state.problem.kind.family, "the boundary")
        return f"{moved} The errors are still {state.errors}: {line} moved, but no point changed sides."
    return f"{moved} The errors are still {state.errors}, but no longer of the same points."


def _all_right(moved: str, state: State) -> str:
    """No point is wrong: larger parameters make every |m| larger and so the loss smaller, where all are free."""
    problem = state.problem
    if problem.held or problem.loss != "log-sigmoid":
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


def _errors_went(before: int, now: int) -> str:
    if before == now:
        return f"the errors are still {now}"
    return f"errors {'rose' if now > before else 'fell'} from {before} to {now}"


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
    if state.errors and _stuck(frame):
        return f"{told}. {_stuck_reason(frame)}"
    told += f"; {_wrong(state.errors, total)}."
    if reason := evaluator(state.problem).reason:
        return f"{told} It is computed point by point: {reason}."
    if state.errors == 0:
        return f"{told} Press {key('forward')}: which way is still downhill?"
    return f"{told} Press {key('forward')}: which way is down?"


def _edited(workspace: Workspace) -> str:
    """A person changed something: what, and what the loss makes of it."""
    session = workspace.session
    state = session.state
    before = _before_edit(session)
    old, shown = before.state, before.frame.parameters
    told = f"the loss is {plain(state.loss)}"
    if comparable(state.problem, old.problem) and before.phase is not Phase.UPDATE:
        change = state.loss - old.loss
        told += f", {'up' if change > 0 else 'down'} {size(change)}" if change else ", as before"
    told += f", and {_wrong(state.errors, len(state.problem.data))}."
    names = state.problem.names
    moved = [index for index, value in enumerate(state.parameters) if value != shown[index]]
    if moved:
        set_to = listed([f"{names[index]} is now {signed(state.parameters[index])}" for index in moved[:2]])
        return f"{set_to}: {told}"
    if state.problem.loss != old.problem.loss:
        return f"The point loss is now {state.problem.loss}: {told}"
    if setting := _newly_set(state, old):
        return f"{setting}: {told}" if setting[-1] != "." else setting
    held = state.problem.held - old.problem.held
    if held:
        return f"{min(held)} is held: its slope is still computed, but no step moves it."
    released = old.problem.held - state.problem.held
    if released:
        return f"{min(released)} is free again: the next step moves it against its {state.against}."
    return f"Here {told}"


def _newly_set(state: State, old: State) -> str:
    """The setting that is another than it was, with what that means for a step; "" where none is."""
    new, before = state.problem.settings, old.problem.settings
    if state.problem.rate != old.problem.rate:
        rate, against = given(state.problem.rate), state.against
        return f"The rate is now {rate}: a step moves each parameter by rate × {against}, against it."
    name = next((name for name, value in new.items() if name in before and value != before[name]), "")
    if name == "optimizer":
        title = state.problem.optimizer.title
        return f"The optimizer is now {title}: a step moves each parameter against its {state.against}."
    if name == "batch":
        over = f"{new[name]} points" if new[name] else "all points"
        return f"The slopes of a step are now those of {over}. The loss and the errors are of all points, as before."
    return f"The {name} is now {new[name] if isinstance(new[name], str) else given(new[name])}" if name else ""


def _before_edit(session: Session) -> Session:
    """The session that the present, edited state was made from: the newest one that does not have it yet."""
    earlier = session.undone
    while earlier is not None:
        if session.step > earlier.last_step or earlier.history.at(session.step) is not session.state:
            return earlier
        earlier = earlier.undone
    return session


def _direction(workspace: Workspace) -> str:
    frame = workspace.session.frame
    state, index = frame.state, workspace.view.parameter
    name, slope = _parameter(workspace), state.slopes[index]
    verdict = _verdict(workspace)
    if _stuck(frame):
        return f"{verdict}Every slope that could move something is 0. {_stuck_reason(frame)}"
    if name in state.problem.held:
        return f"{verdict}The slope in {name} is {signed(slope)}, but {name} is held: the step will leave it alone."
    if _is_flat(frame, index):
        return (
            f"{verdict}The slope in {name} is {signed(slope)}: almost 0, so {name} will hardly move. "
            "Along this parameter the loss is almost flat here."
        )
    if not will_move(workspace):
        return f"{verdict}The slope is {signed(slope)}, but {name} will not move. {_unmoved(state, index)}"
    way = "up" if will_move(workspace) > 0 else "down"
    if state.against != "slope":
        return f"{verdict}The slope in {name} is {signed(slope)}; against its {state.against}, {name} will go {way}."
    if state.problem.loss == "as-printed":
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
        return f"No parameter moved. {_stuck_reason(frame)}"
    way = "rises" if state.promise > 0.0 else "falls"
    promise = f"The slopes promise that the loss {way} by {size(state.promise)}."
    if name in state.problem.held:
        moved = _moved(frame)
        return f"{name} is held and stays at {signed(old)}; {_others(moved)} {_verb(moved)}. {promise}"
    if _is_flat(frame, index):
        others = [each for each in _moved(frame) if each != name]
        rest = f"; {_others(others)} {_verb(others)}" if others else ""
        return f"{name} hardly moves, its slope was {signed(slope)}{rest}. {promise}"
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


def _stuck(frame: Frame) -> bool:
    """No parameter will move: each is held or has slope exactly 0, and nothing carries it on."""
    state = frame.state
    level = all(held or slope == 0.0 for held, slope in zip(state.problem.holds, state.slopes, strict=True))
    return level and not any(state.direction)


def _unmoved(state: State, index: int) -> str:
    """Why a parameter that is not stuck does not move."""
    if state.direction[index] == 0.0:
        return f"Its {state.against} is 0."
    return f"The step, rate × {state.against}, is too small for a computer to add."


def _stuck_reason(frame: Frame) -> str:
    state = frame.state
    if not _stuck(frame):
        return _unmoved(state, next((index for index, way in enumerate(state.direction) if way), 0))
    if all(state.problem.holds):
        return f"All parameters are held; press {key('hold')} to let one go."
    found = state.evaluation
    if state.problem.loss == "ReLU" and state.errors and not found.m[found.wrong].any():
        return f"Stuck: relu is flat at m = 0, so its slope is 0 although {wrong(frame)}."
    if state.problem.loss == "ReLU" and not state.errors:
        return "The ReLU loss is 0 once every point is right: there is nothing left to improve."
    return "All slopes of the free parameters are 0."

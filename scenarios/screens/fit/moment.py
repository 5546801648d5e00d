"""The number of the moment on the fit screen: what a step is about in its phase, a point, or what a beat speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.session import moves
from engine.session.session import Phase
from engine.training.evaluate import evaluate
from scenarios.lesson import lesson
from scenarios.numbers import plain, signed, small
from scenarios.screens.story import Moment
from scenarios.text import sign
from scenarios.workspace.view import Pane, Subject
from scenarios.workspace.workspace import Workspace

_NUMBER = re.compile(r"(?<![\w.])[+-]?\d+(?:\.\d+)?")


def moment(workspace: Workspace) -> Moment:
    """In (1) the loss, in (2) the slope in the selected parameter, in (3) its new value; m of the point spoken of. With
    the words of a beat the number that these are about, which may be none.
    """
    view = workspace.view
    if view.point is not None and (view.subject is Subject.POINT or _in_a_beat(workspace)):
        return _of_point(workspace, view.point)
    if not view.model_shown:
        return Moment("points", f"{len(workspace.session.frame.problem.data):,}")
    said = lesson.caption(workspace)
    return _of_words(workspace, said) if said else of_phase(workspace)


def of_phase(workspace: Workspace) -> Moment:
    """In (1) the loss, in (2) the slope in the selected parameter, in (3) its new value."""
    now, index = workspace.session.frame, workspace.view.parameter
    problem = now.problem
    name = problem.names[index]
    if now.phase is Phase.LOSS:
        return Moment("loss" if problem.reduction == "sum" else "mean loss", plain(now.state.loss))
    if now.phase is Phase.DIRECTION:
        return Moment(f"slope in {name}", small(now.state.slopes[index]))
    return Moment(f"{name}, held" if name in problem.held else f"new {name}", signed(now.parameters[index]))


def _of_words(workspace: Workspace, said: str) -> Moment:
    """The loss, an edited parameter or the largest point loss, if the words have its value; otherwise what the picture
    is about: no loss where none is in sight, as long as the class has not been told of it.
    """
    numbers = {float(number) for number in _NUMBER.findall(said)}
    step, edited = of_phase(workspace), list(_edited(workspace))
    named = (each for each in (step, *edited, _largest(workspace)) if float(each.value) in numbers)
    if (found := next(named, None)) is not None:
        return found
    view, now = workspace.view, workspace.session.frame
    if view.focus is Pane.LOSS or now.phase is not Phase.LOSS:
        return step
    if view.distances:
        return Moment("wrong points", f"{evaluate(now.problem, now.parameters).errors:,}")
    return edited[-1] if edited else Moment("", "")


def _edited(workspace: Workspace) -> Iterator[Moment]:
    """The parameters that the beat has set, with their values."""
    given, now = workspace.lesson, workspace.session.frame
    beat = given.now if given is not None else None
    for move in beat.moves if beat is not None else ():
        if isinstance(move, moves.Edit):
            yield Moment(move.name, signed(now.parameters[now.problem.names.index(move.name)]))


def _largest(workspace: Workspace) -> Moment:
    """The point that pays most."""
    now = workspace.session.frame
    losses = evaluate(now.problem, now.parameters).point_losses
    most = int(losses.argmax())
    return Moment(f"loss of point {most + 1} {sign(float(now.problem.data.y[most]))}", plain(float(losses[most])))


def _in_a_beat(workspace: Workspace) -> bool:
    """Whether a lecture's beat has chosen the point: its words are of it."""
    given = workspace.lesson
    return given is not None and not given.away


def _of_point(workspace: Workspace, index: int) -> Moment:
    """m of a point, or its label where no model is shown."""
    now = workspace.session.frame
    y, which = float(now.problem.data.y[index]), f"point {index + 1}"
    if not workspace.view.model_shown:
        return Moment(f"label of {which}", f"{y:+.0f}", y)
    m = float(evaluate(now.problem, now.parameters).m[index])
    return Moment(f"m of {which} {sign(y)}", signed(m), (m > 0.0) - (m < 0.0))

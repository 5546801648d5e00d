"""The number of the moment on the fit screen: what a step is about in its phase, or a point."""

from __future__ import annotations

from engine.session.session import Phase
from engine.training.evaluate import evaluate
from scenarios.numbers import plain, signed, small
from scenarios.screens.story import Moment
from scenarios.text import sign
from scenarios.workspace.view import Subject
from scenarios.workspace.workspace import Workspace


def moment(workspace: Workspace) -> Moment:
    """In (1) the loss, in (2) the slope in the selected parameter, in (3) its new value; m of the point spoken of."""
    view, now = workspace.view, workspace.session.frame
    if view.point is not None and (view.subject is Subject.POINT or _in_a_beat(workspace)):
        return _of_point(workspace, view.point)
    problem, index = now.problem, view.parameter
    name = problem.names[index]
    if not view.model_shown:
        return Moment("points", f"{len(problem.data):,}")
    if now.phase is Phase.LOSS:
        return Moment("loss" if problem.reduction == "sum" else "mean loss", plain(now.state.loss))
    if now.phase is Phase.DIRECTION:
        return Moment(f"slope in {name}", small(now.state.slopes[index]))
    return Moment(f"{name}, held" if name in problem.held else f"new {name}", signed(now.parameters[index]))


def _in_a_beat(workspace: Workspace) -> bool:
    """Whether a lecture's beat has chosen the point: its words are of it."""
    lesson = workspace.lesson
    return lesson is not None and not lesson.away


def _of_point(workspace: Workspace, index: int) -> Moment:
    """m of a point, or its label where no model is shown."""
    now = workspace.session.frame
    y, which = float(now.problem.data.y[index]), f"point {index + 1}"
    if not workspace.view.model_shown:
        return Moment(f"label of {which}", f"{y:+.0f}", y)
    m = float(evaluate(now.problem, now.parameters).m[index])
    return Moment(f"m of {which} {sign(y)}", signed(m), (m > 0.0) - (m < 0.0))

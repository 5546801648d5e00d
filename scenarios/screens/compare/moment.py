"""The number of the moment on the compare screen: by how much the two differ."""

from __future__ import annotations

from engine.session.session import Phase
from scenarios.numbers import plain, small
from scenarios.screens.compare.comparison import compared
from scenarios.screens.story import Moment
from scenarios.workspace.workspace import Workspace


def moment(workspace: Workspace) -> Moment:
    """The right loss minus the left one, in (2) of one model the slopes; the loss itself where both are the same, the
    errors where losses cannot be compared.
    """
    found, index = compared(workspace), workspace.view.parameter
    left, right = found.left, found.right
    if found.apart:
        if not found.same_points:
            return Moment(found.apart, "")
        change = found.right_found.errors - found.left_found.errors
        return Moment("errors, right - left", f"{change:+,}" if change else "0")
    if found.same_model and left.phase is right.phase is Phase.DIRECTION:
        slopes = [each.state.slopes[index] for each in (left, right)]
        name = right.problem.names[index]
        if slopes[0] == slopes[1]:
            return Moment(f"slope in {name}, both", small(slopes[1]))
        return Moment(f"slope in {name}, right - left", small(slopes[1] - slopes[0]))
    if not found.change:
        return Moment("loss of both", plain(found.right_found.loss))
    return Moment("loss, right - left", small(found.change))

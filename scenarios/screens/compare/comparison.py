"""What two sessions side by side differ by."""

from __future__ import annotations

from dataclasses import dataclass

from engine.replay.program import Mask
from engine.session import moves
from engine.session.session import Frame
from engine.training.evaluate import Evaluation, evaluate
from engine.training.problem import comparable, same_points
from scenarios.workspace.pinned import Pinned
from scenarios.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The pinned state, left, and the present one, right, each as it is shown: in (3) at the updated parameters.

    `pinned`: the left session, the present one's own start where nothing is pinned; `same_points`: both are over the
    same data; `apart`: what keeps their losses from being compared, "" where they can be; `now_right`, `now_wrong`:
    masks (N,) of the points that changed sides, None where the points are not the same.
    """

    pinned: Pinned
    left: Frame
    right: Frame
    left_found: Evaluation
    right_found: Evaluation
    same_points: bool
    apart: str
    now_right: Mask | None
    now_wrong: Mask | None

    @property
    def same_model(self) -> bool:
        """Both are of one kind of model, so that parameters of the same name mean the same."""
        return self.left.problem.model == self.right.problem.model

    @property
    def same(self) -> bool:
        """Both are the same model in the same place, from which they go on in the same way."""
        one, other = self.left, self.right
        problems = [(each.model, each.settings, each.held) for each in (one.problem, other.problem)]
        places = [(each.phase, each.parameters, each.state.parameters, each.state.memory) for each in (one, other)]
        return self.same_points and problems[0] == problems[1] and places[0] == places[1]

    @property
    def change(self) -> float:
        """The right loss minus the left one."""
        return self.right_found.loss - self.left_found.loss


def compared(workspace: Workspace) -> Comparison:
    """The comparison of a workspace's present state with what is pinned, or with its start."""
    pinned, right = left_of(workspace), workspace.session.frame
    left = pinned.session.frame
    found, now = evaluate(left.problem, left.parameters), evaluate(right.problem, right.parameters)
    same = same_points(left.problem.data, right.problem.data)
    now_right = now_wrong = None
    if same:
        now_right, now_wrong = found.wrong & ~now.wrong, now.wrong & ~found.wrong
    return Comparison(pinned, left, right, found, now, same, _apart(left, right, same), now_right, now_wrong)


def left_of(workspace: Workspace) -> Pinned:
    """What is pinned, or the start of the present session."""
    if workspace.pinned is not None:
        return workspace.pinned
    return Pinned(workspace.scenario.name, moves.apply(workspace.session, moves.Restart()))


def _apart(left: Frame, right: Frame, same: bool) -> str:
    one, other = left.problem, right.problem
    if comparable(one, other):
        return ""
    if not same:
        return "different points"
    pairs = ((one.loss, other.loss), (one.reduction, other.reduction))
    return next(f"{a} against {b}" for a, b in pairs if a != b)

"""What is said of a point loss follows from its row, so that a new one is told without another line of code."""

from collections.abc import Callable

import pytest

from engine.session import moves
from engine.training.losses import POINT_LOSSES, PointLoss
from scenarios.workspace.view import Pane, Screen
from scenarios.workspace.workspace import Workspace
from tests.hinge import HINGE
from tests.workspaces import FORWARD, NEXT, after, apply, caption, explained, look, made, opened

PERCEPTRON = PointLoss("perceptron", lambda m, y: -(y * m), "-y·m", "m", "-m", "{minus}", bounded=False)
ENDED = "The hinge loss is 0 once every y·m is 1 or more: there is nothing left to improve."


@pytest.fixture(autouse=True)
def _rows(monkeypatch: pytest.MonkeyPatch) -> None:
    for row in (HINGE, PERCEPTRON):
        monkeypatch.setitem(POINT_LOSSES, row.name, row)


def started(x1: float, *made_there: moves.Move) -> Workspace:
    """An × at x1 and a ○ at -x1, so that y·m is x1 for both."""
    start = made([(x1, 0.0, 1.0), (-x1, 0.0, -1.0)], (1.0, 0.0, 0.0), loss="hinge", rate=1.0)
    return after(start, made_there)


@pytest.mark.parametrize(
    ("workspace", "told"),
    [
        (lambda: started(0.5), "every point is on the correct side. Press space: which way is still downhill?"),
        (lambda: started(0.5, NEXT), f"The loss is 0.0000, down 1.0000; the slope promised 1.0000. {ENDED}"),
        (lambda: started(2.0), f"The loss is 0.0000, the sum over 2 points. {ENDED}"),
        (lambda: started(2.0, FORWARD), f"All slopes of the free parameters are 0. {ENDED}"),
        (lambda: started(2.0, NEXT), f"The loss is 0.0000, as before: nothing moved. {ENDED}"),
    ],
)
def test_nothing_left_is_said_of_a_loss_that_is_0_and_no_sooner(workspace: Callable[[], Workspace], told: str) -> None:
    assert caption(workspace()).endswith(told)


def test_a_loss_without_a_minimum_need_not_be_the_slides() -> None:
    workspace = opened("model1", moves.Set("loss", "perceptron"))
    told = caption(apply(workspace, look(screen=Screen.LANDSCAPE)))
    assert (
        told == "Along b the loss falls on to the right end of this range, -8.3647 at b = +2.0000. It has no minimum."
    )
    assert not any("slide" in each for each in explained(workspace, Pane.LOSS))
    assert "as printed" not in caption(apply(workspace, FORWARD))

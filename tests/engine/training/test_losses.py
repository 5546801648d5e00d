"""The point losses: the values on the slides, and those at the far ends."""

import math

import pytest
from hypothesis import given

from engine.autodiff.backpropagation import derivatives
from engine.autodiff.scalar import Scalar
from engine.training.losses import POINT_LOSSES, REDUCTIONS
from tests.engine.facts import agrees
from tests.strategies import between


def point_loss(name: str, m: float, y: int) -> float:
    return float(POINT_LOSSES[name].program(Scalar(m), y).value)


@pytest.mark.parametrize(
    ("m", "y", "printed"),
    [
        (-2.0, -1, "0.126928"),
        (-0.2, -1, "0.598139"),
        (1.0, -1, "1.313262"),
        (-1.0, 1, "1.313262"),
        (0.4, 1, "0.513015"),
        (1.3, 1, "0.241008"),
    ],
)
def test_the_points_on_the_lectures_curves(m: float, y: int, printed: str) -> None:
    assert agrees(point_loss("log-sigmoid", m, y), printed)


@given(between(-30.0, 30.0))
def test_each_loss_is_its_two_curves(m: float) -> None:
    rising, falling = math.log1p(math.exp(m)), math.log1p(math.exp(-m))
    assert point_loss("log-sigmoid", m, -1) == pytest.approx(rising, rel=1e-12)
    assert point_loss("log-sigmoid", m, 1) == pytest.approx(falling, rel=1e-12)
    assert point_loss("ReLU", m, -1) == max(m, 0.0)
    assert point_loss("ReLU", m, 1) == max(-m, 0.0)
    # As printed on the slide: both are of the × curve, one with its sign turned.
    assert point_loss("as-printed", m, -1) == pytest.approx(falling, rel=1e-12)
    assert point_loss("as-printed", m, 1) == pytest.approx(-falling, rel=1e-12)


@pytest.mark.parametrize("name", POINT_LOSSES)
@pytest.mark.parametrize("y", [-1, 1])
@pytest.mark.parametrize("m", [-1000.0, 1000.0])
def test_losses_and_slopes_are_finite_far_out(name: str, y: int, m: float) -> None:
    leaf = Scalar(m)
    loss = POINT_LOSSES[name].program(leaf, y)
    (slope,) = derivatives(loss, [leaf])
    assert abs(loss.value) in (0.0, 1000.0)
    assert abs(slope) in (0.0, 1.0)


def test_the_relu_loss_is_stuck_on_the_line() -> None:
    leaf = Scalar(0.0)
    assert derivatives(POINT_LOSSES["ReLU"].program(leaf, 1), [leaf]) == (0.0,)


def test_the_tables_keys_are_the_names() -> None:
    assert {name: loss.name for name, loss in POINT_LOSSES.items()} == {name: name for name in POINT_LOSSES}
    assert REDUCTIONS == ("sum", "mean")

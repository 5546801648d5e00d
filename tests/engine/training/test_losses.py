"""The point losses: the values on the slides, and those at the far ends."""

import math

import pytest
from hypothesis import given

from engine.autodiff.backpropagation import derivatives
from engine.autodiff.scalar import Scalar
from engine.training.losses import POINT_LOSSES, REDUCTIONS, PointLoss
from tests.engine.facts import agrees
from tests.strategies import between


def point_loss(name: str, m: float, y: int) -> float:
    return float(POINT_LOSSES[name].program(Scalar(m), y).value)


def point_slope(name: str, m: float, y: int) -> float:
    """dL/dm."""
    leaf = Scalar(m)
    return derivatives(POINT_LOSSES[name].program(leaf, y), [leaf])[0]


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
def test_losses_and_slopes_are_right_far_out(name: str, y: int, m: float) -> None:
    losses = [point_loss(name, m + by, y) for by in (-1.0, 0.0, 1.0)]
    assert all(map(math.isfinite, losses))
    assert point_slope(name, m, y) == pytest.approx((losses[2] - losses[0]) / 2.0)  # no curve is bent there


def margins(name: str, *margin: float) -> list[float]:
    """The losses at these values of y·m, of an × and of a ○."""
    return [point_loss(name, y * each, y) for y in (1, -1) for each in margin]


@pytest.mark.parametrize("row", POINT_LOSSES.values(), ids=lambda row: row.name)
def test_what_a_row_says_of_its_loss_is_so(row: PointLoss) -> None:
    cross, more_cross, circle, more_circle = margins(row.name, 30.0, 31.0)
    assert row.falls_on == (more_cross < cross and more_circle < circle)
    assert bool(row.zero_once) == (margins(row.name, 30.0, 31.0) == [0.0] * 4)
    assert bool(row.flat_at_zero) == (point_slope(row.name, 0.0, 1) == point_slope(row.name, 0.0, -1) == 0.0)
    assert row.bounded == (min(margins(row.name, -1000.0, 1000.0)) > -1.0)
    assert bool(row.misprint) == all(y * point_slope(row.name, 0.5 * y, y) > 0.0 for y in (1, -1))


def test_the_tables_keys_are_the_names() -> None:
    assert {name: loss.name for name, loss in POINT_LOSSES.items()} == {name: name for name in POINT_LOSSES}
    assert REDUCTIONS == ("sum", "mean")

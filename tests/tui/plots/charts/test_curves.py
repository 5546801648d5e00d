"""The way of a curve: broken where its function is."""

from collections.abc import Callable

import numpy as np
import pytest

from engine.replay.program import Array
from tui.plots.charts.curves import parted, smooth, treads

X = np.linspace(-3.0, 3.0, 240)


@pytest.mark.parametrize(
    ("of", "places"),
    [
        (lambda x: 1.0 / x, [0.0]),
        (np.tan, [-np.pi / 2, np.pi / 2]),
        (np.floor, [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0]),
        (lambda x: np.where(x < 0.1, 1.0, 2.0), [0.1]),
        (np.abs, []),
        (np.exp, []),
        (lambda x: x**5, []),
        (lambda x: np.tanh(2000.0 * x), []),
        (lambda x: np.full(x.shape, np.nan), []),
    ],
)
def test_a_jump_and_a_pole_are_not_joined(of: Callable[[Array], Array], places: list[float]) -> None:
    with np.errstate(all="ignore"):
        x, y = parted(of, X, 0.5)
        broken = np.flatnonzero(np.isnan(y) & ~np.isnan(of(x)))
    assert x[broken] == pytest.approx(places, abs=1e-6)
    assert (np.diff(x) >= 0.0).all()
    assert set(X.tolist()) <= set(x.tolist())


def test_both_sides_of_a_jump_are_drawn_up_to_it() -> None:
    x, y = parted(np.floor, np.linspace(-0.9, 0.8, 10), 0.5)
    (broken,) = np.flatnonzero(np.isnan(y))
    assert (x[broken - 1], x[broken + 1]) == pytest.approx((0.0, 0.0), abs=1e-6)
    assert (y[broken - 1], y[broken + 1]) == (-1.0, 0.0)


def test_treads_hold_each_value_until_the_next() -> None:
    found = treads((np.arange(5.0), np.array([2.0, 2.0, 1.0, 1.0, 3.0])))
    assert [(across.tolist(), up.tolist()) for across, up in found] == [
        ([0.0, 2.0], [2.0, 2.0]),
        ([2.0, 4.0], [1.0, 1.0]),
        ([4.0, 4.0], [3.0, 3.0]),
    ]


@pytest.mark.parametrize(("off", "on"), [(0.09, True), (-0.09, True), (0.11, False)])
def test_a_curve_goes_through_a_mark_that_lies_on_it_and_through_no_other(off: float, on: bool) -> None:
    marks = np.array([4.5]), np.array([2.0 + off])
    columns, rows = smooth((np.arange(10.0), np.full(10, 2.0)), marks)
    assert ((4.5, 2.0 + off) in zip(columns, rows, strict=True)) == on

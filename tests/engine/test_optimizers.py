"""Gradient descent, as a pure function."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.optimizers import gradient_descent
from tests.strategies import between, small_floats

entries = st.lists(st.tuples(small_floats, small_floats, st.booleans()), min_size=1, max_size=6)


@given(entries, between(1e-3, 10.0))
def test_each_parameter_moves_against_its_slope_unless_held(rows: list[tuple[float, float, bool]], rate: float) -> None:
    parameters, slopes, held = zip(*rows, strict=True)
    moved = gradient_descent(parameters, slopes, rate, held)
    assert moved == tuple(value if keep else value - rate * slope for value, slope, keep in rows)


def test_overflow_is_not_an_error() -> None:
    assert gradient_descent((1.0,), (-1e300,), 1e300, (False,)) == (math.inf,)


def test_a_held_parameter_stays_whatever_its_slope() -> None:
    assert gradient_descent((1.0,), (math.nan,), 0.1, (True,)) == (1.0,)


def test_the_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="shorter"):
        gradient_descent((1.0, 2.0), (1.0,), 0.1, (False, False))

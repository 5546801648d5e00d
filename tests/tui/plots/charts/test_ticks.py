"""Ticks: 1, 2 or 5 times a power of ten apart, ends included, and no two labels the same."""

import math
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tui.plots.charts import ticks
from tui.plots.charts.ticks import Ticks


def labels(found: Ticks) -> str:
    return " ".join(label for _, label in found)


@pytest.mark.parametrize(
    ("low", "high", "rows", "expected"),
    [
        (5.7079, 11.6, 16, "5 6 7 8 9 10 11 12"),
        (5.7079, 11.6, 10, "4 6 8 10 12"),
        (5.7079, 11.6, 4, "4 12"),
        (5.7766, 5.7766, 4, "5.5 6.0"),
        (0.0, 5.8, 10, "0 2 4 6"),
        (5.7337, 5.7766, 12, "5.73 5.74 5.75 5.76 5.77 5.78"),
        (-1.0, 1.0, 10, "-1.0 -0.5 0.0 0.5 1.0"),
        (2.0, 2.0, 6, "1.9 2.0 2.1"),
        (0.0, 0.0, 6, "-0.5 0.0 0.5"),
        (-3e8, 8e8, 15, "-4e8 -2e8 0 2e8 4e8 6e8 8e8"),
        (0.0, 1.3e-7, 10, "0 0.5e-7 1.0e-7 1.5e-7"),
        (99999995.0, 100000005.0, 10, "99999995 100000000 100000005"),
        (1e16 - 2e10, 1e16 + 2e10, 10, "1e16"),
    ],
)
def test_round_numbers_around_values(low: float, high: float, rows: int, expected: str) -> None:
    assert labels(ticks.stacked(low, high, rows).ticks) == expected


def test_a_step_can_be_whole() -> None:
    assert labels(ticks.around(0.0, 3.0, ticks.across(60), finest=1.0)) == "0 1 2 3"


@pytest.mark.parametrize(
    ("low", "high", "columns", "expected"),
    [
        (-5.0, 5.0, 60, "-5 -4 -3 -2 -1 0 1 2 3 4 5"),
        (-5.0, 5.0, 30, "-5 0 5"),
        (-2.0, 2.0, 30, "-2 -1 0 1 2"),
        (-1.37, 0.63, 60, "-1.37 -1.00 -0.50 0.00 0.63"),
        (0.0, 37.0, 30, "0 10 20 30 37"),
        (-1.66666666, 1.333333, 30, "-1.667 0.000 1.333"),
        (0.97501, 1.02513, 60, "0.97501 0.99000 1.00000 1.01000 1.02513"),
        (99999995.0, 100000005.0, 60, "99999995 100000000 100000005"),
        (-5.0, 5.0, 4, "-5 5"),
    ],
)
def test_round_numbers_within_ends(low: float, high: float, columns: int, expected: str) -> None:
    assert labels(ticks.within(low, high, ticks.across(columns))) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-0.05, 1.05, "0.0 0.5 1.0"),
        (-3.3, 3.3, "-2 0 2"),
        (-0.1, 7.3, "0 2 4 6"),
        (0.1, 0.1000000001, "0.1"),
    ],
)
def test_few_round_numbers_between_limits(low: float, high: float, expected: str) -> None:
    assert labels(ticks.between(low, high, 3)) == expected


@pytest.mark.parametrize(
    ("low", "high", "rows", "expected"),
    [
        (0.001, 100.0, 20, "0.001 0.01 0.1 1 10 100"),
        (0.12, 1.6, 20, "0.1 0.2 0.5 1 2"),
        (3e-12, 0.3, 12, "1e-12 1e-8 1e-4 1e0"),
        (5.70, 5.78, 10, "5.70 5.72 5.74 5.76 5.78"),
        (3e-13, 2.0, 25, "1e-14 1e-12 1e-10 1e-8 1e-6 1e-4 1e-2 1e0 1e2"),
        (3e-13, 2.0, 4, "1e-13 1e1"),
    ],
)
def test_powers_of_ten(low: float, high: float, rows: int, expected: str) -> None:
    found = ticks.powers(math.log10(low), math.log10(high), rows).ticks
    assert labels(found) == expected
    assert all(10.0**log == pytest.approx(float(label)) for log, label in found)


numbers = st.floats(-1e300, 1e300) | st.floats(-100.0, 100.0)


@given(numbers, numbers, st.integers(1, 60))
@example(0.0, 5e-324, 9)
@example(-1e300, 1e300, 9)
def test_whatever_the_values(one: float, other: float, rows: int) -> None:
    low, high = min(one, other), max(one, other)
    found, bottom, top = ticks.stacked(low, high, rows)
    assert len(set(labels(found).split())) == len(found)
    assert bottom - 1e-8 * (high - low) <= found[0][0] <= found[-1][0] <= top
    if len(found) > 1:
        assert found[0][0] <= low + 1e-8 * (high - low)
        assert found[-1][0] >= high - 1e-8 * (high - low)
    if len(found) > 2:
        steps = [after - before for (before, _), (after, _) in pairwise(found)]
        assert steps == pytest.approx([steps[0]] * len(steps))
        assert f"{steps[0]:.6e}"[:3] in ("1.0", "2.0", "5.0")
        places = [(rows - 1) * (value - bottom) / (top - bottom) for value, _ in found]
        assert places == pytest.approx([round(places[1]) * number for number in range(len(found))], abs=1e-6)
        assert round(places[1]) >= 2
        assert len({len(label.partition("e")[0].partition(".")[2]) for value, label in found if value}) == 1


@given(st.floats(-320.0, 308.0), st.floats(-320.0, 308.0), st.integers(1, 60))
@example(-16.263934808182576, -0.9999999999999989, 9)
def test_whatever_the_logarithms(one: float, other: float, rows: int) -> None:
    low, high = min(one, other), max(one, other)
    found, bottom, top = ticks.powers(low, high, rows)
    assert len(set(labels(found).split())) == len(found) > 1
    assert found[0][0] <= low + 1e-8
    assert found[-1][0] >= high - 1e-8
    places = [(rows - 1) * (value - bottom) / (top - bottom) for value, _ in found]
    assert len(found) == 2 or min(after - before for before, after in pairwise(places)) > 1.0
    assert all(abs(place - round(place)) <= 0.25 + 1e-9 for place in places)


@given(numbers | st.floats(1e8, 1e8 + 10.0), numbers | st.floats(1e8, 1e8 + 10.0), st.integers(1, 200))
def test_whatever_the_ends(one: float, other: float, columns: int) -> None:
    assume(one != other)
    low, high = min(one, other), max(one, other)
    found = ticks.within(low, high, ticks.across(columns))
    assert len(set(labels(found).split())) == len(found)
    assert len(found) == 1 or (found[0][0], found[-1][0]) == (low, high)
    inner = ticks.between(low, high, 3)
    assert len(set(labels(inner).split())) == len(inner) > 0
    assert all(low <= value <= high for value, _ in inner)

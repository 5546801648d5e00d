"""How numbers are written: the sign and the point in one column, and never wider than it."""

import contextlib
import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5579069, "+0.5579"),
        (-0.4, "-0.4000"),
        (0.0, "+0.0000"),
        (-0.0, "+0.0000"),
        (-4e-5, "+0.0000"),
        (-6e-5, "-0.0001"),
        (99.99994, "+99.9999"),
        (100.0, "+100.000"),
        (-999.9, "-999.900"),
        (1000.0, "+1000.00"),
        (-123456.0, "-123456"),
        (9.9e99, "+9.9e+99"),
        (-1e300, "-1e+300"),
        (math.inf, "+inf"),
        (-math.inf, "-inf"),
        (math.nan, "+nan"),
    ],
)
def test_signed(value: float, text: str) -> None:
    assert numbers.signed(value) == text
    assert numbers.plain(value) == text.removeprefix("+")


@pytest.mark.parametrize(("decimals", "text"), [(2, "+2.37"), (3, "+2.373"), (5, "+2.37305")])
def test_signed_with_other_decimals(decimals: int, text: str) -> None:
    assert numbers.signed(2.37305, decimals) == text


@given(st.floats())
def test_no_number_is_wider_than_its_column(value: float) -> None:
    assert len(numbers.signed(value)) <= 8
    assert numbers.signed(value)[0] in "+-"


@pytest.mark.parametrize(
    ("value", "text"),
    [(-0.0429, "0.0429"), (7.9e-10, "7.9e-10"), (-7.9e-10, "7.9e-10"), (4.9e-5, "4.9e-05"), (5e-5, "0.0001"),
     (0.0, "0.0000"), (-215.092, "215.092"), (math.inf, "inf")],
)  # fmt: skip
def test_size(value: float, text: str) -> None:
    assert numbers.size(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (-0.4, "-0.4"), (1e-6, "1e-06"), (1.0, "1"), (1 / 3, "0.333333")]
)
def test_given(value: float, text: str) -> None:
    assert numbers.given(value) == text


def test_one_two_five_walks_its_series() -> None:
    series = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0]
    for lower, upper in pairwise(series):
        assert numbers.one_two_five(lower, 1) == upper
        assert numbers.one_two_five(upper, -1) == lower


@pytest.mark.parametrize(
    ("value", "above", "below"), [(0.3, 0.5, 0.2), (0.99, 1.0, 0.5), (7.0, 10.0, 5.0), (1e-15, 2e-15, 5e-16)]
)
def test_one_two_five_from_between(value: float, above: float, below: float) -> None:
    assert numbers.one_two_five(value, 1) == above
    assert numbers.one_two_five(value, -1) == below


@given(st.floats(min_value=0.0, exclude_min=True, allow_infinity=False))
def test_one_two_five_of_any_rate_is_further_on(value: float) -> None:
    assert numbers.one_two_five(value, 1) > value > numbers.one_two_five(value, -1)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("pi", math.pi), ("1/3", 1 / 3), ("2e-3", 2e-3), ("-pi/2", -math.pi / 2), ("−0.75", -0.75), ("+.5", 0.5),
     ("5.", 5.0), (" 1e2 ", 100.0), ("√2", math.sqrt(2)), ("2π", 2 * math.pi),
     ("e", math.e), ("2^-3", 0.125), ("|-3|", 3.0)],
)  # fmt: skip
def test_a_number_is_read_as_it_is_typed(typed: str, value: float) -> None:
    assert numbers.read(typed) == value


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("", numbers.A_NUMBER),
        ("x", numbers.A_NUMBER),
        ("--1", numbers.A_NUMBER),
        ("inf", numbers.A_NUMBER),
        ("1_000", numbers.A_NUMBER),
        ("__import__('os')", numbers.A_NUMBER),
        ("0,5", "write 0.5, with a point"),
        ("1/0", "1/0 is not defined"),
        ("1e999", "1e999 is too large a number to calculate with"),
    ],
)
def test_what_is_no_number_is_answered_with_what_would_be_right(typed: str, right: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(right) + "$"):
        numbers.read(typed)


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: value == 0.0 or abs(value) > 1e-300))
def test_numbers_are_read_to_the_last_bit(value: float) -> None:
    assert numbers.read(repr(value)) == value


@given(st.text(max_size=30))
def test_anything_typed_is_a_finite_number_or_answered(typed: str) -> None:
    with contextlib.suppress(ValueError):
        assert math.isfinite(numbers.read(typed))
    with contextlib.suppress(ValueError):
        assert all(map(math.isfinite, numbers.read_point(typed, ("x", "y"))))


def test_of_a_point_what_is_not_given_stays() -> None:
    assert numbers.read_point("y=4", ("x", "y"), (1.0, 2.0)) == (1.0, 4.0)
    assert numbers.read_point("1, 4", ("x", "y"), (7.0, 7.0)) == (1.0, 4.0)
    with pytest.raises(ValueError, match="y is missing; write x=1, y=1"):
        numbers.read_point("1/3", ("x", "y"), (1.0, 2.0))
    with pytest.raises(ValueError, match="x is missing"):
        numbers.read_point("y=4", ("x", "y"))


@pytest.mark.parametrize(
    ("value", "text"), [(-2.0, "-2"), (1048576.0, "1.05e+06"), (0.00012345, "0.000123"), (-39.9, "-39.9"), (-0.0, "0")]
)
def test_an_end_of_a_range_is_read_at_a_glance(value: float, text: str) -> None:
    assert numbers.limit(value) == text


def test_a_column_has_its_points_under_each_other() -> None:
    assert numbers.aligned([0.4374, -12.5]) == ["+0.4374", "-12.5000"]
    assert numbers.aligned([0.4374, -123.456, -1e-9]) == ["+0.437", "-123.456", "+0.000"]
    assert numbers.aligned([0.4374, 59012.44, 1.2e9, math.inf]) == ["+0.4", "+59012.4", "+1.2e+09", "+inf"]
    assert numbers.aligned([0.4374, 1234567.0]) == ["+0.4374", "+1234567"]
    assert numbers.aligned([]) == []

"""Kinks and jumps, at the point and beside it, and how a difference stands to the slope."""

import math

import pytest

from engine.autodiff.primitive import Primitive
from engine.autodiff.primitives import TABLE
from engine.derivative.breaks import Break, break_within
from engine.derivative.standing import Standing, misplaced, standing
from engine.derivative.study import study, three_ways
from engine.symbolic import symbols, text, value
from engine.symbolic.formula import parse
from engine.symbolic.lack import Lack, lack
from tests.strategies import random_expressions

POLES = ("div", "tan")


@pytest.mark.parametrize(
    ("formula", "x", "epsilon", "place", "sides", "jump"),
    [
        ("relu(x)", 0.0, 0.5, 0.0, (0.0, 1.0), False),
        ("abs(x - 2)", 1.75, 0.5, 2.0, (-1.0, 1.0), False),
        ("max(x, x^2)", 0.8, 0.5, 1.0, (1.0, 2.0), False),
        ("sqrt(x^2)", 0.0, 0.5, 0.0, (-1.0, 1.0), False),
        ("step(x)", 0.0, 1e-9, 0.0, (0.0, 1.0), True),
        ("5*step(x - 1) + x", 0.9, 0.5, 1.0, (1.0, 6.0), True),
        ("x/abs(x)", 0.1, 0.5, 0.0, (-1.0, 1.0), True),
        ("relu(x) + relu(x - 1)", 0.9, 1.0, 1.0, (1.0, 2.0), False),  # the nearer of two
    ],
)
def test_a_break_is_found_where_it_is(
    formula: str, x: float, epsilon: float, place: float, sides: tuple[float, float], jump: bool
) -> None:
    found = break_within(study(formula), (x,), 0, epsilon)
    assert found is not None
    assert found.place == pytest.approx(place, abs=1e-12)
    assert (found.left, found.right) == pytest.approx(sides, rel=1e-4, abs=1e-4)
    assert found.jump == jump


@pytest.mark.parametrize(
    ("formula", "x", "epsilon"),
    [
        ("relu(x)", 0.6, 0.5), ("relu(x)^2", 0.0, 0.5), ("abs(x)^3", 0.1, 0.5), ("step(x)*x^2", 0.0, 0.5),
        ("sin(x)", 1.0, 1.0), ("log(1 + exp(1e9*x))", 0.0, 1e-9), ("tanh(1e9*x)", 0.0, 1e-6),
        ("sqrt(abs(x))", 0.0, 0.5),
        ("1/x", 0.1, 0.5), ("max(x, 1) - max(x, 1)", 1.0, 0.5), ("log(x)", -1.0, 0.5), ("relu(sqrt(x))", -1.0, 0.5),
    ],
)  # fmt: skip
def test_what_is_smooth_has_none(formula: str, x: float, epsilon: float) -> None:
    assert break_within(study(formula), (x,), 0, epsilon) is None


def test_a_break_is_along_the_argument_that_is_asked_for() -> None:
    f = study("relu(x) + y")
    assert isinstance(break_within(f, (0.0, 0.0), 0, 0.5), Break)
    assert break_within(f, (0.0, 0.0), 1, 0.5) is None


@pytest.mark.parametrize(
    ("formula", "x", "epsilon", "how"),
    [
        ("x^2", 1.0, 0.5, Standing.AGREES),
        ("sin(2x)", 1.0, 0.5, Standing.SHRINK),
        ("sin(2x)", 1.0, 1e-14, Standing.ENLARGE),
        ("sin(x)", 1e16, 0.5, Standing.APART),
        ("step(x)", 0.0, 0.5, Standing.APART),
        ("sqrt(x)", 0.25, 0.5, Standing.SHRINK),
        ("sqrt(x)", 0.0, 0.5, None),
    ],
)
def test_how_the_difference_stands_to_the_slope(formula: str, x: float, epsilon: float, how: Standing | None) -> None:
    assert standing(study(formula), (x,), 0, epsilon) is how


def test_floats_too_far_apart_for_eps() -> None:
    assert [misplaced((1e16,), 0, epsilon) for epsilon in (0.5, 1.0)] == [True, True]
    assert [misplaced((1.0,), 0, epsilon) for epsilon in (1e-15, 1e-12)] == [False, False]
    assert misplaced((100.0,), 0, 1e-15)


@pytest.mark.parametrize(
    ("formula", "x", "why"),
    [
        ("x^2", 3.0, None), ("log(x)", 0.0, Lack.UNDEFINED), ("1/x", 0.0, Lack.UNDEFINED),
        ("exp(x)", 1000.0, Lack.OVERFLOW),
        ("x*x", 1e200, Lack.OVERFLOW), ("x*x - x*x", 1e200, Lack.OVERFLOW), ("1/(x*x)", 1e200, None),
        ("sin(x*x)", 1e200, Lack.OVERFLOW), ("log(exp(x))", -800.0, Lack.UNDERFLOW),
        ("1/exp(x)", -800.0, Lack.UNDERFLOW),
        ("log(x/2 - x/2)", 1.0, Lack.UNDEFINED), ("x^x", -0.5, Lack.UNDEFINED),
    ],
)  # fmt: skip
def test_why_there_is_no_value(formula: str, x: float, why: Lack | None) -> None:
    assert lack(parse(formula), {"x": x}) is why


def test_there_is_a_reason_exactly_where_there_is_no_value() -> None:
    for expression in random_expressions(9, 300):
        for x in (0.0, 1.0, -2.0, 1e-200, 1e200, 750.0):
            place = dict.fromkeys(symbols(expression), x)
            try:
                there = math.isfinite(value(expression, place))
            except (ValueError, ZeroDivisionError, OverflowError):
                there = False
            assert (lack(expression, place) is None) == there, text(expression)


def test_autodiff_gives_no_number_that_underflow_has_spoilt() -> None:
    found = three_ways(study("log(2/x^343)"), (5.0,), 0, 1e-6)
    assert (found.autodiff, found.lacks["autodiff"]) == (None, Lack.UNDERFLOW)
    assert found.symbols == pytest.approx(-343 / 5)
    for formula, x in (("sigmoid(x)", -800.0), ("exp(-x^2)", 40.0), ("1/x^2", 1e150), ("log_sigmoid(x)", 800.0)):
        assert three_ways(study(formula), (x,), 0, 1e-6).autodiff == 0.0  # so small that 0 is right


@pytest.mark.parametrize("row", [row for row in TABLE if row.algebra.never_zero], ids=lambda row: row.name)
def test_what_is_never_zero_is_not(row: Primitive) -> None:
    for box in row.boxes:
        for share in (0.0, 0.3, 0.7, 1.0):
            inputs = [low + share * (high - low) for low, high in box]
            assert not all(inputs) or row.value(*inputs) != 0.0


@pytest.mark.parametrize(
    "row", [row for row in TABLE if row.elsewhere and row.name not in POLES], ids=lambda row: row.name
)
def test_what_has_several_formulas_says_where_it_switches(row: Primitive) -> None:
    """The boxes of a row lie on the other sides of its poles and kinks; between two without a pole it switches."""
    assert row.switch is not None
    signs = {math.copysign(1.0, row.switch(*((low + high) / 2 for low, high in box))) for box in row.boxes}
    assert signs == {1.0, -1.0}

"""Scalar: the arithmetic of floats, with a history."""

import math
import operator
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine.autodiff.primitives import FLOATS, PRIMITIVES
from engine.autodiff.scalar import Scalar
from tests.strategies import between, small_floats

ARITHMETIC = (operator.add, operator.sub, operator.mul, operator.truediv)
WRITTEN_OUT = {"neg": operator.neg, "add": operator.add, "sub": operator.sub, "mul": operator.mul}
COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq)


@pytest.mark.parametrize("operate", [*ARITHMETIC, *COMPARISONS])
@given(x=small_floats, y=between(0.5, 100.0))
def test_operators_both_ways_round(operate: Callable[[Any, Any], Any], x: float, y: float) -> None:
    expected = float(operate(x, y))
    for left, right in ((Scalar(x), Scalar(y)), (Scalar(x), y), (x, Scalar(y))):
        found = operate(left, right)
        assert isinstance(found, Scalar)
        assert found.value == expected


@given(between(0.1, 5.0), between(-3.0, 3.0))
def test_powers_both_ways_round(x: float, y: float) -> None:
    assert (Scalar(x) ** Scalar(y)).value == (Scalar(x) ** y).value == (x ** Scalar(y)).value == math.pow(x, y)


@pytest.mark.parametrize("name", ["log", "exp", "sqrt", "sin", "cos", "tanh"])
@given(x=between(0.1, 20.0))
def test_functions_are_those_of_math(name: str, x: float) -> None:
    assert getattr(Scalar(x), name)().value == getattr(math, name)(x)


@given(between(-30.0, 30.0))
def test_the_lectures_own_functions(x: float) -> None:
    assert Scalar(x).sigmoid().value == pytest.approx(1.0 / (1.0 + math.exp(-x)), rel=1e-14)
    assert Scalar(x).log_sigmoid().value == pytest.approx(-math.log1p(math.exp(-x)), rel=1e-12)
    assert Scalar(x).relu().value == max(x, 0.0)
    assert Scalar(x).step().value == (x > 0.0)
    assert (-Scalar(x)).value == -x


@pytest.mark.parametrize("name", WRITTEN_OUT)
@given(x=small_floats, y=small_floats)
def test_what_is_written_out_is_what_the_table_says(name: str, x: float, y: float) -> None:
    row, values = PRIMITIVES[name], (x, y)[: PRIMITIVES[name].arity]
    for made_of in product((Scalar, float, int), repeat=row.arity):
        given_as = [kind(value) for kind, value in zip(made_of, values, strict=True)]
        if Scalar not in made_of:
            continue
        made = WRITTEN_OUT[name](*given_as)
        floats = tuple(entry.value if isinstance(entry, Scalar) else entry for entry in given_as)
        value = row.value(*floats)
        slopes = [rule(FLOATS, floats, value) for rule in row.rules]
        assert (made.primitive, made.value, type(made.value), made.depth) == (row, value, float, 1)
        assert list(map(id, made.inputs)) == list(map(id, given_as))
        assert [made.left_slope, made.right_slope][: row.arity] == [
            slope if kind is Scalar else None for slope, kind in zip(slopes, made_of, strict=True)
        ]


def test_a_scalar_is_deeper_than_all_it_was_made_of() -> None:
    x, y = Scalar(2.0), Scalar(3.0)
    product_of_both = x * y
    for made, depth in (
        (x, 0),
        (product_of_both, 1),
        (-product_of_both, 2),
        (x + product_of_both, 2),
        (product_of_both - x, 2),
        (product_of_both.relu() * x, 3),
        (1 / product_of_both, 2),
        (x**product_of_both, 2),
    ):
        assert made.depth == depth


def test_operands_of_other_kinds_of_number() -> None:
    """A NumPy number on the left asks NumPy first, so only the right-hand side is promised."""
    for operate in (*ARITHMETIC, *COMPARISONS):
        made = operate(Scalar(2.0), np.float64(3.0))
        assert (type(made), type(made.value)) == (Scalar, float)
        assert made.value == operate(2.0, 3.0)
    assert (Scalar(2.0) + True).value == 3.0


def test_a_leaf_has_no_history() -> None:
    leaf = Scalar(2)
    assert (leaf.primitive, leaf.inputs) == (None, ())
    assert isinstance(leaf.value, float)


def test_a_square_keeps_both_operands() -> None:
    x = Scalar(3.0)
    square = x * x
    assert len(square.inputs) == 2
    assert all(entry is x for entry in square.inputs)


def test_operands_keep_their_order() -> None:
    x = Scalar(3.0)
    assert (1 - x).inputs == (1, x)
    assert (x > 1).inputs == (1, x)  # there is one comparison, less-than


def test_constants_stay_numbers() -> None:
    assert [type(entry) for entry in (2.5 * Scalar(3.0)).inputs] == [float, Scalar]


def test_the_math_module_must_not_lose_the_derivative() -> None:
    with pytest.raises(TypeError):
        math.log(Scalar(2.0))


@pytest.mark.parametrize("operate", [*ARITHMETIC, operator.pow, *COMPARISONS[:4]])
def test_other_operands_are_refused(operate: Callable[[Any, Any], Any]) -> None:
    for left, right in ((Scalar(1.0), "1"), ("1", Scalar(1.0)), (Scalar(1.0), None)):
        with pytest.raises(TypeError):
            operate(left, right)


def test_equality_with_something_else_is_pythons_own() -> None:
    assert (Scalar(1.0) == "1") is False


def test_a_scalar_is_looked_up_by_what_it_is() -> None:
    one, other = Scalar(1.0), Scalar(1.0)
    assert len({one, other}) == 2


def test_truth_is_that_of_the_value() -> None:
    assert Scalar(0.5)
    assert not Scalar(0.0)


def test_errors_are_those_of_floats() -> None:
    with pytest.raises(ZeroDivisionError):
        Scalar(1.0) / 0.0
    with pytest.raises(ValueError, match=r"domain|positive"):
        Scalar(-1.0).log()
    with pytest.raises(OverflowError):
        Scalar(1000.0).exp()


def test_repr_says_value_and_operation() -> None:
    assert repr(Scalar(2.0) * 3) == "Scalar(6.0, mul)"
    assert repr(Scalar(2.0)) == "Scalar(2.0)"

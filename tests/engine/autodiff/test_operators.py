"""The operators: the laws that the course's Module 0 asks for."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.autodiff import operators
from tests.strategies import between, small_floats

small_lists = st.lists(small_floats, max_size=6)


@given(small_floats, small_floats)
def test_the_arithmetic_is_pythons(x: float, y: float) -> None:
    assert operators.id(x) == x
    assert operators.neg(x) == -x
    assert operators.add(x, y) == x + y
    assert operators.sub(x, y) == x - y
    assert operators.mul(x, y) == x * y == operators.mul(y, x)
    assert operators.max(x, y) == max(x, y)
    assert operators.lt(x, y) == (x < y)
    assert operators.le(x, y) == (x <= y)
    assert operators.eq(x, y) == (x == y)
    if y:
        assert operators.div(x, y) == x / y
        assert operators.inv(y) == 1.0 / y


@given(small_floats)
def test_sigmoid_lies_between_0_and_1_and_mirrors(x: float) -> None:
    assert 0.0 <= operators.sigmoid(x) <= 1.0
    assert operators.sigmoid(-x) == pytest.approx(1.0 - operators.sigmoid(x))
    assert operators.sigmoid(0.0) == 0.5


# Beyond 29 a step of 1e-3 can change sigmoid by less than the spacing of floats near 1.
@given(between(-25.0, 25.0), between(1e-3, 1.0))
def test_sigmoid_rises_and_log_sigmoid_is_its_logarithm(x: float, by: float) -> None:
    assert operators.sigmoid(x) < operators.sigmoid(x + by)
    assert operators.log_sigmoid(x) == pytest.approx(math.log(operators.sigmoid(x)), abs=1e-12)


@given(small_floats, small_floats, small_floats)
def test_less_than_is_transitive_and_mul_distributes(x: float, y: float, z: float) -> None:
    low, middle, high = sorted((x, y, z))
    assert operators.lt(low, high) >= operators.lt(low, middle) * operators.lt(middle, high)
    both = operators.add(operators.mul(z, x), operators.mul(z, y))
    assert operators.is_close(operators.mul(z, operators.add(x, y)), both)


@given(small_floats, small_floats)
def test_relu_and_the_backs(x: float, d: float) -> None:
    assert operators.relu(x) == max(x, 0.0)
    assert operators.step(x) == (x > 0.0)
    assert operators.relu_back(x, d) == (d if x > 0.0 else 0.0)
    if abs(x) > 1e-3:
        assert operators.log_back(x, d) == pytest.approx(d / x)
        assert operators.inv_back(x, d) == pytest.approx(-d / x**2)


def test_is_close_uses_the_courses_tolerance() -> None:
    assert operators.is_close(1.0, 1.0099) == 1.0
    assert operators.is_close(1.0, 1.0101) == 0.0


@given(small_lists, small_lists)
def test_lists(left: list[float], right: list[float]) -> None:
    assert operators.negList(left) == [-x for x in left]
    assert operators.addLists(left, right) == [x + y for x, y in zip(left, right, strict=False)]
    assert operators.sum(left) == pytest.approx(math.fsum(left), abs=1e-9)
    assert operators.prod(left) == pytest.approx(math.prod(left))
    assert operators.reduce(operators.sub, 1.0)(left) == pytest.approx(1.0 - math.fsum(left), abs=1e-9)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: operators.log(0.0), ValueError),
        (lambda: operators.sqrt(-1.0), ValueError),
        (lambda: operators.inv(0.0), ZeroDivisionError),
        (lambda: operators.div(1.0, 0.0), ZeroDivisionError),
        (lambda: operators.pow(0.0, -1.0), ZeroDivisionError),
        (lambda: operators.pow(-1.0, 0.5), ValueError),
        (lambda: operators.exp(710.0), OverflowError),
    ],
)
def test_outside_the_domain_is_an_error(call: Callable[[], float], error: type[Exception]) -> None:
    with pytest.raises(error):
        call()

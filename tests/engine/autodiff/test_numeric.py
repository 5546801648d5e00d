"""Differences: f is only ever called, and called twice."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given

from engine.autodiff.backpropagation import derivatives
from engine.autodiff.numeric import (
    EpsilonError,
    best,
    central_difference,
    derivative,
    errors_by_epsilon,
    forward_difference,
    partial,
    truncated,
)
from engine.autodiff.scalar import Scalar
from tests.strategies import between


@pytest.mark.parametrize("difference", [central_difference, forward_difference])
def test_f_is_called_exactly_twice(difference: Callable[..., float]) -> None:
    calls: list[tuple[float, ...]] = []

    def f(*vals: float) -> float:
        calls.append(vals)
        return sum(vals)

    difference(f, 1.0, 2.0, 3.0, arg=1, epsilon=0.5)
    moved_down = 1.5 if difference is central_difference else 2.0
    assert calls == [(1.0, 2.5, 3.0), (1.0, moved_down, 3.0)]


@pytest.mark.parametrize("difference", [central_difference, forward_difference])
@pytest.mark.parametrize("arg", [-1, 2])
def test_an_argument_that_is_not_there(difference: Callable[..., float], arg: int) -> None:
    with pytest.raises(IndexError, match=f"argument {arg} of 2"):
        difference(math.hypot, 1.0, 2.0, arg=arg)


@pytest.mark.parametrize(
    ("epsilon", "printed"), [(0.1, 5.5e-3), (1e-3, 5.5e-7), (1e-6, 2.3e-12), (1e-10, 5.3e-9), (1e-12, 1.5e-5)]
)
def test_the_error_for_the_sine_is_a_valley(epsilon: float, printed: float) -> None:
    error = abs(central_difference(lambda x: math.sin(2 * x), 1.0, epsilon=epsilon) - 2 * math.cos(2.0))
    # Left of the valley the error is the formula's, right of it the rounding of sin, which a libm may do otherwise.
    factor = 1.02 if epsilon >= 1e-3 else 20.0
    assert printed / factor <= error <= printed * factor


def test_the_forward_difference_is_worse() -> None:
    error = abs(forward_difference(lambda x: math.sin(2 * x), 1.0, epsilon=1e-3) - 2 * math.cos(2.0))
    assert error == pytest.approx(1.8e-3, rel=0.02)


@given(between(-5.0, 5.0), between(1e-4, 1.0))
def test_the_central_difference_is_exact_for_the_parabola(x: float, epsilon: float) -> None:
    assert central_difference(lambda v: v * v + 1, x, epsilon=epsilon) == pytest.approx(2 * x, abs=1e-10 / epsilon)


def test_the_slopes_of_the_lecture() -> None:
    assert central_difference(lambda x: x**2 + 1, 2.0) == pytest.approx(4.0, abs=1e-8)
    assert derivative(math.sin)(0.0) == pytest.approx(1.0, abs=1e-9)
    assert derivative(lambda x: 1.0 / (1.0 + math.exp(-x)))(0.0) == pytest.approx(0.25, abs=1e-9)


@given(between(-5.0, 5.0), between(-5.0, 5.0))
def test_two_arguments(x: float, y: float) -> None:
    def f(x: float, y: float) -> float:
        return math.sin(x) + 2 * math.cos(y)

    assert central_difference(f, x, y, arg=0) == pytest.approx(math.cos(x), abs=1e-8)
    assert central_difference(f, x, y, arg=1) == pytest.approx(-2 * math.sin(y), abs=1e-8)


def test_at_a_kink_the_two_methods_answer_different_questions() -> None:
    zero = Scalar(0.0)
    assert derivatives(zero.relu(), [zero]) == (0.0,)
    assert central_difference(lambda x: max(x, 0.0), 0.0) == 0.5


def test_the_answer_has_the_type_of_f() -> None:
    slope = central_difference(lambda x: x * x, Scalar(3.0))
    assert isinstance(slope, Scalar)
    assert slope.value == pytest.approx(6.0)


def test_a_function_of_two_arguments_turned_into_one_of_one() -> None:
    def f(x: float, y: float) -> float:
        return math.sin(x) + 2 * math.cos(y)

    assert partial(f, 1.0, 2.0, arg=0)(3.0) == f(3.0, 2.0)
    assert partial(f, 1.0, 2.0, arg=1)(3.0) == f(1.0, 3.0)
    assert derivative(partial(f, 1.0, 2.0, arg=1))(2.0) == pytest.approx(-2 * math.sin(2.0), abs=1e-8)
    with pytest.raises(IndexError, match="argument 2 of 2"):
        partial(f, 1.0, 2.0, arg=2)


def test_the_error_against_epsilon_is_a_valley_with_its_best_epsilon_marked() -> None:
    errors = errors_by_epsilon(lambda x: math.sin(2 * x), 1.0, 2 * math.cos(2.0))
    assert [entry.epsilon for entry in errors] == [float(f"1e-{decade}") for decade in range(1, 16)]
    lowest = best(errors)
    assert lowest is not None
    assert 1e-8 <= lowest.epsilon <= 1e-4
    # Truncation: a tenth of the epsilon, a hundredth of the central error and a tenth of the forward one.
    assert errors[0].central / errors[1].central == pytest.approx(100.0, rel=0.05)
    assert errors[1].forward / errors[2].forward == pytest.approx(10.0, rel=0.05)
    # Rounding: far below the best epsilon, the error is larger again.
    assert errors[-1].central > 1e3 * lowest.central


def test_a_row_of_errors_asks_f_for_two_values_a_difference() -> None:
    calls: list[float] = []

    def f(x: float) -> float:
        calls.append(x)
        return x

    assert len(errors_by_epsilon(f, 0.0, 1.0)) * 4 == len(calls)


def test_of_equal_errors_the_largest_epsilon_is_the_best_and_of_none_there_is_none() -> None:
    rows = [EpsilonError(0.1, 0.5, 0.5), EpsilonError(0.01, 0.0, 0.5), EpsilonError(0.001, 0.0, 0.5)]
    assert best(rows) is rows[1]
    assert best([EpsilonError(0.1, math.nan, 0.0)]) is None
    assert best([]) is None


@pytest.mark.parametrize(
    ("f", "x", "exact", "has"),
    [
        (lambda x: math.sin(2 * x), 1.0, 2 * math.cos(2.0), True),
        (lambda x: x**3, 1.0, 3.0, True),
        (lambda x: x**2 + 1, 2.0, 4.0, False),
        (lambda x: 3.0 * x, 1.0, 3.0, False),
        (lambda x: (math.tanh(x + 0.01) - math.tanh(x - 0.01)) / 0.02, 0.0, 0.0, False),
    ],
)
def test_truncation_is_told_from_rounding(f: Callable[[float], float], x: float, exact: float, has: bool) -> None:
    assert truncated(errors_by_epsilon(f, x, exact)) == has


def test_an_epsilon_that_reaches_where_f_is_not_defined_has_no_error_and_the_others_have() -> None:
    errors = errors_by_epsilon(math.log, 0.05, 20.0)
    assert math.isnan(errors[0].central)
    assert errors[0].forward < 20.0
    assert errors[3].central < 1e-2
    found = best(errors)
    assert found is not None
    assert found.epsilon < 1e-3

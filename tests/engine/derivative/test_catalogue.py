"""The lecture's functions: at 100 points each, away from kinks, the three methods agree."""

import random

import pytest

from engine.autodiff.backpropagation import derivatives
from engine.autodiff.numeric import central_difference
from engine.autodiff.scalar import Scalar
from engine.derivative.breaks import break_within
from engine.derivative.catalogue import FUNCTIONS, Function
from engine.derivative.study import study
from engine.symbolic import build, differentiate, symbols, text, value

each = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)


def points(function: Function) -> list[tuple[float, ...]]:
    """100 points of the domain, none nearer to a kink than a difference reaches."""
    source = random.Random(4)
    drawn = [tuple(source.uniform(*interval) for interval in function.domain) for _ in range(110)]
    f = study(function.formula)
    return [point for point in drawn if break_within(f, point, 0, 1e-3) is None][:100]


@each
def test_a_row_is_whole(function: Function) -> None:
    assert symbols(function.expression) == function.arguments
    assert len(function.arguments) == len(function.domain) == len(function.start)
    for (low, high), start in zip(function.domain, function.start, strict=True):
        assert low < start < high


@each
def test_three_methods_agree_at_100_points(function: Function) -> None:
    expression = function.expression
    primes = [differentiate(expression, name).derivative for name in function.arguments]

    def f(*values: float) -> float:
        return value(expression, dict(zip(function.arguments, values, strict=True)))

    assert len(points(function)) == 100
    for point in points(function):
        leaves = [Scalar(entry) for entry in point]
        output = build(expression, dict(zip(function.arguments, leaves, strict=True)))
        assert isinstance(output, Scalar)
        by_autodiff = derivatives(output, leaves)
        for arg, prime in enumerate(primes):
            by_symbols = value(prime, dict(zip(function.arguments, point, strict=True)))
            scale = max(1.0, abs(by_symbols))
            assert abs(by_symbols - by_autodiff[arg]) <= 1e-12 * scale
            assert abs(by_symbols - central_difference(f, *point, arg=arg)) <= 1e-6 * scale


@pytest.mark.parametrize("formula", ["relu(x)", "relu(m)", "relu(-m)"])
def test_at_a_kink_the_difference_is_the_mean_of_both_sides(formula: str) -> None:
    (function,) = (function for function in FUNCTIONS if function.formula == formula)
    by_difference = central_difference(lambda x: value(function.expression, {function.arguments[0]: x}), 0.0)
    assert abs(by_difference) == 0.5
    slope = differentiate(function.expression, function.arguments[0]).derivative
    assert value(slope, {function.arguments[0]: 0.0}) == 0.0


def test_the_lectures_derivatives() -> None:
    derived = {f.formula: text(differentiate(f.expression, f.arguments[0]).derivative) for f in FUNCTIONS}
    assert derived == {
        "x^2 + 1": "2*x",
        "sin(2*x)": "2*cos(2*x)",
        "sin(x) + 2*cos(y)": "cos(x)",
        "sigmoid(x)": "sigmoid(x)*(1 - sigmoid(x))",
        "relu(x)": "step(x)",
        "log_sigmoid(x)": "sigmoid(-x)",
        "-log_sigmoid(-m)": "sigmoid(m)",
        "-log_sigmoid(m)": "-sigmoid(-m)",
        "relu(m)": "step(m)",
        "relu(-m)": "-step(-m)",
    }


def test_a_lectures_slope() -> None:
    parabola = differentiate(FUNCTIONS[0].expression, "x").derivative
    assert value(parabola, {"x": 2.0}) == 4.0
    assert value(differentiate(FUNCTIONS[3].expression, "x").derivative, {"x": 0.0}) == 0.25

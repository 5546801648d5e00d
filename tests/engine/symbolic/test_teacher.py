"""Derivatives as a teacher would write them on a board. The table came first, the code that gives them after it."""

import math

import pytest
import sympy

from engine.symbolic import differentiate, pretty, text, value
from engine.symbolic.formula import parse

ANSWERS = [
    # Sums and powers.
    ("x^3 - 3x", "x", "3*x^2 - 3"),
    ("x*(x + 1)", "x", "2*x + 1"),
    ("(2x + 1)^3", "x", "6*(2*x + 1)^2"),
    ("(x + 1)^2*(x - 1)", "x", "(x + 1)*(3*x - 1)"),
    ("1/x^2", "x", "-2/x^3"),
    ("1/(x^2 + 1)", "x", "-2*x/(x^2 + 1)^2"),
    # Two arguments.
    ("x^2*y^3", "x", "2*x*y^3"),
    ("x^2*y^3", "y", "3*x^2*y^2"),
    ("x/y", "y", "-x/y^2"),
    ("x/(x + y)", "x", "y/(x + y)^2"),
    ("x/(x + y)", "y", "-x/(x + y)^2"),
    ("sqrt(x^2 + y^2)", "y", "y/sqrt(x^2 + y^2)"),
    # Quotients.
    ("x/(x + 1)", "x", "1/(x + 1)^2"),
    ("(x - 1)/(x + 1)", "x", "2/(x + 1)^2"),
    ("(2x + 1)/(3x - 2)", "x", "-7/(3*x - 2)^2"),
    ("(x^2 + 1)/x", "x", "1 - 1/x^2"),
    ("x/(1 + x^2)", "x", "(1 - x^2)/(1 + x^2)^2"),
    ("(x^2 - 1)/(x^2 + 1)", "x", "4*x/(x^2 + 1)^2"),
    ("x^2/(x + 1)", "x", "x*(x + 2)/(x + 1)^2"),
    # Roots.
    ("sqrt(x)", "x", "1/(2*sqrt(x))"),
    ("sqrt(x)*sqrt(x)", "x", "1"),
    ("x*sqrt(x)", "x", "3*sqrt(x)/2"),
    ("1/sqrt(x)", "x", "-1/(2*x*sqrt(x))"),
    ("sqrt(x^2 + 1)", "x", "x/sqrt(x^2 + 1)"),
    ("x*sqrt(1 - x^2)", "x", "(1 - 2*x^2)/sqrt(1 - x^2)"),
    # Exponentials.
    ("exp(2x)", "x", "2*exp(2*x)"),
    ("exp(-x^2/2)", "x", "-x*exp(-x^2/2)"),
    ("x*exp(x)", "x", "(x + 1)*exp(x)"),
    ("x^2*exp(-x)", "x", "x*(2 - x)*exp(-x)"),
    ("x^3*exp(2x)", "x", "x^2*(2*x + 3)*exp(2*x)"),
    ("exp(x)*sin(x)", "x", "exp(x)*(sin(x) + cos(x))"),
    ("2^x", "x", "2^x*log(2)"),
    ("x^x", "x", "x^x*(log(x) + 1)"),
    # Logarithms.
    ("x*log(x)", "x", "log(x) + 1"),
    ("x*log(x) - x", "x", "log(x)"),
    ("log(x)/x", "x", "(1 - log(x))/x^2"),
    ("log(x)^2", "x", "2*log(x)/x"),
    ("log(x^2 + 1)", "x", "2*x/(x^2 + 1)"),
    ("log(log(x))", "x", "1/(x*log(x))"),
    # Sines and their like.
    ("sin(x)*cos(x)", "x", "cos(x)^2 - sin(x)^2"),
    ("sin(x)^2", "x", "2*sin(x)*cos(x)"),
    ("sin(x)^2 + cos(x)^2", "x", "0"),
    ("cos(3x^2)", "x", "-6*x*sin(3*x^2)"),
    ("sin(x)/x", "x", "(x*cos(x) - sin(x))/x^2"),
    ("tan(x)", "x", "1/cos(x)^2"),
    ("sin(x)/cos(x)", "x", "1/cos(x)^2"),
    # The sigmoid.
    ("1/(1 + exp(-x))", "x", "exp(-x)/(1 + exp(-x))^2"),
    ("exp(x)/(1 + exp(x))", "x", "exp(x)/(1 + exp(x))^2"),
    ("sigmoid(2x + 1)", "x", "2*sigmoid(2*x + 1)*(1 - sigmoid(2*x + 1))"),
    ("log(sigmoid(x))", "x", "1 - sigmoid(x)"),
]


@pytest.mark.parametrize(("formula", "by", "answer"), ANSWERS)
def test_a_teacher_would_write_it_so(formula: str, by: str, answer: str) -> None:
    assert text(differentiate(parse(formula), by).derivative) == answer


@pytest.mark.parametrize(("formula", "by", "answer"), ANSWERS)
def test_sympy_agrees_that_it_is_the_derivative(formula: str, by: str, answer: str) -> None:
    names = {**{name: sympy.Symbol(name, positive=True) for name in "xy"}, "sigmoid": lambda u: 1 / (1 + sympy.exp(-u))}
    typed = formula.replace("2x", "2*x").replace("3x", "3*x")
    theirs, ours = (sympy.sympify(entry.replace("^", "**"), locals=names) for entry in (typed, answer))
    assert sympy.simplify(theirs.diff(names[by]) - ours) == 0


@pytest.mark.parametrize(("formula", "by", "answer"), ANSWERS)
def test_what_is_written_is_read_back_and_has_the_same_value(formula: str, by: str, answer: str) -> None:
    found = differentiate(parse(formula), by).derivative
    for written in (text(found), pretty(found)):
        assert math.isclose(value(parse(written), {"x": 0.6, "y": 0.7}), value(parse(answer), {"x": 0.6, "y": 0.7}))

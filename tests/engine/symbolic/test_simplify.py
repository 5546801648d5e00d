"""Simplification is readable and never wrong; sympy is the second opinion on values and derivatives."""

import itertools
import math
import random
import re
from typing import Any

import mpmath
import pytest
import sympy

from engine.autodiff.primitives import TABLE, Primitive
from engine.symbolic import Expression, differentiate, pretty, simplify, symbol, text, value
from engine.symbolic.expression import fold
from engine.symbolic.formula import parse
from tests.engine.formulas import attempt
from tests.strategies import random_expressions

UNDEFINED = (ValueError, ZeroDivisionError)


@pytest.mark.parametrize(
    ("typed", "simplified"),
    [
        ("x*1", "x"),
        ("x + 0", "x"),
        ("x*x", "x^2"),
        ("x*0", "0"),
        ("x - x", "0"),
        ("2*3 + 1", "7"),
        ("0.1 + 0.2", "0.3"),
        ("1/3 + 1/6", "1/2"),
        ("x/3 + x/3", "2*x/3"),
        ("2x + 3x", "5*x"),
        ("x*y + y*x", "2*x*y"),
        ("x*2*y*3", "6*x*y"),
        ("sin(x)*x*2", "2*x*sin(x)"),
        ("x - (y - 1)", "x - y + 1"),
        ("1 - (1 - x)", "x"),
        ("-x + 1", "1 - x"),
        ("(-x)*(-y)", "x*y"),
        ("(-x)^3", "-x^3"),
        ("-(-x)", "x"),
        ("sin(-x) + cos(-x)", "cos(x) - sin(x)"),
        ("(2*x)^2", "4*x^2"),
        ("x^2/x^5", "1/x^3"),
        ("exp(x)/exp(x)", "1"),
        ("1/(1 + x^2)*(1 + x^2)", "1"),
        ("log(exp(x))", "x"),
        ("log(1) + exp(0) + sqrt(4) + relu(-1) + step(2)", "4"),
        ("e^x", "exp(x)"),
        ("2*pi*3", "6*pi"),
        ("sin(1)*2", "2*sin(1)"),
        ("2^0.5*2^0.5", "2"),
        ("log(x) + x/x", "log(x) + 1"),
        ("1/x + x/x", "1/x + 1"),
        ("(x + 1)*(1 + x)", "(x + 1)^2"),
        ("sqrt(x)^3", "x*sqrt(x)"),
        ("1/sqrt(x)^3", "1/(x*sqrt(x))"),
        ("exp(x)*exp(-x)", "1"),
        ("3*sin(y)^2 + 3*cos(y)^2", "3"),
        ("step(-(x - 1))", "step(1 - x)"),
    ],
)
def test_what_a_person_would_write(typed: str, simplified: str) -> None:
    assert text(simplify(parse(typed))) == simplified


@pytest.mark.parametrize(
    "typed",
    [
        "x/x",
        "x^2/x",
        "0/x",
        "0*log(x)",
        "log(x)^0",
        "1/(1/x)",
        "log(x^2)",
        "sqrt(x)^2",
        "sqrt(x^2)",
        "x^(1/2)*x^(1/2)",
        "x^(1/2)*x^(1/2) + x^(1/2)",
        "1/x + x^(1/2)/x^(1/2)",
        "exp(log(x))",
        "x/sqrt(x)",
        "x*x^(x - 1)",
        "sin(log(x))^2 + cos(log(x))^2",
        "(x^2)^(1/2)",
        "2^1000",
    ],
)
def test_nothing_that_changes_where_it_is_defined_or_cannot_be_read(typed: str) -> None:
    assert text(simplify(parse(typed))) == typed


def test_numbers_beyond_the_floats_are_left_standing() -> None:
    x = symbol("x")
    for expression, written in ((1e200 * x * 1e200, "1e+200*1e+200*x"), (1e-200 * x * 1e-200, "1e-200*1e-200*x")):
        assert text(simplify(expression)) in (written, written.replace("1e+200*1e+200", "1e+200^2"))
        assert simplify(simplify(expression)) is simplify(expression)


def test_long_sums_of_what_cancels_take_no_longer_than_their_length_allows() -> None:
    """Worked on again for each pair of terms, these took ten seconds; a clock is not needed to notice that."""
    names = [first + second for first in "abcdfghijk" for second in "abcdfghijk"]
    fractions = " + ".join(f"{name}/{name}" for name in names)
    assert text(simplify(parse(fractions))) == fractions
    known = " + ".join(f"1/{name}" for name in names)
    assert text(simplify(parse(fractions) + parse(known))) == f"100 + {known}"
    exponentials = "*".join(f"exp({name})" for name in names)
    assert text(simplify(parse(exponentials))) == exponentials
    roots = " + ".join(f"x^(1/2)*x^(1/2)*{name}" for name in names[:45])
    assert simplify(simplify(parse(roots))) is simplify(parse(roots))


def _at(expression: Expression, place: dict[str, float]) -> float | None:
    """The value, None where it is not defined, nan where it leaves the floats."""
    try:
        found = value(expression, place)
    except OverflowError:
        return math.nan
    except UNDEFINED:
        return None
    return found if math.isfinite(found) else math.nan


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_simplification_keeps_the_value_and_where_it_is_defined(depth: int) -> None:
    """At numbers that floats calculate with exactly, 0 and ±1 among them, where the traps are."""
    undefined = 0
    for expression in random_expressions(seed=depth, count=500, depth=depth):
        simplified = simplify(expression)
        for x, y in itertools.product((-2.0, -0.5, 0.0, 1.0, 3.0), repeat=2):
            expected, found = (_at(entry, {"x": x, "y": y}) for entry in (expression, simplified))
            where = f"{text(expression)} | {text(simplified)} at {x}, {y}"
            if expected is None or found is None:
                assert found is expected, where
                undefined += 1
            elif not math.isnan(expected + found):
                assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), where
    assert undefined > 500, "the expressions must have poles to be wrong at"


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_what_is_printed_is_read_as_the_same_expression(depth: int) -> None:
    read = 0
    for expression in random_expressions(seed=10 + depth, count=500, depth=depth):
        simplified = simplify(expression)
        assert simplify(simplified) is simplified, text(expression)
        for entry, written in itertools.product((expression, simplified), (text, pretty)):
            found = attempt(written(entry))
            read += found is entry
            # Only what is defined nowhere, like 1/0, is printed and not read.
            assert found is entry or re.search("not defined|too large", str(found)), written(entry)
    assert read > 1500


# sympy: by other people, from other rules.

_COMPARISONS = ("lt", "le", "eq")  # no derivative to compare, and sympy does not divide by them
_ROWS = [row for row in TABLE if row.name not in _COMPARISONS]
_SYMPY: dict[str, Any] = {
    "neg": lambda a: -a,
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b,
    "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
    "log_sigmoid": lambda a: -sympy.log(1 + sympy.exp(-a)),
    "relu": lambda a: sympy.Piecewise((a, a > 0), (0, True)),
    "step": lambda a: sympy.Piecewise((1, a > 0), (0, True)),
}


def _theirs(name: str) -> Any:
    """What sympy has for a row: one of the above, or what has its name there, Max for max."""
    return _SYMPY.get(name) or getattr(sympy, name, None) or getattr(sympy, name.title())


# The derivative of a maximum, where sympy would look for a simpler one in pieces, which takes most of its time.
_NUMERIC = [{"Heaviside": lambda a, at_zero: (a > 0) + at_zero * (a == 0)}, "mpmath"]
_SYMBOLS = {name: sympy.Symbol(name, real=True) for name in ("x", "y")}


def _for_sympy(expression: Expression) -> Any:
    def visit(node: Expression, inputs: tuple[Any, ...]) -> Any:
        if isinstance(node.head, Primitive):
            return _theirs(node.head.name)(*inputs)
        return _SYMBOLS[node.head] if isinstance(node.head, str) else sympy.Rational(repr(node.head))

    return fold(expression, visit)


def _places(source: random.Random, *expressions: Expression) -> list[dict[str, float]]:
    """Up to three places where all of the expressions are defined."""
    tried = [{"x": source.uniform(-2.0, 2.0), "y": source.uniform(-2.0, 2.0)} for _ in range(40)]
    values = ([_at(expression, place) for expression in expressions] for place in tried)
    return [place for place, found in zip(tried, values, strict=True) if all(v is not None and v == v for v in found)][
        :3
    ]


def test_values_and_derivatives_agree_with_sympy() -> None:
    compared, source = 0, random.Random(3)
    for expression in random_expressions(seed=1, count=700, depth=3, rows=_ROWS):
        derivative = differentiate(expression, "x").derivative
        places = _places(source, expression, derivative)
        if not places:
            continue
        theirs = _for_sympy(expression)
        both = [theirs, theirs.diff(_SYMBOLS["x"])]
        if any(entry.has(sympy.zoo, sympy.nan) for entry in both):  # 1/step(x), say, it cannot evaluate
            continue
        theirs_at = sympy.lambdify(list(_SYMBOLS.values()), both, _NUMERIC)
        for place in places:
            with mpmath.workdps(40):
                expected = [float(entry) for entry in theirs_at(*map(mpmath.mpf, place.values()))]
            found = [value(entry, place) for entry in (expression, derivative)]
            for ours, known in zip(found, expected, strict=True):
                assert abs(ours - known) <= 1e-9 * max(1.0, abs(known)), f"{text(expression)} at {place}"
        compared += 1
    assert compared >= 500

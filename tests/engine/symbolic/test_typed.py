"""Formulas as teachers and students type them, written down beforehand: what each means, by Python's math."""

import math
from collections.abc import Callable

import pytest

from engine import symbolic
from engine.symbolic.formula import FormulaError, as_recorded, definition

e, pi = math.e, math.pi
PLACES = ((0.7, 1.3), (2.0, 0.5), (1.25, 3.0))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("x^2 + 1", lambda x, y: x**2 + 1),
        ("f(x) = x^2", lambda x, y: x**2),
        ("f(x) := x^2", lambda x, y: x**2),
        ("y = x^2", lambda x, y: x**2),
        ("f(x, y) = x^2 - y", lambda x, y: x**2 - y),
        ("g(t)=3t+1", lambda t, y: 3 * t + 1),
        ("√x", lambda x, y: math.sqrt(x)),
        ("√(x+1)", lambda x, y: math.sqrt(x + 1)),
        ("2√x", lambda x, y: 2 * math.sqrt(x)),
        ("√x√y", lambda x, y: math.sqrt(x) * math.sqrt(y)),
        ("√(x)^2", lambda x, y: x),
        ("|x - 1|", lambda x, y: abs(x - 1)),
        ("|x - 2| + |y - 1|", lambda x, y: abs(x - 2) + abs(y - 1)),
        ("|x - |y - 2||", lambda x, y: abs(x - abs(y - 2))),
        ("2|x - 1|", lambda x, y: 2 * abs(x - 1)),
        ("|x - 1||y - 1|", lambda x, y: abs(x - 1) * abs(y - 1)),
        ("x|y - 1|", lambda x, y: x * abs(y - 1)),
        ("3 × x", lambda x, y: 3 * x),
        ("3·x − y ÷ 2", lambda x, y: 3 * x - y / 2),
        ("x² + y³", lambda x, y: x**2 + y**3),
        ("x²y", lambda x, y: x**2 * y),
        ("x⁻¹", lambda x, y: 1 / x),
        ("2x(x+1)", lambda x, y: 2 * x * (x + 1)),
        ("x(x+1)", lambda x, y: x * (x + 1)),
        ("(x+1)(x-1)", lambda x, y: (x + 1) * (x - 1)),
        ("(x+1)x", lambda x, y: (x + 1) * x),
        ("x(x+1)^2", lambda x, y: x * (x + 1) ** 2),
        ("sin(x)cos(x)", lambda x, y: math.sin(x) * math.cos(x)),
        ("x sin(x)", lambda x, y: x * math.sin(x)),
        ("x y", lambda x, y: x * y),
        ("2x y", lambda x, y: 2 * x * y),
        ("σ(x)(1 - σ(x))", lambda x, y: e**-x / (1 + e**-x) ** 2),
        ("sin²(x)", lambda x, y: math.sin(x) ** 2),
        ("sin^2(x) + cos^2(x)", lambda x, y: 1.0),
        ("e^x", lambda x, y: e**x),
        ("x e^(-x)", lambda x, y: x * e**-x),
        ("e^-x^2", lambda x, y: e ** -(x**2)),
        ("ln(x)", lambda x, y: math.log(x)),
        ("x**2", lambda x, y: x**2),
        ("2πx", lambda x, y: 2 * pi * x),
        ("sin(πx)", lambda x, y: math.sin(pi * x)),
        ("-x^2", lambda x, y: -(x**2)),
        ("1/(2x)", lambda x, y: 1 / (2 * x)),
        ("tan(x/3) + max(x, y) - min(x, y)", lambda x, y: math.tan(x / 3) + max(x, y) - min(x, y)),
        ("1/(1 + e^(-x))", lambda x, y: 1 / (1 + e**-x)),
        ("x^(2)(y + 1)", lambda x, y: x**2 * (y + 1)),
    ],
)
def test_what_is_typed_means_what_a_teacher_means(typed: str, meant: Callable[[float, float], float]) -> None:
    found = definition(typed)
    for place in PLACES:
        values = dict(zip(found.names, place, strict=False))
        expected = meant(*place)
        assert symbolic.value(found.expression, values) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("typed", "column", "message"),
    [
        (" ", 0, "write a function, such as x^2 + 1 or f(x) = sin(2x)"),
        ("3x^2y", 4, "write 3x^2*y or 3x^(2y)"),
        ("1/x(x+1)", 3, "write 1/x*(x+1) or 1/(x*(x+1))"),
        ("1/x^2y", 5, "write 1/x^2*y, 1/x^(2y) or 1/(x^2*y)"),
        ("x^y z", 4, "write x^y*z or x^(y*z)"),
        ("e^2x", 3, "write e^2*x or e^(2x)"),
        ("√2x", 2, "write √2*x or √(2x)"),
        ("√x^2", 2, "write √(x)^2 or √(x^2)"),
        ("√x²", 2, "write √(x)² or √(x²)"),
        ("xy", 0, "xy is read as one name; write x*y"),
        ("x + xy", 4, "xy is read as one name; write x*y"),
        ("ax + b", 0, "ax is read as one name; write a*x"),
        ("xe^x", 0, "xe is read as one name; write x*e"),
        ("2ex", 1, "ex is read as one name; write e*x"),
        ("pix", 0, "pix is read as one name; write pi*x"),
        ("ae^x", 0, "ae is read as one name; write a*e"),
        ("axy", 0, "axy is read as one name; write a*x*y"),
        ("w1x1 + b", 0, "w1x1 is read as one name; write w1*x1"),
        ("σx", 0, "write σ(x)"),
        ("|2|x||", 6, "expected a number"),
        ("x^" + "9" * 400, 2, "too large a number"),
        ("x" + "⁹" * 400, 1, "too large a number"),
        ("f(a, b) = ab", 10, "ab is read as one name; write a*b"),
        ("f(x) = a x", 7, "there is no a here; did you mean f(x, a) = ...?"),
        ("sinx", 0, "write sin(x)"),
        ("2 sin2x", 2, "write sin(2x)"),
        ("xsin(x)", 0, "write x*sin(...)"),
        ("sin x", 4, "sin takes its argument in parentheses: sin(x)"),
        ("sin 2y + 1", 4, "sin takes its argument in parentheses: sin(2y)"),
        ("sin x cos x", 4, "sin takes its argument in parentheses: sin(x)"),
        ("ln|x|", 2, "ln takes its argument in parentheses: ln(|x|)"),
        ("-log σ(x)", 5, "log takes its argument in parentheses: log(σ(x))"),
        ("sin θ", 4, "sin takes its argument in parentheses: sin(θ)"),
        ("arcsin x", 0, "there is no function arcsin here"),
        ("sine x", 0, "there is no function sine; did you mean sin?"),
        ("tg(x)", 0, "there is no function tg; write tan(x)"),
        ("Softplus(x)", 0, "there is no function Softplus; write log(1 + exp(x))"),
        ("asinh(x)", 0, "there is no function asinh; write log(x + sqrt(x^2 + 1))"),
        ("½x", 0, "write 1/2*x for ½x"),
        ("x½", 1, "write 1/2 for ½, with a sign before it"),
        ("x.y", 0, "x.y is read as one name; write x*y"),
        ("\\sin(x)", 0, "names are written without \\"),
        ("x^{2}", 2, "write ( ) for { }"),
        ("x:2", 1, "a quotient is written with /"),
        ("sin^2 x", 6, "sin takes its argument in parentheses: sin(x)^2"),
        ("sin^-1(x)", 3, "write 1/sin(x); there is no inverse of sin here"),
        ("arctan(x)", 0, "there is no function arctan here"),
        ("asin(x)", 0, "there is no function asin here"),
        ("atanh(x)", 0, "there is no function atanh; write log((1 + x)/(1 - x))/2"),
        ("sinh(x)", 0, "there is no function sinh; write (exp(x) - exp(-x))/2"),
        ("log10(x)", 0, "there is no function log10; write log(x)/log(10)"),
        ("pow(x, 2)", 0, "there is no function pow; write x^2"),
        ("Sin(x)", 0, "there is no function Sin; did you mean sin?"),
        ("ReLU(x)", 0, "there is no function ReLU; did you mean relu?"),
        ("f(x)", 0, "f is not known here; write what it is, such as f(x) = x^2"),
        ("f(2) = 4", 2, "expected the name of an argument, such as x, found '2'"),
        ("f(x, x) = x", 5, "x stands twice among the arguments"),
        ("f(e) = e^2", 2, "e is the constant 2.718...; an argument needs another name"),
        ("x^2 = 4", 4, "this is an equation; write what is right of f(x) ="),
        ("f(x) = x^2 = 4", 11, "this is an equation"),
        ("[x + 1]^2", 0, "write ( ) for [ ]"),
        ("1,5x", 1, "write 1.5, with a point"),
        ("5!", 1, "there is no factorial"),
    ],
)
def test_what_is_not_read_is_answered_with_what_would_be_right(typed: str, column: int, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        definition(typed)
    assert message in caught.value.message
    assert caught.value.column == column
    assert len(caught.value.message) <= 69, "a prompt has one line of 72"


def test_names_that_are_declared_are_names() -> None:
    assert definition("f(xy) = 2xy").names == ("xy",)
    assert definition("f(y, x) = x").names == ("y", "x")
    assert definition("y = 2").names == ()


@pytest.mark.parametrize("recorded", ["xy", "sinx + xy*2", "ax^2 + bx + c", "w1x1 - 1", "2*e*pix"])
def test_a_formula_that_was_recorded_is_read_as_it_was(recorded: str) -> None:
    with pytest.raises(FormulaError):
        definition(recorded)
    found = definition(as_recorded(recorded))
    assert symbolic.text(found.expression) == recorded
    assert found.names == symbolic.symbols(found.expression)


def test_what_is_read_now_or_never_was_stays_as_it_is() -> None:
    for typed in ("x^2", "f(x) = 2x", "sin x", "1/0", "", "3x^2y", "x" * 1001):
        assert as_recorded(typed) == typed

"""Formulas as people type them: how each is read, what is refused and where, and that nothing else can happen."""

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autodiff.primitives import TABLE, Primitive
from engine.symbolic import Expression, TooLargeError, differentiate, pretty, symbol, symbols, text, value
from engine.symbolic.formula import DEEPEST, MOST_CHARACTERS, FormulaError, definition, parse
from tests.engine.formulas import attempt
from tests.strategies import random_expressions


def refused(formula: str, names: list[str] | None = None) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse(formula, names)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("x^2 + 1", "x^2 + 1"),
        ("x**2", "x^2"),
        ("x²", "x^2"),
        ("sin(2x)", "sin(2*x)"),
        ("2(x+1)", "2*(x + 1)"),
        ("2x^2", "2*x^2"),
        ("x*2y", "x*2*y"),
        ("exp(-x^2/2)", "exp(-x^2/2)"),
        ("2e3", "2000"),
        ("2e3x", "2000*x"),
        ("2e", "2*e"),
        ("2pi", "2*pi"),
        (".5x", "0.5*x"),
        ("-x^2", "-x^2"),
        ("(-x)^2", "(-x)^2"),
        ("2^-x", "2^(-x)"),
        ("2^3^2", "2^3^2"),
        ("(2^3)^2", "(2^3)^2"),
        ("1 - 2 - 3", "1 - 2 - 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("8/4/2", "8/4/2"),
        ("+x", "x"),
        ("----x", "x"),
        ("x - -2", "x - (-2)"),
        ("sigmoid(w1*x1 + w2*x2 + b)", "sigmoid(w1*x1 + w2*x2 + b)"),
        ("m1.w1*x1", "m1.w1*x1"),
        ("pi + e", "pi + e"),
        ("π·σ(x)", "pi*sigmoid(x)"),
        ("x − 1 × y ÷ 2", "x - 1*y/2"),
        ("ln(x)", "log(x)"),
        ("θ_1", "θ_1"),
        ("lt(x, y)", "lt(x, y)"),
        ("|x|", "abs(x)"),
        ("2*|x - 1|^2", "2*abs(x - 1)^2"),
        ("||x| - |y||", "abs(abs(x) - abs(y))"),
        ("-|2x|/(|x| + 1)", "-abs(2*x)/(abs(x) + 1)"),
        (" x\t+\n1 ", "x + 1"),
    ],
)
def test_how_it_is_read(typed: str, read: str) -> None:
    assert text(parse(typed)) == read


def test_precedence_by_value() -> None:
    place = {"x": 3.0}
    for formula, expected in (("-x^2", -9.0), ("2^3^2", 512.0), ("-2x^2", -18.0), ("8/4/2", 1.0), ("2^-x", 0.125)):
        assert value(parse(formula), place) == expected


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_the_functions_are_those_of_the_table_and_operators_are_none(row: Primitive) -> None:
    name, arity = row.name, row.arity
    call = f"{name}({', '.join('xy'[:arity])})"
    if row.sign:
        assert "no function" in refused(call).message
    else:
        assert text(parse(call)) == call
        for other in (row.shown, *row.names.aliases):
            assert parse(call.replace(name, other)) is parse(call)
        assert f"takes {arity} argument" in refused(f"{name}(x, x, x)").message


@pytest.mark.parametrize(
    ("typed", "column", "message"),
    [
        ("", 0, "expected a number, a name or '(', found the end"),
        ("x +", 3, "found the end"),
        ("x + * 2", 4, "found '*'"),
        ("|x", 2, "expected '|' to close the '|' at column 1, found the end"),
        ("x|", 2, "expected a number, a name or '(', found the end"),
        ("||", 2, "expected a number, a name or '('"),
        ("(x", 2, "expected ')' to close the '(' at column 1, found the end"),
        ("sin(x", 5, "expected ')' to close sin("),
        ("x)", 1, "closes nothing"),
        ("x, y", 1, "comma"),
        ("x $ y", 2, "expected an operator or the end, found '$'"),
        ("2 3", 2, "expected an operator before '3'"),
        ("x 2", 2, "a product is written with *"),
        ("x1(x+1)", 0, "x1 is not a function; a product is written x1*(...)"),
        ("sin x", 4, "sin takes its argument in parentheses: sin(x)"),
        ("sin", 3, "sin(x)"),
        ("sin^x(x)", 5, "sin(x)"),
        ("sine(x)", 0, "there is no function sine; did you mean sin?"),
        ("1 + sigmod(x)", 4, "did you mean sigmoid?"),
        ("gamma(x)", 0, "there is no function gamma here"),
        ("x!", 1, "there is no factorial; write the product, such as 3*2*x"),
        ("x % 2", 2, "there is no remainder; a quotient is written with /"),
        ("f'(x)", 1, "write f itself, without '; its derivative follows"),
        ("sin(x, y)", 0, "sin takes 1 argument, found 2"),
        ("lt(x)", 0, "lt takes 2 arguments, found 1"),
        ("sin()", 4, "found ')'"),
        ("1/2x", 3, "write 1/2*x or 1/(2x)"),
        ("2^3x", 3, "write 2^3*x or 2^(3x)"),
        ("1/0", 1, "1/0 is not defined"),
        ("x + log(2 - 2)", 4, "log(2 - 2) is not defined"),
        ("sqrt(-1)", 0, "is not defined"),
        ("1e400", 0, "too large a number"),
        ("1e-400", 0, "too small a number"),
        ("10^200*10^200", 6, "too large a number"),
        ("exp(1000)", 0, "exp(1000) is too large"),
        ("2^2^2^2^2^9", 5, "too large a number"),
        ("__import__('os')", 0, "found '_'"),
        ("x.__class__", 1, "expected an operator or the end, found '.'"),
        ("lambda x: x", 0, "there is no function lambda"),
        ("(x) lambda", 4, "expected an operator"),
    ],
)
def test_what_is_refused_where_and_why(typed: str, column: int, message: str) -> None:
    error = refused(typed)
    assert message in error.message
    assert (error.text, error.column) == (typed, column)


@pytest.mark.parametrize(
    ("typed", "one", "other"),
    [
        ("3x^2y", "3x^2*y", "3x^(2y)"),
        ("x/2(y + 1)", "x/2*(y + 1)", "x/(2(y + 1))"),
        ("1/2sin(x)", "1/2*sin(x)", "1/(2sin(x))"),
        ("2^-3x", "2^-3*x", "2^-(3x)"),
    ],
)
def test_what_can_be_read_in_two_ways_is_offered_both_ways(typed: str, one: str, other: str) -> None:
    assert refused(typed).message == f"write {one} or {other}"
    assert parse(one) != parse(other)


def test_a_long_formula_is_offered_in_part_and_without_what_steers_a_terminal() -> None:
    assert refused("sin(x) + " * 9 + "1/2x").message == "write …sin(x) + sin(x) + 1/2*x or …sin(x) + sin(x) + 1/(2x)"
    assert refused("1/2(x\x1b[31m").message == "write 1/2*(x[31m or 1/(2(x[31m)"
    assert refused("1/2(" + "x + " * 20 + "1)").message == "write 1/2*(…) or 1/(2(…))"


def test_an_error_shows_the_line_and_a_caret() -> None:
    assert str(refused("2*sine(x)")) == "there is no function sine; did you mean sin?\n  2*sine(x)\n    ^"
    long = "x + " * 100 + "$"
    *_, line, caret = str(refused(long)).split("\n")
    assert len(line) <= 62
    assert line[caret.index("^")] == "$"


def test_an_error_shows_nothing_that_would_move_a_cursor() -> None:
    shown = str(refused("x\x1b[2J\r\n\ud800"))
    assert shown.count("\n") == 2
    assert all(line.isprintable() for line in shown.split("\n"))


def test_only_the_names_allowed_may_be_used() -> None:
    assert text(parse("w1*x1", ["w1", "x1"])) == "w1*x1"
    error = refused("w1*x2", ["w1", "x1"])
    assert (error.message, error.column) == ("there is no x2 here; there are w1, x1", 3)
    assert "no name" in refused("x", []).message
    assert text(parse("w1(2)", ["w1"])) == "w1*2"
    assert "a product is written w1*(...)" in refused("w1(2)", ["w2"]).message
    assert text(parse("2*pi", [])) == "2*pi"
    assert "cannot name a symbol" in refused("e", ["e"]).message


def test_the_limits() -> None:
    assert isinstance(parse("x" * MOST_CHARACTERS), Expression)
    error = refused("x" * (MOST_CHARACTERS + 1))
    assert (error.message, error.column) == ("the formula has 1,001 characters; at most 1,000 are read", 1000)
    assert isinstance(parse("(" * DEEPEST + "x" + ")" * DEEPEST), Expression)
    assert "more than 60 deep" in refused("(" * (DEEPEST + 1) + "x" + ")" * (DEEPEST + 1)).message
    for formula in ("(" * 1000, "-" * 999 + "x", "^".join("x" * 500), "sin(" * 250, "2^" * 499 + "x", "+" * 1000):
        assert isinstance(attempt(formula), Expression | FormulaError)


def test_a_formula_of_ten_thousand_random_bytes_gives_one_calm_error() -> None:
    error = refused(random.Random(7).randbytes(10_000).decode("latin-1"))
    assert error.message == "the formula has 10,000 characters; at most 1,000 are read"
    assert len(str(error)) < 250


@pytest.mark.parametrize("depth", range(1, 7))
def test_what_is_written_is_read_back(depth: int) -> None:
    for found in random_expressions(seed=depth, count=300, depth=depth):
        # A part of numbers alone that is not defined, or too large, is refused: then the whole says so.
        with contextlib.suppress(FormulaError):
            assert parse(text(found)) is found
            assert parse(pretty(found)) is found


def test_the_names_of_models_are_read_back_where_they_are_declared() -> None:
    for name in ("xy", "ax", "sinx", "w1x1", "m1.w1", "foo", "f"):
        found = symbol(name) * 2.0
        assert parse(text(found), [name]) is found


def answers(formula: str) -> None:
    """Either an expression that prints as what it was read from, or the one error, which can be shown."""
    found = attempt(formula)
    if isinstance(found, FormulaError):
        assert 0 <= found.column <= len(formula)
        assert str(found).count("\n") == 2
    else:
        assert parse(text(found)) is found
        with contextlib.suppress(TooLargeError):
            differentiate(found, "x")
        assert definition(formula).expression is found
    with contextlib.suppress(FormulaError):
        defined = definition(formula)
        assert set(symbols(defined.expression)) <= set(defined.names)
        assert parse(text(defined.expression), defined.names) is defined.expression


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_text_gives_an_expression_or_a_formula_error(formula: str) -> None:
    answers(formula)


_PIECES = [*"0123456789.exy()+-*/^,·−²⁻√|=πa ", "sin(", "log(", "pi", "2e3", "**", "sigmoid(", "relu(", "lt(", "1e308"]
_PIECES += ["f(x) = ", "f(x, y) =", "y =", "xy", "sinx", "sin²", "sin^2(", "arctan("]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_any_pieces_of_formulas_give_an_expression_or_a_formula_error(formula: str) -> None:
    answers(formula)

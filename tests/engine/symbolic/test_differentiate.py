"""Expressions: the operations of the table kept as a formula, and derivatives by symbols with their steps."""

import math
from operator import add, ge, gt, le, lt, mul, pow, sub, truediv

import numpy as np
import pytest

from engine.autodiff.backpropagation import derivatives
from engine.autodiff.numeric import central_difference
from engine.autodiff.primitives import FLOATS, TABLE, Primitive
from engine.autodiff.scalar import Scalar
from engine.replay.graph import record
from engine.symbolic import (
    EXPRESSIONS,
    Expression,
    TooLargeError,
    build,
    columns,
    differentiate,
    number,
    pretty,
    size,
    symbol,
    symbols,
    text,
    value,
)
from engine.symbolic.formula import parse
from engine.training.datasets import lecture
from engine.training.evaluate import evaluate
from engine.training.losses import POINT_LOSSES
from engine.training.problem import Parameters, Problem
from tests.engine.formulas import attempt
from tests.kinds import MODELS
from tests.strategies import random_expressions

x, y = symbol("x"), symbol("y")


def derivative(expression: Expression, by: str = "x") -> str:
    return text(differentiate(expression, by).derivative)


# Expressions.


def test_ordinary_model_code_run_on_expressions_gives_its_formula() -> None:
    names = MODELS["Linear"].parameters
    m = MODELS["Linear"].build([symbol(name) for name in names])(symbol("x1"), symbol("x2"))
    assert text(m) == "w1*x1 + w2*x2 + b"
    assert text(POINT_LOSSES["log-sigmoid"].program(m, symbol("y"))) == "-log_sigmoid(y*(w1*x1 + w2*x2 + b))"
    split = MODELS["Split"].build([symbol(name) for name in MODELS["Split"].parameters])(0.5, 2)
    assert text(split) == "(m1.w1*0.5 + m1.w2*2 + m1.b)*(m2.w1*0.5 + m2.w2*2 + m2.b)"


@pytest.mark.parametrize("operation", [add, sub, mul, truediv, pow, lt, le, gt, ge])
def test_operators_with_a_number_on_either_side_agree_with_those_of_scalars(operation: object) -> None:
    assert callable(operation)
    for inputs in ((x, 2.0), (3, x), (x, x)):
        leaf = Scalar(1.7)
        expected = operation(*(leaf if entry is x else entry for entry in inputs)).value
        assert value(operation(*inputs), {"x": 1.7}) == expected


@pytest.mark.parametrize("primitive", TABLE, ids=lambda primitive: primitive.name)
def test_every_operation_of_the_table_has_its_value(primitive: Primitive) -> None:
    names = ("x", "y")[: primitive.arity]
    made = getattr(EXPRESSIONS, primitive.name)(*map(symbol, names))
    for box in primitive.boxes:
        inputs = [sum(interval) / 2 + 0.1 for interval in box]
        assert value(made, dict(zip(names, inputs, strict=True))) == primitive.value(*inputs)


def test_what_is_written_alike_is_one_object() -> None:
    assert 2 * x + 1 is 2.0 * x + 1
    assert 2 * x != x * 2
    assert -number(2.0) is number(-2.0)
    assert number(-0.0) is number(0.0)
    assert x + 1 is not x + 1.5


def test_what_is_not_an_operand_or_not_a_number_is_refused() -> None:
    for wrong in ("1", None, Scalar(1.0)):
        with pytest.raises(TypeError):
            x + wrong
    with pytest.raises(TypeError, match="branch"):
        bool(x > 0)
    for infinite in (math.inf, math.nan):
        with pytest.raises(ValueError, match="not a number"):
            x + infinite
    with pytest.raises(AttributeError):
        x.size = 2  # type: ignore[misc]


@pytest.mark.parametrize("name", ["", "2x", "x y", "sin", "pi", "e", "σ", "x.", "_x", "x²"])
def test_a_name_that_a_formula_could_not_use_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a symbol"):
        symbol(name)


def test_a_value_raises_as_floats_do() -> None:
    for expression, error in ((x.log(), ValueError), (1 / x, ZeroDivisionError), ((x + 1000).exp(), OverflowError)):
        with pytest.raises(error):
            value(expression, {"x": 0.0})
    with pytest.raises(KeyError, match="y"):
        value(x + y, {"x": 0.0})


def test_columns_are_the_values_and_not_finite_where_there_is_none() -> None:
    xs = np.array([-1.0, 0.0, 2.0])
    found = columns(x.log() + 1 / x, {"x": xs})
    assert found[2] == pytest.approx(math.log(2.0) + 0.5, rel=1e-15)
    assert not np.isfinite(found[:2]).any()
    np.testing.assert_array_equal(columns(number(3.0), {"x": xs}), [3.0, 3.0, 3.0])
    assert columns(x * y, {"x": xs[None, :], "y": xs[:2, None]}).shape == (2, 3)


def test_built_with_scalars_it_can_be_differentiated_and_recorded() -> None:
    leaf = Scalar(1.0)
    output = build((2 * x).sin(), {"x": leaf})
    assert isinstance(output, Scalar)
    assert derivatives(output, [leaf]) == (2 * math.cos(2.0),)
    graph = record(lambda leaf: build((number(1.0) / 3) * x, {"x": leaf}), ["x"])  # type: ignore[arg-type]
    assert len(graph.nodes) == 3, "a third is a number, not an operation"
    assert build(number(2.0).sqrt(), {}) == math.sqrt(2.0)


def test_the_size_counts_what_is_shared_each_time() -> None:
    assert size((2 * x).sin()) == 4
    doubled = x
    for _ in range(200):
        doubled = doubled + doubled
    assert size(doubled) == 2**201 - 1
    assert value(doubled, {"x": 1.0}) == 2.0**200


def test_symbols_come_in_order_of_appearance() -> None:
    assert symbols((symbol("b") * x).sin() + y / x) == ("b", "x", "y")
    assert symbols(number(1.0)) == ()


@pytest.mark.parametrize(
    ("expression", "plain", "fine"),
    [
        (x**2 + 1, "x^2 + 1", "x² + 1"),
        (2 * (2 * x).cos(), "2*cos(2*x)", "2·cos(2·x)"),
        (x.sigmoid() * (1 - x.sigmoid()), "sigmoid(x)*(1 - sigmoid(x))", "σ(x)·(1 - σ(x))"),
        (-x.log_sigmoid(), "-log_sigmoid(x)", "-logσ(x)"),
        (-(x**2), "-x^2", "-x²"),
        ((-x) ** 2, "(-x)^2", "(-x)²"),
        (number(-2.0) ** x, "(-2)^x", "(-2)^x"),
        (2 ** (-x), "2^(-x)", "2^(-x)"),
        (2 ** (number(3.0) ** 2), "2^3^2", "2^3²"),
        ((x**2) ** 3, "(x^2)^3", "(x²)³"),
        (x - (y - 1), "x - (y - 1)", "x - (y - 1)"),
        (x / (y * 2), "x/(y*2)", "x/(y·2)"),
        (x + -2 * y, "x + (-2*y)", "x + (-2·y)"),
        (-(x * y), "-(x*y)", "-(x·y)"),
        (EXPRESSIONS.neg(-x), "-(-x)", "-(-x)"),
        (number(math.pi) * x + math.e, "pi*x + e", "π·x + e"),
        (1e-7 * x + 1e22, "1e-07*x + 1e+22", "1e-07·x + 1e+22"),
        (x < y, "lt(x, y)", "lt(x, y)"),
    ],
)
def test_expressions_are_written_as_on_a_board(expression: Expression, plain: str, fine: str) -> None:
    assert text(expression) == plain
    assert pretty(expression) == fine


# Derivatives.


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (x**2 + 1, "2*x"),
        (x * x + 1, "2*x"),
        ((2 * x).sin(), "2*cos(2*x)"),
        (x.sin() + 2 * y.cos(), "cos(x)"),
        (x.sigmoid(), "sigmoid(x)*(1 - sigmoid(x))"),
        (x.relu(), "step(x)"),
        (x.log_sigmoid(), "sigmoid(-x)"),
        (-(-x).log_sigmoid(), "sigmoid(x)"),
        (-x.log_sigmoid(), "-sigmoid(-x)"),
        ((-x).relu(), "-step(-x)"),
        (x.step() + (x < 2), "0"),
        (2 * x * x.sin(), "2*(sin(x) + x*cos(x))"),
        (x * x.log(), "log(x) + 1"),
        ((-(x**2) / 2).exp(), "-x*exp(-x^2/2)"),
        (x**3 / 3, "x^2"),
        (x.sqrt(), "1/(2*sqrt(x))"),
        (1 / x, "-1/x^2"),
        (x.sin() / x.cos(), "1/cos(x)^2"),
        (x.tanh(), "1 - tanh(x)^2"),
        (2**x, "2^x*log(2)"),
        (math.e**x, "exp(x)"),
        (x**y, "y*x^(y - 1)"),
        (x**x, "x^x*(log(x) + 1)"),
        ((number(math.pi) * x).cos(), "-pi*sin(pi*x)"),
        (y.log(), "0"),
        (x / x, "0"),
    ],
)
def test_derivatives_are_written_as_in_the_lecture(expression: Expression, expected: str) -> None:
    assert derivative(expression) == expected


def test_the_partial_in_the_second_argument() -> None:
    assert derivative(x.sin() + 2 * y.cos(), "y") == "-2*sin(y)"
    assert derivative(x, "z") == "0"
    with pytest.raises(ValueError, match="cannot name"):
        differentiate(x, "sin")


def test_the_worked_steps_are_those_of_a_board() -> None:
    steps = differentiate((2 * x).sin(), "x").steps
    assert [(step.rule, step.note) for step in steps] == [
        ("chain rule", "d/dx sin(2*x) = cos(2*x) * d/dx (2*x)"),
        ("constant factor", "d/dx (2*x) = 2 * d/dx x"),
        ("variable", "d/dx x = 1"),
        ("together", "d/dx sin(2*x) = 2*cos(2*x)"),
    ]
    assert text(steps[0].of) == "sin(2*x)"
    assert text(steps[0].result) == "2*cos(2*x)"


def test_the_last_simplification_never_makes_it_longer() -> None:
    simplified = 0
    rows = [row for row in TABLE if row.name in ("add", "mul", "div", "exp", "sqrt", "sin")]
    for expression in random_expressions(seed=7, count=400, depth=3, rows=rows):
        last = differentiate(expression, "x").steps[-1]
        if last.rule == "simplify" and "…" not in last.note:
            before, after = (attempt(side) for side in last.note.split(" = "))
            if isinstance(before, Expression) and isinstance(after, Expression):
                assert size(after) <= size(before), last.note
                simplified += 1
    assert simplified > 30


def test_terms_that_only_say_where_there_is_no_value_have_nothing_in_common() -> None:
    nowhere = parse("max(lt(max(y + x, -1*y), (y - y)/sin(x)), eq(x*y, tan(x))/eq(le(3, -2), x/x))")
    with pytest.raises(ZeroDivisionError):
        value(differentiate(nowhere, "x").derivative, {"x": -1.0, "y": 1.0})


def test_a_sum_shares_what_its_parts_share_beside_what_each_is_by_itself() -> None:
    terms = [symbol(name) * x**power * x.exp() for power, name in enumerate("abcdfghijklmn", 1)]
    found = differentiate(sum(terms[1:], terms[0]), "x").derivative
    assert size(found) <= sum(size(differentiate(term, "x").derivative) + 1 for term in terms)


def test_a_quotient_is_differentiated_as_taught_and_simplified_last() -> None:
    steps = differentiate(x / (x + 1), "x").steps
    assert steps[0].rule == "quotient rule"
    assert steps[0].note == "d/dx (x/(x + 1)) = ((x + 1) * d/dx x - x * d/dx (x + 1))/(x + 1)^2"
    assert [(step.rule, step.note) for step in steps[-2:]] == [
        ("together", "d/dx (x/(x + 1)) = (x + 1 - x)/(x + 1)^2"),
        ("simplify", "(x + 1 - x)/(x + 1)^2 = 1/(x + 1)^2"),
    ]


def test_the_last_step_leads_to_the_answer_and_each_has_one_sign_of_multiplication() -> None:
    for expression in random_expressions(seed=6, count=80):
        found = differentiate(expression, "x")
        assert found.steps[-1].note.endswith(f"= {text(found.derivative)}")
        assert found.steps[-1].shown.endswith(f"= {pretty(found.derivative)}")
        assert not any("·" in step.note or "*" in step.shown for step in found.steps)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (x / x, "0"),  # nothing but 0 wherever x/x is defined
        (x**2 / x, "1"),
        ((x**2).log(), "2/x"),
        ((x * x.log()).exp(), "exp(x*log(x))*(log(x) + 1)"),
        (x.sqrt() ** 2, "1"),
        ((x**3 - 1) / (x - 1), "2*x + 1"),
        (x / (x * y + x), "0"),
        ((x + (x**2 + 1).sqrt()).log(), "1/sqrt(x^2 + 1)"),
        ((1 + 1 / x) ** 2, "-2*(x + 1)/x^3"),
        (1 - x.sigmoid(), "-sigmoid(x)*(1 - sigmoid(x))"),
        (3 * x**5 / 8, "15*x^4/8"),
        (0.75 * x**2 * y, "1.5*x*y"),  # decimals where they were typed
        (x**y / x, "(y - 1)*x^y/x^2"),
        ((x**2).sqrt(), "x/sqrt(x^2)"),  # not 1: it is -1 on the left
        (x.step() * x.sqrt() * x, "3*x*step(x)/(2*sqrt(x))"),  # step jumps where the root is 0
    ],
)
def test_a_derivative_holds_where_the_function_is_defined(expression: Expression, expected: str) -> None:
    assert derivative(expression) == expected


def test_that_a_simplification_needs_the_domain_is_said() -> None:
    first = differentiate(x.sqrt() * x.sqrt(), "x").steps[0]
    assert first.note == "sqrt(x)*sqrt(x) = x where it is defined"
    assert differentiate(x + x, "x").steps[0].note == "x + x = 2*x"


def test_a_constant_factor_goes_out_before_any_other_rule() -> None:
    first, second, *_ = differentiate(2 * x * y * x.sin(), "x").steps
    assert (first.rule, first.note) == ("constant factor", "d/dx (2*x*y*sin(x)) = 2*y * d/dx (x*sin(x))")
    assert second.note == "d/dx (x*sin(x)) = sin(x) * d/dx x + x * d/dx sin(x)"


@pytest.mark.parametrize(
    ("expression", "rule"),
    [
        (x + y, "sum rule"),
        (-x, "constant factor"),
        (x * x.exp(), "product rule"),
        (x.exp() / x, "quotient rule"),
        (x**3, "power rule"),
        (2**x, "exponential"),
        (x.sin() ** 2, "chain rule"),
        (y, "constant"),
        (x, "variable"),
        (x.sin(), "sine"),
        (x.cos(), "cosine"),
        (x.log(), "logarithm"),
        (x.exp(), "exponential"),
        (x.sqrt(), "square root"),
        (x.tanh(), "hyperbolic tangent"),
        (x.sigmoid(), "sigmoid"),
        (x.log_sigmoid(), "log-sigmoid"),
        (x.relu(), "relu"),
        (x.step(), "step"),
        (x + x, "simplify"),
    ],
)
def test_each_rule_has_its_name(expression: Expression, rule: str) -> None:
    assert differentiate(expression, "x").steps[0].rule == rule


def test_each_step_gives_the_derivative_of_what_it_was_applied_to() -> None:
    for expression in random_expressions(seed=5, count=60):
        for step in differentiate(expression, "x").steps:
            if step.rule != "simplify":
                place = {"x": 1.1, "y": 0.7}
                try:
                    alone = value(differentiate(step.of, "x").derivative, place)
                    assert value(step.result, place) == pytest.approx(alone, rel=1e-12, abs=1e-12), text(step.of)
                except (ValueError, ZeroDivisionError, OverflowError):
                    continue


def test_the_rules_are_those_of_the_table() -> None:
    """Each row's derivative, with symbols for its inputs, has the value that its rule has on floats."""
    for primitive, box in ((row, box) for row in TABLE for box in row.boxes):
        inputs = [interval[0] + 0.4 * (interval[1] - interval[0]) for interval in box]
        names = ("x", "y")[: primitive.arity]
        made, place = getattr(EXPRESSIONS, primitive.name)(*map(symbol, names)), dict(zip(names, inputs, strict=True))
        for rule, name in zip(primitive.rules, names, strict=True):
            expected = rule(FLOATS, tuple(inputs), primitive.value(*inputs))
            assert value(differentiate(made, name).derivative, place) == pytest.approx(expected, rel=1e-14)


def test_derivatives_of_large_towers_are_refused_in_bounded_time() -> None:
    tower = nested = x
    for _ in range(400):
        tower, nested = x**tower, nested.sin()
    doubled = x
    for _ in range(60):
        doubled = doubled**doubled
    for expression in (tower, nested, doubled):
        with pytest.raises(TooLargeError, match="parts; at most"):
            differentiate(expression, "x")
    with pytest.raises(TooLargeError, match="over 1000000000"):
        text(doubled)


def test_depth_is_no_limit() -> None:
    deep = x
    for _ in range(20_000):
        deep = deep.sin() + 1
    assert size(deep) == 60_001
    assert math.isfinite(value(deep, {"x": 0.5}))
    assert isinstance(build(deep, {"x": Scalar(0.5)}), Scalar)
    assert "60001 nodes" in repr(deep)


# The loss of a model.


def losses_by_symbols(problem: Problem) -> list[Expression]:
    output = problem.kind.build([symbol(name) for name in problem.names])
    program, data = POINT_LOSSES[problem.loss].program, problem.data
    points = zip(data.x1.tolist(), data.x2.tolist(), data.y.tolist(), strict=True)
    return [program(output(x1, x2), label) for x1, x2, label in points]


@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize(
    ("model", "parameters"), [("Linear", (1.0, 1.0, -0.4)), ("Split", (1.0, 0.8, -1.5, 1.0, 1.2, -0.5))]
)
def test_the_slopes_of_a_models_loss(model: str, parameters: Parameters, loss: str) -> None:
    problem = Problem(lecture(), model, loss=loss)
    losses, found = losses_by_symbols(problem), evaluate(problem, parameters)
    formula = sum(losses[1:], losses[0])
    place = dict(zip(problem.names, parameters, strict=True))
    assert value(formula, place) == pytest.approx(found.loss, rel=1e-12)
    for name, slope in zip(problem.names, found.slopes, strict=True):
        derived = differentiate(formula, name)
        assert value(derived.derivative, place) == pytest.approx(slope, rel=1e-12, abs=1e-12)
        # What keeps it quick: a rule is applied once to each different part, so no more often than point by point.
        assert len(derived.steps) <= sum(len(differentiate(each, name).steps) for each in losses)
        assert size(derived.derivative) <= 2 * size(formula)


def test_a_kink_is_answered_as_by_autodiff() -> None:
    slope = differentiate(x.relu(), "x").derivative
    assert value(slope, {"x": 0.0}) == 0.0
    assert central_difference(lambda at: value(x.relu(), {"x": at}), 0.0) == 0.5

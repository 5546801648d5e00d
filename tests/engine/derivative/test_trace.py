"""Traces: a program as rows, its numbers those of Scalars, and every derivative the chain rule of its uses."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.autodiff.backpropagation import derivatives
from engine.autodiff.scalar import Scalar
from engine.derivative.trace import Role, Trace, trace, trace_expression, trace_point
from engine.symbolic.expression import build, value
from engine.symbolic.formula import parse
from engine.training import datasets
from engine.training.evaluate import evaluate
from engine.training.losses import POINT_LOSSES
from engine.training.problem import Problem
from tests.kinds import MODELS
from tests.strategies import Program, between, parameters, programs, random_expressions

LECTURE = datasets.lecture()
AT = {"Linear": (1.0, 0.75, -0.4), "Split": (1.0, 0.75, -0.4, 1.0, 0.5, -1.5)}
CASES = [(model, loss) for model in MODELS for loss in POINT_LOSSES]
inputs = st.tuples(between(-1.5, 1.5), between(-1.5, 1.5))


def of(formula: str, **values: float) -> Trace:
    return trace_expression(parse(formula), tuple(values.items()))


def hold(program: Trace) -> None:
    """What is true of every trace."""
    rows, order = program.rows, program.backward
    place = {index: number for number, index in enumerate(order)}
    assert [row.role is Role.OPERATION for row in rows] == [False] * program.leaves + [True] * program.operations
    assert [row.label for row in rows[program.leaves :]] == [f"v{n + 1}" for n in range(program.operations)]
    assert sorted(order) == [n for n, row in enumerate(rows) if row.role in (Role.PARAMETER, Role.OPERATION)]
    for index, row in enumerate(rows):
        assert len(row.local) == (len(row.inputs) if row.role is Role.OPERATION else 0)
        for use in row.uses:
            assert use.user > index
            assert place[use.user] < place[index]  # on the way back every user comes before
        if index in place and row is not rows[-1]:
            parts = (rows[use.user].derivative * use.slope for use in row.uses)
            assert row.derivative == pytest.approx(sum(parts), rel=1e-12, abs=1e-300)
    assert rows[-1].derivative == 1.0 or rows[-1].role is not Role.OPERATION


@given(programs(), inputs)
def test_values_and_derivatives_are_those_of_scalars(program: Program, at: tuple[float, float]) -> None:
    x, y = (Scalar(value) for value in at)
    values = program.values(x, y)
    found = trace(values[-1], {"x": x, "y": y})
    hold(found)
    assert tuple(found.derivatives.values()) == pytest.approx(derivatives(values[-1], [x, y]), rel=1e-12)
    assert found.rows[-1].value == values[-1].value
    named = trace(values[-1], {"x": x, "y": y}, aliases={"out": values[-1]})
    assert [row.alias for row in named.rows if row.alias] == ["out"]


def test_random_formulas_have_the_values_and_derivatives_of_scalars() -> None:
    traced = 0
    for expression in random_expressions(seed=3, count=120):
        leaves = {"x": Scalar(0.7), "y": Scalar(1.3)}
        try:
            output = build(expression, leaves)
            expected = derivatives(output, list(leaves.values())) if isinstance(output, Scalar) else (0.0, 0.0)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        found = trace_expression(expression, (("x", 0.7), ("y", 1.3)))
        assert tuple(found.derivatives.values()) == pytest.approx(expected, rel=1e-12, nan_ok=True)
        if found.operations:
            assert found.rows[-1].value == pytest.approx(value(expression, {"x": 0.7, "y": 1.3}), rel=1e-12)
            hold(found)
        traced += 1
    assert traced > 60


@pytest.mark.parametrize(("model", "loss"), CASES)
def test_the_trace_of_a_point_is_the_scalars_own_program(model: str, loss: str) -> None:
    problem = Problem(LECTURE, model, loss=loss)
    for point, (x1, x2, y) in enumerate(zip(LECTURE.x1, LECTURE.x2, LECTURE.y, strict=True)):
        found = trace_point(problem, AT[model], point)
        hold(found)
        leaves = [Scalar(value) for value in AT[model]]
        m = problem.kind.build(leaves)(float(x1), float(x2))
        output = POINT_LOSSES[loss].program(m, float(y))
        assert found.rows[-1].value == output.value
        assert tuple(found.derivatives.values()) == derivatives(output, leaves)
        (alias,) = [row for row in found.rows if row.alias]
        assert (alias.alias, alias.value, alias.role) == ("m", m.value, Role.OPERATION)


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize(("model", "loss"), CASES)
def test_the_points_derivatives_add_up_to_the_slopes(model: str, loss: str, reduction: str) -> None:
    problem = Problem(LECTURE, model, loss=loss, reduction=reduction)
    parts = [trace_point(problem, AT[model], point).derivatives for point in range(len(LECTURE))]
    sums = {name: sum(part[name] for part in parts) * problem.scale for name in problem.names}
    slopes = evaluate(problem, AT[model]).slopes
    assert tuple(sums.values()) == pytest.approx(slopes, rel=1e-12, abs=1e-14)


@given(parameters("Linear"), st.integers(0, 9))
def test_the_row_of_a_point_is_its_part_of_the_slopes(at: tuple[float, ...], point: int) -> None:
    problem = Problem(LECTURE, "Linear")
    parts = [float(evaluate(problem, at).contribution(index)[point]) for index in range(len(at))]
    assert tuple(trace_point(problem, at, point).derivatives.values()) == pytest.approx(parts, rel=1e-12, abs=1e-300)


def test_the_lectures_second_point() -> None:
    """The numbers of the lecture's model1 at its first ○, which the trace screen is drawn with."""
    rows = {row.label: row for row in trace_point(Problem(LECTURE, "Linear"), (1.0, 1.0, -0.4), 1).rows}
    found = [(label, row.operation, row.inputs, round(row.value, 4), round(row.derivative, 4))
             for label, row in rows.items() if row.role in (Role.PARAMETER, Role.OPERATION)]  # fmt: skip
    assert found == [
        ("w1", "parameter", (), 1.0, 0.3439),
        ("w2", "parameter", (), 1.0, 0.1226),
        ("b", "parameter", (), -0.4, 0.5949),
        ("v1", "mul", ("w1", "x1"), 0.5781, 0.5949),
        ("v2", "mul", ("w2", "x2"), 0.2061, 0.5949),
        ("v3", "add", ("v1", "v2"), 0.7842, 0.5949),
        ("v4", "add", ("v3", "b"), 0.3842, 0.5949),
        ("v5", "mul", ("y", "v4"), -0.3842, -0.5949),
        ("v6", "log_sigmoid", ("v5",), -0.9036, -1.0),
        ("v7", "neg", ("v6",), 0.9036, 1.0),
    ]
    assert rows["v5"].local == (None, -1.0)  # data take no derivative
    assert [rows[name].role for name in ("x1", "x2", "y")] == [Role.DATA] * 3
    assert rows["x1"].uses == ()


def test_a_square_uses_its_argument_twice() -> None:
    x, square = of("x*x", x=3.0).rows
    assert [(use.user, use.slope) for use in x.uses] == [(1, 3.0), (1, 3.0)]
    assert (square.inputs, square.local, x.derivative) == (("x", "x"), (3.0, 3.0), 6.0)


def test_what_the_program_does_not_use_has_derivative_0() -> None:
    found = of("x^2", x=3.0, unused=5.0)
    assert found.derivatives == {"x": 6.0, "unused": 0.0}
    assert found.rows[1].uses == ()
    assert 1 in found.backward


def test_numbers_of_the_program_stand_as_themselves_and_take_no_derivative() -> None:
    found = of("2*x + 0.5", x=3.0)
    assert [row.inputs for row in found.rows] == [(), ("2", "x"), ("v1", "0.5")]
    assert [row.local for row in found.rows] == [(), (None, 2.0), (1.0, None)]
    given_scalar = Scalar(4.0)
    x = Scalar(3.0)
    constant = trace(x * given_scalar, {"x": x})
    assert [(row.role, row.label) for row in constant.rows][:2] == [(Role.PARAMETER, "x"), (Role.CONSTANT, "4")]
    assert constant.backward == (2, 0)
    assert constant.derivatives == {"x": 4.0}


@pytest.mark.parametrize("formula", ["3", "2 + 1"])
def test_a_constant_has_no_operations(formula: str) -> None:
    found = of(formula, x=1.0)
    assert (found.operations, found.rows[-1].value, found.derivatives) == (0, 3.0, {"x": 0.0})


@pytest.mark.parametrize("formula", ["log(x)", "1/(x + 1)", "sqrt(x)", "exp(1000)*x", "x^0.5"])
def test_where_it_is_not_defined_it_raises_as_floats_do(formula: str) -> None:
    with pytest.raises((ValueError, ZeroDivisionError, OverflowError)):
        of(formula, x=-1.0)


def test_hundreds_of_operations() -> None:
    found = of("x" + "*x" * 400, x=1.0)
    hold(found)
    assert (found.operations, found.derivatives) == (400, {"x": 401.0})


def test_a_constant_never_looks_like_a_rows_number() -> None:
    inputs = [row.inputs for row in of("x - 1 + 3*x", x=1.0).rows if row.inputs]
    assert inputs == [("x", "1"), ("3", "x"), ("v1", "v2")]


def test_no_operation_is_called_like_an_argument() -> None:
    assert [row.label for row in of("sin(v1) + u2", v1=1.0, u2=2.0).rows] == ["v1", "u2", "t1", "t2"]


def test_a_slope_that_does_not_exist_leaves_the_program_and_the_other_slopes() -> None:
    root = of("sqrt(x)*y", x=0.0, y=2.0)
    assert root.rows[-1].value == 0.0
    assert math.isnan(root.derivatives["x"])
    assert root.derivatives["y"] == 0.0
    power = of("x^y", x=-1.0, y=2.0)
    assert power.derivatives["x"] == -2.0
    assert math.isnan(power.derivatives["y"])


def test_a_derivative_that_underflow_has_spoilt_is_no_number() -> None:
    assert math.isnan(of("log(2/x^343)", x=5.0).derivatives["x"])
    assert of("sigmoid(x)", x=-800.0).derivatives["x"] == 0.0  # so small that 0 is right

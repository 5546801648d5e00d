"""The slopes and the trace of a problem, asked of a package."""

import pytest

from engine.derivative.trace import Role, trace_point
from engine.training.datasets import drawn
from engine.training.losses import POINT_LOSSES
from engine.training.problem import Problem
from scenarios.library import store
from scenarios.student.client import Student
from tests.kinds import MODELS
from tests.students import RIGHT, Package

MODEL1 = store.load("model1")


@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("model", MODELS)
def test_slopes_and_every_row_of_a_trace_are_right(model: str, reduction: str, loss: str) -> None:
    problem = Problem(MODEL1.problem.data, model, loss=loss, reduction=reduction)
    parameters = (1.0, 0.75, -0.4, 1.0, 0.5, -1.5)[: len(problem.names)]
    with Student(str(RIGHT)) as student:
        slopes = student.slopes(problem, parameters)
        rows = student.trace(problem, parameters, 3)
    assert slopes.text == "right"
    assert len(slopes.derivatives or ()) == len(parameters)
    expected = trace_point(problem, parameters, 3).rows
    assert [verdict.text for verdict in rows] == ["right"] * len(expected)
    assert [verdict.value for verdict in rows] == pytest.approx([row.value for row in expected])
    derivatives = [verdict.derivatives[0] for verdict in rows if verdict.derivatives]
    assert derivatives == pytest.approx([row.derivative for row in expected if row.role is not Role.CONSTANT])


def test_slopes_of_many_points_are_those_of_the_first_200() -> None:
    problem = Problem(drawn("Simple", count=250), "Linear")
    with Student(str(RIGHT)) as student:
        assert student.slopes(problem, (1.0, 1.0, -0.4)).text == "right (first 200 of 250 points)"


def test_a_problem_that_has_diverged_gets_a_verdict() -> None:
    with Student(str(RIGHT)) as student:
        assert not student.slopes(MODEL1.problem, (1e308, 1e308, -1e308)).text.startswith("wrote")
        assert student.slopes(MODEL1.problem, (float("nan"), 1.0, 1.0)).text == "right"
        assert student.deaths == 0


def test_slopes_and_trace_show_a_wrong_rule(package: Package) -> None:
    with Student(package("operators.log_back = lambda x, d: 2 * d / x")) as student:
        slopes = student.slopes(MODEL1.problem, MODEL1.parameters)
        rows = student.trace(MODEL1.problem, MODEL1.parameters, 1)
    assert slopes.text == "wrong by 5.6e-01"
    assert slopes.value == pytest.approx(5.776592485398551)
    assert slopes.derivatives == pytest.approx((2 * 0.0243985, 2 * -0.3710343, 2 * 0.5579069), rel=1e-5)
    operations = rows[-7:]
    assert [verdict.right for verdict in operations] == [False] * 5 + [True] * 2  # right back to the log, not past it
    assert operations[3].text == "wrong by 5.9e-01"


def test_a_trace_stops_where_an_operation_raises(package: Package) -> None:
    with Student(package("operators.sigmoid = lambda x: 1 / 0")) as student:
        texts = [verdict.text for verdict in student.trace(MODEL1.problem, MODEL1.parameters, 1)]
    assert texts[-2].startswith("raised ZeroDivisionError: division by zero (__init__.py:")
    assert {*texts[:-2], texts[-1]} == {"was not reached"}

"""The slope of the loss by symbols: readable, and the number autodiff has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.derivative.slope_formula import MOST_PARTS, MOST_TERMS, slope_by_symbols, slope_formula, unwritten
from engine.symbolic import pretty, text
from engine.training import datasets
from engine.training.evaluate import evaluate
from engine.training.models import Kind
from engine.training.problem import Problem
from tests.engine.facts import ALONG_B, agrees
from tests.kinds import MODELS
from tests.strategies import parameters, problems

LINES = {1: "(m1.w1*x1 + m1.w2*x2 + m1.b)", 2: "(m2.w1*x1 + m2.w2*x2 + m2.b)"}
# What the point loss contributes, as it is written on a board: the factors before and after those of the model.
OUTER = {"log-sigmoid": ("-y", "sigmoid(-y*m)"), "ReLU": ("-y", "step(-y*m)"), "as-printed": ("y", "sigmoid(-m)")}


def lecture(model: str, loss: str = "log-sigmoid") -> Problem:
    return Problem(datasets.lecture(), model, loss=loss)


@pytest.mark.parametrize("loss", OUTER)
@pytest.mark.parametrize(("index", "inner"), list(enumerate(["x1", "x2", ""])))
def test_the_formula_of_a_line(loss: str, index: int, inner: str) -> None:
    first, last = OUTER[loss]
    assert text(slope_formula(lecture("Linear", loss), index)) == "*".join(
        part for part in (first, inner, last) if part
    )


@pytest.mark.parametrize("loss", OUTER)
@pytest.mark.parametrize("index", range(6))
def test_the_formula_of_two_lines_has_the_other_line_as_a_factor(loss: str, index: int) -> None:
    first, last = OUTER[loss]
    inner, other = ("x1", "x2", "")[index % 3], LINES[2 if index < 3 else 1]
    expected = "*".join(part for part in (first, inner, last, other) if part)
    assert text(slope_formula(lecture("Split", loss), index)) == expected


def test_it_is_shown_as_on_the_board() -> None:
    assert pretty(slope_formula(lecture("Linear"), 2)) == "-y·σ(-y·m)"


@given(problems().flatmap(lambda problem: st.tuples(st.just(problem), parameters(problem.model))))
def test_it_is_the_slope(case: tuple[Problem, tuple[float, ...]]) -> None:
    problem, at = case
    slopes = evaluate(problem, at).slopes
    found = [slope_by_symbols(problem, at, index) for index in range(len(at))]
    assert found == pytest.approx(slopes, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("b", "_l", "_r", "_e", "w1", "w2", "slope"), ALONG_B)
def test_the_lectures_table(b: float, _l: str, _r: str, _e: int, w1: str, w2: str, slope: str) -> None:
    problem = Problem(datasets.lecture(), "Linear")
    for index, printed in enumerate((w1, w2, slope)):
        found = slope_by_symbols(problem, (1.0, 1.0, b), index)
        assert found is not None
        assert agrees(found, printed)


@pytest.mark.parametrize("model", MODELS)
def test_the_mean_is_the_sum_divided_by_the_points(model: str) -> None:
    at = (1.0, 0.75, -0.4, 1.0, 0.5, -1.5)[: len(MODELS[model].parameters)]
    total, mean = (
        slope_by_symbols(Problem(datasets.lecture(), model, reduction=how), at, 0) for how in ("sum", "mean")
    )
    assert total is not None
    assert mean == pytest.approx(total / 10)


@pytest.mark.parametrize(("sizes", "index"), [((2, 10, 10, 10, 10, 1), 0), ((2, 10, 10, 1), 0), ((2, 3, 1), None)])
def test_a_formula_that_nobody_would_read_is_not_written(sizes: tuple[int, ...], index: int | None) -> None:
    kind = Kind.of("Network", {"layers": sizes})
    problem, at = Problem(datasets.lecture(), kind), kind.initial
    if index is not None:
        assert unwritten(problem, index) == f"the formula has over {MOST_PARTS} parts"
        assert slope_by_symbols(problem, at, index) is None
    else:
        found = [slope_by_symbols(problem, at, each) for each in range(len(at))]
        assert found == pytest.approx(evaluate(problem, at).slopes, rel=1e-12, abs=1e-12)


def test_a_sum_that_nobody_would_write_out_has_no_value() -> None:
    for count, written in ((MOST_TERMS, True), (MOST_TERMS + 1, False)):
        problem = Problem(datasets.drawn("Simple", count=count), "Linear")
        assert (slope_by_symbols(problem, (1.0, 1.0, -0.4), 2) is not None) == written

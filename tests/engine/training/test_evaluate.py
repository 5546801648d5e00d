"""Loss, slopes, errors and field: the lecture's table, and every way of asking giving the same answer."""

import math
import threading
import tracemalloc
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.autodiff.backpropagation import derivatives
from engine.autodiff.numeric import moved, replaced
from engine.autodiff.scalar import Scalar
from engine.derivative.slope_formula import slope_by_symbols
from engine.replay.graph import BranchError
from engine.training import datasets
from engine.training.evaluate import (
    compiled,
    errors,
    errors_along,
    evaluate,
    feet,
    field,
    gradient,
    loss,
    losses_along,
    losses_over,
    slope_by_difference,
)
from engine.training.evaluators import evaluator
from engine.training.losses import POINT_LOSSES
from engine.training.problem import Parameters, Problem
from engine.training.replayed import point_loss
from tests.branching import WHY
from tests.engine.facts import ALONG_B, agrees
from tests.strategies import parameters, problems

B = 2  # the index of b in Linear's parameters


def on_the_lecture(**settings: Any) -> Problem:
    return Problem(datasets.lecture(), "Linear", **settings)


@st.composite
def places(draw: st.DrawFn) -> tuple[Problem, Parameters]:
    problem = draw(problems())
    return problem, draw(parameters(problem.model))


@pytest.mark.parametrize(("b", "log_sigmoid", "relu", "errors", "w1", "w2", "slope"), ALONG_B)
def test_the_lectures_table(b: float, log_sigmoid: str, relu: str, errors: int, w1: str, w2: str, slope: str) -> None:
    found = evaluate(on_the_lecture(), (1.0, 1.0, b))
    assert agrees(found.loss, log_sigmoid)
    assert found.errors == errors
    assert all(agrees(value, printed) for value, printed in zip(found.slopes, (w1, w2, slope), strict=True))
    assert agrees(evaluate(on_the_lecture(loss="ReLU"), (1.0, 1.0, b)).loss, relu)


@pytest.mark.parametrize(("b", "printed"), [(-0.4, "-0.08485964796692391"), (-0.5, "-0.10517342289514026")])
def test_the_loss_as_printed_on_the_slide(b: float, printed: str) -> None:
    assert agrees(evaluate(on_the_lecture(loss="as-printed"), (1.0, 1.0, b)).loss, printed)


def test_push_and_pull_on_b() -> None:
    found = evaluate(on_the_lecture(), (1.0, 1.0, -0.4))
    y = datasets.lecture().y
    assert agrees(float(found.contribution(B)[y < 0].sum()), "2.37305")
    assert agrees(float(found.contribution(B)[y > 0].sum()), "-1.81514")


def test_the_relu_loss_at_model1() -> None:
    slopes = evaluate(on_the_lecture(loss="ReLU"), (1.0, 1.0, -0.4)).slopes
    assert [agrees(*pair) for pair in zip(slopes, ("2.133839", "0.977719", "4"), strict=True)] == [True] * 3


def test_all_zeros_is_wrong_everywhere() -> None:
    found = evaluate(on_the_lecture(), (0.0, 0.0, 0.0))
    assert found.errors == 10
    assert found.loss == pytest.approx(10 * math.log(2), rel=1e-15)
    assert all(agrees(*pair) for pair in zip(found.slopes, ("-1.016282", "-1.166077", "-1.0"), strict=True))


def test_the_relu_loss_is_stuck_at_zeros() -> None:
    found = evaluate(on_the_lecture(loss="ReLU"), (0.0, 0.0, 0.0))
    assert (found.loss, found.slopes, found.errors) == (0.0, (0.0, 0.0, 0.0), 10)


def test_a_point_on_the_line_is_wrong() -> None:
    problem = Problem(datasets.data([(0.5, 0.5, 1), (0.5, 0.5, -1)]), "Linear")
    assert evaluate(problem, (1.0, 1.0, -1.0)).errors == 2


def test_the_minimum_along_b() -> None:
    low, high = -1.0, 0.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if evaluate(on_the_lecture(), (1.0, 1.0, middle)).slopes[B] < 0 else (low, middle)
    lowest = evaluate(on_the_lecture(), (1.0, 1.0, low))
    assert agrees(low, "-0.643667")
    assert agrees(lowest.loss, "5.707944")
    assert lowest.errors == 4


def test_where_along_b_nothing_is_wrong() -> None:
    ends = np.array([-1.000293, -1.000291, -0.9, -0.848443, -0.848441])
    assert errors_along(on_the_lecture(), (1.0, 1.0, -0.4), B, ends).tolist() == [1, 0, 0, 0, 1]


def test_far_up_b_the_errors_stay() -> None:
    found = evaluate(on_the_lecture(), (1.0, 1.0, 1.0))
    assert agrees(found.loss, "8.3541")
    assert found.errors == 4


@given(places(), st.floats(-3.0, 3.0))
def test_errors_alone_are_those_of_the_evaluation(place: tuple[Problem, Parameters], factor: float) -> None:
    problem, at = place
    for values in (at, tuple(factor * value for value in at), tuple(1e200 * value for value in at)):
        assert errors(problem, values) == evaluate(problem, values).errors


def test_errors_on_the_line_are_counted_to_the_last_bit() -> None:
    # One point lies exactly on the line, if w1·x1 + w2·x2 is added up before b as the model does it.
    tenths = [(i / 10, j / 10, 1) for i in range(11) for j in range(11)]
    problem = Problem(datasets.data(tenths), "Linear")
    for w1, w2 in ((0.1, 0.3), (0.7, 0.1), (1.1, -1.3)):
        for x1, x2, _ in tenths[::7]:
            at = (w1, w2, -(w1 * x1 + w2 * x2))
            assert errors(problem, at) == sum(not w1 * a + w2 * b + at[2] > 0.0 for a, b, _ in tenths)


@given(places())
def test_columns_agree_with_scalars_point_by_point(place: tuple[Problem, Parameters]) -> None:
    problem, at = place
    found = evaluate(problem, at)
    data = problem.data
    for i, (x1, x2, y) in enumerate(zip(data.x1.tolist(), data.x2.tolist(), data.y.tolist(), strict=True)):
        leaves = [Scalar(value) for value in at]
        m = problem.kind.build(leaves)(x1, x2)
        program = POINT_LOSSES[problem.loss].program(m, y)
        assert found.m[i] == pytest.approx(m.value, rel=1e-12, abs=1e-12)
        assert found.point_losses[i] == pytest.approx(program.value * problem.scale, rel=1e-12, abs=1e-12)
        expected = [slope * problem.scale for slope in derivatives(program, leaves)]
        parts = [float(found.contribution(index)[i]) for index in range(len(at))]
        assert parts == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(places())
def test_contributions_sum_to_loss_and_slopes(place: tuple[Problem, Parameters]) -> None:
    found = evaluate(*place)
    assert found.loss == pytest.approx(math.fsum(found.point_losses), rel=1e-12, abs=1e-12)
    sums = [math.fsum(found.contribution(index)) for index in range(len(place[1]))]
    assert found.slopes == pytest.approx(sums, rel=1e-12, abs=1e-12)
    np.testing.assert_array_equal(found.wrong, place[0].data.y * found.m <= 0.0)
    assert found.errors == int(found.wrong.sum())


@given(places())
def test_the_mean_is_the_sum_over_n(place: tuple[Problem, Parameters]) -> None:
    problem, at = place
    total, mean = (
        evaluate(Problem(problem.data, problem.model, loss=problem.loss, reduction=reduction), at)
        for reduction in ("sum", "mean")
    )
    n = len(problem.data)
    assert mean.loss == pytest.approx(total.loss / n, rel=1e-12, abs=1e-12)
    assert mean.slopes == pytest.approx([slope / n for slope in total.slopes], rel=1e-12, abs=1e-12)
    assert mean.errors == total.errors


@given(places(), st.data())
def test_along_a_parameter(place: tuple[Problem, Parameters], draw: st.DataObject) -> None:
    problem, at = place
    index = draw.draw(st.integers(0, len(at) - 1))
    values = np.linspace(-2.0, 2.0, 5)
    each = [evaluate(problem, replaced(at, index, float(value))) for value in values]
    assert losses_along(problem, at, index, values) == pytest.approx(
        [found.loss for found in each], rel=1e-12, abs=1e-12
    )
    assert errors_along(problem, at, index, values).tolist() == [found.errors for found in each]
    assert loss(problem, at) == pytest.approx(evaluate(problem, at).loss, rel=1e-12, abs=1e-12)


@given(places())
def test_slopes_agree_with_differences(place: tuple[Problem, Parameters]) -> None:
    problem, at = place
    if problem.loss == "ReLU" and np.abs(evaluate(problem, at).m).min() < 1e-4:
        return  # at the kink the two answer different questions
    for index, slope in enumerate(evaluate(problem, at).slopes):
        assert slope_by_difference(problem, at, index, 1e-6) == pytest.approx(slope, rel=1e-6, abs=1e-6)


@given(places())
def test_the_field_has_a_row_for_each_x2(place: tuple[Problem, Parameters]) -> None:
    problem, at = place
    x1, x2 = np.array([0.0, 0.3, 1.0]), np.array([0.25, 0.75])
    found = field(problem, at, x1, x2)
    model = problem.kind.build(at)
    assert found.shape == (2, 3)
    np.testing.assert_allclose(found, [[model(a, b) for a in x1] for b in x2], rtol=1e-12, atol=1e-12)


@given(places())
def test_feet_lie_on_the_line_at_a_right_angle(place: tuple[Problem, Parameters]) -> None:
    problem, at = place
    found = feet(problem, at)
    if problem.model != "Linear" or at[:2] == (0.0, 0.0):
        assert found is None
    elif math.hypot(*at[:2]) > 0.1:
        assert found is not None
        (w1, w2, b), (x1, x2), data = at, found, problem.data
        np.testing.assert_allclose(w1 * x1 + w2 * x2 + b, 0.0, atol=1e-9)
        np.testing.assert_allclose(w1 * (data.x2 - x2) - w2 * (data.x1 - x1), 0.0, atol=1e-9)


@pytest.mark.parametrize("name", POINT_LOSSES)
@pytest.mark.parametrize("y", [-1.0, 1.0])
def test_a_point_losss_curve(name: str, y: float) -> None:
    m = np.linspace(-3.0, 3.0, 7)
    expected = [POINT_LOSSES[name].program(Scalar(value), y).value for value in m.tolist()]
    assert point_loss(name, m, y) == pytest.approx(expected, rel=1e-12)


def test_the_arrays_are_read_only() -> None:
    found = evaluate(on_the_lecture(), (1.0, 1.0, -0.4))
    for array in (found.m, found.point_losses, found.wrong, found.contribution(B)):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


def test_nothing_is_kept_for_every_parameter_and_point() -> None:
    problem, at = Problem(datasets.drawn("Xor", count=20_000), "Split"), (1.0, 0.5, 0.2, -0.3, 0.7, 0.1)
    evaluate(problem, at)  # compiled
    tracemalloc.start()
    for shift in range(40):
        found = evaluate(problem, moved(at, 0, 0.01 * shift))
        for index in range(6):
            found.contribution(index)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    columns = kept / (8 * len(problem.data))
    assert columns < 32 * 3, "of each of 32 evaluations m, the point losses and who is wrong; of a few slopes the parts"


def test_overflow_is_said_and_not_warned_of() -> None:
    assert evaluate(on_the_lecture(), (1.0, 1.0, -0.4)).finite
    far = (1e308, 1e308, 1e308)
    assert not evaluate(on_the_lecture(), far).finite
    assert not np.isfinite(field(on_the_lecture(), far, np.ones(1), np.ones(1)))[0, 0]
    assert not math.isfinite(loss(on_the_lecture(), far))


@given(places(), st.data())
def test_over_two_parameters(place: tuple[Problem, Parameters], draw: st.DataObject) -> None:
    problem, at = place
    i, j = draw.draw(st.permutations(range(len(at))))[:2]
    values_i, values_j = np.linspace(-2.0, 2.0, 4), np.linspace(-1.0, 1.0, 3)

    def there(a: float, b: float) -> Parameters:
        return tuple({i: a, j: b}.get(index, value) for index, value in enumerate(at))

    each = [[evaluate(problem, there(a, b)) for a in values_i.tolist()] for b in values_j.tolist()]
    losses = losses_over(problem, at, (i, j), values_i, values_j)
    np.testing.assert_allclose(losses, [[found.loss for found in row] for row in each], rtol=1e-12, atol=1e-12)


def test_a_grid_larger_than_one_batch() -> None:
    rows = np.random.default_rng(1).uniform(size=(5000, 2))
    problem = Problem(datasets.data([(a, b, 1.0 if a > b else -1.0) for a, b in rows.tolist()]), "Linear")
    values = np.linspace(-1000.0, 1000.0, 7)
    losses = losses_over(problem, (1.0, 1.0, 0.0), (0, B), values, values)
    expected = [[evaluate(problem, (a, 1.0, b)).loss for a in values.tolist()] for b in values.tolist()]
    np.testing.assert_allclose(losses, expected, rtol=1e-12)


def test_what_is_handed_out_is_a_copy() -> None:
    problem, at, x = on_the_lecture(), (1.0, 1.0, -0.4), np.linspace(0.0, 1.0, 3)
    for ask in (
        lambda: field(problem, at, x, x),
        lambda: losses_along(problem, at, 0, x),
        lambda: losses_over(problem, at, (0, 1), x, x),
        lambda: compiled(problem).gradient(at)[1],
    ):
        first = ask().copy()
        ask()[...] = 7.0
        np.testing.assert_array_equal(ask(), first)


def test_a_compiled_program_belongs_to_its_thread() -> None:
    problem, found = on_the_lecture(), []
    thread = threading.Thread(target=lambda: found.append(compiled(problem)))
    thread.start()
    thread.join()
    assert compiled(problem) is compiled(replace(problem, rate=0.5)), "the rate is no part of it"
    assert compiled(problem) is not found[0]


@pytest.mark.usefixtures("bent")
@pytest.mark.parametrize("loss_name", POINT_LOSSES)
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_a_model_that_branches_runs_point_by_point(loss_name: str, reduction: str) -> None:
    branching, replayed = (
        Problem(datasets.lecture(), name, loss=loss_name, reduction=reduction) for name in ("Branching", "Smooth")
    )
    assert evaluator(branching).reason == WHY
    assert evaluator(replayed).reason is None
    with pytest.raises(BranchError, match="asks `if m > 0`"):
        compiled(branching)
    at, values = (0.8, -0.9), np.linspace(-1.0, 1.0, 3)
    found, expected = evaluate(branching, at), evaluate(replayed, at)
    near = partial(pytest.approx, rel=1e-12, abs=1e-12)
    assert (found.loss, found.errors, found.slopes) == (near(expected.loss), expected.errors, near(expected.slopes))
    assert loss(branching, at) == found.loss
    assert (gradient(branching, at), errors(branching, at)) == ((found.loss, found.slopes), found.errors)
    for array, right in (
        (found.m, expected.m),
        (found.point_losses, expected.point_losses),
        *((found.contribution(index), expected.contribution(index)) for index in range(2)),
        *((ask(branching, at, 1, values), ask(replayed, at, 1, values)) for ask in (losses_along, errors_along)),
        (losses_over(branching, at, (0, 1), values, values[:2]), losses_over(replayed, at, (0, 1), values, values[:2])),
        (field(branching, at, values, values[:2]), field(replayed, at, values, values[:2])),
    ):
        np.testing.assert_allclose(array, right, rtol=1e-12, atol=1e-12)
    assert slope_by_difference(branching, at, 0, 1e-6) == near(slope_by_difference(replayed, at, 0, 1e-6), abs=1e-6)
    assert slope_by_symbols(branching, at, 0) is None


@pytest.mark.usefixtures("bent")
def test_point_by_point_too_overflow_is_said() -> None:
    found = evaluate(Problem(datasets.lecture(), "Branching"), (1e308, 1e308))
    assert not found.finite
    assert found.m.shape == (10,)


@given(problems().flatmap(lambda problem: st.tuples(st.just(problem), parameters(problem.model))))
def test_what_a_step_needs_alone_is_the_same_to_the_last_bit(drawn: tuple[Problem, tuple[float, ...]]) -> None:
    problem, values = drawn
    found = evaluate(problem, values)
    assert gradient(problem, values) == (found.loss, found.slopes)
    assert errors(problem, values) == found.errors

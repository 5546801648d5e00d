"""The loss along a parameter: its lowest place and the fewest errors, as the lecture's notes have them."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.replay.program import Array
from engine.training import datasets, search
from engine.training.evaluate import errors_along, evaluate, loss, losses_along, losses_over
from engine.training.problem import Parameters, Problem
from engine.training.search import (
    best_towards,
    count_along,
    fewest_along,
    least_along,
    level_along,
    level_towards,
    losses_towards,
)
from tests.strategies import parameters, problems
from tests.workspaces import many_points

B = 2
START = (1.0, 1.0, -0.4)
FAR = Problem(datasets.data([(1e300, 1.0, -1), (-1e300, 5e-324, 1)]), "Linear")


def lecture(loss: str = "log-sigmoid") -> Problem:
    return Problem(datasets.lecture(), "Linear", loss=loss)


def test_along_b_the_loss_is_lowest_where_the_notes_say() -> None:
    for low, high in ((-2.0, 2.0), (-1.7, -0.2), (-50.0, 90.0)):
        found = least_along(lecture(), START, B, low, high)
        assert found == (pytest.approx(-0.643667, abs=1e-6), pytest.approx(5.707944, abs=5e-7)), (low, high)


def test_zero_errors_are_between_the_two_values_of_the_notes() -> None:
    fewest, first, last = fewest_along(lecture(), START, B, -2.0, 2.0)
    assert (fewest, first, last) == (0, pytest.approx(-1.000292, abs=1e-6), pytest.approx(-0.848442, abs=1e-6))


def test_the_ends_given_have_the_fewest_errors_and_a_little_further_out_there_are_more() -> None:
    fewest, first, last = fewest_along(lecture(), START, B, -2.0, 2.0)
    ends = np.array([first - 1e-6, first, last, last + 1e-6])
    assert (errors_along(lecture(), START, B, ends) == fewest).tolist() == [False, True, True, False]


def test_where_the_lowest_loss_is_level_its_middle_is_given() -> None:
    found = least_along(lecture("ReLU"), START, B, -2.0, 2.0)
    assert found == (pytest.approx(-(1.000292 + 0.848442) / 2, abs=2e-6), 0.0)


def test_where_the_lowest_loss_is_level_its_ends_are_found() -> None:
    relu = lecture("ReLU")
    assert level_along(relu, START, B, -2.0, 2.0, 0.0) == (
        pytest.approx(-1.000292, abs=1e-6),
        pytest.approx(-0.848442, abs=1e-6),
    )
    assert level_along(relu, START, B, 0.0, 2.0, 0.0) is None
    towards = downhill(relu, START)
    found = level_towards(relu, START, towards, 0.2, 0.0)
    assert found is not None
    ends = np.array([found[0] - 1e-6, *found, found[1] + 1e-6])
    assert (losses_towards(relu, START, towards, ends) <= 0.0).tolist() == [False, True, True, False]


def test_at_a_kink_it_is_as_exact() -> None:
    one = Problem(datasets.data([(0.5, 0.5, -1), (0.5, 0.5, 1), (0.25, 0.5, 1)]), "Linear", loss="ReLU")
    found = least_along(one, (1.0, 1.0, 0.0), B, -3.0, 3.0)
    assert found == (pytest.approx((-1.0 - 0.75) / 2, abs=1e-6), pytest.approx(0.25))


@pytest.mark.parametrize(("low", "high", "end"), [(0.0, 2.0, 0.0), (-3.0, -1.0, -1.0)])
def test_without_a_valley_the_lowest_place_is_an_end(low: float, high: float, end: float) -> None:
    found = least_along(lecture(), START, B, low, high)
    assert found is not None
    assert found[0] == end


def test_as_printed_it_falls_to_the_end_of_every_range() -> None:
    for low in (-2.0, -50.0):
        found = least_along(lecture("as-printed"), START, B, low, 2.0)
        assert found is not None
        assert found[0] == low


def test_without_a_finite_loss_there_is_no_lowest_place() -> None:
    far = Problem(datasets.data([(1e300, 1.0, -1)]), "Linear")
    assert least_along(far, (1.0, 1.0, 0.0), 0, 1e10, 1e12) is None
    half = least_along(far, (1.0, 1.0, 0.0), 0, -1.0, 1e12)
    assert half == (pytest.approx(-1.0, abs=1e4), 0.0)


@given(st.data())
def test_nothing_in_the_range_is_lower_or_has_fewer_errors(data: st.DataObject) -> None:
    problem = data.draw(problems())
    values: Parameters = data.draw(parameters(problem.model))
    index = data.draw(st.integers(0, len(values) - 1))
    tried = np.linspace(-3.0, 3.0, 57)
    found = least_along(problem, values, index, -3.0, 3.0)
    losses = losses_along(problem, values, index, tried)
    assert found is not None
    assert -3.0 <= found[0] <= 3.0
    assert found[1] <= losses.min() + 1e-3 * max(float(np.ptp(losses)), 1e-9)
    fewest, first, last = fewest_along(problem, values, index, -3.0, 3.0)
    assert -3.0 <= first <= last <= 3.0
    assert (errors_along(problem, values, index, np.array([first, last])) == fewest).all()


def test_of_very_many_points_fewer_values_are_looked_at() -> None:
    many = Problem(datasets.data(many_points(100_000)), "Linear")
    assert count_along(many, 400) == 25
    assert count_along(lecture(), 400) == 400
    found = least_along(many, (1.0, 1.0, -0.4), B, -2.0, 2.0)
    assert found is not None
    assert math.isclose(found[0], -1.0, abs_tol=1e-3)


def test_over_two_parameters_rows_are_of_the_second_and_columns_of_the_first() -> None:
    w1, b = np.array([0.5, 1.0, 2.0]), np.array([-0.9, -0.4])
    found = losses_over(lecture(), START, (0, B), w1, b)
    assert found.shape == (2, 3)
    for row, value in zip(found, b, strict=True):
        assert row.tolist() == pytest.approx([loss(lecture(), (each, 1.0, value)) for each in w1], rel=1e-13)
    assert found[1, 1] == pytest.approx(5.776592485398551)


def downhill(problem: Problem, values: Parameters) -> Parameters:
    return tuple(-slope for slope in evaluate(problem, values).slopes)


def test_towards_a_direction_a_step_of_the_rate_is_a_step_of_descent() -> None:
    found = losses_towards(lecture(), START, downhill(lecture(), START), np.array([0.0, 0.1, 0.5, 1.0]))
    assert found.tolist() == pytest.approx([5.776592, 5.733732, 5.604841, 5.541969], abs=1e-6)


def test_towards_a_direction_all_losses_come_from_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []
    batched = search.losses_at
    monkeypatch.setattr(search, "losses_at", lambda problem, at: asked.append(at.shape) or batched(problem, at))
    losses_towards(lecture(), START, downhill(lecture(), START), np.linspace(0.0, 1.0, 50))
    assert asked == [(50, 3)]


@pytest.mark.parametrize("reach", [1e-4, 0.1, 5.0, 400.0])
def test_the_best_step_is_found_from_wherever_one_begins_to_look(reach: float) -> None:
    towards = downhill(lecture(), START)
    found = best_towards(lecture(), START, towards, reach)
    assert found is not None
    best, least, looked = found
    assert best < looked
    assert least == pytest.approx(loss(lecture(), tuple(np.array(START) + best * np.array(towards))))
    around = losses_towards(lecture(), START, towards, best + np.array([-1e-2, 1e-2]))
    assert (around > least).all()
    assert (best, least) == (pytest.approx(1.0335, abs=1e-3), pytest.approx(5.541719, abs=1e-6))


def test_where_a_direction_falls_for_ever_the_best_is_where_the_looking_ends() -> None:
    one = Problem(datasets.data([(0.5, 0.5, 1)]), "Linear", loss="as-printed")
    found = best_towards(one, START, downhill(one, START), 0.1)
    assert found is not None
    assert found[0] == found[2] > 1e4


@pytest.mark.parametrize("rate", [1e3, 1e9, 1e100, 1e300, 1.7e308])
def test_however_much_too_long_the_step_is_the_best_is_found(rate: float) -> None:
    for start in (START, (0.0, 0.0, 0.0)):
        found = best_towards(lecture(), start, downhill(lecture(), start), rate)
        near = best_towards(lecture(), start, downhill(lecture(), start), 1.0)
        assert found is not None
        assert near is not None
        assert found[:2] == pytest.approx(near[:2], rel=1e-5)


def test_where_every_step_leads_up_the_best_is_none() -> None:
    up = tuple(-way for way in downhill(lecture(), START))
    for reach in (5e-324, 1e-3, 1.0, 1e300):
        found = best_towards(lecture(), START, up, reach)
        assert found is not None
        assert found[:2] == (0.0, pytest.approx(5.776592485398551))


# Ranges as extreme as floats are: the looking ends, and what it finds is in the range.

EXTREME = st.sampled_from(
    [0.0, 5e-324, -5e-324, 1e-310, 2.3e-308, 1.0, math.nextafter(1.0, 2.0), -1.0, 1e15, 1e300, 1.7e308, -1.7e308]
)


class Counted:
    """The losses that `search` asks for, counted: it must not look at more values than a picture could ever need."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        for name in ("losses_along", "errors_along", "losses_towards"):
            monkeypatch.setattr(f"engine.training.search.{name}", self.counting(getattr(search, name)))

    def counting(self, found: Callable[..., Array]) -> Callable[..., Array]:
        def counted(*given: Any) -> Array:
            self.count += len(given[-1])
            assert self.count <= 20_000
            return found(*given)

        return counted


@given(ends=st.tuples(EXTREME | st.floats(allow_nan=False, allow_infinity=False), EXTREME), data=st.data())
def test_however_extreme_the_range_the_looking_ends(ends: tuple[float, float], data: st.DataObject) -> None:
    (low, high), problem = sorted(ends), data.draw(problems() | st.just(FAR))
    values = data.draw(parameters(problem.model) | st.just((1.7e308,) * len(problem.names)))
    index = data.draw(st.integers(0, len(values) - 1))
    with pytest.MonkeyPatch.context() as patch:
        Counted(patch)
        least_along.cache_clear()
        fewest_along.cache_clear()
        found = least_along(problem, values, index, low, high)
        fewest, first, last = fewest_along(problem, values, index, low, high)
    assert found is None or (low <= found[0] <= high and math.isfinite(found[1]))
    assert low <= first <= last <= high
    assert 0 <= fewest <= len(problem.data)


@given(reach=st.floats(5e-324, 1.7e308) | EXTREME.filter(lambda each: each > 0.0), data=st.data())
def test_however_far_the_step_goes_the_looking_ends(reach: float, data: st.DataObject) -> None:
    problem = data.draw(problems() | st.just(FAR))
    count = len(problem.names)
    values = data.draw(parameters(problem.model) | st.just((1.7e308,) * count))
    towards = data.draw(parameters(problem.model) | st.sampled_from([(1.7e308,) * count, (5e-324,) * count]))
    with pytest.MonkeyPatch.context() as patch:
        Counted(patch)
        best_towards.cache_clear()
        found = best_towards(problem, values, towards, reach)
    assert found is None or (0.0 <= found[0] <= found[2] and math.isfinite(found[1]))


def test_the_best_of_two_valleys_is_found_however_far_is_looked() -> None:
    """Along such a step the loss of two lines has two valleys, narrow beside a long reach."""
    problem = Problem(datasets.drawn("hard"), "Split")
    start = (1.07, 0.24, -1.72, 1.31, 1.08, -0.23)
    towards = tuple(-slope for slope in evaluate(problem, start).slopes)
    for reach in (1.0, 10.0, 100.0, 1000.0, 3000.0, 1e4, 1e5):
        found = best_towards(problem, start, towards, reach)
        assert found is not None
        rates = np.geomspace(1e-4, found[2], 4000)
        assert found[1] <= losses_towards(problem, start, towards, rates).min() + 1e-9, reach

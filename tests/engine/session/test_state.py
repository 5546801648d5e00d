"""A state's way to the next ones: one by one or at once, the same numbers to the last bit."""

import math
import threading
from dataclasses import replace
from typing import Any

import pytest

from engine.session.state import State
from engine.training.datasets import lecture
from engine.training.problem import Problem
from engine.training.steps import stepper

AT = (1.0, 1.0, -0.4)
SETTINGS: list[dict[str, Any]] = [
    {},
    {"batch": 3, "seed": 7},
    {"optimizer": "momentum"},
    {"optimizer": "momentum", "batch": 4},
]


def begin(**given: Any) -> State:
    return State.of(Problem(lecture(), "Linear", **given), AT)


def shown(state: State) -> tuple[Any, ...]:
    return state.parameters, state.loss, state.slopes, state.memory, state.step, state.edited


@pytest.mark.parametrize("held", [frozenset(), frozenset({"w2"})], ids=["free", "held"])
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_many_steps_at_once_are_as_many_one_by_one(settings: dict[str, Any], held: frozenset[str]) -> None:
    start = one_by_one = begin(held=held, **settings)
    for count in range(40):
        assert shown(start.after(count)) == shown(one_by_one)
        following = one_by_one.stepped()
        assert following is not None
        assert (following.parameters, following.memory) == (one_by_one.updated, one_by_one.next_memory)
        assert (following.loss, following.slopes) == (following.evaluation.loss, following.evaluation.slopes)
        one_by_one = following


def test_no_step_is_the_state_itself() -> None:
    start = State.of(Problem(lecture(), "Linear"), AT, edited=True)
    assert start.after(0) is start
    assert not start.after(1).edited


@pytest.mark.parametrize("settings", [{}, {"optimizer": "momentum"}], ids=str)
def test_it_ends_before_the_numbers_are_not_finite(settings: dict[str, Any]) -> None:
    start = last = begin(loss="as-printed", rate=1e307, **settings)
    while (following := last.stepped()) is not None:
        last = following
    assert start.step < last.step < 1000
    assert shown(start.after(1000)) == shown(last)
    assert last.after(1000) is last
    assert last.finite


def test_finite_numbers_may_have_a_sum_that_is_not() -> None:
    state = replace(begin(), loss=1e308, slopes=(1e308, 1e308, -1e308))
    assert state.finite
    for slopes in ((math.inf, -math.inf, 0.0), (0.0, math.nan, 0.0), (math.inf, 1.0, 1.0)):
        assert not replace(state, slopes=slopes).finite


def test_threads_that_step_the_same_problem_do_not_meet() -> None:
    start, found = begin(), []
    thread = threading.Thread(target=lambda: found.append(stepper(start.problem)))
    thread.start()
    thread.join()
    assert stepper(start.problem) is stepper(start.problem)
    assert stepper(start.problem) is not found[0]


@pytest.mark.parametrize(
    ("settings", "ways"),
    [
        ({}, [-1, 1, -1]),
        ({"held": frozenset({"w2"})}, [-1, 0, -1]),
        ({"rate": 1e-300}, [0, 0, 0]),  # too short a step to be added
        ({"rate": 1e308}, [-1, 1, -1]),
    ],
    ids=str,
)
def test_the_way_a_parameter_goes_is_where_it_is_after_the_step(settings: dict[str, Any], ways: list[int]) -> None:
    assert [begin(**settings).way(index) for index in range(3)] == ways

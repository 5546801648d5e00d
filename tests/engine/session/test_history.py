"""History: against plain lists of states, however the histories grew out of each other; and what it keeps."""

import gc
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session.history import History
from engine.session.state import State
from engine.training.datasets import data, hard, lecture
from engine.training.problem import Problem
from tests.workspaces import many_points

# Which earlier history to grow, and how: by so many steps, or from an index on with another rate or loss.
growths = st.lists(
    st.tuples(
        st.integers(0, 100),
        st.integers(1, 12) | st.tuples(st.integers(0, 30), st.sampled_from(({"rate": 0.7}, {"loss": "ReLU"}, {}))),
    ),
    max_size=25,
)


def start(model: str = "Linear", parameters: tuple[float, ...] = (1.0, 1.0, -0.4)) -> State:
    return State.of(Problem(lecture(), model), parameters)


def next_of(state: State) -> State:
    return state.stepped()


def descent(first: State, steps: int) -> list[State]:
    states = [first]
    for _ in range(steps):
        states.append(next_of(states[-1]))
    return states


def remembered(states: list[State]) -> History:
    history = History.of(states[0])
    for state in states[1:]:
        history = history.append(state)
    return history


def changed(state: State, settings: dict[str, Any]) -> State:
    """What a person made of a state; the problem stays the same object where only a parameter was set."""
    problem = state.problem
    if settings:
        problem = Problem(problem.data, problem.model, **settings)
    return State.of(problem, (*state.parameters[:-1], state.parameters[-1] + 0.25), edited=True)


def bits(state: State) -> tuple[Any, ...]:
    """Everything of a state; repr tells all floats apart, to the last bit."""
    numbers = state.parameters, state.loss, state.errors, state.slopes, state.memory
    return id(state.problem), repr((numbers, state.step, state.edited))


def columns(states: list[State]) -> tuple[list[float], list[float]]:
    return [state.loss for state in states], [float(state.errors) for state in states]


@contextmanager
def forgetful() -> Iterator[None]:
    """Histories that forget almost everything at once, so that short ones are like long ones."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_CHUNK", 8), ("_RECENT", 2), ("_FARTHEST", 3)):
            patch.setattr(f"engine.session.history.{name}", value)
        yield


@given(growths)
@forgetful()
def test_no_history_ever_sees_a_change(grown: list[tuple[int, Any]]) -> None:
    all_histories, lists = [History.of(first := start())], [[first]]
    for chosen, growth in grown:
        history, plain = all_histories[chosen % len(lists)], lists[chosen % len(lists)]
        if isinstance(growth, int):
            for state in descent(plain[-1], growth)[1:]:
                history, plain = history.append(state), [*plain, state]
        else:
            index = min(growth[0], len(plain))
            given_state = changed(plain[min(index, len(plain) - 1)], growth[1])
            history, plain = history.branch(growth[0], given_state), [*plain[:index], given_state]
        all_histories.append(history)
        lists.append(plain)
    for history, plain in zip(all_histories, lists, strict=True):
        assert len(history) == len(plain)
        assert list(map(bits, history.items())) == list(map(bits, plain))
        assert (history.losses.tolist(), history.errors.tolist()) == columns(plain)
        for other, others in zip(all_histories, lists, strict=True):
            common = history.common(other)
            assert list(map(bits, plain[:common])) == list(map(bits, others[:common]))


def test_what_a_history_has_in_common_with_another_ends_where_one_of_them_was_changed() -> None:
    states = descent(start(), 3000)
    history = remembered(states)
    for index in (5, 1500, 2999):
        branched = history.branch(index, changed(states[index], {}))
        further = branched.append(next_of(branched.at(index)))
        assert [history.common(each) for each in (branched, further)] == [index, index]
        assert [branched.common(each) for each in (history, further)] == [index, index + 1]
    assert history.common(history.append(next_of(states[-1]))) == len(states)
    assert history.common(remembered(descent(start(), 30))) == 0


LONG = {
    "model1": start(),
    "split": start("Split", (1.0, 1.0, -0.4, -1.0, 0.5, 0.2)),
    "bouncing": State.of(Problem(hard(), "Linear", rate=2.0), (1.0, 1.0, -0.4)),
    "momentum": State.of(Problem(lecture(), "Split", optimizer="momentum"), (1.0, 1.0, -0.4, -1.0, 0.5, 0.2)),
    "batches": State.of(Problem(hard(), "Linear", batch=3, seed=5), (1.0, 1.0, -0.4)),
    "momentum and batches": State.of(Problem(hard(), "Linear", optimizer="momentum", batch=4), (1.0, 1.0, -0.4)),
    "many points": State.of(Problem(data(many_points(20_000)), "Linear", reduction="mean"), (1.0, 1.0, -0.4)),
}


@pytest.mark.parametrize("name", LONG)
def test_every_step_of_a_long_session_is_the_same_to_the_last_bit(name: str) -> None:
    states = descent(LONG[name], 40 if name == "many points" else 2500)
    history = remembered(states)
    first = list(map(bits, states))
    for order in (range(len(states)), range(len(states) - 1, -1, -1)):
        assert all(bits(history.at(index)) == first[index] for index in order)
    assert (history.losses.tolist(), history.errors.tolist()) == columns(states)


def test_a_given_state_in_the_middle_is_not_recomputed() -> None:
    """Its last bits are those of another computer, and all that follows goes on from them."""
    states = descent(start(), 100)
    off = tuple(value * (1.0 + 2**-52) for value in states[-1].parameters)
    tail = descent(State.of(states[-1].problem, off), 100)
    history = remembered(states).branch(100, tail[0])
    for state in tail[1:]:
        history = history.append(state)
    assert list(map(bits, history.items())) == list(map(bits, [*states[:-1], *tail]))
    assert history.at(100) is tail[0]


def test_losses_of_one_kind_leave_out_the_other_kinds() -> None:
    history = remembered(descent(start(), 3))
    other = changed(history.at(1), {"loss": "ReLU"})
    history = history.branch(2, other).append(next_of(other))
    history = history.branch(3, changed(history.at(3), {"loss": "log-sigmoid"}))
    plain, kinds = history.losses, [True, True, False, True]
    for loss, chosen in (("log-sigmoid", kinds), ("ReLU", [not kind for kind in kinds])):
        found = history.losses_of(Problem(lecture(), "Linear", loss=loss))
        assert (found == plain).tolist() == chosen
        assert (found != found).tolist() == [not kind for kind in chosen]


def test_losses_over_other_points_are_left_out() -> None:
    history = remembered(descent(start(), 2))
    history = history.branch(2, State.of(Problem(hard(), "Linear"), (1.0, 1.0, -0.4)))
    assert (history.losses_of(history.at(2).problem) > 0.0).tolist() == [False, False, True]


def test_the_columns_are_ones_own() -> None:
    history = History.of(start())
    history.losses[0] = history.errors[0] = 77.0
    assert (history.losses.tolist(), history.errors.tolist()) == columns(history.items())
    columns_before = history.losses, history.errors
    assert len(history.append(next_of(history.at(0))).losses) == 2
    assert [len(column) for column in columns_before] == [1, 1]


def test_a_thread_may_read_while_another_appends() -> None:
    states = descent(start(), 1500)
    history = History.of(states[0])

    def read(history: History, index: int) -> tuple[Any, ...]:
        return history.losses.tolist(), bits(history.at(index))

    with ThreadPoolExecutor(2) as pool:
        found = []
        for index, state in enumerate(states[1:]):
            if index % 5 == 0:
                found.append((index, pool.submit(read, history, index // 2)))
            history = history.append(state)
    losses = [state.loss for state in states]
    for index, answer in found:
        assert answer.result() == (losses[: index + 1], bits(states[index // 2]))


@pytest.mark.parametrize("index", [-1, 2])
def test_outside_the_history(index: int) -> None:
    with pytest.raises(IndexError, match=f"step {index} of 2"):
        remembered(descent(start(), 1)).at(index)


# What it keeps.


def kept() -> int:
    gc.collect()
    return sum(isinstance(entry, State) for entry in gc.get_objects())


def test_of_many_states_few_are_kept() -> None:
    before = kept()
    history = History.of(start())
    for _ in range(5000):
        history = history.append(next_of(history.at(len(history) - 1)))
    assert kept() - before < 5000 / 25
    assert all(history.at(index) is not None for index in range(0, 5000, 7))
    assert kept() - before < 5000 / 25 + 300  # what was asked for is not kept for ever


def test_the_newest_states_are_kept_whole() -> None:
    states = descent(start(), 200)
    history = remembered(states)
    assert all(history.at(index) is states[index] for index in range(190, 201))


def test_walking_back_computes_each_stretch_once(monkeypatch: pytest.MonkeyPatch) -> None:
    history, computed, stepped = remembered(descent(start(), 1000)), list[int](), State.stepped

    def counted(state: State) -> State | None:
        computed.append(state.step)
        return stepped(state)

    monkeypatch.setattr(State, "stepped", counted)
    for index in range(900, 100, -1):
        assert history.at(index - 1).updated == history.at(index).parameters
    assert 0 < len(computed) <= 800 + 2 * 32


def test_a_branch_copies_little_of_a_long_history() -> None:
    history = remembered(descent(start(), 5000))
    given_state = changed(history.at(5000), {})
    tracemalloc.start()
    try:
        branches = [history.branch(index, given_state) for index in range(4000, 5001, 50)]
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size < 20_000 * len(branches)
    assert {len(branch) for branch in branches} == set(range(4001, 5002, 50))

"""Batches: a pure function, through all points again and again; and a step that goes by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session.moves import Back, Edit, Forward, NextStep, Seek, apply
from engine.session.session import Session
from engine.session.state import State
from engine.training import replayed
from engine.training.batches import batch
from engine.training.datasets import data, hard
from engine.training.evaluate import evaluate
from engine.training.problem import Problem, comparable
from tests.branching import BRANCHING
from tests.workspaces import many_points

AT = (1.0, 1.0, -0.4)
BATCHES = [(3, 5, 6, 9), (0, 4, 7, 8), (1, 2)]


@given(st.integers(0, 99), st.integers(0, 50), st.integers(1, 30), st.integers(0, 35))
def test_every_round_goes_once_through_all_points(seed: int, rounds: int, count: int, size: int) -> None:
    if not 0 < size < count:
        assert batch(seed, rounds, count, size) == tuple(range(count))
        return
    steps = -(-count // size)
    batches = [batch(seed, rounds * steps + place, count, size) for place in range(steps)]
    assert sorted(sum(batches, ())) == list(range(count))
    assert [len(each) for each in batches[:-1]] == [size] * (steps - 1)


def test_it_depends_on_nothing_but_its_arguments() -> None:
    # As written down once: another computer, and another version of Python, must come to the same.
    assert [batch(0, step, 10, 4) for step in range(3)] == BATCHES
    assert [batch(0, step, 10, 4) for step in (2, 0, 1)] == [BATCHES[2], BATCHES[0], BATCHES[1]]
    assert len({batch(seed, 0, 100, 5) for seed in range(20)}) == 20


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("branching", [False, True])
def test_a_step_goes_by_the_slopes_of_its_batch(reduction: str, branching: bool) -> None:
    model, at = (BRANCHING, AT[1:]) if branching else ("Linear", AT)
    problem = Problem(hard(), model, reduction=reduction, batch=4, seed=1)
    state, points = State.of(problem, at), list(zip(hard().x1, hard().x2, hard().y, strict=True))
    for _ in range(7):
        found = evaluate(Problem(hard(), model, reduction=reduction), state.parameters)
        assert (state.loss, state.errors, state.slopes) == (found.loss, found.errors, found.slopes)
        some = data([points[index] for index in batch(1, state.step, 10, 4)])
        there = evaluate(Problem(some, model, reduction=reduction), state.parameters)
        assert state.step_slopes == pytest.approx(there.slopes, rel=1e-12, abs=1e-15)
        assert state.change == tuple(-0.1 * slope for slope in state.step_slopes)
        # What the slopes of all points promise for that change.
        assert state.promise == pytest.approx(sum(a * b for a, b in zip(state.slopes, state.change, strict=True)))
        state = state.stepped()
    assert state.step == 7


def test_going_back_and_on_again_is_exact() -> None:
    session = Session.begin(Problem(hard(), "Linear", optimizer="momentum", batch=3), AT)
    for _ in range(60):
        session = apply(session, NextStep())
    states = [session.history.at(step) for step in range(61)]
    for step in (30, 7, 0, 59):
        session = apply(session, Seek(step))
        again = session.state.stepped()
        assert (again.parameters, again.memory) == (states[step + 1].parameters, states[step + 1].memory)
        there = apply(apply(apply(session, Forward()), Forward()), Forward())
        assert there.state is session.history.at(step + 1)
        assert apply(there, Back()).frame.parameters == states[step + 1].parameters
    changed = apply(apply(session, Seek(7)), Edit("b", 0.3))
    assert changed.state.batch == states[7].batch


def test_no_program_is_compiled_for_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    plain = replayed.Total
    monkeypatch.setattr(replayed, "Total", lambda *args: made.append(args) or plain(*args))
    state = State.of(Problem(data(many_points(40)), "Linear", batch=3), AT)
    for _ in range(50):
        state = state.stepped()
    assert len(made) == 1


def test_losses_can_be_compared_whatever_the_batch() -> None:
    assert comparable(Problem(hard(), "Linear"), Problem(hard(), "Linear", batch=3, seed=9, optimizer="momentum"))

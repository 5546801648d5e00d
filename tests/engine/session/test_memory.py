"""The optimizer and its memory in a session: what keeps it, what begins it afresh, and an optimizer that is one row."""

import math
from itertools import pairwise
from typing import Any

import pytest

from engine.session.moves import Adopt, Edit, Forward, Hold, NextStep, PreviousStep, Redo, Restart, Set, Undo, apply
from engine.session.session import Session
from engine.training.datasets import lecture
from engine.training.optimizers import OPTIMIZERS, Optimizer
from engine.training.problem import Problem
from tests.nesterov import NESTEROV

AT = (1.0, 1.0, -0.4)


def after(session: Session, *made: Any) -> Session:
    for move in made:
        session = apply(session, move)
    return session


def begin(**settings: Any) -> Session:
    return Session.begin(Problem(lecture(), "Linear", optimizer="momentum", **settings), AT)


def test_a_velocity_carries_the_parameters_on() -> None:
    states = after(begin(beta=0.5), *[NextStep()] * 3).history.items()
    velocity = [0.0, 0.0, 0.0]
    for state, following in pairwise(states):
        velocity = [0.5 * v + slope for v, slope in zip(velocity, state.slopes, strict=True)]
        assert following.memory == (tuple(velocity),)
        assert state.change == tuple(-0.1 * v for v in velocity)
        assert following.parameters == tuple(p + by for p, by in zip(state.parameters, state.change, strict=True))
        assert state.direction == pytest.approx([by / 0.1 for by in state.change])


def test_setting_a_number_keeps_the_memory() -> None:
    session = after(begin(), NextStep(), NextStep())
    for move in (Edit("b", 0.3), Set("rate", 0.5), Set("beta", 0.2), Set("loss", "ReLU"), Hold("w1"), Set("batch", 5)):
        assert apply(session, move).state.memory == session.state.memory
    in_update = after(session, Forward(), Forward())
    assert after(in_update, Edit("b", 0.3)).state.memory == after(session, NextStep()).state.memory
    assert after(in_update, Edit("b", 0.3)).state.step == 3


def test_another_optimizer_begins_afresh() -> None:
    session = after(begin(beta=0.5), NextStep(), NextStep())
    plain = apply(session, Set("optimizer", "gradient-descent"))
    assert plain.state.memory == ()
    assert "beta" not in plain.state.problem.settings
    again = after(plain, NextStep(), Set("optimizer", "momentum"))
    assert again.state.memory == ((0.0, 0.0, 0.0),)
    assert (again.state.problem.settings["beta"], again.state.problem.rate) == (0.9, 0.1)


def test_restart_undo_and_redo_bring_the_memory_back() -> None:
    session = after(begin(), NextStep(), NextStep())
    there = after(session, Restart())
    assert there.state.memory == ((0.0, 0.0, 0.0),)
    assert after(there, Undo()).state is session.state
    assert after(session, Edit("b", 0.0), NextStep(), Undo()).state is session.state
    assert after(session, Edit("b", 0.0), NextStep(), Undo(), Redo()).state.memory != session.state.memory
    assert after(session, PreviousStep(), NextStep()).state is session.state


def test_what_is_held_stays_and_its_velocity_fades() -> None:
    session = after(begin(), NextStep(), Hold("b"))
    velocity = session.state.memory[0][2]
    after_one = after(session, NextStep()).state
    assert session.state.change[2] == session.state.direction[2] == 0.0
    assert after_one.parameters[2] == session.state.parameters[2]
    assert after_one.memory[0][2] == 0.9 * velocity


def test_a_memory_is_adopted_with_the_parameters() -> None:
    session = after(begin(), NextStep())
    state = session.state
    velocity = tuple(math.nextafter(v, math.inf) for v in state.memory[0])
    adopted = apply(session, Adopt(state.parameters, (velocity,)))
    assert (adopted.state.parameters, adopted.state.memory, adopted.state.step) == (state.parameters, (velocity,), 1)
    assert apply(adopted, Adopt(state.parameters, (velocity,))) is adopted


@pytest.mark.parametrize("memory", [(), ((1.0, 1.0),), ((1.0, 1.0, 1.0),) * 2, ((1.0, 1.0, math.inf),)])
def test_a_memory_that_cannot_be_is_refused(memory: Any) -> None:
    session = after(begin(), NextStep())
    with pytest.raises(ValueError, match=r"what momentum remembers|must be finite"):
        apply(session, Adopt(session.state.parameters, memory))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"optimizer": "no-such"}, f"unknown optimizer 'no-such'; there are {', '.join(OPTIMIZERS)}"),
        ({"optimizer": "momentun"}, "did you mean 'momentum'?"),
        ({"beta": 0.5}, "gradient descent has no beta"),
        ({"optimizer": "momentum", "beta": 1.0}, "the beta must be a number from 0 on, below 1, not 1.0"),
        ({"batch": -1}, "the batch must be a whole number, 0 for all points, not -1"),
        ({"batch": 2.5}, "the batch must be a whole number"),
        ({"bach": 2}, "unknown setting 'bach'; did you mean 'batch'?"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        Problem(lecture(), "Linear", **settings)


def test_an_optimizer_is_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIMIZERS, "nesterov", NESTEROV)
    session = after(begin(), Set("optimizer", "nesterov"), *[NextStep()] * 50)
    assert isinstance(session.state.problem.optimizer, Optimizer)
    state, following = session.history.at(30), session.history.at(31)
    velocity = [0.9 * v + slope for v, slope in zip(state.memory[0], state.slopes, strict=True)]
    steps = [-0.1 * (0.9 * v + slope) for v, slope in zip(velocity, state.slopes, strict=True)]
    assert following.memory == (tuple(velocity),)
    assert following.parameters == pytest.approx([p + by for p, by in zip(state.parameters, steps, strict=True)])

"""Sessions: what is on the screen at each phase, and the lecture's descent number by number."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from engine.session.moves import Forward, NextStep, apply
from engine.session.session import Phase, Session, State
from engine.training.datasets import lecture
from engine.training.problem import Problem
from tests.engine.facts import agrees

MODEL1 = (1.0, 1.0, -0.4)


def begin(**settings: Any) -> Session:
    return Session.begin(Problem(lecture(), "Linear", **settings), MODEL1)


def after(session: Session, steps: int) -> Session:
    for _ in range(steps):
        session = apply(session, NextStep())
    return session


def losses(session: Session) -> list[float]:
    return [state.loss for state in session.history.items()]


def test_a_session_begins_at_step_0_with_the_loss() -> None:
    frame = begin().frame
    assert (frame.step, frame.phase, frame.parameters) == (0, Phase.LOSS, MODEL1)
    assert (frame.before, frame.achieved) == (None, None)
    assert agrees(frame.state.loss, "5.776592485398551")
    assert frame.state.errors == 4


def test_the_three_phases_of_a_step() -> None:
    first = begin()
    second = apply(first, Forward())
    third = apply(second, Forward())
    fourth = apply(third, Forward())
    assert [s.frame.phase for s in (first, second, third, fourth)] == [1, 2, 3, 1]
    assert [s.frame.step for s in (first, second, third, fourth)] == [0, 0, 0, 1]
    assert first.frame.parameters == second.frame.parameters == MODEL1
    updated = ("0.997560", "1.037103", "-0.455791")
    assert all(agrees(*pair) for pair in zip(third.frame.parameters, updated, strict=True))
    assert third.frame.parameters == third.state.updated == fourth.frame.parameters
    assert third.frame.state is first.state
    assert fourth.frame.before is first.state


@pytest.mark.parametrize(
    ("steps", "printed", "errors"), [(1, "5.733732", 4), (10, "5.451679", 4), (100, "3.998035", 0)]
)
def test_descent_at_rate_a_tenth(steps: int, printed: str, errors: int) -> None:
    state = after(begin(rate=0.1), steps).state
    assert agrees(state.loss, printed)
    assert state.errors == errors


@pytest.mark.parametrize(("rate", "steps"), [(0.1, 83), (0.5, 17)])
def test_when_nothing_is_wrong_any_more(rate: float, steps: int) -> None:
    errors = [state.errors for state in after(begin(rate=rate), 100).history.items()]
    assert errors.index(0) == steps


def test_half_as_a_rate() -> None:
    assert agrees(after(begin(rate=0.5), 1).state.loss, "5.604841")


def test_rate_1_overshoots() -> None:
    found = losses(after(begin(rate=1.0), 50))
    printed = {1: "5.541969", 2: "5.804227", 10: "10.130704", 50: "1.945853"}
    assert all(agrees(found[step], loss) for step, loss in printed.items())


def test_the_loss_as_printed_drives_the_wrong_way() -> None:
    session = after(begin(loss="as-printed"), 40)
    assert session.history.at(10).errors == 6
    assert agrees(session.state.loss, "-39.9")


@pytest.mark.parametrize(("rate", "promised", "achieved"), [(0.1, "-0.0450", "-0.0429"), (1.0, "-0.450", "-0.235")])
def test_what_the_slopes_promise_and_what_the_step_achieves(rate: float, promised: str, achieved: str) -> None:
    start = begin(rate=rate)
    assert agrees(start.state.promise, promised)
    reached = after(start, 1).frame
    assert reached.achieved == reached.state.loss - start.state.loss
    assert agrees(reached.achieved, achieved)


def test_holding_the_weights_moves_b_alone() -> None:
    session = after(begin(held=frozenset({"w1", "w2"})), 200)
    found = [state.parameters for state in session.history.items()]
    assert {parameters[:2] for parameters in found} == {(1.0, 1.0)}
    assert agrees(found[1][2], "-0.4558")
    assert agrees(found[-1][2], "-0.6437")


def test_holding_the_weights_at_rate_1_overshoots_at_once() -> None:
    start = begin(rate=1.0, held=frozenset({"w1", "w2"}))
    session = after(start, 2)
    assert all(agrees(*pair) for pair in zip(losses(session), ("5.7766", "5.8261", "5.9301"), strict=True))
    assert agrees(start.state.promise, "-0.311")
    assert after(start, 1).frame.achieved == pytest.approx(5.8261 - 5.7766, abs=1e-4)


def test_a_state_knows_the_points_behind_its_loss() -> None:
    state = begin().state
    assert state.evaluation.loss == state.loss
    assert state.evaluation.slopes == state.slopes


def test_a_session_needs_a_finite_loss_to_begin() -> None:
    with pytest.raises(ValueError, match="the loss at the starting values is not a finite number"):
        Session.begin(Problem(lecture(), "Linear"), (1e308, 1e308, 1e308))


def test_nothing_in_a_session_can_be_set() -> None:
    session = begin()
    for part, name in ((session, "step"), (session.frame, "phase"), (session.state, "loss")):
        with pytest.raises(FrozenInstanceError):
            setattr(part, name, 0)
    assert isinstance(session.state, State)

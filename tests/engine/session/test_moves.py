"""Moves: properties over random journeys, and each move's own rule."""

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.session.moves import (
    Adopt,
    Along,
    Back,
    Edit,
    EditBoth,
    Forward,
    Give,
    Hold,
    Move,
    NextStep,
    PreviousStep,
    Redo,
    Restart,
    Seek,
    Set,
    Undo,
    apply,
)
from engine.session.session import Phase, Session
from engine.session.state import Given, State
from engine.training.datasets import data, drawn, lecture
from engine.training.problem import Problem
from tests.strategies import changes, journeys, navigations, starts

MODEL1 = (1.0, 1.0, -0.4)


def begin(**settings: Any) -> Session:
    return Session.begin(Problem(lecture(), "Linear", **settings), MODEL1)


def after(session: Session, *moves: Move) -> Session:
    for move in moves:
        session = apply(session, move)
    return session


def sketch(state: State) -> tuple[Any, ...]:
    problem, found = state.problem, state.evaluation
    arrays = tuple(
        array.tobytes() for array in (found.m, found.point_losses, *map(found.contribution, range(len(found.slopes))))
    )
    settings = (problem.model, dict(problem.settings), sorted(problem.held), state.step, state.memory)
    return (settings, state.parameters, state.loss, state.errors, state.slopes, state.edited, arrays)


def picture(session: Session) -> str:
    """Everything a session shows, and its whole future, to the last bit: two pictures are equal or they are not."""
    frame = session.frame
    shown = (frame.step, frame.phase, frame.parameters, frame.achieved, session.diverged)
    return repr((shown, sketch(frame.state), [sketch(state) for state in session.history.items()]))


def screen(session: Session) -> str:
    """What a session shows now; going on and back may have lengthened the history behind it."""
    frame = session.frame
    return repr((frame.step, frame.phase, frame.parameters, frame.achieved, sketch(frame.state)))


@st.composite
def travelled(draw: st.DrawFn) -> Session:
    """A session after a random journey."""
    start = draw(starts())
    return after(start, *draw(journeys(start.state.problem.names)))


# What holds on every journey.


@given(travelled(), st.sampled_from(((Forward(), Back()), (Back(), Forward()))))
def test_there_and_back_shows_the_same_to_the_last_bit(session: Session, moves: tuple[Move, Move]) -> None:
    there = apply(session, moves[0])
    if there is session or there.diverged:
        return
    assert screen(there) != screen(session)
    assert screen(apply(there, moves[1])) == screen(session)


@given(st.data(), starts())
def test_all_the_way_back_shows_the_start_again(draw: st.DataObject, start: Session) -> None:
    session = after(start, *draw.draw(st.lists(navigations(), max_size=15)))
    for _ in range(3 * session.step + session.phase - 1):
        session = apply(session, Back())
    assert screen(session) == screen(start)
    assert apply(session, Back()) is session


@given(st.data(), starts())
def test_the_same_moves_give_the_same_session(draw: st.DataObject, start: Session) -> None:
    problem = start.state.problem
    afresh = Problem(drawn(problem.data.source.name), problem.model, settings=problem.settings)
    session, again = start, Session.begin(afresh, start.state.parameters)
    for move in draw.draw(journeys(problem.names)):
        session, again = apply(session, move), apply(again, move)
        assert picture(session) == picture(again)


@given(st.data(), starts())
def test_no_session_ever_sees_a_change(draw: st.DataObject, start: Session) -> None:
    """Moves grow a tree of sessions, each from any earlier one: branches in the past among them."""
    names = start.state.problem.names
    sessions, pictures = [start], [picture(start)]
    for move in draw.draw(journeys(names)):
        sessions.append(apply(draw.draw(st.sampled_from(sessions)), move))
        pictures.append(picture(sessions[-1]))
    assert [picture(session) for session in sessions] == pictures


@given(st.data(), travelled())
def test_undo_and_redo_bring_whole_futures_back(draw: st.DataObject, session: Session) -> None:
    session = session.moved(session.step, session.phase)  # a divergence is said once
    changed = apply(session, draw.draw(changes(session.state.problem.names)))
    if changed is session:
        return
    gone_on = after(changed, *draw.draw(st.lists(navigations(), max_size=5)))
    undone = apply(gone_on, Undo())
    assert picture(undone) == picture(session)
    redone = apply(undone, Redo())
    assert picture(redone) == picture(gone_on)
    assert picture(apply(redone, Undo())) == picture(session)


@given(travelled())
def test_every_undo_can_be_redone(session: Session) -> None:
    pictures = []
    while session.undone and len(pictures) < 30:
        pictures.append(picture(session))
        session = apply(session, Undo())
    assert apply(session, Undo()) is session
    for expected in reversed(pictures):
        session = apply(session, Redo())
        assert picture(session) == expected


@given(st.data(), travelled())
def test_a_new_change_forgets_what_could_be_redone(draw: st.DataObject, session: Session) -> None:
    undone = apply(session, Undo())
    changed = apply(undone, draw.draw(changes(session.state.problem.names)))
    assume(changed is not undone)
    assert apply(changed, Redo()) is changed


@given(travelled())
def test_every_state_but_an_edited_one_was_reached_by_the_step_before(session: Session) -> None:
    states = session.history.items()
    for before, state in pairwise(states):
        assert state.edited or state.parameters == before.updated


@given(travelled())
def test_every_number_on_the_screen_is_finite(session: Session) -> None:
    frame = session.frame
    assert all(map(math.isfinite, (*frame.parameters, frame.state.loss, *frame.state.slopes)))


# The rule of each move.


def test_next_and_previous_step_go_to_the_loss() -> None:
    session = after(begin(), Forward(), NextStep(), Forward(), Forward())
    assert (session.step, session.phase) == (1, Phase.UPDATE)
    previous = apply(session, PreviousStep())
    assert (previous.step, previous.phase) == (0, Phase.LOSS)
    assert apply(previous, PreviousStep()) is previous
    assert after(begin(), Forward(), PreviousStep()).phase is Phase.LOSS


def test_stepping_by_phases_or_by_steps_is_the_same_descent() -> None:
    assert picture(after(begin(), *[Forward()] * 9)) == picture(after(begin(), *[NextStep()] * 3))


@pytest.mark.parametrize(("step", "reached"), [(-5, 0), (0, 0), (2, 2), (99, 3)])
def test_seek_stays_within_what_was_reached(step: int, reached: int) -> None:
    session = after(begin(), *[NextStep()] * 3, Forward(), Seek(step))
    assert (session.step, session.phase, session.last_step) == (reached, Phase.LOSS, 3)


def test_going_back_keeps_the_future() -> None:
    far = after(begin(), *[NextStep()] * 5)
    near = apply(far, Seek(1))
    assert near.last_step == 5
    again = after(near, *[NextStep()] * 4)
    assert (again.state, again.last_step) == (far.state, 5)


def test_an_edit_sets_the_parameter_where_it_is() -> None:
    session = after(begin(), NextStep(), Forward(), Edit("b", -0.5))
    assert (session.step, session.phase) == (1, Phase.DIRECTION)
    assert session.frame.parameters[2] == -0.5
    assert session.state.edited
    assert session.frame.achieved is None


def test_two_parameters_are_set_at_once_and_undone_at_once() -> None:
    session = after(begin(), NextStep(), EditBoth("w1", 0.5, "b", -0.9))
    assert session.state.parameters == (0.5, after(begin(), NextStep()).state.parameters[1], -0.9)
    assert (session.step, session.state.edited) == (1, True)
    assert after(session, Undo()).state.parameters == after(begin(), NextStep()).state.parameters
    assert after(begin(), EditBoth("w1", 1.0, "b", -0.4)).undone is None
    with pytest.raises(ValueError, match="no parameter 'c'"):
        apply(begin(), EditBoth("w1", 0.5, "c", 1.0))
    with pytest.raises(ValueError, match="b must be a finite number"):
        apply(begin(), EditBoth("w1", 0.5, "b", math.inf))


def test_an_edit_in_the_update_begins_at_the_next_step() -> None:
    """What is on the screen there are already the next step's parameters."""
    update = after(begin(), Forward(), Forward())
    session = apply(update, Edit("b", -0.5))
    assert (session.step, session.phase) == (1, Phase.LOSS)
    assert session.frame.parameters == (*update.frame.parameters[:2], -0.5)
    assert session.history.at(0) is update.state


def test_an_edit_in_the_past_begins_a_new_future() -> None:
    session = after(begin(), *[NextStep()] * 5, Seek(2), Edit("w1", 2.0))
    assert (session.step, session.last_step) == (2, 2)
    assert after(session, Undo()).step == 2
    assert after(session, Undo()).last_step == 5


def test_a_changed_problem_reaches_only_from_here_on() -> None:
    session = after(begin(), NextStep(), Set("rate", 1.0), NextStep())
    assert [state.problem.rate for state in session.history.items()] == [0.1, 1.0, 1.0]
    assert apply(session, PreviousStep()).frame.problem.rate == 1.0


def test_holding_twice_lets_go() -> None:
    held = apply(begin(), Hold("w1"))
    assert held.frame.problem.held == {"w1"}
    assert apply(held, NextStep()).frame.parameters[0] == 1.0
    assert apply(held, Hold("w1")).frame.problem.held == frozenset()


def test_another_loss_is_evaluated_at_once() -> None:
    session = apply(begin(), Set("loss", "ReLU"))
    assert session.state.loss == pytest.approx(1.511558, abs=5e-7)
    assert session.frame.parameters == MODEL1


def led(session: Session, *slopes: tuple[float, ...]) -> Session:
    """A step along each of these slopes, which somebody else gives."""
    session = apply(session, Along("theirs"))
    for each in slopes:
        session = after(session, Give(each), NextStep())
    return session


def test_a_step_goes_along_given_slopes_and_the_next_waits_for_its_own() -> None:
    session = led(begin(), (0.5, -1.0, 2.0))
    assert session.state.parameters == (1.0 - 0.1 * 0.5, 1.0 + 0.1 * 1.0, -0.4 - 0.1 * 2.0)
    assert (
        session.state.slopes == State.of(session.state.problem, session.state.parameters).slopes
    )  # of the loss itself
    assert session.state.waits
    for move in (NextStep(), *[Forward()] * 3):
        session = apply(session, move)
    assert (session.step, session.phase, session.diverged) == (1, Phase.DIRECTION, False)
    assert session.state.change == (0.0, 0.0, 0.0)
    assert apply(session, Give((1.0, 1.0, 1.0))).state.way(0) == -1


def test_what_the_slopes_promise_along_given_ones() -> None:
    """The right slopes promise a rise where a sign is wrong, and the given ones always a fall."""
    right = begin().state.slopes
    state = after(begin(), Along("theirs"), Give(tuple(-slope for slope in right))).state
    assert state.promise == pytest.approx(0.1 * sum(slope**2 for slope in right))
    assert state.promised(state.step_slopes) == -state.promise
    assert state.after(5).loss > state.loss


def test_given_slopes_take_the_place_of_a_batch_s_and_move_nothing_held() -> None:
    session = led(after(begin(batch=2), Hold("w1")), (1.0, 1.0, 1.0))
    assert session.state.parameters == (1.0, 0.9, -0.5)
    before = session.history.at(0)
    assert (before.batch, before.against) == (None, "given slope")


@pytest.mark.parametrize("optimizer", ["gradient-descent", "momentum"])
def test_led_steps_are_computed_again_to_the_last_bit(optimizer: str) -> None:
    session = led(begin(optimizer=optimizer), *[(1 / 7, -0.1 * k, 1 / (k + 1)) for k in range(100)])
    taken = [session.history.at(0)]
    for step in range(100):
        taken.append(State.of(taken[-1].problem, taken[-1].updated, step=step + 1, memory=taken[-1].next_memory,
                              given=session.history.at(step + 1).given))  # fmt: skip
    assert [sketch(state) for state in session.history.items()] == [sketch(state) for state in taken]
    assert after(session, Seek(3)).state.given == Given("theirs", (1 / 7, -0.1 * 3, 1 / 4))


def test_whose_slopes_lead_is_undone_and_ended() -> None:
    own = after(begin(), NextStep())
    session = led(own, (1.0, 1.0, 1.0))
    assert picture(apply(session, Undo())) == picture(own)
    ended = apply(session, Along(""))
    assert (ended.state.given, ended.state.parameters) == (None, session.state.parameters)
    assert apply(ended, NextStep()).state.parameters == ended.state.updated
    assert apply(ended, Along("")) is ended
    assert apply(session, Along("theirs")) is session
    assert after(session, Restart()).state.given is None


def test_begun_in_the_update_it_is_of_the_step_that_was_reached() -> None:
    update = after(begin(), Forward(), Forward())
    session = apply(update, Along("theirs"))
    assert (session.step, session.phase, session.state.waits) == (1, Phase.LOSS, True)
    assert (session.state.edited, session.state.parameters) == (False, update.frame.parameters)
    assert session.history.at(0) is update.state


def test_an_edit_asks_for_slopes_anew() -> None:
    session = after(begin(), Along("theirs"), Give((1.0, 1.0, 1.0)), Edit("b", 0.5))
    assert session.state.given == Given("theirs")


def test_slopes_are_given_where_a_step_waits_for_them() -> None:
    waiting = apply(begin(), Along("theirs"))
    assert apply(begin(), Give((1.0, 1.0, 1.0))).state.given is None
    given = apply(waiting, Give((1.0, 1.0, 1.0)))
    assert apply(given, Give((2.0, 2.0, 2.0))) is given
    with pytest.raises(ValueError, match="Linear has 3 slopes, not 2"):
        apply(waiting, Give((1.0, 1.0)))
    with pytest.raises(ValueError, match="must be finite numbers"):
        apply(waiting, Give((1.0, 1.0, math.nan)))


def test_restart_is_undoable() -> None:
    far = after(begin(), NextStep(), Set("rate", 0.5), NextStep())
    session = apply(far, Restart())
    assert picture(session) == picture(begin())
    assert picture(apply(session, Undo())) == picture(far)


@pytest.mark.parametrize(
    "move",
    [
        Back(),
        PreviousStep(),
        Seek(0),
        Seek(7),
        Undo(),
        Redo(),
        Restart(),
        Edit("b", -0.4),
        Set("rate", 0.1),
        Set("loss", "log-sigmoid"),
        Adopt(MODEL1),
    ],
    ids=repr,
)
def test_a_move_that_changes_nothing_gives_the_very_same_session(move: Move) -> None:
    session = begin()
    assert apply(session, move) is session


@pytest.mark.parametrize(
    ("move", "message"),
    [
        (Edit("w3", 1.0), "no parameter 'w3'; Linear has w1, w2, b"),
        (Edit("b", math.inf), "b must be a finite number, not inf"),
        (Edit("b", math.nan), "b must be a finite number, not nan"),
        (Edit("b", 1.7e308), "the loss there is not a finite number"),
        (Set("rate", 0.0), "the rate must be a positive number"),
        (Set("rate", math.nan), "the rate must be a positive number"),
        (Set("loss", "no-such"), "unknown loss 'no-such'"),
        (Hold("w3"), "cannot hold 'w3'"),
        (Adopt((1.0, 1.0)), "Linear has 3 parameters, w1, w2, b; not 2"),
        (Adopt((1.0, 1.0, math.inf)), "the parameters must be finite numbers, not 1.0, 1.0, inf"),
        (Adopt((1.0, 1.0, 1.7e308)), "the loss there is not a finite number"),
    ],
    ids=repr,
)
def test_bad_changes_are_refused(move: Move, message: str) -> None:
    session = begin()
    before = picture(session)
    with pytest.raises(ValueError, match=message):
        apply(session, move)
    assert picture(session) == before


# Adopting the numbers of another computer.


def off_by_a_bit(parameters: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(math.nextafter(value, math.inf) for value in parameters)


@given(travelled())
def test_adopted_parameters_stand_in_the_place_of_the_reached_ones(session: Session) -> None:
    session = session.moved(session.last_step, session.phase)
    other = off_by_a_bit(session.state.parameters)
    memory = session.state.memory
    adopted = apply(session, Adopt(other, memory))
    assert (adopted.state.parameters, adopted.state.edited) == (other, session.state.edited)
    assert adopted.state.loss == State.of(session.state.problem, other).loss
    assert (adopted.step, adopted.phase, adopted.last_step) == (session.step, session.phase, session.last_step)
    assert (adopted.undone, adopted.redone) == (session.undone, session.redone)
    assert list(map(sketch, adopted.history.items()[:-1])) == list(map(sketch, session.history.items()[:-1]))
    assert apply(adopted, Adopt(other, memory)) is adopted


def test_what_follows_goes_on_from_the_adopted_parameters() -> None:
    session = after(begin(), *[NextStep()] * 40)
    before, other = picture(session), off_by_a_bit(session.state.parameters)
    far = after(session, Adopt(other), *[NextStep()] * 60)
    assert far.history.at(40).parameters == other
    assert all(state.parameters == earlier.updated for earlier, state in pairwise(far.history.items()[40:]))
    assert picture(session) == before


def test_only_the_last_step_reached_can_be_adopted() -> None:
    session = after(begin(), NextStep(), NextStep(), PreviousStep())
    with pytest.raises(ValueError, match="step 1 is not the last one reached, which is 2"):
        apply(session, Adopt(off_by_a_bit(session.state.parameters)))
    assert apply(session, Adopt(session.state.parameters)) is session


# Divergence: a step that would leave the finite numbers is not taken.


def on_to_divergence(session: Session, on: Move) -> list[Session]:
    """The sessions on the way there, the diverged one last."""
    way = [session]
    while not way[-1].diverged and len(way) < 50:
        way.append(apply(way[-1], on))
    assert way[-1].diverged
    return way


@pytest.mark.parametrize("on", [NextStep(), Forward()], ids=repr)
def test_a_step_out_of_the_finite_numbers_is_not_taken(on: Move) -> None:
    *_, before, diverged = on_to_divergence(begin(rate=1e307), on)
    assert screen(diverged) == screen(before)
    assert diverged.phase is not Phase.UPDATE
    assert apply(diverged, on) is diverged


def test_infinite_parameters_are_refused_though_their_loss_is_finite() -> None:
    """Four × and nothing else: b would go to infinity, where the loss is 0."""
    start = Session.begin(Problem(data([(0.5, 0.5, 1)] * 4), "Linear", rate=1e308), (0.0, 0.0, -1.0))
    assert apply(start, NextStep()).diverged


def test_the_frames_before_a_divergence_remain() -> None:
    *way, diverged = on_to_divergence(begin(rate=1e306, loss="as-printed"), NextStep())
    assert len(way) > 2
    for step, session in enumerate(way):
        assert screen(apply(diverged, Seek(step))) == screen(session)


@pytest.mark.parametrize("move", [PreviousStep(), Back(), Seek(0), Edit("b", 0.0), Set("rate", 0.1)], ids=repr)
def test_any_other_move_goes_on_from_a_divergence(move: Move) -> None:
    diverged = on_to_divergence(begin(rate=1e307), NextStep())[-1]
    assert not apply(diverged, move).diverged

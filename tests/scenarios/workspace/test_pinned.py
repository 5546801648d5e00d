"""Two sessions: pinning one, and stepping both together, there and back to the very same numbers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session import moves
from engine.session.session import Phase, Session
from scenarios.library import store
from scenarios.workspace.moves import Against, Move, Open, Pin, Predict
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.workspaces import BACK, COMPARE, FORWARD, NEXT, STEEP, after, apply, look, opened

MODEL1, MODEL2, SPLIT = (store.load(name) for name in ("model1", "model2", "split"))
PREVIOUS, UNDO, REDO = moves.PreviousStep(), moves.Undo(), moves.Redo()


def left(workspace: Workspace) -> Session:
    assert workspace.pinned is not None
    return workspace.pinned.session


def place(session: Session) -> tuple[int, Phase]:
    return session.step, session.phase


def places(workspace: Workspace) -> tuple[tuple[int, Phase], tuple[int, Phase]]:
    return place(left(workspace)), place(workspace.session)


def seen(workspace: Workspace) -> tuple[Any, ...]:
    """Both places and the numbers there, to the last bit."""
    sessions = left(workspace), workspace.session
    return *places(workspace), *((s.frame.parameters, s.state.loss, s.diverged) for s in sessions)


LAST = 1  # STEEP ends at it


class TestPinning:
    def test_the_pinned_stays_while_the_present_goes_on(self) -> None:
        workspace = opened("model1", NEXT, FORWARD, Pin(), moves.Edit("b", 1.0), NEXT, NEXT)
        assert places(workspace) == ((1, Phase.DIRECTION), (3, Phase.LOSS))
        assert left(workspace).frame.parameters[2] == pytest.approx(-0.455791, abs=1e-6)
        assert workspace.pinned is not None
        assert workspace.pinned.name == "model1"

    def test_again_pins_anew(self) -> None:
        workspace = opened("model1", Pin(), NEXT, Pin())
        assert left(workspace) is workspace.session

    def test_another_scenario_can_be_pinned(self) -> None:
        workspace = opened("model2", Against(MODEL1), COMPARE)
        assert [round(s.state.loss, 4) for s in (left(workspace), workspace.session)] == [5.7766, 5.7320]
        assert apply(workspace, UNDO) is workspace

    def test_opening_another_scenario_carries_it_along(self) -> None:
        workspace = opened("model1", NEXT, Pin(), Open(MODEL2))
        assert (places(workspace), workspace.scenario.name) == (((1, Phase.LOSS), (0, Phase.LOSS)), "model2")
        assert workspace.view.screen is Screen.FIT
        again = opened("model1", COMPARE, Pin(), Open(MODEL2))
        assert again.view.screen is Screen.COMPARE

    def test_undoing_and_redoing_that_too(self) -> None:
        workspace = opened("model1", Pin(), NEXT, Open(SPLIT), NEXT, NEXT, Pin(), UNDO)
        assert (workspace.scenario.name, places(workspace)) == ("model1", ((2, Phase.LOSS), (1, Phase.LOSS)))
        assert workspace.pinned is not None
        assert workspace.pinned.name == "split"
        again = apply(workspace, REDO)
        assert (again.scenario.name, left(again)) == ("split", again.session)

    def test_what_is_pinned_is_nobodys_to_change(self) -> None:
        workspace = opened("model1", NEXT, Pin(), COMPARE)
        pinned = left(workspace)
        for move in (
            moves.Edit("b", 1.0),
            moves.Set("rate", 0.5),
            moves.Set("loss", "ReLU"),
            moves.Hold("b"),
            UNDO,
            REDO,
        ):
            workspace = apply(workspace, move)
            assert left(workspace) is pinned


class TestTogether:
    def test_both_go_phase_by_phase_and_step_by_step(self) -> None:
        workspace = opened("model2", Against(MODEL1), COMPARE, FORWARD)
        assert places(workspace) == ((0, Phase.DIRECTION), (0, Phase.DIRECTION))
        workspace = after(workspace, [NEXT, NEXT, PREVIOUS])
        assert places(workspace) == ((1, Phase.LOSS), (1, Phase.LOSS))
        assert left(workspace).state.loss == pytest.approx(5.733732, abs=1e-6)

    def test_each_along_its_own_steps(self) -> None:
        workspace = opened("model1", Pin(), *[NEXT] * 4, COMPARE, NEXT, FORWARD)
        assert places(workspace) == ((1, Phase.DIRECTION), (5, Phase.DIRECTION))
        assert places(apply(workspace, moves.Seek(0))) == ((0, Phase.LOSS), (0, Phase.LOSS))
        assert places(apply(workspace, moves.Seek(9))) == ((1, Phase.LOSS), (5, Phase.LOSS))

    @pytest.mark.parametrize("screen", [Screen.FIT, Screen.TRACE])
    def test_on_other_screens_only_the_present_one_goes(self, screen: Screen) -> None:
        workspace = opened("model1", Pin(), look(screen=screen), NEXT)
        assert places(workspace) == ((0, Phase.LOSS), (1, Phase.LOSS))

    def test_with_nothing_pinned_only_the_present_one_goes(self) -> None:
        workspace = opened("model1", COMPARE, Predict(), FORWARD)
        assert place(workspace.session) == (0, Phase.DIRECTION)
        assert (workspace.pinned, workspace.predictions.asking) == (None, False)

    def test_one_at_its_start_waits_and_is_waited_for(self) -> None:
        before = opened("model1", Pin(), NEXT, NEXT, COMPARE)
        back = after(before, [BACK] * 4)
        assert places(back) == ((0, Phase.LOSS), (0, Phase.UPDATE))
        assert seen(after(back, [FORWARD] * 4)) == seen(before)

    def test_one_that_diverges_waits_while_the_other_goes_on(self) -> None:
        steep = Workspace.of(STEEP)
        for workspace in (after(steep, [Against(MODEL1), COMPARE]), after(steep, [Pin(), Open(MODEL1), COMPARE])):
            start = seen(workspace)
            there = after(workspace, [FORWARD] * 30)
            steps = {place(left(there))[0], there.session.step}
            assert steps == {LAST, 10}
            assert {left(there).diverged, there.session.diverged} == {True, False}
            assert seen(after(there, [BACK] * 30)) == start
            assert seen(after(after(workspace, [NEXT] * 10), [PREVIOUS] * 11)) == start

    def test_both_diverged_nothing_moves(self) -> None:
        stuck = after(Workspace.of(STEEP), [Pin(), COMPARE, *[FORWARD] * 30])
        assert left(stuck).diverged
        assert stuck.session.diverged
        assert apply(stuck, FORWARD) is stuck
        assert apply(stuck, NEXT) is stuck

    def test_at_both_starts_nothing_moves(self) -> None:
        workspace = opened("model1", Pin(), COMPARE)
        for move in (BACK, PREVIOUS, moves.Seek(0)):
            assert apply(workspace, move) is workspace

    def test_an_edit_ends_the_waiting(self) -> None:
        workspace = opened("model1", Pin(), NEXT, COMPARE, BACK, moves.Edit("b", 0.0), FORWARD)
        assert places(workspace) == ((0, Phase.DIRECTION), (1, Phase.DIRECTION))


WORLDS = st.sampled_from([MODEL1, MODEL2, SPLIT, STEEP])


@given(WORLDS, WORLDS, st.integers(0, 7), st.integers(0, 7), st.lists(st.sampled_from([FORWARD, BACK]), max_size=20))
def test_coming_back_is_exact_from_wherever_they_went(
    one: Any, other: Any, first: int, second: int, journey: list[Move]
) -> None:
    workspace = after(Workspace.of(one), [FORWARD] * first)
    workspace = after(workspace, [Pin(), Open(other), *[FORWARD] * second, COMPARE])
    for move in journey:
        ahead = apply(workspace, move)
        if places(ahead) != places(workspace):
            back = apply(ahead, BACK if move is FORWARD else FORWARD)
            assert places(back) == places(workspace)
            assert [s.frame.parameters for s in (left(back), back.session)] == [
                s.frame.parameters for s in (left(workspace), workspace.session)
            ]
        workspace = ahead

"""The workspace: every move, that none changes what it was given, and predict mode."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session import moves
from engine.session.session import Phase
from scenarios.library import store
from scenarios.library.store import BUILTIN
from scenarios.workspace.axes import STEP, Parameter
from scenarios.workspace.moves import Against, Answer, Kept, Move, Open, Pin, Predict
from scenarios.workspace.view import LandscapeView, LossView, Pane, Screen, Subject, View
from scenarios.workspace.workspace import Predictions, Workspace, snapshot, verdict, will_move
from tests import strategies
from tests.workspaces import BACK, FORWARD, NEXT, RATE, after, apply, at, choose, look, opened, point

EDIT = moves.Edit("b", -0.5)
UP, DOWN = Answer(1), Answer(-1)


def told(workspace: Workspace) -> tuple[Any, ...]:
    """Everything that can be seen of a workspace, as plain values; undo and redo by what they lead to."""
    session = workspace.session
    states = [(s.problem.rate, s.problem.loss, s.parameters, s.loss, s.slopes) for s in session.history.items()]
    links = (session.undone is None, session.redone is None, workspace.previous is None, workspace.following is None)
    pinned = workspace.pinned
    beside = pinned and (pinned.name, pinned.lead, pinned.session.step, pinned.session.phase, pinned.session.state.loss)
    return (
        (workspace.scenario.name, workspace.view, workspace.predictions, workspace.changed, workspace.kept.parameters),
        (session.step, session.phase, session.diverged, session.frame.parameters, session.frame.achieved),
        (states, links, beside),
    )


def test_it_opens_at_step_0_with_b_selected() -> None:
    workspace = opened("model1")
    assert (workspace.session.step, workspace.session.phase) == (0, Phase.LOSS)
    assert (workspace.view.row, workspace.view.parameter) == (Parameter(2), 2)
    assert (workspace.predictions, workspace.changed) == (Predictions(), False)
    assert opened("split").view.parameter == 5


SHOWN: dict[str, tuple[Move, tuple[Any, ...]]] = {
    # What a move leads to from (2) of step 1 of model1, b edited at its step 0: step, phase, parameter b, rate.
    "forward": (FORWARD, (1, Phase.UPDATE, -0.565, 0.1)),
    "back": (BACK, (1, Phase.LOSS, -0.533, 0.1)),
    "next": (NEXT, (2, Phase.LOSS, -0.565, 0.1)),
    "previous": (moves.PreviousStep(), (0, Phase.LOSS, -0.5, 0.1)),
    "seek": (moves.Seek(0), (0, Phase.LOSS, -0.5, 0.1)),
    "edit": (moves.Edit("b", 1.0), (1, Phase.DIRECTION, 1.0, 0.1)),
    "rate": (moves.Set("rate", 0.5), (1, Phase.DIRECTION, -0.533, 0.5)),
    "loss": (moves.Set("loss", "ReLU"), (1, Phase.DIRECTION, -0.533, 0.1)),
    "hold": (moves.Hold("b"), (1, Phase.DIRECTION, -0.533, 0.1)),
    "restart": (moves.Restart(), (0, Phase.LOSS, -0.4, 0.1)),
    "undo": (moves.Undo(), (0, Phase.LOSS, -0.4, 0.1)),
    "redo": (moves.Redo(), (1, Phase.DIRECTION, -0.533, 0.1)),
}


@pytest.mark.parametrize(("move", "place"), SHOWN.values(), ids=SHOWN)
def test_the_moves_of_the_session(move: Move, place: tuple[Any, ...]) -> None:
    before = opened("model1", EDIT, NEXT, FORWARD, point(3))
    seen = told(before)
    workspace = apply(before, move)
    frame = workspace.session.frame
    assert (frame.step, frame.phase, round(frame.parameters[2], 3), frame.problem.rate) == place
    assert workspace.view.subject is Subject.STEP
    assert workspace.view.point == 3
    assert told(before) == seen


def test_look_changes_the_view_alone() -> None:
    before = opened("model1", NEXT)
    workspace = apply(before, look(loss_view=LossView.LEDGER, epsilon=0.5, focus=Pane.SLOPE))
    assert workspace.view == View(
        row=Parameter(2), parameter=2, epsilon=0.5, focus=Pane.SLOPE, loss_view=LossView.LEDGER
    )
    assert workspace.session is before.session
    assert before.view == View(row=Parameter(2), parameter=2)


IDLE = (
    BACK,
    moves.Seek(-3),
    moves.Undo(),
    moves.Redo(),
    moves.Edit("b", -0.4),
    moves.Set("rate", 0.1),
    moves.Restart(),
)
REFUSED = (moves.Edit("c", 0.0), moves.Edit("b", float("nan")), moves.Edit("w1", 1e308))


@pytest.mark.parametrize("move", [*IDLE, UP, look(row=Parameter(2))], ids=repr)
def test_a_move_that_changes_nothing_gives_the_very_same_workspace(move: Move) -> None:
    workspace = opened("model1")
    assert apply(workspace, move) is workspace


@pytest.mark.parametrize(
    "move", [*REFUSED, moves.Set("rate", 0.0), moves.Set("loss", "huber"), moves.Hold("w3")], ids=repr
)
def test_what_cannot_be_is_refused(move: Move) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        apply(opened("model1"), move)


def test_a_step_that_would_leave_the_numbers_is_not_taken() -> None:
    workspace = opened("model1", NEXT, moves.Set("rate", 1e308), NEXT, NEXT)
    assert (workspace.session.diverged, workspace.session.step) == (True, 2)
    assert workspace.session.history.at(0).loss == pytest.approx(5.776592485398551)
    assert not apply(workspace, BACK).session.diverged


def score(workspace: Workspace) -> tuple[int, int]:
    return workspace.predictions.right, workspace.predictions.asked


class TestPredicting:
    def test_it_asks_before_the_slopes_and_counts_the_answer(self) -> None:
        asking = opened("model1", Predict(), FORWARD)
        assert (asking.predictions.asking, asking.session.phase) == (True, Phase.LOSS)
        right, wrong = apply(asking, DOWN), apply(asking, UP)
        assert score(right) == (1, 1)
        assert score(wrong) == (0, 1)
        assert right.session.phase is wrong.session.phase is Phase.DIRECTION
        assert (verdict(right), verdict(wrong)) == (True, False)

    def test_the_verdict_is_of_the_answer_given_until_the_next_question(self) -> None:
        wrong = opened("model1", Predict(), FORWARD, UP)
        assert verdict(apply(wrong, choose(1))) is None
        assert verdict(after(wrong, [choose(1), choose(2)])) is False
        assert verdict(apply(wrong, FORWARD)) is None
        assert verdict(after(wrong, [FORWARD, BACK])) is False
        assert verdict(after(wrong, [EDIT, FORWARD])) is None
        assert verdict(after(wrong, [BACK, FORWARD])) is None
        assert verdict(after(wrong, [FORWARD, FORWARD, FORWARD, DOWN])) is True

    def test_the_score_goes_on_from_step_to_step(self) -> None:
        once = [FORWARD, DOWN, FORWARD, FORWARD]
        assert score(opened("model1", Predict(), *once, *once)) == (2, 2)

    def test_on_shows_the_answer_without_counting(self) -> None:
        shown = opened("model1", Predict(), FORWARD, FORWARD)
        assert (shown.predictions, shown.session.phase) == (Predictions(True), Phase.DIRECTION)

    def test_back_withdraws_the_question(self) -> None:
        withdrawn = opened("model1", NEXT, Predict(), FORWARD, BACK)
        assert (withdrawn.predictions, withdrawn.session.step) == (Predictions(True), 1)
        assert apply(withdrawn, FORWARD).predictions.asking

    def test_any_change_withdraws_it(self) -> None:
        for move in (EDIT, NEXT, moves.Set("loss", "ReLU"), moves.Hold("w1")):
            assert not opened("model1", Predict(), FORWARD, move).predictions.asking

    @pytest.mark.parametrize(
        ("name", "made"),
        [
            ("update-bias", [choose(0)]),  # held
            ("zeros", [moves.Set("loss", "ReLU")]),  # flat
            ("model1", [FORWARD]),  # the slopes are on the screen already
        ],
    )
    def test_nothing_is_asked_where_there_is_nothing_to_guess(self, name: str, made: list[Move]) -> None:
        assert not opened(name, *made, Predict(), FORWARD).predictions.asking

    def test_the_question_is_about_the_slope_panes_parameter(self) -> None:
        assert opened("model1", choose(1), Predict(), FORWARD, UP).predictions.right == 1

    def test_off_and_on_again_begins_a_new_score(self) -> None:
        scored = opened("model1", Predict(), FORWARD, DOWN)
        assert apply(scored, Predict()).predictions == Predictions()
        assert after(scored, [Predict(), Predict()]).predictions == Predictions(True)


@pytest.mark.parametrize(
    ("name", "index", "made", "way"),
    [
        ("model1", 2, (), -1),
        ("model1", 1, (), 1),
        ("model1", 0, (), -1),
        ("update-bias", 0, (), 0),
        ("zeros", 2, (moves.Set("loss", "ReLU"),), 0),
        ("model1", 2, (moves.Set("rate", 1e-300),), 0),
    ],
)
def test_which_way_it_will_move(name: str, index: int, made: tuple[Move, ...], way: int) -> None:
    assert will_move(opened(name, *made, choose(index))) == way


class TestWhatIsKept:
    def test_stepping_and_looking_change_nothing_worth_keeping(self) -> None:
        assert not opened("model1", NEXT, FORWARD, point(1), Predict()).changed

    @pytest.mark.parametrize(
        "move", [EDIT, moves.Set("rate", 0.5), moves.Set("loss", "ReLU"), moves.Hold("w1")], ids=repr
    )
    def test_a_change_by_hand_does_until_it_is_undone_or_saved(self, move: Move) -> None:
        changed = opened("model1", NEXT, move)
        assert changed.changed
        assert not apply(changed, moves.Undo()).changed
        assert not apply(changed, Kept(snapshot(changed, "own"))).changed
        assert after(changed, [Kept(snapshot(changed, "own")), NEXT]).changed

    def test_changed_back_by_hand_it_is_as_it_was(self) -> None:
        assert not opened("model1", EDIT, moves.Edit("b", -0.4)).changed
        assert not opened("model1", EDIT, moves.Restart()).changed

    def test_saved_it_is_that_scenario(self) -> None:
        changed = opened("model1", EDIT)
        kept = apply(changed, Kept(snapshot(changed, "own")))
        assert (kept.scenario.name, kept.session) == ("own", changed.session)
        assert changed.scenario.name == "model1"

    @pytest.mark.parametrize("phase", Phase)
    @pytest.mark.parametrize("name", BUILTIN)
    def test_saved_in_any_phase_it_opens_again_with_the_very_numbers_that_were_shown(
        self, name: str, phase: Phase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "user_folder", lambda: tmp_path)
        workspace = at(name, phase, moves.Set("rate", 0.3), NEXT)
        store.save(snapshot(workspace, "own"), "own")
        again = Workspace.of(store.load("own"))
        shown = workspace.session.frame
        assert [v.hex() for v in again.session.frame.parameters] == [v.hex() for v in shown.parameters]
        problem, expected = again.session.frame.problem, shown.problem
        assert (problem.rate, problem.loss, problem.held) == (expected.rate, expected.loss, expected.held)
        assert problem.data.x1.tobytes() == expected.data.x1.tobytes()
        assert again.scenario.title == workspace.scenario.title
        assert [editor.nudge for editor in again.scenario.editors] == [e.nudge for e in workspace.scenario.editors]


class TestOpening:
    SPLIT = Open(store.load("split"))

    def test_undo_brings_the_one_before_back_as_it_was_left(self) -> None:
        before = opened("model1", EDIT, NEXT, FORWARD, point(4))
        fresh = apply(before, self.SPLIT)
        assert (fresh.scenario.name, fresh.session.step, fresh.view.parameter) == ("split", 0, 5)
        back = after(fresh, [NEXT, moves.Undo()])
        assert told(back)[:2] == told(before)[:2]
        again = apply(back, moves.Redo())
        assert (again.scenario.name, again.session.step) == ("split", 1)

    def test_its_own_changes_are_undone_first(self) -> None:
        workspace = opened("model1", self.SPLIT, moves.Edit("m1.b", 0.0), moves.Undo())
        assert (workspace.scenario.name, workspace.session.frame.parameters[2]) == ("split", -1.5)
        assert apply(workspace, moves.Undo()).scenario.name == "model1"

    def test_a_change_after_undoing_it_begins_a_new_future(self) -> None:
        workspace = opened("model1", self.SPLIT, moves.Undo(), EDIT)
        assert apply(workspace, moves.Redo()) is workspace
        assert workspace.session.frame.parameters[2] == -0.5

    def test_a_step_after_undoing_it_is_not_lost(self) -> None:
        workspace = opened("model1", self.SPLIT, moves.Undo(), NEXT, moves.Redo(), moves.Undo())
        assert (workspace.scenario.name, workspace.session.step) == ("model1", 1)

    def test_redoing_an_older_change_keeps_it_in_reach(self) -> None:
        undone = opened("model1", EDIT, self.SPLIT, *[moves.Undo()] * 2)
        assert undone.session.frame.parameters[2] == -0.4
        assert after(undone, [moves.Redo()] * 2).scenario.name == "split"


looks = st.sampled_from([choose(0), choose(2), point(0), point(9), look(zoomed=True), look(epsilon=1e-3)])
answers = st.sampled_from([Predict(), UP, DOWN, Open(store.load("zeros")), Kept(store.load("model2"))])
pins = st.sampled_from([Pin(), Against(store.load("split")), look(screen=Screen.COMPARE), look(screen=Screen.FIT)])
extremes = st.builds(moves.Edit, st.sampled_from(["w1", "b", "w9"]), st.sampled_from([1e300, -1e308, float("inf")]))
journeys = strategies.journeys(("w1", "w2", "b")) | st.lists(
    strategies.navigations() | strategies.changes(("w1", "w2", "b")) | looks | answers | pins | extremes, max_size=20
)


def steps(journey: list[Move]) -> list[tuple[Any, ...]]:
    """What is seen after each move of a journey; a move that is refused leaves the workspace as it was."""
    workspace, seen = opened("model1"), []
    for move in journey:
        before = told(workspace)
        try:
            following = apply(workspace, move)
        except ValueError:
            following = workspace
        assert told(workspace) == before
        workspace = following
        seen.append(told(workspace))
    return seen


@given(journeys)
def test_any_journey_twice_gives_the_same_frames_and_changes_nothing_it_was_given(journey: list[Move]) -> None:
    assert steps(journey) == steps(journey)


def test_a_view_of_more_than_there_is_comes_down_to_what_there_is() -> None:
    """As after data of fewer points, or another kind of model: what is selected is there again."""
    of_split = LandscapeView(
        cursors=((STEP, 0.5), (Parameter(1), 0.0), (Parameter(5), 1.0)), spans=((Parameter(4), (0.0, 1.0)),), second=4
    )
    seen = apply(opened("model1"), look(row=Parameter(5), parameter=5, point=10, landscape=of_split)).view
    assert (seen.row, seen.parameter, seen.point) == (Parameter(2), 2, None)
    assert seen.landscape == LandscapeView(cursors=((STEP, 0.5), (Parameter(1), 0.0)))
    assert apply(opened("model1"), look(row=RATE, point=9)).view.row == RATE

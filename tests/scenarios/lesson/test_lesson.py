"""Giving a lecture: on, back, away and back again always show the very same numbers."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session import moves
from engine.session.session import Phase
from scenarios.context.actions import actions
from scenarios.lesson import lesson
from scenarios.lesson.lesson import begin, caption, made_of, options, score
from scenarios.library.store import LECTURE as BUILT_IN
from scenarios.library.store import load_lecture
from scenarios.workspace import workspace
from scenarios.workspace.lectures import Choose, GoTo, Leave, Move, Teach, ToBeat
from scenarios.workspace.moves import Open
from scenarios.workspace.view import Screen, Subject
from scenarios.workspace.workspace import Workspace
from tests.scenarios.lectures import lecture
from tests.workspaces import apply, look, opened
from tests.workspaces import caption as narrated

LECTURE = lecture()
ON, BACK = moves.Forward(), moves.Back()


def made(*acts: Move) -> Workspace:
    """The lecture after the moves."""
    at = begin(LECTURE)
    for act in acts:
        at = apply(at, act)
    return at


def place(at: Workspace) -> tuple[int, int]:
    assert at.lesson is not None
    return at.lesson.scene, at.lesson.beat


def shown(at: Workspace) -> tuple[object, ...]:
    """All that a beat shows, as plain values."""
    frame = at.session.frame
    return place(at), frame.step, frame.phase, frame.parameters, frame.state.loss, at.view, caption(at), options(at)


def test_it_begins_at_the_first_beat_as_its_file_says() -> None:
    at = begin(LECTURE)
    assert at.view.distances
    assert narrated(at) == "Four points are wrong."
    assert at.session.state.loss == pytest.approx(5.776592485398551, abs=1e-12)


def test_what_the_file_sets_up_is_no_change_of_ones_own() -> None:
    at = made(ON)
    while at.session.undone is None:
        at = apply(at, ON)
    assert not at.changed
    assert apply(at, moves.Edit("b", 0.25)).changed


def test_space_goes_through_all_beats_and_stops_at_the_end() -> None:
    visited = [begin(LECTURE)]
    while (after := apply(visited[-1], ON)) is not visited[-1]:
        visited.append(after)
    answered = (0, 1)  # a question takes two presses: the first shows its answer
    assert [place(at) for at in visited] == [(0, 0), (0, 1), answered, (0, 2), (0, 3), (1, 0), (2, 0), (2, 1)]
    assert visited[-1].lesson is not None
    assert visited[-1].lesson.now is None
    assert "The end of 'One step down'" in caption(visited[-1])


def test_a_beat_that_moves_has_moved() -> None:
    at = made(ON, ON, ON, ON)
    assert (at.session.step, at.session.phase) == (0, Phase.DIRECTION) if place(at) == (0, 2) else (1, Phase.LOSS)
    moved = apply(at, ON) if place(at) == (0, 2) else at
    assert moved.session.state.parameters[2] == pytest.approx(-0.4557907, abs=1e-7)
    assert "The loss is 5.7337, down 0.0429" in narrated(moved)


def test_back_shows_the_very_same_numbers_as_on() -> None:
    on = [begin(LECTURE)]
    for _ in range(7):
        on.append(apply(on[-1], ON))
    back = on[-1]
    for _ in range(20):
        back = apply(back, BACK)
        at = next(each for each in reversed(on) if place(each) == place(back))
        assert shown(back) == shown(at)
    assert place(back) == (0, 0)


@given(
    acts=st.lists(
        st.sampled_from(
            [
                ON, BACK, GoTo(0), GoTo(2), Leave(), Choose(1), Choose(-1), moves.Edit("b", 1.0), moves.NextStep(),
                look(zoomed=True), look(screen=Screen.TRACE), moves.Undo(), moves.Restart(), moves.Hold("w1"),
            ]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_whatever_was_done_a_place_is_as_it_always_is(acts: list[Move]) -> None:
    at = made(*acts)
    scene = at.lesson.scene if at.lesson is not None else 0
    again = apply(at, GoTo(scene))
    assert shown(again)[1:6] == shown(made(GoTo(scene)))[1:6]


def seen(at: Workspace) -> object:
    """The function and its point, or the curve and its range, that are on the screen."""
    view, derive, landscape = at.view, at.view.derive, at.view.landscape
    shown = {
        Screen.DERIVE: (derive.formula, derive.values, derive.by, derive.epsilon),
        Screen.LANDSCAPE: (view.parameter, landscape.second),
        Screen.TRACE: view.trace_formula,
    }
    return view.screen, shown.get(view.screen)


def drawn(at: Workspace) -> object:
    """How it is shown."""
    view, derive, landscape = at.view, at.view.derive, at.view.landscape
    return {
        Screen.FIT: (view.zoomed, view.zoomed or (view.model_shown, view.distances, view.loss_view)),
        Screen.DERIVE: (derive.shown, derive.hidden, derive.tangent, derive.secant),
        Screen.LANDSCAPE: (landscape.shown, landscape.spans, landscape.follow),
    }.get(view.screen)


def pressed(at: Workspace, chance: random.Random) -> Workspace:
    """After some key, a typed function, or a typed point."""
    derive = at.view.derive
    typed = [
        lambda _: look(derive=replace(derive, formula="x^3 + 1", values=(0.5,), domain=((-3.0, 3.0),), by=0))(at),
        lambda _: look(derive=replace(derive, values=tuple(value + 0.25 for value in derive.values)))(at),
        lambda _: GoTo(chance.randrange(22)),
    ]
    if at.lesson is not None and at.lesson.away and chance.random() < 0.5:
        return apply(at, Leave())
    action = chance.choice([*actions(at).values(), *typed])
    for move in made_of(at, made) if (made := action(at)) is not None else ():
        at = apply(at, move)
    return at


@pytest.mark.parametrize("seed", range(8))
def test_where_a_beat_speaks_everything_it_speaks_of_is_as_its_file_says(seed: int) -> None:
    """Whatever is pressed: another number, function or point is not under the beat's own words."""
    chance, spoken = random.Random(seed), 0
    at = apply(begin(load_lecture(BUILT_IN)), GoTo(chance.randrange(22)))
    for _ in range(120):
        try:
            at = pressed(at, chance)
        except ValueError:
            continue  # refused
        if at.lesson is None:  # undone: there is no lecture any more
            break
        if caption(at):
            spoken += 1
            there = apply(at, ToBeat(at.lesson.beat)) if at.lesson.now is not None else at
            assert seen(at) == seen(there)
            if at.lesson.now is not None and at.lesson.now.say and at.lesson.now.say in caption(at):
                assert drawn(at) == drawn(there)
            assert at.session.frame.parameters == there.session.frame.parameters
            problem, same = at.session.frame.problem, there.session.frame.problem
            assert (problem.held, problem.settings) == (same.held, same.settings)
            assert (at.session.step, at.session.phase) == (there.session.step, there.session.phase)
    assert spoken > 20


def test_changing_a_number_leaves_the_lecture_and_t_comes_back() -> None:
    there = made(ON)
    tried = apply(there, moves.Edit("b", 1.0))
    assert tried.lesson is not None
    assert tried.lesson.away
    assert caption(tried) == ""
    stepped = apply(tried, ON)
    assert stepped.session.phase is Phase.DIRECTION, "space is the model's own again"
    back = apply(stepped, Leave())
    assert shown(back) == shown(there)
    assert apply(back, Leave()) is stepped, "what was tried is not lost"


def test_looking_does_not_leave_and_the_next_beat_does_not_mind() -> None:
    looked = made(look(zoomed=True, point=3), look(screen=Screen.DERIVE))
    assert looked.lesson is not None
    assert not looked.lesson.away
    assert shown(apply(looked, ON)) == shown(made(ON))


def test_a_selected_point_is_told_but_not_in_place_of_an_open_question() -> None:
    assert narrated(made(look(point=4, subject=Subject.POINT))).startswith("Point 5")
    assert "Which way will b move?" in narrated(made(ON, look(point=4, subject=Subject.POINT)))


def test_the_large_caption_stays_large() -> None:
    assert made(look(large=True), ON, GoTo(2)).view.large


def test_opening_a_scenario_leaves_the_lecture_too() -> None:
    at = apply(begin(LECTURE), Open(opened("split").scenario))
    assert at.lesson is not None
    assert at.lesson.away
    assert shown(apply(at, Leave())) == shown(begin(LECTURE))


def test_teach_begins_a_lecture_and_undo_brings_back_what_was_before() -> None:
    before = workspace.carry_out(opened("split"), moves.NextStep())
    at = apply(before, Teach(LECTURE, 2))
    assert place(at) == (2, 0)
    assert apply(at, moves.Undo()).session is before.session


def test_a_scene_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no scene 9; the lecture has 3"):
        apply(begin(LECTURE), GoTo(8))


def test_without_a_lecture_its_moves_do_nothing() -> None:
    at = opened("model1")
    assert apply(at, Leave()) is apply(at, GoTo(1)) is apply(at, Choose(1)) is at


@pytest.mark.parametrize(
    ("choice", "verdict", "counted"),
    [([], "The slope", (0, 0)), ([Choose(1)], "Not this time.", (0, 1)), ([Choose(1), Choose(1)], "Right!", (1, 1))],
)
def test_an_answer_is_judged_and_counted_once(choice: list[Move], verdict: str, counted: tuple[int, int]) -> None:
    at = made(ON, *choice, ON)
    assert place(at) == (0, 1)
    assert caption(at).startswith(verdict)
    assert at.lesson is not None
    assert score(at.lesson) == counted
    again = apply(apply(apply(apply(at, BACK), ON), Choose(-1)), ON)
    assert again.lesson is not None
    assert score(again.lesson) == counted


def test_the_options_say_which_is_chosen_and_afterwards_which_is_right() -> None:
    assert [option.right for option in options(made(ON, Choose(1)))] == [None, None, None]
    assert [option.chosen for option in options(made(ON, Choose(1)))] == [True, False, False]
    assert [option.right for option in options(made(ON, Choose(1), ON))] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "scenes"),
    [("2", [1]), ("0", []), ("4", []), ("sine", [2]), ("a", [2, 0, 1]), ("BIAS", [1]), ("only", [1]), ("", []),
     ("9" * 400, []), ("²", [])],
)  # fmt: skip
def test_scenes_are_found_by_number_name_and_title(text: str, scenes: list[int]) -> None:
    found = lesson.found(LECTURE, text)
    assert sorted(found) == sorted(scenes)


def test_what_a_beat_set_up_is_no_news_where_its_picture_is_looked_at_otherwise() -> None:
    """The second beat of the notation triples w1, w2 and b; nobody saw what was between."""
    built_in = load_lecture(BUILT_IN)
    scene = next(index for index, scene in enumerate(built_in.scenes) if scene.name == "notation")
    at = apply(apply(begin(built_in), GoTo(scene)), ON)
    zoomed = narrated(apply(at, look(zoomed=not at.view.zoomed)))
    assert zoomed.startswith("The loss is 6.2124, the sum over 10 points")
    assert "down" not in zoomed


def test_where_there_is_no_model_yet_a_point_has_no_side_and_no_loss() -> None:
    seen = narrated(apply(begin(load_lecture(BUILT_IN)), look(point=1, subject=Subject.POINT)))
    assert seen == "Point 2, ○ at (0.578, 0.206), has the label -1."

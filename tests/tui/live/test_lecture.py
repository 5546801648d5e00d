"""A lecture given by its keys: what the class sees, and what the lecturer can do at any moment."""

import re
from pathlib import Path

import pytest

from engine.session.session import Phase
from scenarios.context.captions import caption
from scenarios.workspace.view import Screen
from tests.scenarios.lectures import TEXT
from tests.tui.drawing import ASCII, b, now, place, prompt, running, screen, text, write
from tui.live.app import RiserunApp


@pytest.fixture
def talk(tmp_path: Path) -> str:
    """The small lecture as a file."""
    path = tmp_path / "talk.toml"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def beat(app: RiserunApp) -> tuple[int, int]:
    """The scene and the beat, from 0."""
    lesson = now(app).lesson
    assert lesson is not None
    return lesson.scene, lesson.beat


async def test_a_scene_is_named_and_told(talk: str) -> None:
    async with running(talk) as (app, _):
        lines = screen(app)
        assert lines[0].startswith(" riserun  1/3  Which way is down?")
        assert lines[20].strip() == "Four points are wrong."
        assert "space on  bksp back" in lines[23]
        assert "S scenes" in lines[23]


async def test_a_question_is_answered_from_its_list(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space", "down", "down")
        assert "▸ b down" in screen(app)[22]
        await pilot.press("enter")
        assert "Right! The slope of the loss in b is +0.5579" in text(app)
        assert "down (right)" in text(app)
        assert "quiz 1 of 1" in screen(app)[0]
        await pilot.press("up")
        assert now(app).lesson.answer.right, "an answer given stays"  # type: ignore[union-attr]


async def test_a_lecturer_leaves_by_changing_a_number_and_comes_back_with_one_key(talk: str) -> None:
    async with running(talk) as (app, pilot):
        before = screen(app)
        await pilot.press("plus")
        assert b(now(app)) == -0.3
        assert "t: back to 1/3" in screen(app)[0]
        await pilot.press("space")
        assert place(now(app)) == (0, Phase.DIRECTION)
        await pilot.press("t")
        assert screen(app) == before
        await pilot.press("t")
        assert b(now(app)) == -0.3


async def test_play_leaves_the_lecture_and_gives_no_answer_away(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space", "p")
        assert app.playing
        assert "t: back to 1/3" in screen(app)[0]
        await pilot.press("k", "t")
        assert "Which way will b move?" in text(app)
        assert now(app).lesson.answers == ()  # type: ignore[union-attr]


async def test_a_scene_is_jumped_to_by_number_or_name(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("S")
        assert "a number from 1 to 3" in text(app)
        await pilot.press("s", "i", "n")
        assert "3 A sine" in text(app)
        await pilot.press("enter")
        assert now(app).view.screen is Screen.DERIVE
        await pilot.press("S")
        await write(pilot, "9")
        assert prompt(app).open
        assert "no such scene" in text(app)


async def test_s_opens_the_built_in_lecture_where_none_is_given() -> None:
    async with running() as (app, pilot):
        await pilot.press("S")
        await write(pilot, "1")
        assert "Training Data" in screen(app)[0]


async def test_the_screen_goes_black_and_any_key_brings_it_back(talk: str) -> None:
    async with running(talk) as (app, pilot):
        before = screen(app)
        for key in ("space", "b", "k", "escape"):
            await pilot.press("b")
            assert "".join(screen(app)).strip() == ""
            await pilot.press(key)
            assert screen(app) == before, key


@pytest.mark.parametrize("size", [(72, 21), (80, 24), (200, 60)])
async def test_the_large_caption_has_more_room_and_the_panes_stay(talk: str, size: tuple[int, int]) -> None:
    async with running(talk, size) as (app, pilot):
        await pilot.press("c")
        assert "could not be drawn" not in text(app)
        assert now(app).view.large
        line = next(index for index, line in enumerate(screen(app)) if "Four points" in line)
        assert line < size[1] - 4
        assert screen(app)[line - 1].strip() == ""
        await pilot.press("space", "space", "space")
        assert "The slope is +0.558" in " ".join(text(app).split()) or "Raise b" in text(app)


async def test_a_lecture_is_given_in_ascii(talk: str) -> None:
    async with running(talk, terminal=ASCII) as (app, pilot):
        await pilot.press("space", "down", "space")
        assert text(app).isascii()


@pytest.mark.parametrize(("on", "back"), [("right", "left"), ("pagedown", "pageup"), ("space", "backspace")])
async def test_the_keys_of_a_clicker_and_the_arrows_go_on_and_back(talk: str, on: str, back: str) -> None:
    async with running(talk) as (app, pilot):
        first = screen(app)
        await pilot.press(on)
        assert "Which way will b move?" in text(app)
        await pilot.press("pageup")
        assert screen(app) == first
        await pilot.press("end", back)
        assert beat(app) == (0, 2)
        await pilot.press(on)
        assert beat(app) == (0, 3)


async def test_home_and_end_are_the_first_and_the_last_beat_of_the_scene(talk: str) -> None:
    async with running(talk) as (app, pilot):
        first = screen(app)
        await pilot.press("end")
        assert beat(app) == (0, 3)
        assert b(now(app)) == pytest.approx(-0.4557907, abs=1e-7)
        await pilot.press("home")
        assert screen(app) == first


@pytest.mark.parametrize("keys", [("down", "down"), ("right", "right"), ("up", "left"), ("b",), ("2",), ("c", "b")])
async def test_an_answer_is_chosen_by_any_arrow_by_its_letter_and_by_its_number(
    talk: str, keys: tuple[str, ...]
) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space", *keys)
        assert "  a up   ▸ b down     c it stays" in screen(app)[22]
        assert "a b c d choose" in screen(app)[23]
        assert now(app).lesson.answers == ()  # type: ignore[union-attr]
        await pilot.press("enter")
        assert "quiz 1 of 1" in screen(app)[0]


async def test_enter_gives_no_answer_away_where_none_is_chosen(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space", "enter")
        assert "Which way will b move?" in text(app)
        assert now(app).lesson.answers == ()  # type: ignore[union-attr]


async def test_what_b_and_c_do_at_other_times_is_found_by_its_name(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space", "colon")
        await write(pilot, "large")
        assert now(app).view.large
        await pilot.press("colon")
        await write(pilot, "black")
        assert now(app).view.black
        assert now(app).lesson.choice is None  # type: ignore[union-attr]


async def test_a_number_is_no_screen_while_a_question_is_open(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space")
        before = now(app)
        await pilot.press("4", "5")  # of three answers
        assert now(app) is before
        await pilot.press("space", "4")
        assert now(app).view.screen is Screen.LANDSCAPE


async def test_a_letter_is_a_command_again_once_the_question_is_answered(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space", "d")  # the fourth of three answers
        assert not now(app).view.distances
        assert now(app).lesson.choice is None  # type: ignore[union-attr]
        await pilot.press("space", "c")
        assert now(app).view.large


@pytest.mark.parametrize(
    ("there", "keys", "typed"),
    [
        ("15", ["e"], "sin(3x)/x"),
        ("14", ["g"], "2.75"),
        ("14", ["full_stop"], ""),
        ("14", ["less_than_sign"], ""),
        ("18", ["tab"], ""),
        ("15", ["enter"], ""),  # the program of f
        ("3", ["2"], ""),
        ("9", ["greater_than_sign"], ""),
        ("3", ["plus"], ""),
        ("3", ["n"], ""),
        ("3", ["l"], ""),
        ("3", ["h"], ""),
        ("3", ["P"], ""),
        ("9", ["e"], "-1.2"),
        ("12", ["up"], ""),
        ("8", ["minus"], ""),
        ("22", ["4"], ""),
    ],
)
async def test_another_number_function_or_point_leaves_the_scene_and_t_brings_it_back(
    there: str, keys: list[str], typed: str
) -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, there)
        before, words = screen(app), caption(now(app))
        await pilot.press(*keys)
        if typed:
            await write(pilot, typed)
        assert f"t: back to {there}/22" in screen(app)[0]
        assert caption(now(app)) != words
        await pilot.press("t")
        assert screen(app) == before


@pytest.mark.parametrize(
    "keys", ["full_stop", "tab", "x", "m", "d", "v", "question_mark", "c", "up", "escape", "w escape"]
)
async def test_to_look_at_the_same_does_not_leave_the_scene(keys: str) -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, "9")
        await pilot.press(*keys.split())
        assert "9/22  Step 1: Compute Loss" in screen(app)[0]
        assert "back to" not in screen(app)[0]


@pytest.mark.parametrize(
    ("there", "keys"),
    [
        ("12", "v v"),
        ("12", "plus"),
        ("12", "minus"),
        ("12", "x"),
        ("4", "d"),
        ("4", "x"),
        ("1", "x"),
        ("1", "m"),
        ("18", "v"),
        ("18", "v v"),
        ("17", "v"),
        ("16", "v"),
        ("14", "y"),
        ("2", "m"),
        ("10", "v"),
    ],
)
async def test_words_about_a_picture_give_way_with_it_and_esc_brings_both_back(there: str, keys: str) -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, there)
        before, words = screen(app), caption(now(app))
        await pilot.press(*keys.split())
        assert f" riserun  {there}/22" in screen(app)[0]
        assert caption(now(app)) not in ("", words)
        assert "space" not in " ".join(screen(app)[1:22]), "which goes to the next beat"
        await pilot.press("escape")
        assert screen(app) == before
        await pilot.press("escape")
        assert screen(app)[:-1] == before[:-1]


async def test_a_question_stays_in_another_picture_and_speaks_of_none() -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, "7")
        await pilot.press("x", "tab", "x")
        assert caption(now(app)) == "Which way will b move?"


async def test_a_number_that_is_not_seen_does_not_leave_the_scene() -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, "7")
        await pilot.press("less_than_sign")
        assert "7/22  Lecture Quiz" in screen(app)[0]
        assert "this is seen in the slope pane" in screen(app)[-1]


async def test_t_stops_what_plays_and_comes_back_in_one() -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, "7")
        before = screen(app)
        await pilot.press("p")
        assert "t: back to 7/22" in screen(app)[0]
        await pilot.press("t")
        assert not app.playing
        assert screen(app) == before


async def test_saving_stays_in_the_scene_and_leaves_its_name(talk: str) -> None:
    async with running(talk) as (app, pilot):
        before = screen(app)
        await pilot.press("w")
        await write(pilot, "mine")
        assert screen(app)[:-1] == before[:-1]
        assert "saved as mine" in screen(app)[-1]
        assert now(app).scenario.name == "model1"


async def test_the_footer_of_a_question_says_what_space_does(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space")
        assert "space show it" in screen(app)[-1]
        await pilot.press("b")
        assert "space answer" in screen(app)[-1]


async def test_the_next_scene_is_found_by_these_words() -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("colon", *["space" if letter == " " else letter for letter in "next scene"])
        assert "▸ S " in text(app)
        await pilot.press("enter")
        assert prompt(app).open


@pytest.mark.parametrize(
    ("there", "pressed", "told"),
    [
        ("19", "a", "a chooses an answer, and no question is open"),
        ("19", "d", "d does nothing in this scene; ? shows the keys"),
        ("8", "v", "v does nothing in this scene; ? shows the keys"),
        ("19", "n", "the model is at step 1 now; 1 shows it"),
    ],
)
async def test_a_key_without_use_in_a_scene_is_answered_as_of_it(there: str, pressed: str, told: str) -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, there)
        await pilot.press(pressed)
        assert screen(app)[-1].strip() == told


@pytest.mark.parametrize("there", ["12", "22"])
async def test_a_title_without_room_ends_in_an_ellipsis(there: str) -> None:
    async with running("lecture", (72, 21)) as (app, pilot):
        await pilot.press("S")
        await write(pilot, there)
        assert re.match(rf" riserun  {there}/22  S[^…]+…  +\S", screen(app)[0])


async def test_a_long_formula_in_a_title_ends_in_an_ellipsis() -> None:
    async with running("lecture", (72, 21)) as (app, pilot):
        await pilot.press("S")
        await write(pilot, "21")
        assert re.match(r"┌─ f\(x\) = \(σ\(x \+ [^…]*… ─", screen(app)[1])


@pytest.mark.parametrize("keys", ["question_mark", "question_mark tab", "question_mark question_mark"])
async def test_help_over_a_fresh_lecture_has_its_own_footer(keys: str) -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, "4")
        await pilot.press(*keys.split())
        assert "space page down" in screen(app)[-1]
        assert "next phase" not in text(app)


async def test_what_is_tried_anew_takes_the_place_of_what_was_tried_before(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("plus", "t", "2")
        assert now(app).view.screen is Screen.DERIVE
        assert b(now(app)) == -0.4
        await pilot.press("t", "t")
        assert now(app).view.screen is Screen.DERIVE


async def test_undo_does_not_undo_what_the_scene_has_set_up() -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, "3")
        await pilot.press("space")
        before = screen(app)
        await pilot.press("u")
        assert (b(now(app)), screen(app)[:-1]) == (-1.0, before[:-1])
        await pilot.press("plus", "u", "u")
        assert b(now(app)) == -1.0
        await pilot.press("t")
        assert screen(app) == before


async def test_a_lecture_under_way_is_not_quit_by_one_key(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space", "q")
        assert screen(app)[23].strip() == "The lecture is at scene 1/3: q quits, any other key stays"
        await pilot.press("space", "q")
        assert app.is_running
        assert "q quits" in screen(app)[23]
        await pilot.press("q")
    assert not app.is_running


@pytest.mark.parametrize("keys", [[], ["space"] * 8], ids=["before it begins", "at its end"])
async def test_a_lecture_that_is_not_under_way_is_quit_at_once(talk: str, keys: list[str]) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press(*keys, "q")
    assert not app.is_running

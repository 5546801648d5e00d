"""What leaves a scene of a lecture, what does not, and how one comes back."""

import pytest

from engine.session.session import Phase
from scenarios.context.captions import caption
from scenarios.workspace.view import Screen
from tests.tui.drawing import b, now, place, running, screen, text, write


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
        lesson = now(app).lesson
        assert lesson is not None
        assert not lesson.away
        # For a projector there is no header.
        assert ("9/22  Step 1: Compute Loss" in screen(app)[0]) != now(app).view.large
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

"""A lecture given by its keys: what the class sees, and what the lecturer can do at any moment."""

import re

import pytest

from scenarios.workspace.view import Screen
from tests.tui.drawing import ASCII, b, now, prompt, running, screen, text, write
from tui.live.app import RiserunApp


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
async def test_a_projector_has_the_picture_the_words_and_the_number_from_beat_to_beat(
    talk: str, size: tuple[int, int]
) -> None:
    async with running(talk, size) as (app, pilot):
        await pilot.press("c")
        assert now(app).view.large
        assert "Four points" in text(app)
        await pilot.press("space")
        assert "Which way will b move?" in text(app)
        assert all(f" {letter} " in text(app) for letter in "abc")
        await pilot.press("space", "space")
        assert now(app).view.large
        assert "could not be drawn" not in text(app)
        assert "slope in b" in text(app)
        assert "█" in text(app)


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

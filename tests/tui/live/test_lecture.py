"""A lecture given by its keys: what the class sees, and what the lecturer can do at any moment."""

from pathlib import Path

import pytest

from engine.session.session import Phase
from scenarios.workspace.view import Screen
from tests.scenarios.lectures import TEXT
from tests.tui.drawing import ASCII, b, now, place, prompt, running, screen, text, write


@pytest.fixture
def talk(tmp_path: Path) -> str:
    """The small lecture as a file."""
    path = tmp_path / "talk.toml"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


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
        assert "▸ down" in screen(app)[22]
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

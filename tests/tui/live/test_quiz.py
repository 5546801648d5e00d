"""The questions of a lecture, answered by its keys."""

import pytest

from scenarios.context.captions import caption
from scenarios.workspace.view import Screen
from tests.tui.drawing import now, running, screen, text, write


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


async def test_a_question_stays_in_another_picture_and_speaks_of_none() -> None:
    async with running("lecture") as (app, pilot):
        await pilot.press("S")
        await write(pilot, "7")
        await pilot.press("x", "tab", "x")
        assert caption(now(app)) == "Which way will b move?"


async def test_the_footer_of_a_question_says_what_space_does(talk: str) -> None:
    async with running(talk) as (app, pilot):
        await pilot.press("space")
        assert "space show it" in screen(app)[-1]
        await pilot.press("b")
        assert "space answer" in screen(app)[-1]

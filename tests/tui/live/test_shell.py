"""What the terminal says while the application runs: that it is busy, and what its ground is like."""

import pytest
from textual import events

from engine.session.session import Phase
from tests.tui.drawing import UTF8, now, place, resize, running, screen, until
from tui.frames import Frame
from tui.live.app import RiserunApp
from tui.live.start import shown
from tui.parser import Ground
from tui.terminal import Theme


async def test_while_the_terminal_is_busy_keys_move_the_session_and_one_picture_comes_of_them_all() -> None:
    async with running() as (app, pilot):
        before = screen(app)
        app.held = True
        await pilot.press("space", "space", "k", "plus", "space")
        assert screen(app) == before
        assert place(now(app)) != (0, Phase.LOSS)
        app.held = False
        await pilot.pause()
        after = screen(app)
        assert after != before
    async with running() as (app, pilot):
        await pilot.press("space", "space", "k", "plus", "space")
        assert screen(app) == after


async def test_of_the_sizes_that_come_while_the_terminal_is_busy_the_last_is_drawn_for_with_all_that_waited() -> None:
    async with running(size=(120, 40)) as (app, pilot):
        await pilot.press("space")
        fresh = screen(app)
    async with running() as (app, pilot):
        before = screen(app)
        app.held = True
        await pilot.press("space")
        for size in ((90, 30), (10, 3), (120, 40)):
            await pilot.resize_terminal(*size)
        assert screen(app) == before
        app.reached(Frame(5000, 0.3))
        await until(pilot, lambda: app.screen.size == (120, 40))
        await pilot.pause()
        assert screen(app) == fresh


async def test_a_size_that_is_left_again_while_the_terminal_is_busy_holds_nothing_up() -> None:
    async with running() as (app, pilot):
        app.held = True
        for size in ((90, 30), (80, 24)):
            await pilot.resize_terminal(*size)
        app.reached(Frame(5000, 0.3))
        app.held = False
        await pilot.press("space")
        assert place(now(app)) == (0, Phase.DIRECTION)
        assert len(screen(app)) == 24
        await resize(pilot, 120, 40)
        assert len(screen(app)) == 40


@pytest.mark.parametrize(("asks", "theme"), [(True, Theme.LIGHT), (False, Theme.DARK)])
async def test_a_terminal_that_was_asked_and_is_light_is_drawn_for(asks: bool, theme: Theme) -> None:
    app = RiserunApp(UTF8, lambda: shown("model1"), asks=asks)
    async with app.run_test() as pilot:
        app.post_message(Ground(light=True))
        await app.settled.wait()
        await pilot.pause()
        assert app.terminal.theme is theme


async def test_what_was_typed_is_not_taken_any_more_once_it_is_to_end() -> None:
    async with running() as (app, pilot):
        before = now(app)
        app.post_message(events.Key("space", " "))
        app.exit()
        await pilot.pause()
        assert now(app) is before

"""What the terminal says while the application runs: that it is busy, and what its ground is like."""

import pytest

from engine.session.session import Phase
from tests.tui.drawing import UTF8, now, place, running, screen
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


async def test_another_size_is_drawn_for_although_the_terminal_is_busy() -> None:
    async with running() as (app, pilot):
        app.held = True
        await pilot.press("space")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert {len(line) for line in screen(app)} == {120}
        assert "(2) direction" in screen(app)[0]


@pytest.mark.parametrize(("asks", "theme"), [(True, Theme.LIGHT), (False, Theme.DARK)])
async def test_a_terminal_that_was_asked_and_is_light_is_drawn_for(asks: bool, theme: Theme) -> None:
    app = RiserunApp(UTF8, lambda: shown("model1"), asks=asks)
    async with app.run_test() as pilot:
        app.post_message(Ground(light=True))
        await app.settled.wait()
        await pilot.pause()
        assert app.terminal.theme is theme

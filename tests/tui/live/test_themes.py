"""The application on terminals of either ground: what is painted, and what another ground changes."""

from dataclasses import replace

import pytest
from textual.color import Color

from tests.tui.drawing import running, screen
from tui.plots.colours.palette import paper
from tui.plots.colours.themes import theme
from tui.terminal import Depth, Palette, Terminal, Theme


@pytest.mark.parametrize("depth", Depth)
async def test_a_theme_that_was_asked_for_covers_the_whole_screen(depth: Depth) -> None:
    painted = Terminal(depth, True, Theme.LIGHT, painted=True)
    async with running("model1", terminal=painted) as (app, pilot):
        ground = Color.parse(paper(painted))
        assert app.screen.styles.background == ground
        await pilot.press("o")
        await pilot.pause()
        assert app.screen.styles.background == ground


async def test_another_ground_changes_colours_alone() -> None:
    async with running("model1") as (app, pilot):
        before = screen(app)
        app.terminal = replace(app.terminal, theme=Theme.LIGHT, palette=Palette.SAFE)
        await pilot.pause()
        assert screen(app) == before
        segments = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
        grounds = {each.style.bgcolor.name for each in segments if each.style and each.style.bgcolor}
        assert theme(Theme.LIGHT, Palette.SAFE)["field+8"][0] in grounds

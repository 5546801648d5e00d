"""Every beat of the built-in lecture is drawn whole, at the smallest size and at the usual one, on every face."""

import pytest

from tests.scenarios.lectures import walk
from tests.tui.drawing import ASCII, UTF8, panes
from tests.workspaces import caption
from tui.panes.lines import caption_rows, header
from tui.plots.rows import plain, width_of
from tui.screens import layout
from tui.terminal import Terminal


@pytest.mark.parametrize("terminal", [UTF8, ASCII], ids=["utf8", "ascii"])
@pytest.mark.parametrize("size", [(72, 21), (80, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_beat_is_drawn_whole(size: tuple[int, int], terminal: Terminal) -> None:
    for workspace in walk():
        panes(workspace, size, terminal)
        assert width_of(header(workspace, size[0], terminal, playing=False)[0]) == size[0]


@pytest.mark.parametrize("size", [(72, 21), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_word_of_a_caption_is_lost(size: tuple[int, int]) -> None:
    for workspace in walk():
        height = layout.caption_height(workspace, size[0])
        rows = " ".join(plain(row) for row in caption_rows(workspace, size[0], height, UTF8))
        assert " ".join(caption(workspace).split()) in " ".join(rows.split())

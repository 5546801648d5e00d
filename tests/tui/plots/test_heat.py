"""The heat map: levels as shades or as what stands for them, signs laid over."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.tui.drawing import ASCII, UTF8
from tui.plots.heat import Cell, by_height, by_sign, heat
from tui.plots.rows import ACCENT, plain, width
from tui.terminal import Depth, Terminal

LEVELS = np.array([[0, 0, 1, 2], [0, 0, 1, 8], [-1, 3, 3, 3]])


@pytest.mark.parametrize("way", [by_height, by_sign])
@pytest.mark.parametrize("terminal", [UTF8, ASCII, Terminal(Depth.C16, True)])
def test_the_last_row_of_levels_is_on_top_and_a_mark_keeps_the_ground_of_its_cell(
    way: Callable[[Terminal], Cell], terminal: Terminal
) -> None:
    bare = heat(LEVELS, {}, way(terminal))
    marked = heat(LEVELS, {(0, 1): ("o", ACCENT)}, way(terminal))
    assert [width(row) for row in bare] == [4, 4, 4]
    assert marked[1:] == bare[1:]
    ground = [ink.bg for text, ink in bare[0] for _ in text]
    assert [(sign, ink) for text, ink in marked[0] for sign in text][1] == ("o", ACCENT._replace(bg=ground[1]))


def test_without_shades_a_level_is_a_number_where_it_begins() -> None:
    assert [plain(row) for row in heat(LEVELS, {}, by_height(ASCII))] == [" 33 ", "0 18", "  12"]


def test_what_is_no_number_has_a_ground_of_its_own() -> None:
    assert [ink.bg for _, ink in heat(LEVELS, {}, by_height(UTF8))[0]] == ["field0", "height12"]
    assert [ink.bg for _, ink in heat(LEVELS, {}, by_sign(UTF8))[0]] == ["field0", "field-4"]

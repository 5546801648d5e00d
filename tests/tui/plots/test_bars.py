"""Bars: as long as the number is large, on one scale."""

import numpy as np
import pytest

from tests.tui.drawing import ASCII, FACES, UTF8
from tui.plots.bars import bar, scale_of
from tui.plots.glyphs import drawn
from tui.plots.rows import CIRCLE, plain, width_of
from tui.terminal import Depth, Terminal

BARE = Terminal(Depth.NONE, True)


def text(value: float, scale: tuple[float, float], cells: int, terminal: Terminal = UTF8) -> str:
    return plain(drawn(bar(value, scale, cells, CIRCLE, terminal), terminal.unicode))


def test_a_scale_has_all_finite_values_and_0() -> None:
    assert scale_of(np.array([0.5, 2.0])) == (0.0, 2.0)
    assert scale_of(np.array([-0.5, -2.0, np.nan])) == (-2.0, 0.0)
    assert scale_of(np.array([np.inf, -1.0, 3.0])) == (-1.0, 3.0)
    assert scale_of(np.array([np.nan])) == (0.0, 0.0)


def test_to_the_right_in_eighths_of_a_cell() -> None:
    assert [text(eighths / 8.0, (0.0, 2.0), 2) for eighths in (0, 1, 8, 11, 16)] == ["  ", "▏ ", "█ ", "█▍", "██"]
    assert [text(part, (0.0, 2.0), 2, ASCII) for part in (0.4, 1.0, 2.0)] == ["  ", "# ", "##"]


def test_what_is_negative_goes_to_the_left_of_where_the_others_begin() -> None:
    assert text(-1.0, (-1.0, 3.0), 8, BARE) == "██      "
    assert text(3.0, (-1.0, 3.0), 8, BARE) == "  ██████"
    assert text(-0.25, (-1.0, 3.0), 8, BARE) == " ▐      "
    assert text(-1.0, (-1.0, 3.0), 8, ASCII) == "##      "
    assert text(-1.0, (-1.0, 0.0), 3) == "███"
    begun = [ink.reverse for sign, ink in bar(-0.25, (-1.0, 3.0), 8, CIRCLE, UTF8) if sign == "▌"]
    assert begun == [True], "the rest of the cell is what is painted"


@pytest.mark.parametrize("value", [0.0, 1e-300, -1e-9, 5.0, -1e308, np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("scale", [(0.0, 0.0), (-1.0, 0.0), (0.0, 1e-300), (-1e308, 1e308), (-1e-9, 1e9)])
def test_no_bar_leaves_its_cells(value: float, scale: tuple[float, float]) -> None:
    for terminal in FACES:
        for cells in (2, 5, 20):
            assert width_of(bar(value, scale, cells, CIRCLE, terminal)) == cells
            assert terminal.unicode or text(value, scale, cells, terminal).isascii()

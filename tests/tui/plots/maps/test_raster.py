"""Levels as rows of cells: runs, halves, and the signs laid over them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.plots.maps.raster import field_ground, halves, height_ground, paint
from tui.plots.rows import CROSS, TEXT, Ink, Span
from tui.terminal import Depth, Detail, Terminal

LEVELS = st.lists(st.lists(st.integers(-3, 3), min_size=7, max_size=7), min_size=4, max_size=4)
SIGNS = st.dictionaries(st.integers(-1, 8), st.sampled_from("x○"), max_size=5)


def ground(upper: int, lower: int) -> Span:
    """A ground whose ink says which two levels it is of."""
    return " " if upper == lower else "▀", Ink(str(upper), str(lower))


@given(LEVELS, SIGNS, SIGNS)
def test_every_cell_has_its_two_levels_or_the_sign_over_them(
    levels: list[list[int]], first: dict[int, str], second: dict[int, str]
) -> None:
    signs = [{column: (sign, CROSS) for column, sign in row.items()} for row in (first, second)]
    rows = paint(np.array(levels), signs, ground)
    assert len(rows) == 2
    for line, row in enumerate(rows):
        cells = [(sign, ink) for text, ink in row for sign in text]
        assert len(cells) == 7
        for column, (sign, ink) in enumerate(cells):
            empty, under = ground(levels[2 * line][column], levels[2 * line + 1][column])
            laid = signs[line].get(column)
            assert (sign, ink) == ((empty, under) if laid is None else (laid[0], CROSS._replace(bg=under.bg)))
        assert all(one[1] != two[1] for one, two in pairwise(row)), "runs of one ink are one span"


def test_one_row_of_levels_a_line_has_no_halves() -> None:
    assert paint(np.array([[1, 1, 2]]), [{}], ground) == [(("  ", Ink("1", "1")), (" ", Ink("2", "2")))]
    assert paint(np.zeros((1, 2), dtype=int), [{1: ("x", TEXT)}], lambda *_: (" ", TEXT)) == [((" x", TEXT),)]


@pytest.mark.parametrize("depth", [Depth.TRUE, Depth.C256])
def test_the_upper_level_is_the_upper_half_and_the_lower_one_the_ground(depth: Depth) -> None:
    terminal = Terminal(depth, True, detail=Detail.FINE)
    field, heights = field_ground(16, terminal), height_ground(32, terminal)
    assert field(3, -5) == ("▀", Ink("field+3", "field-5"))
    assert heights(3, 5) == ("▀", Ink("height3", "height5"))
    assert (field(3, 3), heights(5, 5)) == ((" ", Ink(None, "field+3")), (" ", Ink(None, "height5")))


def test_a_cell_has_halves_where_there_are_shades_and_a_sign_for_them() -> None:
    assert [halves(Terminal(depth, True, detail=Detail.FINE)) for depth in Depth] == [True, True, False, False]
    assert not halves(Terminal(Depth.TRUE, unicode=False, detail=Detail.FINE))
    assert not halves(Terminal(Depth.TRUE, True, detail=Detail.PLAIN))

"""Levels painted as rows of cells, with signs laid over them; two levels in a cell where a terminal has half blocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np

from engine.replay.program import Array
from tui.plots.colours.palette import height_shade, shade
from tui.plots.rows import Ink, Overlay, Row, Span
from tui.terminal import Detail, Terminal

Ground = Callable[[int, int], Span]
"""An empty cell of two levels, the upper and the lower: its glyph, and an ink whose `bg` is the ground of a sign."""

_PAIR = 1 << 16  # more than there are levels
_UPPER_HALF = "▀"


def halves(terminal: Terminal) -> bool:
    """Whether a cell is painted in two halves, which takes shades as grounds and a sign that Unicode has."""
    return terminal.detail is Detail.FINE and terminal.unicode and terminal.shaded


def paint(levels: Array, signs: Overlay, ground: Ground) -> list[Row]:
    """A row of cells for each of `signs`; `levels` (H, W), top row first, has one row for each of them, or two."""
    upper = levels[::2] if len(levels) > len(signs) else levels
    lower = levels[1::2] if len(levels) > len(signs) else levels
    lines, width = upper.shape
    keys = (upper + _PAIR) * 2 * _PAIR + lower + _PAIR
    laid = [
        (line * width + column, sign)
        for line, row in enumerate(signs)
        for column, sign in row.items()
        if 0 <= column < width
    ]
    keys.flat[[place for place, _ in laid]] = -1 - np.arange(len(laid))  # a run of its own for each sign
    begins = np.ones(keys.shape, dtype=bool)
    begins[:, 1:] = keys[:, 1:] != keys[:, :-1]
    starts = np.flatnonzero(begins)
    found: list[list[Span]] = [[] for _ in range(lines)]
    numbers = (starts // width, keys[begins], upper[begins], lower[begins], np.diff(starts, append=keys.size))
    for line, key, above, below, cells in zip(*(each.tolist() for each in numbers), strict=True):
        glyph, ink = ground(above, below)
        text, spans = glyph * cells, found[line]
        if key < 0:
            text, (fg, bg, bold, reverse) = laid[-1 - key][1]
            ink = Ink(fg, bg or ink.bg, bold, reverse)
        if spans and spans[-1][1] == ink:
            text = spans.pop()[0] + text
        spans.append((text, ink))
    return [tuple(spans) for spans in found]


@cache
def field_ground(of: int, terminal: Terminal) -> Ground:
    """The ground of a field of `of` shades a side, of levels -`of` to `of`."""
    return cache(partial(_field, of, terminal))


@cache
def height_ground(of: int, terminal: Terminal) -> Ground:
    """The ground of a height of levels 0 to `of` - 1, -1 where it is no number; blank where there are no shades."""
    return cache(partial(_height, of, terminal))


def _field(of: int, terminal: Terminal, upper: int, lower: int) -> Span:
    above, below = shade(upper, of, terminal), shade(lower, of, terminal)
    return (below.glyph, Ink(below.fg, below.bg)) if above == below else (_UPPER_HALF, Ink(above.bg, below.bg))


def _height(of: int, terminal: Terminal, upper: int, lower: int) -> Span:
    above, below = height_shade(upper, of, terminal), height_shade(lower, of, terminal)
    return (" ", Ink(None, below)) if above == below else (_UPPER_HALF, Ink(above, below))

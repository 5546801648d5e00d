"""Levels painted as rows of cells, with signs laid over them; two levels in a cell where a terminal has half blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise

import numpy as np

from engine.replay.program import Array
from tui.plots.palette import height_shade, shade
from tui.plots.rows import Ink, Row, Span
from tui.terminal import Depth, Detail, Terminal

Signs = Sequence[Mapping[int, Span]]
"""For each row of cells, from the top, the signs laid over it by column."""
Ground = Callable[[int, int], Span]
"""An empty cell of two levels, the upper and the lower: its glyph, and an ink whose `bg` is the ground of a sign."""

_PAIR = 1 << 16  # more than there are levels
_UPPER_HALF = "▀"


def halves(terminal: Terminal) -> bool:
    """Whether a cell is painted in two halves, which takes shades as grounds and a sign that Unicode has."""
    return terminal.detail is Detail.FINE and terminal.unicode and terminal.depth in (Depth.TRUE, Depth.C256)


def paint(levels: Array, signs: Signs, ground: Ground) -> list[Row]:
    """A row of cells for each of `signs`; `levels` (H, W), top row first, has one row for each of them, or two."""
    upper = levels[::2] if len(levels) > len(signs) else levels
    lower = levels[1::2] if len(levels) > len(signs) else levels
    pairs = (upper + _PAIR) * 2 * _PAIR + lower + _PAIR
    changes = pairs[:, 1:] != pairs[:, :-1]
    return [
        _row(upper[line].tolist(), lower[line].tolist(), (np.flatnonzero(changes[line]) + 1).tolist(), laid, ground)
        for line, laid in enumerate(signs)
    ]


def _row(upper: list[int], lower: list[int], changes: list[int], signs: Mapping[int, Span], ground: Ground) -> Row:
    width = len(upper)
    edges = {0, width, *changes}
    for column in signs:
        edges.update((column, column + 1))
    spans: list[Span] = []
    for start, stop in pairwise(sorted(edge for edge in edges if 0 <= edge <= width)):
        glyph, ink = ground(upper[start], lower[start])
        if (sign := signs.get(start)) is None:
            spans.append((glyph * (stop - start), ink))
        else:
            spans.append((sign[0], sign[1]._replace(bg=ink.bg)))
    return tuple(spans)


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

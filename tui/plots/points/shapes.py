"""Shapes in pixels, the parts of cells: discs, crosses, plates, brackets; and the glyphs that cells of pixels are."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import cache

import numpy as np

from engine.replay.program import Array, Mask

_STROKE, _BROAD = 0.25, 0.45  # half the breadth of a cross's strokes, in halves of its width

# By the bits of a cell's pixels, row by row.
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


class Grid(Enum):
    """What a cell is divided into, (columns, rows) of pixels, and so the glyphs there are: a letter, or quadrants."""

    LETTERS = (1, 1)
    QUADRANTS = (2, 2)


def glyph(pixels: Sequence[bool]) -> str:
    """The glyph of a cell in which these of its four quadrants are on, row by row."""
    return _QUADRANTS[sum(on << bit for bit, on in enumerate(pixels))]


@cache
def disc(width: int, height: int) -> Mask:
    """A disc (height, width), round where its pixels fill a square."""
    inside: Mask = _offsets(width) ** 2 + _offsets(height)[:, None] ** 2 <= 1.0
    return inside


@cache
def cross(width: int, height: int, broad: bool = False) -> Mask:
    """A diagonal cross (height, width) from corner to corner; a broad one for pixels that are letters."""
    off = np.abs(np.abs(_offsets(width)) - np.abs(_offsets(height))[:, None])
    inside: Mask = off <= (_BROAD if broad else _STROKE)
    return inside


@cache
def plate(width: int, height: int, crossed: bool) -> tuple[Mask, Mask]:
    """A plate for a sign of that size, a pixel higher above and below, without corners for a disc: first with a smaller
    sign cut out of it, then whole.
    """
    cut = cross(width - 2, height) if crossed else disc(2 * round(width / 3), height)
    margin = (width - cut.shape[1]) // 2
    whole = np.ones((height + 2, width), dtype=bool)
    whole[[0, 0, -1, -1], [0, -1, 0, -1]] = crossed
    return whole & np.pad(~cut, ((1, 1), (margin, margin)), constant_values=True), whole


def ring(sign: Mask, crossed: bool) -> Mask:
    """A sign's ground and a pixel more on each side, without corners for a disc: the sign over it is in a ring."""
    height, width = sign.shape
    whole = np.ones((height + 2, width + 2), dtype=bool)
    whole[[0, 0, -1, -1], [0, -1, 0, -1]] = crossed
    return whole


@cache
def bracket(height: int) -> Mask:
    """A left bracket, two pixels wide: the outer one, and at the ends the inner one."""
    shape = np.zeros((height, 2), dtype=bool)
    shape[1:-1, 0] = shape[[0, -1], 1] = True
    return shape


def grown(shape: Mask) -> Mask:
    """The shape and what lies beside it, a pixel larger on each side."""
    height, width = shape.shape
    around = np.zeros((height + 2, width + 2), dtype=bool)
    for down, across in ((0, 1), (1, 0), (1, 1), (1, 2), (2, 1)):
        around[down : down + height, across : across + width] |= shape
    return around


def _offsets(pixels: int) -> Array:
    """How far the middle of each pixel lies from the middle of all, whose ends are at -1 and 1."""
    middles: Array = (2 * np.arange(pixels) + 1) / pixels - 1
    return middles

"""Contour lines: the dots in which a height over two axes passes round values, and where the values are set into them.

NumPy only, no terminal; a cell is 2 dots wide and 4 high, as braille has it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.replay.program import Array, Mask
from tui.plots.cells import stroke

_APART = 0.6  # of the picture: a line that is so long has its value twice


def finer(heights: Array) -> Array:
    """Heights (J, I) at the centres of squares, the same at the four dots of each (2·J, 2·I): straight between them."""
    for axis in (0, 1):
        if heights.shape[axis] < 2:
            heights = np.repeat(heights, 2, axis)
            continue
        padding = [(1, 1) if each == axis else (0, 0) for each in (0, 1)]
        with np.errstate(all="ignore"):
            wide = np.moveaxis(np.pad(heights, padding, mode="reflect", reflect_type="odd"), axis, 0)
            pairs = 0.25 * wide[:-2] + 0.75 * wide[1:-1], 0.75 * wide[1:-1] + 0.25 * wide[2:]
        heights = np.moveaxis(np.stack(pairs, axis=1).reshape(-1, *wide.shape[1:]), 0, axis)
    return heights


def contours(heights: Array, values: Sequence[float]) -> Array:
    """Which line runs through each dot of heights (J, I): n + 1 for that of the nth value, from the lowest; 0: none.

    Between two neighbouring dots on different sides of a value, the one that is nearer to it is on its line, as on the
    line m = 0: one dot wide whichever way it runs. Where several values lie between them it is that of the highest.
    """
    found = np.zeros(heights.shape, dtype=int)
    if not values:
        return found
    ordered, known = np.array(values), np.isfinite(heights)
    above = np.searchsorted(ordered, heights, side="right")
    for here, there in (
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
    ):
        crossed = np.maximum(above[here], above[there])
        passed = (above[here] != above[there]) & known[here] & known[there]
        with np.errstate(all="ignore"):
            value = ordered[np.maximum(crossed, 1) - 1]
            nearer = np.abs(heights[here] - value) <= np.abs(heights[there] - value)
        np.maximum(found[here], np.where(passed & nearer, crossed, 0), out=found[here])
        np.maximum(found[there], np.where(passed & ~nearer, crossed, 0), out=found[there])
    return found


def strokes(cells: Mask, heights: Array) -> list[dict[int, str]]:
    """Contour lines in ASCII: for each row of `cells` (J, I) a stroke in those that a line runs through, at a right
    angle to the way up over the `heights` (J, I); both from the top.
    """
    with np.errstate(all="ignore"):
        across, up = (
            np.gradient(heights, axis=axis) if heights.shape[axis] > 1 else np.zeros_like(heights) for axis in (1, 0)
        )
    return [
        {
            column: stroke(float(up[line, column]), float(across[line, column]))
            for column in np.flatnonzero(row).tolist()
        }
        for line, row in enumerate(cells)
    ]


def owned(lines: Array) -> Array:
    """Which contour line runs through each cell (J, I), of dots (4·J, 2·I) as `contours` finds them: its number, 0
    where none does, -1 where there are several.
    """
    height, width = lines.shape[0] // 4, lines.shape[1] // 2
    dots = lines.reshape(height, 4, width, 2)
    high: Array = dots.max(axis=(1, 3))
    several = ((dots > 0) & (dots != high[:, None, :, None])).any(axis=(1, 3))
    return np.where(several, -1, high)


def labels(cells: Array, texts: Sequence[str], taken: Mask) -> list[tuple[int, int, int]]:
    """Where the values of contour lines stand, as (line, column, n): the nth of `texts` between two blanks, the first
    of which is there, in its own line, out of the way of all others and of cells that are `taken` (J, I).

    `cells` (J, I), from the top, is what `owned` says. It is the place nearest to the rising diagonal, so that the
    values stand in a row; a second one where the line goes on far from there; none where there is no room.
    """
    height, width = taken.shape
    free, found = ~taken, []
    down, right = np.mgrid[0:height, 0:width] / np.array([max(height - 1, 1), max(width - 1, 1)])[:, None, None]
    for number, text in enumerate(texts, 1):
        own, length = cells == number, len(text) + 2
        room = free & (own | (cells == 0))
        if length > width:
            continue
        fits = room[:, : width - length + 1].copy()
        for at in range(1, length):
            fits &= room[:, at : width - length + 1 + at]
        middle = slice(length // 2, length // 2 + fits.shape[1])
        fits &= own[:, middle]
        off = np.where(fits, np.abs(1.0 - down[:, middle] - right[:, middle]), np.inf)
        for _ in range(2):
            line, column = np.unravel_index(int(off.argmin()), off.shape)
            if off[line, column] == np.inf:
                break
            found.append((int(line), int(column), number - 1))
            free[line, column : column + length] = False
            away = np.hypot(down[:, middle] - down[line, column], right[:, middle] - right[line, middle][column])
            off[away < _APART] = np.inf
    return found


def joined(places: Array, drawn: Mask, dots: tuple[int, int]) -> Mask:
    """The dots (rows, columns) of straight lines from each of the places (K, 2), row and column, to the next, of those
    (K - 1,) that are `drawn`; what lies outside is left out.
    """
    found, most = np.zeros(dots, dtype=bool), 2 * max(dots)
    # A line that leaves the picture by miles costs no more than its dots.
    near = np.clip(places, -most, 2 * most)
    steps, near = np.diff(near, axis=0)[drawn], near[:-1][drawn]
    if not len(steps):
        return found
    counts = np.ceil(np.abs(steps).max(axis=1)).astype(int) + 1
    which = np.repeat(np.arange(len(steps)), counts)
    share = (np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)) / np.maximum(counts - 1, 1)[which]
    row, column = np.floor(near[which] + share[:, None] * steps[which] + 0.5).astype(int).T
    inside = (row >= 0) & (row < dots[0]) & (column >= 0) & (column < dots[1])
    found[row[inside], column[inside]] = True
    return found

"""The decision field in cells, and the line m = 0 in the dots between them. NumPy only, no terminal."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.autodiff.primitives import COLUMNS
from engine.replay.program import Array, Mask
from tui.plots.cells import Limits, dot_centres, stroke

Field = Callable[[Array, Array], Array]


def levels(m: Array, of: int) -> Array:
    """The shade of each cell: the sign of m times 1 to `of` by |σ(m) - 0.5|, in equal steps; 0 where m is 0 or no
    number. The scale is fixed, so a growing |m| is seen.
    """
    with np.errstate(all="ignore"):
        depth = np.minimum(np.floor(np.abs(COLUMNS.sigmoid(m) - 0.5) * 2.0 * of) + 1.0, of)
        shades: Array = np.nan_to_num(np.sign(m) * depth).astype(int)
    return shades


def one_side(m: Array) -> Array:
    """m over halves of cells, (2·height, width), both halves of a cell that the line m = 0 parts being of its middle.

    The line's sign has one ground: of one of the halves, it would lie on the same side of the line everywhere.
    """
    cells = m.reshape(-1, 2, m.shape[1])
    with np.errstate(all="ignore"):
        middle = cells.mean(axis=1, keepdims=True)
        parted = (cells[:, :1] > 0.0) != (cells[:, 1:] > 0.0)
    return np.where(parted & np.isfinite(middle), middle, cells).reshape(m.shape)


def zero_dots(field: Field, x: Limits, y: Limits, width: int, height: int, thin: bool = False) -> Mask:
    """Which dots of a (4·height, 2·width) grid, top row first, the line m = 0 runs through.

    It runs between two neighbouring dots of different sign. Both are on it, so any model's line comes out two dots
    wide, straight or not; a `thin` one has the dot nearer to zero alone.
    """
    m = field(dot_centres(x, width, 2), dot_centres(y, height, 4))[::-1]
    positive: Mask = m > 0.0
    distance = np.abs(m)
    on_line = np.zeros(m.shape, dtype=bool)
    for here, there in (
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
    ):
        crossing = (positive[here] != positive[there]) & np.isfinite(m[here]) & np.isfinite(m[there])
        nearer = distance[here] <= distance[there]
        on_line[here] |= crossing & nearer if thin else crossing
        on_line[there] |= crossing & ~nearer if thin else crossing
    return on_line


def broad(dots: Mask) -> Mask:
    """The dots and their neighbours to the right and below: what they draw, a dot wider."""
    wider = dots.copy()
    wider[1:] |= dots[:-1]
    wider[:, 1:] |= wider[:, :-1].copy()
    return wider


def sparse(dots: Mask) -> Mask:
    """The dots of every other column of cells: a line that is there, but faint whatever the colours."""
    kept: Mask = dots & (np.arange(dots.shape[1]) % 4 < 2)
    return kept


def strokes(dots: Mask, field: Field, x: Limits, y: Limits) -> list[dict[int, str]]:
    """The same line in ASCII: for each row of cells, a stroke `- / | \\` by the way the line runs there."""
    height, width = dots.shape[0] // 4, dots.shape[1] // 2
    cells: Mask = np.any(dots.reshape(height, 4, width, 2), axis=(1, 3))
    m = field(dot_centres(x, width, 1), dot_centres(y, height, 1))[::-1]
    with np.errstate(all="ignore"):
        across = np.gradient(m, axis=1) if width > 1 else np.zeros_like(m)
        up = -np.gradient(m, axis=0) if height > 1 else np.zeros_like(m)
    return [
        {
            int(column): stroke(float(-up[row, column]), float(across[row, column]))
            for column in np.flatnonzero(cells[row])
        }
        for row in range(height)
    ]

"""The decision field in cells, and the line m = 0 in the dots between them. NumPy only, no terminal."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.autodiff.primitives import COLUMNS
from engine.replay.program import Array, Mask
from tui.plots.cells import FLAT, Limits, dot_centres, stroke

_REACH = 1.25  # dots from the line, at most
_DASH, _DASH_DRAWN = 8, 4  # dots of a dash and its gap, and those drawn: in ASCII, every other row
_STEEP = 1.05  # from which on the dashes of a line are counted by rows: at 45° rounding must not decide it

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


def zero_dots(field: Field, x: Limits, y: Limits, width: int, height: int, dashed: bool = False) -> Mask:
    """Which dots of a (4·height, 2·width) grid, top row first, the line m = 0 runs through; `dashed`: with gaps.

    It runs between two neighbouring dots of different sign, and both are on it, straight or not; and so is what is as
    near to it, at a right angle, so that a steep line has no steps.
    """
    m = field(dot_centres(x, width, 2), dot_centres(y, height, 4))[::-1]
    positive, known = m > 0.0, np.isfinite(m)
    on_line = np.zeros(m.shape, dtype=bool)
    for here, there in (
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
    ):
        crossing = (positive[here] != positive[there]) & known[here] & known[there]
        on_line[here] |= crossing
        on_line[there] |= crossing
    if not on_line.any():
        return on_line
    rows, columns = np.nonzero(_beside(on_line))
    up, across = _slope(m, rows, columns, (1, 0)), _slope(m, rows, columns, (0, 1))
    with np.errstate(all="ignore"):
        near = on_line[rows, columns] | (np.abs(m[rows, columns]) <= _REACH * np.hypot(up, across))
        if dashed:
            near &= np.where(np.abs(across) > _STEEP * np.abs(up), rows, columns) % _DASH < _DASH_DRAWN
    on_line[rows, columns] = near
    return on_line


def _slope(m: Array, rows: NDArray[np.intp], columns: NDArray[np.intp], step: tuple[int, int]) -> Array:
    """How much m changes from dot to dot in a direction, at some of the dots."""
    last = m.shape[0] - 1, m.shape[1] - 1
    ahead = np.minimum(rows + step[0], last[0]), np.minimum(columns + step[1], last[1])
    behind = np.maximum(rows - step[0], 0), np.maximum(columns - step[1], 0)
    steps = ahead[0] - behind[0] + ahead[1] - behind[1]
    with np.errstate(all="ignore"):
        slope: Array = (m[ahead] - m[behind]) / steps
    return slope


def _beside(dots: Mask) -> Mask:
    """The dots and those beside them, across and down."""
    wider = dots.copy()
    wider[1:] |= dots[:-1]
    wider[:-1] |= dots[1:]
    wider[:, 1:] |= dots[:, :-1]
    wider[:, :-1] |= dots[:, 1:]
    return wider


def broad(dots: Mask) -> Mask:
    """The dots and their neighbours to the right and below: what they draw, a dot wider."""
    wider = dots.copy()
    wider[1:] |= dots[:-1]
    wider[:, 1:] |= wider[:, :-1].copy()
    return wider


def strokes(dots: Mask, field: Field, x: Limits, y: Limits) -> list[dict[int, str]]:
    """The same line in ASCII: a stroke `- / | \\` by the way the line runs there, one in each row of cells, or in each
    column where it is flat.
    """
    height, width = dots.shape[0] // 4, dots.shape[1] // 2
    cells: Mask = np.any(dots.reshape(height, 4, width, 2), axis=(1, 3))
    m = field(dot_centres(x, width, 1), dot_centres(y, height, 1))[::-1]
    with np.errstate(all="ignore"):
        across = np.gradient(m, axis=1) if width > 1 else np.zeros_like(m)
        up = -np.gradient(m, axis=0) if height > 1 else np.zeros_like(m)
        flat = np.abs(across) < FLAT * np.abs(up)
    cells &= np.where(flat, _nearest(cells, m, 0), _nearest(cells, m, 1))
    return [
        {
            int(column): stroke(float(-up[row, column]), float(across[row, column]))
            for column in np.flatnonzero(cells[row])
        }
        for row in range(height)
    ]


def _nearest(cells: Mask, m: Array, axis: int) -> Mask:
    """Of cells side by side along an axis, those that are nearer to the line than both beside them."""
    away = np.where(cells & np.isfinite(m), np.abs(m), np.inf)
    beside = np.full_like(np.moveaxis(away, axis, 0), np.inf)
    along = np.moveaxis(away, axis, 0)
    before, after = beside.copy(), beside
    before[1:], after[:-1] = along[:-1], along[1:]
    nearest: Mask = np.moveaxis((along < before) & (along <= after), 0, axis)
    return nearest

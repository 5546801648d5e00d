"""Cells and the dots in them: where a value comes to lie, and the signs that dots and directions are drawn with."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.replay.program import Array, Mask

Limits = tuple[float, float]
FLAT = 0.4  # rows a column, below which a line is drawn as a flat one

# A braille cell is 2 dots wide and 4 high; which of its dots, counted down the columns, each bit of its code is.
_BITS = np.array([0, 1, 2, 4, 5, 6, 3, 7])


def cell_centres(limits: Limits, cells: int) -> Array:
    """Where the centres of `cells` lie between the limits: the first on the lower, the last on the upper, as plotext
    places points.
    """
    return np.linspace(limits[0], limits[1], cells)


def dot_centres(limits: Limits, cells: int, dots: int) -> Array:
    """The centres of `dots` in each of `cells`, in the same coordinates; the outer dots lie outside the limits."""
    place = (np.arange(cells * dots) + 0.5) / dots - 0.5
    return limits[0] + (limits[1] - limits[0]) * place / max(cells - 1, 1)


def dashes(
    segments: Iterable[tuple[float, float, float, float]], x: Limits, y: Limits, width: int, height: int
) -> Mask:
    """Which dots dashed segments (x1, y1, x2, y2) run through: three dots drawn, two left out, from the first end."""
    dots = np.zeros((4 * height, 2 * width), dtype=bool)
    for x1, y1, x2, y2 in segments:
        columns = dot_place(np.array([x1, x2]), x, width, 2)
        rows = dot_place(np.array([y1, y2]), y, height, 4)
        if not (np.isfinite(columns).all() and np.isfinite(rows).all()):
            continue
        # A segment that leaves the plot by miles still costs no more than the plot's own dots.
        steps = int(min(max(np.ptp(columns), np.ptp(rows)), 8 * (width + height))) + 1
        column = _nearest_dot(np.linspace(columns[0], columns[1], steps), 2 * width)
        row = _nearest_dot(np.linspace(rows[0], rows[1], steps), 4 * height)
        shown = (column >= 0) & (column < 2 * width) & (row >= 0) & (row < 4 * height) & (np.arange(steps) % 5 < 3)
        dots[4 * height - 1 - row[shown], column[shown]] = True
    return dots


def place_of(values: Array, limits: Limits, cells: int) -> Array:
    """Where each value lies, in cells from the middle of the first; off the plot at most a plot's length."""
    with np.errstate(over="ignore"):  # so far off a narrow plot that it is infinitely many plots away
        place = (values - limits[0]) / (limits[1] - limits[0])
    found: Array = (cells - 1) * np.clip(place, -1.0, 2.0)
    return found


def cell_of(values: Array, limits: Limits, cells: int) -> Array:
    """The index of the cell each value falls into, as plotext rounds; outside 0 … cells - 1 for values off the plot."""
    return np.floor(0.5 + place_of(values, limits, cells)).astype(int)


def braille(dots: Mask) -> list[dict[int, str]]:
    """For each row of cells, the braille character of each column that has a dot."""
    height, width = dots.shape[0] // 4, dots.shape[1] // 2
    cells = dots.reshape(height, 4, width, 2).transpose(0, 2, 3, 1).reshape(height, width, 8)
    codes = np.packbits(cells[..., _BITS], axis=-1, bitorder="little")[..., 0]
    found: list[dict[int, str]] = [{} for _ in range(height)]
    rows, columns = np.nonzero(codes)
    for row, column, code in zip(rows.tolist(), columns.tolist(), codes[rows, columns].tolist(), strict=True):
        found[row][column] = chr(0x2800 + code)
    return found


def is_braille(sign: str) -> bool:
    """Whether a character is a cell of dots."""
    return "\u2800" <= sign <= "\u28ff"


def both(sign: str, other: str) -> str:
    """The dots of two braille characters in one."""
    return chr(ord(sign) | ord(other))


def stroke(across: float, up: float) -> str:
    """The ASCII stroke nearest to a direction given in cells."""
    if abs(up) < FLAT * abs(across):
        return "-"
    if abs(across) < FLAT * abs(up):
        return "|"
    return "/" if across * up > 0.0 else "\\"


def _nearest_dot(places: Array, dots: int) -> Array:
    """The index of the dot nearest to each place; -1 and `dots` for all that is off the plot, however far."""
    return np.floor(np.clip(places, -1.0, dots) + 0.5).astype(int)


def dot_place(values: Array, limits: Limits, cells: int, dots: int) -> Array:
    """Where each value lies, in dots from the middle of the first, of so many in each of `cells`."""
    with np.errstate(all="ignore"):
        place = (values - limits[0]) / (limits[1] - limits[0]) * max(cells - 1, 1)
        return (place + 0.5) * dots - 0.5

"""The way of a curve over the cells of a plot: no more corners than it takes, through the marks on it. NumPy only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from engine.replay.program import Array, Mask

Indices = np.ndarray[Any, np.dtype[np.int_]]
Path = tuple[Array, Array]
"""Columns and rows, counted from the lower left cell, in cells and parts of them."""
Corner = tuple[float, float]

_ERROR = 1 / 16  # cells: a quarter of a braille dot
_HALVINGS = 30
_ROUNDING = 1e-6  # dots: a place half-way between two that was rounded to a bit less
_ON = 1 / 10  # cells: no farther from a curve, a mark lies on it


def parted(of: Callable[[Array], Array], x: Array, least: float) -> Path:
    """A function's places and values at `x`, and at both sides of each jump or pole between, with nan between these.

    Looked for where two neighbours are more than `least` apart: halved again and again, a jump stays as high as it was.
    """
    y = of(x)
    with np.errstate(all="ignore"):
        at = np.flatnonzero(np.abs(np.diff(y)) > least)
        (low, high), (under, over) = (x[at], x[at + 1]), (y[at], y[at + 1])
        for _ in range(_HALVINGS if len(at) else 0):
            middle = low + (high - low) / 2.0
            value = of(middle)
            right = np.abs(over - value) > np.abs(value - under)
            low, under = np.where(right, middle, low), np.where(right, value, under)
            high, over = np.where(right, high, middle), np.where(right, over, value)
        broken = ~(np.abs(over - under) < 0.5 * np.abs(y[at + 1] - y[at]))
    places = np.repeat(at[broken] + 1, 3)
    across = np.stack([low, low, high], axis=1)[broken]
    up = np.stack([under, np.full(len(at), np.nan), over], axis=1)[broken]
    return np.insert(x, places, across.ravel()), np.insert(y, places, up.ravel())


def runs(columns: Array, rows: Array, inside: Mask, corner: Corner, most: int) -> list[Path]:
    """A curve in pieces, without what is not `inside`, each thinned to `most` places; one that leaves the plot goes on
    to its edge. `corner`: its last column and row.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
    found = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        kept = np.linspace(start, stop - 1, min(stop - start, most)).astype(int)
        ends = [_edge(columns, rows, *pair, corner) for pair in ((start, start - 1), (stop - 1, stop))]
        parts = zip(ends[0], (columns[kept], rows[kept]), ends[1], strict=True)
        across, up = (np.concatenate(part) for part in parts)
        found.append((across, up))
    return found


def _edge(columns: Array, rows: Array, inner: int, outer: int, corner: Corner) -> Path:
    """Where the way from an inner place to the next one, an outer one, leaves the plot upwards or downwards."""
    none, (right, top) = np.array([]), corner
    if not 0 <= outer < len(rows) or not np.isfinite(rows[outer]) or 0.0 <= rows[outer] <= top:
        return none, none
    edge = top if rows[outer] > top else 0.0
    share = (edge - rows[inner]) / (rows[outer] - rows[inner])
    across = columns[inner] + share * (columns[outer] - columns[inner])
    return (np.array([across]), np.array([edge])) if 0.0 <= across <= right else (none, none)


def treads(path: Path) -> list[Path]:
    """Each value of a run held until the next one: level pieces with nothing between them."""
    columns, rows = path
    starts = np.concatenate([[0], np.flatnonzero(np.diff(rows)) + 1])
    stops = np.append(starts[1:], len(rows) - 1)
    return [(columns[[start, stop]], rows[[start, start]]) for start, stop in zip(starts, stops, strict=True)]


def smooth(path: Path, marks: Path) -> Path:
    """The corners of a run between which it is straight, and the marks that lie on it: the curve goes through their
    very cells, not through the next ones because of how its pieces are rounded.
    """
    columns, rows = path
    pinned = [0, len(columns) - 1]
    if len(columns) > 1 and len(marks[0]) and (np.diff(columns) > 0.0).all():
        across, up = marks
        on = (across > columns[0]) & (across < columns[-1])
        on &= np.abs(np.interp(across, columns, rows) - up) < _ON
        order = np.argsort(across[on])
        across, up = across[on][order], up[on][order]
        at = np.searchsorted(columns, across)
        columns, rows = np.insert(columns, at, across), np.insert(rows, at, up)
        pinned = [0, *(at + np.arange(len(at))).tolist(), len(columns) - 1]
    kept = _corners(columns, rows, pinned)
    return columns[kept], rows[kept]


def dot_of(places: Array, dots: int) -> Indices:
    """The dots, so many of a cell, that places fall into, counted from the edge of the first cell."""
    return np.floor((places + 0.5) * dots + _ROUNDING).astype(int)


def centres(places: Array, dots: int) -> Array:
    """The centres of the dots, so many of a cell, that places fall into: half-way between two there is one answer."""
    centres: Array = (dot_of(places, dots) + 0.5) / dots - 0.5
    return centres


def _corners(x: Array, y: Array, pinned: list[int]) -> list[int]:
    """The pinned places and those between which the line is straight: it is cut where it is farthest off until it is.

    The algorithm of Ramer, Douglas and Peucker, with distances taken along y.
    """
    corners, stretches = set(pinned), list(pairwise(pinned))
    while stretches:
        ends = first, last = stretches.pop()
        if last - first < 2:
            continue
        between = slice(first + 1, last)
        off = np.abs(y[between] - np.interp(x[between], x[[*ends]], y[[*ends]]))
        farthest = first + 1 + int(off.argmax())
        if off[farthest - first - 1] > _ERROR:
            corners.add(farthest)
            stretches += [(first, farthest), (farthest, last)]
    return sorted(corners)

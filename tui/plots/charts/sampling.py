"""A function sampled for a picture: to the very ends of where it is defined, at its jumps and poles, and filled where
it turns more often than the columns can show. NumPy only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from engine.replay.program import Array, Mask
from scenarios.intervals import FARTHEST
from tui.plots.cells import Limits, cell_centres
from tui.plots.charts.curves import Path, parted

Of = Callable[[Array], Array]

_EACH = 4  # samples of a column
_HALVINGS = 30
_LONE = 1e-6  # distances of two samples: what is defined on less of the axis is no curve
_HIGH = 3.0  # times the spread of the values: what is higher may be on its way to a pole
_POLE = 1e3  # times the values around: so large only a pole makes them
_BESIDE = 6  # places beside a break that are looked at
_WINDOW, _TURNS = 12, 5  # so many turns in so many samples, three columns, are more than can be told apart
_FINE = 64  # samples of a column that is filled


class Curve(NamedTuple):
    """The places and values of a function, with nan where it breaks off, and between which values it is shown: what
    lies further out is on its way to a pole. Without a value, `limits` is None.
    """

    x: Array
    y: Array
    limits: Limits | None


def curve(of: Of, ends: Limits, columns: int, rows: int) -> Curve:
    """A function between two places, for a picture of so many cells."""
    with np.errstate(all="ignore"):
        return _curve(lambda at: np.where(np.isfinite(values := of(at)), values, np.nan), ends, columns, rows)


def _curve(of: Of, ends: Limits, columns: int, rows: int) -> Curve:
    x = np.linspace(*ends, _EACH * columns)
    values = of(x)
    known = np.isfinite(values)
    alone = known[1:-1] & ~known[:-2] & ~known[2:]
    alone = np.concatenate([[known[0] and not known[1]], alone, [known[-1] and not known[-2]]])
    finite = np.clip(values[known & ~alone], -FARTHEST, FARTHEST)
    if not len(finite):
        return Curve(x, values, None)
    spread = np.subtract(*np.quantile(finite, [0.95, 0.05])) or np.ptp(finite)
    if (crowded := _crowded(values, columns)).any():
        path = _filled(of, ends, crowded)
        return Curve(*path, _limits(finite, finite[:0], _has_pole(path, spread)))
    peaks = _even_poles(of, x, values, spread)
    x, reached = _to_ends(of, np.sort(np.concatenate([x, peaks])), 3.0 * spread)
    path = parted(of, x, spread / rows)
    return Curve(*path, _limits(finite, reached, len(peaks) > 0 or _has_pole(path, spread)))


def _even_poles(of: Of, x: Array, y: Array, spread: float) -> Array:
    """Where between the places the function has a pole to both sides of which it goes the same way, as 1/x^2 at 0."""
    size, sign = np.nan_to_num(np.abs(y), nan=0.0), np.sign(y)
    inner = size[1:-1]
    highest = (inner >= size[:-2]) & (inner >= size[2:]) & (inner > _HIGH * spread) & (sign[:-2] == sign[2:])
    at = 1 + np.flatnonzero(highest)
    low, high = x[at - 1], x[at + 1]
    for _ in range(2 * _HALVINGS if len(at) else 0):
        thirds = low + (high - low) / 3.0, high - (high - low) / 3.0
        left, right = (np.nan_to_num(np.abs(of(third)), nan=np.inf) for third in thirds)
        low, high = np.where(left < right, thirds[0], low), np.where(left < right, high, thirds[1])
    places = (low + high) / 2.0
    poles: Array = places[~(np.abs(of(places)) < _POLE * size[at])]
    return poles


def _to_ends(of: Of, x: Array, far: float) -> Path:
    """The places with those where the function begins or ends among them, as nearly as it matters, and without those
    on which alone it is defined; and the values it comes to at its ends, none that is `far` from those beside it.
    """
    known = np.isfinite(of(x))
    at = np.flatnonzero(known[1:] != known[:-1])
    inner, outer = np.where(known[at], x[at], x[at + 1]), np.where(known[at], x[at + 1], x[at])
    first = halfway = of(inner)
    for halving in range(_HALVINGS if len(at) else 0):
        middle = (inner + outer) / 2.0
        defined = np.isfinite(of(middle))
        inner, outer = np.where(defined, middle, inner), np.where(defined, outer, middle)
        if halving == _HALVINGS // 2:
            halfway = of(inner)
    last = of(inner)
    settled = (np.abs(last - halfway) <= 0.5 * np.abs(halfway - first)) & (np.abs(last - first) <= far)
    places, defined = np.insert(x, at + 1, inner), np.insert(known, at + 1, True)
    return places[~_lone(places, defined, _LONE * (x[1] - x[0]))], last[settled]


def _lone(places: Array, defined: Mask, least: float) -> Mask:
    """Which are defined, and lie on less of the axis than `least` between others that are not."""
    lone = np.zeros(len(places), dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], defined.astype(int), [0]])))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        lone[start:stop] = places[stop - 1] - places[start] < least
    return lone


def _has_pole(path: Path, spread: float) -> bool:
    """Whether it grows beyond all bounds where it breaks off."""
    size = np.abs(path[1])
    at = np.flatnonzero(np.isnan(size))
    for side in (-1, 1):
        # One of the samples beside it may lie on the pole but for rounding.
        there = at[:, None] + side * np.arange(1, _BESIDE)
        near = np.where((there >= 0) & (there < len(size)), size[np.clip(there, 0, len(size) - 1)], np.nan)
        if (near[:, 0] > _POLE * np.maximum(np.fmin.reduce(near, axis=1), spread)).any():
            return True
    return False


def _limits(values: Array, reached: Array, pole: bool) -> Limits:
    """The range of what is shown. A pole does not flatten the rest: beside the middle half one and a half times as much
    on each side; without one, what is rare does not: at most the middle nine tenths, thrice as wide.
    """
    low, high = float(values.min()), float(values.max())
    share, times = (0.25, 1.5) if pole else (0.05, 3.0)
    inner_low, inner_high = (float(value) for value in np.quantile(values, [share, 1.0 - share]))
    spread = times * (inner_high - inner_low)
    if 0.0 < spread < high - low:
        low, high = max(low, inner_low - spread), min(high, inner_high + spread)
    return min([low, *reached.tolist()]), max([high, *reached.tolist()])


def around(limits: Iterable[Limits | None], marks: Iterable[float], ends: Iterable[float]) -> Limits:
    """What a picture of curves shows: all their limits, the marks, and of other ends those that are not far off."""
    known, marks = [each for each in limits if each is not None], list(marks)
    values = [*(value for each in known for value in each), *marks] or [-1.0, 1.0]
    low, high = min(values), max(values)
    reach = 3.0 * (high - low)
    near = [value for value in ends if low - reach <= value <= high + reach]
    return min([low, *near]), max([high, *near])


def _crowded(values: Array, columns: int) -> Mask:
    """Of each column, whether the function turns there more often than can be told apart."""
    ways = np.sign(np.diff(values))
    turns = np.concatenate([[False], ways[1:] * ways[:-1] < 0.0, [False]])
    if len(turns) < _WINDOW:
        return np.zeros(columns, dtype=bool)
    near = np.convolve(turns, np.ones(_WINDOW), mode="same")
    found: Mask = near.reshape(columns, _EACH).max(axis=1) >= _TURNS
    return found


def _filled(of: Of, ends: Limits, crowded: Mask) -> Path:
    """Four places of each column: where it is crowded up and down between the lowest and the highest value there. In
    runs with one place in common, each so short that all of it is drawn.
    """
    columns = len(crowded)
    x, fine = cell_centres(ends, _EACH * columns), cell_centres(ends, _FINE * columns)
    y, values = of(x), of(fine).reshape(columns, _FINE)
    each = y.reshape(columns, _EACH)
    finite = np.isfinite(values)
    filled = crowded & finite.any(axis=1)
    each[filled, 0::2] = np.where(finite, values, np.inf).min(axis=1)[filled, None]
    each[filled, 1::2] = np.where(finite, values, -np.inf).max(axis=1)[filled, None]
    ends_of_runs = np.arange(columns, _EACH * columns, columns).repeat(2)
    breaks = np.tile([np.nan, 0.0], len(ends_of_runs) // 2)
    return np.insert(x, ends_of_runs, x[ends_of_runs - 1]), np.insert(y, ends_of_runs, y[ends_of_runs - 1] + breaks)

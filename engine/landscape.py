"""The loss seen along a parameter: where it is lowest, and where the fewest points are wrong. By values alone, so that
it holds for every model and every loss.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from engine.evaluate import errors_along, losses_along
from engine.problem import Parameters, Problem
from engine.replay import Array, Mask

_POINTS = 1_000_000  # point losses computed at a time
_FINEST = 1e-8  # of the range: below it lies the rounding of the losses


def count_along(problem: Problem, most: int) -> int:
    """How many values of a parameter to look at: `most`, and fewer where the points are very many."""
    return max(min(_POINTS // len(problem.data), most), 25)


@lru_cache(maxsize=64)
def least_along(
    problem: Problem, parameters: Parameters, index: int, low: float, high: float
) -> tuple[float, float] | None:
    """The value of parameter `index` from `low` to `high` at which L is lowest, the others as given, and L there.

    Right to about a ten-millionth of the range. The middle, where L is level at its lowest; the first of several lowest
    places; None where no loss in the range is a finite number.
    """

    def losses(values: Array) -> Array:
        found = losses_along(problem, parameters, index, values)
        return np.where(np.isfinite(found), found, np.inf)

    values = first = np.linspace(low, high, count_along(problem, 201))
    found = at_first = losses(values)
    while True:
        best = int(found.argmin())
        value, least = float(values[best]), float(found[best])
        before, behind = float(values[max(best - 1, 0)]), float(values[min(best + 1, len(values) - 1)])
        if least == np.inf or behind - before <= _finest(low, high):
            break
        values = np.linspace(before, behind, _count_between(problem))
        found = losses(values)
    if least == np.inf:
        return None
    if (at_first <= least).any():
        value = sum(_stretch(lambda each: losses(each) <= least, first, at_first <= least, problem)) / 2.0
    return value, least


@lru_cache(maxsize=64)
def fewest_along(
    problem: Problem, parameters: Parameters, index: int, low: float, high: float
) -> tuple[int, float, float]:
    """The fewest errors that parameter `index` leaves from `low` to `high`, the others as given, and the ends of the
    widest stretch in which it leaves no more.
    """
    values = np.linspace(low, high, count_along(problem, 1601))
    errors = errors_along(problem, parameters, index, values)
    fewest = int(errors.min())

    def holds(values: Array) -> Mask:
        few: Mask = errors_along(problem, parameters, index, values) == fewest
        return few

    return fewest, *_stretch(holds, values, errors == fewest, problem)


def _stretch(holds: Callable[[Array], Mask], values: Array, found: Mask, problem: Problem) -> tuple[float, float]:
    """The ends of the widest stretch of `values` in which something holds, given what was `found` at them."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], found.astype(int), [0]])))
    starts, stops = edges[::2], edges[1::2] - 1
    widest = int((stops - starts).argmax())
    finest, count = _finest(float(values[0]), float(values[-1])), _count_between(problem)
    ends = (starts[widest], max(starts[widest] - 1, 0)), (stops[widest], min(stops[widest] + 1, len(values) - 1))
    first, last = (_edge(holds, float(values[here]), float(values[out]), finest, count) for here, out in ends)
    return first, last


def _edge(holds: Callable[[Array], Mask], inside: float, outside: float, finest: float, count: int) -> float:
    """The last value on the way from `inside` to `outside` for which something holds, to `finest`."""
    while abs(outside - inside) > finest:
        values = np.linspace(inside, outside, count)
        broken = np.flatnonzero(~holds(values[1:]))
        if not len(broken):
            return outside
        first = int(broken[0])
        inside, outside = float(values[first]), float(values[first + 1])
    return inside


def _finest(low: float, high: float) -> float:
    return max(_FINEST * (high - low), 8.0 * float(np.spacing(max(abs(low), abs(high)))))


def _count_between(problem: Problem) -> int:
    """Few values at a time where each costs much; many where the call itself costs most."""
    return max(min(_POINTS // 50 // len(problem.data), 41), 5)

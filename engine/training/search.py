"""The loss seen along a parameter, over two, or along a direction: where it is lowest, and where the fewest points are
wrong. By values alone, so that it holds for every model and every loss.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from engine.replay.program import Array, Mask
from engine.training.evaluate import errors_along, losses_along, losses_at, losses_over
from engine.training.evaluators import evaluator
from engine.training.problem import Parameters, Problem

_POINTS, _POINTS_EAGER = 1_000_000, 2_000  # point losses computed at a time: replayed, or one by one
_FINEST = 1e-8  # of the range: below it lies the rounding of the losses
_CLOSEST = 1e-6  # four decimals of a parameter are shown, however wide the range
_NEAR = 1e-3  # of the range: what is lowest nearer to its beginning is looked for again, closer by
_LARGEST = sys.float_info.max
_AROUND, _FEWEST_LOOKS, _MOST_LOOKS = 7, 8, 60  # places a side, and how often they are looked at


def count_along(problem: Problem, most: int) -> int:
    """How many values of a parameter to look at: `most`, and fewer where the points are very many."""
    return max(min(_points(problem) // len(problem.data), most), 25)


def _points(problem: Problem) -> int:
    return _POINTS_EAGER if evaluator(problem).reason else _POINTS


@lru_cache(maxsize=64)
def least_along(
    problem: Problem, parameters: Parameters, index: int, low: float, high: float
) -> tuple[float, float] | None:
    """The value of parameter `index` from `low` to `high` at which L is lowest, the others as given, and L there.

    Right to about a ten-millionth of the range, of a wide range to a millionth, as far as rounding lets it. The middle,
    where L is level at its lowest; the first of several lowest places; None where no loss in the range is a finite
    number.
    """

    def losses(values: Array) -> Array:
        return losses_along(problem, parameters, index, values)

    return _least(losses, _places(low, high, count_along(problem, 201)), problem, _CLOSEST)


@lru_cache(maxsize=64)
def level_along(
    problem: Problem, parameters: Parameters, index: int, low: float, high: float, most: float
) -> tuple[float, float] | None:
    """The ends of the widest stretch of parameter `index` from `low` to `high` in which L is `most` or less, the others
    as given; None where it is too narrow to be found among the values that are looked at.
    """
    return _level(
        lambda values: losses_along(problem, parameters, index, values),
        _places(low, high, count_along(problem, 201)),
        most,
        problem,
    )


def level_towards(
    problem: Problem, parameters: Parameters, direction: Parameters, reach: float, most: float
) -> tuple[float, float] | None:
    """The same of the t from 0 to `reach` at which L at `parameters` + t·`direction` is `most` or less."""
    return _level(
        lambda distances: losses_towards(problem, parameters, direction, distances),
        _places(0.0, reach, count_along(problem, 101)),
        most,
        problem,
    )


def losses_towards(problem: Problem, parameters: Parameters, direction: Parameters, distances: Array) -> Array:
    """L at `parameters` + t·`direction` for each t of `distances` (K,); shape (K,)."""
    with np.errstate(all="ignore"):
        places = np.array(parameters) + distances[:, None] * np.array(direction)
    return losses_at(problem, places)


@lru_cache(maxsize=16)
def best_towards(
    problem: Problem, parameters: Parameters, direction: Parameters, reach: float
) -> tuple[float, float, float] | None:
    """The t from 0 on at which L at `parameters` + t·`direction` is lowest, L there, and how far was looked: twice
    `reach`, and while L still falls there twice as far again, up to a million times. 0.0 where no t is found that
    lowers L; None where no loss is finite.
    """

    def losses(distances: Array) -> Array:
        return losses_towards(problem, parameters, direction, distances)

    reach = min(reach, _LARGEST / 4.0)
    farthest = min(reach * 2.0**20, _LARGEST / 4.0)
    here, further = losses(np.array([reach, 2.0 * reach])).tolist()
    while further < here and reach < farthest:
        reach *= 2.0
        here, further = further, float(losses(np.array([2.0 * reach]))[0])
    reach *= 2.0
    present = float(losses(np.zeros(1))[0])
    # Near 0 also closer together: where the reach is far too long, a valley there is narrow.
    close = reach * np.geomspace(1e-6, 1.0, count_along(problem, 51))
    places = np.union1d(_places(0.0, reach, count_along(problem, 101)), close[:-1])
    found = _least(losses, places, problem)
    if found is not None and found[0] < _NEAR * reach:
        near = min(100.0 * _lower(losses, present, reach), reach)
        nearer = _least(losses, _places(0.0, near, count_along(problem, 101)), problem)
        found = min(found, nearer or found, key=lambda each: each[1])
    while found is not None and 0.0 < found[0] < reach / 8.0:
        # Between 0 and there may be a lower valley that is narrow beside the reach.
        closer = _least(losses, _places(0.0, 4.0 * found[0], count_along(problem, 101)), problem)
        if closer is None or closer[1] >= found[1]:
            break
        found = closer
    if found is not None and found[1] >= present:
        found = 0.0, present
    return None if found is None else (*found, reach)


def _lower(losses: Callable[[Array], Array], present: float, distance: float) -> float:
    """The first of a distance, a hundredth of it, a ten-thousandth … at which a loss is lower than the present one; 0.0
    where there is none before the distance itself comes to 0.
    """
    while distance > 0.0 and not float(losses(np.array([distance]))[0]) < present:
        distance /= 100.0
    return distance


def _least(
    losses: Callable[[Array], Array], values: Array, problem: Problem, closest: float = math.inf
) -> tuple[float, float] | None:
    """Where a loss is lowest between the first and the last of `values`, looking narrower and narrower round the lowest
    of them, to `closest` and a part of the range at the least, and the loss there.
    """

    def finite(values: Array) -> Array:
        found = losses(values)
        return np.where(np.isfinite(found), found, np.inf)

    first, finest, width = values, _finest(float(values[0]), float(values[-1])), math.inf
    found = at_first = finite(values)
    while True:
        best = int(found.argmin())
        value, least = float(values[best]), float(found[best])
        before, behind = float(values[max(best - 1, 0)]), float(values[min(best + 1, len(values) - 1)])
        finest = max(min(finest, closest), 8.0 * math.ulp(value))
        if least == np.inf or not finest < behind - before < width:
            break
        width = behind - before
        values = _places(before, behind, _count_between(problem))
        found = finite(values)
    if least == np.inf:
        return None
    if (at_first <= least).any():
        start, end = _stretch(lambda each: finite(each) <= least, first, at_first <= least, problem)
        value = min(max(start / 2.0 + end / 2.0, start), end)
    return value, least


def least_over(
    problem: Problem,
    parameters: Parameters,
    indices: tuple[int, int],
    start: tuple[float, float],
    steps: tuple[float, float],
    ranges: tuple[tuple[float, float], tuple[float, float]],
) -> tuple[tuple[float, float], float]:
    """The values of parameters i and j of `indices` at which L is lowest near `start`, as far as `steps` from it at
    first, the others as given and both within their `ranges`, and L there.

    Looked for narrower and narrower, to a millionth of a range; not at all where the points are so many that this would
    take longer than a picture. Where nothing near is lower, that is `start`.
    """
    at = tuple(min(max(value, low), high) for value, (low, high) in zip(start, ranges, strict=True))
    least = float(losses_over(problem, parameters, indices, *(np.array([value]) for value in at))[0, 0])
    looks = min(_points(problem) // (_AROUND * _AROUND * len(problem.data)), _MOST_LOOKS)
    for _ in range(looks if looks >= _FEWEST_LOOKS else 0):
        if steps[0] < _CLOSEST * (ranges[0][1] - ranges[0][0]):
            break
        near = [
            np.unique(np.clip(np.linspace(value - step, value + step, _AROUND), *range_))
            for value, step, range_ in zip(at, steps, ranges, strict=True)
        ]
        losses = losses_over(problem, parameters, indices, *near)
        losses = np.where(np.isfinite(losses), losses, np.inf)
        line, column = np.unravel_index(int(losses.argmin()), losses.shape)
        inside = bool(0 < line < len(near[1]) - 1 and 0 < column < len(near[0]) - 1)
        if losses[line, column] < least:
            at, least = (float(near[0][column]), float(near[1][line])), float(losses[line, column])
        else:
            inside = True
        if inside:  # otherwise it is further on
            steps = steps[0] / 3.0, steps[1] / 3.0
    return (at[0], at[1]), least


@lru_cache(maxsize=64)
def fewest_along(
    problem: Problem, parameters: Parameters, index: int, low: float, high: float
) -> tuple[int, float, float]:
    """The fewest errors that parameter `index` leaves from `low` to `high`, the others as given, and the ends of the
    widest stretch in which it leaves no more.
    """
    values = _places(low, high, count_along(problem, 1601))
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


def _level(
    losses: Callable[[Array], Array], values: Array, most: float, problem: Problem
) -> tuple[float, float] | None:
    def holds(values: Array) -> Mask:
        low: Mask = losses(values) <= most
        return low

    found = holds(values)
    return _stretch(holds, values, found, problem) if found.any() else None


def _edge(holds: Callable[[Array], Mask], inside: float, outside: float, finest: float, count: int) -> float:
    """The last value on the way from `inside` to `outside` for which something holds, to `finest`."""
    width = math.inf
    while finest < abs(outside - inside) < width:
        width = abs(outside - inside)
        values = _places(inside, outside, count)
        broken = np.flatnonzero(~holds(values[1:]))
        if not len(broken):
            return outside
        first = int(broken[0])
        inside, outside = float(values[first]), float(values[first + 1])
    return inside


def _places(low: float, high: float, count: int) -> Array:
    """`count` values from `low` to `high`, evenly; also where from one to the other is more than a float can hold."""
    if math.isfinite(high - low):
        return np.linspace(low, high, count)
    return 2.0 * np.linspace(low / 2.0, high / 2.0, count)


def _finest(low: float, high: float) -> float:
    width = min(abs(high - low), _LARGEST)
    return max(_FINEST * width, 8.0 * math.ulp(max(abs(low), abs(high))))


def _count_between(problem: Problem) -> int:
    """Few values at a time where each costs much; many where the call itself costs most."""
    return max(min(_points(problem) // 50 // len(problem.data), 41), 5)

"""Where a function has no value: the holes in its curve, and where it has one again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.autodiff import numeric
from engine.derivative.breaks import divisors, zero
from engine.derivative.study import Study
from engine.symbolic import columns

_STEPS = (1e-3, 1e-4, 1e-5)  # beside a hole: with smaller ones, what rounding makes of f would be taken for f
_CLOSE = 1e-3  # of its values: how near they come to each other on the two sides
_LOOKS = 400  # places in which a divisor goes through 0
_MOST = 20  # of these that are looked at: of a divisor with more, the holes could not be told apart
_NEAREST, _GROWTH, _FARTHEST = 1e-3, 1.2, 1e3  # the steps to places with a value


@dataclass(frozen=True, slots=True)
class Hole:
    """A place at which f is not defined, though it comes to the same value, `limit`, from both sides."""

    place: float
    limit: float


@dataclass(frozen=True, slots=True)
class Begin:
    """Where f has values again: from `place` on, itself among them if `included`, upwards (`way` 1) or down (-1)."""

    place: float
    way: int
    included: bool


@lru_cache(maxsize=128)
def hole_at(f: Study, values: tuple[float, ...], by: int) -> Hole | None:
    """The hole of f along argument `by` at `values`; None where there is none."""
    x = values[by]
    if f(*values) is not None:
        return None
    sides = []
    for step in _STEPS:
        step *= max(1.0, abs(x))
        left, right = (f(*numeric.replaced(values, by, x + shift)) for shift in (-step, step))
        if left is None or right is None:
            return None
        sides.append((left, right))
    (left, right), (before, _), limit = sides[0], sides[1], sum(sides[-1]) / 2.0
    size = _CLOSE * max(1.0, abs(limit))
    apart = abs(sides[-1][0] - sides[-1][1])
    settled = abs(sum(sides[1]) / 2.0 - limit) <= size and abs(before - limit) <= 10.0 * size
    return Hole(x, round(limit, 4) + 0.0) if settled and apart <= min(0.2 * abs(left - right) + 1e-9, size) else None


@lru_cache(maxsize=64)
def holes(f: Study, values: tuple[float, ...], by: int, low: float, high: float) -> tuple[Hole, ...]:
    """The holes of f along argument `by` between two places, the others as in `values`: where it divides by 0."""
    places = np.linspace(low, high, _LOOKS)
    found = {values[by]}
    for divisor in divisors(f.expression):
        there = {name: np.full(len(places), value) for name, value in zip(f.names, values, strict=True)}
        signs = np.sign(columns(divisor, {**there, f.names[by]: places}))
        found |= set(places[signs == 0.0].tolist())
        for at in np.flatnonzero(signs[:-1] * signs[1:] < 0.0)[:_MOST].tolist():
            if (place := zero(f, divisor, values, by, (float(places[at]), float(places[at + 1])))) is not None:
                found |= {round(place, 9) + 0.0, place}
    known = (hole_at(f, numeric.replaced(values, by, place), by) for place in sorted(found) if low <= place <= high)
    return tuple(hole for hole in known if hole is not None)


@lru_cache(maxsize=64)
def begin(f: Study, values: tuple[float, ...], by: int) -> Begin | None:
    """Where f has values again, along argument `by`, if it has none at `values` and to both sides of it; the nearer one
    if there are two. None where nothing near has a value, or what is next to it has one.
    """

    def defined(place: float) -> bool:
        return f(*numeric.replaced(values, by, place)) is not None

    x = values[by]
    step = _NEAREST * max(1.0, abs(x))
    if defined(x - step) or defined(x) or defined(x + step):
        return None
    while step < _FARTHEST * max(1.0, abs(x)):
        outer = step * _GROWTH
        for way in (1, -1):
            if defined(x + way * outer):
                return _begin(defined, x + way * step, x + way * outer, way)
        step = outer
    return None


def _begin(defined: Callable[[float], bool], outside: float, inside: float, way: int) -> Begin | None:
    """The end of what is defined between a place that is not and one that is; a round number where it is that one."""
    while abs(inside - outside) > 1e-12 * max(1.0, abs(inside)):
        middle = (inside + outside) / 2.0
        inside, outside = (middle, outside) if defined(middle) else (inside, middle)
    place = round(inside, 9) + 0.0
    beside = 1e-8 * max(1.0, abs(place))
    if not defined(place + way * beside) or defined(place - way * beside):
        return None
    return Begin(place, way, defined(place))

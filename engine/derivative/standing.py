"""How the central difference stands to the slope of the tangent, at one ε and at all others that can be chosen."""

from __future__ import annotations

import math
from enum import Enum
from functools import lru_cache

from engine.autodiff import numeric
from engine.derivative.study import Methods, Study, three_ways

SERIES: tuple[float, ...] = (*(float(f"{digit}e-{power}") for power in range(15, 0, -1) for digit in (1, 2, 5)), 1.0)
"""Each ε that can be chosen, from the smallest."""


class Standing(Enum):
    """How the secant stands to the tangent, and what another ε would make of it."""

    AGREES = "they agree"
    SHRINK = "they agree at a smaller ε; what keeps them apart is no rounding"
    CLOSER = "a smaller ε brings them closer, none together"
    ENLARGE = "a larger ε brings them closer: rounding shows at this one"
    APART = "no other ε brings them much closer"


@lru_cache(maxsize=128)
def standing(f: Study, values: tuple[float, ...], by: int, epsilon: float) -> Standing | None:
    """How the central difference with this ε stands to the derivative by symbols; None where that has no number.

    Where there is no central difference, only another ε can help.
    """
    found = three_ways(f, values, by, epsilon)
    if found.symbols is None:
        return None
    if found.central is not None and agree(found.central, found.symbols):
        return Standing.AGREES
    exact = found.symbols
    smaller, larger = _gaps(f, values, by, epsilon, exact)
    now = math.inf if found.central is None else abs(found.central - exact)
    at_smaller, at_larger = (any(agree(exact + gap, exact) for gap in side) for side in (smaller, larger))
    nearer_by_chance = at_larger and larger[0] < now and not (smaller and smaller[-1] <= now)
    if at_smaller and not (at_larger and (nearer_by_chance or now <= _rounding(found, values[by], epsilon))):
        return Standing.SHRINK
    if at_larger:
        return Standing.ENLARGE
    below, above = min(smaller, default=math.inf), min(larger, default=math.inf)
    if min(below, above) >= now / 2.0:
        return Standing.APART
    return Standing.CLOSER if below <= above else Standing.ENLARGE


def _rounding(found: Methods, x: float, epsilon: float) -> float:
    """What rounding of the two values of f, and of the two places, can make of the central difference."""
    values = [abs(value) for _, value in (found.left, found.right) if value is not None]
    return (2.0 * math.ulp(max(values, default=0.0)) + abs(found.symbols or 0.0) * math.ulp(x)) / epsilon


def next_is_worse(f: Study, values: tuple[float, ...], by: int, epsilon: float, way: int) -> bool:
    """Whether with the next ε of the series, smaller (-1) or larger (1), the secant is farther from the tangent."""
    found = three_ways(f, values, by, epsilon)
    if found.symbols is None:
        return False
    smaller, larger = _gaps(f, values, by, epsilon, found.symbols)
    now = math.inf if found.central is None else abs(found.central - found.symbols)
    following = smaller[-1:] if way < 0 else larger[:1]
    return not following or following[0] > now


def _gaps(
    f: Study, values: tuple[float, ...], by: int, epsilon: float, exact: float
) -> tuple[list[float], list[float]]:
    """How far from the slope the central differences are with each smaller ε of the series, and with each larger."""
    smaller, larger = (
        [math.inf if central is None else abs(central - exact) for central in side]
        for side in others(f, values, by, epsilon)
    )
    return smaller, larger


def agree(central: float, exact: float) -> bool:
    """Whether they differ by no more than 1e-5 of them, or, near 0, than 1e-9."""
    return abs(central - exact) <= max(1e-5 * abs(exact), 1e-9)


def others(
    f: Study, values: tuple[float, ...], by: int, epsilon: float
) -> tuple[list[float | None], list[float | None]]:
    """The central differences with each smaller ε of the series, and with each larger one; None where there is none."""
    known = _centrals(f, values, by)
    smaller = [central for at, central in known if at < epsilon * (1 - 1e-9)]
    return smaller, [central for at, central in known if at > epsilon * (1 + 1e-9)]


@lru_cache(maxsize=64)
def _centrals(f: Study, values: tuple[float, ...], by: int) -> tuple[tuple[float, float | None], ...]:
    def central(epsilon: float) -> float | None:
        left, right = (f(*numeric.moved(values, by, shift)) for shift in (-epsilon, epsilon))
        found = math.inf if left is None or right is None else (right - left) / (2 * epsilon)
        return found if math.isfinite(found) else None

    return tuple((epsilon, central(epsilon)) for epsilon in SERIES)


def misplaced(values: tuple[float, ...], by: int, epsilon: float) -> bool:
    """Whether floats are so far apart at the point that A or B is the point itself, or their distance is not 2ε, by
    more than a tenth.
    """
    x = values[by]
    left, right = x - epsilon, x + epsilon
    return x in (left, right) or abs((right - left) / (2 * epsilon) - 1.0) > 0.1

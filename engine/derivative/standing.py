"""How the central difference stands to the slope of the tangent, at one ε and at all others that can be chosen."""

from __future__ import annotations

import math
from enum import Enum
from functools import lru_cache

from engine.autodiff import numeric
from engine.derivative.study import Study, three_ways

SERIES: tuple[float, ...] = (*(float(f"{digit}e-{power}") for power in range(15, 0, -1) for digit in (1, 2, 5)), 1.0)
"""Each ε that can be chosen, from the smallest."""


class Standing(Enum):
    """How the secant stands to the tangent, and what another ε would make of it."""

    AGREES = "they agree"
    SHRINK = "they agree at a smaller ε"
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
    smaller, larger = (
        [math.inf if central is None else abs(central - exact) for central in side]
        for side in others(f, values, by, epsilon)
    )
    if any(agree(exact + gap, exact) for gap in smaller):
        return Standing.SHRINK
    if any(agree(exact + gap, exact) for gap in larger):
        return Standing.ENLARGE
    now = math.inf if found.central is None else abs(found.central - exact)
    below, above = min(smaller, default=math.inf), min(larger, default=math.inf)
    if min(below, above) >= now / 2.0:
        return Standing.APART
    return Standing.CLOSER if below <= above else Standing.ENLARGE


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

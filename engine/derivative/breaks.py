"""Where a function has no single slope: its kinks, its jumps, and where it divides by 0."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.autodiff import numeric
from engine.autodiff.primitive import UNDEFINED, Primitive
from engine.derivative.study import Study, three_ways
from engine.symbolic.expression import Expression, postorder, value

_NEAR = 1e-13  # so near to a place is its side: well below any ε, and far above the rounding of numbers about 1
_LOOKS = 16  # places on each side of the point: an operation that goes over and back between two of them is not seen


@dataclass(frozen=True, slots=True)
class Break:
    """A place where f has no derivative.

    `left` and `right`: the slopes on its sides at a kink, the values of f there at a jump; `jump`: which of the two.
    """

    place: float
    left: float
    right: float
    jump: bool


@lru_cache(maxsize=128)
def break_within(f: Study, values: tuple[float, ...], by: int, epsilon: float) -> Break | None:
    """The kink or jump of f along argument `by` that is nearest to `values`, a kink less than ε away, a
    jump at most; None where there is none.

    Found where an operation that has one, such as relu, goes over from one of its formulas to the other; whether f has
    one there too is told by its values.
    """
    x = values[by]
    switching = [node for node in postorder(f.expression, lambda node: node.inputs) if _switches(node)]
    if not switching:
        # A kink without such an operation, as that of sqrt(x^2), is one where the rules have no slope either.
        rough = f(*values) is not None and three_ways(f, values, by, epsilon).symbols is None
        return _at(f, values, by) if rough else None
    here = _formulas(f, switching, values)
    if here is None:
        return None
    if 0.0 in here and (found := _at(f, values, by)) is not None:
        return found
    found_at = []
    for end in (x - epsilon, x + epsilon):
        place = _change(f, switching, values, by, end)
        if place is None or (found := _at(f, numeric.replaced(values, by, place), by)) is None:
            continue
        if found.jump or abs(found.place - x) < epsilon:  # a kink that an end touches leaves the difference as it is
            found_at.append(found)
    return min(found_at, key=lambda found: abs(found.place - x), default=None)


@lru_cache(maxsize=128)
def pole_within(f: Study, values: tuple[float, ...], by: int, epsilon: float) -> float | None:
    """A place less than ε from `values` along argument `by` where f is not defined because it divides by 0 there: one
    where a part that f divides by changes its sign. None where no such place is found.
    """
    x = values[by]
    ends = [(x + shift, f.parts(*numeric.moved(values, by, shift))) for shift in (-epsilon, epsilon)]
    (low, left), (high, right) = ends
    if left is None or right is None:
        return None
    for divisor in divisors(f.expression):
        if left[divisor] * right[divisor] < 0.0:
            return zero(f, divisor, values, by, (low, high))
    return None


def divisors(expression: Expression) -> list[Expression]:
    """The parts that it divides by."""
    return [part for node in postorder(expression, lambda node: node.inputs) for part in _divisors(node)]


def _divisors(node: Expression) -> list[Expression]:
    """What a node divides by, and the parts of a product or a power there: of 1/x², x too."""
    if not isinstance(node.head, Primitive):
        return []
    if node.head.name == "div":
        below = node.inputs[1]
    elif node.head.name == "pow" and isinstance(node.inputs[1].head, float) and node.inputs[1].head < 0.0:
        below = node.inputs[0]
    else:
        return []
    found = [below]
    for part in found:
        if isinstance(part.head, Primitive) and part.head.name in ("mul", "pow", "abs"):
            found += part.inputs[: 2 if part.head.name == "mul" else 1]
    return found


def zero(f: Study, part: Expression, values: tuple[float, ...], by: int, ends: tuple[float, float]) -> float | None:
    """Where between the ends a part of f goes through 0; None where it leaps over it, or has no value on the way."""

    def at(place: float) -> float:
        return value(part, dict(zip(f.names, numeric.replaced(values, by, place), strict=True)))

    try:
        largest = max(abs(at(end)) for end in ends)
        place = _halved(lambda there: at(there) > 0.0, *ends)
        return place if abs(at(place)) < 1e-6 * largest else None
    except UNDEFINED:
        return None


def _switches(node: Expression) -> bool:
    return isinstance(node.head, Primitive) and node.head.switch is not None


def _formulas(f: Study, switching: list[Expression], values: tuple[float, ...]) -> tuple[float, ...] | None:
    """Which formula each switching operation takes: the sign of its number there; None where f has no value."""
    known = f.parts(*values)
    if known is None:
        return None
    signs = []
    for node in switching:
        assert isinstance(node.head, Primitive)
        assert node.head.switch is not None
        number = node.head.switch(*(known[entry] for entry in node.inputs))
        signs.append(math.copysign(1.0, number) if number else 0.0)
    return tuple(signs)


def _change(f: Study, switching: list[Expression], values: tuple[float, ...], by: int, end: float) -> float | None:
    """The first place on the way to `end` where an operation goes over to another formula; None where none does."""

    def there(place: float) -> tuple[float, ...] | None:
        return _formulas(f, switching, numeric.replaced(values, by, place))

    x = values[by]
    start, before = x, there(x)
    if before is not None and 0.0 in before:  # the point itself is looked at already
        start = x + (end - x) / _LOOKS / 16
        before = there(start)
    for look in range(1, _LOOKS + 1):
        place = x + (end - x) * look / _LOOKS
        after = there(place)
        if before is None or after is None:
            return None
        if after != before:
            return _halved(there, start, place)
        start = place
    return None


def _halved(there: Callable[[float], object], low: float, high: float) -> float:
    """Where what is seen at `low` ends, between `low` and `high`, as closely as it matters."""
    seen = there(low)
    while abs(high - low) > max(4.0 * math.ulp(high), _NEAR / 100.0):
        middle = low + (high - low) / 2.0
        if there(middle) == seen:
            low = middle
        else:
            high = middle
    return high


def _at(f: Study, values: tuple[float, ...], by: int) -> Break | None:
    """The kink or the jump at this very place, not at one beside it that differences would reach too."""
    x = values[by]
    near = max(4.0 * math.ulp(x), _NEAR)
    sides = [numeric.replaced(values, by, x + shift) for shift in (-near, near)]
    if (slopes := sides_of_kink(f, values, by)) is not None:
        if _same(slopes, [three_ways(f, side, by, near).autodiff for side in sides]):
            return Break(x, *slopes, jump=False)
    elif (ends := sides_of_jump(f, values, by)) is not None and _same(ends, [f(*side) for side in sides]):
        return Break(x, *ends, jump=True)
    return None


def _same(found: Sequence[float], there: Sequence[float | None]) -> bool:
    size = max(map(abs, found))
    return all(
        other is not None and abs(value - other) <= 1e-2 * size for value, other in zip(found, there, strict=True)
    )


@lru_cache(maxsize=128)
def sides_of_kink(f: Study, values: tuple[float, ...], by: int) -> tuple[float, float] | None:
    """The slopes of f on the left and on the right of `values` in argument `by`, where f has a kink there; else None.

    By values alone: of a smooth function the slopes on both sides come together as the step shrinks, at a kink they
    stay as far apart as they were.
    """
    found = []
    for step in (1e-5, 1e-7):
        step *= max(1.0, abs(values[by]))
        left, here, right = _around(f, values, by, step)
        if left is None or here is None or right is None:
            return None
        found.append(((here - left) / step, (right - here) / step))
    (wide_left, wide_right), (left, right) = found
    apart = right - left
    if abs(apart) < 1e-3 * max(1.0, abs(left), abs(right)) or abs(wide_right - wide_left - apart) > 0.1 * abs(apart):
        return None
    return left, right


def _around(f: Study, values: tuple[float, ...], by: int, step: float) -> list[float | None]:
    """f a step to the left, here, and a step to the right."""
    return [f(*numeric.replaced(values, by, values[by] + shift)) for shift in (-step, 0.0, step)]


def sides_of_jump(f: Study, values: tuple[float, ...], by: int) -> tuple[float, float] | None:
    """The values of f on the left and on the right of `values` in argument `by`, where f jumps there; else None.

    By values alone: of a continuous function they come to that at the place as the step shrinks.
    """
    found = []
    for step in (1e-6, 1e-8):
        step *= max(1.0, abs(values[by]))
        left, here, right = _around(f, values, by, step)
        if left is None or right is None:
            return None
        apart = abs(left - right) if here is None else max(abs(left - here), abs(right - here))
        found.append((left, right, apart))
    (_, _, wide), (left, right, apart) = found
    size = max(abs(left), abs(right), apart)
    return (left, right) if apart > 1e-9 * size and abs(wide - apart) < 0.1 * apart else None

"""What is said where a function has no number or no slope, or the secant reaches over such a place.

The derive screen and `riserun derive` say it with the same words; `shrink` is what each has for "a smaller ε helps".
"""

from __future__ import annotations

import math

from engine.derivative.breaks import Break, break_within, pole_within
from engine.derivative.gaps import begin, hole_at
from engine.derivative.standing import Standing, misplaced, next_is_worse, others, standing
from engine.derivative.study import Methods, study
from engine.symbolic.lack import Lack
from scenarios.numbers import given, signed, small
from scenarios.screens.derive.function import beside
from scenarios.text import first_that_fits, key
from scenarios.workspace.view import EPSILONS, DeriveView

_NO_NUMBER = {
    Lack.UNDEFINED: "f is not defined",
    Lack.OVERFLOW: "f overflows",
    Lack.UNDERFLOW: "f underflows",
}
_WHY = {
    Lack.UNDEFINED: "",
    Lack.OVERFLOW: ": it needs a number over 1.8e+308, the largest a float can hold",
    Lack.UNDERFLOW: ": it needs a number so small that a float has only 0 for it",
}


def without_screen(derive: DeriveView, found: Methods) -> str:
    """Why there is no difference, or why it need not be the slope; "" where there is no reason, or f has no value."""
    shrink = "A smaller eps helps."
    if found.value is None:
        return ""
    if found.central is None:
        return no_difference(derive, found, shrink)
    near = break_within(study(derive.formula), derive.values, derive.by, derive.epsilon)
    if near is not None:
        return at_break(derive, near, found, shrink)
    apart = f"{floats_apart(derive, found)}." if misplaced(derive.values, derive.by, derive.epsilon) else ""
    return over_pole(derive, found) or apart


def no_number(why: Lack) -> str:
    """That f has no number, and in which way."""
    return _NO_NUMBER[why]


def because(why: Lack) -> str:
    """What follows that there is no number: after a colon, why; "" where there is nothing to add."""
    return _WHY[why]


def no_value(why: Lack, where: str) -> str:
    """That f has no value at its point, and why."""
    return first_that_fits(f"{no_number(why)} at {where}{because(why)}.", f"{no_number(why)} here{because(why)}.")


def no_value_here(derive: DeriveView, why: Lack, where: str) -> str:
    """The same, and the way to a value: of one argument, whether it is a hole and where f is defined."""
    f, go = study(derive.formula), f"Press {key('go')} to type a point there."
    told, move = no_value(why, where), "Move on with the arrows."
    if why is not Lack.UNDEFINED or len(f.names) > 1 or derive.hidden:
        return f"{told} {move}"
    if (hole := hole_at(f, derive.values, derive.by)) is not None:
        limit = given(hole.limit)
        return f"f has a hole at {where}: it is not defined there, but comes to {limit} from both sides. {move}"
    if (found := begin(f, derive.values, derive.by)) is None:
        return f"{told} {move}"
    place, up = f"{f.names[derive.by]} = {given(found.place)}", found.way > 0
    there = f"from {place} {'up' if up else 'down'}" if found.included else f"{'above' if up else 'below'} {place}"
    return f"{told} It is defined {there}. {go}"


def no_difference(derive: DeriveView, found: Methods, shrink: str) -> str:
    """No number at A or at B, or none for the rise over the run; and whether a smaller ε would help."""
    f = study(derive.formula)
    smaller, _ = others(f, derive.values, derive.by, derive.epsilon)
    more = shrink if any(central is not None for central in smaller) else "A smaller eps does not help."
    for sign, side, place in (("A", "left", found.left[0]), ("B", "right", found.right[0])):
        if (why := found.lacks.get(side)) is not None:
            so = f"so there is no central difference. {more}"
            where = f"at {sign}, {f.names[derive.by]} = {beside(derive, place)}"
            return first_that_fits(f"{no_number(why)} {where}, {so}", f"{no_number(why)} at {sign}, {so}")
    return f"Rise over run is too large for a float: the central difference overflows. {more}"


def at_break(derive: DeriveView, near: Break, found: Methods, shrink: str) -> str:
    """A kink or a jump at the point, or one beside it that the secant reaches over."""
    if near.place != derive.values[derive.by]:
        return _spanned(derive, near, found, shrink)
    return _at_jump(derive, near, found) if near.jump else _at_kink(near, found)


def floats_apart(derive: DeriveView, found: Methods) -> str:
    """Floats are too far apart at the point for this ε; without a full stop."""
    x, (a, _), (b, _) = derive.values[derive.by], found.left, found.right
    apart = f"A and B are {b - a:.3g} apart, not 2 eps = {2 * derive.epsilon:g}"
    so = "A and B are the point itself" if a == b else apart
    return f"Floats at {given(x)} are {math.ulp(x):.3g} apart, so {so}"


def _at_kink(kink: Break, found: Methods) -> str:
    """The slopes on both sides, and what the methods make of them."""
    left, right = (given(round(side, 4) + 0.0) for side in (kink.left, kink.right))
    assert found.central is not None
    mean = (kink.left + kink.right) / 2.0
    how = "averages" if abs(found.central - mean) < 1e-3 * max(1.0, abs(kink.left), abs(kink.right)) else "mixes"
    rule = "autodiff finds none" if found.autodiff is None else f"autodiff picks {signed(found.autodiff)} by convention"
    sides = f"{left} on the left, {right} on the right"
    return first_that_fits(
        f"A kink: no single slope here, {sides}. The central difference {how} them, {small(found.central)}; {rule}.",
        f"A kink: slope {sides}. The central difference {how} them, {small(found.central)}; {rule}.",
    )


def _at_jump(derive: DeriveView, jump: Break, found: Methods) -> str:
    """f is not even continuous: the difference measures the jump, over a run that may be as small as one likes."""
    left, right = (given(round(side, 4) + 0.0) for side in (jump.left, jump.right))
    assert found.central is not None
    smaller, _ = others(study(derive.formula), derive.values, derive.by, derive.epsilon)
    grows = bool(smaller) and all(
        after is not None and abs(after) > abs(before or 0.0)
        for before, after in zip([found.central, *reversed(smaller)], reversed(smaller), strict=False)
    )
    sides = f"{left} on the left, {right} on the right"
    if left == right:
        sides = f"{left} on both sides, {given(found.value or 0.0)} here"
    return (
        f"A jump: f is {sides}, so it has no derivative here. The central difference is {small(found.central)}"
        f"{' and grows as eps shrinks' if grows else ''}."
    )


def _spanned(derive: DeriveView, near: Break, found: Methods, shrink: str) -> str:
    """The secant reaches over a kink or a jump beside the point."""
    assert found.central is not None
    f = study(derive.formula)
    name = f.names[derive.by]
    what, where = "jump" if near.jump else "kink", given(round(near.place, 9) + 0.0)
    rule = f"; autodiff gives {small(found.autodiff)}" if found.autodiff is not None else ""
    helps = standing(f, derive.values, derive.by, derive.epsilon) is Standing.SHRINK and not next_is_worse(
        f, derive.values, derive.by, derive.epsilon, -1
    )
    does = "takes it in" if near.jump else "mixes both sides"
    rest = f"the central difference, {small(found.central)}, {does}{rule}.{f' {shrink}' if helps else ''}"
    return first_that_fits(
        f"The secant spans the {what} at {name} = {where}: {rest}", f"The secant spans the {what} at {where}: {rest}"
    )


def over_pole(derive: DeriveView, found: Methods) -> str:
    """The secant reaches over a place where f divides by 0; "" where it does not."""
    f, values, by, epsilon = study(derive.formula), derive.values, derive.by, derive.epsilon
    pole = pole_within(f, values, by, epsilon)
    if pole is None or found.central is None:
        return ""
    rule = f"; autodiff gives {small(found.autodiff)}" if found.autodiff is not None else ""
    near = abs(pole - values[by])
    beside = f" With eps below {given(float(f'{near:.3g}'))} it does not." if near > EPSILONS[0] else ""
    rest = f"{given(round(pole, 9) + 0.0)}, where f is not defined, lies between A and B: the central difference, "
    rest = f"{rest}{small(found.central)}, is no slope{rule}."
    return first_that_fits(f"{f.names[by]} = {rest}{beside}", f"{f.names[by]} = {rest}")

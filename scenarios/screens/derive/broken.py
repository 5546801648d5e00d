"""What is said where a function has no slope, or the secant reaches over such a place."""

from __future__ import annotations

from engine.derivative.breaks import Break, pole_within
from engine.derivative.standing import Standing, next_is_worse, others, standing
from engine.derivative.study import Methods, study
from scenarios.numbers import given, signed, small
from scenarios.text import first_that_fits, key
from scenarios.workspace.view import EPSILONS, DeriveView

_SMALLER = key("smaller_epsilon")


def at_kink(kink: Break, found: Methods) -> str:
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


def at_jump(derive: DeriveView, jump: Break, found: Methods) -> str:
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


def spanned(derive: DeriveView, near: Break, found: Methods) -> str:
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
    rest = (
        f"the central difference, {small(found.central)}, {does}{rule}."
        f"{f' Press {_SMALLER} to shrink eps.' if helps else ''}"
    )
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

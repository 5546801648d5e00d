"""The function of the derive screen at its point: as it is written, and its derivative three ways."""

from __future__ import annotations

import math

from engine import symbolic
from engine.autodiff.numeric import EpsilonError, replaced
from engine.derivative.study import Methods, errors_at, study, three_ways
from scenarios.numbers import given
from scenarios.workspace.view import DeriveView
from scenarios.workspace.workspace import Workspace

ROUNDING = 1e-12
"""Of the size of a slope or of f: what rounding may have made of 0."""

_LONGEST = 1e9  # places further out are written in six digits


def methods(derive: DeriveView) -> Methods:
    """All three methods at the point of the view, by its argument, with its ε."""
    return three_ways(study(derive.formula), derive.values, derive.by, derive.epsilon)


def slope(found: Methods) -> float | None:
    """The derivative by the rules, or by autodiff where they give none; 0 where autodiff finds 0 and the rules no more
    than rounding.
    """
    if found.symbols is None or found.autodiff is None:
        return found.autodiff if found.symbols is None else found.symbols
    rounding = ROUNDING * max(1.0, abs(found.value or 0.0))
    return 0.0 if found.autodiff == 0.0 and abs(found.symbols) <= rounding else found.symbols


def errors(derive: DeriveView) -> tuple[EpsilonError, ...]:
    """The differences' errors at the point of the view; () where there is no derivative to compare with."""
    return errors_at(study(derive.formula), derive.values, derive.by)


def at(workspace: Workspace) -> str:
    """The point in words: `x = 1`."""
    derive = workspace.view.derive
    names = study(derive.formula).names
    return ", ".join(f"{name} = {given(value)}" for name, value in zip(names, derive.values, strict=True))


def beside(derive: DeriveView, value: float) -> str:
    """A place ε from the point along its argument, in so many digits that the two can be told apart: `1.000001`."""
    if abs(value) >= _LONGEST:
        return given(value)
    digits = max(5, math.ceil(-math.log10(derive.epsilon)) + 1)
    text = f"{value:.{digits}f}".rstrip("0").removesuffix(".")
    return "0" if text == "-0" else text


def called(derive: DeriveView, place: str) -> str:
    """A call of f where its argument is at `place`, the others at the point: `f(0.5, 1)`."""
    return f"f({', '.join(replaced(tuple(map(given, derive.values)), derive.by, place))})"


def written(workspace: Workspace) -> str:
    """The function in a line, hidden in black-box mode: `f(x) = sin(2·x)`."""
    derive = workspace.view.derive
    f = study(derive.formula)
    shown = "?" if derive.hidden else symbolic.pretty(f.expression)
    return f"f({', '.join(f.names)}) = {shown}"

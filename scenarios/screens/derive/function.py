"""The function of the derive screen at its point: as it is written, and its derivative three ways."""

from __future__ import annotations

from engine import symbolic
from engine.autodiff.numeric import EpsilonError
from engine.derivative.study import Methods, errors_at, study, three_ways
from scenarios.numbers import given
from scenarios.workspace.view import DeriveView
from scenarios.workspace.workspace import Workspace


def methods(derive: DeriveView) -> Methods:
    """All three methods at the point of the view, by its argument, with its ε."""
    return three_ways(study(derive.formula), derive.values, derive.by, derive.epsilon)


def errors(derive: DeriveView) -> tuple[EpsilonError, ...]:
    """The differences' errors at the point of the view; () where there is no derivative to compare with."""
    return errors_at(study(derive.formula), derive.values, derive.by)


def at(workspace: Workspace) -> str:
    """The point in words: `x = 1.0000`."""
    derive = workspace.view.derive
    names = study(derive.formula).names
    return ", ".join(f"{name} = {given(round(value, 6))}" for name, value in zip(names, derive.values, strict=True))


def written(workspace: Workspace) -> str:
    """The function in a line, hidden in black-box mode: `f(x) = sin(2·x)`."""
    derive = workspace.view.derive
    f = study(derive.formula)
    shown = "?" if derive.hidden else symbolic.pretty(f.expression)
    return f"f({', '.join(f.names)}) = {shown}"

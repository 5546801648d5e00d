"""The number of the moment on the derive screen: what is drawn at the point, the secant, the tangent, or f alone."""

from __future__ import annotations

from engine.derivative.breaks import break_within
from engine.derivative.study import Methods, study
from scenarios.lesson import lesson
from scenarios.numbers import given, size, small
from scenarios.screens.derive.function import at, called, methods, slope
from scenarios.screens.story import Moment
from scenarios.workspace.view import Derived, DeriveView
from scenarios.workspace.workspace import Workspace


def moment(workspace: Workspace) -> Moment:
    """The secant's slope where one is drawn, and how far it is off where its digits are the tangent's; otherwise the
    derivative, where f' or a tangent is drawn; otherwise the value of f.
    """
    derive, where = workspace.view.derive, at(workspace)
    found = methods(derive)
    if derive.hidden:
        return Moment(f"secant at {where}", _told(found.central))
    if derive.shown is not Derived.FUNCTION:
        return _derivative(derive, found, where)
    if not (derive.secant or derive.tangent) or _surface_alone(workspace):
        what = called(derive, given(derive.values[derive.by]))
        return Moment(what, _told(found.value).removeprefix("+"))
    if not derive.secant or _at_break(derive):
        return _derivative(derive, found, where)
    tangent = slope(found) if derive.tangent else None
    if found.central is not None and tangent is not None and small(found.central) == small(tangent):
        return Moment("secant off by", size(found.central - tangent).replace("e-0", "e-"))
    return Moment(f"secant at {where}", _told(found.central))


def _surface_alone(workspace: Workspace) -> bool:
    """Whether a beat's words are of a surface, on which no line is drawn."""
    return len(workspace.view.derive.values) > 1 and bool(lesson.caption(workspace))


def _derivative(derive: DeriveView, found: Methods, where: str) -> Moment:
    names = study(derive.formula).names
    what = f"f'({given(derive.values[derive.by])})" if len(names) == 1 else f"df/d{names[derive.by]} at {where}"
    return Moment(what, _told(None if _at_break(derive) else slope(found)))


def _at_break(derive: DeriveView) -> bool:
    """Whether f has no single slope at the point."""
    near = break_within(study(derive.formula), derive.values, derive.by, derive.epsilon)
    return near is not None and near.place == derive.values[derive.by]


def _told(value: float | None) -> str:
    return "none" if value is None else small(value)

"""The number of the moment on the derive screen: the derivative at the point."""

from __future__ import annotations

from engine.derivative.breaks import break_within
from engine.derivative.study import study
from scenarios.numbers import given, small
from scenarios.screens.derive.function import at, methods
from scenarios.screens.story import Moment
from scenarios.workspace.workspace import Workspace


def moment(workspace: Workspace) -> Moment:
    """The derivative by the rules, or by autodiff where they give none; of a hidden function the secant's slope."""
    derive = workspace.view.derive
    f, found, x = study(derive.formula), methods(derive), derive.values[derive.by]
    if derive.hidden:
        return Moment(f"secant at {at(workspace)}", _told(found.central))
    what = f"f'({given(x)})" if len(f.names) == 1 else f"df/d{f.names[derive.by]} at {at(workspace)}"
    near = break_within(f, derive.values, derive.by, derive.epsilon)
    if near is not None and near.place == x:
        return Moment(what, _told(None))
    return Moment(what, _told(found.autodiff if found.symbols is None else found.symbols))


def _told(slope: float | None) -> str:
    return "none" if slope is None else small(slope)

"""The straight lines through a curve: its tangent, and the secant with A and B."""

from __future__ import annotations

import numpy as np

from engine.derivative.breaks import break_within
from engine.derivative.study import Methods, study
from engine.replay.program import Array
from scenarios.workspace.view import DeriveView
from tui.plots.charts.chart import Series


def lines(derive: DeriveView, found: Methods, xs: Array) -> list[Series]:
    """The tangent, and the secant through A and B."""
    x, series = derive.values[derive.by], []
    if touching(derive) and found.value is not None and found.symbols is not None:
        series.append(Series(xs, _line(found.value, found.symbols, xs - x), "accent"))
    (a, fa), (b, fb) = found.left, found.right
    if derive.secant and fa is not None and fb is not None and found.central is not None:
        # The run from A, then the rise to B: the two sides whose ratio is the secant's slope.
        series.append(Series(np.array([a, b, b]), np.array([fa, fa, fb]), "dim"))
        series.append(Series(xs, _line(fa, found.central, xs - a), "old"))
    return series


def touching(derive: DeriveView) -> bool:
    """Whether a tangent is drawn: not at a kink or a jump, whatever slope the rules give there by convention."""
    near = break_within(study(derive.formula), derive.values, derive.by, derive.epsilon)
    return derive.tangent and not derive.hidden and (near is None or near.place != derive.values[derive.by])


def letters(derive: DeriveView, found: Methods, across: float, up: float) -> list[Series]:
    """A and B on the secant; neither where one is nearer to the point than a cell, which is `across` by `up`."""
    x, fx, ends = derive.values[derive.by], found.value, (found.left, found.right)
    if not derive.secant or found.central is None:
        return []
    if fx is not None and any(abs(at - x) < across and f is not None and abs(f - fx) < up for at, f in ends):
        return []
    return [
        Series(np.array([at]), np.array([f]), "old", letter)
        for (at, f), letter in zip(ends, "AB", strict=True)
        if f is not None
    ]


def _line(value: float, slope: float, away: Array) -> Array:
    """A straight line; infinite where no number is large enough."""
    with np.errstate(all="ignore"):
        return value + slope * away

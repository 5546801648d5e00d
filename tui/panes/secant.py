"""The straight lines through a curve: its tangent, and the secant with A and B."""

from __future__ import annotations

import numpy as np

from engine.derivative.study import Methods
from engine.replay.program import Array
from scenarios.workspace.view import DeriveView
from tui.plots.charts.chart import Series


def lines(derive: DeriveView, found: Methods, xs: Array) -> list[Series]:
    """The tangent, and the secant through A and B."""
    x, series = derive.values[derive.by], []
    if derive.tangent and found.value is not None and found.symbols is not None and not derive.hidden:
        series.append(Series(xs, _line(found.value, found.symbols, xs - x), "accent"))
    (a, fa), (b, fb) = found.left, found.right
    if derive.secant and fa is not None and fb is not None and found.central is not None:
        # The run from A, then the rise to B: the two sides whose ratio is the secant's slope.
        series.append(Series(np.array([a, b, b]), np.array([fa, fa, fb]), "dim"))
        series.append(Series(xs, _line(fa, found.central, xs - a), "cross"))
    return series


def letters(derive: DeriveView, found: Methods, across: float, up: float) -> list[Series]:
    """A and B on the secant; neither where one is nearer to the point than a cell, which is `across` by `up`."""
    x, fx, ends = derive.values[derive.by], found.value, (found.left, found.right)
    if not derive.secant or found.central is None:
        return []
    if fx is not None and any(abs(at - x) < across and f is not None and abs(f - fx) < up for at, f in ends):
        return []
    return [
        Series(np.array([at]), np.array([f]), "cross", letter)
        for (at, f), letter in zip(ends, "AB", strict=True)
        if f is not None
    ]


def _line(value: float, slope: float, away: Array) -> Array:
    """A straight line; infinite where no number is large enough."""
    with np.errstate(all="ignore"):
        return value + slope * away

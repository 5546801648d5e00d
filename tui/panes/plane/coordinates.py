"""The coordinates of the plane: the limits round the points, the cells they are drawn in, and the axes beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from engine.replay.program import Array
from engine.training.datasets import Data, limits_of
from scenarios.intervals import clamped
from tui.plots.cells import Limits, cell_centres, place_of
from tui.plots.charts.axes import Axis
from tui.plots.charts.chart import Series, chart
from tui.plots.charts.ticks import Ticks, between
from tui.plots.points.signs import SINGLE, Places, form_of
from tui.plots.rows import Row, point_sign

Axes = tuple[Limits, Limits]

_MARGIN = 0.05  # of what the points span, on every side: a point at the edge has room for its sign and its brackets
_STEEPEST = 4.0  # from which on a plane drawn to scale would be a strip
_TICKS = 3  # on an axis, at the least


class Cells:
    """Limits of the plane, to scale in `columns` x `lines` cells, and where the points lie on them."""

    def __init__(self, data: Data, axes: Axes, columns: int, lines: int):
        self.x, self.y = to_scale(axes, columns, lines)
        self.columns, self.lines = columns, lines
        # Within the plot whatever was rounded: the largest numbers have no margin.
        across = np.clip(place_of(data.x1, self.x, columns), 0.0, columns - 1.0)
        up = np.clip(place_of(data.x2, self.y, lines), 0.0, lines - 1.0)
        self.places = Places(across, lines - 1.0 - up, data.y, columns, lines)


@lru_cache(maxsize=16)
def cells_of(data: Data, axes: Axes, columns: int, lines: int) -> Cells:
    """The cells of a picture without axes."""
    return Cells(data, axes, columns, lines)


class Plot(Cells):
    """The fixed part of the picture: limits, axes and points, drawn by plotext once for a size and a set of points.

    A unit of x1 is as long as one of x2, so the cells may fill less than `width` x `height`: `left` and `top` are
    what is blank before them, and `offset` cells of the rows are the labels of x2.
    """

    def __init__(self, data: Data, axes: Axes, width: int, height: int, unicode: bool):
        self.offset = _offset(axes, width, height)
        super().__init__(data, axes, *box(axes, width - self.offset - 1, height - 1))
        self.left, self.top = (width - self.offset - self.columns) // 2, (height - 1 - self.lines) // 2
        self.form = form_of(self.places, unicode)
        x = Axis(*self.x, between(*self.x, _TICKS), "x1")
        labels = _named(between(*self.y, _TICKS), "x2", self.y, self.lines)
        y = Axis(*self.y, tuple((value, label.ljust(self.offset)) for value, label in labels))
        series = self._signs() if self.places.few and self.form == SINGLE else []
        self.rows: list[Row] = chart(self.columns + self.offset, self.lines + 1, series, x, y, unicode)

    def _signs(self) -> list[Series]:
        """The points as marks at the centres of their cells: half-way between two, plotext might round to the other
        one than their brackets.
        """
        columns, lines = self.places.cells()
        across = cell_centres(self.x, self.columns)[columns]
        up = cell_centres(self.y, self.lines)[self.lines - 1 - lines]
        return [
            Series(across[chosen], up[chosen], role, point_sign(y)[0])
            for y, chosen, role in ((-1.0, self.places.y < 0.0, "circle"), (1.0, self.places.y > 0.0, "cross"))
        ]


@lru_cache(maxsize=16)
def plot_of(data: Data, axes: Axes, width: int, height: int, unicode: bool) -> Plot:
    """The plot of `data` in `height` rows of `width` cells."""
    return Plot(data, axes, width, height, unicode)


@lru_cache(maxsize=16)
def axes_of(*data: Data) -> Axes:
    """The limits (x1, x2) of a picture that has room for the points of all of `data` and for their marks."""
    known = [limits for each in data if (limits := limits_of(each)) is not None]
    return (
        _limits(np.concatenate([each.x1 for each in data]), known),
        _limits(np.concatenate([each.x2 for each in data]), known),
    )


def box(axes: Axes, columns: int, lines: int) -> tuple[int, int]:
    """As many columns and lines, of those there are, as show a plane to scale, which is a square or what is longer one
    way: a cell is twice as high as wide. All of them where the plane is so much longer that it would become a strip.
    """
    if (ratio := _ratio(axes)) is None:
        return columns, lines
    # The limits lie at the centres of the outer cells.
    columns = min(columns, 1 + round(2.0 * (lines - 1) * max(ratio, 1.0)))
    return columns, min(lines, 1 + round((columns - 1) / 2.0 * max(1.0 / ratio, 1.0)))


def to_scale(axes: Axes, columns: int, lines: int) -> Axes:
    """The limits, one axis made longer at both ends, so that a square is one in so many cells."""
    ratio = _ratio(axes)
    if ratio is None or columns < 2 or lines < 2:
        return axes
    longer = (columns - 1) / (2.0 * (lines - 1)) / ratio
    return _longer(axes[0], longer), _longer(axes[1], 1.0 / longer)


def _offset(axes: Axes, width: int, height: int) -> int:
    """The cells that the labels of x2 take: what is left of them changes the limits, and so these labels."""
    found, needed = -1, 0
    while found < needed:
        found = needed
        _, up = to_scale(axes, *box(axes, width - found - 1, height - 1))
        needed = max(len(label) for _, label in between(*up, _TICKS)) + 1
    return found


def _longer(limits: Limits, times: float) -> Limits:
    more = max(times - 1.0, 0.0) * (limits[1] / 2.0 - limits[0] / 2.0)
    return limits[0] - more, limits[1] + more


def _ratio(axes: Axes) -> float | None:
    """How long x1 is to x2, or None where to scale the plane would be a strip."""
    across, up = (high / 2.0 - low / 2.0 for low, high in axes)
    return across / up if 1.0 / _STEEPEST <= across / up <= _STEEPEST else None


def _limits(values: Array, known: Sequence[Limits]) -> Limits:
    """The narrowest range of a source, or the unit square, that has room for the values, or theirs; and a margin."""
    low, high = (clamped(float(end)) for end in (values.min(), values.max()))
    for limits in sorted({(0.0, 1.0), *known}, key=lambda each: each[1] - each[0]):
        if limits[0] <= low and high <= limits[1]:
            low, high = limits
            break
    margin = _MARGIN * high - _MARGIN * low or 0.5 * max(abs(low), 1.0)
    return low - margin, high + margin


def _named(ticks: Ticks, name: str, limits: Limits, rows: int) -> Ticks:
    """The ticks on an axis up so many rows, and its name half-way between the last two where a row is free there."""
    row, values = (limits[1] - limits[0]) / (rows - 1), [value for value, _ in ticks[-2:]]
    if values[-1] - values[0] < 3 * row:
        return ticks
    return (*ticks, ((values[0] + values[-1]) / 2.0 - row / 2.0, name))

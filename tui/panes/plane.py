"""The plane as a picture: the points, the decision field behind them, and the line m = 0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import accumulate, groupby, repeat

import numpy as np

from engine.replay.program import Array, Mask
from engine.session.session import Phase
from engine.training.datasets import Data, limits_of
from engine.training.evaluate import evaluate, feet, field
from engine.training.problem import Parameters, Problem
from scenarios.workspace.workspace import Workspace
from tui.plots.charts import Axis, Series, chart
from tui.plots.field import (
    Limits,
    braille,
    cell_centres,
    cell_of,
    dashes,
    levels,
    sparse,
    stroke,
    strokes,
    zero_dots,
)
from tui.plots.palette import shade
from tui.plots.rows import CIRCLE, CROSS, Ink, Row, Span, cropped, point_sign
from tui.terminal import Depth, Terminal

# Up to here each wrong point gets its brackets; beyond, points share cells and there is no room for them.
FEW = 100
_FARTHEST = 1e300  # beyond it a range has no round ends
_LINE, _OLD, _DASH = Ink("line", bold=True), Ink("old"), Ink("line")

_BLANK: Span = (" ", Ink())

Overlay = list[dict[int, Span]]
Axes = tuple[Limits, Limits]


class _Cells:
    """Limits of the plane for `columns` x `lines` cells, and the cell of each point."""

    def __init__(self, data: Data, axes: Axes, columns: int, lines: int):
        self.x, self.y = axes
        self.columns, self.lines = columns, lines
        self.place_columns = cell_of(data.x1, self.x, columns)
        self.place_lines = lines - 1 - cell_of(data.x2, self.y, lines)


class _Plot(_Cells):
    """The fixed part of the picture: limits, axes and points, drawn by plotext once for a size and a set of points.

    A cell is left on both sides for the bracket of a point at an edge: -1 and `columns` in an Overlay.
    """

    def __init__(self, data: Data, axes: Axes, width: int, height: int, unicode: bool):
        width -= 1
        x_ticks, y_ticks = _ticks(axes[0]), _ticks(axes[1])
        self.offset = max(len(label) for _, label in y_ticks) + 1
        super().__init__(data, axes, width - self.offset, height - 1)
        y_ticks = tuple((value, label.ljust(self.offset)) for value, label in y_ticks)
        # At the centres of their cells: half-way between two, plotext might round to the other one than the brackets.
        across = cell_centres(self.x, self.columns)[self.place_columns]
        up = cell_centres(self.y, self.lines)[self.lines - 1 - self.place_lines]
        series = [
            Series(across[chosen], up[chosen], role, point_sign(y)[0])
            for y, chosen, role in ((-1.0, data.y < 0.0, "circle"), (1.0, data.y > 0.0, "cross"))
        ]
        self.rows = chart(width, height, series, Axis(*self.x, x_ticks), Axis(*self.y, y_ticks), unicode)
        self.points: Overlay = [_glyphs(line, self.offset) for line in self.rows[: self.lines]]


@lru_cache(maxsize=16)
def _plot(data: Data, axes: Axes, width: int, height: int, unicode: bool) -> _Plot:
    return _Plot(data, axes, width, height, unicode)


@lru_cache(maxsize=16)
def axes_of(*data: Data) -> Axes:
    """The limits (x1, x2) of a picture that has room for the points of all of `data`."""
    known = [limits for each in data if (limits := limits_of(each)) is not None]
    return (
        _limits(np.concatenate([each.x1 for each in data]), known),
        _limits(np.concatenate([each.x2 for each in data]), known),
    )


def picture(
    workspace: Workspace,
    width: int,
    height: int,
    terminal: Terminal,
    axes: Axes | None = None,
    turned: Mask | None = None,
) -> tuple[list[Row], int]:
    """Axes, field, line and points without a frame, and the number of wrong points.

    `axes`: other limits than the data's own; `turned` (N,): points to mark as having changed sides.
    """
    now = workspace.session.frame
    plot = _plot(now.problem.data, axes or axes_of(now.problem.data), width, height, terminal.unicode)
    wrong = evaluate(now.problem, now.parameters).wrong & workspace.view.model_shown
    overlay: Overlay = [{} for _ in range(plot.lines)]
    shades: list[list[int]] | None = None
    crowded = len(now.problem.data) > FEW  # then the points would hide the line
    if crowded:
        _lay_points(overlay, workspace, wrong, plot)
    if workspace.view.model_shown:
        shades = _levels(now.problem, now.parameters, plot)
        _lay_model(overlay, workspace, plot, terminal)
    if not crowded:
        _lay_points(overlay, workspace, wrong, plot)
    _lay_selected(overlay, workspace, plot)
    if turned is not None:
        _mark_turned(overlay, now.problem.data, turned, wrong, plot)
    composed = [
        _compose(shades[line] if shades else None, overlay[line], plot.columns, terminal) for line in range(plot.lines)
    ]
    rows = [
        (*cropped(line, plot.offset - 1), overlay[index].get(-1, _BLANK), *composed[index])
        + (overlay[index].get(plot.columns, _BLANK),)
        for index, line in enumerate(plot.rows[: plot.lines])
    ]
    return [*rows, plot.rows[plot.lines]], int(wrong.sum())


@lru_cache(maxsize=64)
def miniature(problem: Problem, parameters: Parameters, width: int, height: int, terminal: Terminal) -> tuple[Row, ...]:
    """Field, line and points in `height` rows of `width` cells, without axes."""
    cells = _Cells(problem.data, axes_of(problem.data), width, height)
    overlay: Overlay = [{} for _ in range(height)]
    crowded = len(problem.data) > FEW
    if not crowded:
        _lay_line(overlay, problem, parameters, cells, terminal, _LINE)
    places = cells.place_lines * width + cells.place_columns
    for y in (-1.0, 1.0):
        for place in np.unique(places[problem.data.y == y]).tolist():
            overlay[place // width][place % width] = point_sign(y)
    if crowded:  # or the points would hide the line
        _lay_line(overlay, problem, parameters, cells, terminal, _LINE)
    shades = _levels(problem, parameters, cells)
    return tuple(tuple(_compose(*pair, width, terminal)) for pair in zip(shades, overlay, strict=True))


def _levels(problem: Problem, parameters: Parameters, cells: _Cells) -> list[list[int]]:
    """The shade of every cell, top row first."""
    x, y = cell_centres(cells.x, cells.columns), cell_centres(cells.y, cells.lines)
    found: list[list[int]] = levels(field(problem, parameters, x, y))[::-1].tolist()
    return found


def _limits(values: Array, known: Sequence[Limits]) -> Limits:
    """The narrowest range of a source, or the unit square, that has room for the values, or one round them."""
    low, high = float(values.min()), float(values.max())
    for limits in sorted({(0.0, 1.0), *known}, key=lambda each: each[1] - each[0]):
        if limits[0] <= low and high <= limits[1]:
            return limits
    margin = 0.05 * (high - low) or 0.5 * max(abs(low), 1.0)
    unit = 10.0 ** math.floor(math.log10(high - low + 2.0 * margin)) / 10.0 if high - low < _FARTHEST else 0.0
    if not unit:
        return low - margin, high + margin
    # Round numbers, which stand at the axes.
    return math.floor((low - margin) / unit) * unit, math.ceil((high + margin) / unit) * unit


def _ticks(limits: Limits) -> tuple[tuple[float, str], ...]:
    values = np.linspace(*limits, 3).tolist()
    return tuple((value, f"{value:.1f}" if limits == (0.0, 1.0) else f"{value:.3g}") for value in values)


def _glyphs(line: Row, offset: int) -> dict[int, Span]:
    """The signs of a row drawn by plotext, by their column right of the axis."""
    starts = accumulate((len(text) for text, _ in line), initial=-offset)
    return {
        start + place: (sign, ink._replace(bold=True))
        for start, (text, ink) in zip(starts, line, strict=False)
        for place, sign in enumerate(text)
        if sign != " " and start + place >= 0
    }


def _lay_model(overlay: Overlay, workspace: Workspace, plot: _Plot, terminal: Terminal) -> None:
    """The old boundary, the dashed distances and the boundary, each over the one before."""
    now = workspace.session.frame
    if now.phase is Phase.UPDATE and now.parameters != now.state.parameters:
        _lay_line(overlay, now.problem, now.state.parameters, plot, terminal, _OLD)
    _lay_distances(overlay, _distances(workspace), plot, terminal)
    _lay_line(overlay, now.problem, now.parameters, plot, terminal, _LINE)


def _lay_line(
    overlay: Overlay, problem: Problem, parameters: Parameters, plot: _Cells, terminal: Terminal, ink: Ink
) -> None:
    model = partial(field, problem, parameters)
    dots = zero_dots(model, plot.x, plot.y, plot.columns, plot.lines)
    if ink is _OLD:
        dots = sparse(dots)  # faint in shape too
    signs = braille(dots) if terminal.unicode else strokes(dots, model, plot.x, plot.y)
    for line, found in zip(overlay, signs, strict=True):
        line.update((column, (sign, ink)) for column, sign in found.items())


def _distances(workspace: Workspace) -> list[tuple[float, float, float, float]]:
    """The segments from points to the boundary at a right angle: of the selected point, or of all that are wrong."""
    now, view = workspace.session.frame, workspace.view
    data, found = now.problem.data, feet(now.problem, now.parameters)
    if found is None:
        return []
    wrong = evaluate(now.problem, now.parameters).wrong
    chosen = np.flatnonzero(wrong) if view.distances else np.array([], dtype=int)
    if view.point is not None:
        chosen = np.union1d(chosen, [view.point])
    return [(float(data.x1[i]), float(data.x2[i]), float(found[0][i]), float(found[1][i])) for i in chosen[:FEW]]


def _lay_distances(
    overlay: Overlay, segments: list[tuple[float, float, float, float]], plot: _Plot, terminal: Terminal
) -> None:
    """Dashed segments; in ASCII each gets the stroke nearest to its direction."""
    batches = [segments] if terminal.unicode else [[segment] for segment in segments]
    for batch in batches:
        dots = dashes(batch, plot.x, plot.y, plot.columns, plot.lines)
        signs = braille(dots)
        if not terminal.unicode:
            x1, y1, x2, y2 = batch[0]
            across = (x2 - x1) / (plot.x[1] - plot.x[0]) * plot.columns
            up = (y2 - y1) / (plot.y[1] - plot.y[0]) * plot.lines
            signs = [dict.fromkeys(found, stroke(across, up)) for found in signs]
        for line, found in zip(overlay, signs, strict=True):
            line.update((column, (sign, _DASH)) for column, sign in found.items())


def _lay_points(overlay: Overlay, workspace: Workspace, wrong: Mask, plot: _Plot) -> None:
    """Brackets round the wrong points, then the points over them."""
    columns, lines = plot.place_columns, plot.place_lines
    data = workspace.session.frame.problem.data
    if len(data) <= FEW:
        for index in np.flatnonzero(wrong):
            ink = CROSS if data.y[index] > 0.0 else CIRCLE
            for side, sign in ((-1, "("), (1, ")")):
                place = int(columns[index]) + side
                overlay[lines[index]][place] = (sign, ink)
    for line, points in zip(overlay, plot.points, strict=True):
        line.update(points)


def _lay_selected(overlay: Overlay, workspace: Workspace, plot: _Plot) -> None:
    """The selected point, reversed."""
    columns, lines = plot.place_columns, plot.place_lines
    data, selected = workspace.session.frame.problem.data, workspace.view.point
    if selected is not None:
        text, ink = point_sign(data.y[selected])
        overlay[lines[selected]][int(columns[selected])] = (text, ink._replace(reverse=True))


def _mark_turned(overlay: Overlay, data: Data, turned: Mask, wrong: Mask, plot: _Plot) -> None:
    """Reversed, and those that are right now in square brackets; where points share cells, reversed alone."""
    chosen = np.flatnonzero(turned)
    _, first = np.unique(plot.place_lines[chosen] * plot.columns + plot.place_columns[chosen], return_index=True)
    for index in chosen[first]:
        text, ink = point_sign(data.y[index])
        overlay[plot.place_lines[index]][int(plot.place_columns[index])] = (text, ink._replace(reverse=True))
    if len(data) > FEW:
        return
    for index in chosen:
        ink = point_sign(data.y[index])[1]._replace(reverse=True)
        for side, sign in ((-1, "(" if wrong[index] else "["), (1, ")" if wrong[index] else "]")):
            line, place = int(plot.place_lines[index]), int(plot.place_columns[index]) + side
            if place not in plot.points[line]:
                overlay[line][place] = (sign, ink)


def _compose(shades: list[int] | None, overlay: dict[int, Span], columns: int, terminal: Terminal) -> list[Span]:
    """One row of `columns` cells as spans: the signs of the overlay, on the field where there is one."""
    signs = map(overlay.get, range(columns))
    spans: list[Span] = []
    for (sign, level), run in groupby(zip(signs, shades or repeat(None), strict=False)):
        text, ink = _cell(sign, level, terminal.depth)
        spans.append((text * len(tuple(run)), ink))
    return spans


@lru_cache(maxsize=4096)
def _cell(sign: Span | None, level: int | None, depth: Depth) -> Span:
    if level is None:
        return sign or (" ", Ink())
    under = shade(level, depth)
    return (under.glyph, Ink(under.fg, under.bg)) if sign is None else (sign[0], sign[1]._replace(bg=under.bg))

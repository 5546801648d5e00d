"""The plane as a picture: the decision field, the line m = 0 on it, and the points."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.replay.program import Mask
from engine.training.evaluate import evaluate, field
from engine.training.problem import Parameters, Problem
from scenarios.workspace.workspace import Workspace
from tui.panes.plane.boundary import lay_line, lay_model
from tui.panes.plane.coordinates import Axes, Cells, axes_of, cells_of, plot_of
from tui.panes.plane.marks import lay_density, lay_plates, lay_points, lay_signs, marks_of
from tui.plots.cells import cell_centres, dot_centres
from tui.plots.colours.palette import shades
from tui.plots.maps.field import levels, one_side
from tui.plots.maps.raster import field_ground, halves, paint
from tui.plots.rows import TEXT, Overlay, Row, Span, cropped, row
from tui.terminal import Terminal

_LONE = {"cross": "lone+", "circle": "lone-"}


def picture(
    workspace: Workspace,
    width: int,
    height: int,
    terminal: Terminal,
    axes: Axes | None = None,
    turned: Mask | None = None,
) -> tuple[list[Row], int]:
    """Axes, field, line and points in `height` rows of up to `width` cells, without a frame, and the number of wrong
    points.

    `axes`: other limits than the data's own; `turned` (N,): points to mark as having changed sides.
    """
    now = workspace.session.frame
    data = now.problem.data
    plot = plot_of(data, axes or axes_of(data), width, height, terminal.unicode)
    wrong = evaluate(now.problem, now.parameters).wrong & workspace.view.model_shown
    overlay: Overlay = [{} for _ in range(plot.lines)]
    if not plot.places.few:  # they would hide the line
        lay_density(overlay, plot)
    if workspace.view.model_shown:
        lay_model(overlay, workspace, plot, terminal)
    marks = marks_of(plot.places, wrong, turned, workspace.view.point)
    (lay_points if plot.places.few else lay_plates)(overlay, plot, marks)
    if workspace.view.model_shown:
        painted = _on_field(overlay, now.problem, now.parameters, plot, terminal, shades(terminal))
    else:
        alone = [{column: lone(sign) for column, sign in line.items()} for line in overlay]
        painted = paint(np.zeros((plot.lines, plot.columns), dtype=int), alone, _blank)
    left = row(" " * plot.left)
    rows: list[Row] = [row("")] * plot.top
    rows += [(*left, *cropped(plot.rows[line], plot.offset), *cells) for line, cells in enumerate(painted)]
    rows.append((*left, *plot.rows[plot.lines]))
    return rows + [row("")] * (height - len(rows)), int(wrong.sum())


@lru_cache(maxsize=64)
def miniature(problem: Problem, parameters: Parameters, width: int, height: int, terminal: Terminal) -> tuple[Row, ...]:
    """Field, line and points in `height` rows of `width` cells, without axes."""
    cells = cells_of(problem.data, axes_of(problem.data), width, height)
    overlay: Overlay = [{} for _ in range(height)]
    if not cells.places.few:  # they would hide the line
        lay_density(overlay, cells)
    lay_line(overlay, problem, parameters, cells, terminal)
    if cells.places.few:
        lay_signs(overlay, cells, terminal.unicode)
    return tuple(_on_field(overlay, problem, parameters, cells, terminal, shades(terminal, small=True)))


def _on_field(
    overlay: Overlay, problem: Problem, parameters: Parameters, cells: Cells, terminal: Terminal, of: int
) -> list[Row]:
    """The field's cells, in `of` shades a side, under what lies on it."""
    x, y = cell_centres(cells.x, cells.columns), dot_centres(cells.y, cells.lines, 1 + halves(terminal))
    m = field(problem, parameters, x, y)
    found = levels(one_side(m) if halves(terminal) else m, of)
    return paint(found[::-1], overlay, field_ground(of, terminal))


def lone(sign: Span) -> Span:
    """A point's sign without a field behind it, in the full colour of its class: on one it would not be seen."""
    text, ink = sign
    return text, ink._replace(fg=_LONE.get(ink.fg or "", ink.fg))


def _blank(upper: int, lower: int) -> Span:
    return " ", TEXT

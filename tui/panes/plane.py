"""The plane as a picture: the decision field, the line m = 0 on it, and the points."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, repeat

from engine.replay.program import Mask
from engine.training.evaluate import evaluate, field
from engine.training.problem import Parameters, Problem
from scenarios.workspace.workspace import Workspace
from tui.panes.boundary import lay_line, lay_model
from tui.panes.coordinates import Axes, Cells, axes_of, plot_of
from tui.panes.marks import FEW, Overlay, lay_points, lay_selected, lay_signs, mark_turned
from tui.plots.field import cell_centres, levels
from tui.plots.palette import shade, shades
from tui.plots.rows import Ink, Row, Span, cropped, row
from tui.terminal import Terminal


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
    field_levels: list[list[int]] | None = None
    crowded = len(data) > FEW  # then the points would hide the line
    if crowded:
        lay_points(overlay, data, wrong, plot)
    if workspace.view.model_shown:
        field_levels = _levels(now.problem, now.parameters, plot, terminal)
        lay_model(overlay, workspace, plot, terminal)
    if not crowded:
        lay_points(overlay, data, wrong, plot)
    lay_selected(overlay, workspace, plot)
    if turned is not None:
        mark_turned(overlay, data, turned, wrong, plot)
    left = row(" " * plot.left)
    rows: list[Row] = [row("")] * plot.top
    for line, signs in enumerate(overlay):
        composed = _compose(field_levels[line] if field_levels else None, signs, plot.columns, terminal)
        rows.append((*left, *cropped(plot.rows[line], plot.offset), *composed))
    rows.append((*left, *plot.rows[plot.lines]))
    return rows + [row("")] * (height - len(rows)), int(wrong.sum())


@lru_cache(maxsize=64)
def miniature(problem: Problem, parameters: Parameters, width: int, height: int, terminal: Terminal) -> tuple[Row, ...]:
    """Field, line and points in `height` rows of `width` cells, without axes."""
    cells = Cells(problem.data, axes_of(problem.data), width, height)
    overlay: Overlay = [{} for _ in range(height)]
    crowded = len(problem.data) > FEW
    if not crowded:
        lay_line(overlay, problem, parameters, cells, terminal)
    lay_signs(overlay, problem.data, cells)
    if crowded:  # or the points would hide the line
        lay_line(overlay, problem, parameters, cells, terminal)
    field_levels = _levels(problem, parameters, cells, terminal)
    return tuple(tuple(_compose(*pair, width, terminal)) for pair in zip(field_levels, overlay, strict=True))


def _levels(problem: Problem, parameters: Parameters, cells: Cells, terminal: Terminal) -> list[list[int]]:
    """The shade of every cell, top row first."""
    x, y = cell_centres(cells.x, cells.columns), cell_centres(cells.y, cells.lines)
    found: list[list[int]] = levels(field(problem, parameters, x, y), shades(terminal))[::-1].tolist()
    return found


def _compose(levels: list[int] | None, overlay: dict[int, Span], columns: int, terminal: Terminal) -> list[Span]:
    """One row of `columns` cells as spans: the signs of the overlay, on the field where there is one."""
    signs = map(overlay.get, range(columns))
    spans: list[Span] = []
    for (sign, level), run in groupby(zip(signs, levels or repeat(None), strict=False)):
        text, ink = _cell(sign, level, terminal)
        spans.append((text * len(tuple(run)), ink))
    return spans


@lru_cache(maxsize=4096)
def _cell(sign: Span | None, level: int | None, terminal: Terminal) -> Span:
    if level is None:
        return sign or (" ", Ink())
    under = shade(level, shades(terminal), terminal)
    return (under.glyph, Ink(under.fg, under.bg)) if sign is None else (sign[0], sign[1]._replace(bg=under.bg))

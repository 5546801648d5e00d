"""Lines on the plane: the boundary m = 0, the old one behind it, and the distances of points from it."""

from __future__ import annotations

from functools import partial

import numpy as np

from engine.session.session import Phase
from engine.training.evaluate import evaluate, feet, field
from engine.training.problem import Parameters, Problem
from scenarios.workspace.workspace import Workspace
from tui.panes.plane.coordinates import Cells
from tui.plots.cells import both, braille, dashes, is_braille, stroke
from tui.plots.maps.field import broad, strokes, zero_dots
from tui.plots.points.signs import FEW
from tui.plots.rows import Ink, Overlay
from tui.terminal import Terminal

LINE = Ink("line", bold=True)
_OLD, _DASH = Ink("old"), Ink("line")
_LARGE = 45  # lines of a picture from which on its lines are a dot wider, or they were thin for its size


def lay_model(overlay: Overlay, workspace: Workspace, cells: Cells, terminal: Terminal) -> None:
    """The old boundary, the dashed distances and the boundary, each over the one before."""
    now = workspace.session.frame
    if now.phase is Phase.UPDATE and now.parameters != now.state.parameters:
        lay_line(overlay, now.problem, now.state.parameters, cells, terminal, _OLD)
    _lay_distances(overlay, _distances(workspace), cells, terminal)
    lay_line(overlay, now.problem, now.parameters, cells, terminal)


def lay_line(
    overlay: Overlay, problem: Problem, parameters: Parameters, cells: Cells, terminal: Terminal, ink: Ink = LINE
) -> None:
    """The line m = 0, the old one dashed."""
    model = partial(field, problem, parameters)
    dots = zero_dots(model, cells.x, cells.y, cells.columns, cells.lines, dashed=ink is _OLD)
    if not terminal.unicode:
        _lay(overlay, strokes(dots, model, cells.x, cells.y), ink)
        return
    _lay(overlay, braille(broad(dots) if cells.lines >= _LARGE else dots), ink)


def _lay(overlay: Overlay, signs: list[dict[int, str]], ink: Ink) -> None:
    """Signs over what there is; dots of one colour in one cell are all seen."""
    for line, found in zip(overlay, signs, strict=True):
        for column, sign in found.items():
            below, below_ink = line.get(column, ("", ink))
            seen = below_ink.fg == ink.fg and is_braille(below) and is_braille(sign)
            line[column] = (both(sign, below) if seen else sign, ink)


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
    overlay: Overlay, segments: list[tuple[float, float, float, float]], cells: Cells, terminal: Terminal
) -> None:
    """Dashed segments; in ASCII each gets the stroke nearest to its direction."""
    size = cells.columns, cells.lines
    if terminal.unicode:
        dots = dashes(segments, cells.x, cells.y, *size)
        _lay(overlay, braille(broad(dots) if cells.lines >= _LARGE else dots), _DASH)
        return
    for segment in segments:
        x1, y1, x2, y2 = segment
        across = (x2 - x1) / (cells.x[1] - cells.x[0]) * cells.columns
        up = (y2 - y1) / (cells.y[1] - cells.y[0]) * cells.lines
        found = braille(dashes([segment], cells.x, cells.y, *size))
        _lay(overlay, [dict.fromkeys(line, stroke(across, up)) for line in found], _DASH)

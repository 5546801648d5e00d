"""The points on the plane, and how they are marked: wrong, selected, turned to the other side."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from engine.replay.program import Mask
from engine.training.datasets import Data
from scenarios.workspace.workspace import Workspace
from tui.panes.coordinates import Cells, Plot
from tui.plots.rows import CIRCLE, CROSS, Row, Span, point_sign

# Up to here each wrong point gets its brackets; beyond, points share cells and there is no room for them.
FEW = 100

Overlay = list[dict[int, Span]]
"""For each line of the picture, what lies on the field in a column."""


def lay_points(overlay: Overlay, data: Data, wrong: Mask, plot: Plot) -> None:
    """Brackets round the wrong points, then the points over them."""
    if len(data) <= FEW:
        for index in np.flatnonzero(wrong):
            ink = CROSS if data.y[index] > 0.0 else CIRCLE
            for side, sign in ((-1, "("), (1, ")")):
                place = int(plot.place_columns[index]) + side
                overlay[plot.place_lines[index]][place] = (sign, ink)
    for line, row in zip(overlay, plot.rows, strict=False):
        line.update(_glyphs(row, plot.offset))


def lay_signs(overlay: Overlay, data: Data, cells: Cells) -> None:
    """The points alone."""
    places = cells.place_lines * cells.columns + cells.place_columns
    for y in (-1.0, 1.0):
        for place in np.unique(places[data.y == y]).tolist():
            overlay[place // cells.columns][place % cells.columns] = point_sign(y)


def lay_selected(overlay: Overlay, workspace: Workspace, cells: Cells) -> None:
    """The selected point, reversed."""
    data, selected = workspace.session.frame.problem.data, workspace.view.point
    if selected is not None:
        text, ink = point_sign(data.y[selected])
        overlay[cells.place_lines[selected]][int(cells.place_columns[selected])] = (text, ink._replace(reverse=True))


def mark_turned(overlay: Overlay, data: Data, turned: Mask, wrong: Mask, cells: Cells) -> None:
    """Reversed, and those that are right now in square brackets; where points share cells, reversed alone."""
    chosen = np.flatnonzero(turned)
    _, first = np.unique(cells.place_lines[chosen] * cells.columns + cells.place_columns[chosen], return_index=True)
    for index in chosen[first]:
        text, ink = point_sign(data.y[index])
        overlay[cells.place_lines[index]][int(cells.place_columns[index])] = (text, ink._replace(reverse=True))
    if len(data) > FEW:
        return
    taken = set(zip(cells.place_lines.tolist(), cells.place_columns.tolist(), strict=True))
    for index in chosen:
        ink = point_sign(data.y[index])[1]._replace(reverse=True)
        for side, sign in ((-1, "(" if wrong[index] else "["), (1, ")" if wrong[index] else "]")):
            line, place = int(cells.place_lines[index]), int(cells.place_columns[index]) + side
            if (line, place) not in taken:
                overlay[line][place] = (sign, ink)


def _glyphs(line: Row, offset: int) -> dict[int, Span]:
    """The signs of a row drawn by plotext, by their column right of the axis."""
    starts = accumulate((len(text) for text, _ in line), initial=-offset)
    return {
        start + place: (sign, ink._replace(bold=True))
        for start, (text, ink) in zip(starts, line, strict=False)
        for place, sign in enumerate(text)
        if sign != " " and start + place >= 0
    }

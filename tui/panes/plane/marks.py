"""The points on the plane, and how they are marked: wrong, selected, turned to the other side."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from engine.replay.program import Mask
from tui.panes.plane.coordinates import Cells, Plot
from tui.plots.points.density import density
from tui.plots.points.signs import SINGLE, Marked, Marks, Places, form_of, scatter
from tui.plots.rows import ACCENT, Overlay, Row, Span, point_sign


def marks_of(places: Places, wrong: Mask, turned: Mask | None, selected: int | None) -> Marks:
    """The marks of the points: those that are wrong, as such; a plate of those that turned (N,), and one in the accent
    colour of the selected one. Where points share cells, plates alone, one a cell.
    """
    turned = np.zeros_like(wrong) if turned is None else turned
    chosen = np.flatnonzero(wrong | turned)
    if not places.few:
        columns, lines = places.cells()
        chosen = np.flatnonzero(turned)
        chosen = chosen[np.unique(lines[chosen] * places.width + columns[chosen], return_index=True)[1]]
    marks = {}
    for index in chosen.tolist():
        plate = point_sign(places.y[index])[1] if turned[index] else None
        marks[index] = Marked(bool(wrong[index]) and places.few, plate)
    if selected is not None:
        last = marks.pop(selected, Marked())
        marks[selected] = Marked(last.wrong, ACCENT)
    return tuple(marks.items())


def lay_points(overlay: Overlay, plot: Plot, marks: Marks) -> None:
    """Few points: their signs, drawn by plotext where they are single characters, and their marks."""
    single = plot.form == SINGLE
    for line, laid, row in zip(overlay, scatter(plot.places, plot.form, marks, alone=single), plot.rows, strict=False):
        line.update(laid)
        if single:
            plates = {column for column, (_, ink) in laid.items() if ink.reverse}
            line.update((column, span) for column, span in _glyphs(row, plot.offset).items() if column not in plates)


def lay_signs(overlay: Overlay, cells: Cells, unicode: bool) -> None:
    """Few points: their signs alone."""
    for line, laid in zip(overlay, scatter(cells.places, form_of(cells.places, unicode)), strict=True):
        line.update(laid)


def lay_density(overlay: Overlay, cells: Cells) -> None:
    """Many points: how many lie in each cell."""
    for line, laid in zip(overlay, density(cells.places), strict=True):
        line.update(laid)


def lay_plates(overlay: Overlay, cells: Cells, marks: Marks) -> None:
    """Of many points, the signs of those that are marked."""
    columns, lines = cells.places.cells()
    for index, marked in marks:
        if marked.plate:
            sign = point_sign(cells.places.y[index])[0]
            overlay[lines[index]][int(columns[index])] = (sign, marked.plate._replace(reverse=True))


def _glyphs(line: Row, offset: int) -> dict[int, Span]:
    """The signs of a row drawn by plotext, by their column right of the axis."""
    starts = accumulate((len(text) for text, _ in line), initial=-offset)
    return {
        start + place: (sign, ink._replace(bold=True))
        for start, (text, ink) in zip(starts, line, strict=False)
        for place, sign in enumerate(text)
        if sign != " " and start + place >= 0
    }

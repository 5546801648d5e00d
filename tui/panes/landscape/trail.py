"""The steps so far on a chart of the loss along a parameter: none of them hides the curve it lies on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.replay.program import Array
from scenarios.screens.landscape.slice import Slice
from tui.panes.landscape.film import cells_of
from tui.panes.landscape.way import STEP
from tui.plots.cells import braille, place_of
from tui.plots.charts.axes import Axis
from tui.plots.charts.chart import Series
from tui.plots.rows import ACCENT, Ink, Row, Span, over

_APART = 4  # columns, or half as many lines: a step that is no farther from the last one has no sign of its own
_TICK = Ink("accent")


def tick(unicode: bool) -> Span:
    """What stands at the bottom under a step that lies on another curve."""
    return ("⢠" if unicode else "|", _TICK)


def signs(found: Slice, x: Axis, y: Axis, columns: int, lines: int) -> Series:
    """The steps on this curve that have a sign of their own: the first, and others as far as they are apart."""
    path = found.path
    (here,) = cells_of(np.array([found.here.value]), np.array([found.here.loss]), x, y, (columns, lines))
    values, losses = path.parameters[path.on, found.curve.index], path.losses[path.on]
    last, kept = here, list[int]()
    for at, cell in enumerate(cells_of(values, losses, x, y, (columns, lines))):
        if _far(cell, here) and (not kept or _far(cell, last)):
            last = cell
            kept.append(at)
    glyph, ink = STEP
    return Series(values[kept], losses[kept], ink.fg or "line", glyph)


def with_steps(rows: list[Row], found: Slice, x: Axis, y: Axis, unicode: bool) -> list[Row]:
    """A chart's rows with the steps: the curve's own dots in the colour of the present where a step lies on it, and for
    one that lies on another curve a tick at the bottom.
    """
    path, lines = found.path, len(rows) - 1
    columns = sum(len(text) for text, _ in rows[0]) - y.gutter
    values, losses = path.parameters[:, found.curve.index], path.losses
    laid: list[dict[int, Span]] = [{} for _ in rows]
    for line, column in cells_of(values[path.on], losses[path.on], x, y, (columns, lines)):
        if 0 <= column < columns:
            laid[line][y.gutter + column] = ("", ACCENT)
    for column, mark in _ticks(values[~path.on], x, columns, unicode):
        laid[lines - 1].setdefault(y.gutter + column, (mark, _TICK))
    return [over(line, _inked(line, marks)) for line, marks in zip(rows, laid, strict=True)]


def _ticks(values: Array, x: Axis, columns: int, unicode: bool) -> Iterator[tuple[int, str]]:
    places = place_of(values[np.isfinite(values)], (x.low, x.high), columns)
    dots = np.floor(2.0 * (places + 0.5)).astype(int)
    found = np.zeros((4, 2 * columns), dtype=bool)
    found[2:, dots[(dots >= 0) & (dots < 2 * columns)]] = True
    for column, mark in braille(found)[0].items():
        yield column, mark if unicode else tick(unicode)[0]


def _inked(line: Row, marks: dict[int, Span]) -> dict[int, Span]:
    """What becomes of the cells: a curve is drawn in the ink, what is empty takes the mark, all else stays."""
    if not marks:
        return {}
    cells = [(sign, ink) for text, ink in line for sign in text]
    found = {}
    for column, (mark, ink) in marks.items():
        sign, under = cells[column]
        if under.fg == "line" and sign != " ":
            found[column] = sign, ink
        elif mark and (sign == " " or under.fg == "grid"):
            found[column] = mark, ink
    return found


def _far(cell: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(2 * abs(cell[0] - other[0]), abs(cell[1] - other[1])) >= _APART

"""What is laid over the landscape of two parameters: the path, the way down, the minimum, the present place, the
cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.replay.program import Array, Mask
from scenarios.screens.landscape.places import Mark
from scenarios.screens.landscape.surface import Lowest, Surface
from tui.panes.landscape.film import SIGNS
from tui.plots.cells import Limits, braille, cell_of, dot_place, stroke
from tui.plots.maps.contours import joined
from tui.plots.maps.field import broad
from tui.plots.rows import ACCENT, Ink, Overlay
from tui.terminal import Terminal

STEP, PROJECTED = ("•", ACCENT), ("◦", ACCENT)
"""A step so far, and one that is projected because it lies on another surface."""
_FAINT = Ink("accent")
_BESIDE = 2  # lines, or twice as many columns: steps that are no farther apart have no signs of their own
_ARROW, _PART = 5.0, 1 / 12  # cells across, or half as many up, and as a part of the picture
_HEADS = "→↗↑↖←↙↓↘"


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a picture over two ranges."""

    across: Limits
    up: Limits
    columns: int
    lines: int

    def of(self, place: Sequence[float]) -> tuple[int, int] | None:
        """The line, from the top, and the column of a place; None off the picture."""
        return self.inside(*self.ofs(np.array([place]))[0].tolist())

    def inside(self, line: int, column: int) -> tuple[int, int] | None:
        """That line and column, if they are on the picture."""
        return (line, column) if 0 <= line < self.lines and 0 <= column < self.columns else None

    def ofs(self, places: Array) -> Array:
        """The same of places (K, 2), as lines and columns (K, 2), which may be off the picture."""
        columns = cell_of(places[:, 0], self.across, self.columns)
        return np.column_stack([self.lines - 1 - cell_of(places[:, 1], self.up, self.lines), columns])

    def dots(self, places: Array) -> Array:
        """The dots, row and column, of places (K, 2), as fractions."""
        across = dot_place(places[:, 0], self.across, self.columns, 2)
        return np.column_stack([4 * self.lines - 1 - dot_place(places[:, 1], self.up, self.lines, 4), across])


def laid(found: Surface, lowest: Lowest | None, columns: int, lines: int, terminal: Terminal) -> Overlay:
    """All of it, each over what was there before."""
    signs: Overlay = [{} for _ in range(lines)]
    cells = _Cells(found.spans[0], found.spans[1], columns, lines)
    _lay_path(signs, found, cells, terminal)
    _lay_arrow(signs, found, cells, terminal)
    inside = lowest is not None and not lowest.edge
    here, away = cells.of(found.present), found.away
    for place, (sign, ink), shown, reverse in (
        (lowest[:2] if lowest else (), SIGNS[Mark.LOWEST], inside, False),
        (found.present, SIGNS[Mark.PRESENT], True, False),
        (found.cursors, SIGNS[Mark.PRESENT if cells.of(found.cursors) == here else Mark.CURSOR], away, True),
    ):
        if shown and (cell := cells.of(place)) is not None:
            signs[cell[0]][cell[1]] = (sign, ink._replace(reverse=reverse))
    return signs


def _lay_path(signs: Overlay, found: Surface, cells: _Cells, terminal: Terminal) -> None:
    """The whole way, joined, with a sign for each step where there is room; fainter where it is projected."""
    path = found.path
    places = np.vstack([path.parameters[:, found.axes], found.present])
    dots, size = cells.dots(places), (4 * cells.lines, 2 * cells.columns)
    on = path.on & np.append(path.on[1:], True)
    _lay_line(signs, joined(dots, ~on, size), _FAINT, terminal)
    # A dot wider: told from what is fainter, and from contour lines, by its shape too.
    _lay_line(signs, broad(joined(dots, on, size)), ACCENT, terminal)
    for step, (line, column) in _apart(found, cells).items():
        signs[line][column] = STEP if path.on[step] else PROJECTED


def marked(found: Surface, columns: int, lines: int) -> list[int]:
    """The places of the path, by their index there, that have a sign in a picture of that many cells."""
    return [*_apart(found, _Cells(found.spans[0], found.spans[1], columns, lines))]


def _apart(found: Surface, cells: _Cells) -> dict[int, tuple[int, int]]:
    """The cells, line and column, of the places of the path that are far enough from each other for signs."""
    last, signed = (-9, -9), {}
    for step, (line, column) in enumerate(cells.ofs(found.path.parameters[:, found.axes]).tolist()):
        if max(abs(line - last[0]), abs(column - last[1]) / 2.0) > _BESIDE and cells.inside(line, column):
            last = signed[step] = line, column
    return signed


def _lay_line(signs: Overlay, dots: Mask, ink: Ink, terminal: Terminal) -> None:
    drawn = braille(dots)
    if not terminal.unicode:
        drawn = [dict.fromkeys(line, ".") for line in drawn]
    for line, found in zip(signs, drawn, strict=True):
        line.update((column, (sign, ink)) for column, sign in found.items())


def _lay_arrow(signs: Overlay, found: Surface, cells: _Cells, terminal: Terminal) -> None:
    """Minus the slopes, from the present place: where it points on the screen, one length whatever their size."""
    way = found.downhill
    if way is None or (start := cells.of(way[0])) is None:
        return
    (left, right), (low, high) = cells.across, cells.up
    with np.errstate(all="ignore"):
        across, up = way[1][0] / (right - left) * cells.columns, way[1][1] / (high - low) * cells.lines
    length = np.hypot(across, 2.0 * up) / max(_ARROW, _PART * cells.columns)
    if not (np.isfinite(length) and length > 0.0):
        return
    across, up = across / length, up / length
    ends = ((start[0] - round(part * up), start[1] + round(part * across)) for part in np.linspace(1.0, 0.0, 20))
    end = next(cell for cell in ends if cells.inside(*cell))  # the place itself, at the last
    if end == start:
        return
    dots = joined(
        np.array([[4.0 * line + 1.5, 2.0 * column + 0.5] for line, column in (start, end)]),
        np.ones(1, dtype=bool),
        (4 * cells.lines, 2 * cells.columns),
    )
    drawn = braille(broad(dots))
    if not terminal.unicode:
        drawn = [dict.fromkeys(line, stroke(across, up)) for line in braille(dots)]
    for line, row in zip(signs, drawn, strict=True):
        line.update((column, (sign, ACCENT)) for column, sign in row.items())
    signs[end[0]][end[1]] = (_HEADS[round(np.arctan2(2.0 * up, across) / (np.pi / 4.0)) % 8], ACCENT)

"""The points of a plane as signs that grow with it: one character, or discs and crosses drawn in parts of cells. NumPy
only, no terminal.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.replay.program import Array, Mask
from tui.plots.points.canvas import WRONG, Canvas, Form
from tui.plots.points.shapes import Grid
from tui.plots.rows import Ink, Overlay

FEW = 100
"""Up to here every point is a sign of its own; of more, density.py shows how many lie in each cell."""

_ROOM, _ROOM_SMALL = 300, 170  # cells of a plane for each that a sign takes, and that the smallest drawn one takes
_ABREAST = 10  # how many signs have room side by side, and one above the other
# Of the points, how many may have another one so near that it covers some of the marks, or of the sign; and how many
# may, however few there are.
_NEAR, _COVERED = (0.25, 4), (0.08, 3)


SINGLE = Form(1, 1, Grid.LETTERS)
_UNICODE = (
    Form(7, 7, Grid.QUADRANTS),
    Form(5, 5, Grid.QUADRANTS),
    Form(3, 3, Grid.QUADRANTS),
)
_ASCII = (
    Form(7, 3, Grid.LETTERS),
    Form(5, 3, Grid.LETTERS),
    Form(3, 1, Grid.LETTERS),
    Form(2, 1, Grid.LETTERS),
)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where points with the labels `y` (N,) lie on a plane of `width` x `height` cells.

    `columns`, `lines` (N,): in cells, 0 in the middle of the first column and of the top line. Two are equal only
    where they are one object: drawings are kept by it.
    """

    columns: Array
    lines: Array
    y: Array
    width: int
    height: int

    @property
    def few(self) -> bool:
        """Whether every point is a sign of its own."""
        return len(self.y) <= FEW

    def cells(self) -> tuple[Array, Array]:
        """The column and the line of the cell of each, (N,) integers; of those outside, of the cell at the edge."""
        columns = np.clip(np.floor(self.columns + 0.5), 0, self.width - 1)
        lines = np.clip(np.floor(self.lines + 0.5), 0, self.height - 1)
        return columns.astype(int), lines.astype(int)


@dataclass(frozen=True, slots=True)
class Marked:
    """How a point is marked: as wrong, and by a plate of this ink that its sign is cut out of."""

    wrong: bool = False
    plate: Ink | None = None


Marks = tuple[tuple[int, Marked], ...]
"""The points that are marked, by index: the last on top."""


@lru_cache(maxsize=32)
def form_of(places: Places, unicode: bool) -> Form:
    """The largest form in which no sign is cut at an edge, its marks included, and few come near one another."""
    forms = (_UNICODE if unicode else _ASCII) if places.few else ()
    return next((form for form in forms if _fits(places, form)), SINGLE)


def _fits(places: Places, form: Form) -> bool:
    room = _ROOM_SMALL if form == _UNICODE[-1] else _ROOM
    if room * form.cells * form.lines > places.width * places.height:
        return False
    if _ABREAST * form.cells > places.width or _ABREAST * form.lines > places.height:
        return False
    left, top = _corners(places, form)
    across, up = form.grid.value
    over = form.over(square=True)
    if min(left.min() - across, top.min() - over) < 0:
        return False
    right, bottom = left + (form.cells + 1) * across, top + form.height + over
    if right.max() > places.width * across or bottom.max() > places.height * up:
        return False
    apart, above = np.abs(left[:, None] - left), np.abs(top[:, None] - top)
    near = (apart < (form.cells + 1) * across) & (above < form.height + over)
    covered = (apart < form.cells * across) & (above < form.height)
    return _seldom(near, *_NEAR) and _seldom(covered, *_COVERED)


def _seldom(pairs: Mask, part: float, least: int) -> bool:
    """Whether of the points, which each make a pair with themselves, only so many make one with another."""
    return int((pairs.sum(axis=1) > 1).sum()) <= max(part * len(pairs), least)


def _corners(places: Places, form: Form) -> tuple[Array, Array]:
    """The upper left pixel, (column, row), of each sign: at a cell across, so that no cell is shared with brackets,
    and down at a quadrant or at a cell.
    """
    across, up = form.grid.value
    left = np.floor(places.columns - (form.cells - 1) / 2 + 0.5).astype(int) * across
    if form.grid is Grid.QUADRANTS:
        return left, np.floor((places.lines + 0.5) * up - form.height / 2 + 0.5).astype(int)
    return left, np.floor(places.lines - (form.lines - 1) / 2 + 0.5).astype(int) * up


@lru_cache(maxsize=64)
def scatter(places: Places, form: Form, marks: Marks = (), alone: bool = False) -> Overlay:
    """The points as signs of the form, those with marks on top; `alone`: the marks without the signs, but for signs
    that have a plate.

    A wrong one has a ring round it; one of letters, or that has a plate, stands in brackets. A sign whose brackets
    would be covered has a plate in their ink.
    """
    canvas = Canvas(places.width, places.height, form)
    left, top = (each.tolist() for each in _corners(places, form))
    marked = dict(marks)
    ringed = {index for index, each in marks if each.wrong and not each.plate and form.grid is Grid.QUADRANTS}
    wrong = [index for index, each in marks if each.wrong and index not in ringed]
    brackets, squeezed = _brackets(left, top, form, wrong)
    for index, sign in brackets:
        plate = marked[index].plate
        canvas.bracket(left[index], top[index], sign, square=plate is not None and places.y[index] > 0.0)
    for index in ringed:
        canvas.ring(left[index], top[index], float(places.y[index]))
    others = [index for index in np.argsort(places.y, kind="stable").tolist() if index not in marked]
    for index in (*others, *marked):
        ink = marked[index].plate if index in marked else None
        place = left[index], top[index], float(places.y[index])
        if index in ringed:
            canvas.core(*place)
        elif ink or index in squeezed:
            canvas.plate(*place, ink or WRONG)
        elif not alone:
            canvas.sign(*place)
    return canvas.cells()


def _brackets(
    left: list[int], top: list[int], form: Form, wrong: Collection[int]
) -> tuple[list[tuple[int, str]], set[int]]:
    """The brackets to draw, of which point and which of `()|`, and the points that have no room for theirs.

    Two neighbours that have no room for two brackets between them stand in one pair, parted where they do not touch;
    one that another sign covers would be cut.
    """
    columns = [each // form.grid.value[0] for each in left]
    drawn: list[tuple[int, str]] = []
    squeezed: set[int] = set()
    for index in wrong:
        level = [
            other
            for other in range(len(left))
            if other != index and abs(top[other] - top[index]) <= form.over(square=False)
        ]
        for sign in "()":
            right = sign == ")"
            at = columns[index] + (form.cells if right else -1)
            there = [other for other in level if 0 <= at - columns[other] < form.cells]
            facing = at + 1 if right else at - form.cells
            if any(other not in wrong for other in there):
                squeezed.add(index)
            elif not there and any(columns[other] == facing and other in wrong for other in level):
                drawn.append((index, "|"))
            elif not there:
                drawn.append((index, sign))
    return drawn, squeezed

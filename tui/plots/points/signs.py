"""The points of a plane as signs that grow with it: one character, or discs and crosses drawn in parts of cells. NumPy
only, no terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import numpy as np

from engine.replay.program import Array, Mask
from tui.plots.points.shapes import Grid, bracket, cross, disc, glyph, grown, plate
from tui.plots.rows import TEXT, Ink, Span, point_sign

Overlay = list[dict[int, Span]]
"""For each line of cells, from the top, what lies on it by column."""

FEW = 100
"""Up to here every point is a sign of its own; of more, density.py shows how many lie in each cell."""

_ROOM = 300  # cells of a plane for each that a sign takes
_ABREAST = 10  # how many signs have room side by side, and one above the other
# Of the points, how many may have another one so near that it covers some of the marks, or of the sign; and how many
# may, however few there are.
_NEAR, _COVERED = (0.25, 4), (0.08, 3)
_PAD = 40  # pixels kept on every side for what reaches beyond the plane
_HOLE = -1  # a pixel in which nothing is seen, not even what lies under the sign
_BRACKETS = Ink("line", bold=True)


@dataclass(frozen=True, slots=True)
class Form:
    """A size of signs: `cells` wide, and `height` pixels of the grid high."""

    cells: int
    height: int
    grid: Grid

    @property
    def lines(self) -> float:
        """How many lines of cells a sign is high."""
        return self.height / self.grid.value[1]


SINGLE = Form(1, 1, Grid.LETTERS)
_UNICODE = (
    Form(7, 7, Grid.QUADRANTS),
    Form(5, 5, Grid.QUADRANTS),
    Form(3, 3, Grid.QUADRANTS),
    Form(2, 4, Grid.BRAILLE),
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


class Brackets(Enum):
    """What stands on both sides of a point: it is wrong, or it changed sides and is right now."""

    WRONG = "()"
    RIGHT = "[]"


@dataclass(frozen=True, slots=True)
class Marked:
    """How a point is marked: by brackets, and by a plate of this ink that its sign is cut out of."""

    brackets: Brackets | None = None
    plate: Ink | None = None


Marks = tuple[tuple[int, Marked], ...]
"""The points that are marked, by index: the last on top."""


@lru_cache(maxsize=32)
def form_of(places: Places, unicode: bool) -> Form:
    """The largest form in which no sign is cut at an edge, its marks included, and few come near one another."""
    forms = (_UNICODE if unicode else _ASCII) if places.few else ()
    return next((form for form in forms if _fits(places, form)), SINGLE)


def _fits(places: Places, form: Form) -> bool:
    if _ROOM * form.cells * form.lines > places.width * places.height:
        return False
    if _ABREAST * form.cells > places.width or _ABREAST * form.lines > places.height:
        return False
    left, top = _corners(places, form)
    across, up = form.grid.value
    over = _over(form, square=True)
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


def _over(form: Form, square: bool) -> int:
    """How many pixels brackets stand out above and below a sign; more where it has a plate with corners, so that the
    brackets keep their shape.
    """
    return 1 + square if form.grid is Grid.QUADRANTS else 0


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
    that have a plate. A sign whose brackets would be covered has a plate in their ink.
    """
    canvas = _Canvas(places, form)
    left, top = (each.tolist() for each in _corners(places, form))
    marked = dict(marks)
    kinds = {index: each.brackets for index, each in marks if each.brackets}
    brackets, squeezed = _brackets(left, top, form, kinds)
    for index, right in brackets:
        canvas.bracket(left[index], top[index], right, marked[index], float(places.y[index]))
    others = [index for index in np.argsort(places.y, kind="stable").tolist() if index not in marked]
    for index in (*others, *marked):
        ink = marked[index].plate if index in marked else None
        if ink or index in squeezed:
            canvas.plate(left[index], top[index], float(places.y[index]), ink or _BRACKETS)
        elif not alone:
            canvas.sign(left[index], top[index], float(places.y[index]))
    return canvas.cells()


def _brackets(
    left: list[int], top: list[int], form: Form, kinds: Mapping[int, Brackets]
) -> tuple[list[tuple[int, bool]], set[int]]:
    """The brackets to draw, of which point and whether the right one, and the points that have no room for theirs.

    Two neighbours marked alike that have no room for two brackets between them stand in one pair; one that another sign
    covers would be cut.
    """
    columns = [each // form.grid.value[0] for each in left]
    drawn: list[tuple[int, bool]] = []
    squeezed: set[int] = set()
    for index, kind in kinds.items():
        level = [
            other
            for other in range(len(left))
            if other != index and abs(top[other] - top[index]) <= _over(form, square=False)
        ]
        for right in (False, True):
            at = columns[index] + (form.cells if right else -1)
            there = [other for other in level if 0 <= at - columns[other] < form.cells]
            facing = at + 1 if right else at - form.cells
            if any(kinds.get(other) is not kind for other in there):
                squeezed.add(index)
            elif not there and not any(columns[other] == facing and kinds.get(other) is kind for other in level):
                drawn.append((index, right))
    return drawn, squeezed


class _Canvas:
    """Pixels over the cells of a plane, each with the paint that was put there last."""

    def __init__(self, places: Places, form: Form):
        self._form = form
        self._across, self._up = form.grid.value
        self._lines, self._columns = places.height, places.width
        self._width = form.cells * self._across  # of a sign
        shape = (self._lines * self._up + 2 * _PAD, self._columns * self._across + 2 * _PAD)
        self._pixels = np.zeros(shape, dtype=np.int8)
        self._paints: list[tuple[str, Ink]] = []  # the letter of a cell, "" where its pixels are the glyph

    def sign(self, left: int, top: int, y: float) -> None:
        """A disc or a cross; whatever it lies on keeps off it by a pixel."""
        letter, ink = point_sign(y)
        letters = self._form.grid is Grid.LETTERS
        if letters:
            self._paint(np.ones((self._form.height, self._width), dtype=bool), left, top, None)
        self._paint(self._shape(y), left, top, (letter if letters else "", ink), gap=not letters)

    def plate(self, left: int, top: int, y: float, ink: Ink) -> None:
        """The sign cut out of a plate."""
        height = self._form.height
        if self._form.grid is Grid.QUADRANTS:
            shape, outline = plate(self._width, height, y > 0.0)
            self._paint(outline, left, top - 1, None, gap=True)
            self._paint(shape, left, top - 1, ("", ink))
            return
        ink = ink._replace(reverse=True)
        if self._form.grid is Grid.LETTERS:
            self._paint(np.ones((height, self._width), dtype=bool), left, top, (" ", ink))
            self._paint(self._shape(y), left, top, (point_sign(y)[0], ink))
        else:
            self._paint(self._shape(y), left, top, ("", ink))

    def bracket(self, left: int, top: int, right: bool, marked: Marked, y: float) -> None:
        """The left or the right bracket of a sign, in the column of cells beside it."""
        square = marked.plate is not None and y > 0.0
        over = _over(self._form, square)
        height = self._form.height + 2 * over
        column = left + self._width if right else left - self._across
        if self._form.grid is Grid.QUADRANTS:
            shape = bracket(height, marked.brackets is Brackets.RIGHT)
            self._paint(shape[:, ::-1] if right else shape, column, top - over, ("", _BRACKETS))
        elif marked.brackets:
            shape = np.ones((height, self._across), dtype=bool)
            self._paint(shape, column, top, (marked.brackets.value[right], _BRACKETS))

    def _shape(self, y: float) -> Mask:
        if self._form.height == 1:
            return np.ones((1, self._width), dtype=bool)
        if y > 0.0:
            return cross(self._width, self._form.height, broad=self._form.grid is Grid.LETTERS)
        return disc(self._width, self._form.height)

    def _paint(self, shape: Mask, left: int, top: int, paint: tuple[str, Ink] | None, gap: bool = False) -> None:
        """Paint the pixels of the shape, or with None have nothing lie there; with a gap, nothing beside them."""
        height, width = shape.shape
        rows, columns = self._pixels.shape
        row, column = min(max(top + _PAD, 1), rows - height - 1), min(max(left + _PAD, 1), columns - width - 1)
        if gap:
            self._pixels[row - 1 : row + height + 1, column - 1 : column + width + 1][grown(shape)] = 0
        if paint and paint not in self._paints:
            self._paints.append(paint)
        value = self._paints.index(paint) + 1 if paint else _HOLE
        self._pixels[row : row + height, column : column + width][shape] = value

    def cells(self) -> Overlay:
        """What the cells show: each in one ink, that of most of its pixels."""
        inside = self._pixels[_PAD:-_PAD, _PAD:-_PAD].reshape(self._lines, self._up, self._columns, self._across)
        cells = inside.transpose(0, 2, 1, 3).reshape(self._lines, self._columns, self._up * self._across)
        overlay: Overlay = [{} for _ in range(self._lines)]
        taken = cells.any(axis=2)
        for (line, column), pixels in zip(np.argwhere(taken).tolist(), cells[taken].tolist(), strict=True):
            most = max(set(pixels) - {0, _HOLE}, key=lambda paint: (pixels.count(paint), paint), default=_HOLE)
            if most == _HOLE:
                overlay[line][column] = (" ", TEXT)
                continue
            letter, ink = self._paints[most - 1]
            overlay[line][column] = (letter or glyph(self._form.grid, [pixel == most for pixel in pixels]), ink)
        return overlay

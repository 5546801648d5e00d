"""Signs painted in the parts of cells: discs and crosses, rings, plates and brackets. NumPy only, no terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.replay.program import Mask
from tui.plots.points.shapes import Grid, bracket, cross, disc, glyph, grown, plate, ring
from tui.plots.rows import TEXT, Ink, Span, point_sign

WRONG = Ink("line", bold=True)

_PAD = 40  # pixels kept on every side for what reaches beyond the plane
_HOLE = -1  # a pixel in which nothing is seen, not even what lies under the sign


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

    def over(self, square: bool) -> int:
        """How many pixels brackets stand out above and below a sign; more where it has a plate with corners, so that
        the brackets keep their shape.
        """
        return 1 + square if self.grid is Grid.QUADRANTS else 0


class Canvas:
    """Pixels over the cells of a plane, each with the paint that was put there last."""

    def __init__(self, columns: int, lines: int, form: Form):
        self._form = form
        self._across, self._up = form.grid.value
        self._lines, self._columns = lines, columns
        self._width = form.cells * self._across  # of a sign
        shape = (self._lines * self._up + 2 * _PAD, self._columns * self._across + 2 * _PAD)
        self._pixels = np.zeros(shape, dtype=np.int8)
        self._paints: list[Span] = []  # the letter of a cell, "" where its pixels are the glyph

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
        self._paint(np.ones((height, self._width), dtype=bool), left, top, (" ", ink))
        self._paint(self._shape(y), left, top, (point_sign(y)[0], ink))

    def ring(self, left: int, top: int, y: float) -> None:
        """The ring round a sign, which lies under all signs: one near it has a pixel of the ring cut away around."""
        self._paint(ring(self._shape(y), y > 0.0), left - 1, top - 1, ("", WRONG))

    def core(self, left: int, top: int, y: float) -> None:
        """The sign in a ring; a pixel of ring parts it from another that it lies on."""
        sign = self._shape(y)
        around = self._area(left - 1, top - 1, *grown(sign).shape)
        cores = [number + 1 for number, (_, ink) in enumerate(self._paints) if ink.bg]
        around[grown(sign) & np.isin(around, cores)] = self._number(("", WRONG))
        self._paint(sign, left, top, ("", Ink(bg="ringed+" if y > 0.0 else "ringed-")))

    def bracket(self, left: int, top: int, sign: str, square: bool) -> None:
        """A bracket of a sign, in the column of cells beside it: `(` to the left, `)` and what parts two to the right;
        `square`: of one with corners.
        """
        over = self._form.over(square)
        column = left - self._across if sign == "(" else left + self._width
        if self._form.grid is Grid.QUADRANTS:
            shape = bracket(self._form.height + 2 * over)
            self._paint(shape if sign == "(" else shape[:, ::-1], column, top - over, ("", WRONG))
        else:
            self._paint(np.ones((self._form.height, 1), dtype=bool), column, top, (sign, WRONG))

    def _shape(self, y: float) -> Mask:
        if self._form.height == 1:
            return np.ones((1, self._width), dtype=bool)
        if y > 0.0:
            return cross(self._width, self._form.height, broad=self._form.grid is Grid.LETTERS)
        return disc(self._width, self._form.height)

    def _paint(self, shape: Mask, left: int, top: int, paint: Span | None, gap: bool = False) -> None:
        """Paint the pixels of the shape, or with None have nothing lie there; with a gap, nothing beside them."""
        if gap:
            around = grown(shape)
            self._area(left - 1, top - 1, *around.shape)[around] = 0
        self._area(left, top, *shape.shape)[shape] = self._number(paint) if paint else _HOLE

    def _number(self, paint: Span) -> int:
        if paint not in self._paints:
            self._paints.append(paint)
        return self._paints.index(paint) + 1

    def _area(self, left: int, top: int, height: int, width: int) -> np.ndarray[Any, np.dtype[np.int8]]:
        """The pixels there; what lies far outside is at the edge of what is kept."""
        rows, columns = self._pixels.shape
        row, column = min(max(top + _PAD, 0), rows - height), min(max(left + _PAD, 0), columns - width)
        return self._pixels[row : row + height, column : column + width]

    def cells(self) -> list[dict[int, Span]]:
        """What each line of cells shows, by column: each cell in one ink, that of most of its pixels, and a ring's on
        that of what is in it.
        """
        inside = self._pixels[_PAD:-_PAD, _PAD:-_PAD].reshape(self._lines, self._up, self._columns, self._across)
        cells = inside.transpose(0, 2, 1, 3).reshape(self._lines, self._columns, self._up * self._across)
        overlay: list[dict[int, Span]] = [{} for _ in range(self._lines)]
        taken = cells.any(axis=2)
        for (line, column), pixels in zip(np.argwhere(taken).tolist(), cells[taken].tolist(), strict=True):
            overlay[line][column] = self._span(pixels)
        return overlay

    def _span(self, pixels: list[int]) -> Span:
        paints = {paint: self._paints[paint - 1] for paint in {*pixels} - {0, _HOLE}}
        grounds = [paint for paint, (_, ink) in paints.items() if ink.bg]
        most = max(paints.keys() - grounds, key=lambda paint: (pixels.count(paint), paint), default=_HOLE)
        ground = paints[grounds[0]][1].bg if grounds else None
        if most == _HOLE:
            return " ", Ink(bg=ground) if ground else TEXT
        letter, ink = paints[most]
        if ground and ink == WRONG:
            ink = ink._replace(bg=ground)
        return letter or glyph([pixel == most for pixel in pixels]), ink

"""A heat map: values over two axes in nine levels, drawn as shades or as whatever stands for them, signs laid over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

import numpy as np

from engine.replay.program import Array, Mask
from tui.plots.palette import height_shade, shade
from tui.plots.rows import DIM, Ink, Row, Span
from tui.terminal import Terminal

_LEVELS = 9

Marks = Mapping[tuple[int, int], Span]
"""Signs by line, from the top, and column."""
Cell = Callable[[int, bool], Span]
"""How a cell is drawn: of a level, 0 (low) to 8 (high), -1 where there is no number, that begins there or does not."""


def heat(levels: Array, marks: Marks, cell: Cell) -> list[Row]:
    """The levels (J, I) as J rows of I cells, the last of them on top; a mark keeps the ground of its cell."""
    rows: list[Row] = []
    for line, (row, begins) in enumerate(zip(levels[::-1].tolist(), _begins(levels)[::-1].tolist(), strict=True)):
        cells = [_marked(cell(level, begins[column]), marks.get((line, column))) for column, level in enumerate(row)]
        runs = ((ink, list(run)) for ink, run in groupby(cells, key=lambda span: span[1]))
        rows.append(tuple(("".join(text for text, _ in run), ink) for ink, run in runs))
    return rows


def axis(low: str, middle: str, high: str, columns: int) -> str:
    """What stands under a map of so many columns: its ends, and the middle where there is room between them."""
    free = columns - len(low) - len(high)
    before = min(max(columns // 2 - len(middle) // 2 - len(low), 1), free - len(middle) - 1)
    middle = " " * before + middle if before > 0 else ""
    return f"{low}{middle:<{max(free, 1)}}{high}"


def by_sign(terminal: Terminal) -> Cell:
    """Blue to red, as the field of a model is drawn; what is no number as what lies in the middle."""

    def cell(level: int, begins: bool) -> Span:
        under = shade(level - 4 if level >= 0 else 0, 4, terminal)
        return under.glyph, Ink(under.fg, under.bg)

    return cell


def by_height(terminal: Terminal) -> Cell:
    """Dark to light; where there are no shades, the number of a level where it begins."""

    def cell(level: int, begins: bool) -> Span:
        under = height_shade(level, _LEVELS, terminal)
        return (" ", Ink(None, under)) if under is not None else (str(level) if begins else " ", DIM)

    return cell


def _begins(levels: Array) -> Mask:
    """Whether a cell lies higher than one of its four neighbours."""
    padded = np.pad(levels, 1, mode="edge")
    lowest = np.minimum(
        np.minimum(padded[:-2, 1:-1], padded[2:, 1:-1]), np.minimum(padded[1:-1, :-2], padded[1:-1, 2:])
    )
    higher: Mask = levels > lowest
    return higher


def _marked(under: Span, mark: Span | None) -> Span:
    return under if mark is None else (mark[0], mark[1]._replace(bg=under[1].bg))

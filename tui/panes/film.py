"""Small pictures of the boundary at numbered places of a curve, and the same numbers standing on the curve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from engine.training.problem import Problem
from scenarios.numbers import plain, signed
from scenarios.screens.landscape.places import Mark, Place
from tui.panes.plane import miniature
from tui.plots.charts import Axis
from tui.plots.field import cell_of
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, Row, Span, fit, frame, row
from tui.terminal import Terminal

_GAP = 2
_WORDS = 13  # cells of what stands under a picture
SIGNS: dict[Mark, Span] = {
    Mark.PRESENT: ("●", ACCENT),
    Mark.CURSOR: ("◆", BOLD),
    Mark.CHOSEN: ("•", ACCENT),
    Mark.LOWEST: ("◇", CIRCLE),
    Mark.FEWEST: ("×", CROSS),
    Mark.ALONG: (" ", DIM),
}


def film_height(width: int, height: int) -> int:
    """The rows of the pictures' pane on a screen body of this size: pictures, two lines under them, two edges."""
    return min(height * 8 // 25, _widest(width) // 2) + 4


def count(width: int) -> int:
    """How many pictures a pane of `width` cells holds."""
    return 5 if width < 110 else 6 if width < 160 else 8


def _widest(width: int) -> int:
    """The widest a picture can be there, an even number of cells."""
    return ((width - 2 + _GAP) // count(width) - _GAP) // 2 * 2


def film(
    title: Row,
    places: Sequence[Place],
    problem: Problem,
    size: tuple[int, int],
    terminal: Terminal,
) -> list[Row]:
    """The pictures in a box of `size` cells, each over its number, its value, its loss and its errors."""
    width, height = size
    inner, lines = width - 2, height - 4
    columns = min(2 * lines, _widest(width))
    pictures = [miniature(problem, each.parameters, columns, lines, terminal) for each in places]
    room = inner // len(places)
    margin = row((" " * ((inner - room * len(places)) // 2), DIM))
    body = [(*margin, *_beside([picture[line] for picture in pictures], room, columns)) for line in range(lines)]
    values = [_value(number, each) for number, each in enumerate(places, 1)]
    losses = [row(f"L {plain(each.loss)} ", (f"({_few(each.errors)})", BOLD)) for each in places]
    body += [(*margin, *_beside(parts, room)) for parts in (values, losses)]
    return frame(title, body, width, height)


def _few(count: int) -> str:
    return str(count) if count < 1000 else f"{count // 1000}k"


def _value(number: int, each: Place) -> Row:
    ink = ACCENT if each.mark is Mark.PRESENT else BOLD
    return row((f"{number} ", ink), SIGNS[each.mark], (f" {signed(each.value)}", ink))


def _beside(parts: list[Row], room: int, columns: int = 0) -> Row:
    """Parts side by side, each centred in `room` cells by its own width or by `columns`."""
    line: Row = ()
    for part in parts:
        left = max((room - (columns or _WORDS)) // 2, 0)
        line += fit((((" " * left), DIM), *part), room)
    return line


def marked(
    rows: list[Row], x: Axis, y: Axis, path: Iterable[tuple[float, float | None]], places: Sequence[Place]
) -> list[Row]:
    """A chart's rows with the path, (value, L) each, L None for a tick on the axis; over it the places, each with its
    number standing on it.
    """
    offset, lines = len(y.ticks[0][1]), len(rows) - 1
    columns = sum(len(text) for text, _ in rows[0]) - offset
    laid: list[dict[int, Span]] = [{} for _ in range(lines)]

    def cell(value: float, loss: float) -> tuple[int, int]:
        column = cell_of(np.array([value]), (x.low, x.high), columns)[0]
        line = cell_of(np.array([np.nan_to_num(loss)]), (y.low, y.high), lines)[0]
        return offset + int(column), min(max(lines - 1 - int(line), 0), lines - 1)

    for value, loss in path:
        if x.low <= value <= x.high:
            column, line = cell(value, y.low if loss is None else loss)
            laid[line][column] = ("|" if loss is None else "•", BOLD)
    order = {mark: rank for rank, mark in enumerate(Mark)}
    ranked = sorted(enumerate(places, 1), key=lambda pair: order[pair[1].mark])
    numbered: list[dict[int, Span]] = [{} for _ in range(lines)]
    for number, each in ranked:
        column, line = cell(each.value, each.loss)
        # Above its mark, or under it at the top; but two digits side by side would be another number.
        near = {column - 1, column, column + 1}
        free = (at for at in (*range(line - 1, -1, -1), *range(line + 1, lines)) if not near & numbered[at].keys())
        if (at := next(free, None)) is not None:
            numbered[at][column] = (str(number), ACCENT if each.mark is Mark.PRESENT else BOLD)
    for below, signs in zip(laid, numbered, strict=True):
        below |= signs
    for _, each in reversed(ranked):  # the present place is on top
        if each.mark is not Mark.ALONG:
            column, line = cell(each.value, each.loss)
            laid[line][column] = SIGNS[each.mark]
    return [*(over(line, signs) for line, signs in zip(rows, laid, strict=False)), *rows[lines:]]


def over(line: Row, signs: dict[int, Span]) -> Row:
    """The row with signs laid over its cells."""
    if not signs:
        return line
    spans: list[Span] = []
    start = 0
    for text, ink in line:
        edges = sorted({0, len(text), *(at - start + side for at in signs for side in (0, 1))})
        for first, last in pairwise(edges):
            if 0 <= first < last <= len(text):
                spans.append(signs.get(start + first, (text[first:last], ink)))
        start += len(text)
    return tuple(spans)

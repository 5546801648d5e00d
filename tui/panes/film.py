"""Small pictures of the boundary, here and at numbered places of a curve, whose numbers stand on the curve too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from engine.training.problem import Problem
from scenarios.numbers import plain, signed
from scenarios.screens.landscape.places import Mark, Place
from tui.panes.plane import miniature
from tui.plots.axes import Axis
from tui.plots.field import cell_of
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, FRAME, Row, Span, fit, frame, row
from tui.terminal import Terminal

_GAP = 2
_WORDS = 13  # cells of what stands under a picture
SIGNS: dict[Mark, Span] = {
    Mark.PRESENT: ("●", ACCENT),
    Mark.CURSOR: ("◆", BOLD),
    Mark.CHOSEN: ("•", ACCENT),
    Mark.LOWEST: ("◇", CIRCLE),
    Mark.FEWEST: ("□", CROSS),
    Mark.ALONG: (" ", DIM),
}


def film_height(width: int, height: int) -> int:
    """The rows of the pictures' pane on a screen body of this size: pictures, two lines under them, two edges."""
    return min(height * 8 // 25, _widest(width) // 2) + 4


def count(width: int) -> int:
    """How many pictures a pane of `width` cells holds: the one of here, and those of the numbered places."""
    return 5 if width < 110 else 6 if width < 160 else 8


def _widest(width: int) -> int:
    """The widest a picture can be there, an even number of cells."""
    return ((width - 2 + _GAP) // count(width) - _GAP) // 2 * 2


def film(
    title: Row,
    here: Place,
    numbered: Sequence[Place],
    problem: Problem,
    size: tuple[int, int],
    terminal: Terminal,
) -> list[Row]:
    """The pictures in a box of `size` cells, each over its number, its value, its loss and its errors: the one of
    here, which no number has, and on the other side of a line the numbered ones.
    """
    width, height = size
    inner, lines = width - 2, height - 4
    columns = min(2 * lines, _widest(width))
    places = [here, *numbered]
    pictures = [miniature(problem, each.parameters, columns, lines, terminal) for each in places]
    room = inner // len(places)
    margin = row((" " * ((inner - room * len(places)) // 2), DIM))
    body = [(*margin, *_beside([picture[line] for picture in pictures], room, columns)) for line in range(lines)]
    values = [_value(number, each, here) for number, each in enumerate(places)]
    losses = [row(f"L {plain(each.loss)} ", (f"({_few(each.errors)})", BOLD)) for each in places]
    body += [(*margin, *_beside(parts, room)) for parts in (values, losses)]
    return frame(title, body, width, height)


def _few(count: int) -> str:
    return str(count) if count < 1000 else f"{count // 1000}k"


def _value(number: int, each: Place, here: Place) -> Row:
    """A place's number, sign and value; one at which the model stands is in the ink of the present."""
    value = signed(each.value)
    ink = ACCENT if here.mark is Mark.PRESENT and value == signed(here.value) else BOLD
    return row((f"{number or ' '} ", ink), SIGNS[each.mark], (f" {value}", ink))


def _beside(parts: list[Row], room: int, columns: int = 0) -> Row:
    """Parts side by side, each centred in `room` cells by its own width or by `columns`; a line follows the first."""
    left = (" " * max((room - (columns or _WORDS)) // 2, 0), DIM)
    first, *others = (fit((left, *part), room) for part in parts)
    return (*fit(first, room - 1), ("│", FRAME), *(span for part in others for span in part))


def marked(
    rows: list[Row],
    x: Axis,
    y: Axis,
    path: Iterable[tuple[float, float | None]],
    numbered: Sequence[Place],
    moving: Sequence[Place],
) -> list[Row]:
    """A chart's rows with the path, (value, L) each, L None for a tick on the axis; over it the places, each of the
    numbered ones with its number standing on it.
    """
    offset, lines = len(y.ticks[0][1]), len(rows) - 1
    columns = sum(len(text) for text, _ in rows[0]) - offset

    def cell(value: float, loss: float) -> tuple[int, int]:
        line = cell_of(np.array([np.nan_to_num(loss)]), (y.low, y.high), lines)[0]
        column = cell_of(np.array([value]), (x.low, x.high), columns)[0]
        return min(max(lines - 1 - int(line), 0), lines - 1), offset + int(column)

    laid: dict[tuple[int, int], Span] = {}
    for value, loss in path:
        if x.low <= value <= x.high:
            laid[cell(value, y.low if loss is None else loss)] = ("|" if loss is None else "•", BOLD)
    order = [*Mark]
    shown = [each for each in (*numbered, *moving) if each.mark is not Mark.ALONG and x.low <= each.value <= x.high]
    shown.sort(key=lambda each: order.index(each.mark), reverse=True)  # the present place is on top
    signs = {cell(each.value, each.loss): SIGNS[each.mark] for each in shown}
    numbers: dict[tuple[int, int], Span] = {}
    for number, each in enumerate(numbered, 1):
        line, column = cell(each.value, each.loss)
        # Above its mark, or under it at the top; but two digits side by side would be another number.
        free = (
            at
            for at in (*range(line - 1, -1, -1), *range(line + 1, lines))
            if (at, column) not in signs and not any((at, column + side) in numbers for side in (-1, 0, 1))
        )
        if (at := next(free, None)) is not None:
            numbers[at, column] = (str(number), BOLD)
    drawn: list[dict[int, Span]] = [{} for _ in range(lines)]
    for (line, column), sign in (laid | numbers | signs).items():
        drawn[line][column] = sign
    return [*(over(line, laid_over) for line, laid_over in zip(rows, drawn, strict=False)), *rows[lines:]]


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

"""Small pictures of the boundary, here and at numbered places of a curve, whose numbers stand on the curve too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.replay.program import Array
from engine.training.problem import Problem
from scenarios.numbers import plain, signed
from scenarios.screens.landscape.places import Mark, Place
from tui.panes.plane.picture import miniature
from tui.plots.cells import cell_of
from tui.plots.charts.axes import Axis
from tui.plots.charts.chart import Series
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, FRAME, Row, Span, fit, frame, over, row, width_of
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
    written: Callable[[float], str] = signed,
) -> list[Row]:
    """The pictures in a box of `size` cells, each over its number, its value, its loss and its errors: the one of
    here, which no number has, and on the other side of a line the numbered ones. `written`: how a value is written.
    """
    cells, height = size
    inner, lines = cells - 2, height - 4
    columns = min(2 * lines, _widest(cells))
    places = [here, *numbered]
    pictures = [miniature(problem, each.parameters, columns, lines, terminal) for each in places]
    room = inner // len(places)
    margin = row((" " * ((inner - room * len(places)) // 2), DIM))
    body = [(*margin, *_beside([picture[line] for picture in pictures], room, columns)) for line in range(lines)]
    values = [_value(number, each, here, written) for number, each in enumerate(places)]
    losses = [row(f"L {plain(each.loss)} ", (f"({_few(each.errors)})", BOLD)) for each in places]
    body += [(*margin, *_beside(parts, room)) for parts in (values, losses)]
    return frame(title, body, cells, height)


def _few(count: int) -> str:
    return str(count) if count < 1000 else f"{count // 1000}k"


def _value(number: int, each: Place, here: Place, written: Callable[[float], str]) -> Row:
    """A place's number, sign and value; one at which the model stands is in the ink of the present."""
    value = written(each.value)
    ink = ACCENT if here.mark is Mark.PRESENT and value == written(here.value) else BOLD
    return row((f"{number or ' '} ", ink), SIGNS[each.mark], (f" {value}", ink))


def _beside(parts: list[Row], room: int, columns: int = 0) -> Row:
    """Parts side by side, each centred in `room` cells by its own width or by `columns`; a line follows the first."""
    left = (" " * max((room - (columns or _WORDS)) // 2, 0), DIM)
    first, *others = (fit((left, *part), room) for part in parts)
    return (*fit(first, room - 1), ("│", FRAME), *(span for part in others for span in part))


def marks(numbered: Sequence[Place], moving: Sequence[Place], y: Axis) -> list[Series]:
    """The signs of the places, on their curve; the present place is on top."""
    order = [*Mark]
    shown = [each for each in (*numbered, *moving) if each.mark is not Mark.ALONG]
    shown.sort(key=lambda each: order.index(each.mark), reverse=True)
    return [
        sign(np.array([each.value]), np.clip(np.array([each.loss]), y.low, y.high), SIGNS[each.mark]) for each in shown
    ]


def sign(values: Array, losses: Array, span: Span) -> Series:
    """A sign at each of the places, in its ink."""
    glyph, ink = span
    return Series(values, losses, ink.fg or "line", glyph)


def cells_of(values: Array, losses: Array, x: Axis, y: Axis, size: tuple[int, int]) -> list[tuple[int, int]]:
    """The line, from the top, and the column of places of a chart with so many columns and lines; one above it is taken
    to be in its highest line, one below it in its lowest.
    """
    columns, lines = size
    line = cell_of(np.nan_to_num(losses), (y.low, y.high), lines)
    column = cell_of(values, (x.low, x.high), columns)
    return [*zip(np.clip(lines - 1 - line, 0, lines - 1).tolist(), column.tolist(), strict=True)]


def with_numbers(rows: list[Row], x: Axis, y: Axis, numbered: Sequence[Place], series: Sequence[Series]) -> list[Row]:
    """A chart's rows with the number of each place standing on it, and on no sign of the `series`."""
    lines, columns = len(rows) - 1, width_of(rows[0]) - y.gutter
    taken = {cell for each in series if each.glyph for cell in cells_of(each.x, each.y, x, y, (columns, lines))}
    laid: list[dict[int, Span]] = [{} for _ in range(lines)]
    for number, each in enumerate(numbered, 1):
        ((line, column),) = cells_of(np.array([each.value]), np.array([each.loss]), x, y, (columns, lines))
        # Above its mark, or under it at the top; but two digits side by side would be another number.
        free = (
            at
            for at in (*range(line - 1, -1, -1), *range(line + 1, lines))
            if (at, column) not in taken and not {column - 1, column, column + 1} & laid[at].keys()
        )
        if (at := next(free, None)) is not None:
            laid[at][column] = (str(number), BOLD)
    numbers = [{y.gutter + column: span for column, span in each.items()} for each in laid]
    return [*(over(*pair) for pair in zip(rows, numbers, strict=False)), *rows[lines:]]

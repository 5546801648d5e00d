"""The landscape screen's panes: the loss along a parameter, and small pictures of the boundary at places of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from scenarios import landscape, surveying
from scenarios.landscape import Mark, Place
from scenarios.numbers import given, plain, signed
from scenarios.view import Landscape
from scenarios.workspace import Workspace
from tui.panes.data import miniature
from tui.plots import field as fields
from tui.plots.charts import Axis, Series, chart, value_axis
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, Row, Span, fit, frame, note, row, spread
from tui.terminal import Terminal

_GAP = 2
_WORDS = 13  # cells of what stands under a picture
_SIGNS: dict[Mark, Span] = {
    Mark.PRESENT: ("●", ACCENT),
    Mark.CURSOR: ("◆", BOLD),
    Mark.LOWEST: ("◇", CIRCLE),
    Mark.FEWEST: ("×", CROSS),
    Mark.ALONG: (" ", DIM),
}


def film_height(width: int, height: int) -> int:
    """The rows of the pictures' pane on a screen body of this size: pictures, two lines under them, two edges."""
    return min(height * 8 // 25, _widest(width) // 2) + 4


def _count(width: int) -> int:
    """How many pictures a pane of `width` cells holds."""
    return 5 if width < 110 else 6 if width < 160 else 8


def _widest(width: int) -> int:
    """The widest a picture can be there, an even number of cells."""
    return ((width - 2 + _GAP) // _count(width) - _GAP) // 2 * 2


def draw_curve(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """L along the parameter as `height` rows of `width` cells."""
    inner, room = width - 2, height - 2
    if landscape.hidden(workspace):
        return frame(
            _title(workspace, width), note("the curve is hidden until you have predicted", inner), width, height
        )
    body = [_key(workspace, inner, terminal), *_curve(workspace, inner, room - 1, terminal)]
    return frame(_title(workspace, width), body, width, height)


def _title(workspace: Workspace, cells: int) -> Row:
    """The present place and the lowest one, in as many words as there is room for."""
    now = landscape.place(workspace, landscape.present(workspace))
    total, least = len(workspace.session.state.problem.data), landscape.lowest(workspace)
    shown = least if not landscape.hidden(workspace) and least and landscape.inside(workspace, least) else None
    title: Row = ()
    for of, gap, word in ((f" of {total:,}", "   ", "lowest "), ("", "   ", "lowest "), ("", "  ", "")):
        title = row(
            ("● ", ACCENT), (f"{landscape.name(workspace)} {signed(now.value)}", BOLD),
            "  loss ", (plain(now.loss), BOLD), f"  errors {now.errors:,}{of}",
        )  # fmt: skip
        if shown is not None:
            title += row(gap, ("◇ ", CIRCLE), f"{word}{plain(shown.loss)} at {signed(shown.value)}")
        if sum(len(text) for text, _ in title) < cells - 5:
            break
    return title


def _key(workspace: Workspace, width: int, terminal: Terminal) -> Row:
    """The names of the lines, with the signs they are drawn with where colour does not tell, and the path's place."""
    signs = {"L": "*", "tangent": "-", "errors": "+"} if not terminal.braille else dict.fromkeys(("L", "tangent"), "")
    left = row(f" L {signs['L']}")
    if landscape.tangent(workspace) is not None:
        left += row(("  tangent ", ACCENT), (signs["tangent"], ACCENT))
    if workspace.view.landscape.shown is Landscape.ERRORS:
        left += row(("  errors ", CROSS), (signs.get("errors", ""), CROSS))
    sign = "•" if landscape.path(workspace).on.all() else "|"
    return spread(left, row((f"{sign} ", BOLD), (f"{surveying.apart(workspace)} ", DIM)), width)


def _curve(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    values, losses = landscape.curve(workspace)
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return note("no finite loss in this range", width)
    low, high = landscape.span(workspace)
    bottom, top = float(finite.min()), float(finite.max())
    series = [Series(values, losses, "line")]
    if workspace.view.landscape.shown is Landscape.ERRORS:
        errors = landscape.errors(workspace)
        series.insert(0, Series(values, errors, "cross"))
        bottom, top = min(bottom, 0.0), max(top, float(errors.max()))
    if (touched := landscape.tangent(workspace)) is not None:
        at, loss, slope = touched
        with np.errstate(all="ignore"):
            series.insert(0, Series(values, loss + slope * (values - at), "accent"))
    y = value_axis(bottom, top, height)
    called, middle = landscape.name(workspace), low + (high - low) / 2.0
    x = Axis(low, high, ((low, given(low)), (middle, f"{called} = {given(middle)}"), (high, given(high))))
    rows = chart(width, height, series, x, y, terminal.braille)
    return _marked(workspace, rows, width, height, x, y)


def _marked(workspace: Workspace, rows: list[Row], width: int, height: int, x: Axis, y: Axis) -> list[Row]:
    """The path, the places of the pictures with their numbers over them, and the cursor, over the chart's rows."""
    offset = len(y.ticks[0][1])
    columns, lines = width - offset, height - 1

    def cell(value: float, loss: float) -> tuple[int, int]:
        column = fields.cell_of(np.array([value]), (x.low, x.high), columns)[0]
        line = fields.cell_of(np.array([np.nan_to_num(loss)]), (y.low, y.high), lines)[0]
        return offset + int(column), min(max(lines - 1 - int(line), 0), lines - 1)

    laid: list[dict[int, Span]] = [{} for _ in range(lines)]
    found = landscape.path(workspace)
    for value, loss, on in zip(found.values.tolist(), found.losses.tolist(), found.on.tolist(), strict=True):
        if x.low <= value <= x.high:
            column, line = cell(value, loss)
            laid[line if on else lines - 1][column] = ("•" if on else "|", BOLD)
    shown = landscape.places(workspace, _count(width + 2))
    order = {mark: rank for rank, mark in enumerate(reversed(Mark))}
    for number, each in sorted(enumerate(shown, 1), key=lambda pair: order[pair[1].mark]):
        column, line = cell(each.value, each.loss)
        laid[line - 1 if line else 1][column] = (str(number), ACCENT if each.mark is Mark.PRESENT else BOLD)
        if each.mark is not Mark.ALONG:
            laid[line][column] = _SIGNS[each.mark]
    return [*(_over(line, signs) for line, signs in zip(rows, laid, strict=False)), *rows[lines:]]


def _over(line: Row, signs: dict[int, Span]) -> Row:
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


def draw_film(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The boundary at places of the curve, as `height` rows of `width` cells."""
    inner, lines = width - 2, height - 4
    called = landscape.name(workspace)
    title = row((f"{called} at each number", BOLD), ", its loss, and how many points are wrong ( )")
    if landscape.hidden(workspace):
        return frame(title, [], width, height)
    columns = min(2 * lines, _widest(width))
    shown = landscape.places(workspace, _count(width))
    problem = workspace.session.frame.problem
    pictures = [
        miniature(problem, landscape.parameters_at(workspace, each.value), columns, lines, terminal) for each in shown
    ]
    room = inner // len(shown)
    margin = row((" " * ((inner - room * len(shown)) // 2), DIM))
    body = [(*margin, *_beside([picture[line] for picture in pictures], room, columns)) for line in range(lines)]
    values = [_value(number, each) for number, each in enumerate(shown, 1)]
    losses = [row(f"L {plain(each.loss)} ", (f"({_few(each.errors)})", BOLD)) for each in shown]
    body += [(*margin, *_beside(parts, room)) for parts in (values, losses)]
    return frame(title, body, width, height)


def _few(count: int) -> str:
    return str(count) if count < 1000 else f"{count // 1000}k"


def _value(number: int, each: Place) -> Row:
    ink = ACCENT if each.mark is Mark.PRESENT else BOLD
    return row((f"{number} ", ink), _SIGNS[each.mark], (f" {signed(each.value)}", ink))


def _beside(parts: list[Row], room: int, columns: int = 0) -> Row:
    """Parts side by side, each centred in `room` cells by its own width or by `columns`."""
    line: Row = ()
    for part in parts:
        left = max((room - (columns or _WORDS)) // 2, 0)
        line += fit((((" " * left), DIM), *part), room)
    return line

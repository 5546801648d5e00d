"""The landscape screen's panes: the loss along a parameter, and small pictures of the boundary at places of it."""

from __future__ import annotations

import numpy as np

from engine.session.session import Phase
from scenarios.numbers import plain, signed
from scenarios.screens.landscape.caption import apart
from scenarios.screens.landscape.places import Mark
from scenarios.screens.landscape.slice import Slice
from tui.panes.landscape.film import SIGNS, count, film, marks, sign, with_numbers
from tui.panes.landscape.way import PROJECTED, STEP
from tui.plots.charts.axes import range_axis, value_axis
from tui.plots.charts.chart import Series, chart
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, Row, frame, note, row, spread, whole
from tui.plots.rows import width as cells_of
from tui.terminal import Terminal


def draw_curve(found: Slice, width: int, height: int, terminal: Terminal) -> list[Row]:
    """L along the parameter as `height` rows of `width` cells."""
    inner, room = width - 2, height - 2
    if found.hidden:
        return frame(_title(found, width), note("the curve is hidden until you have predicted", inner), width, height)
    body = [_key(found, inner, terminal), *_curve(found, inner, room - 1, terminal)]
    return frame(_title(found, width), body, width, height)


def _title(found: Slice, cells: int) -> Row:
    """The present place, in (3) after the update, and the lowest one, in as many words as there is room for."""
    now, total = found.here, len(found.frame.problem.data)
    held = " held" if found.curve.name in found.frame.problem.held else ""
    shown = None if found.hidden else found.valley
    title: Row = ()
    after = found.frame.phase is Phase.UPDATE
    for of, gap, word in ((f" of {total:,}", "   ", "lowest "), ("", "   ", "lowest "), ("", "  ", "")):
        lead = ("after the update  " if of else "after  ") if after else ""
        title = row(
            lead, ("● ", ACCENT), (f"{found.curve.name} {signed(now.value)}{held}", BOLD),
            "  loss ", (plain(now.loss), BOLD), f"  errors {now.errors:,}{of}",
        )  # fmt: skip
        if shown is not None:
            title += row(gap, ("◇ ", CIRCLE), f"{word}{plain(shown.loss)} at {signed(shown.value)}")
        if sum(len(text) for text, _ in title) < cells - 5:
            break
    return title


def _key(found: Slice, width: int, terminal: Terminal) -> Row:
    """The names of the lines, with the signs they are drawn with where colour does not tell, and the path's place."""
    signs = {"L": "*", "tangent": "-", "errors": "+"} if not terminal.braille else dict.fromkeys(("L", "tangent"), "")
    left = row(f" L {signs['L']}")
    if found.tangent is not None:
        left += row(("  tangent ", ACCENT), (signs["tangent"], ACCENT))
    if found.with_errors:
        left += row(("  errors ", CROSS), (signs.get("errors", ""), CROSS))
        left += row("  ", SIGNS[Mark.FEWEST], (f" fewest {found.curve.fewest[0]:,}", DIM))
    step = STEP if found.path.on.all() else PROJECTED
    path = whole(row(step, (f" {apart(found)}", DIM)), max(width - cells_of(left) - 3, 0))
    return spread(left, row(*path, " "), width)


def _curve(found: Slice, width: int, height: int, terminal: Terminal) -> list[Row]:
    curve = found.curve
    values, losses, low, high = curve.values, curve.losses, curve.low, curve.high
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return note("no finite loss in this range", width)
    bottom, top = float(finite.min()), float(finite.max())
    series = [Series(values, losses, "line")]
    if found.with_errors:
        series.insert(0, Series(values, curve.errors, "cross", steps=True))
        bottom, top = min(bottom, 0.0), max(top, float(curve.errors.max()))
    if (touched := found.tangent) is not None:
        at, loss, slope = touched
        with np.errstate(all="ignore"):
            series.insert(0, Series(values, loss + slope * (values - at), "accent"))
    y = value_axis(bottom, top, height)
    here = found.here.value
    x = range_axis(low, high, width - y.gutter, curve.name, (here, signed(here)))
    numbered = found.numbered(count(width + 2) - 1)
    series += [*_path(found), *marks(numbered, found.moving, y)]
    return with_numbers(chart(width, height, series, x, y, terminal.braille), x, y, numbered, series)


def _path(found: Slice) -> list[Series]:
    """The steps so far: those on this curve, and under them others, projected onto it."""
    curve, path = found.curve, found.path
    values = path.parameters[:, curve.index]
    projected = np.interp(values, curve.values, curve.losses)
    return [
        sign(values[~path.on], projected[~path.on], PROJECTED),
        sign(values[path.on], path.losses[path.on], STEP),
    ]


def draw_film(found: Slice, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The boundary at places of the curve, as `height` rows of `width` cells."""
    at = row(SIGNS[found.at_cursor.mark], " the cursor and " if found.away else " here and ")
    title = row(*at, (f"{found.curve.name} at each number", BOLD), ",  its loss, and (points wrong)")
    if found.hidden:
        return frame(title, [], width, height)
    return film(
        title, found.at_cursor, found.numbered(count(width) - 1), found.frame.problem, (width, height), terminal
    )

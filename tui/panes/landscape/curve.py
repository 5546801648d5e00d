"""The landscape screen's panes: the loss along a parameter, and small pictures of the boundary at places of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.session.session import Phase
from scenarios.numbers import plain, signed
from scenarios.screens.landscape.caption import apart, lowest_where
from scenarios.screens.landscape.places import Mark, Place
from scenarios.screens.landscape.slice import Slice
from tui.panes.landscape.film import SIGNS, count, film, marks, sign, with_numbers
from tui.panes.landscape.trail import signs, tick, with_steps
from tui.panes.landscape.way import STEP
from tui.plots.charts.axes import Axis, range_axis, value_axis
from tui.plots.charts.chart import Series, chart, line_sign
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, Row, frame, note, row, spread, whole, width_of
from tui.terminal import Terminal

_STRIP, _MOST_STRIP = 0.3, 5  # of a chart's rows, for the errors
_NEAR = 4.0  # columns: ends that are no farther apart have one sign between them


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
            title += row(gap, ("◇ ", CIRCLE), f"{word}{plain(shown.loss)} {lowest_where(found)}")
        if sum(len(text) for text, _ in title) < cells - 5:
            break
    return title


def _key(found: Slice, width: int, terminal: Terminal) -> Row:
    """The names of the lines, with the signs they are drawn with where colour does not tell, and the path's place."""
    left = row(f" L{line_sign('line', terminal.braille)}")
    if found.tangent is not None:
        left += row((f"  tangent{line_sign('accent', terminal.braille)}", ACCENT))
    if found.with_errors:
        left += row((f"  errors{line_sign('cross', terminal.braille)}", CROSS))
        gathered = found.curve.lively is not None
        left += row("  ", SIGNS[Mark.FEWEST], (f" fewest {found.curve.fewest[0]:,}", DIM)) if gathered else ()
    step = STEP if found.path.on.all() else tick(terminal.braille)
    path = whole(row(step, (f" {apart(found)}", DIM)), max(width - width_of(left) - 3, 0))
    return spread(left, row(*path, " "), width)


def _curve(found: Slice, width: int, height: int, terminal: Terminal) -> list[Row]:
    curve = found.curve
    values, losses = curve.values, curve.losses
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return note("no finite loss in this range", width)
    strip = _strip_rows(height) if found.with_errors else 0
    series = [Series(values, losses, "line")]
    if (touched := found.tangent) is not None:
        at, loss, slope = touched
        with np.errstate(all="ignore"):
            series.insert(0, Series(values, loss + slope * (values - at), "accent"))
    y = value_axis(float(finite.min()), float(finite.max()), height - strip)
    here = found.here.value
    x = range_axis(curve.low, curve.high, width - y.gutter, curve.name, (here, signed(here)))
    numbered = found.numbered(count(width + 2) - 1)
    series += [signs(found, x, y, width - y.gutter, height - strip - 1), *_marks(found, numbered, y)]
    rows = with_steps(chart(width, height - strip, series, x, y, terminal.braille), found, x, y, terminal.braille)
    rows = with_numbers(rows, x, y, numbered, series)
    return [*rows[:-1], *_strip(found, width, strip, y.gutter, terminal), rows[-1]]


def _marks(found: Slice, numbered: Sequence[Place], y: Axis) -> list[Series]:
    """The signs of the places; of a level bottom, at both its ends."""
    level, kept = found.curve.level, [each for each in numbered if each.mark is not Mark.FEWEST]
    if level is None or found.valley is None:
        return marks(kept, found.moving, y)
    ends = np.array(level)
    kept = [each for each in kept if each.mark is not Mark.LOWEST]
    return [sign(ends, np.full(2, found.valley.loss), SIGNS[Mark.LOWEST]), *marks(kept, found.moving, y)]


def _strip_rows(height: int) -> int:
    """The rows of a chart of that height that are the errors'."""
    return min(max(int(_STRIP * height), 2), _MOST_STRIP)


def _strip(found: Slice, width: int, height: int, gutter: int, terminal: Terminal) -> list[Row]:
    """The errors along the parameter on an axis of their own, with a sign at both ends of where they are fewest."""
    if not height:
        return []
    curve = found.curve
    most = max(float(curve.errors.max()), 1.0)
    ticks = [(most, f"{most:>{gutter - 1}.0f} ")]
    if height > 1:
        ticks.insert(0, (0.0, f"{0:>{gutter - 1}} "))
    y = Axis(0.0, most, tuple(ticks))
    series = [Series(curve.values, curve.errors, "cross", steps=True)]
    if curve.lively is not None:
        fewest, first, last = curve.fewest
        near = abs(last - first) < (curve.high - curve.low) * _NEAR / width
        ends = [(first + last) / 2.0] if near else [end for end in (first, last) if curve.low < end < curve.high]
        series.append(sign(np.array(ends), np.full(len(ends), float(fewest)), SIGNS[Mark.FEWEST]))
    return [
        tuple((text, CROSS if at == 0 else ink) for at, (text, ink) in enumerate(line))
        for line in chart(width, height, series, Axis(curve.low, curve.high), y, terminal.braille)
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

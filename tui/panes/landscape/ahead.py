"""The landscape screen along the step: L against the rate, and the boundary that each rate would come to."""

from __future__ import annotations

import numpy as np

from engine.session.session import Phase
from scenarios.numbers import given, plain
from scenarios.screens.landscape.ray import Course, Ray
from tui.panes.landscape.film import count, film, marks, with_numbers
from tui.plots.charts.axes import range_axis, value_axis
from tui.plots.charts.chart import Series, chart, line_sign
from tui.plots.rows import ACCENT, BOLD, CIRCLE, DIM, Row, frame, note, row, spread
from tui.terminal import Terminal


def draw_curve(found: Ray, width: int, height: int, terminal: Terminal) -> list[Row]:
    """L along the step as `height` rows of `width` cells."""
    if found.hidden or found.course is None:
        why = "it waits for slopes" if found.frame.state.waits else "no parameter moves from here"
        missing = f"{why}: there is no step to look along"
        told = "the curve is hidden until you have predicted" if found.hidden else missing
        return frame(row("along the step"), note(told, width - 2), width, height)
    body = [
        _key(found, found.course, width - 2, terminal),
        *_curve(found, found.course, width - 2, height - 3, terminal),
    ]
    return frame(_title(found, found.course), body, width, height)


def draw_film(found: Ray, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The boundary after steps with other rates, as `height` rows of `width` cells."""
    title = row("◆ and ", ("the rate at each number", BOLD), ",  its loss, and (points wrong)")
    if found.hidden or found.course is None:
        return frame(title, [], width, height)
    numbered = found.numbered(count(width) - 1)
    return film(title, found.at_cursor, numbered, found.frame.problem, (width, height), terminal, plain)


def _title(found: Ray, course: Course) -> Row:
    here = found.at_cursor
    title = row(("◆ ", BOLD), (f"rate {given(here.value)}", BOLD), "  loss ", (plain(here.loss), BOLD))
    if course.best:
        far = course.best > float(course.rates[-1])
        rates = f"rate {course.best:.3g}" if course.level is None else "rates {:.3g} to {:.3g}".format(*course.level)
        title += row("   ", ("◇ ", CIRCLE), f"best {rates}  loss {plain(course.least)}")
        title += row(("  off the right end", DIM)) if far else ()
    return title


def _key(found: Ray, course: Course, width: int, terminal: Terminal) -> Row:
    left = row(f" L against the rate{line_sign('line', terminal.braille)}")
    if found.frame.phase is not Phase.LOSS:
        left += row((f"  what the slopes promise{line_sign('accent', terminal.braille)}", ACCENT))
    begins = "before the update" if found.frame.phase is Phase.UPDATE else "from"
    start = row(("● ", ACCENT), (f"{begins} {plain(found.frame.state.loss)} ", DIM))
    if found.cursor > float(course.rates[-1]):
        start = row(("◆ ", BOLD), (f"at {given(found.cursor)}, off the right end ", DIM))
    elif found.cursor != found.rate:
        start = (*row(("• ", ACCENT), (f"rate {given(found.rate)}   ", DIM)), *start)
    return spread(left, start, width)


def _curve(found: Ray, course: Course, width: int, height: int, terminal: Terminal) -> list[Row]:
    finite = course.losses[np.isfinite(course.losses)]
    if not len(finite):
        return note("no finite loss along the step", width)
    series = [Series(course.rates, course.losses, "line")]
    if found.frame.phase is not Phase.LOSS:
        state = found.frame.state
        with np.errstate(all="ignore"):
            promised = state.loss + course.rates * (state.promise / state.problem.rate)
        series.insert(0, Series(course.rates, promised, "accent"))
    y, end = value_axis(float(finite.min()), float(finite.max()), height), float(course.rates[-1])
    x = range_axis(0.0, end, width - y.gutter, "rate", (found.rate, given(found.rate)))
    numbered = found.numbered(count(width + 2) - 1)
    series += marks(numbered, found.moving, y)
    return with_numbers(chart(width, height, series, x, y, terminal.braille), x, y, numbered, series)

"""The landscape screen's panes: the loss along a parameter, and small pictures of the boundary at places of it."""

from __future__ import annotations

from functools import partial

import numpy as np

from scenarios import landscape, surveying
from scenarios.numbers import given, plain, signed
from scenarios.view import Landscape
from scenarios.workspace import Workspace
from tui.panes.film import count, film, marked
from tui.plots.charts import Axis, Series, chart, value_axis
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, Row, frame, note, row, spread
from tui.terminal import Terminal


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
    found = landscape.path(workspace)
    steps = zip(found.parameters[:, landscape.index(workspace)].tolist(), found.losses.tolist(), strict=True)
    path = [(value, loss if on else None) for (value, loss), on in zip(steps, found.on.tolist(), strict=True)]
    return marked(rows, x, y, path, landscape.places(workspace, count(width + 2)))


def draw_film(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The boundary at places of the curve, as `height` rows of `width` cells."""
    title = row((f"{landscape.name(workspace)} at each number", BOLD), ", its loss, and how many points are wrong ( )")
    if landscape.hidden(workspace):
        return frame(title, [], width, height)
    places, at = landscape.places(workspace, count(width)), partial(landscape.parameters_at, workspace)
    return film(title, places, at, workspace.session.frame.problem, (width, height), terminal)

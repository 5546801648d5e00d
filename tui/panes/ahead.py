"""The landscape screen along the step: L against the rate, and the boundary that each rate would come to."""

from __future__ import annotations

from functools import partial

import numpy as np

from engine.session import Phase
from scenarios import ahead, landscape
from scenarios.ahead import Ray
from scenarios.numbers import given, plain
from scenarios.workspace import Workspace
from tui.panes.film import count, film, marked
from tui.plots.charts import Axis, Series, chart, value_axis
from tui.plots.rows import ACCENT, BOLD, CIRCLE, DIM, Row, frame, note, row, spread
from tui.terminal import Terminal


def draw_curve(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """L along the step as `height` rows of `width` cells."""
    found = _found(workspace)
    if isinstance(found, str):
        return frame(row("along the step"), note(found, width - 2), width, height)
    body = [_key(workspace, width - 2, terminal), *_curve(workspace, found, width - 2, height - 3, terminal)]
    return frame(_title(workspace, found), body, width, height)


def draw_film(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The boundary after steps with other rates, as `height` rows of `width` cells."""
    title = row(("the rate at each number", BOLD), ", the loss it comes to, and the points wrong ( )")
    found = _found(workspace)
    if isinstance(found, str):
        return frame(title, [], width, height)
    places, at = ahead.places(workspace, found, count(width)), partial(ahead.parameters_at, workspace)
    return film(title, places, at, workspace.session.state.problem, (width, height), terminal)


def _found(workspace: Workspace) -> Ray | str:
    """The ray, or why there is none to see."""
    if landscape.hidden(workspace):
        return "the curve is hidden until you have predicted"
    return ahead.ray(workspace) or "no slope leads anywhere from here: there is no step to look along"


def _title(workspace: Workspace, found: Ray) -> Row:
    here = ahead.place(workspace, ahead.cursor(workspace))
    title = row(("◆ ", BOLD), (f"rate {given(here.value)}", BOLD), "  loss ", (plain(here.loss), BOLD))
    if found.best:
        title += row("   ", ("◇ ", CIRCLE), f"best rate {found.best:.3g}  loss {plain(found.least)}")
    return title


def _key(workspace: Workspace, width: int, terminal: Terminal) -> Row:
    signs = ("", "") if terminal.braille else (" *", " -")
    left = row(f" L against the rate{signs[0]}")
    if workspace.session.phase is not Phase.LOSS:
        left += row((f"  what the slopes promise{signs[1]}", ACCENT))
    state = workspace.session.state
    rate, begins = f"rate {given(state.problem.rate)}", row(("● ", ACCENT), (f"from {plain(state.loss)} ", DIM))
    moved = ahead.cursor(workspace) != state.problem.rate
    return spread(left, (*row(("• ", ACCENT), (f"{rate}   ", DIM)), *begins) if moved else begins, width)


def _curve(workspace: Workspace, found: Ray, width: int, height: int, terminal: Terminal) -> list[Row]:
    finite = found.losses[np.isfinite(found.losses)]
    if not len(finite):
        return note("no finite loss along the step", width)
    series = [Series(found.rates, found.losses, "line")]
    if workspace.session.phase is not Phase.LOSS:
        state = workspace.session.state
        with np.errstate(all="ignore"):
            promised = state.loss + found.rates * (state.promise / state.problem.rate)
        series.insert(0, Series(found.rates, promised, "accent"))
    y, end = value_axis(float(finite.min()), float(finite.max()), height), float(found.rates[-1])
    x = Axis(0.0, end, ((0.0, "0"), (end / 2.0, f"rate = {given(end / 2.0)}"), (end, given(end))))
    rows = chart(width, height, series, x, y, terminal.braille)
    return marked(rows, x, y, (), ahead.places(workspace, found, count(width + 2)))

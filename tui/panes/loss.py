"""The loss pane: the loss over the steps taken, the point losses, loss and errors, or the ledger of the points."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.evaluate import point_loss
from engine.losses import POINT_LOSSES
from engine.replay import Array
from engine.session import Phase
from scenarios.numbers import plain, signed
from scenarios.view import LossView, Pane
from scenarios.workspace import Workspace
from tui.plots.charts import Axis, Series, chart
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, Row, frame, row
from tui.terminal import Terminal

# With this many rows there is room for the chart and, under it, the ledger of up to ten points.
_ROOMY = 22
_FIRST_STEPS = 10
_LABEL = 7


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells."""
    view = workspace.view
    body = _body(workspace, width - 2, height - 2, terminal)
    return frame(_title(workspace), body, width, height, view.focus is Pane.LOSS)


def _title(workspace: Workspace) -> Row:
    state, view = workspace.session.state, workspace.view.loss_view
    total = len(state.problem.data)
    what = "loss" if state.problem.reduction == "sum" else "mean loss"
    shown = "" if view is LossView.HISTORY else f"   {view}"
    return row(f"{what} ", (plain(state.loss), BOLD), f"   errors {state.errors} of {total:,}", (shown, DIM))


def _body(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    view = workspace.view.loss_view
    if view is LossView.LEDGER:
        return ledger(workspace, width, height)
    points = len(workspace.session.state.problem.data)
    if height >= _ROOMY - 2:
        rows = min(points + 2, height // 2)
        return [*_DRAW[view](workspace, width, height - rows, terminal), *ledger(workspace, width, rows)]
    return _DRAW[view](workspace, width, height, terminal)


def _steps_axis(last: int) -> Axis:
    high = max(_FIRST_STEPS, last)
    return Axis(0, high, ((0, "0"), (high / 2, f"{high / 2:g}"), (high, f"step {high}")))


def _range(values: Array, least: float) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    return low, high


def _y_axis(low: float, high: float, label: Callable[[float], str], height: int) -> Axis:
    """An axis with a label at each end, one in the middle where there is room, all of one width."""
    values = [low, high] if height < 6 else [low, (low + high) / 2, high]
    return Axis(low, high, tuple((value, label(value)[: _LABEL - 1].rjust(_LABEL - 1) + " ") for value in values))


def _history(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    losses = np.array([state.loss for state in workspace.session.history.items()])
    low, high = _range(losses, 0.05)
    return _losses(workspace, losses, _y_axis(low, high, plain, height), width, height, terminal)


def _history_log(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    losses = np.array([state.loss for state in workspace.session.history.items()])
    if not (losses > 0.0).any():
        return [row((" no loss above 0: nothing to draw on a log scale", DIM))]
    with np.errstate(all="ignore"):
        logs = np.where(losses > 0.0, np.log10(losses), np.nan)
    low, high = _range(logs[np.isfinite(logs)], 0.02)
    axis = _y_axis(low, high, lambda value: plain(10.0**value), height)
    return _losses(workspace, logs, axis, width, height, terminal)


def _losses(
    workspace: Workspace,
    losses: Array,
    y: Axis,
    width: int,
    height: int,
    terminal: Terminal,
    more: tuple[Series, ...] = (),
) -> list[Row]:
    steps, here = np.arange(len(losses), dtype=float), workspace.session.step
    series = [
        *more,
        Series(steps, losses, "dim"),
        Series(steps[: here + 1], losses[: here + 1], "line"),
        Series(steps[here : here + 1], losses[here : here + 1], "accent", "●"),
    ]
    return chart(width, height, series, _steps_axis(len(losses) - 1), y, terminal.unicode)


def _errors(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """Loss and errors on one axis, both from 0."""
    states = workspace.session.history.items()
    losses = np.array([state.loss for state in states])
    errors = np.array([float(state.errors) for state in states])
    both = np.concatenate([losses, errors, [0.0]])
    y = _y_axis(float(both.min()), float(both.max()), plain, height)
    here = workspace.session.step
    steps = np.arange(len(states), dtype=float)
    more = (Series(steps, errors, "cross", "×" if len(states) < width // 2 else ""),)
    rows = _losses(workspace, losses, y, width, height - 1, terminal, more)
    key = row((" ● ", ACCENT), f"loss {plain(losses[here])}   ", ("× ", CROSS), f"errors {states[here].errors}")
    return [key, *rows]


def _point_losses(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The two curves of the point loss over m, every point sitting on its own."""
    state = workspace.session.state
    found, data, name = state.evaluation, state.problem.data, state.problem.loss
    reach = max(2.0, math.ceil(float(np.abs(found.m).max())))
    m = np.linspace(-reach, reach, 4 * width)
    falling, rising = point_loss(name, m, 1.0), point_loss(name, m, -1.0)
    losses = found.point_losses / state.problem.scale
    low, high = _range(np.concatenate([falling, rising, losses]), 1.0)
    series = [Series(m, rising, "circle"), Series(m, falling, "cross")]
    for chosen, role, glyph in ((data.y < 0.0, "circle", "○"), (data.y > 0.0, "cross", "×")):
        series.append(Series(found.m[chosen], losses[chosen], role, glyph))
    if (point := workspace.view.point) is not None:
        series.append(Series(found.m[point : point + 1], losses[point : point + 1], "accent", "●"))
    x = Axis(-reach, reach, ((-reach, f"{-reach:g}"), (0.0, "m = 0"), (reach, f"{reach:g}")))
    kind = POINT_LOSSES[name]
    key = row((" ○ ", CIRCLE), f"{kind.circle}   ", ("× ", CROSS), kind.cross)
    return [key, *chart(width, height - 1, series, x, _y_axis(low, high, plain, height - 1), terminal.unicode)]


def ledger(workspace: Workspace, width: int, height: int) -> list[Row]:
    """One row a point with y, m, loss and its part of the selected slope, and the sums, which are shown elsewhere.

    Where not all points fit, those around the selected one are shown.
    """
    state, index = workspace.session.state, workspace.view.parameter
    found, data = state.evaluation, state.problem.data
    shown = workspace.session.phase is not Phase.LOSS
    name = state.problem.names[index]
    head = row((f"{'point':>8}{'y':>4}{'m':>10}{'loss':>10}{f'dL/d{name}' if shown else '':>11}", DIM))
    room = max(height - 2, 0)
    selected = workspace.view.point
    top = min(max((selected or 0) - room // 2, 0), max(len(data) - room, 0))
    rows = [head]
    for point in range(top, min(top + room, len(data))):
        part = signed(float(found.contributions[index, point])) if shown else ""
        cross = data.y[point] > 0.0
        wrong = not data.y[point] * found.m[point] > 0.0
        rows.append(
            row(
                (" ▸" if point == selected else "  ", ACCENT),
                (f"{'(' if wrong else ' '}", BOLD),
                ("×" if cross else "○", CROSS if cross else CIRCLE),
                (f"{')' if wrong else ' '}", BOLD),
                f"{point + 1:>3}{data.y[point]:>+4.0f}{signed(found.m[point]):>10}",
                f"{signed(found.point_losses[point]):>10}{part:>11}",
            )
        )
    total = signed(state.slopes[index]) if shown else ""
    more = f"{len(data):,} points" if len(data) > room else ""
    rows.append(row((f" {more:<11}{'sum':>11}{signed(state.loss):>10}{total:>11}", BOLD)))
    return rows


_DRAW: dict[LossView, Callable[[Workspace, int, int, Terminal], list[Row]]] = {
    LossView.HISTORY: _history,
    LossView.LOG: _history_log,
    LossView.POINT: _point_losses,
    LossView.ERRORS: _errors,
}

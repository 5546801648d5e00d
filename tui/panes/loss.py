"""The loss pane: the loss over the steps taken, the point losses, loss and errors, or the ledger of the points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.replay.program import Array
from engine.session.session import Phase
from engine.training.evaluate import evaluate
from engine.training.losses import POINT_LOSSES
from engine.training.replayed import point_loss
from scenarios.intervals import FARTHEST
from scenarios.numbers import plain
from scenarios.text import sign
from scenarios.workspace.view import LossView, Pane
from scenarios.workspace.workspace import Workspace
from tui.panes.ledger import ledger
from tui.plots.charts.axes import Axis, log_axis, range_axis, steps_axis, value_axis
from tui.plots.charts.chart import Series, chart
from tui.plots.rows import ACCENT, BOLD, CROSS, DIM, Row, frame, note, point_sign, row, width_of
from tui.terminal import Terminal

# The ledger of up to ten points stands under the chart where that leaves the chart this many rows: more where the pane
# is zoomed, because the chart is then what was asked for, and most where its curves have a shape to be seen.
_LEDGER_POINTS = 10
_CHART_ROWS, _ZOOMED, _SHAPED = 5, 6, 9
# A line that names the curves is worth its place from here on.
_KEY_ROWS = 6
_FIRST_STEPS = 10
_APART = 4  # cells from step to step, at the least, where each has a dot


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells."""
    view = workspace.view
    body = _body(workspace, width - 2, height - 2, terminal)
    return frame(_title(workspace, width), body, width, height, view.focus is Pane.LOSS)


def _title(workspace: Workspace, cells: int) -> Row:
    """The loss and the errors, in (3) from before the update to after it, in as many words as there is room for."""
    frame, view = workspace.session.frame, workspace.view.loss_view
    total, what = len(frame.problem.data), "loss" if frame.problem.reduction == "sum" else "mean loss"
    loss, wrong = row(f"{what} "), row("errors ")
    last: Row = () if view is LossView.HISTORY else row(("  ", DIM), (view, DIM))
    if view is LossView.ERRORS:  # the title is the key of its two curves
        loss, wrong, last = row(("● ", ACCENT), *loss), row(("□ ", CROSS), *wrong), ()
    errors, gap = frame.state.errors, "   " if view is LossView.HISTORY else "  "
    if frame.phase is not Phase.UPDATE:
        of = f" of {total:,}" if total < 10_000 and view is LossView.HISTORY else ""
        return row(*loss, (plain(frame.state.loss), BOLD), gap, *wrong, f"{errors:,}{of}", *last)
    new = evaluate(frame.problem, frame.parameters)
    now = (plain(new.loss), BOLD)
    changes = [
        row(*loss, f"{plain(frame.state.loss)} → ", now, each, *wrong, f"{errors:,} → {new.errors:,}")
        for each in (gap, " ")
    ]
    short = row("after: ", *loss, now, "  ", *wrong, f"{new.errors:,}")
    forms = [*(each + last for each in changes), changes[1], short]
    return next((each for each in forms if width_of(each) < cells - 4), short)


def _body(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    view = workspace.view.loss_view
    if view is LossView.LEDGER:
        return ledger(workspace, width, height, terminal)
    rows = min(len(workspace.session.state.problem.data), _LEDGER_POINTS) + 2
    chart_rows = _CHART_ROWS if not workspace.view.zoomed else _SHAPED if view is LossView.POINT else _ZOOMED
    if height >= rows + chart_rows and height > _LEDGER_POINTS:
        return [*_DRAW[view](workspace, width, height - rows, terminal), *ledger(workspace, width, rows, terminal)]
    return _DRAW[view](workspace, width, height, terminal)


def _losses_so_far(workspace: Workspace) -> Array:
    """The loss of each step; nan where it cannot be compared with the present one."""
    session = workspace.session
    return session.history.losses_of(session.state.problem)


def _history(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    losses = _losses_so_far(workspace)
    y = value_axis(float(np.nanmin(losses)), float(np.nanmax(losses)), height)
    return _losses(workspace, losses, y, width, height, terminal)


def _history_log(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    losses = _losses_so_far(workspace)
    if not (losses > 0.0).any():
        return note("no loss above 0: nothing to draw on a log scale", width)
    with np.errstate(all="ignore"):
        logs = np.where(losses > 0.0, np.log10(losses), np.nan)
    y = log_axis(float(np.nanmin(logs)), float(np.nanmax(logs)), height)
    return _losses(workspace, logs, y, width, height, terminal)


def _shown_steps(count: int, width: int) -> np.ndarray[Any, np.dtype[np.int_]]:
    """All of so many steps, or two for each column: a long session has thousands of them in each."""
    return np.linspace(0, count - 1, min(count, 2 * width)).astype(int)


def _losses(
    workspace: Workspace,
    losses: Array,
    y: Axis,
    width: int,
    height: int,
    terminal: Terminal,
    more: tuple[Series, ...] = (),
) -> list[Row]:
    here, shown = workspace.session.step, _shown_steps(len(losses), width)
    so_far = np.append(shown[shown < here], here)
    dots = [(shown, "dim"), (so_far, "line")] if max(_FIRST_STEPS, len(losses)) * _APART <= width else []
    series = [
        *more,
        Series(shown.astype(float), losses[shown], "dim"),
        Series(so_far.astype(float), losses[so_far], "line"),
        *(Series(steps.astype(float), losses[steps], role, "•") for steps, role in dots),
        Series(so_far[-1:].astype(float), losses[so_far[-1:]], "accent", "●"),
    ]
    x = steps_axis(max(_FIRST_STEPS, len(losses) - 1), width - y.gutter, here)
    return chart(width, height, series, x, y, terminal.braille)


def _errors(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """Loss and errors on one axis, both from 0."""
    losses, errors = _losses_so_far(workspace), workspace.session.history.errors
    both = np.concatenate([losses, errors, [0.0]])
    y = value_axis(float(np.nanmin(both)), float(np.nanmax(both)), height)
    shown, here = _shown_steps(len(errors), width), workspace.session.step
    more = (
        Series(shown.astype(float), errors[shown], "cross", steps=True),
        Series(np.array([float(here)]), errors[here : here + 1], "cross", "□"),
    )
    return _losses(workspace, losses, y, width, height, terminal, more)


def _point_losses(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The two curves of the point loss over m, every point sitting on its own."""
    now = workspace.session.frame
    state, found = now.state, evaluate(now.problem, now.parameters)
    data, name = state.problem.data, state.problem.loss
    reach = max(2.0, min(float(np.ceil(np.abs(found.m).max())), FARTHEST))
    m = np.linspace(-reach, reach, 4 * width)
    falling, rising = point_loss(name, m, 1.0), point_loss(name, m, -1.0)
    losses = found.point_losses / state.problem.scale
    kind = POINT_LOSSES[name]
    sides = [
        (data.y < 0.0, rising, "circle", sign(-1.0), row(point_sign(-1.0), f" {kind.circle}   ")),
        (data.y > 0.0, falling, "cross", sign(1.0), row(point_sign(1.0), f" {kind.cross}")),
    ]
    sides = [side for side in sides if side[0].any()]  # the curve of a class without points says nothing
    curves = np.concatenate([losses, *(curve for _, curve, *_ in sides)])
    series = [Series(m, curve, role) for _, curve, role, *_ in sides]
    series += [Series(found.m[chosen], losses[chosen], role, glyph) for chosen, _, role, glyph, _ in sides]
    if (point := workspace.view.point) is not None:
        series.append(Series(found.m[point : point + 1], losses[point : point + 1], "accent", "●"))
    key = [row(" ", *(span for *_, named in sides for span in named))] if height >= _KEY_ROWS else []
    y = value_axis(float(curves.min()), float(curves.max()), height - len(key))
    x = range_axis(-reach, reach, width - y.gutter, "m")
    return [*key, *chart(width, height - len(key), series, x, y, terminal.braille)]


_DRAW: dict[LossView, Callable[[Workspace, int, int, Terminal], list[Row]]] = {
    LossView.HISTORY: _history,
    LossView.LOG: _history_log,
    LossView.POINT: _point_losses,
    LossView.ERRORS: _errors,
}

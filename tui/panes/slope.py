"""The slope pane: the derivative of the loss in one parameter, by each method, and the curve it is the slope of."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.evaluate import losses_along, slope_by_difference
from engine.problem import Parameters, Problem
from engine.replay import Array
from engine.session import Phase, State
from scenarios.numbers import signed
from scenarios.schema import Editor
from scenarios.view import Pane
from scenarios.workspace import Workspace
from tui.plots.charts import Axis, Series, chart, value_axis
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, Row, frame, row, spread
from tui.terminal import Terminal

_ROOMY = 14
_MOST_LOSSES = 1_000_000  # point losses computed for one curve


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells."""
    state, index = workspace.session.state, workspace.view.parameter
    body = _methods(workspace, state, index, width - 2, height >= _ROOMY)
    room = height - 2 - len(body)
    if room >= 2:
        body += _curve(workspace, state, index, width - 2, room, terminal)
    title = row("slope of the loss in ", (state.problem.names[index], ACCENT))
    return frame(title, body, width, height, workspace.view.focus is Pane.SLOPE)


def _methods(workspace: Workspace, state: State, index: int, width: int, roomy: bool) -> list[Row]:
    """A row for each method, their difference, and which points push and pull. Before (2) the numbers are not shown."""
    epsilon, parameters = workspace.view.epsilon, state.parameters
    by_autodiff = state.slopes[index]
    by_difference = slope_by_difference(state.problem, parameters, index, epsilon)
    hidden = workspace.session.phase is Phase.LOSS
    name = state.problem.names[index]

    def line(what: str, how: str, value: str) -> Row:
        return spread(row(f" {what:<12}", (how, DIM)), row(("" if hidden else value, BOLD), " "), width)

    parts, labels = state.evaluation.contributions[index], state.problem.data.y
    circles, crosses = parts[labels < 0.0], parts[labels > 0.0]
    push = spread(
        row(
            f" {len(circles)} ", ("○", CIRCLE), f" {_verb(circles)} ", "" if hidden else signed(float(circles.sum()), 5)
        ),
        row(
            f"{len(crosses)} ",
            ("×", CROSS),
            f" {_verb(crosses)} ",
            "" if hidden else signed(float(crosses.sum()), 5),
            " ",
        ),
        width,
    )
    rows = [
        line("differences", f"eps {epsilon:g}", signed(by_difference, 5)),
        line("autodiff", "1 backward pass", signed(by_autodiff, 5)),
        line("difference", "of the two", f"{abs(by_difference - by_autodiff):.1e}"),
        push,
    ]
    if roomy and not hidden:
        rows[1:1] = [row((f"   (L({name} + eps) - L({name} - eps)) / 2 eps", DIM))]
    return rows


def _verb(parts: Array) -> str:
    """A positive part of a slope pushes the parameter down, a negative one pulls it up."""
    return "push" if float(parts.sum()) > 0.0 else "pull"


def _curve(workspace: Workspace, state: State, index: int, width: int, height: int, terminal: Terminal) -> list[Row]:
    """L along this parameter, the present place, the minimum and, from (2) on, the tangent."""
    hidden = workspace.session.phase is Phase.LOSS
    if hidden and workspace.predictions.on:
        return [row((" the curve is hidden until you have predicted", DIM))]
    value = state.parameters[index]
    low, high = _span(workspace.scenario.editors[index], value)
    along, losses = _along(state.problem, state.parameters, index, low, high, 4 * width)
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return [row((" no finite loss in this range", DIM))]
    bottom, top = float(finite.min()), float(finite.max())
    y = value_axis(bottom, top, height)
    series = [Series(along, losses, "old")]
    if not hidden:
        series.append(Series(along, state.loss + state.slopes[index] * (along - value), "accent"))
    lowest = int(np.nanargmin(losses))
    if 0 < lowest < len(along) - 1:
        series.append(Series(along[lowest : lowest + 1], losses[lowest : lowest + 1], "circle", "◇"))
    series.append(Series(np.array([value]), np.array([state.loss]), "accent", "●"))
    name = state.problem.names[index]
    x = Axis(low, high, ((low, f"{low:g}"), ((low + high) / 2, f"{name} = {(low + high) / 2:g}"), (high, f"{high:g}")))
    return chart(width, height, series, x, y, terminal.unicode)


@lru_cache(maxsize=32)
def _along(
    problem: Problem, parameters: Parameters, index: int, low: float, high: float, most: int
) -> tuple[Array, Array]:
    """Values of the parameter and L at each. With very many points a coarser curve will do: it is read by eye."""
    count = min(max(_MOST_LOSSES // len(problem.data), 25), most)
    along = np.linspace(low, high, count)
    return along, losses_along(problem, parameters, index, along)


def _span(editor: Editor, value: float) -> tuple[float, float]:
    """The editor's range, moved and widened where the value has left it, so that the place is always on the curve."""
    if editor.low <= value <= editor.high:
        return editor.low, editor.high
    half = max((editor.high - editor.low) / 2, abs(value) / 2)
    return round(value - half, 1), round(value + half, 1)

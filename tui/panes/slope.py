"""The slope pane: the derivative of the loss in one parameter, by each method, and the curve it is the slope of."""

from __future__ import annotations

import math

import numpy as np

from engine import symbolic
from engine.derivative.slope_formula import slope_by_symbols, slope_formula, unwritten
from engine.replay.program import Array
from engine.session.session import Phase, State
from engine.training.evaluate import slope_by_difference
from scenarios.numbers import plain, signed
from scenarios.screens.hearing import answered
from scenarios.screens.landscape.ranges import hidden, widened
from scenarios.screens.landscape.slice import Curve, curve
from scenarios.workspace.verdicts import MOST_POINTS
from scenarios.workspace.view import Pane
from scenarios.workspace.workspace import Workspace
from tui.plots.charts.axes import range_axis, value_axis
from tui.plots.charts.chart import Series, chart
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, frame, note, point_sign, row, spread, width_of
from tui.terminal import Terminal

_ROOMY = 14
_QUICK = 1000  # points; of more the exact minimum takes longer than all that is drawn
_LOWEST = 3  # rows of a curve that can be read, without its axis
_VERDICT = 15  # cells of what is said of theirs
_WIDE = 38  # where two numbers of five decimals do not touch
_SUMS = {"sum": "Σ ", "mean": "1/N Σ "}


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells."""
    state, index = workspace.session.state, workspace.view.parameter
    body = [
        *_methods(workspace, state, index, width - 2, height >= _ROOMY, terminal),
        _pushes(workspace, state, index, width - 2),
    ]
    room = height - 2 - len(body)
    if room > _LOWEST:
        body += _curve(workspace, state, index, width - 2, room, terminal)
    else:
        body += _instead(workspace, state, index, width - 2)[:room]
    before = ", before" if workspace.session.phase is Phase.UPDATE else ""
    title = row("slope of the loss in ", (state.problem.names[index], ACCENT), before)
    return frame(title, body, width, height, workspace.view.focus is Pane.SLOPE, _apart(workspace, state, index))


def _methods(workspace: Workspace, state: State, index: int, width: int, roomy: bool, terminal: Terminal) -> list[Row]:
    """A row for each method. Before (2) the numbers are not shown."""
    problem, epsilon, parameters = state.problem, workspace.view.epsilon, state.parameters
    by_symbols = slope_by_symbols(problem, parameters, index)
    by_difference = slope_by_difference(problem, parameters, index, epsilon)
    before = workspace.session.phase is Phase.LOSS

    def line(what: str, how: str, value: str, loud: bool = False) -> Row:
        number = "" if before else value
        label = f" {what:<11} "
        text, room = said(how, terminal.unicode), width - len(label) - 2 - len(number)
        text = text if len(text) <= room else text[: room - 3] + "..."
        inks = (ACCENT, ACCENT, ACCENT) if loud else (TEXT, DIM, BOLD)
        return spread(row((label, inks[0]), (text, inks[1])), row((number, inks[2]), " "), width)

    if by_symbols is None:
        why = unwritten(problem, index) or ""
        symbols = line("symbols", why, "too many" if why.endswith("terms") else "no formula")
    else:
        formula = symbolic.pretty(slope_formula(problem, index))
        symbols = line("symbols", f"{_SUMS[problem.reduction]}{formula}", signed(by_symbols, 5))
    rows = [
        symbols,
        line("central diff.", f"eps {epsilon:g}", signed(by_difference, 5)),
        line("autodiff", "backward pass", signed(state.slopes[index], 5)),
        *(line(*entry) for entry in _heard(workspace, state, index)),
    ]
    if roomy and not before:
        name = problem.names[index]
        rows[2:2] = [row((f"   (L({name} + eps) - L({name} - eps)) / 2 eps", DIM))]
    return rows


def _apart(workspace: Workspace, state: State, index: int) -> Row:
    """How far the methods are apart, once they are shown."""
    if workspace.session.phase is Phase.LOSS:
        return ()
    by_symbols = slope_by_symbols(state.problem, state.parameters, index)
    by_difference = slope_by_difference(state.problem, state.parameters, index, workspace.view.epsilon)
    found = [value for value in (by_symbols, by_difference, state.slopes[index]) if value is not None]
    apart = max(found) - min(found)
    if workspace.heard is None:
        return row((f"largest difference {apart:.1e}", DIM))
    heard = answered(workspace)
    theirs = heard.slopes.derivatives if heard is not None and heard.slopes is not None else None
    few = len(state.problem.data) <= MOST_POINTS  # of more, theirs are the slopes of the first
    if heard is None or heard.slopes is None or theirs is None or not math.isfinite(theirs[index]) or not few:
        return row((f"riserun's differ by {apart:.1e}", DIM))
    apart = max(*found, theirs[index]) - min(*found, theirs[index])
    off = heard.slopes.apart[index]
    name = f" in {state.problem.names[index]}" if not (off or heard.slopes.right) else ""  # of what is wrong elsewhere
    return row((f"largest difference{name} {apart:.1e}", ACCENT if off else DIM))


def _heard(workspace: Workspace, state: State, index: int) -> list[tuple[str, str, str, bool]]:
    """The row of the student's own package, where one is compared: its name, its verdict, its number, and whether that
    is to be loud.
    """
    if workspace.heard is None:
        return []
    name, heard = workspace.heard.name, answered(workspace)
    name = name if len(name) <= 11 else f"{name[:10]}~"
    if heard is None or heard.slopes is None:
        return [(name, "", "...", False)]
    verdict, values = heard.slopes, heard.slopes.derivatives
    if values is None:
        return [(name, verdict.text, "", True)]
    number, off = signed(values[index], 5), verdict.apart[index]
    if off:
        return [(name, f"off {off:.1e}" if math.isfinite(off) else "no number", number, True)]
    others = [each for each, far in zip(state.problem.names, verdict.apart, strict=True) if far]
    if others:
        told = (f"right, not {others[0]}" if len(others) == 1 else f"{', '.join(others)} wrong", "others wrong")
        return [(name, next((text for text in told if len(text) <= _VERDICT), told[-1]), number, True)]
    return [(name, "loss is wrong" if verdict.text.startswith("loss") else verdict.text, number, not verdict.right)]


def _pushes(workspace: Workspace, state: State, index: int, width: int) -> Row:
    """What the ○ and the × each add to the slope."""
    parts, labels = state.evaluation.contribution(index), state.problem.data.y
    circles, crosses = parts[labels < 0.0], parts[labels > 0.0]
    decimals, before = 5 if width >= _WIDE else 4, workspace.session.phase is Phase.LOSS
    pushes, pulls = ("" if before else signed(float(part.sum()), decimals) for part in (circles, crosses))
    left = row(f" {len(circles):,} ", point_sign(-1.0), f" {_verb(circles)} {pushes}")
    right = row(f"{len(crosses):,} ", point_sign(1.0), f" {_verb(crosses)} {pulls} ")
    if width_of(left) + width_of(right) >= width:  # the counts give way: the numbers are asked for
        left, right = row(" ", *left[1:]), right[1:]
    return spread(left, right, width)


def _largest(workspace: Workspace, state: State, index: int, width: int) -> Row:
    """The points that push down and pull up the most."""
    parts, y = state.evaluation.contribution(index), state.problem.data.y
    before = workspace.session.phase is Phase.LOSS

    def most(point: int, blank: str) -> Row:
        sign, number = point_sign(y[point]), "" if before else f" {signed(float(parts[point]))}"
        return row(blank) if before else row(blank, sign, f" {point + 1:,}{number} ")

    with np.errstate(all="ignore"):
        highest, lowest = int(np.nan_to_num(parts).argmax()), int(np.nan_to_num(parts).argmin())
    return spread(row((" most:", DIM), *most(highest, " ")), most(lowest, ""), width)


def _verb(parts: Array) -> str:
    """A positive part of a slope pushes the parameter down, a negative one pulls it up."""
    total, one = float(parts.sum()), len(parts) == 1
    return ("pushes" if one else "push") if total > 0.0 else ("pulls" if one else "pull") if total < 0.0 else "add"


def _looked(workspace: Workspace, state: State, index: int, width: int) -> Curve:
    """L along this parameter, over the range that the landscape begins with."""
    value = state.parameters[index]
    low, high = widened(workspace.scenario.editors[index], value, value)
    return curve(state.problem, state.parameters, index, low, high, 4 * width)


def _instead(workspace: Workspace, state: State, index: int, width: int) -> list[Row]:
    """What a curve would have shown and the largest parts of the slope, where there is no room for a curve."""
    if hidden(workspace):
        return note("the minimum is hidden until you have predicted", width)
    rows = [_largest(workspace, state, index, width)]
    if len(state.problem.data) <= _QUICK and (least := _looked(workspace, state, index, width).least) is not None:
        where = row((plain(least[1]), BOLD), " at ", (signed(least[0]), BOLD), " ")
        rows.insert(0, spread(row((f" lowest along {state.problem.names[index]}", DIM)), where, width))
    return rows


def _curve(workspace: Workspace, state: State, index: int, width: int, height: int, terminal: Terminal) -> list[Row]:
    """L along this parameter, the present place, the minimum and, from (2) on, the tangent."""
    if hidden(workspace):
        return note("the curve is hidden until you have predicted", width)
    value, found = state.parameters[index], _looked(workspace, state, index, width)
    low, high, along, losses = found.low, found.high, found.values, found.losses
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return note("no finite loss in this range", width)
    bottom, top = float(finite.min()), float(finite.max())
    y = value_axis(bottom, top, height)
    series = [Series(along, losses, "line")]
    if workspace.session.phase is not Phase.LOSS:
        with np.errstate(all="ignore"):  # under L, which goes on through the place where the two touch
            series.insert(0, Series(along, state.loss + state.slopes[index] * (along - value), "accent"))
    if (valley := found.drawn_valley) is not None:
        series.append(Series(np.array(valley[:1]), np.array(valley[1:]), "circle", "◇"))
    series.append(Series(np.array([value]), np.array([state.loss]), "accent", "●"))
    x = range_axis(low, high, width - y.gutter, state.problem.names[index], (value, signed(value)))
    return chart(width, height, series, x, y, terminal.braille)

"""The derive screen's right column: the derivative three ways, and the differences' error, or slices, below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine import symbolic
from engine.autodiff import numeric
from engine.autodiff.numeric import EpsilonError, replaced
from engine.derivative.breaks import break_within
from engine.derivative.study import Study, study
from engine.replay.program import Array
from scenarios.numbers import given, given_apart, signed
from scenarios.screens.derive import function
from scenarios.workspace.view import Derived, DeriveView
from scenarios.workspace.workspace import Workspace
from tui.panes import secant
from tui.plots.charts.axes import Axis, log_axis, range_axis, value_axis
from tui.plots.charts.chart import Series, chart
from tui.plots.charts.sampling import around, curve
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, CIRCLE, DIM, Ink, Row, frame, note, row, spread
from tui.terminal import Terminal

_GUTTER = 7  # cells of the labels beside a chart, at the least
_VALUE = 15  # cells of a value in its column, with what stands round it


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """Three ways at the point: each method, how it came to its number, and the rise and run behind the difference."""
    derive = workspace.view.derive
    f, found = study(derive.formula), function.methods(derive)
    inner, name = width - 2, f.names[derive.by]
    prime = f.differentiated[derive.by]
    how = symbolic.pretty(prime.derivative) if prime else "too large"

    def line(what: str, method: str, of: str, value: float | None, hidden: bool = False) -> Row:
        why = found.lacks.get(of)
        number = _number(value) if value is not None else why.value if why else "none"
        shown = "hidden" if hidden else number
        room = inner - 11 - len(shown) - 2
        text = said(method, terminal.unicode) if not hidden else ""
        text = text if len(text) <= room else text[: max(room - 3, 0)] + "..."
        return spread(row(f" {what:<10}", (text, DIM)), row((shown, BOLD), " "), inner)

    gap = found.central - found.symbols if found.central is not None and found.symbols is not None else None
    (a, fa), (b, fb) = found.left, found.right
    rise = fb - fa if fa is not None and fb is not None else None
    ops = "" if found.autodiff is None else f"{found.operations} op{'s' * (found.operations != 1)}"
    missing = "symbols" if found.symbols is None else "central"
    rows = [
        line("symbols", how, "symbols", found.symbols, derive.hidden),
        line("central", "2 calls", "central", found.central),
        line("autodiff", ops, "autodiff", found.autodiff, derive.hidden),
        line("central - symbols", "", missing, gap, derive.hidden),
        line(f"A {_call(derive, a, '-', inner - _VALUE)}", "", "left", fa),
        line(f"B {_call(derive, b, '+', inner - _VALUE)}", "", "right", fb),
        spread(row(f" rise {'none' if rise is None else _number(rise)}"), row(f"run {2 * derive.epsilon:g} "), inner),
    ]
    title = f"df/d{name} at {function.at(workspace)}"
    return frame(row(title), rows, width, height)


def _call(derive: DeriveView, place: float, sign: str, cells: int) -> str:
    """The call of f at a place beside the point, in words where its digits do not tell or have no room."""
    names, by = study(derive.formula).names, derive.by
    words = f"{names[by]} {sign} eps"
    calls = [function.called(derive, words), f"f({', '.join(replaced(names, by, words))})", ""]
    if place != derive.values[by]:
        calls.insert(0, function.called(derive, function.beside(derive, place)))
    return next(call for call in calls if len(call) <= cells)


def _number(value: float) -> str:
    """The value in five decimals; with its first digits where those would show little of it."""
    return f"{value:+.2e}" if 0.0 < abs(value) < 5e-4 else signed(value, 5)


def draw_errors(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The differences' error against ε, both logarithmic; for two arguments, slices through the point."""
    derive = workspace.view.derive
    f = study(derive.formula)
    if len(f.names) > 1:
        return _slices(workspace, f, width, height, terminal)
    if derive.hidden:
        return frame(row("error"), note("hidden: y shows the formula", width - 2), width, height)
    found = function.errors(derive)
    title = row("error ", ("○", ACCENT), " central  ", ("+", Ink("old")), " forward")
    if not found:
        return frame(title, note("no derivative here to compare with", width - 2), width, height)
    errors = [error for entry in found for error in (entry.central, entry.forward)]
    errors += [] if (now := _now(derive)) is None else [now]  # the present eps may reach over a kink that no other does
    if not any(math.isfinite(error) and error for error in errors):
        exact = "no error at any eps: the difference is exact here" if not any(errors) else "no error here is a number"
        return frame(title, note(exact, width - 2), width, height)
    series, y = _errors(derive, found, height - 2)
    body = chart(width - 2, height - 2, series, _epsilons(derive.epsilon), y, terminal.braille)
    return frame(title, body, width, height, foot=_foot(derive, found))


def _best(derive: DeriveView, found: Sequence[EpsilonError]) -> EpsilonError | None:
    """The eps with the least error of all that are drawn, the present one too; None where f has a kink or a jump, and
    no eps is better for what it shows, and where all are alike.
    """
    now, f = _now(derive), study(derive.formula)
    near = break_within(f, derive.values, derive.by, derive.epsilon)
    if near is not None and near.place == derive.values[derive.by]:
        return None
    drawn = [*found, *([] if now is None else [EpsilonError(derive.epsilon, now, math.nan)])]
    best = numeric.best(sorted(drawn, key=lambda entry: -entry.epsilon))
    return best if best and any(entry.central > best.central for entry in drawn) else None


def _foot(derive: DeriveView, found: Sequence[EpsilonError]) -> Row:
    """Which eps is the best, and what makes the error on either side of it."""
    best = _best(derive, found)
    if best is None:
        near = break_within(study(derive.formula), derive.values, derive.by, derive.epsilon)
        return row("" if near is None else ("a smaller eps does not help", DIM))
    sign = ("●", ACCENT) if best.epsilon == derive.epsilon else ("◇", CIRCLE)
    if numeric.truncated(found):
        return row(("truncation ", DIM), sign, f" {best.epsilon:.0e}", (" rounding", DIM))
    return row(sign, f" {best.epsilon:g} is the best eps here")


def _errors(derive: DeriveView, found: Sequence[EpsilonError], height: int) -> tuple[list[Series], Axis]:
    """The errors as they are drawn, their logarithms, and the axis of these: below all others what is exact."""
    best, now = _best(derive, found), _now(derive)
    known = [error for entry in found for error in (entry.central, entry.forward)]
    known = [error for error in (*known, math.nan if now is None else now) if math.isfinite(error)]
    logs = [math.log10(error) for error in known if error]
    y = log_axis(min(logs), max(logs), height - (0.0 in known))
    if 0.0 in known:
        y = _with_zero(y, height - 1)

    def marks(entries: Sequence[tuple[float, float]], role: str, sign: str) -> Series:
        drawn = [(-math.log10(epsilon), math.log10(error) if error else y.low) for epsilon, error in entries]
        across, up = np.array(drawn).T
        return Series(across, up, role, sign)

    series = [
        marks([(entry.epsilon, entry.forward) for entry in found], "old", "+"),
        marks([(entry.epsilon, entry.central) for entry in found], "accent", "○"),
    ]
    if best is not None and best.epsilon != derive.epsilon:
        series.append(marks([(best.epsilon, best.central)], "circle", "◇"))
    if now is not None:
        series.append(marks([(derive.epsilon, now)], "accent", "●"))
    return series, y


def _with_zero(y: Axis, rows: int) -> Axis:
    """The axis with a row for 0, which has no logarithm, below its lowest."""
    zero = y.low - (y.high - y.low) / max(rows - 2, 1)
    return replace(y, low=zero, ticks=((zero, f"{0:>{y.gutter - 1}} "), *y.ticks))


def _now(derive: DeriveView) -> float | None:
    """The central difference's error with the present ε; None where it is no number."""
    found = function.methods(derive)
    return abs(found.central - found.symbols) if found.central is not None and found.symbols is not None else None


def _epsilons(now: float) -> Axis:
    """The axis of ε from 1 to 1e-15."""
    ticks = tuple((float(power), given(10.0**-power)) for power in range(0, 16, 5))
    return Axis(0.0, 15.0, ticks, "eps", (-math.log10(now), given(now)))


def _slices(workspace: Workspace, f: Study, width: int, height: int, terminal: Terminal) -> list[Row]:
    """f along each argument through the point, the others standing still."""
    derive = workspace.view.derive
    title = row("slice along ", (f.names[derive.by], ACCENT))
    if derive.hidden:
        return frame(title, note("hidden: y shows the formula", width - 2), width, height)
    low, high = derive.domain[derive.by]
    along = np.linspace(low, high, 2 * width)
    places = dict(zip(f.names, derive.values, strict=True))

    def of(at: Array) -> Array:
        return f.column({**{name: np.full(at.shape, value) for name, value in places.items()}, f.names[derive.by]: at})

    found, x = function.methods(derive), derive.values[derive.by]
    drawn = curve(of, (low, high), width - 2 - _GUTTER, height - 2)
    y = value_axis(*around([drawn.limits], [] if found.value is None else [found.value], []), height - 2)
    series = [Series(drawn.x, drawn.y, "line")]
    if derive.shown is not Derived.DERIVATIVE:
        series += secant.lines(derive, found, along)
        series += secant.letters(derive, found, (high - low) / width, (y.high - y.low) / height)
    if found.value is not None:
        series.append(Series(np.array([x]), np.array([found.value]), "accent", "●"))
    across = range_axis(
        low, high, width - 2 - y.gutter, f.names[derive.by], (x, given_apart(x, x + (high - low) / width)[0])
    )
    return frame(title, chart(width - 2, height - 2, series, across, y, terminal.braille), width, height)

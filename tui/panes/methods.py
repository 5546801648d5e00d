"""The derive screen's right column: the derivative three ways, and the differences' error, or slices, below."""

from __future__ import annotations

import math

import numpy as np

from engine import symbolic
from engine.autodiff import numeric
from engine.derivative.study import Study, study
from scenarios.numbers import given, signed
from scenarios.screens.derive import function
from scenarios.workspace.workspace import Workspace
from tui.plots.charts import Axis, Series, chart, value_axis
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, Row, frame, note, row, spread
from tui.terminal import Terminal


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """Three ways at the point: each method, how it came to its number, and the rise and run behind the difference."""
    derive = workspace.view.derive
    f, found = study(derive.formula), function.methods(derive)
    inner, name = width - 2, f.names[derive.by]
    prime = f.differentiated[derive.by]
    how = symbolic.pretty(prime.derivative) if prime else "too large"

    def line(what: str, method: str, value: float | None, hidden: bool = False) -> Row:
        number = "not defined" if value is None else signed(value, 5)
        shown = "hidden" if hidden else number
        room = inner - 11 - len(shown) - 2
        text = said(method, terminal.unicode) if not hidden else ""
        text = text if len(text) <= room else text[: max(room - 3, 0)] + "..."
        return spread(row(f" {what:<10}", (text, DIM)), row((shown, BOLD), " "), inner)

    gap = found.central - found.symbols if found.central is not None and found.symbols is not None else None
    (a, fa), (b, fb) = found.left, found.right
    rise = fb - fa if fa is not None and fb is not None else None
    ops = "" if found.autodiff is None else f"{found.operations} op{'s' * (found.operations != 1)}"
    rows = [
        line("symbols", how, found.symbols, derive.hidden),
        line("central", "2 calls", found.central),
        line("autodiff", ops, found.autodiff, derive.hidden),
        line("central - symbols", "", gap, derive.hidden),
        line(f"A f({_place(a, f'{name} - eps', derive.epsilon)})", "", fa),
        line(f"B f({_place(b, f'{name} + eps', derive.epsilon)})", "", fb),
        spread(row(f" rise {_rise(rise)}"), row(f"run {2 * derive.epsilon:g} "), inner),
    ]
    title = f"df/d{name} at {function.at(workspace)}"
    return frame(row(title), rows, width, height)


def _plain(value: float | None) -> str:
    return "not defined" if value is None else signed(value, 5)


def _place(value: float, said: str, epsilon: float) -> str:
    """The place in a few digits; in words where those would hide that it is not the point itself."""
    text = given(round(value, 6))
    return text if abs(float(text) - value) < epsilon / 2 else said


def _rise(value: float | None) -> str:
    """The rise as the numbers above it; with its first digits where those would show nothing of it."""
    return f"{value:+.2e}" if value is not None and 0.0 < abs(value) < 5e-5 else _plain(value)


def draw_errors(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The differences' error against ε, both logarithmic; for two arguments, slices through the point."""
    derive = workspace.view.derive
    f = study(derive.formula)
    if len(f.names) > 1:
        return _slices(workspace, f, width, height, terminal)
    if derive.hidden:
        return frame(row("error"), note("hidden: y shows the formula", width - 2), width, height)
    found = function.errors(derive)
    title = row("error  ", ("○", ACCENT), " central  · forward")
    if not found:
        return frame(title, note("no derivative here to compare with", width - 2), width, height)
    epsilons = np.array([-math.log10(entry.epsilon) for entry in found])
    with np.errstate(all="ignore"):
        central = np.log10(np.array([entry.central for entry in found]))
        forward = np.log10(np.array([entry.forward for entry in found]))
    finite = np.concatenate([central[np.isfinite(central)], forward[np.isfinite(forward)]])
    if not len(finite):
        return frame(title, note("no error at any eps: the difference is exact here", width - 2), width, height)
    best = numeric.best(found)
    series = [Series(epsilons, forward, "dim", "·"), Series(epsilons, central, "accent", "○")]
    if best is not None and best.central > 0.0:
        place = (np.array([-math.log10(best.epsilon)]), np.array([math.log10(best.central)]))
        series.append(Series(*place, "cross", "●"))
    low = math.floor(float(finite.min()))
    high = max(math.ceil(float(finite.max())), low + 1)
    y = Axis(low, high, tuple((value, f"{f'1e{value}':>6} ") for value in (low, high)))
    x = Axis(1, 15, ((1, "1e-1"), (8, "eps"), (15, "1e-15")))
    foot = (
        row(("truncation | ", DIM), (f"{best.epsilon:.0e}", ACCENT), (" | rounding", DIM))
        if best is not None and best.central < found[0].central
        else ()
    )
    return frame(title, chart(width - 2, height - 2, series, x, y, terminal.braille), width, height, foot=foot)


def _slices(workspace: Workspace, f: Study, width: int, height: int, terminal: Terminal) -> list[Row]:
    """f along each argument through the point, the others standing still."""
    derive = workspace.view.derive
    title = row("slice along ", (f.names[derive.by], ACCENT))
    if derive.hidden:
        return frame(title, note("hidden: y shows the formula", width - 2), width, height)
    low, high = derive.domain[derive.by]
    along = np.linspace(low, high, 4 * width)
    place = {name: np.full(along.shape, value) for name, value in zip(f.names, derive.values, strict=True)}
    ys = f.column({**place, f.names[derive.by]: along})
    found, x = function.methods(derive), derive.values[derive.by]
    series = [Series(along, ys, "line")]
    if found.value is not None and found.symbols is not None:
        with np.errstate(all="ignore"):
            series.append(Series(along, found.value + found.symbols * (along - x), "accent"))
        series.append(Series(np.array([x]), np.array([found.value]), "accent", "●"))
    finite = ys[np.isfinite(ys)]
    y = (
        value_axis(float(finite.min()), float(finite.max()), height - 2)
        if len(finite)
        else value_axis(-1, 1, height - 2)
    )
    axis = Axis(low, high, ((low, given(low)), ((low + high) / 2, f.names[derive.by]), (high, given(high))))
    return frame(title, chart(width - 2, height - 2, series, axis, y, terminal.braille), width, height)

"""The derive screen's large pane: a function with tangent and secant, its surface, or its worked derivative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine import symbolic
from engine.autodiff.numeric import replaced
from engine.derivative.catalogue import Interval
from engine.derivative.gaps import holes
from engine.derivative.study import Study, study
from engine.replay.program import Array
from engine.symbolic.expression import Expression
from scenarios.context.hearers import Hearer, hearers
from scenarios.numbers import given_apart
from scenarios.screens.derive import function
from scenarios.workspace.view import Derived, DeriveView
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES
from tui.panes import secant
from tui.plots.cells import cell_centres, cell_of, dot_centres
from tui.plots.charts.axes import range_axis, value_axis
from tui.plots.charts.chart import Series, chart, line_sign
from tui.plots.charts.sampling import around, curve
from tui.plots.colours.palette import shades
from tui.plots.glyphs import said
from tui.plots.maps.heat import framed, upright
from tui.plots.maps.raster import field_ground, halves, paint
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Ink, Overlay, Row, fit, frame, note, plain, row, width_of, wrap
from tui.terminal import Terminal

_SENSE = 12  # cells in which the beginning of a formula still says something
_SHADES = ", shown as a heat map"
_FINE = 101
_GUTTER = 7  # cells of the labels beside a chart, at the least
_LABEL = 4  # cells of a label beside the heat map, at the least
_OFF = 0.25  # rows that a label beside the scale may miss its value by
_VALUE = 6  # and of a value beside its scale


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells."""
    derive = workspace.view.derive
    f = study(derive.formula)
    inner = (width - 2, height - 2)
    if derive.shown is Derived.RULES:
        return frame(
            row("worked steps"),
            _rules(f, derive, Hearer.LECTURE not in hearers(workspace), *inner, terminal),
            width,
            height,
        )
    if len(f.names) == 1:
        title, body = _title(workspace, width, terminal), _curves(f, derive, *inner, terminal)
    elif len(f.names) == 2:
        title, body = _surface(workspace, f, *inner, terminal)
    else:
        title, body = row("f"), note("a function of three or more arguments has no picture here", width - 2)
    return frame(title, body, width, height)


def _curves(f: Study, derive: DeriveView, width: int, height: int, terminal: Terminal) -> list[Row]:
    low, high = derive.domain[0]
    xs = np.linspace(low, high, 2 * width)
    found, x = function.methods(derive), derive.values[0]

    def of(at: Array) -> Array:
        return f.column({f.names[0]: at})

    shown: list[tuple[Callable[[Array], Array], str]] = [] if derive.hidden else [(of, "line")]
    if derive.shown is Derived.DERIVATIVE and (slope := f.differentiated[0]) is not None:
        formula = slope.derivative
        shown.append((lambda at: f.where_defined(formula, {f.names[0]: at}), "accent"))
    drawn = [(curve(each, (low, high), width - _GUTTER, height), role) for each, role in shown]
    ends = [value for at, value in (found.left, found.right) if value is not None and low <= at <= high]
    y = value_axis(
        *around([each.limits for each, _ in drawn], [] if found.value is None else [found.value], ends), height
    )
    series = [Series(each.x, each.y, role) for each, role in drawn]
    touched = [found.value]
    if derive.shown is Derived.FUNCTION:
        # f is drawn over the lines: where one touches it, f goes on through the place, and the line on both sides.
        series = [*secant.lines(derive, found, xs), *series]
        series += secant.letters(derive, found, (high - low) / width, (y.high - y.low) / height)
    if not derive.hidden and (gaps := holes(f, derive.values, 0, low, high)):
        places, limits = np.array([(hole.place, hole.limit) for hole in gaps]).T
        series.append(Series(places, limits, "line", "○"))
    if derive.shown is Derived.DERIVATIVE:
        touched.append(found.symbols)
    series += [Series(np.array([x]), np.array([value]), "accent", "●") for value in touched if value is not None]
    across = range_axis(low, high, width - y.gutter, f.names[0], (x, given_apart(x, x + (high - low) / width)[0]))
    return chart(width, height, series, replace(across, lines=(0.0,) if low < 0.0 < high else ()), y, terminal.braille)


def _title(workspace: Workspace, cells: int, terminal: Terminal) -> Row:
    """The names of the lines in their colours, with the signs they are drawn with where colour does not tell. In a
    lecture, whose header has the scene, f is written out where there is room.
    """
    derive = workspace.view.derive
    roles = {"f": "line", "tangent": "accent", "secant": "old"}
    signs = {name: line_sign(role, terminal.braille) for name, role in roles.items()}
    tangent, between = Ink("accent", bold=True), Ink("old")
    lines: Row = ()
    if derive.shown is Derived.DERIVATIVE:
        lines = row("   ", (f"f'{signs['tangent']}", tangent))
    else:
        if secant.touching(derive):
            lines += row("   ", (f"tangent{signs['tangent']}", tangent))
        if derive.secant:
            lines += row("   ", (f"secant{signs['secant']}", between))
    name, room = "f", cells - 5 - width_of(lines) - len(signs["f"])
    if workspace.lesson is not None and room >= _SENSE:
        written = row(said(function.written(workspace), terminal.unicode))
        name = plain(fit(written, min(width_of(written), room))).rstrip()
    return (*row("f is hidden" if derive.hidden else f"{name}{signs['f']}"), *lines)


def _surface(workspace: Workspace, f: Study, width: int, height: int, terminal: Terminal) -> tuple[Row, list[Row]]:
    """f, or its derivative by the chosen argument, as a heat map over both arguments, with the scale beside it."""
    derive, taught = workspace.view.derive, workspace.lesson is not None
    expression, name = f.expression, function.written(workspace) if taught else "f"
    if derive.shown is Derived.DERIVATIVE and (slope := f.differentiated[derive.by]) is not None:
        expression, name = slope.derivative, "df/d" + f.names[derive.by]
        name += f" = {symbolic.pretty(expression)}" if taught else ""
    title = row((said(name, terminal.unicode), ACCENT if expression is not f.expression else TEXT))
    if width_of(title) + len(_SHADES) < width - 3:
        title += row(_SHADES)
    if derive.hidden:
        return row("f is hidden"), []
    x, y = derive.domain
    lines = height - 1
    finite = _finely(f, expression, x, y)
    span = value_axis(*((float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)), height)
    low, high = span.low, span.ticks[-1][0]
    begins = replace(span, high=high).places(np.array([value for value, _ in span.ticks]), lines).tolist()
    labels = [(begin, label.strip()) for begin, (_, label) in zip(begins, span.ticks, strict=True)]
    values = {lines - 1 - round(begin): label for begin, label in labels if abs(begin - round(begin)) <= _OFF}
    left = max(_LABEL, *(len(label) for label in upright(y, lines).values())) + 1
    columns = width - left - 4 - max(_VALUE, *map(len, values.values()))
    each = 2 if halves(terminal) else 1
    grid = {f.names[0]: cell_centres(x, columns)[None, :], f.names[1]: dot_centres(y, lines, each)[:, None]}
    z = np.broadcast_to(f.where_defined(expression, grid), (each * lines, columns))[::-1]
    signs = _marks(derive, (x, columns), (y, lines))
    body = framed(_painted(z, (low, high), signs, terminal), x, y, (f.names[0], f.names[1]), left, columns)
    up = dot_centres((low, high), lines, each)[::-1, None]
    scale = _painted(np.repeat(np.clip(up, low, high), 2, axis=1), (low, high), [{}] * lines, terminal)
    beside = [(*row(" "), *shades, (f" {values.get(index, '')}", DIM)) for index, shades in enumerate(scale)]
    return title, [*((*line, *more) for line, more in zip(body, beside, strict=False)), body[-1]]


def _marks(derive: DeriveView, across: tuple[Interval, int], up: tuple[Interval, int]) -> Overlay:
    """The point, and A and B beside it, in the cells of a map of so many, where these are others than the point's."""
    places, found = [("●", derive.values)], function.methods(derive)
    if derive.secant and derive.shown is Derived.FUNCTION and found.central is not None:
        ends = zip("AB", (found.left[0], found.right[0]), strict=True)
        places += [(letter, replaced(derive.values, derive.by, place)) for letter, place in ends]
    signs: Overlay = [{} for _ in range(up[1])]
    for sign, (x, y) in places:
        if across[0][0] <= x <= across[0][1] and up[0][0] <= y <= up[0][1]:
            column, line = (int(cell_of(np.array([at]), *axis)[0]) for at, axis in ((x, across), (y, up)))
            signs[-1 - line].setdefault(column, (sign, ACCENT))
    return signs


def _painted(z: Array, ends: Interval, signs: Overlay, terminal: Terminal) -> list[Row]:
    """Values, top row first, in shades from blue at the one end to red at the other; what is no number in none."""
    of, (low, high) = shades(terminal), ends
    with np.errstate(all="ignore"):
        places = np.clip((z - low) / ((high - low) or 1.0), 0.0, 1.0)
        found = np.minimum(np.floor(np.nan_to_num(places) * 2 * of), 2 * of - 1).astype(int) - of
    found += found >= 0  # there is no shade between the lightest blue and the lightest red
    return paint(np.where(np.isnan(places), 0, found), signs, field_ground(of, terminal))


def _finely(f: Study, expression: Expression, x: Interval, y: Interval) -> Array:
    """The finite values on a grid so fine that its lowest and highest are those of the domain."""
    grid = {f.names[0]: np.linspace(*x, _FINE)[None, :], f.names[1]: np.linspace(*y, _FINE)[:, None]}
    values = f.where_defined(expression, grid)
    return values[np.isfinite(values)]


def _rules(f: Study, derive: DeriveView, walked: bool, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The rules applied so far, each with what came of it; the newest in sight. `walked`: a key brings the next one."""
    found, name = f.differentiated[derive.by], f.names[derive.by]
    if found is None:
        return note("too large to write down", width)
    rows = [row(" ", (said(f"f = {symbolic.pretty(f.expression)}", terminal.unicode), BOLD)), row("")]
    for number, step in enumerate(found.steps[: derive.rules], 1):
        ink = ACCENT if number == derive.rules else DIM
        rows.append(row((f" {number:>2}. {step.rule}", ink)))
        rows += [row(f"     {line}") for line in wrap(said(step.shown, terminal.unicode), width - 6)]
    if derive.rules >= len(found.steps):
        answer = said(f"df/d{name} = {symbolic.pretty(found.derivative)}", terminal.unicode)
        rows += [row(""), *(row((f" {line}", BOLD)) for line in wrap(answer, width - 2))]
    left = len(found.steps) - derive.rules
    press = f": press {NAMES['forward']}" if walked else ""
    rows.append(row((f" {left} more{press}" if left else "", DIM)))
    return [fit(line, width) for line in rows[-height:]]

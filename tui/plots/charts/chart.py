"""Charts of curves and points, drawn by plotext. The one module that speaks to it.

plotext's figure is global and not safe to share between threads, aborts the process on a NaN in a line, and eats
memory on a line that runs far outside its limits: so it is handed only finite values inside the limits, lines with at
most two for each column, and only from the thread that draws. It takes some ten microseconds for each value, so a line
is handed over as its corners, of marks that share a cell one, and a chart that was drawn before is not drawn again.

It is handed cells, not values, so that a mark, a label and a curve at one value are at one place to the last bit. All
dots of a cell have one colour, and plotext would give those of all curves that of the last: so each curve is drawn by
itself, and where two share a cell, the dots of one stand there alone. The faint lines are dots too, under all of them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from engine.replay.program import Array, Mask
from tui.plots.cells import braille, is_braille
from tui.plots.charts.axes import Axis
from tui.plots.charts.curves import Path, centres, dot_of, runs, smooth, treads
from tui.plots.colours.themes import ROLES
from tui.plots.rows import DIM, Ink, Row, Span, over, plain

# plotext makes its documentation while it is imported, which takes longer than all the rest of it. Nobody reads it
# here, so an empty module stands in its place.
_documentation = ModuleType("plotext._doc.doc")
_documentation.__dict__["docs"] = None
sys.modules.setdefault(_documentation.__name__, _documentation)

import plotext  # noqa: E402

# plotext speaks colours by number; ours are only names that come back as roles.
_GRID = Ink("grid")
_INKS = {str(number): Ink(role) for number, role in enumerate(ROLES, 1)}
_SPAN = re.compile("\x1b\\[(?:0|38;5;(\\d+))m(?:\x1b\\[48;5;\\d+m)?([^\x1b]*)")
# Where lines are not told apart by colour: what those of a role are drawn with, all others with `*`.
_LINE_SIGNS = {"accent": "-", "cross": "+", "old": "+", "dim": "."}
_TURN = 2  # cells
_FEW = 64  # marks: so many have curves led through them

plotext.terminal.limit(False, False)
_figure = plotext.figure
_figure.theme("colorless")
_figure.canvas("default")
_figure.axes(False)
_figure.ruler("x", 0).alignment(tick="left")


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Values to draw in the ink of `role`: as marks with a `glyph`, otherwise as a line; with `steps`, as level ones,
    each value up to the next, and no line where it jumps. Equal by its values.
    """

    x: Array
    y: Array
    role: str
    glyph: str = ""
    steps: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Series) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def lies_under(self, other: Series) -> bool:
        """Whether it is a line through the very places of the other one, which is drawn later."""
        return not (self.glyph or other.glyph) and self._key[:2] == other._key[:2] and self.steps == other.steps

    @property
    def _key(self) -> tuple[bytes, bytes, str, str, bool]:
        return self.x.tobytes(), self.y.tobytes(), self.role, self.glyph, self.steps


def line_sign(role: str, unicode: bool) -> str:
    """What stands behind the name of a line of that role: the sign it is drawn with, where it is not told by colour."""
    return "" if unicode else f" {_line_sign(role)}"


def _line_sign(role: str) -> str:
    return _LINE_SIGNS.get(role, "*")


def chart(width: int, height: int, series: Sequence[Series], x: Axis, y: Axis, unicode: bool = True) -> list[Row]:
    """`height` rows of `width` cells: the tick labels of y on the left, those of x below, later series on top. Where
    not `unicode`, curves are drawn with signs, and there are no faint lines, which would look like one.
    """
    return list(_chart(width, height, tuple(series), x, y, unicode))


@lru_cache(maxsize=32)
def _chart(width: int, height: int, series: tuple[Series, ...], x: Axis, y: Axis, unicode: bool) -> tuple[Row, ...]:
    labelled = bool(x.ticks or x.name or x.present) and height > 1
    gutter = y.gutter if y.gutter < width else 0
    plot = _Plot(x, y, width - gutter, height - labelled, unicode)
    marks = plot.marks(series)
    lower, *upper = _layers(series) if unicode else [series]
    plot.begin(width, height)
    if gutter:
        rows = plot.up(np.array([value for value, _ in y.ticks])).tolist()
        _figure.ruler("y", 0).ticks(rows, [label for _, label in y.ticks])
    if labelled:
        labels = x.labels(plot.columns)
        texts = [plotext.colorize(text, _pixel(role)) for _, text, role in labels]
        _figure.ruler("x", 0).ticks([float(start) for start, *_ in labels], texts)
    drawn = plot.drawn(lower, marks)[:height]
    layers = []
    for layer in upper:
        plot.begin(plot.columns, plot.lines)
        layers.append(plot.drawn(layer, marks)[: plot.lines])
    if layers:
        drawn[: plot.lines] = _laid([drawn[: plot.lines], *layers], gutter)
    if unicode and (x.lines or y.lines):
        drawn[: plot.lines] = map(_under, drawn, plot.faint(), repeat(gutter))
    return tuple(drawn)


class _Plot(NamedTuple):
    """What lies between the axes, `columns` by `lines` cells, and how it comes onto plotext's figure."""

    x: Axis
    y: Axis
    columns: int
    lines: int
    unicode: bool

    def across(self, values: Array) -> Array:
        """Where values of x lie, in cells."""
        return self.x.places(values, self.columns)

    def up(self, values: Array) -> Array:
        """Where values of y lie, in cells from the lowest."""
        return self.y.places(values, self.lines)

    def inside(self, series: Series) -> Mask:
        """Which of its places are numbers between the limits."""
        x, y = series.x, series.y
        inside: Mask = (x >= self.x.low) & (x <= self.x.high) & (y >= self.y.low) & (y <= self.y.high)
        return inside

    def path(self, series: Series) -> Path:
        """Its places inside the limits, in cells."""
        inside = self.inside(series)
        return self.across(series.x[inside]), self.up(series.y[inside])

    def marks(self, series: Sequence[Series]) -> Path:
        """Where there are marks, if they are few."""
        entries = [entry for entry in series if entry.glyph]
        if not 0 < sum(len(entry.x) for entry in entries) <= _FEW:
            return np.array([]), np.array([])
        across, up = zip(*(self.path(entry) for entry in entries), strict=True)
        return np.concatenate(across), np.concatenate(up)

    def begin(self, width: int, height: int) -> None:
        """An empty figure of that size, whose limits are cells."""
        _figure.clear.data()
        _figure.plot_size(width, height)
        for name, cells in (("x", self.columns), ("y", self.lines)):
            _figure.ruler(name, 0).lim(0.0, float(max(cells - 1, 1))).ticks([], [])

    def faint(self) -> list[dict[int, str]]:
        """The dots of the faint lines by row and column: on those very dots on which a curve has these values."""
        dots = np.zeros((4 * self.lines, 2 * self.columns), dtype=bool)
        dots[-1 - dot_of(self.up(np.array(self.y.lines)), 4), ::2] = True
        dots[::2, dot_of(self.across(np.array(self.x.lines)), 2)] = True
        return braille(dots)

    def drawn(self, layer: Sequence[Series], marks: Path) -> list[Row]:
        """The figure's rows with these series on it."""
        for entry in layer:
            if entry.glyph:
                cells = {*zip(*(np.floor(0.5 + places).tolist() for places in self.path(entry)), strict=True)}
                if cells:
                    xs, ys = zip(*cells, strict=True)
                    _figure.draw(_figure.signal([*xs], [*ys], marker=plotext.marker(entry.glyph, _pixel(entry.role))))
            else:
                self._draw_curve(entry, marks)
        return [_row(line) for line in _figure.build().string().split("\n")]

    def _draw_curve(self, entry: Series, marks: Path) -> None:
        sign, dots = ("braille", (2, 4)) if self.unicode else (_line_sign(entry.role), (1, 1))
        corner = self.columns - 1.0, self.lines - 1.0
        with np.errstate(all="ignore"):
            found = runs(self.across(entry.x), self.up(entry.y), self.inside(entry), corner, 2 * self.columns)
        pieces = [piece for run in found for piece in (treads(run) if entry.steps else [smooth(run, marks)])]
        if not pieces:
            return
        places = (np.concatenate(each) for each in zip(*pieces, strict=True))
        xs, ys = (centres(each, of).tolist() for each, of in zip(places, dots, strict=True))
        signal = _figure.signal(xs, ys, marker=plotext.marker(sign, _pixel(entry.role))).lines()
        begins = 0
        for columns, _ in pieces:
            signal.line(begins, False)
            begins += len(columns)
        _figure.draw(signal)


def _layers(series: Sequence[Series]) -> list[list[Series]]:
    """The series in groups whose curves are of one colour, without curves that lie under another one altogether."""
    layers: list[list[Series]] = [[]]
    for at, entry in enumerate(series):
        if not entry.glyph:
            if any(entry.lies_under(other) for other in series[at + 1 :]):
                continue
            if any(other.role != entry.role for other in layers[-1] if not other.glyph):
                layers.append([])
        layers[-1].append(entry)
    return layers


@cache
def _pixel(role: str) -> Any:
    return plotext.pixel(ROLES.index(role) + 1)


def _laid(layers: Sequence[Sequence[Row]], offset: int) -> list[Row]:
    """The rows of the first layer with the signs of the others, which begin `offset` cells later, in place of its own.

    A mark is on top of a curve. Where curves share cells, as where one touches another, the later one has them: it goes
    on through the place, and the other is seen on both sides. But curves of which most would be hidden take turns.
    """
    signs: list[dict[int, list[Span]]] = []
    for line, *others in zip(*layers, strict=True):
        signs.append({})
        for spans, start in ((line, 0), *((other, offset) for other in others)):
            for text, ink in spans:
                if not text.isspace():
                    for at, sign in enumerate(text, start):
                        if sign != " ":
                            signs[-1].setdefault(at, []).append((sign, ink))
                start += len(text)
    curves = [[sign for sign in found if is_braille(sign[0])] for each in signs for found in each.values()]
    all_of = Counter(ink for found in curves for _, ink in found)
    hidden = Counter(ink for found in curves for _, ink in found[:-1])
    few = {ink for ink, count in hidden.items() if 2 * count > all_of[ink]}
    return [
        over(line, {at: _on_top(found, at, few) for at, found in each.items()})
        for line, each in zip(layers[0], signs, strict=True)
    ]


def _on_top(found: Sequence[Span], at: int, few: set[Ink]) -> Span:
    """Which of the signs in a cell of that column is seen; `few`: the inks of curves that are hidden by others."""
    top = found[-1]
    if not is_braille(top[0]):
        return top
    turns = [sign for sign in found[:-1] if is_braille(sign[0]) and sign[1] in few] + [top]
    return turns[at // _TURN % len(turns)]


def _under(line: Row, signs: dict[int, str], offset: int) -> Row:
    """The row with the signs of faint lines, which begin `offset` cells later, where it has none."""
    text = plain(line)
    return over(line, {offset + at: (sign, _GRID) for at, sign in signs.items() if text[offset + at] == " "})


def _row(line: str) -> Row:
    return tuple((text, _INKS.get(color, DIM)) for color, text in _SPAN.findall(line) if text)

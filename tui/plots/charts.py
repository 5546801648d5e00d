"""Charts of curves and points, drawn by plotext. The one module that speaks to it.

plotext's figure is global and not safe to share between threads, aborts the process on a NaN in a line, and eats
memory on a line that runs far outside its limits: so it is handed only finite values inside the limits, lines with at
most two for each column, and only from the thread that draws. It takes some ten microseconds for each value, so a line
is handed over as its corners, of marks that share a cell one, and a chart that was drawn before is not drawn again.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

import numpy as np

from engine.replay.program import Array
from tui.plots.field import cell_centres, cell_of
from tui.plots.rows import DIM, Ink, Row

# plotext makes its documentation while it is imported, which takes longer than all the rest of it. Nobody reads it
# here, so an empty module stands in its place.
_documentation = ModuleType("plotext._doc.doc")
_documentation.__dict__["docs"] = None
sys.modules.setdefault(_documentation.__name__, _documentation)

import plotext  # noqa: E402

# plotext speaks colours by number; ours are only names that come back as roles.
_ROLES = ("dim", "frame", "accent", "cross", "circle", "line", "old")
_INKS = {str(number): Ink(role) for number, role in enumerate(_ROLES, 1)}
_SPAN = re.compile("\x1b\\[(?:0|38;5;(\\d+))m([^\x1b]*)")
LINE_SIGNS = {"accent": "-", "cross": "+", "dim": "."}
"""Where lines are not told apart by colour: what those of a role are drawn with, all others with `*`."""
_LARGEST = 4e307  # so that the distance of two values is a number
_FLAT = 1e-12
_LINE_ERROR = 1 / 16  # cells: a quarter of a braille dot

plotext.terminal.limit(False, False)


@dataclass(frozen=True, slots=True)
class Axis:
    """The limits of an axis and its ticks, (value, label) each."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Values to draw in the ink of `role`: as marks with a `glyph`, otherwise as a line. Equal by its values."""

    x: Array
    y: Array
    role: str
    glyph: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Series) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[bytes, bytes, str, str]:
        return self.x.tobytes(), self.y.tobytes(), self.role, self.glyph


def round_ends(low: float, high: float, parts: int = 2) -> tuple[float, float]:
    """The round numbers next to `low`, below, and to `high`, above; apart where these are one value. `parts`: into how
    many a power of ten is divided for them.
    """
    low, high = (min(max(end, -_LARGEST), _LARGEST) for end in (low, high))
    spread = high - low
    if spread <= _FLAT * max(abs(low), abs(high)):  # a level line, but for rounding
        spread = abs(high) or 1.0
    unit = 10.0 ** math.floor(math.log10(spread)) / parts or spread  # the smallest numbers have no half
    bottom, top = math.floor(low / unit) * unit, math.ceil(high / unit) * unit
    if bottom == top:
        bottom, top = bottom - unit, top + unit
    return bottom, top


def value_axis(low: float, high: float, height: int, label: Callable[[float], float] = float) -> Axis:
    """An axis round the values between `low` and `high`, with a label at each end, one in the middle where there is
    room. Its ends are round numbers, so that it stands still while the values move a little. `label` turns a place on
    the axis into the number written there (for a logarithmic axis); all labels are of one width.
    """
    low, high = (min(max(end, -_LARGEST), _LARGEST) for end in (low, high))
    bottom, top = round_ends(low, high)
    ends = [bottom, top] if height < 6 else [bottom, (bottom + top) / 2, top]
    texts = [_short(label(value)) for value in ends]
    if len(set(texts)) < len(texts):  # equal labels would say that nothing lies between them
        kept = slice(-1, None) if texts[0] == texts[-1] else slice(None, None, 2)
        ends, texts = ends[kept], texts[kept]
    cells = max(6, *map(len, texts))
    # The round ends are rounded numbers too: no value may come to lie outside them by its last bit.
    ticks = tuple((value, f"{text:>{cells}} ") for value, text in zip(ends, texts, strict=True))
    return Axis(min(bottom, low), max(top, high), ticks)


def _short(value: float) -> str:
    """As many digits as six cells hold (seven for what is negative and tiny or huge)."""
    texts = (f"{value:.{digits}g}" for digits in (5, 4, 3, 2, 1))
    return next((text for text in texts if len(text) <= 6), f"{value:.0e}")


def chart(width: int, height: int, series: Sequence[Series], x: Axis, y: Axis, unicode: bool = True) -> list[Row]:
    """`height` rows of `width` cells: the tick labels of y on the left, those of x below, later series on top."""
    return list(_chart(width, height, tuple(series), x, y, unicode))


@lru_cache(maxsize=32)
def _chart(width: int, height: int, series: tuple[Series, ...], x: Axis, y: Axis, unicode: bool) -> tuple[Row, ...]:
    figure = plotext.figure
    figure.clear()
    figure.plot_size(width, height)
    figure.theme("colorless")
    figure.canvas("default")
    figure.axes(False)
    for name, axis in (("x", x), ("y", y)):
        ruler = figure.ruler(name, 0)
        ruler.lim(axis.low, axis.high)
        ruler.ticks([value for value, _ in axis.ticks], [label for _, label in axis.ticks])
    for entry in series:
        line_glyph = "braille" if unicode else LINE_SIGNS.get(entry.role, "*")
        for xs, ys in _drawable(entry, x, y, width, height):
            pixel = plotext.pixel(_ROLES.index(entry.role) + 1)
            signal = figure.signal(xs, ys, marker=plotext.marker(entry.glyph or line_glyph, pixel))
            figure.draw(signal if entry.glyph else signal.lines())
    return tuple(_row(line) for line in figure.build().string().split("\n")[:height])


def _drawable(series: Series, x: Axis, y: Axis, width: int, height: int) -> list[tuple[list[float], list[float]]]:
    """The finite values inside the limits: marks no more than there are cells, lines in unbroken runs, thinned for
    the columns.
    """
    inside = np.isfinite(series.x) & np.isfinite(series.y)
    inside &= (series.x >= x.low) & (series.x <= x.high) & (series.y >= y.low) & (series.y <= y.high)
    if series.glyph:
        return [_marks(series.x[inside], series.y[inside], x, y, width, height)] if inside.any() else []
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
    lines = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        run = np.linspace(start, stop - 1, min(stop - start, 2 * width)).astype(int)
        kept = run[_corners(series.x[run], series.y[run], _LINE_ERROR * (y.high - y.low) / height)]
        lines.append((series.x[kept].tolist(), series.y[kept].tolist()))
    return lines


def _marks(x: Array, y: Array, across: Axis, up: Axis, width: int, height: int) -> tuple[list[float], list[float]]:
    """Marks as they are; if there are more than cells, the centres of those they fall into."""
    columns = max(width - max((len(label) for _, label in up.ticks), default=0), 1)
    lines = max(height - bool(across.ticks), 1)
    if len(x) <= columns * lines:
        return x.tolist(), y.tolist()
    filled = np.zeros((lines, columns), dtype=bool)
    filled[cell_of(y, (up.low, up.high), lines), cell_of(x, (across.low, across.high), columns)] = True
    line, column = np.nonzero(filled)
    xs, ys = cell_centres((across.low, across.high), columns), cell_centres((up.low, up.high), lines)
    return xs[column].tolist(), ys[line].tolist()


def _corners(x: Array, y: Array, error: float) -> list[int]:
    """The places between which the line is straight to `error`: it is cut where it is farthest off until it is.

    The algorithm of Ramer, Douglas and Peucker, with distances taken along y.
    """
    corners, stretches = {0, len(x) - 1}, [(0, len(x) - 1)]
    while stretches:
        ends = first, last = stretches.pop()
        if last - first < 2:
            continue
        between = slice(first + 1, last)
        off = np.abs(y[between] - np.interp(x[between], x[[*ends]], y[[*ends]]))
        farthest = first + 1 + int(off.argmax())
        if off[farthest - first - 1] > error:
            corners.add(farthest)
            stretches += [(first, farthest), (farthest, last)]
    return sorted(corners)


def _row(line: str) -> Row:
    return tuple((text, _INKS.get(color, DIM)) for color, text in _SPAN.findall(line) if text)

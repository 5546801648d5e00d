"""The landscape screen over two parameters: the loss in shades with contour lines, what is laid over it, its scale; and
what there is at the cursor.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.replay.program import Array
from engine.session.session import Phase
from scenarios.numbers import given, plain, signed
from scenarios.screens.landscape.caption import apart
from scenarios.screens.landscape.places import Mark
from scenarios.screens.landscape.surface import Heights, Lowest, Surface
from tui.panes.landscape.film import SIGNS
from tui.panes.landscape.way import PROJECTED, STEP, laid, marked
from tui.panes.plane.picture import miniature
from tui.plots.cells import braille
from tui.plots.colours.themes import HEIGHTS
from tui.plots.maps.contours import contours, finer, labels, owned, strokes
from tui.plots.maps.heat import framed, upright
from tui.plots.maps.raster import Ground, halves, height_ground, paint
from tui.plots.rows import ACCENT, BOLD, CIRCLE, DIM, Ink, Overlay, Row, Span, frame, note, row, width_of
from tui.terminal import Terminal

_LONG = 5  # cells of a loss that is written out
_LABELS = 7  # cells left of the surface, at the least
_RAMP = {True: " ·:=≡", False: " ,;=%"}
_CONTOUR, _VALUE = Ink("old"), Ink("line")


def draw(found: Surface, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The surface as `height` rows of `width` cells."""
    across, up = found.names
    title = row(("L", BOLD), f" over {across} and {up}")
    if found.hidden:
        return frame(title, note("the surface is hidden until you have predicted", width - 2), width, height)
    lines = height - 4
    left = max(_LABELS, *(len(label) + 1 for label in upright(found.spans[1], lines).values()))
    columns = width - 2 - left
    heights = found.heights(columns, lines)
    if not heights.known:
        return frame(title, note("no loss in this range that could be drawn", width - 2), width, height)
    lowest = found.lowest(heights)
    title += row(", log scale" if heights.logarithmic else "")
    title += _lowest(found, lowest, width - 5 - width_of(title))
    signs, shades = _contoured(heights, laid(found, lowest, columns, lines, terminal), terminal)
    painted = paint(shades, signs, _ground(heights, terminal))
    body = framed(painted, found.spans[0], found.spans[1], (across, up), left, columns)
    body.append(_scale(heights, width - 2, terminal))
    return frame(title, body, width, height, foot=_foot(found, marked(found, columns, lines), width - 5))


def _foot(found: Surface, steps: list[int], cells: int) -> Row:
    """Where the steps so far are from, and, while not each has a sign, which ones have."""
    path, told = found.path, apart(found)
    told = f"after: {told}" if found.frame.phase is Phase.UPDATE else told
    if not steps or len(steps) == path.count or len(path.on) < path.count:
        return row((told, DIM))
    sign = STEP if path.on[steps].all() else PROJECTED
    named = f" step{'s' * (len(steps) > 1)} {', '.join(map(str, steps))}   "
    short = told.partition("  ")[0]
    forms = [row(sign, (each, DIM)) for each in (named + told, f" some steps   {told}", named + short)]
    return next((form for form in forms if width_of(form) <= cells), row((told, DIM)))


def _lowest(found: Surface, lowest: Lowest | None, cells: int) -> Row:
    """Where L is lowest, for the title, in as many words as there is room for."""
    if lowest is None:
        return ()
    sign, loss = ("lowest", CIRCLE) if lowest.edge else SIGNS[Mark.LOWEST], f" {plain(lowest.loss)}"
    values = [signed(value) for value in lowest[:2]]
    named = ", ".join(f"{name} {value}" for name, value in zip(found.names, values, strict=True))
    edge = f" at the {lowest.edge} edge"
    wordings = [f"{loss}{edge}", edge]
    if not lowest.edge:
        wordings = [f" lowest{loss} at {named}", f" lowest{loss} at {', '.join(values)}", f" lowest{loss}", loss]
    for wording in wordings:
        if width_of(told := row("   ", sign, wording)) <= cells:
            return told
    return ()


def _ground(heights: Heights, terminal: Terminal) -> Ground:
    if terminal.shaded:
        return height_ground(_count(heights, terminal), terminal)
    ramp, steps = _RAMP[terminal.unicode], max(len(heights.lines), 1)
    return lambda level, _: (ramp[max(level, 0) * (len(ramp) - 1) // steps], DIM)


def _count(heights: Heights, terminal: Terminal) -> int:
    """How many shades there are: all of them, or where a cell has one alone, one for each step between contours."""
    return HEIGHTS if halves(terminal) else len(heights.lines) + 1


def _levels(heights: Heights, terminal: Terminal) -> Array:
    """The shade of every cell, or of its two halves, top row first; -1 where L is no number."""
    places = heights.places[::-1]
    if halves(terminal):
        found = np.clip(np.nan_to_num(places * HEIGHTS, nan=-1.0), -1, HEIGHTS - 1)
    else:
        places = (places[::2] + places[1::2]) / 2.0
        found = np.where(np.isnan(places), -1, np.searchsorted(np.array(heights.lines), places, side="right"))
    levels: Array = np.floor(found).astype(int)
    return levels


@lru_cache(maxsize=8)
def _lines(heights: Heights, terminal: Terminal) -> tuple[Overlay, Array]:
    """The signs of the contour lines by row and column, and which line runs through each cell, from the top."""
    squares = heights.places[::-1]
    found = contours(finer(squares), heights.lines)
    cells = owned(found)
    signs = braille(found > 0) if terminal.unicode else strokes(cells != 0, (squares[::2] + squares[1::2]) / 2.0)
    return [{column: (sign, _CONTOUR) for column, sign in line.items()} for line in signs], cells


def _contoured(heights: Heights, laid_over: Overlay, terminal: Terminal) -> tuple[Overlay, Array]:
    """The contour lines with their values under what is laid over the surface; and the shades, level under a value."""
    lines, cells = _lines(heights, terminal)
    signs, shades = [dict(line) for line in lines], _levels(heights, terminal)
    taken = np.zeros((len(signs), len(heights.across)), dtype=bool)
    for line, over in enumerate(laid_over):
        taken[line, [*over]] = True
    each, values = len(shades) // len(signs), [_short(value) for value in heights.contours]
    for line, column, number in labels(cells, values, taken):
        text = f" {values[number]} "
        signs[line].update((column + at, (sign, _VALUE)) for at, sign in enumerate(text))
        under = shades[line * each : (line + 1) * each, column : column + len(text)]
        under[:] = under[0, len(text) // 2]
    return [below | over for below, over in zip(signs, laid_over, strict=True)], shades


def _scale(heights: Heights, width: int, terminal: Terminal) -> Row:
    """The shades from low to high, each contour line on them with its value, and the lowest loss at their beginning."""
    cells = width - 2
    places = np.linspace(0.0, 1.0, cells)
    if halves(terminal):
        levels = np.clip(places * HEIGHTS, 0, HEIGHTS - 1).astype(int)
    else:
        levels = np.searchsorted(np.array(heights.lines), places, side="right")
    texts = [(0, _short(heights.low, lowest=True))]
    for value, place in zip(heights.contours, heights.lines, strict=True):
        text, start, last = f"│{_short(value)}", round(place * (cells - 1)), texts[-1]
        if last[0] + len(last[1]) < start <= cells - len(text):
            texts.append((start, text))
    signs: dict[int, Span] = {}
    for start, text in texts:
        signs.update((start + at, (sign, _CONTOUR if sign == "│" else _VALUE)) for at, sign in enumerate(text))
        levels[start + 1 : start + len(text)] = levels[min(start + 1, cells - 1)]
    return row(" ", *paint(levels[None, :], [signs], _ground(heights, terminal))[0])


def _short(loss: float, lowest: bool = False) -> str:
    """A loss in a few cells: `8.5`, `4400`, `1.2e9`; the lowest one, which need not be round, in two digits."""
    if lowest:
        loss = float(f"{loss:.1e}")
    digits, exponent = f"{loss:.5e}".split("e")
    text = given(loss)
    return text if len(text) <= _LONG else min(text, f"{given(float(digits))}e{int(exponent)}", key=len)


def draw_there(found: Surface, width: int, height: int, terminal: Terminal) -> list[Row]:
    """What there is at the cursor, as `height` rows of `width` cells: numbers, and the boundary."""
    inner, away = width - 2, found.away
    title = row(SIGNS[Mark.CURSOR if away else Mark.PRESENT], " at the cursor" if away else " here")
    if found.hidden:
        return frame(title, [], width, height)
    there, called = found.there, max(map(len, found.names))
    body = [row(f" {name:<{called}} {signed(at)}") for name, at in zip(found.names, found.cursors, strict=True)]
    body += [row(" loss ", (plain(there.loss), BOLD)), row(" errors ", (f"{there.errors:,}", BOLD)), row("")]
    columns = min(inner - 2, 2 * (height - 2 - len(body))) // 2 * 2
    if columns >= 8:
        pad = row((" " * ((inner - columns) // 2), DIM))
        problem = found.frame.problem
        body += [(*pad, *line) for line in miniature(problem, there.parameters, columns, columns // 2, terminal)]
    free, said = height - 2 - len(body), _signs_said(found)
    body += [row("")] * (free > len(said)) + [row(" ", sign, (f" {told}", DIM)) for sign, told in said[:free]]
    return frame(title, body, width, height)


def _signs_said(found: Surface) -> list[tuple[Span, str]]:
    """What the signs in the picture are, but for those that titles name."""
    on = found.path.on
    said = [
        (PROJECTED, "steps elsewhere", not on.all()),
        (STEP, "steps so far", bool(on.any())),
        (("↓", ACCENT), "the way down", found.downhill is not None),
        (SIGNS[Mark.PRESENT], "the present place", found.away),
    ]
    return [(sign, told) for sign, told, shown in said if shown]

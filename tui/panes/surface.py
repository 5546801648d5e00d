"""The landscape screen over two parameters: the loss as shades with their steps, the way down, the path, the cursor."""

from __future__ import annotations

import numpy as np

from engine.session.session import Phase
from scenarios.numbers import given, plain, signed
from scenarios.screens.landscape.caption import apart
from scenarios.screens.landscape.places import Mark
from scenarios.screens.landscape.surface import LEVELS, Heights, Surface
from tui.panes.film import SIGNS
from tui.panes.plane import miniature
from tui.plots.field import cell_of, stroke
from tui.plots.heat import axis, by_height, heat
from tui.plots.palette import height_shade
from tui.plots.rows import ACCENT, BOLD, DIM, Ink, Row, Span, fit, frame, note, row
from tui.terminal import Terminal

_LABELS = 7  # cells left of the surface
_ARROW = 5.0  # cells across, or half as many up
_HEADS = "→↗↑↖←↙↓↘"
_SIGNS_SAID = (
    (SIGNS[Mark.PRESENT], "the present place"),
    (SIGNS[Mark.CURSOR], "the cursor"),
    (("•", BOLD), "a step so far"),
    (("←", ACCENT), "the way down"),
    (SIGNS[Mark.LOWEST], "the lowest"),
)


def draw(found: Surface, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The surface as `height` rows of `width` cells."""
    across, up = found.names
    title = row(("L", BOLD), f" over {across} and {up}, {'dark' if _shades(terminal) else 0} is low")
    if found.hidden:
        return frame(title, note("the surface is hidden until you have predicted", width - 2), width, height)
    columns, lines = width - 2 - _LABELS, height - 4
    heights = found.heights(columns, lines)
    if not heights.bounds:
        return frame(title, note("no loss in this range that could be drawn", width - 2), width, height)
    marks = _marks(found, heights, terminal)
    rows = heat(heights.levels, marks, by_height(terminal))
    body = [(*_label(heights, line, up), *cells) for line, cells in enumerate(rows)]
    low, high = float(heights.across[0]), float(heights.across[-1])
    middle = f"{across} = {given(low + (high - low) / 2.0)}"
    body.append(row((" " * _LABELS + axis(given(low), middle, given(high), columns), DIM)))
    body.append(_scale(heights, width - 2, terminal))
    foot = row((f"after the update, {apart(found)}" if found.frame.phase is Phase.UPDATE else apart(found), DIM))
    return frame(title, body, width, height, foot=foot)


def _label(heights: Heights, line: int, name: str) -> Row:
    lines = len(heights.up)
    text = given(float(heights.up[lines - 1 - line])) if line in (0, lines - 1) else name if line == lines // 2 else ""
    return fit(row((f"{text:>{_LABELS - 1}}", DIM)), _LABELS - 1) + row(" ")


def _cell(heights: Heights, across: float, up: float) -> tuple[int, int] | None:
    """The line and the column of a place; None off the surface."""
    lines, columns = heights.levels.shape
    column = int(cell_of(np.array([across]), (heights.across[0], heights.across[-1]), columns)[0])
    line = lines - 1 - int(cell_of(np.array([up]), (heights.up[0], heights.up[-1]), lines)[0])
    return (line, column) if 0 <= line < lines and 0 <= column < columns else None


def _marks(found: Surface, heights: Heights, terminal: Terminal) -> dict[tuple[int, int], Span]:
    """What stands on the surface: the path, the arrow, the lowest place, the present one, the cursor."""
    marks: dict[tuple[int, int], Span] = {}
    path, lines = found.path, len(heights.up)
    for place, on in zip(path.parameters[:, found.axes].tolist(), path.on.tolist(), strict=True):
        if (cell := _cell(heights, *place)) is None:
            continue
        if on:
            marks[cell] = ("•", BOLD)
        else:  # on another surface: a tick on each axis
            marks[lines - 1, cell[1]] = ("|", BOLD)
            marks[cell[0], 0] = ("-", BOLD)
    _lay_arrow(marks, found, heights, terminal)
    if heights.lowest is not None and (cell := _cell(heights, *heights.lowest)) is not None:
        marks[cell] = SIGNS[Mark.LOWEST]
    here, cursor = (_cell(heights, across, up) for across, up in (found.present, found.cursors))
    if here is not None:
        marks[here] = SIGNS[Mark.PRESENT]
    if cursor is not None:
        sign, ink = SIGNS[Mark.CURSOR] if cursor != here else SIGNS[Mark.PRESENT]
        marks[cursor] = (sign, ink._replace(reverse=True))
    return marks


def _lay_arrow(marks: dict[tuple[int, int], Span], found: Surface, heights: Heights, terminal: Terminal) -> None:
    """Minus the slopes, from the present place: where it points on the screen, one length whatever their size."""
    way = found.downhill
    if way is None or (start := _cell(heights, *way[0])) is None:
        return
    lines, columns = heights.levels.shape
    with np.errstate(all="ignore"):
        across = way[1][0] / (heights.across[-1] - heights.across[0]) * columns
        up = way[1][1] / (heights.up[-1] - heights.up[0]) * lines
    length = np.hypot(across, 2.0 * up)
    if not (np.isfinite(length) and length > 0.0):
        return
    across, up = across / length, up / length
    steps = int(np.ceil(_ARROW * max(abs(across), abs(up))))
    cells = [
        (start[0] - round(_ARROW * up * step / steps), start[1] + round(_ARROW * across * step / steps))
        for step in range(1, steps + 1)
    ]
    sign = stroke(across, up).replace("-", "─").replace("|", "│" if terminal.unicode else "|")
    inside = [cell for cell in cells if 0 <= cell[0] < lines and 0 <= cell[1] < columns]
    marks.update(dict.fromkeys(inside, (sign, ACCENT)))
    if inside:
        eighth = round(np.arctan2(2.0 * up, across) / (np.pi / 4.0)) % 8
        marks[inside[-1]] = (_HEADS[eighth], ACCENT)


def _scale(heights: Heights, width: int, terminal: Terminal) -> Row:
    """The levels, each with the loss at which it begins; where levels are numbers, every second if there is no room."""
    each, scale = (width - 1) // LEVELS, row(" ")
    every = 1 if _shades(terminal) or each > 6 else 2
    for level in range(0, LEVELS, every):
        under, begins = height_shade(level, LEVELS, terminal), _short(heights.bounds[level], lowest=level == 0)
        text, room = begins if under else f"{level} {begins}", min(each * every, width - 1 - level * each)
        if len(text) < room or under:
            scale += row((f"{text[:room]:<{room}}", Ink(None if under else "dim", under)))
    return scale


def _shades(terminal: Terminal) -> bool:
    """Whether levels are shades; else they are numbers where they begin."""
    return height_shade(0, LEVELS, terminal) is not None


def _short(loss: float, lowest: bool) -> str:
    """A loss in a few cells: `8.5`, `70`, `4400`, `1e9`; the lowest one, which need not be round, in two digits."""
    if abs(loss) >= 9999.5:
        return f"{loss:.0e}".replace("e+0", "e").replace("e+", "e")
    return f"{loss:.0f}" if abs(loss) >= 99.5 else f"{loss + 0.0:.{2 if lowest else 4}g}"


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
    if height - 2 - len(body) > len(_SIGNS_SAID):
        body += [row(""), *(row(" ", sign, f" {said}") for sign, said in _SIGNS_SAID)]
    return frame(title, body, width, height)

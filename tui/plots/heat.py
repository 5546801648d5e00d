"""A map: what lies over two axes, painted in shades, with ticks up its side and under it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenarios.numbers import given, rounds
from tui.plots.field import Limits, cell_of
from tui.plots.rows import DIM, Row, fit, row

_LINES, _COLUMNS = 3, 9  # cells for each tick, at the least
_CLEAR = 3  # cells that a name is away from ticks, where there is room


def framed(rows: Sequence[Row], x: Limits, y: Limits, names: tuple[str, str], left: int, columns: int) -> list[Row]:
    """The rows of a map of so many columns, from the top, with the ticks of y in `left` cells before them, a blank
    included, and those of x in a row under them; each axis has its name where no tick is.
    """
    beside = _beside(y, names[1], len(rows))
    body = [
        (*fit(row((f"{label:>{left - 1}}", DIM)), left - 1), *row(" "), *line)
        for label, line in zip(beside, rows, strict=True)
    ]
    return [*body, row((" " * left + _under(x, names[0], columns), DIM))]


def ticks(limits: Limits, cells: int, room: int = _LINES) -> dict[int, str]:
    """The ticks of an axis, each by its cell, with `room` cells for each: multiples of 1, 2 or 5 times a power of ten,
    the ends among them if they are such; where there are no such, the ends as they are.
    """
    low, high = limits
    spread = 1e-9 * (high / 2.0 - low / 2.0)
    values = np.array(rounds(low - spread, high + spread, max(cells // room, 2)) or limits)
    return dict(zip(cell_of(values, limits, cells).tolist(), map(given, values.tolist()), strict=True))


def _beside(limits: Limits, name: str, lines: int) -> list[str]:
    found = [""] * lines
    for cell, label in ticks(limits, lines).items():
        found[lines - 1 - cell] = label
    if (line := _free(found, 1, lines // 2)) is not None:
        found[line] = name
    return found


def _under(limits: Limits, name: str, columns: int) -> str:
    text = [""] * columns
    for cell, label in ticks(limits, columns, _COLUMNS).items():
        start = min(max(cell - len(label) // 2, 0), columns - len(label))
        if not any(text[max(start - 1, 0) : start + len(label) + 1]):
            text[start : start + len(label)] = label
    if (at := _free(text, len(name), columns // 2)) is not None:
        text[at : at + len(name)] = name
    return "".join(each or " " for each in text)


def _free(cells: Sequence[str], length: int, middle: int) -> int | None:
    """Where so many empty cells begin with the most room round them, up to _CLEAR, near the middle; None where there is
    no room.
    """
    for clear in range(_CLEAR, -1, -1):
        starts = [
            start
            for start in range(clear, len(cells) - length - clear + 1)
            if not any(cells[start - clear : start + length + clear])
        ]
        if starts:
            return min(starts, key=lambda start: abs(start + length // 2 - middle))
    return None

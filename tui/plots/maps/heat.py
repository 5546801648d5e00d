"""A map: what lies over two axes, painted in shades, with ticks up its side and under it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui.plots.cells import Limits, cell_of
from tui.plots.charts import ticks as round_numbers
from tui.plots.charts.axes import range_axis
from tui.plots.rows import DIM, Row, fit, row


def framed(rows: Sequence[Row], x: Limits, y: Limits, names: tuple[str, str], left: int, columns: int) -> list[Row]:
    """The rows of a map of so many columns, from the top, with the ticks of y in `left` cells before them, a blank
    included, and those of x in a row under them; each axis has its name between two ticks.
    """
    beside = upright(y, len(rows))
    beside[_between(beside, len(rows))] = names[1]
    body = [
        (*fit(row((f"{beside.get(line, ''):>{left - 1}}", DIM)), left - 1), *row(" "), *cells)
        for line, cells in enumerate(rows)
    ]
    under = [" "] * columns
    for start, text, _ in range_axis(*x, columns, names[0]).labels(columns):
        under[start : start + len(text)] = text
    return [*body, row((" " * left + "".join(under), DIM))]


def upright(limits: Limits, lines: int) -> dict[int, str]:
    """The ticks of an axis that goes up so many lines, each by its line from the top."""
    values, labels = zip(*round_numbers.within(*limits, round_numbers.up(lines)), strict=True)
    places = lines - 1 - cell_of(np.array(values), limits, lines)
    return dict(zip(places.tolist(), labels, strict=True))


def _between(labels: dict[int, str], lines: int) -> int:
    """A line between two labels, near the middle."""
    far = [min((abs(line - other) for other in labels), default=lines) for line in range(lines)]
    return max(range(lines), key=lambda line: (min(far[line], 2), -abs(line - lines // 2)))

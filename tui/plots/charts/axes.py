"""Axes: their limits, what is written along them, and the ways to make one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.replay.program import Array
from tui.plots.cells import cell_of
from tui.plots.charts import ticks as round_numbers
from tui.plots.charts.ticks import Ticks, Upright

MARK = "▲"
"""What stands under the present value."""
_LABEL = 6  # cells of a label beside a chart, at the least: a curve keeps its place while the numbers change
_GRID, _ZERO = 12, 5  # rows of a chart from which its ticks have faint lines, and from which 0 has one


class Label(NamedTuple):
    """A text under a chart, from the column `start` on, in the ink of `role`."""

    start: int
    text: str
    role: str

    @property
    def end(self) -> int:
        """The column after it."""
        return self.start + len(self.text)

    def free(self, others: Iterable[Label]) -> bool:
        """Whether there is a blank between it and each of the others, two where it is the present value, not a tick."""
        return all(max(other.start - self.end, self.start - other.end) > (self.role != other.role) for other in others)


@dataclass(frozen=True, slots=True)
class Axis:
    """The limits of an axis and its ticks, (value, label) each.

    `present`: a value and its text, which stand on an axis across with a mark of their own; `name`: what the values are
    of, written with the present one or else once among the ticks; `lines`: where a faint line stands, if curves are
    told apart by colour.
    """

    low: float
    high: float
    ticks: Ticks = ()
    name: str = ""
    present: tuple[float, str] | None = None
    lines: tuple[float, ...] = ()

    @property
    def gutter(self) -> int:
        """The cells its labels take beside a chart."""
        return max((len(label) for _, label in self.ticks), default=0)

    def places(self, values: Array, cells: int) -> Array:
        """Where values lie on it if it is so many cells long, the centre of the first being 0."""
        places: Array = (cells - 1) * ((values - self.low) / (self.high - self.low))
        return places

    def labels(self, columns: int) -> list[Label]:
        """What is written under a chart: the present value, whose mark is right under it, the ticks that have room
        beside it, and the name between the last two, if it is not said with the present value.
        """
        ticks = [label for value, text in self.ticks if (label := self._centred(value, text, columns)).start >= 0]
        found = self._present(columns, ticks[:1] + ticks[1:][-1:])
        said = not self.name or any(len(label.text) > 1 for label in found)
        for label in ticks[:1] + ticks[:0:-1]:
            if label.free(found):
                found.append(label)
        found.sort()
        gaps = [
            (before.end, after.start)
            for before, after in pairwise(found)
            if after.start - before.end >= len(self.name) + 2
        ]
        if not said and gaps:
            end, start = gaps[-1]
            found.append(Label((end + start - len(self.name)) // 2, self.name, "dim"))
        return found

    def _present(self, columns: int, ends: list[Label]) -> list[Label]:
        """The present value, on that side of its mark where it leaves the ends their labels, else where it has room."""
        if self.present is None or not self.low <= self.present[0] <= self.high:
            return []
        at, text = self._cell(self.present[0], columns), f"{self.name} {self.present[1]}"
        sides = Label(at, f"{MARK} {text}", "accent"), Label(at - len(text) - 1, f"{text} {MARK}", "accent")
        fitting = [label for label in sides if label.start >= 0 and label.end <= columns]
        return [next((label for label in fitting if label.free(ends)), (fitting or [Label(at, MARK, "accent")])[0])]

    def _centred(self, value: float, text: str, columns: int) -> Label:
        start = self._cell(value, columns) - len(text) // 2
        return Label(min(max(start, 0), columns - len(text)), text, "dim")

    def _cell(self, value: float, columns: int) -> int:
        return int(cell_of(np.array([value]), (self.low, self.high), columns)[0])


def value_axis(low: float, high: float, height: int) -> Axis:
    """An axis up a chart of `height` rows that holds the values between `low` and `high`: from a round number, with as
    many as there is room for, each on a row of its own, to one above the values or beyond it; and a line at 0.
    """
    return _upright(round_numbers.stacked(low, high, height - 1), low, high, height, zero=height >= _ZERO)


def log_axis(low: float, high: float, height: int) -> Axis:
    """The same for values whose logarithms (base 10), from `low` to `high`, are drawn."""
    return _upright(round_numbers.powers(low, high, height - 1), low, high, height, zero=False)


def _upright(found: Upright, low: float, high: float, height: int, zero: bool) -> Axis:
    # The round ends are rounded numbers too: no value may come to lie outside them by its last bit.
    low, high = min(found.low, round_numbers.bounded(low)), max(found.high, round_numbers.bounded(high))
    cells = max(_LABEL, *(len(label) for _, label in found.ticks))
    lines = {value for value, _ in found.ticks if low < value < high} if height >= _GRID else set()
    lines |= {0.0} if zero and low < 0.0 < high else set()
    ticks = tuple((value, f"{label:>{cells}} ") for value, label in found.ticks)
    return Axis(low, high, ticks, lines=tuple(sorted(lines)))


def range_axis(low: float, high: float, columns: int, name: str = "", present: tuple[float, str] | None = None) -> Axis:
    """An axis across the `columns` of a plot from `low` to `high`, round or not, with round numbers between them."""
    return Axis(low, high, round_numbers.within(low, high, round_numbers.across(columns)), name, present)


def steps_axis(last: int, columns: int, here: int) -> Axis:
    """An axis across the `columns` of a plot for the steps up to `last`, and to the next round number; `here` is the
    present one.
    """
    ticks = round_numbers.around(0.0, float(last), round_numbers.across(columns), finest=1.0)
    return Axis(0.0, ticks[-1][0], ticks, "step", (float(here), str(here)))

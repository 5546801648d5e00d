"""The ticks of an axis: 1, 2 or 5 times a power of ten apart, as many as there is room for, no two labels the same."""

from __future__ import annotations

import math
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

Ticks = tuple[tuple[float, str], ...]
"""(value, label) from low to high, all labels with the same number of decimals."""
Room = Callable[[float, int], bool]
"""Whether two ticks have room that share of their axis apart, with labels of so many cells."""

_LARGEST = 4e307  # so that the distance of two values is a number
_FLAT = 1e-12
_ROUND = 1e-9  # steps
_ENDS = 4  # steps: two ticks alone are round numbers if they are no more apart
_OFF = 0.25  # rows that a tick may miss its value by
_MOST = 11  # more ticks are not read, however much room there is
_LONELY = 0.2  # a label between the ends is worth so much of the axis left empty
_HIGH = 18  # rows; on an axis of more, ticks are three rows apart, not two, or it would be a list of numbers
_LARGE, _SMALL = 6, -4  # powers of ten from which, and below which, an exponent is shorter
_LONGEST = 10  # cells of a label
_FINE = 3  # decimals of an end that is not round, beyond those of the axis' length
_FACTOR = 0.7  # powers of ten: values no farther apart have ticks at equal distances, not at equal factors
_DECADES = (1, 2, 3, 4, 5, 10, 20, 50, 100, 200)


class Upright(NamedTuple):
    """Ticks up an axis, each on a row of its own, and the ends of the axis: the upper one may lie above its last tick,
    where the rows do not divide by the steps.
    """

    ticks: Ticks
    low: float
    high: float


class _Step(NamedTuple):
    """1, 2 or 5 (`digit`) times ten to the `exponent`."""

    digit: int
    exponent: int

    def times(self, count: int) -> float:
        """So many steps, as the decimal number they are."""
        return float(f"{count * self.digit}e{self.exponent}")

    def around(self, low: float, high: float) -> range:
        """The numbers of steps from next to `low`, below, to next to `high`, above."""
        size = self.times(1)
        return range(math.floor(low / size + _ROUND), math.ceil(high / size - _ROUND) + 1)


def _apart_by(rows: int) -> int:
    """The rows from tick to tick, at the least, on an axis of so many."""
    return 2 if rows < _HIGH else 3


@cache
def up(rows: int) -> Room:
    """The room on an axis that goes up so many rows."""
    apart = _apart_by(rows)
    return lambda share, cells: share * (rows - 1) >= apart


@cache
def across(columns: int) -> Room:
    """The room on an axis across so many columns, with a blank at least between two labels: they are centred on their
    places, but for those of the ends.
    """
    return lambda share, cells: share * (columns - 1) >= cells + cells // 2 + 1


@lru_cache(maxsize=64)
def around(low: float, high: float, room: Room, finest: float = 0.0) -> Ticks:
    """Ticks whose ends are the round numbers next to `low` and `high`, so that they stand still while the values move a
    little; apart where these are one value. The ends alone where more have no room. `finest`: the smallest step.
    """
    low, high = _apart(low, high)
    best, least = None, (math.inf, 0)
    for step in _steps(high - low, finest):
        counts = step.around(low, high)
        if len(counts) > _MOST:
            continue
        ends = step.times(counts[0]), step.times(counts[-1])
        share = 1.0 / (len(counts) - 1)
        if not (room(share, 1) and room(share, _longest(_written(ends, step.exponent)))):
            counts = counts[:: len(counts) - 1]
        if (cost := _cost(low, high, *ends, len(counts))) <= least:
            best, least = (step, counts), cost
    if best is None:
        return _written((low, high), _exponent(high - low))
    step, counts = best
    return _told_apart(_written([step.times(count) for count in counts], step.exponent))


@lru_cache(maxsize=64)
def stacked(low: float, high: float, rows: int) -> Upright:
    """Ticks up an axis of so many rows, from the round number next to `low`, below, to that next to `high`, above: as
    many as have room, equally many rows apart, so that a value is where its label says. The ends alone where no more
    have room.
    """
    low, high = _apart(low, high)
    gaps, apart = max(rows - 1, 1), _apart_by(rows)
    best, least = None, (math.inf, 0)
    for step in _steps(high - low, 0.0):
        counts = step.around(low, high)
        many = len(counts) - 1
        each = gaps // many
        if (even := each >= apart and many < _MOST) or many <= _ENDS:
            bottom, top = step.times(counts[0]), step.times(counts[-1])
            end = bottom + (top - bottom) * (gaps / (each * many)) if even and gaps % many else top
            shown = counts if even else counts[::many]
            if (cost := _waste(low, high, bottom, end, len(shown), rows)) <= least:
                best, least = (step, shown, end), cost
    if best is None:
        return Upright(_written((low, high), _exponent(high - low)), low, high)
    step, shown, end = best
    ticks = _told_apart(_written([step.times(count) for count in shown], step.exponent))
    return Upright(ticks, step.times(shown[0]), end)


@lru_cache(maxsize=64)
def within(low: float, high: float, room: Room) -> Ticks:
    """Ticks at `low` and `high`, round or not, and at the round numbers between them."""
    low, high = bounded(low), bounded(high)
    span = high - low
    exact = min(_needed(low, span), _needed(high, span))
    found = [_written((low, high), exact)]
    for step in _steps(span, 0.0):
        counts = step.around(low, high)
        exponent = min(exact, step.exponent)
        cells = _longest(_written((low, high), exponent))
        if 2 < len(counts) <= _MOST and room(step.times(1) / span, cells):
            inner = [step.times(count) for count in counts[1:-1]]
            kept = [each for each in inner if room((each - low) / span, cells) and room((high - each) / span, cells)]
            found.append(_written((low, *kept, high), exponent))
            if (step.times(counts[0]), step.times(counts[-1])) == (low, high):  # the ends are of the row
                return _told_apart(found[-1])
    return _told_apart(max(found, key=len))


@lru_cache(maxsize=64)
def between(low: float, high: float, least: int) -> Ticks:
    """Ticks at round numbers between `low` and `high`, as few as there are from `least` on."""
    found: Ticks = ()
    for step in _steps(high - low, 0.0):
        counts = step.around(low, high)
        inner = [value for value in map(step.times, counts) if low <= value <= high]
        if len(inner) >= least or not found:
            found = _written(inner, step.exponent)
    return _told_apart(found)


@lru_cache(maxsize=64)
def powers(low: float, high: float, rows: int) -> Upright:
    """The same for values with logarithms (base 10) between `low` and `high`, (log10, label): at powers of ten, and at
    2 and 5 times these where there is room; at equal distances where the values are nearly one.
    """
    low, high = _apart(low, high)
    choices, gaps = [], max(rows - 1, 1)
    if high - low < _FACTOR and abs(low) < -math.log10(_FLAT):
        ticks, bottom, end = stacked(10.0**low, 10.0**high, rows)
        if bottom > 0.0 and len(ticks) > 1:
            choices.append(_fitting([(math.log10(value), label) for value, label in ticks], math.log10(end), rows))
    first = math.floor(low + _ROUND)
    last = max(math.ceil(high - _ROUND), first + 1)
    if last - first <= _MOST:
        places = [(digit, power) for power in range(first, last) for digit in (1, 2, 5)] + [(1, last)]
        logs = [power + math.log10(digit) for digit, power in places]
        below = bisect(logs, low + _ROUND) - 1
        above = max(bisect_left(logs, high - _ROUND), below + 1) + 1
        decade = math.floor(gaps / (logs[above - 1] - logs[below]) + _ROUND)
        choices.append(_fitting(_powers(places[below:above]), logs[below] + gaps / max(decade, 1), rows))
    for step in _DECADES:
        begin = math.floor(low / step + _ROUND)
        counts = range(begin, max(math.ceil(high / step - _ROUND), begin + 1) + 1)
        each = max(gaps // (len(counts) - 1), 1)
        ticks = _powers([(1, count * step) for count in counts])
        choices.append(_fitting(ticks, ticks[0][0] + step * gaps / each, rows))
    return min(choices, key=lambda each: _waste(low, high, each.low, each.high, len(each.ticks), rows))


def _fitting(ticks: Sequence[tuple[float, str]], high: float, rows: int) -> Upright:
    """An axis of so many rows from the first tick to `high` if there is a row for each tick; else with its ends alone,
    up to the last one.
    """
    low, apart = ticks[0][0], _apart_by(rows)
    places = [(rows - 1) * (value - low) / (high - low) for value, _ in ticks]
    settled = all(abs(place - round(place)) <= _OFF for place in places) and places[-1] <= rows - 1 + _OFF
    if settled and len(ticks) <= _MOST and all(round(b) - round(a) >= apart for a, b in pairwise(places)):
        return Upright(tuple(ticks), low, high)
    return Upright((ticks[0], ticks[-1]), low, ticks[-1][0])


def _waste(low: float, high: float, bottom: float, top: float, ticks: int, rows: int) -> tuple[float, int]:
    """How bad an axis of so many rows is: a little of it may be empty, the more for a label between its ends the more
    rows there are.
    """
    empty = 1.0 - (high - low) / (top - bottom)
    return round(empty * empty + rows / 100.0 * (ticks < 3), 6), -ticks


def _cost(low: float, high: float, bottom: float, top: float, ticks: int) -> tuple[float, int]:
    """How bad an axis is: how much of it is empty, two ticks alone; of equal ones, that with fewer."""
    return round(1.0 - (high - low) / (top - bottom) + _LONELY * (ticks < 3), 6), -ticks


def bounded(value: float) -> float:
    """The value, or the next one from which another has a distance that is a number."""
    return min(max(value, -_LARGEST), _LARGEST)


def _steps(span: float, finest: float) -> Iterator[_Step]:
    """The steps that make a few ticks of that span, from the smallest."""
    top = _exponent(span)
    for exponent in range(top - 2, top + 2):
        for digit in (1, 2, 5):
            if max(finest, 5e-324) <= (step := _Step(digit, exponent)).times(1) <= _LARGEST:
                yield step


def _apart(low: float, high: float) -> tuple[float, float]:
    """Both as ends that are numbers, and not the same but for rounding."""
    low, high = bounded(low), bounded(high)
    if high - low > _FLAT * max(abs(low), abs(high)):
        return low, high
    least = 0.05 * abs(high)
    size = next(step.times(1) for step in _steps(abs(high), 0.0) if step.times(1) >= least) if high else 0.5
    below, above = math.floor(low / size + _ROUND), math.ceil(high / size - _ROUND)
    if below == above:
        below, above = below - 1, above + 1
    return bounded(size * below), bounded(size * above)


def _exponent(value: float) -> int:
    """The power of ten of its first digit."""
    return int(f"{value:e}".partition("e")[2]) if value else 0


def _needed(end: float, span: float) -> int:
    """The power of ten of the last digit that `end` has to be written with."""
    finest = _exponent(span) - _FINE
    return next((at for at in range(finest + _FINE + 1, finest, -1) if _rounded(end, at) == end), finest)


def _rounded(value: float, exponent: int) -> float:
    return float(f"{round(Decimal(str(value)).scaleb(-exponent))}e{exponent}")


def _written(values: Sequence[float], exponent: int) -> Ticks:
    """The values with their labels, which have digits down to that power of ten."""
    largest = max((_exponent(value) for value in values if value), default=0)
    labels = [f"{value + 0.0:.{max(-exponent, 0)}f}" for value in values] if exponent >= _SMALL or largest >= 0 else []
    if not labels or largest >= _LARGE:
        digits = max(largest - exponent, 0)
        short = [f"{Decimal(str(value)).scaleb(-largest):.{digits}f}e{largest}" if value else "0" for value in values]
        labels = min(labels or short, short, key=lambda each: max(map(len, each)))
    return tuple(zip(values, labels, strict=True))


def _powers(places: Sequence[tuple[int, int]]) -> Ticks:
    """The ticks at so many (first) times that power of ten (second)."""
    short = all(_SMALL <= power < _LARGE for _, power in places)
    return tuple(
        (power + math.log10(digit), f"{digit * 10.0**power:.{max(-power, 0)}f}" if short else f"{digit}e{power}")
        for digit, power in places
    )


def _told_apart(ticks: Ticks) -> Ticks:
    """The ticks; where it takes very long labels to tell them from each other, the last one alone, in short."""
    if _longest(ticks) <= _LONGEST:
        return ticks
    return ((ticks[-1][0], f"{ticks[-1][0]:.1g}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e-")),)


def _longest(ticks: Ticks) -> int:
    return max(len(label) for _, label in ticks)

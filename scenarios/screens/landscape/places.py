"""Places of a curve: what there is at each, why it is shown, and how those that are numbered are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.training.problem import Parameters

Interval = tuple[float, float]
_TWO_ENDS = 4  # places: of fewer, none is given to an end where nothing changes
_LONG = 0.4  # of the range: a stretch where nothing changes, for which its end alone stands


class Mark(Enum):
    """Why a place is shown."""

    PRESENT = "present"
    CURSOR = "cursor"
    CHOSEN = "chosen rate"
    LOWEST = "lowest"
    FEWEST = "fewest errors"
    ALONG = "along the range"


@dataclass(frozen=True, slots=True)
class Place:
    """A place along a parameter, or along the step: its value or rate, and all parameters, L and the errors there."""

    value: float
    parameters: Parameters
    loss: float
    errors: int
    mark: Mark


def spread(
    pins: list[tuple[float, Mark]], span: Interval, count: int, lively: Interval | None = None
) -> list[tuple[float, Mark]]:
    """`count` values of a range, in order: evenly from its one end to the other, with the pinned ones in the places of
    those next to them, the first of two that are as good as one. `lively`: where the pictures differ; of a long
    stretch beside it the end is enough.
    """
    low, high = span
    taken: list[tuple[float, Mark]] = []
    for value, mark in pins:
        if low <= value <= high and all(abs(value - other) > (high - low) / 400.0 for other, _ in taken):
            taken.append((value, mark))
    taken = taken[:count]
    even = _even(low, high, count, lively or span)
    for value, _ in taken:
        even.remove(min(even, key=lambda each: abs(each - value)))
    return sorted([*taken, *((value, Mark.ALONG) for value in even)], key=lambda each: each[0])


def _even(low: float, high: float, count: int, lively: Interval) -> list[float]:
    if count < _TWO_ENDS:
        return _evenly(low, high, count)
    long = _LONG * (high - low)
    before = [low] if lively[0] - low > long else []
    behind = [high] if high - lively[1] > long else []
    start, end = lively[0] if before else low, lively[1] if behind else high
    return [*before, *_evenly(start, end, count - len(before) - len(behind)), *behind]


def _evenly(low: float, high: float, count: int) -> list[float]:
    return [low + (high - low) * share for share in ([n / (count - 1) for n in range(count)] if count > 1 else [0.5])]


def wrong(errors: int) -> str:
    """So many errors in words: `no point`, `4 points`."""
    return "no point" if errors == 0 else "1 point" if errors == 1 else f"{errors:,} points"

"""How numbers from elsewhere compare with the right ones, and the words for it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.text import clean_line

Reading = float | str | None
"""What `worker.py` sends for a number: the number, nan or inf as text, None, or a complaint."""

NONSENSE = "sent nonsense over its connection to riserun"

MOST_POINTS = 200
"""How many points of a problem, from the first, their code is run on."""

NOT_REACHED = "was not reached"
"""What `worker.py` says of an operation after one that raised."""

# How texts of `guards.py`, `worker.py` and `process.py` begin.
_UNWRITTEN, _HUNG, _SLOW, _WRONG = "is not written yet", "took longer than", "was too slow", "wrong by"
_DEAD = ("died (", "closed its connection")

# Far below any mistake, far above what rounding does to the few operations of a loss. What a package does on purpose,
# such as the 1e-6 that the course's log adds, is computed (`reference.py`) and needs no room here.
_TOLERANCE = 1e-7
_LONGEST = 120
_PLACE = re.compile(r" \([\w.]{1,40}(?::|, line )\d+\)$")
_NOT_FINITE = ("nan", "inf", "-inf")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How what their code gave compares with what is right.

    `text`, one line of at most 120 characters: `right`, `wrong by 1.2e-01`, `raised ZeroDivisionError: ...`, `took
    longer than 2 s`, `died (signal 11)`; `whole`: the same at its full length. `value` and `derivatives` are their
    numbers, None where there are none. `apart`: for each number judged, how far off it is, 0.0 where it is right and
    inf where it is no number.
    """

    right: bool
    text: str
    value: float | None = None
    derivatives: tuple[float, ...] | None = None
    whole: str = ""
    apart: tuple[float, ...] = ()

    @property
    def unwritten(self) -> bool:
        """Whether what was asked is still to be written."""
        return self.text.startswith(_UNWRITTEN)

    @property
    def hung(self) -> bool:
        """Whether it had to be stopped."""
        return self.text.startswith(_HUNG)

    @property
    def slow(self) -> bool:
        """Whether its time was up while it went on from operation to operation."""
        return self.text.startswith(_SLOW)

    @property
    def dead(self) -> bool:
        """Whether the process ended at it."""
        return self.text.startswith(_DEAD)

    @property
    def differs(self) -> bool:
        """Whether there are numbers, and they are not the right ones."""
        return self.text.startswith(_WRONG)


def failure(text: str) -> Verdict:
    """The verdict where there are no numbers; `text` may be anything, and the verdict's is fit for a screen."""
    return Verdict(False, line(text), whole=clean_line(text))


def line(text: str) -> str:
    """`text` on one line of at most 120 characters, with nothing in it that could steer a terminal; cut before the file
    and line at its end.
    """
    text = clean_line(text)
    if len(text) <= _LONGEST:
        return text
    place = _PLACE.search(text)
    end = place[0] if place else ""
    return f"{text[: _LONGEST - 3 - len(end)]}...{end}"


def judge_value(theirs: Reading, right: float) -> Verdict:
    """The verdict on a value."""
    return _judged([theirs], [right], _number(theirs), None)


def judge_derivatives(theirs: Sequence[Reading], right: Sequence[float]) -> Verdict:
    """The verdict on derivatives. One that was never set (None) is right where 0 is."""
    if len(theirs) != len(right):
        return failure(NONSENSE)
    numbers = [0.0 if reading is None else _number(reading) for reading in theirs]
    known = tuple(number for number in numbers if number is not None)
    return _judged(theirs, right, None, known if len(known) == len(right) else None)


def total(readings: Sequence[Reading], scale: float) -> Reading:
    """Their sum times `scale`, or the first of them that is not a number."""
    numbers = [_number(reading) for reading in readings]
    for reading, number in zip(readings, numbers, strict=True):
        if number is None:
            return reading
    return sum(number for number in numbers if number is not None) * scale if numbers else NONSENSE


def _number(reading: Reading) -> float | None:
    if isinstance(reading, str):
        return float(reading) if reading in _NOT_FINITE else None
    return reading


def _judged(
    theirs: Sequence[Reading], right: Sequence[float], value: float | None, derivatives: tuple[float, ...] | None
) -> Verdict:
    fault = clean_line(_fault(theirs, right) or "right")
    apart = tuple(_apart(each, expected) for each, expected in zip(theirs, right, strict=True))
    return Verdict(fault == "right", line(fault), value, derivatives, fault, apart)


def _apart(theirs: Reading, right: float) -> float:
    """How far off a number is: 0.0 where it is right."""
    if not _fault([theirs], [right]):
        return 0.0
    number = 0.0 if theirs is None else _number(theirs)
    return math.inf if number is None or not math.isfinite(number) else abs(number - right)


def _fault(theirs: Sequence[Reading], right: Sequence[float]) -> str:
    """The first reading that is not a right kind of number, otherwise the largest difference; "" where all is right."""
    furthest = 0.0
    for reading, expected in zip(theirs, right, strict=True):
        number = 0.0 if reading is None else _number(reading)
        if number is None:
            return str(reading)
        if not (math.isfinite(number) and math.isfinite(expected)):
            if str(number) != str(expected):
                return f"gave {number:g}"
        elif abs(number - expected) > _TOLERANCE * max(1.0, abs(expected)):
            if reading is None:
                return "gave no derivative (None)"
            furthest = max(furthest, abs(number - expected))
    return f"{_WRONG} {furthest:.1e}" if furthest else ""

"""Frames: what is on its way to the terminal, and how long it took, by one report at a time."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """So many `bytes`, which the terminal had taken `seconds` after they were written."""

    bytes: int
    seconds: float


class Frames:
    """Counts what is written, says when to ask the terminal for a report, and what one that comes is about.

    `clock` is in seconds. Reports carry no number: as long as one is outstanding no other is asked for, and one that
    was given up is waited for once more before it is taken for lost.
    """

    def __init__(self, clock: Callable[[], float]):
        self._clock = clock
        self._written = 0  # bytes since the last question
        self._asked: float | None = None
        self._bytes = 0  # of the frame that was asked about
        self._late = False  # the report was given up, and may still come
        self._answers: bool | None = None  # whether the terminal is one that does; None until it is known

    @property
    def new(self) -> bool:
        """Whether anything was written since the last question."""
        return bool(self._written)

    @property
    def awaited(self) -> bool:
        """Whether a report is to be expected, because it was asked for and not given up."""
        return self._asked is not None and not self._late

    @property
    def held(self) -> bool:
        """Whether the next picture has to wait: the terminal is still busy with one, and is known to say so."""
        return bool(self._answers) and self.awaited

    @property
    def coming(self) -> bool:
        """Whether a report may be on its way, from a terminal that is not known to be silent."""
        return self._answers is not False and self.awaited

    def wrote(self, count: int) -> None:
        """So many bytes were written."""
        self._written += count

    def ask(self) -> bool:
        """Whether to ask for a report now: there is something new, and none is outstanding."""
        if self._asked is not None or not self._written:
            return False
        self._asked, self._bytes, self._written, self._late = self._clock(), self._written, 0, False
        return True

    def answer(self, at: float) -> Frame | None:
        """The frame that a report which came at this time is about; None for one that nobody asked for."""
        if self._asked is None:
            return None
        frame = Frame(self._bytes, at - self._asked)
        self._asked, self._answers = None, True
        return frame

    def give_up(self) -> None:
        """The report did not come in time: nothing waits for it any more. The second time it is taken for lost."""
        self._asked, self._late, self._answers = None if self._late else self._asked, True, False

    def forget(self) -> None:
        """What was asked is answered to somebody else, and what was written is gone."""
        self._asked, self._written = None, 0

"""A line to the terminal that is slow and far away: bytes go over it at a rate, and take their time there and back."""

import heapq
import os
import select
import time
from collections.abc import Mapping
from itertools import count

from bench.program import Program, answers


class Link(Program):
    """A program at the far end of a line of `rate` bytes a second and of `way` seconds there and back.

    As over SSH, what the program writes is taken from it at once and waits on the way. `sent` has each piece with the
    times in seconds at which it was written and at which the terminal had it. Both numbers may be changed at any time.
    """

    def __init__(self, argv: list[str], size: tuple[int, int], env: Mapping[str, str] | None = None):
        super().__init__(argv, size, env)
        self.rate, self.way = 1e9, 0.0
        self.sent: list[tuple[float, float, bytes]] = []
        self._free = 0.0  # when the line has carried what is on it
        self._typed: list[tuple[float, int, bytes]] = []  # on their way to the program
        self._order = count()

    def type(self, key: bytes) -> float:
        """Send a key, without waiting for it to arrive; the time of it."""
        now = time.perf_counter()
        self._type(now, key)
        return now

    def wait(self, seconds: float) -> None:
        """Carry bytes for so long."""
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            while self._typed and self._typed[0][0] <= now:
                os.write(self.terminal, heapq.heappop(self._typed)[2])
            due = min(end, self._typed[0][0]) if self._typed else end
            if select.select([self.terminal], [], [], max(0.0, due - now))[0]:
                self._carry(os.read(self.terminal, 65536))

    def _carry(self, data: bytes) -> None:
        now = time.perf_counter()
        self._free = max(self._free, now) + len(data) / self.rate
        there = self._free + self.way / 2
        self.sent.append((now, there, data))
        for answer in answers(data):
            self._type(there, answer)

    def _type(self, at: float, data: bytes) -> None:
        heapq.heappush(self._typed, (at + self.way / 2, next(self._order), data))

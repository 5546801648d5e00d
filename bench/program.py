"""A program on a pty of its own, timed from what is sent to the last byte that comes back.

Nothing is drawn here: a screen that followed the bytes would share the processor with the program that it times.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

QUIET = 0.08
"""Seconds without a byte after which the byte before was the last one."""
LIMIT = 60.0

_ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # a present-day terminal knows synchronised output
    b"\x1b[6n": b"\x1b[1;1R",  # where the cursor is: how the program knows that a frame has come so far
}
QUESTION = b"\x1b[6n"
"""What the program writes behind each frame."""


class Painted(NamedTuple):
    """What one key cost: milliseconds to the last byte, and bytes."""

    ms: float
    bytes: int


class Program:
    """`argv` started on a terminal of `size` (columns, rows), in an environment of `env` over ours."""

    def __init__(self, argv: list[str], size: tuple[int, int], env: Mapping[str, str] | None = None):
        self._seen = b""
        self._state = TemporaryDirectory()  # no session is to resume there, and no one's own is disturbed
        env = {"XDG_STATE_HOME": self._state.name, **(env or {})}
        self._start = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execvpe(argv[0], argv, _environment(env))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
        self._state.cleanup()

    def painted(self, text: bytes) -> float:
        """Read until `text` has come; milliseconds since the program was started."""
        while text not in self._seen:
            if not self._read(LIMIT):
                raise TimeoutError(f"{text!r} did not come; what came ends in {self._seen[-500:]!r}")
        return self._since(self._start)

    def settled(self, quiet: float = QUIET) -> Painted:
        """Read until nothing comes for `quiet` seconds; the time of the last byte since the program was started."""
        return self._settled(self._start, quiet)

    def press(self, key: bytes, quiet: float = QUIET) -> Painted:
        """Send `key` and read until nothing comes for `quiet` seconds."""
        start = time.perf_counter()
        os.write(self.terminal, key)
        return self._settled(start, quiet)

    def memory(self) -> float:
        """Resident memory in MB."""
        return _status(Path(f"/proc/{self.pid}/status"), "VmRSS") / 1024

    def wakeups(self) -> int:
        """How often any thread of the program has waited and been woken so far."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(_status(thread / "status", "voluntary_ctxt_switches") for thread in threads)

    def _settled(self, start: float, quiet: float) -> Painted:
        last, count = 0.0, 0
        while data := self._read(quiet):
            last = self._since(start)
            count += len(data)
        return Painted(last, count)

    def _read(self, wait: float) -> bytes:
        if not select.select([self.terminal], [], [], wait)[0]:
            return b""
        data = os.read(self.terminal, 65536)
        for answer in answers(data):
            os.write(self.terminal, answer)
        self._seen = self._seen[-1000:] + data
        return data

    def _since(self, start: float) -> float:
        return 1000 * (time.perf_counter() - start)


def answers(data: bytes) -> list[bytes]:
    """What a terminal answers to this output."""
    return [answer for query, answer in _ANSWERS.items() if query in data]


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "PYTHONDONTWRITEBYTECODE")}
    return {**ours, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", **env}


def _status(path: Path, field: str) -> int:
    lines = (line.split() for line in path.read_text().splitlines())
    return next(int(words[1]) for words in lines if words[0] == f"{field}:")

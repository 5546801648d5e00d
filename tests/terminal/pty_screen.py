"""Drive a program on a pty of its own as a person would, and see what a person sees.

Nothing here sleeps: every wait is for a condition, and ends with a failure that shows the screen.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Self

import pyte

KEYS = {
    "space": " ", "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~", "shift+f3": "\x1b[1;2R",
}  # fmt: skip
LIMIT = 60.0

# Run before the program: its session gets the pty, and the signals a test runner may have been told to ignore.
_START = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGTSTP):
    signal.signal(number, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])
"""
# What pyte would draw as text or take for something else, and the start of a sequence that is still to come.
_UNKNOWN = re.compile(r"\x1b\[[<>=][0-9;]*[a-zA-Z]")
_SYNC_QUERY = "\x1b[?2026$p"
_UNFINISHED = re.compile(r"\x1b(\[[0-9;<=>?$]*)?\Z")


def key_bytes(key: str) -> bytes:
    """What a terminal sends for a key: a name of KEYS, ctrl+x, or the characters themselves."""
    if key.startswith("ctrl+"):
        return bytes([ord(key[5].upper()) & 31])
    return KEYS.get(key, key).encode()


class _Screen(pyte.Screen):
    """A screen that answers its program and, as a real one, is empty when the alternate screen is entered or left."""

    def __init__(self, cols: int, rows: int, answer: Callable[[str], None]) -> None:
        self.answer = answer
        self.alternate = False
        super().__init__(cols, rows)

    def write_process_input(self, data: str) -> None:
        self.answer(data)

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        super().set_mode(*modes, **kwargs)
        self._switch(1049 in modes, True)

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        super().reset_mode(*modes, **kwargs)
        self._switch(1049 in modes, False)

    def _switch(self, asked: bool, alternate: bool) -> None:
        if asked:
            self.alternate = alternate
            self.erase_in_display(2)
            self.cursor_position()


class PtyScreen:
    """A program started on a pty; `argv` runs in an environment of `env` over ours (an empty value unsets)."""

    def __init__(self, argv: list[str], size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None) -> None:
        self.answers = True  # whether reports that the program asks for are sent
        self.output = b""  # all that the program has written
        self.status: int | None = None  # as subprocess has it: negative is a signal
        self._screen = _Screen(*size, self._answer)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._master, slave = pty.openpty()
        self.resize(*size)
        self.modes = termios.tcgetattr(self._master)  # as the program found them
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "NO_COLOR": ""}
        environ = {name: value for name, value in {**os.environ, **terminal, **(env or {})}.items() if value}
        start = [sys.executable, "-I", "-S", "-c", _START, *argv]
        self._process = subprocess.Popen(
            start, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the terminal and end the program, if need be by force."""
        self.hang_up()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alternate(self) -> bool:
        """Whether the program has the alternate screen."""
        return self._screen.alternate

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was found: main screen, cursor, modes."""
        cursor = not self._screen.cursor.hidden
        return not self.alternate and cursor and termios.tcgetattr(self._master) == self.modes

    def text(self) -> str:
        """What is on the screen, without the blanks at the ends of its lines."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def send(self, *keys: str | bytes) -> None:
        """Type keys (see key_bytes) or raw bytes, and read meanwhile: a full pty would block both sides."""
        data = b"".join(key if isinstance(key, bytes) else key_bytes(key) for key in keys)
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], LIMIT)
            assert readable or writable, "the program neither reads nor writes"
            if readable:
                self._read()
            if writable:
                data = data[os.write(self._master, data[:1024]) :]

    def end_by(self, number: signal.Signals) -> None:
        """Send the signal until the program has ended: two that come at once are one."""
        while self.status is None:
            self.signal(number)
            with suppress(subprocess.TimeoutExpired):
                self.wait_end(limit=0.5)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def resize(self, cols: int, rows: int) -> None:
        """Give the terminal another size, of which the program is told by SIGWINCH."""
        self._screen.resize(rows, cols)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def wait_for(self, wanted: str | Callable[[str], object], limit: float = LIMIT) -> str:
        """Read until `wanted` is on the screen, or holds of its text; return the text."""
        holds: Callable[[str], object] = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        end = time.monotonic() + limit
        while not holds(self.text()):
            wait = end - time.monotonic()
            if wait <= 0 or not select.select([self._master], [], [], wait)[0]:
                raise AssertionError(f"not seen in {limit} s; the screen:\n{self.text()}")
            if not self._read() and not holds(self.text()):
                raise AssertionError(f"the program ended before it was seen; the screen:\n{self.text()}")
        return self.text()

    def wait_end(self, limit: float = LIMIT) -> int:
        """Read until the program has closed the terminal and ended; return its status."""
        end = time.monotonic() + limit
        while self._master >= 0 and select.select([self._master], [], [], max(0, end - time.monotonic()))[0]:
            if not self._read():
                break
        self.status = self._process.wait(max(0.1, end - time.monotonic()))
        return self.status

    def hang_up(self) -> None:
        """Close the terminal under the program, as a lost connection does."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _answer(self, data: str) -> None:
        if self.answers:
            os.write(self._master, data.encode())

    def _read(self) -> bytes:
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the last program on the pty has closed it
            data = b""
        self.output += data
        text = _UNKNOWN.sub("", self._rest + self._decode(data))
        unfinished = _UNFINISHED.search(text)
        whole = unfinished.start() if unfinished else len(text)
        text, self._rest = text[:whole], text[whole:]
        for _ in range(text.count(_SYNC_QUERY)):
            self._answer("\x1b[?2026;2$y")
        self._stream.feed(text)
        return data

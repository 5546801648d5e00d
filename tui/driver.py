"""Textual's driver for POSIX terminals, with what it lacks when a terminal misbehaves, goes away or is slow."""

import asyncio
import io
import os
import select
import selectors
import signal
import sys
import termios
import threading
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any, TextIO

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.answers import GROUND, POSITION
from tui.frames import Frame, Frames
from tui.parser import Parser, Reached

PASTE_LIMIT = 65_536
"""Characters of a paste that reach the application."""

_ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
_STDIN, _STDERR = 0, 2
# What Textual writes when it leaves, and the end of an update that may have been under way: bracketed paste, reports of
# size and focus, keyboard protocol and alternate screen off; line wrap and cursor on.
_LEAVING = b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
_TICK, _TICKS = 0.1, 20  # seconds between two ticks of the parser's clock, and how many follow a key


class TerminalError(Exception):
    """There is no terminal to take keys from or to paint on."""


def attach() -> None:
    """Put the terminal in the place of a standard input and a standard error that are something else.

    Textual reads the one and paints on the other. Call this after a piped standard input has been read and before the
    application runs. Raises TerminalError.
    """
    if sys.__stdin__ is None or sys.__stderr__ is None:
        raise TerminalError("standard input and standard error must be open")
    for stream in (_STDIN, _STDERR):
        if os.isatty(stream):
            continue
        try:
            terminal = os.open("/dev/tty", os.O_RDWR)
        except OSError as error:
            raise TerminalError(f"no terminal to read keys from and to paint on: {error}") from error
        os.dup2(terminal, stream)
        os.close(terminal)


class _Output(io.TextIOWrapper):
    """Standard error, silent once the terminal is gone: an error would end Textual's writer and then block the loop."""

    def __init__(self, stream: TextIO | None) -> None:
        assert stream is not None, "attach() has seen to it"
        raw = open(stream.fileno(), "wb", closefd=False)  # noqa: SIM115
        super().__init__(raw, stream.encoding, stream.errors)
        self.silent = False  # when the last word has been said

    def write(self, text: str, /) -> int:
        if not self.silent:
            with suppress(OSError):
                super().write(text)
        return len(text)

    def flush(self) -> None:
        if not self.silent:
            with suppress(OSError):
                super().flush()


class Driver(LinuxDriver):
    """LinuxDriver that survives its terminal: pass it as `App(driver_class=Driver)`.

    The application ends with status 128 + signal on SIGHUP, SIGINT and SIGTERM, and as on SIGHUP when the terminal
    is gone. By a second signal it dies, wherever it is, and leaves the terminal as it was.
    """

    patience = 2.0
    """Seconds that a report of the terminal is waited for."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = self._output = _Output(self._file)
        self._size = size or self._get_terminal_size()  # else Textual asks rich, which calls a dumb terminal 80x25
        self.leaving = False  # it was asked to end, and what was typed before does not matter any more
        self._woken, self._wake = os.pipe()  # ends the input thread's sleep
        os.set_blocking(self._woken, False)
        self._frames = Frames(time.monotonic)
        self._timer: asyncio.TimerHandle | None = None
        self._settled: asyncio.Future[None] | None = None  # when the terminal has answered, or was given up
        self._heard = threading.Event()  # the same for the thread that leaves
        self._told: Callable[[Frame | None], None] = lambda _: None
        self._asking = True  # the answers come to us, and not to the shell
        for number in _ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup meant it
                signal.signal(number, self._signalled)

    @property
    def held(self) -> bool:
        """Whether the next picture is to wait until the terminal has shown the last one."""
        return self._frames.held

    def write(self, data: str) -> None:
        """Write, and count what a frame has. The shape of a mouse that we have not is no frame, and no use."""
        if data.startswith("\x1b]22;"):
            return
        self._frames.wrote(len(data.encode(errors="replace")))
        super().write(data)

    def frame(self, told: Callable[[Frame | None], None]) -> None:
        """Something was painted: the terminal is asked to say when it has come so far.

        It is asked for the position of its cursor, one report at a time. `told` is called in the event loop with the
        frame whose report has come, or with None when none came within `patience` seconds.
        """
        self._told = told
        if not self._frames.new or not self._asking:
            return
        if self._frames.ask():
            self._heard.clear()
            super().write(POSITION)
        if self._timer is None:
            self._timer = self._loop.call_later(self.patience, self._give_up)
            self._settled = self._loop.create_future()

    async def drawn(self) -> None:
        """Return when the terminal has shown every frame so far, or was given up."""
        while (settled := self._settled) is not None:
            await asyncio.wait({settled})
            if not self._frames.awaited:
                return

    def ask_ground(self) -> None:
        """Ask the terminal for the colour of its ground; what it answers comes to the application as a Ground."""
        super().write(GROUND)

    def process_message(self, message: Message) -> None:
        """Keep cursor reports for the frames, cut a paste before a widget measures it, hand on the rest."""
        if isinstance(message, Reached):  # unasked for it is dropped
            self._heard.set()
            self._loop.call_soon_threadsafe(self._answered, time.monotonic())
            return
        if isinstance(message, events.Paste):
            message.text = message.text[:PASTE_LIMIT]
        super().process_message(message)

    def run_input_thread(self) -> None:
        """Textual's loop, but bytes that mean nothing are ignored and the end of the terminal is seen."""
        parser = Parser(self._debug, expected=lambda: self._frames.coming)
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode  # what is no text is sorted out there
        quiet = 0
        with suppress(BlockingIOError):
            os.read(self._woken, 64)  # meant for an earlier thread; exit_event speaks to this one
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                # The parser's clock (is this escape a key, or the start of one?) ticks only while it can matter; then
                # the thread sleeps until there is a key, and an idle program does not wake the machine.
                ready = selector.select(_TICK if quiet < _TICKS else None)
                if any(key.fd == self._woken for key, _ in ready):
                    return
                quiet = 0 if ready else quiet + 1
                data = self._read() if ready else b""
                if ready and not data:
                    self._leave(128 + signal.SIGHUP)
                    return
                for message in parser.feed(text) if (text := decode(data)) else parser.tick():
                    self.process_message(message)

    def disable_input(self) -> None:
        """Leave the terminal's queue alone while the shell has it: touching it would stop this process once more."""
        if self._on_screen:
            self._asking = False
            if self._frames.coming and self._key_thread is not None and self._key_thread.is_alive():
                self._heard.wait(self.patience)  # else the shell would take the report for something typed
            os.write(self._wake, b".")
            super().disable_input()

    def stop_application_mode(self) -> None:
        """Leave the terminal's modes alone while the shell has it (ended while suspended)."""
        if self._on_screen:
            super().stop_application_mode()

    def resume_application_mode(self) -> None:
        """Come back, and paint everything: the terminal has forgotten the picture, Textual believes it is there."""
        super().resume_application_mode()
        if not self._on_screen:
            self._leave(128 + signal.SIGHUP)  # the terminal is no longer ours to set
        self._loop.call_soon_threadsafe(self._resumed)

    @property
    def _on_screen(self) -> bool:
        return self._writer_thread is not None and self._writer_thread.is_alive()

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _get_terminal_size(self) -> tuple[int, int]:
        # Textual asks COLUMNS, which may be old, and standard output, which may be a file.
        with suppress(OSError):
            columns, rows = os.get_terminal_size(self.fileno)
            return columns or 80, rows or 24
        return 80, 24

    def _answered(self, at: float) -> None:
        if (frame := self._frames.answer(at)) is not None:
            self._settle()
            self.frame(self._told)  # what was painted meanwhile
            self._told(frame)

    def _give_up(self) -> None:
        self._frames.give_up()
        self._settle()
        self._told(None)

    def _settle(self) -> None:
        """Nobody waits for the report any more."""
        if self._timer is not None:
            self._timer.cancel()
        if self._settled is not None:
            self._settled.set_result(None)
        self._timer = self._settled = None

    def _resumed(self) -> None:
        self._asking = True
        self._frames.forget()  # what the terminal had to say went to the shell
        self._settle()
        self._app.refresh(layout=True)

    def _restart(self) -> None:
        self.suspend_application_mode()
        self.resume_application_mode()

    def _leave(self, status: int) -> None:
        self.leaving = True
        with suppress(RuntimeError):  # the loop is closed: the application has ended already
            self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=status))

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, self._killed)
        self._leave(128 + number)

    def _killed(self, number: int, _frame: FrameType | None) -> None:
        """Asked twice, it ends at once: a long computation, or a terminal that hangs, blocks the loop.

        Python runs this between two steps of whatever it is at, so nothing is used that could be half done: no lock, no
        buffer, no thread.
        """
        signal.signal(number, signal.SIG_DFL)
        if self._on_screen:
            self._output.silent = True
            with suppress(OSError, termios.error):
                if self.attrs_before is not None:
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
                if select.select([], [_STDERR], [], 0)[1]:  # else it takes nothing, and writing would wait for it
                    os.write(_STDERR, _LEAVING)
        os.kill(os.getpid(), number)

    def _sigtstp_application(self, *_: object) -> None:
        # Textual stops itself alone and for good. The system's own stop takes the whole job with it, such as the
        # script that started us, and does nothing where no shell could continue it: ssh -t host riserun.
        if self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        if self._must_signal_resume:
            self._sigcont_application()

    def _sigcont_application(self, *_: object) -> None:
        if self.leaving or not self._auto_restart:
            return
        if self._on_screen:  # stopped from outside, and the shell has changed the terminal's modes meanwhile
            self._loop.call_soon_threadsafe(self._restart)
        else:
            self.resume_application_mode()

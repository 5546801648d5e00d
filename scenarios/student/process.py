"""The process a student's code runs in: started, asked, timed, and killed with all it has started itself.

It guards a session against accidents: endless loops, crashes, floods of output, memory. It is not a sandbox: the code
runs with the rights of the person who starts riserun, as it would from their own shell.
"""

from __future__ import annotations

import math
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

# Isolated from their folder and their environment; riserun's own is on the path only while serving.py is imported.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from scenarios.student.serving import serve; del sys.path[0]; "
_START += "serve(*map(int, sys.argv[2:]))"
_ROOT = str(Path(__file__).parents[2])
_LONGEST_ANSWER = 1_000_000
# One thread is all one Scalar needs, and a pool of them would claim address space that the limit counts.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class NoAnswerError(Exception):
    """The process gave no answer. The text says what became of it: `took longer than 2 s`, `died (signal 11)`.

    `part` is what it had sent by then.
    """

    part = b""


class StudentProcess:
    """A running serving.py. Raises NoAnswerError where it cannot be started.

    `longest`: the seconds of the longest question it will be asked; left alone for longer it ends itself.
    """

    def __init__(self, megabytes: int, longest: float):
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        arguments = (requests, answers, megabytes, math.ceil(longest) + 1)  # of `serve`
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", _START, _ROOT, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(requests, answers),
                start_new_session=True,  # no terminal to write on, and a group to kill as a whole
                env=os.environ | _ENVIRONMENT,
            )
        except OSError as error:
            self._close()
            raise NoAnswerError(f"could not be started: {error.strerror}") from None
        finally:
            os.close(requests)
            os.close(answers)
        self._part = b""
        for descriptor in (self._requests, self._answers):
            os.set_blocking(descriptor, False)

    def ask(self, request: bytes, seconds: float) -> bytes:
        """The line it answers to the line `request`, both without their end; NoAnswerError after `seconds` without one.

        After NoAnswerError there is nothing left but `end`.
        """
        deadline = time.monotonic() + seconds
        self._part = b""
        try:
            self._write(request + b"\n", deadline)
            return self._read(deadline)
        except TimeoutError:
            status = self._kill()
            # A process that it started may hold the pipe open after its own death.
            text = f"took longer than {seconds:g} s" if status == -signal.SIGKILL else _death(status)
        except (EOFError, BrokenPipeError):
            text = _death(self._kill())
        gone = NoAnswerError(text)
        gone.part = self._part
        raise gone

    def interrupt(self) -> None:
        """Kill it and all it has started; an `ask` under way in another thread then raises NoAnswerError."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it and let go of its pipes."""
        self._kill()
        self._close()

    def _kill(self) -> int:
        """Its exit status: its own if it was already dead, otherwise that of the killing."""
        # The group first: until it is waited for, a dead process keeps its number, so that no other group has it.
        self.interrupt()
        return self._process.wait()

    def _close(self) -> None:
        os.close(self._requests)
        os.close(self._answers)

    def _write(self, line: bytes, deadline: float) -> None:
        while line:
            _wait(self._requests, selectors.EVENT_WRITE, deadline)
            line = line[os.write(self._requests, line) :]

    def _read(self, deadline: float) -> bytes:
        while not self._part.endswith(b"\n"):
            _wait(self._answers, selectors.EVENT_READ, deadline)
            part = os.read(self._answers, 65536)
            if not part:
                raise EOFError
            self._part += part
            if len(self._part) > _LONGEST_ANSWER:
                raise NoAnswerError("sent too much over its connection to riserun")
        return self._part[:-1]


def _wait(descriptor: int, event: int, deadline: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, event)
        if not selector.select(max(deadline - time.monotonic(), 0.0)):
            raise TimeoutError


def _death(status: int) -> str:
    if status == -signal.SIGKILL:
        return "closed its connection to riserun, or was killed"
    return f"died (signal {-status})" if status < 0 else f"died (exit status {status})"

"""The journal being written: a line a move, until its session ends or the disk will not have it."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from scenarios.journal.files import content_of, lock, open_file, read
from scenarios.journal.folder import create
from scenarios.journal.reader import LARGEST, JournalError, Reader, encode, ending, header
from scenarios.shell import shell
from scenarios.text import clean_line
from scenarios.workspace.lectures import Move
from scenarios.workspace.workspace import Workspace


class Recording:
    """The journal of a running session, written as the moves are made.

    `problem` says, once something went wrong, why nothing is recorded any more; the session itself goes on.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.problem = ""
        self._clock = clock
        self._began = clock()
        self._file: int | None = None
        self._path = Path()
        self._size = 0
        self._lines = 0

    @classmethod
    def begin(cls, workspace: Workspace, clock: Callable[[], float] = time.monotonic) -> Recording:
        """A new journal in the user's folder, for a session that begins as `workspace`."""
        recording, now = cls(clock), datetime.now().astimezone()
        with recording._giving_up():
            recording._create(workspace, now)
            recording._write(header(workspace, now.isoformat(timespec="seconds")))
        return recording

    @classmethod
    def resume(cls, path: Path, clock: Callable[[], float] = time.monotonic) -> tuple[Recording, Reader]:
        """Read the journal at `path` and go on writing it; half a last line is cut off.

        A line that cannot be taken, and all behind it, is left as it is: a new journal begins with what came before.
        Raises JournalError where there is no session to go on with, or where it still runs.
        """
        recording = cls(clock)
        file, writable = open_file(path)
        try:
            if writable and not lock(file):
                raise JournalError(f"this session is still running; {shell('follow FILE')} shows it")
            found = content_of(file)
            reader = read(found)
            workspace = reader.reached()
        except JournalError:
            os.close(file)
            raise
        recording._began -= reader.time
        with recording._giving_up():
            if reader.problem:
                os.close(file)
                recording._create(workspace, datetime.now().astimezone())
                recording._write(found[: reader.size])
            else:
                recording._file, recording._path, recording._size = file, path, reader.size
                if not writable:
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                os.ftruncate(file, reader.size)
            recording._lines = reader.lines
        return recording, reader

    def record(self, move: Move, before: Workspace, after: Workspace) -> None:
        """Write down that `move` has changed `before` into `after`. Never raises."""
        if self._file is None:
            return
        with self._giving_up():
            line = encode(self._lines, self._clock() - self._began, move, before, after)
            if line is not None:
                self._write(line)

    def end(self, quit: bool) -> None:
        """Close the journal. `quit`: the person has left, so there is nothing to resume; and a journal without a move
        is removed, for it would only stand before those that have some.
        """
        if self._file is None:
            return
        with self._giving_up():
            moves = self._lines - 1
            if quit:
                self._write(ending(self._lines, self._clock() - self._began))
            if quit and not moves:
                self._path.unlink()
        self._close()

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """Whatever fails here, the disk or an internal error, ends the recording and nothing else."""
        try:
            yield
        except Exception as error:
            reason = error.strerror if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
            self.problem = f"Nothing is being recorded ({clean_line(str(reason))}); the session goes on."
            self._close()

    def _create(self, workspace: Workspace, now: datetime) -> None:
        name = workspace.scenario.name if workspace.lesson is None else workspace.lesson.lecture.name
        self._file, self._path = create(name, now)

    def _write(self, lines: bytes) -> None:
        """Append whole lines; where they do not fit, none of them."""
        assert self._file is not None
        if self._size + len(lines) > LARGEST:
            raise OSError(errno.EFBIG, f"the journal has reached {LARGEST // 2**20} MB")
        if os.write(self._file, lines) < len(lines):
            os.ftruncate(self._file, self._size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._size += len(lines)
        self._lines += 1

    def _close(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file = None

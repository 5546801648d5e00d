"""Where journals are kept, and the one being written: a file in the user's state folder, a line a move.

A lock is held on the file while its session lives, so that a session that was cut off is told from one that runs.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

import platformdirs

from scenarios.journal import LARGEST, JournalError, Reader, encode, ending, header
from scenarios.lecture import Move
from scenarios.text import clean_line
from scenarios.workspace import Workspace

KEPT = 100
"""Journals that are kept in the folder; the oldest go first."""

_SUFFIX = ".journal"
_OURS = re.compile(r"\d{8}-\d{6}-(?P<name>[A-Za-z0-9_-]+)-\d+(\.\d+)?\.journal")
_TAIL = 4096  # bytes at a journal's end in which its last line is looked for; then 16 times as many, and so on
_LAST = re.compile(rb'[0-9a-f]{8} \{"n":(\d+),"t":[^,]*,"do":"([^"]*)"')


def folder() -> Path:
    """Where the user's journals are; it need not exist yet."""
    return platformdirs.user_state_path("riserun", appauthor=False) / "journals"


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
        file, writable = _opened(path)
        try:
            if writable and not _lock(file):
                raise JournalError("this session is still running; riserun follow shows it")
            found = _content(file)
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
        """Whatever fails here, the disk or a fault of ours, ends the recording and nothing else."""
        try:
            yield
        except Exception as error:
            reason = error.strerror if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
            self.problem = f"Nothing is being recorded ({clean_line(str(reason))}); the session goes on."
            self._close()

    def _create(self, workspace: Workspace, now: datetime) -> None:
        name = workspace.scenario.name if workspace.lesson is None else workspace.lesson.lecture.name
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        stem = f"{now:%Y%m%d-%H%M%S}-{re.sub('[^A-Za-z0-9_-]', '', name)[:40] or 'session'}-{os.getpid()}"
        for again in chain([""], (f".{number}" for number in count(2))):
            self._path = folder() / f"{stem}{again}{_SUFFIX}"
            with suppress(FileExistsError):
                self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
                _lock(self._file)
                return

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


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal in the user's folder, as far as its name and its last line tell: `moves` made, the time of the last."""

    path: Path
    name: str
    moves: int
    until: datetime
    ended: bool

    @property
    def running(self) -> bool:
        """Whether its session lives."""
        try:
            file = os.open(self.path, os.O_RDONLY)
        except OSError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False  # a file system without locks
        finally:
            os.close(file)
        return False


def entries() -> list[Entry]:
    """The journals in the user's folder, the one written last first."""
    found = []
    for _, path in _files():
        with suppress(OSError):
            found.append(_entry(path))
    return found


def unfinished() -> Entry | None:
    """The last session, where it was cut off: the newest journal with a move in it that is not being written."""
    last = next((entry for entry in entries() if entry.moves and not entry.running), None)
    return last if last is not None and not last.ended else None


def latest() -> Entry | None:
    """What there is to resume: the newest session that was cut off, or else the newest that ended."""
    known = [entry for entry in entries() if entry.moves and not entry.running]
    return min(known, key=lambda entry: entry.ended, default=None)


def prune() -> None:
    """Remove the oldest journals beyond KEPT, but none whose session lives."""
    for _, path in _files()[KEPT:]:
        with suppress(OSError):
            if not _entry(path).running:
                path.unlink()


def content(path: Path) -> bytes:
    """The bytes of the file at `path`, no more than one over what a journal may have. Raises JournalError."""
    file, _ = _opened(path, os.O_RDONLY)
    try:
        return _content(file)
    finally:
        os.close(file)


def read(content: bytes) -> Reader:
    """A reader that has read all whole lines of `content`."""
    reader = Reader()
    reader.feed(content)
    while reader.step():
        pass
    return reader


def _files() -> list[tuple[float, Path]]:
    """The regular files of our naming, with the time they were written last, the newest first."""
    found = []
    with suppress(OSError):
        for path in folder().iterdir():
            with suppress(OSError):
                status = path.lstat()
                if _OURS.fullmatch(path.name) and stat.S_ISREG(status.st_mode):
                    found.append((status.st_mtime, path))
    return sorted(found, reverse=True)


def _entry(path: Path) -> Entry:
    """Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        last, tail = None, _TAIL
        while last is None and tail // 16 < status.st_size:
            file.seek(max(status.st_size - tail, 0))
            lines = file.read().split(b"\n")[:-1]  # what follows the last line end is half a line
            last, tail = _LAST.match(lines[-1]) if lines else None, 16 * tail
    ended = last is not None and last[2] == b"end"
    moves = int(last[1]) - ended if last else 0
    named = _OURS.fullmatch(path.name)
    return Entry(path, named["name"] if named else "", moves, datetime.fromtimestamp(status.st_mtime), ended)


def _opened(path: Path, flags: int = os.O_RDWR | os.O_APPEND) -> tuple[int, bool]:
    """A regular file, opened, and whether it may be written."""
    try:
        # Without O_NONBLOCK, opening a FIFO would wait for its other end.
        file = os.open(path, flags | os.O_NONBLOCK)
    except OSError as error:
        if flags != os.O_RDONLY and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return _opened(path, os.O_RDONLY)[0], False
        raise JournalError(f"it cannot be read ({error.strerror})") from None
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise JournalError("it is not a regular file; a journal is one")
    return file, flags != os.O_RDONLY


def _content(file: int) -> bytes:
    """All of it, or one byte more than a journal may have."""
    with open(file, "rb", closefd=False) as stream:
        try:
            return stream.read(LARGEST + 1)
        except OSError as error:
            raise JournalError(f"it cannot be read ({error.strerror})") from None


def _lock(file: int) -> bool:
    """Whether the file is now ours alone; a file system without locks lets everyone have it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True

"""The user's folder of journals: how its files are named, and which of them there is to resume."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

import platformdirs

from scenarios.journal.files import lock, locked

KEPT = 100
"""Journals that are kept in the folder; the oldest go first."""

_SUFFIX = ".journal"
_OURS = re.compile(r"\d{8}-\d{6}-(?P<name>[A-Za-z0-9_-]+)-\d+(\.\d+)?\.journal")
_TAIL = 4096  # bytes at a journal's end in which its last line is looked for; then 16 times as many, and so on
_LAST = re.compile(rb'[0-9a-f]{8} \{"n":(\d+),"t":[^,]*,"do":"([^"]*)"')


def folder() -> Path:
    """Where the user's journals are; it need not exist yet."""
    return platformdirs.user_state_path("riserun", appauthor=False) / "journals"


def create(name: str, now: datetime) -> tuple[int, Path]:
    """A new file in the folder for the journal of `name`, open to append, locked, and its owner's alone; and its path.
    Raises OSError.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{now:%Y%m%d-%H%M%S}-{re.sub('[^A-Za-z0-9_-]', '', name)[:40] or 'session'}-{os.getpid()}"
    numbered = chain([""], (f".{number}" for number in count(2)))
    while True:
        path = folder() / f"{stem}{next(numbered)}{_SUFFIX}"
        with suppress(FileExistsError):
            file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
            lock(file)
            return file, path


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal in the user's folder, as far as its name and its last line tell: `moves` made, the time of the last."""

    path: Path
    name: str
    moves: int
    until: datetime
    ended: bool

    def fate(self, now: datetime) -> str:
        """How it came to its end, and how long that is ago: `cut off 5 minutes ago`."""
        if self.running:
            return "running"
        return f"{'left' if self.ended else 'cut off'} {_ago((now - self.until).total_seconds())}"

    @property
    def running(self) -> bool:
        """Whether its session lives."""
        return locked(self.path)


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


def last() -> Entry | None:
    """The session with a move in it that was written last, whether it ended, was cut off or goes on."""
    return next((entry for entry in entries() if entry.moves), None)


def prune() -> None:
    """Remove the oldest journals beyond KEPT, but none whose session lives."""
    for _, path in _files()[KEPT:]:
        with suppress(OSError):
            if not _entry(path).running:
                path.unlink()


def _ago(seconds: float) -> str:
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if count := int(seconds // length):
            return f"{count} {unit}{'s' * (count > 1)} ago"
    return "just now"


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

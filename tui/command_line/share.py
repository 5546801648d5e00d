"""`riserun share`: a copy of the journal of the session that runs, for others to read."""

from __future__ import annotations

import argparse
import fcntl
import getpass
import os
import re
import secrets
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from scenarios.journal import copies
from scenarios.journal.folder import Entry, entries
from scenarios.journal.reader import LARGEST
from tui.errors import UsageError

_POLL = 0.2  # seconds between two looks at the journal


def running() -> Entry:
    """The session that runs on this machine, the newest of them. Raises UsageError where there is none."""
    entry = next((entry for entry in entries() if entry.running), None)
    if entry is None:
        raise UsageError("no session is running here; begin one with riserun, in another terminal")
    return entry


def run(options: argparse.Namespace) -> int:
    """Copy the journal of the session that runs, as it grows, to where others may read it, until the session ends."""
    entry = running()
    try:
        journal = os.open(entry.path, os.O_RDONLY)
        if options.output == "-":
            print(f"riserun: sharing {entry.name}", file=sys.stderr)
            target = 1
        else:
            target, path = _target(options.output, entry, journal)
            os.lseek(journal, os.lseek(target, 0, os.SEEK_END), os.SEEK_SET)
            _copy(journal, target)
            print(
                f"Sharing {entry.name}. Others on this machine follow it with\n\n  riserun follow {path}\n", flush=True
            )
        alive = True
        while alive:
            # Asked before copying: what the session wrote last is then copied as well.
            alive = entry.running
            _copy(journal, target)
            time.sleep(_POLL)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot share any more: {error.strerror}") from None
    print("riserun: the session has ended", file=sys.stderr)
    return 0


def _copy(journal: int, target: int) -> None:
    """All that is there and was not copied yet."""
    while data := os.read(journal, 2**16):
        while data:
            data = data[os.write(target, data) :]


def _target(named: str | None, entry: Entry, journal: int) -> tuple[int, Path]:
    """The file to copy to, opened, and what is in it already: nothing, or a first part of the journal."""
    if named is not None:
        path = Path(named)
        if (file := _claimed(path, entry, journal)) is None:
            raise UsageError(f"{path} exists and is not a copy that riserun share has left; choose another name")
        return file, path
    for path in _names(entry):
        if (file := _claimed(path, entry, journal)) is not None:
            return file, path
    raise AssertionError("there is always another name")


def _names(entry: Entry) -> Iterator[Path]:
    try:
        user = re.sub(r"[^\w.-]", "", getpass.getuser())
    except (OSError, KeyError):
        user = str(os.getuid())
    stem = f"riserun-{user}-{entry.name}"
    yield Path(tempfile.gettempdir()) / f"{stem}.journal"
    for number in count(2):
        yield Path(tempfile.gettempdir()) / f"{stem}-{number}.journal"


def _claimed(path: Path, entry: Entry, journal: int) -> int | None:
    """A new file there, or a copy that we have left there; None where there is something else.

    One that holds a first part of the journal is gone on with, so that those who follow it need not look again; another
    copy is replaced in one step, never emptied under those who read it.
    """
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_APPEND
    try:
        file = _public(os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o644))
    except FileExistsError:
        try:
            file = os.open(path, flags)
        except OSError:
            return None  # a link, a folder, someone else's
        if not _ours(path, file):
            os.close(file)
            return None
        if not entry.path.read_bytes().startswith(os.pread(file, LARGEST, 0)):
            os.close(file)
            temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            file = _public(os.open(temporary, flags | os.O_CREAT | os.O_EXCL, 0o644))
            temporary.replace(path)
    copies.note(path, file, journal)
    return file


def _public(file: int) -> int:
    os.fchmod(file, 0o644)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def _ours(path: Path, file: int) -> bool:
    """Whether it is empty or a copy that this user has shared, and no other share is writing it."""
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.getuid() or status.st_nlink != 1:
        return False
    if status.st_size and not copies.is_copy(path, file):
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

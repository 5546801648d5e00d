"""`riserun follow`, `share` and `notes`: a session seen elsewhere, and given to be seen."""

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
from contextlib import suppress
from itertools import count
from pathlib import Path

from scenarios import recording
from scenarios.journal import LARGEST, Reader, begins_one
from scenarios.recording import Entry
from tui.errors import UsageError
from tui.feed import Source, catch_up

_POLL = 0.2  # seconds between two looks at a journal


def await_session(file: str) -> tuple[Source, Reader]:
    """The journal to follow, `-` being standard input, once its first line has come. Until then the terminal stays as
    it is, for the password that ssh may ask for. Raises UsageError where no session comes.
    """
    if file == "-" and os.isatty(0):
        raise UsageError("follow - reads from a pipe, as in: ssh HOST riserun share -o - | riserun follow -")
    try:
        source = Source(os.dup(0) if file == "-" else os.open(file, os.O_RDONLY | os.O_NONBLOCK))
    except OSError as error:
        raise UsageError(f"cannot follow {file}: {error.strerror}") from None
    reader, waiting = Reader(), False
    while reader.workspace is None:
        catch_up(source, reader, 1.0)
        if wrong := reader.problem or source.gone:
            raise UsageError(f"cannot follow {file}: {wrong.partition(';')[0]}")
        if reader.workspace is None:
            if not waiting:
                print("riserun: waiting for the session to begin; ctrl+c ends that", file=sys.stderr)
            waiting = True
            time.sleep(_POLL)
    return source, reader


def running() -> Entry:
    """The session that runs on this machine, the newest of them. Raises UsageError where there is none."""
    entry = next((entry for entry in recording.entries() if entry.running), None)
    if entry is None:
        raise UsageError("no session is running here; begin one with riserun, in another terminal")
    return entry


def share(options: argparse.Namespace) -> int:
    """Copy the journal of the session that runs, as it grows, to where others may read it, until the session ends."""
    entry = running()
    try:
        journal = os.open(entry.path, os.O_RDONLY)
        if options.output == "-":
            print(f"riserun: sharing {entry.name}", file=sys.stderr)
            target = 1
        else:
            target, path = _target(options.output, entry)
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


def _target(named: str | None, entry: Entry) -> tuple[int, Path]:
    """The file to copy to, opened, and what is in it already: nothing, or a first part of the journal."""
    if named is not None:
        path = Path(named)
        if (file := _claimed(path, entry)) is None:
            raise UsageError(f"{path} exists and is no copy of yours of a session; name another file")
        return file, path
    for path in _names(entry):
        if (file := _claimed(path, entry)) is not None:
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


def _claimed(path: Path, entry: Entry) -> int | None:
    """A new file there, or one of ours that nobody is sharing to; None where there is something else.

    One that holds a first part of the journal is gone on with, so that those who follow it need not look again; another
    journal of ours is replaced in one step, never emptied under those who read it.
    """
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_APPEND
    with suppress(FileExistsError):
        return _public(os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o644))
    try:
        file = os.open(path, flags)
    except OSError:
        return None  # a link, a folder, someone else's
    if not _ours(file):
        os.close(file)
        return None
    there = os.pread(file, LARGEST, 0)
    if entry.path.read_bytes().startswith(there):
        return file
    os.close(file)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    file = _public(os.open(temporary, flags | os.O_CREAT | os.O_EXCL, 0o644))
    temporary.replace(path)
    return file


def _public(file: int) -> int:
    os.fchmod(file, 0o644)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def _ours(file: int) -> bool:
    """Whether it is a journal that this user has written, and no other share is writing."""
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.getuid() or status.st_nlink != 1:
        return False
    if status.st_size and not begins_one(os.pread(file, 64, 0)):
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

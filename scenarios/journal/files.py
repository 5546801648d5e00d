"""One file of a journal: opened, locked while its session lives, and read.

The lock tells a session that was cut off from one that runs.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path

from scenarios.journal.reader import LARGEST, JournalError, Reader


def open_file(path: Path, flags: int = os.O_RDWR | os.O_APPEND) -> tuple[int, bool]:
    """A regular file, opened, and whether it may be written. Raises JournalError."""
    try:
        # Without O_NONBLOCK, opening a FIFO would wait for its other end.
        file = os.open(path, flags | os.O_NONBLOCK)
    except OSError as error:
        if flags != os.O_RDONLY and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return open_file(path, os.O_RDONLY)[0], False
        raise JournalError(f"it cannot be read ({error.strerror})") from None
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise JournalError("it is not a regular file; a journal is one")
    return file, flags != os.O_RDONLY


def lock(file: int) -> bool:
    """Whether the open `file` is now ours alone; a file system without locks lets everyone have it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def locked(path: Path) -> bool:
    """Whether somebody holds the lock of the file at `path`: its session lives."""
    try:
        file = os.open(path, os.O_RDONLY)
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


def content(path: Path) -> bytes:
    """The bytes of the file at `path`, no more than one over what a journal may have. Raises JournalError."""
    file, _ = open_file(path, os.O_RDONLY)
    try:
        return content_of(file)
    finally:
        os.close(file)


def content_of(file: int) -> bytes:
    """The bytes of the open `file`, no more than one over what a journal may have. Raises JournalError."""
    with open(file, "rb", closefd=False) as stream:
        try:
            return stream.read(LARGEST + 1)
        except OSError as error:
            raise JournalError(f"it cannot be read ({error.strerror})") from None


def read(content: bytes) -> Reader:
    """A reader that has read all whole lines of `content`."""
    reader = Reader()
    reader.feed(content)
    while reader.step():
        pass
    return reader

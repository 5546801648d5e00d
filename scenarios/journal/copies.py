"""Copies of journals that are shared: which files are such copies, as the user's state folder remembers them.

A copy is a journal like any other, and what it is a copy of may be a recording to keep. So each copy that is made is
noted down by its place, the file that was made there and the session it shows; what is not noted is an original.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import msgspec

from scenarios.journal.folder import folder

_FIRST = 8  # bytes, the checksum of a journal's first line: they tell its session from others


class _Note(msgspec.Struct):
    """A copy: its path, its device and inode, and the checksum of its first line."""

    path: str
    device: int
    inode: int
    session: str


def note(path: Path, file: int, journal: int) -> None:
    """Note that the open `file` at `path` is a copy of the open `journal`. Raises OSError where it cannot be noted."""
    status, place = os.fstat(file), _place(path)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_what_is_gone(place.parent)
    session = os.pread(journal, _FIRST, 0).decode("ascii", "replace")
    found = _Note(str(path.absolute()), status.st_dev, status.st_ino, session)
    place.write_bytes(msgspec.json.encode(found))


def is_copy(path: Path, file: int) -> bool:
    """Whether the open `file` at `path` is a copy that was noted, and still of the session that it was made of."""
    found, status = _noted(_place(path)), os.fstat(file)
    if found is None or (found.device, found.inode) != (status.st_dev, status.st_ino):
        return False
    return found.session == os.pread(file, _FIRST, 0).decode("ascii", "replace")


def _folder() -> Path:
    return folder().parent / "copies"


def _place(path: Path) -> Path:
    """Where a copy at `path` is noted."""
    return _folder() / hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]


def _noted(place: Path) -> _Note | None:
    try:
        return msgspec.json.decode(place.read_bytes(), type=_Note)
    except (OSError, msgspec.MsgspecError):
        return None


def _forget_what_is_gone(folder: Path) -> None:
    for place in folder.iterdir():
        found = _noted(place)
        if found is None or not os.path.lexists(found.path):
            with suppress(OSError):
                place.unlink()

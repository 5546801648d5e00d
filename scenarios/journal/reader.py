"""The journal of a session: its starting problem and its moves, a line each. docs/journal.md describes the format.

A line is eight hexadecimal digits, the CRC-32 of what follows the blank, and one JSON object. Here lines are written
from moves, and read back as they arrive; files are the business of `recorder.py`, `files.py` and `folder.py`.
"""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import chain
from typing import Any

import msgspec

from engine.session import moves
from scenarios.journal.codec import TellingError, Told, begun, from_hex, tell, tell_beginning, understood
from scenarios.lesson.lesson import apply
from scenarios.text import clean_line, quoted, shortened
from scenarios.workspace.checks import fits
from scenarios.workspace.lectures import Move
from scenarios.workspace.moves import Hear, Look
from scenarios.workspace.workspace import Workspace

FORMAT = 1
LARGEST = 64 * 2**20
"""Bytes of a journal, written or read."""

_END = "end"
_BEGINNING = re.compile(rb"[0-9a-f]{8} \{")
# Computers agree to the last bits; where these add up over many steps, or nearly cancel, it is still the same session.
_CLOSE, _CLOSE_TO_0 = 1e-6, 1e-12


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: the program that wrote it, when the session began (ISO 8601), and where it started."""

    program: str
    began: str
    workspace: Workspace


class JournalError(Exception):
    """A line that cannot be taken; the text is for a person."""


class _Line(Told, kw_only=True):
    """What a line after the first may hold."""

    n: int
    t: float
    at: tuple[str, ...] | None = None
    memory: tuple[tuple[str, ...], ...] = ()


def header(workspace: Workspace, began: str) -> bytes:
    """The first line of the journal of a session that begins as `workspace`, at the time `began` (ISO 8601)."""
    about = {"riserun journal": FORMAT, "program": f"riserun {version('riserun')}", "began": began}
    return _framed(about | tell_beginning(workspace))


def encode(n: int, t: float, move: Move, before: Workspace, after: Workspace) -> bytes | None:
    """Line `n`: `move`, made `t` seconds after the session began, which changed `before` into `after`. None for a move
    that changed nothing, and for what a student's package answered, which is no move of a person.
    """
    if after is before or isinstance(move, Hear):
        return None
    line: dict[str, Any] = {"n": n, "t": round(t, 3), **tell(move, before)}
    if after.session is not before.session and after.session.state is not before.session.state:
        state = after.session.state
        line["at"] = [value.hex() for value in state.parameters]
        if state.memory:
            line["memory"] = [[value.hex() for value in quantity] for quantity in state.memory]
    return _framed(line)


def ending(n: int, t: float) -> bytes:
    """Line `n`, the last one: the person has quit."""
    return _framed({"n": n, "t": round(t, 3), "do": _END})


def _framed(content: dict[str, Any]) -> bytes:
    text = msgspec.json.encode(content)
    return b"%08x %s\n" % (zlib.crc32(text), text)


class Reader:
    """Reads a journal as it arrives: `feed` it bytes, then `step` from line to line.

    `workspace` is the session after the line read last, None before the first one; `header` is there from then on;
    `time`: seconds from the session's beginning to that line; `lines`: how many have been read; `size`: their bytes;
    `adopted`: how many lines brought parameters with other last bits than were computed here, and were believed;
    `ended`: the person had quit. `problem` says what is wrong with the line after these, "" where nothing is: there the
    reader stops for good, and the session is as it was before that line. Half a line is never wrong, it waits for its
    rest.
    """

    def __init__(self) -> None:
        self.workspace: Workspace | None = None
        self.header: Header | None = None
        self.time = 0.0
        self.lines = 0
        self.size = 0
        self.adopted = 0
        self.ended = False
        self.problem = ""
        self._waiting = b""
        self._at = 0

    def feed(self, data: bytes) -> None:
        """Take more of the journal; `step` reads it."""
        if self.problem or not data:
            return
        self._waiting, self._at = self._waiting[self._at :] + data, 0
        if self.size + len(self._waiting) > LARGEST:
            self.problem = f"this journal is larger than {LARGEST // 2**20} MB, which no session of riserun's is"
        elif self.lines == 0 and len(self._waiting) >= 10 and not _BEGINNING.match(self._waiting):
            self.problem = "this is not a journal of riserun's; its first line is of another kind"

    def step(self) -> bool:
        """Read one line; False where there is no whole one, or it cannot be taken."""
        end = self._waiting.find(b"\n", self._at)
        if self.problem or end < 0:
            return False
        line = self._waiting[self._at : end]
        try:
            if self.workspace is None:
                self.header = _header(line)
                self.workspace = self.header.workspace
            else:
                self._take(self.workspace, _decoded(line, _Line))
        except (JournalError, TellingError, ValueError) as error:
            self.problem = clean_line(self._complaint(str(error)))
            return False
        except Exception as error:
            # Whoever follows must hear of it: a line is data from elsewhere, whatever it meets here.
            self.problem = clean_line(self._complaint(f"internal error ({type(error).__name__}: {error})"))
            return False
        self.lines += 1
        self.size += end + 1 - self._at
        self._at = end + 1
        return True

    def reached(self) -> Workspace:
        """The session as far as it was read. Raises JournalError where none has begun."""
        if self.workspace is None:
            raise JournalError(self.problem or "nothing has been recorded in it yet")
        return self.workspace

    def _take(self, workspace: Workspace, line: _Line) -> None:
        if line.n != self.lines:
            raise JournalError(f"it calls itself line {line.n + 1}, so lines were lost or exchanged before it")
        if line.do == _END:
            self.ended, self.time = True, line.t
            return
        after, adopted = _carried_out(workspace, line)
        self.workspace, self.time, self.ended = after, line.t, False
        self.adopted += adopted

    def _complaint(self, what: str) -> str:
        if self.workspace is None:
            return what
        return f"line {self.lines + 1} of the journal cannot be taken: {what}; the session is as it was before it"


def _decoded(line: bytes, shape: type[Any]) -> Any:
    """The object that a line holds."""
    if not _BEGINNING.match(line) or b"%08x" % zlib.crc32(line[9:]) != line[:8]:
        raise JournalError("it is damaged")
    try:
        return msgspec.json.decode(line[9:], type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise JournalError(f"it is not of this format ({shortened(str(error))})") from None


def _header(line: bytes) -> Header:
    document = _decoded(line, dict[str, Any])
    found = document.get("riserun journal")
    if type(found) is not int:
        raise JournalError("this is not a journal of riserun's; its first line does not say that it is one")
    program = clean_line(shortened(str(document.get("program", "another riserun"))))
    if found != FORMAT:
        raise JournalError(
            f"this journal has format {shortened(str(found))}, written by {program}; this riserun reads {FORMAT}, "
            "so open it with that one"
        )
    return Header(program, clean_line(shortened(str(document.get("began", "")))), begun(document))


def _carried_out(workspace: Workspace, line: _Line) -> tuple[Workspace, bool]:
    """The workspace after the line, and whether its parameters were adopted."""
    move = understood(line, workspace)
    if isinstance(move, Look) and (wrong := fits(move.view, workspace)) is not None:
        raise JournalError(f"{quoted(line.do)} cannot be shown: {wrong}")
    after = apply(workspace, move)
    session = after.session
    if line.at is None:
        return after, False
    theirs = tuple(map(from_hex, line.at)), *(tuple(map(from_hex, quantity)) for quantity in line.memory)
    ours = session.state.parameters, *session.state.memory
    if theirs == ours:
        return after, False
    alike = list(map(len, theirs)) == list(map(len, ours))
    if not alike or not all(map(_close, chain(*theirs), chain(*ours))):
        raise JournalError(f"{quoted(line.do)} leads to other numbers here, so it does not follow from those before")
    if session.step < session.last_step:
        return after, False  # a lecture's beat that went back: what follows it comes with numbers of its own
    return replace(after, session=moves.apply(session, moves.Adopt(theirs[0], theirs[1:]))), True


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE_TO_0)

"""How a session comes to the application: a scenario begun anew, or a journal gone on with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from scenarios.journal.files import content
from scenarios.journal.folder import Entry, entries, last, latest, prune, unfinished
from scenarios.journal.reader import JournalError, Reader
from scenarios.journal.recorder import Recording
from scenarios.lesson.lesson import apply
from scenarios.library import store
from scenarios.library.opening import opened
from scenarios.shell import program, shell
from scenarios.student.client import Student
from scenarios.workspace.lectures import Move
from scenarios.workspace.moves import Against, Look
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES
from tui.errors import UsageError
from tui.live.feed import Feed, Follow, Notes, Replay, Source, catch_up


@dataclass(frozen=True, slots=True)
class Start:
    """What the application begins with.

    `feed` moves it on in the person's place; `message` is the first thing the footer says, `afterwards`, called once
    the screen is drawn, may have another. With `notes` it is the lecturer's notes that are shown. `student` is a
    package of someone's own, compared with at every step; who takes the Start closes it.
    """

    workspace: Workspace
    recording: Recording | None = None
    feed: Feed | None = None
    message: str = ""
    afterwards: Callable[[], str] = str
    notes: bool = False
    student: Student | None = None


def shown(scenario: str, against: str | None = None) -> Start:
    """The scenario or lecture of that name or path, `against` another one, nothing of it recorded."""
    workspace = opened(scenario)
    for move in _beside(workspace, against):
        workspace = apply(workspace, move)
    return Start(workspace)


def begun(scenario: str, against: str | None = None, autodiff: str | None = None) -> Start:
    """The same, recorded, and compared with the student's package `autodiff`."""
    workspace = opened(scenario)
    moves = _beside(workspace, against)
    student = Student(autodiff) if autodiff else None
    recorded = Recording.begin(workspace)
    for move in moves:
        before, workspace = workspace, apply(workspace, move)
        recorded.record(move, before, workspace)
    # A class is not to read what was done before it came.
    afterwards = partial(_afterwards, offers=workspace.lesson is None)
    return Start(workspace, recorded, None, recorded.problem, afterwards, student=student)


def _beside(workspace: Workspace, against: str | None) -> tuple[Move, ...]:
    """The moves that pin a scenario and show it beside the present one."""
    if not against:
        return ()
    return Against(store.load(against)), Look(replace(workspace.view, screen=Screen.COMPARE))


def resumed(path: Path | None) -> Start:
    """The session of the journal at `path`, or the last one that was cut off. Raises UsageError where there is none."""
    told = ""
    if path is None:
        entry = latest()
        if entry is None:
            raise UsageError(f"there is no session to resume; {program()} begins one")
        path, told = entry.path, _which(entry)
    try:
        recorded, reader = Recording.resume(path)
    except JournalError as error:
        raise UsageError(f"{path}: {error}") from None
    told = told or f"You are where you were, after {_moves(reader.lines - 1)}."
    return Start(reader.reached(), recorded, None, recorded.problem or reader.problem or adopted(reader) or told)


def journal(path: Path | None) -> Path:
    """The journal at `path`, or that of the last session. Raises UsageError where there is none."""
    if path is None and (entry := last()) is not None:
        path = entry.path
    if path is None:
        raise UsageError(f"there is no session yet; {program()} begins one")
    return path


def replayed(path: Path, speed: float) -> Start:
    """The journal at `path`, played `speed` times as fast as it was recorded. Raises UsageError where it cannot be."""
    reader, workspaces, times = moments(path)
    ending = (
        reader.problem or f"the replay is over: {NAMES['forward']} begins it again, {NAMES['leave']} goes on from here"
    )
    return Start(workspaces[0], feed=Replay(workspaces, times, speed, ending), message=adopted(reader))


def moments(path: Path) -> tuple[Reader, list[Workspace], list[float]]:
    """The journal at `path`: its reader, and each workspace it came to with its time in seconds. Raises UsageError
    where there is no session in it.
    """
    reader, workspaces, times = Reader(), list[Workspace](), list[float]()
    try:
        reader.feed(content(path))
        while reader.step():
            workspaces.append(reader.reached())
            times.append(reader.time)
        reader.reached()
    except JournalError as error:
        raise UsageError(f"{path}: {error}") from None
    return reader, workspaces, times


def followed(source: Source, reader: Reader) -> Start:
    """The session whose journal arrives from `source`, of which `reader` has the beginning, where it is now."""
    while catch_up(source, reader, 1.0):
        pass
    return Start(reader.reached(), feed=Follow(source, reader), message=adopted(reader))


def noted(source: Source, reader: Reader) -> Start:
    """The notes on the session that `source` brings, as it goes on."""
    start = followed(source, reader)
    return replace(start, feed=Notes(source, reader), notes=True)


def adopted(reader: Reader) -> str:
    """How many steps' numbers were believed rather than computed; "" where none were."""
    if not reader.adopted:
        return ""
    steps = "One step has" if reader.adopted == 1 else f"{reader.adopted} steps have"
    return f"{steps} other last digits than this computer's; they are kept as recorded."


def offer(entry: Entry) -> str:
    """The quiet line that says there is a session to go on with."""
    return f"{shell('resume')} goes on with {entry.name}, {entry.fate(datetime.now())} after {_moves(entry.moves)}"


def _which(entry: Entry) -> str:
    """Which session is gone on with, and how old it is; and that it is not the last one, where it is not."""
    newest = next(each for each in entries() if each.moves and not each.running)
    newer = f"; {shell('sessions')} lists the newer ones" if newest.path != entry.path else ""
    return f"{entry.name}, {entry.fate(datetime.now())} after {_moves(entry.moves)}{newer}"


def _moves(count: int) -> str:
    return "1 move" if count == 1 else f"{count:,} moves"


def _afterwards(offers: bool) -> str:
    cut_off = unfinished() if offers else None
    prune()
    return offer(cut_off) if cut_off else ""

"""Journals for tests: made of moves, by a clock that ticks once a line."""

import zlib
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from engine.session import moves
from engine.session.session import Session
from scenarios.files.writing import dump
from scenarios.journal.files import content, read
from scenarios.journal.reader import Reader, encode, header
from scenarios.journal.recorder import Recording
from scenarios.lesson.lesson import apply
from scenarios.workspace.lectures import Move
from scenarios.workspace.workspace import Workspace
from tests.workspaces import FORWARD, NEXT, Seeing, look, move_in, opened

BEGAN = "2026-11-23T14:10:05+01:00"

MOVES: list[Move | Seeing] = [FORWARD, NEXT, moves.Edit("b", 1.0), look(point=4)]


def written(start: Workspace, moves: Iterable[Move | Seeing]) -> tuple[bytes, list[Workspace]]:
    """The journal of these moves, and the workspace at the start and after each line."""
    lines, reached = [header(start, BEGAN)], [start]
    for made in moves:
        move = move_in(reached[-1], made)
        try:
            after = apply(reached[-1], move)
        except ValueError:
            continue
        line = encode(len(lines), float(len(lines)), move, reached[-1], after)
        if line is not None:
            lines.append(line)
            reached.append(after)
    return b"".join(lines), reached


def recorded(made: list[Move | Seeing], recorder: Recording | None = None, start: Workspace | None = None) -> Recording:
    """A recording of these moves, still open."""
    now = start or opened("model1")
    recorder = recorder or Recording.begin(now)
    for each in made:
        move = move_in(now, each)
        after = apply(now, move)
        recorder.record(move, now, after)
        now = after
    return recorder


def only(folder: Path) -> Path:
    """The one file that is in it."""
    (path,) = folder.iterdir()
    return path


def cut_off(recorder: Recording) -> None:
    """As a session ends that is killed: the file is closed, and nothing written behind its last move."""
    recorder.end(quit=False)


def framed(content: Any) -> bytes:
    """A line with a right checksum, whatever is in it."""
    text = content if isinstance(content, bytes) else msgspec.json.encode(content)
    return b"%08x %s\n" % (zlib.crc32(text), text)


def after_lines(start: Workspace, *contents: dict[str, Any]) -> Reader:
    """A reader of a journal with these lines, numbered, after the header."""
    lines = (framed({"n": n, "t": 0.0, **content}) for n, content in zip(count(1), contents, strict=False))
    return read(header(start, BEGAN) + b"".join(lines))


def load(path: Path) -> Reader:
    """A reader of the journal at `path`. Raises JournalError where there is no session in it."""
    reader = read(content(path))
    reader.reached()
    return reader


def told(workspace: Workspace | None) -> Any:
    """All that a workspace holds, to the last bit, as plain values; what would be undone and redone as well."""
    if workspace is None:
        return None
    return (
        workspace.scenario.name,
        dump(workspace.scenario),
        workspace.view,
        workspace.predictions,
        (workspace.kept.problem.rate, workspace.kept.parameters),
        *_chain(workspace.session, "undone"),
        *_chain(workspace.session, "redone"),
        *_neighbours(workspace),
        *_lesson(workspace),
        workspace.pinned and (workspace.pinned.name, _session(workspace.pinned.session)),
    )


def _lesson(workspace: Workspace) -> list[Any]:
    given = workspace.lesson
    if given is None:
        return []
    aside = None if workspace.aside is None else told(workspace.aside)
    scenes = [(scene.name, dump(scene.scenario), len(scene.beats)) for scene in given.lecture.scenes]
    return [given.lecture.source, scenes, given.scene, given.beat, given.away, given.choice, given.answers, aside]


def _neighbours(workspace: Workspace) -> list[Any]:
    # Each is the other's neighbour again, so only away from here.
    before, after, found = workspace.previous, workspace.following, []
    while before is not None:
        found += ["before", before.scenario.name, _session(before.session), before.view]
        before = before.previous
    while after is not None:
        found += ["after", after.scenario.name, _session(after.session), after.view]
        after = after.following
    return found


def _chain(session: Session | None, to: str) -> list[Any]:
    found = []
    while session is not None:
        found.append(_session(session))
        session = getattr(session, to)
    return found


def _session(session: Session) -> Any:
    states = [
        (
            repr(dict(state.problem.settings)),
            sorted(state.problem.held),
            [value.hex() for value in (*state.parameters, *state.slopes, state.loss)],
            repr(state.memory),
            (state.step, state.edited),
        )
        for state in session.history.items()
    ]
    return session.step, session.phase, session.diverged, states

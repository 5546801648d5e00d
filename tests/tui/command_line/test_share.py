"""Sharing replaces the copies that it has made, and nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.session import moves
from scenarios.journal.folder import entries
from scenarios.journal.recorder import Recording
from scenarios.lesson.lesson import apply
from tests.workspaces import opened
from tui.command_line import options
from tui.command_line.share import run
from tui.errors import UsageError


@contextmanager
def session(name: str = "model1") -> Iterator[Path]:
    """A session that runs, with a move in it; its journal."""
    before = opened(name)
    after = apply(before, moves.NextStep())
    recorder = Recording.begin(before)
    recorder.record(moves.NextStep(), before, after)
    (entry,) = (entry for entry in entries() if entry.running)
    try:
        yield entry.path
    finally:
        recorder.end(quit=True)


@contextmanager
def shared(path: Path) -> Iterator[subprocess.Popen[str]]:
    """`riserun share -o path` in a process of its own, once it shares."""
    command = [sys.executable, "-m", "tui", "share", "-o", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sharing:
        assert sharing.stdout is not None
        assert sharing.stdout.readline().startswith("Sharing ")
        try:
            yield sharing
        finally:
            sharing.kill()


def refused(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        run(options.share().parse_args(["-o", str(path)]))
    return str(caught.value)


def test_a_recording_that_was_kept_is_not_replaced(tmp_path: Path) -> None:
    """The journal of another session, of this one so far, and this one itself."""
    with session("zeros") as finished:
        pass
    demo, half, empty = tmp_path / "demo.journal", tmp_path / "half.journal", tmp_path / "empty.journal"
    with session() as running:
        demo.write_bytes(finished.read_bytes())
        half.write_bytes(running.read_bytes()[:-50])
        for path in (demo, half, finished, running):
            before = path.read_bytes()
            assert refused(path) == (
                f"{path} exists and is not a copy that riserun share has left; choose another name"
            )
            assert path.read_bytes() == before
        empty.touch()
        with shared(empty):
            assert empty.read_bytes() == running.read_bytes()


def test_what_a_killed_share_has_left_is_replaced_wherever_it_was_not_moved(tmp_path: Path) -> None:
    copy, kept = tmp_path / "copy.journal", tmp_path / "kept.journal"
    with session("zeros"):
        with shared(copy):
            assert "choose another name" in refused(copy)  # it is being shared to
        with shared(kept):
            pass
        kept.rename(tmp_path / "renamed.journal")
        kept.write_bytes(copy.read_bytes())
    with session() as running:
        assert "choose another name" in refused(tmp_path / "renamed.journal")
        assert "choose another name" in refused(kept)
        with shared(copy):
            assert copy.read_bytes() == running.read_bytes()


def test_a_recording_written_over_a_copy_is_one(tmp_path: Path) -> None:
    copy = tmp_path / "copy.journal"
    with session("zeros"), shared(copy):
        pass
    with session("overshoot") as other:
        pass
    copy.write_bytes(other.read_bytes())
    with session():
        assert "choose another name" in refused(copy)
    assert copy.read_bytes() == other.read_bytes()

"""Recorded sessions are listed, and the last one is what is gone on with, played and exported."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scenarios.journal.folder import Entry, entries, last
from tests.journals import MOVES, cut_off, recorded
from tests.workspaces import NEXT, opened
from tui.command_line.main import main
from tui.live.start import resumed


def aged(name: str, hours: float, quit: bool) -> Entry:
    """A session of `name` that came to its end so many hours ago."""
    recording = recorded(MOVES, start=opened(name))
    known = {entry.path for entry in entries() if not entry.running}
    if quit:
        recording.end(quit=True)
    else:
        cut_off(recording)
    (entry,) = (entry for entry in entries() if not entry.running and entry.path not in known)
    then = (datetime.now() - timedelta(hours=hours)).timestamp()
    os.utime(entry.path, (then, then))
    return entry


def test_the_list_says_what_each_was_and_where_it_is(state_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = aged("overshoot", 49, quit=False), aged("model1", 3, quit=True)
    running = recorded([NEXT], start=opened("zeros"))
    recorded([]).end(quit=True)
    assert main(["sessions"]) == 0
    names = capsys.readouterr().out.splitlines()
    running.end(quit=True)
    assert names[0] == "zeros, 1 move, running"
    assert names[2::2] == ["model1, 4 moves, left 3 hours ago", "overshoot, 4 moves, cut off 2 days ago"]
    assert [Path(name.strip()).expanduser() for name in names[3::2]] == [second.path, first.path]


def test_without_any_it_says_how_one_begins(state_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions"]) == 0
    assert capsys.readouterr().out == "no session yet; riserun begins one\n"
    assert main(["export", "--format", "csv"]) == 2
    assert "there is no session yet; riserun begins one" in capsys.readouterr().err


def test_a_folder_that_is_none_is_said_to_be_so(state_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state_folder.parent.mkdir(parents=True, exist_ok=True)
    state_folder.write_text("in the way")
    assert main(["sessions"]) == 1
    assert "cannot be read: Not a directory" in capsys.readouterr().err


def test_what_is_gone_on_with_is_named_with_its_age(state_folder: Path) -> None:
    aged("overshoot", 49, quit=False)
    alone = resumed(None)
    assert alone.message == "overshoot, cut off 2 days ago after 4 moves"
    assert alone.recording is not None
    alone.recording.end(quit=True)


def test_one_that_is_not_the_last_is_said_to_be_older(state_folder: Path) -> None:
    aged("overshoot", 49, quit=False)
    aged("model1", 3, quit=True)
    start = resumed(None)
    assert start.message == "overshoot, cut off 2 days ago after 4 moves; riserun sessions lists the newer ones"
    assert start.recording is not None
    start.recording.end(quit=True)


def test_the_last_session_is_exported(state_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    aged("overshoot", 1, quit=False)
    entry = aged("model1", 0, quit=True)
    found = last()
    assert found is not None
    assert found.path == entry.path
    assert main(["export", "--format", "csv"]) == 0
    unnamed = capsys.readouterr().out
    assert main(["export", str(entry.path), "--format", "csv"]) == 0
    assert capsys.readouterr().out == unnamed

"""The folder of journals: what there is to resume, and what is removed."""

import os
from pathlib import Path

import pytest

from scenarios.journal.folder import entries, latest, prune, unfinished
from scenarios.workspace.moves import Open
from scenarios.workspace.workspace import Workspace
from tests.journals import MOVES, cut_off, only, recorded
from tests.workspaces import NEXT, many_points, scenario


class TestFinding:
    def aged(self, folder: Path) -> None:
        """Each file a second older than the one made after it."""
        for age, path in enumerate(sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)):
            os.utime(path, (1e9 - age, 1e9 - age))

    def test_nothing_is_offered_where_there_is_nothing(self) -> None:
        assert unfinished() is None
        assert latest() is None

    def test_the_last_one_is_offered_if_it_was_cut_off(self, state_folder: Path) -> None:
        cut_off(recorded(MOVES))
        found = unfinished()
        assert found is not None
        assert (found.name, found.moves, found.ended) == ("model1", 4, False)
        running, unused = recorded([NEXT]), recorded([])
        assert unfinished() == found
        cut_off(unused)
        assert unfinished() == found
        running.end(quit=True)
        os.utime(found.path, (1e9, 1e9))
        assert unfinished() is None
        newest = latest()
        assert newest is not None
        assert newest.path == found.path  # what was cut off comes before what was left

    def test_half_a_line_and_a_long_one_do_not_hide_it(self, state_folder: Path) -> None:
        cut_off(recorded(MOVES))
        with only(state_folder).open("ab") as file:
            file.write(b"deadbeef {" + b"x" * 100)
        found = unfinished()
        assert found is not None
        assert found.moves == 4

    def test_neither_does_a_line_as_long_as_a_scenario(self, state_folder: Path) -> None:
        large = scenario(many_points(2000), (1.0, 1.0, -1.0))
        cut_off(recorded([NEXT, Open(large)]))
        cut_off(recorded([], start=Workspace.of(large)))
        assert sorted(entry.moves for entry in entries()) == [0, 2]
        found = unfinished()
        assert found is not None
        assert found.name == "model1"

    def test_the_oldest_are_removed_but_no_others(self, state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("scenarios.journal.folder.KEPT", 2)
        running = recorded([NEXT])
        for _ in range(3):
            cut_off(recorded([NEXT]))
        (state_folder / "notes.txt").write_text("mine")
        (state_folder / "lecture1.journal").write_text("mine")
        self.aged(state_folder)
        prune()
        assert len(entries()) == 3
        assert len(list(state_folder.iterdir())) == 5
        assert sum(entry.running for entry in entries()) == 1
        running.end(quit=False)

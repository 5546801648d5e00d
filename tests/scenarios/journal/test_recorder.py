"""The journal of a session: written, gone on with, and given up when the disk will not have it."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from scenarios.journal.folder import entries
from scenarios.journal.reader import JournalError
from scenarios.journal.recorder import Recording
from scenarios.lesson import lesson
from scenarios.library import store
from scenarios.workspace.workspace import Workspace
from tests.journals import MOVES, cut_off, framed, load, only, recorded, told, written
from tests.workspaces import FORWARD, NEXT, apply, move_in, opened


def ticking() -> Iterator[float]:
    return map(float, count(100))


class TestWriting:
    def test_the_file_is_its_owners_alone(self, state_folder: Path) -> None:
        recorded(MOVES)
        assert stat.S_IMODE(state_folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(only(state_folder).stat().st_mode) == 0o600

    def test_each_move_is_there_at_once(self, state_folder: Path) -> None:
        now = opened("model1")
        recorder = Recording.begin(now)
        for number, move in enumerate(MOVES):
            after = apply(now, move)
            recorder.record(move_in(now, move), now, after)
            now = after
            reader = load(only(state_folder))
            assert (reader.lines, told(reader.workspace)) == (number + 2, told(now))

    def test_two_sessions_of_one_name_have_a_file_each(self, state_folder: Path) -> None:
        one, two = recorded([NEXT]), recorded([FORWARD])
        assert len(list(state_folder.iterdir())) == 2
        assert {entry.running for entry in entries()} == {True}
        one.end(quit=True)
        two.end(quit=True)
        assert {entry.moves for entry in entries()} == {1}

    def test_times_are_of_the_sessions_clock(self, state_folder: Path) -> None:
        now = opened("model1")
        clock = ticking()
        recorder = Recording.begin(now, clock.__next__)
        recorder.record(FORWARD, now, apply(now, FORWARD))
        assert b'"t":1.0,' in only(state_folder).read_bytes()

    def test_left_without_a_move_there_is_no_file(self, state_folder: Path) -> None:
        recorded([]).end(quit=True)
        assert list(state_folder.iterdir()) == []

    def test_a_lecture_goes_by_its_own_name(self) -> None:
        cut_off(recorded([FORWARD], start=lesson.begin(store.load_lecture("lecture"))))
        assert [entry.name for entry in entries()] == ["lecture"]

    @pytest.mark.parametrize("name", ["../../etc", "ü", "a b", "x" * 300])
    def test_whatever_the_scenario_is_called_there_is_a_file(self, state_folder: Path, name: str) -> None:
        start = opened("model1")
        renamed = Workspace.of(type(start.scenario)(name, *[getattr(start.scenario, f) for f in _FIELDS]))
        recorded(MOVES, start=renamed)
        (entry,) = entries()
        assert entry.path.parent == state_folder
        assert entry.moves == len(MOVES)


_FIELDS = ("title", "summary", "notes", "problem", "parameters", "editors")


class TestGivingUp:
    def test_a_full_disk_ends_the_recording_and_keeps_whole_lines(
        self, state_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recorder = recorded([NEXT])
        whole = only(state_folder).read_bytes()
        write = os.write
        monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:20]))
        recorded([FORWARD], recorder)
        assert recorder.problem == ("Nothing is being recorded (No space left on device); the session goes on.")
        monkeypatch.undo()
        assert only(state_folder).read_bytes() == whole
        recorded([FORWARD], recorder)
        recorder.end(quit=True)
        assert only(state_folder).read_bytes() == whole

    def test_a_device_that_is_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        full = os.open("/dev/full", os.O_WRONLY)
        monkeypatch.setattr(os, "open", lambda *_: full)
        assert "No space left on device" in recorded([NEXT]).problem

    @pytest.mark.parametrize("blocked", ["", "riserun", "riserun/journals"])
    def test_without_a_folder_it_says_so(self, state_folder: Path, blocked: str) -> None:
        path = state_folder.parents[1] / blocked
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("in the way")
        recorder = recorded(MOVES)
        assert recorder.problem.startswith("Nothing is being recorded (")
        assert str(state_folder.parents[2]) not in recorder.problem
        recorder.end(quit=True)
        assert entries() == []

    def test_a_journal_that_grows_too_large(self, state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("scenarios.journal.recorder.LARGEST", 2**20)
        recorder = recorded([NEXT])
        monkeypatch.setattr("scenarios.journal.recorder.LARGEST", only(state_folder).stat().st_size)
        assert "the journal has reached" in recorded([NEXT], recorder).problem

    def test_a_fault_of_ours_is_no_end_of_the_session(self, monkeypatch: pytest.MonkeyPatch) -> None:
        recorder = recorded([NEXT])
        monkeypatch.setattr("scenarios.journal.recorder.encode", None)
        assert "TypeError" in recorded([NEXT], recorder).problem

    def test_a_file_system_without_locks_will_do(self, state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise OSError(errno.ENOLCK, "no locks")

        monkeypatch.setattr(fcntl, "flock", refuse)
        cut_off(recorded(MOVES))
        resumed, reader = Recording.resume(only(state_folder))
        assert (resumed.problem, reader.lines) == ("", 5)


class TestResuming:
    def test_it_goes_on_in_the_same_file(self, state_folder: Path) -> None:
        cut_off(recorded(MOVES))
        path = only(state_folder)
        with path.open("ab") as file:
            file.write(b'1234abcd {"n":5,"t":9')
        clock = ticking()
        resumed, reader = Recording.resume(path, clock.__next__)
        assert told(reader.workspace) == told(written(opened("model1"), MOVES)[1][-1])
        recorded([NEXT], resumed, reader.workspace)
        again = load(path)
        assert (again.problem, again.lines, again.time) == ("", 6, reader.time + 1.0)
        assert told(again.workspace) == told(written(opened("model1"), [*MOVES, NEXT])[1][-1])

    def test_one_that_was_left_can_be_gone_on_with(self, state_folder: Path) -> None:
        recorded(MOVES).end(quit=True)
        resumed, reader = Recording.resume(only(state_folder))
        recorded([NEXT], resumed, reader.workspace).end(quit=True)
        again = load(only(state_folder))
        assert (again.problem, again.ended, again.lines) == ("", True, 8)

    def test_a_running_one_is_not_taken_over(self, state_folder: Path) -> None:
        recorder = recorded(MOVES)
        with pytest.raises(JournalError, match="still running"):
            Recording.resume(only(state_folder))
        assert recorder.problem == ""

    def test_a_damaged_one_stays_and_another_goes_on(self, state_folder: Path) -> None:
        cut_off(recorded(MOVES))
        path = only(state_folder)
        damaged = path.read_bytes().replace(b"edit b 1.0", b"edit b 7.0")
        path.write_bytes(damaged)
        resumed, reader = Recording.resume(path)
        assert "line 4 of the journal cannot be taken: it is damaged" in reader.problem
        recorded([FORWARD], resumed, reader.workspace)
        assert path.read_bytes() == damaged
        (other,) = set(state_folder.iterdir()) - {path}
        assert told(load(other).workspace) == told(written(opened("model1"), [*MOVES[:2], FORWARD])[1][-1])

    def test_one_that_may_only_be_read_is_shown(self, state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cut_off(recorded(MOVES))
        system = os.open

        def guarded(path: str, flags: int, mode: int = 0o777) -> int:
            if flags & os.O_RDWR:
                raise PermissionError(errno.EACCES, "Permission denied")
            return system(path, flags, mode)

        monkeypatch.setattr(os, "open", guarded)
        resumed, reader = Recording.resume(only(state_folder))
        assert reader.lines == 5
        assert "Permission denied" in resumed.problem

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "nothing has been recorded in it yet"),
            (b"1234abcd {", "nothing has been recorded in it yet"),
            (b"riserun = 1\ntitle = 'x'\n", "not a journal of riserun's"),
            (framed({"riserun journal": 7}), "format 7"),
        ],
    )
    def test_what_is_no_session_is_refused_and_left_alone(self, tmp_path: Path, content: bytes, said: str) -> None:
        path = tmp_path / "x"
        path.write_bytes(content)
        with pytest.raises(JournalError, match=said):
            Recording.resume(path)
        with pytest.raises(JournalError, match=said):
            load(path)
        assert path.read_bytes() == content

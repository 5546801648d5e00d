"""What moves the picture in the person's place: replays, and sessions followed."""

import asyncio
import os
from functools import partial
from pathlib import Path

import pytest

from scenarios.journal.reader import ending, header
from scenarios.workspace.lectures import Move
from scenarios.workspace.view import Screen
from tests.journals import BEGAN, framed, written
from tests.tui.drawing import follow, now, place, running, screen, text, until
from tests.workspaces import BACK, FORWARD, NEXT, look, opened
from tui.errors import UsageError
from tui.live import start
from tui.live.feed import Picture, Replay, Source, without_long_pauses

MOVES: list[Move] = [FORWARD, NEXT, NEXT, look(point=2), BACK]


showing = partial(running, size=(100, 24))


def test_pauses_are_shortened_and_never_negative() -> None:
    assert without_long_pauses([5.0, 6.0, 100.0, 99.0, 101.0]) == [0.0, 1.0, 4.0, 4.0, 6.0]


class TestReplay:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        """A demo with a second between two moves."""
        path = tmp_path / "demo.journal"
        path.write_bytes(written(opened("model1"), MOVES)[0])
        return path

    async def test_it_plays_to_its_end(self, file: Path) -> None:
        async with showing(lambda: start.replayed(file, 50.0)) as (app, pilot):
            await until(pilot, lambda: "the replay is over" in text(app))
            assert "|| replay 0:05 of 0:05  step 1  (3) update" in screen(app)[0]
            await pilot.press(*["left_parenthesis"] * 12, "space")
            assert "> replay 0:00 of 0:05  step 0  (1) loss" in screen(app)[0]

    async def test_it_pauses_and_changes_its_speed(self, file: Path) -> None:
        async with showing(lambda: start.replayed(file, 0.01)) as (app, pilot):
            assert "> replay 0:00 of 0:05" in screen(app)[0]
            await pilot.press("p")
            assert "|| replay 0:00 of 0:05" in screen(app)[0]
            await pilot.press("right_parenthesis")
            assert "0.0625 times as fast" in text(app)
            await pilot.press("n")
            assert "this is a replay: space pauses" in text(app)
            assert place(now(app)) == (0, 1)

    async def test_it_is_taken_over_and_goes_on(self, file: Path) -> None:
        async with showing(lambda: start.replayed(file, 0.01)) as (app, pilot):
            await pilot.press("t", "n", "n", "n")
            assert "your own; t returns  step 3  (1) loss" in screen(app)[0]
            await pilot.press("t")
            assert place(now(app)) == (0, 1)
            assert "> replay" in screen(app)[0]
            await pilot.press(*["right_parenthesis"] * 13)
            await until(pilot, lambda: "|| replay 0:05" in screen(app)[0])
            await pilot.press("t", "space")
            assert place(now(app)) == (2, 1)

    async def test_its_keys_are_the_same_on_every_screen(self, file: Path) -> None:
        file.write_bytes(written(opened("model1"), [look(screen=Screen.TRACE), look(trace_at=3)])[0])
        async with showing(lambda: start.replayed(file, 50.0)) as (app, pilot):
            await until(pilot, lambda: "|| replay 0:02" in screen(app)[0])
            assert now(app).view.screen is Screen.TRACE
            await pilot.press(*["left_parenthesis"] * 9)
            assert "0.0977 times as fast" in text(app)
            await pilot.press("p")
            assert "> replay 0:00" in screen(app)[0]

    async def test_a_damaged_one_plays_up_to_there(self, file: Path) -> None:
        lines = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(b"".join([*lines[:3], b"xxxx\n"]))
        async with showing(lambda: start.replayed(file, 50.0)) as (app, pilot):
            await until(pilot, lambda: "line 4 of the journal cannot be taken: it is damaged" in text(app))
            assert place(now(app)) == (1, 1)

    async def test_a_single_picture_is_over_at_once(self, file: Path) -> None:
        file.write_bytes(header(opened("model1"), BEGAN))
        async with showing(lambda: start.replayed(file, 1.0)) as (app, pilot):
            await until(pilot, lambda: "the replay is over" in text(app))

    async def test_when_the_terminal_is_slow_frames_are_left_out(self) -> None:
        shown, waiting = [], asyncio.Event()
        _, reached = written(opened("model1"), [NEXT] * 50)
        replay = Replay(reached, [0.0, *[0.001] * 49, 0.002], 1.0, "over")

        async def wait() -> None:
            await waiting.wait()

        said: list[str] = []
        replay.begin(Picture(shown.append, said.append, lambda _: None, wait))
        waiting.set()
        while not said:
            await asyncio.sleep(0)
        assert said == ["over"]
        assert [each.session.step for each in shown] == [49, 50]


class TestFollow:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "lecture.journal"

    async def test_line_by_line_and_half_lines(self, file: Path) -> None:
        content, reached = written(opened("model1"), MOVES)
        head = content.index(b"\n") + 1
        file.write_bytes(content[: head + 10])
        async with showing(lambda: follow(file)) as (app, pilot):
            assert "  following  step 0  (1) loss" in screen(app)[0]
            with file.open("ab", buffering=0) as end:
                for cut in range(head + 10, len(content), 40):
                    end.write(content[cut : cut + 40])
                    await pilot.pause(0.01)
            await until(pilot, lambda: place(now(app)) == place(reached[-1]))

    async def test_a_late_one_is_there_at_once(self, file: Path) -> None:
        content, _ = written(opened("model1"), [NEXT] * 500)
        file.write_bytes(content)
        async with showing(lambda: follow(file)) as (app, _):
            assert place(now(app)) == (500, 1)

    async def test_refused_are_all_commands_that_would_change_it(self, file: Path) -> None:
        content, _ = written(opened("model1"), MOVES)
        file.write_bytes(content)
        async with showing(lambda: follow(file)) as (app, pilot):
            before = now(app)
            for key in ("space", "n", "minus", "e", "g", "R", "p", "o", "w", "r", "u", "2", "x", "tab", "escape", "up"):
                await pilot.press(key)
                assert now(app) is before, key
                assert "you are following: t to try something of your own" in text(app), key

    async def test_who_leaves_a_black_screen_sees_their_own(self, file: Path) -> None:
        file.write_bytes(written(opened("model1"), [NEXT, look(black=True)])[0])
        async with showing(lambda: follow(file)) as (app, pilot):
            assert "model1" not in text(app)
            await pilot.press("t")
            assert "your own; t returns" in screen(app)[0]
            await pilot.press("t")
            assert "model1" not in text(app)

    async def test_a_truncated_one_is_gone(self, file: Path) -> None:
        content, _ = written(opened("model1"), MOVES)
        file.write_bytes(content)
        async with showing(lambda: follow(file)) as (app, pilot):
            os.truncate(file, 10)
            await until(pilot, lambda: "the session's journal was removed; this is its last picture" in text(app))
            assert "session lost" in screen(app)[0]
            await pilot.press("t", "space")
            assert "your own" in screen(app)[0]

    async def test_a_damaged_line_ends_it(self, file: Path) -> None:
        content, _ = written(opened("model1"), MOVES)
        file.write_bytes(content)
        async with showing(lambda: follow(file)) as (app, pilot):
            with file.open("ab") as end:
                end.write(framed({"n": 6, "t": 9.0, "do": "edit b nan"}))
            await until(pilot, lambda: "line 7 of the journal cannot be taken" in text(app))

    async def test_a_session_that_goes_on_after_its_end(self, file: Path) -> None:
        content, _ = written(opened("model1"), [NEXT])
        file.write_bytes(content + ending(2, 5.0))
        async with showing(lambda: follow(file)) as (app, pilot):
            await until(pilot, lambda: "session ended" in screen(app)[0])
            with file.open("ab") as end:
                end.write(framed({"n": 3, "t": 9.0, "do": "next"}))
            await until(pilot, lambda: place(now(app)) == (2, 1))
            await until(pilot, lambda: "following" in screen(app)[0])

    async def test_while_away_the_session_goes_on(self, file: Path) -> None:
        content, _ = written(opened("model1"), [NEXT] * 9)
        lines = content.splitlines(keepends=True)
        file.write_bytes(b"".join(lines[:2]))
        begun = follow(file)
        async with showing(lambda: begun) as (app, pilot):
            await pilot.press("t", "space")
            with file.open("ab") as end:
                end.write(b"".join(lines[2:]))
            feed = begun.feed
            assert feed is not None
            await until(pilot, lambda: feed.workspace.session.step == 9)
            assert place(now(app)) == (1, 2)
            await pilot.press("t")
            assert place(now(app)) == (9, 1)

    def test_a_folder_is_no_journal(self, tmp_path: Path) -> None:
        source = Source(os.open(tmp_path, os.O_RDONLY))
        assert source.read() == b""
        assert "Is a directory" in source.gone


def test_an_empty_journal_cannot_be_replayed(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(UsageError, match="nothing has been recorded in it yet"):
        start.replayed(tmp_path / "empty", 1.0)

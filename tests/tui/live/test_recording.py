"""What a person does in the application is recorded, and resumed to the last bit."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.context.actions import actions as heard
from scenarios.journal.files import read
from scenarios.journal.folder import entries
from scenarios.journal.recorder import Recording
from scenarios.library import opening
from scenarios.screens.story import LIVE
from scenarios.workspace.lectures import Move
from tests.journals import told, written
from tests.tui.drawing import application, finished, now, screen, text, write
from tui.commands import COMMANDS
from tui.live import start
from tui.live.app import RiserunApp

ACTIONS = [command.id for command in COMMANDS]


@settings(max_examples=40)
@given(st.sampled_from(["model1", "split", "overshoot", "lecture"]), st.lists(st.sampled_from(ACTIONS), max_size=60))
def test_whatever_is_pressed_is_read_back(name: str, pressed: list[str]) -> None:
    """Every command of the table, on every screen it is for."""
    start = opening.opened(name)
    now, made = start, list[Move]()
    for command in pressed:
        if (move := heard(now).get(command, LIVE)(now)) is not None:
            content, reached = written(now, [move])
            made.append(move)
            now = reached[-1]
    content, reached = written(start, made)
    reader = read(content)
    assert (reader.problem, told(reader.workspace)) == ("", told(reached[-1]))


def recording_app(scenario: str = "model1") -> RiserunApp:
    return application(lambda: start.begun(scenario))


async def test_a_session_is_recorded_and_resumed(state_folder: Path) -> None:
    app = recording_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settled.wait()
        await pilot.press("space", "space", "n", "minus", "full_stop", "R")
        await write(pilot, "20")
        await finished(app)
        await pilot.press("u", "2", "e")
        await write(pilot, "x^2 + y")
        await pilot.press("less_than_sign", "3", "space")
        await pilot.pause()
        left, lines = now(app), screen(app)
        (entry,) = entries()
        assert entry.running
        app.exit(return_code=129)  # a lost connection
    (entry,) = entries()
    assert not entry.ended
    app = application(lambda: start.resumed(None))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settled.wait()
        await pilot.pause()
        assert told(now(app)) == told(left)
        assert screen(app)[:-1] == lines[:-1]
        assert f"model1, cut off just now after {entry.moves} moves" in screen(app)[-1]
        await pilot.press("1", "q", "q")
    (entry,) = entries()
    assert entry.ended


async def test_the_last_one_is_offered_quietly(state_folder: Path) -> None:
    app = recording_app()
    async with app.run_test() as pilot:
        await app.settled.wait()
        await pilot.press("space", "space")
        app.exit(return_code=129)
    app = recording_app("overshoot")
    async with app.run_test() as pilot:
        await app.settled.wait()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "riserun resume goes on with model1, cut off just now" in screen(app)[-1]
        assert "after 2 moves" in screen(app)[-1]
        await pilot.press("space")
        assert "riserun resume" not in text(app)


async def test_a_class_reads_nothing_of_what_was_done_before_it_came(state_folder: Path) -> None:
    app = recording_app()
    async with app.run_test() as pilot:
        await app.settled.wait()
        await pilot.press("space")
        app.exit(return_code=129)
    app = recording_app("lecture")
    async with app.run_test() as pilot:
        await app.settled.wait()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen(app)[-1].startswith(" space on")


async def test_it_says_once_that_nothing_is_recorded(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = recording_app()
    async with app.run_test() as pilot:
        await app.settled.wait()
        monkeypatch.setattr(Recording, "_write", lambda *_: 1 / 0)
        await pilot.press("space")
        assert "Nothing is being recorded (ZeroDivisionError" in text(app)
        await pilot.press("space")
        assert "recorded" not in text(app)
        assert "(3) update" in text(app)


async def test_without_a_folder_the_session_begins_all_the_same(state_folder: Path) -> None:
    state = state_folder.parents[1]
    state.parent.mkdir(exist_ok=True)
    state.write_text("in the way")
    app = recording_app()
    async with app.run_test() as pilot:
        await app.settled.wait()
        await pilot.pause()
        assert "Nothing is being recorded (" in text(app)
        assert str(state.parent) not in text(app)
        await pilot.press("space")
        assert "(2) direction" in text(app)


async def test_what_is_only_shown_is_not_recorded(state_folder: Path) -> None:
    app = application("model1")
    async with app.run_test() as pilot:
        await app.settled.wait()
        await pilot.press("space")
    assert not state_folder.exists()


async def test_a_session_that_is_not_there_is_told() -> None:
    app = application(lambda: start.resumed(Path("none.journal")))
    async with app.run_test():
        await app.settled.wait()
    assert app.failure == "none.journal: it cannot be read (No such file or directory)"

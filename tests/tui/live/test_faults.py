"""Internal errors, planted: each is said where it happened, and the session goes on."""

from pathlib import Path
from typing import NoReturn

import pytest

from engine.session.session import Phase
from scenarios.journal.files import read
from scenarios.journal.folder import entries
from scenarios.journal.reader import Reader
from scenarios.lesson.lesson import apply
from scenarios.student.client import Student
from scenarios.workspace.lectures import Move
from scenarios.workspace.moves import Hear
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.journals import written
from tests.students import RIGHT
from tests.tui.drawing import application, b, finished, follow, now, place, prompt, running, screen, text, until, write
from tests.workspaces import FORWARD, NEXT, opened
from tui.command_line import main
from tui.live import start
from tui.panes import lines
from tui.screens import layout, stage
from tui.screens.layout import Plan
from tui.screens.prompt import Question

ERROR = "ZeroDivisionError: float division by zero"
LINES = {"header": "header", "caption": "caption_rows", "footer": "footer"}


def broken(*_: object, **__: object) -> NoReturn:
    raise ZeroDivisionError("float division by zero")


def words(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A journal of two moves."""
    path = tmp_path / "demo.journal"
    path.write_bytes(written(opened("model1"), [FORWARD, NEXT])[0])
    return path


@pytest.fixture
def undrawable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caption of every moment fails."""
    monkeypatch.setattr(lines, "caption_rows", broken)


class TestDrawing:
    @pytest.mark.parametrize("line", LINES)
    async def test_a_line_says_so_in_its_place(self, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running() as (app, pilot):
            whole = screen(app)
            monkeypatch.setattr(lines, LINES[line], broken)
            await pilot.press("space")
            assert f"This {line} could not be drawn ({ERROR}). The" in words(screen(app))
            assert place(now(app)) == (0, Phase.DIRECTION)
            assert "-0.3710" in text(app)
            monkeypatch.undo()
            await pilot.press("backspace")
            assert screen(app) == whole

    async def test_panes_that_cannot_be_arranged_leave_the_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running() as (app, pilot):
            monkeypatch.setitem(stage.PLANS, Screen.FIT, Plan(stage.PLANS[Screen.FIT].panes, broken))
            await pilot.press("space")
            assert f"This screen could not be drawn ({ERROR}). The session goes on." in words(screen(app)[1:-3])
            assert "step 0  (2) direction" in screen(app)[0]
            await pilot.press("question_mark")
            assert "why:" in text(app)

    @pytest.mark.parametrize("name", ["caption_height", "lines"])
    async def test_where_nothing_can_be_placed_the_keys_still_move(
        self, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with running() as (app, pilot):
            whole = screen(app)
            monkeypatch.setattr(layout, name, broken)
            await pilot.press("space", "n", "question_mark", "question_mark", "question_mark", "e", "2", "enter")
            assert words(screen(app)) == f"This screen could not be drawn ({ERROR}). The session goes on."
            assert (place(now(app)), b(now(app))) == ((1, Phase.LOSS), 2.0)
            monkeypatch.undo()
            await pilot.press("escape", "r")
            assert screen(app)[1:-1] == whole[1:-1]

    async def test_a_scenario_without_a_picture_is_listed_and_others_open(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with running() as (app, pilot):
            monkeypatch.setattr("tui.screens.open.picture", broken)
            await pilot.press("o")
            assert "This scenario could not be drawn" in words([line[27:78] for line in screen(app)])
            await pilot.press("down", "enter", "space")
            assert place(now(app)) == (0, Phase.DIRECTION)


@pytest.mark.usefixtures("undrawable")
class TestOpening:
    """A session whose picture cannot be drawn opens all the same."""

    async def test_resumed(self, demo: Path) -> None:
        async with running(lambda: start.resumed(demo)) as (app, pilot):
            assert app.failure == ""
            await pilot.press("space")
            assert place(now(app)) == (1, Phase.DIRECTION)
            assert "This caption could not be drawn" in text(app)

    async def test_replayed_and_followed(self, demo: Path) -> None:
        async with running(lambda: start.replayed(demo, 1000.0)) as (app, pilot):
            await until(pilot, lambda: "the replay is over" in text(app))
        async with running(lambda: follow(demo)) as (app, pilot):
            assert place(now(app)) == (1, Phase.LOSS)
            assert "This caption could not be drawn" in text(app)

    @pytest.mark.parametrize("form", ["text", "svg", "cast"])
    def test_exported(self, form: str, demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main.main(["export", str(demo), "--format", form]) == 0
        assert "could" in capsys.readouterr().out

    def test_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main.main(["show", "model1", "--keys", "space"]) == 0
        assert f"This caption could not be drawn ({ERROR})" in capsys.readouterr().out


class TestKeys:
    async def test_what_fails_before_the_move_has_changed_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running() as (app, pilot):
            before = now(app)
            for module in ("tui.live.control.apply", "tui.live.questions.edit"):
                monkeypatch.setattr(module, broken)
            for key in ("space", "e"):
                await pilot.press(key)
                assert f"internal error ({ERROR}); nothing was changed" in screen(app)[-1]
                assert now(app) is before
            monkeypatch.undo()
            await pilot.press("space")
            assert place(now(app)) == (0, Phase.DIRECTION)
            assert "internal error" not in text(app)

    async def test_what_fails_after_the_move_was_recorded_does_not_deny_it(
        self, state_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with running(lambda: start.begun("model1", autodiff=str(RIGHT))) as (app, pilot):
            with monkeypatch.context() as planted:
                planted.setattr("tui.live.student.Listener.listen", broken)  # it is told of each new workspace
                await pilot.press("space")
                assert f"internal error ({ERROR}); the change was made" in screen(app)[-1]
            await pilot.press("n")
            app.exit(return_code=129)
        (entry,) = entries()
        assert entry.moves == 2
        assert place(read(entry.path.read_bytes()).reached()) == (1, Phase.LOSS)

    async def test_an_answer_that_fails_is_said_and_the_keyboard_lives(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running() as (app, pilot):
            monkeypatch.setattr(
                "tui.live.questions.edit", lambda *_: Question("b =", lambda _: "", broken, lambda _: None)
            )
            await pilot.press("e")
            await write(pilot, "1")
            assert f"internal error ({ERROR})" in text(app)
            assert prompt(app).open
            await pilot.press("escape")
            monkeypatch.undo()
            monkeypatch.setattr("tui.live.control.apply", broken)
            await pilot.press("e", "2", "enter")
            assert "internal error" in screen(app)[-1]
            monkeypatch.undo()
            await pilot.press("space")
            assert place(now(app)) == (0, Phase.DIRECTION)


class TestBackground:
    async def test_play_and_run_say_why_they_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running() as (app, pilot):
            for asked in (["p"], ["R", "9", "enter"]):
                monkeypatch.setattr("tui.live.control.apply", broken)
                await pilot.press(*asked)
                await finished(app)
                await pilot.pause()
                assert f"it stopped here: internal error ({ERROR})" in screen(app)[-1]
                assert ">" not in screen(app)[0]
                monkeypatch.undo()
                await pilot.press("n")
            assert place(now(app)) == (2, Phase.LOSS)

    async def test_a_replay_says_so_and_begins_again(self, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tui.live.feed.bisect_right", broken)
        async with running(lambda: start.replayed(demo, 1000.0)) as (app, pilot):
            await until(pilot, lambda: f"internal error ({ERROR})" in screen(app)[-1])
            assert "|| replay" in screen(app)[0]
            monkeypatch.undo()
            await pilot.press("space")
            await until(pilot, lambda: "the replay is over" in text(app))

    async def test_a_follower_says_so_and_keeps_the_picture(self, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running(lambda: follow(demo)) as (app, pilot):
            monkeypatch.setattr(Reader, "step", broken)
            await until(pilot, lambda: f"internal error ({ERROR}); this is" in screen(app)[-1])
            assert "session lost" in screen(app)[0]
            await pilot.press("t", "space")
            assert place(now(app)) == (1, Phase.DIRECTION)

    async def test_a_students_package_is_let_go(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running(lambda: start.begun("model1", autodiff=str(RIGHT))) as (app, pilot):
            monkeypatch.setattr(Student, "slopes", broken)
            await pilot.press("n")
            await until(pilot, lambda: "minitorch is not asked any more: internal error" in screen(app)[-1])
            await pilot.press("n", "3")
            await app.workers.wait_for_complete()
            assert place(now(app)) == (2, Phase.LOSS)
            assert app.return_code is None

    async def test_nor_does_what_it_answered_end_the_session(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def deaf(workspace: Workspace, move: Move) -> Workspace:
            return broken() if isinstance(move, Hear) and move.heard.slopes else apply(workspace, move)

        monkeypatch.setattr("tui.live.control.apply", deaf)
        async with running(lambda: start.begun("model1", autodiff=str(RIGHT))) as (app, pilot):
            await until(pilot, lambda: "minitorch is not asked any more: internal error" in screen(app)[-1])
            await pilot.press("n")
            assert place(now(app)) == (1, Phase.LOSS)

    async def test_what_is_looked_up_behind_the_first_picture(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tui.live.start.unfinished", broken)
        async with running(lambda: start.begun("model1")) as (app, pilot):
            await until(pilot, lambda: f"internal error ({ERROR}); the session goes on" in screen(app)[-1])
            await pilot.press("space")
            assert place(now(app)) == (0, Phase.DIRECTION)

    async def test_what_cannot_be_begun_is_a_reason_and_no_traceback(self) -> None:
        app = application(broken)
        async with app.run_test():
            await app.settled.wait()
        assert (app.return_code, app.failure) == (2, f"it could not be opened: internal error ({ERROR})")

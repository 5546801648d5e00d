"""Play and run: where they end, and that any key ends them."""

import asyncio
import re
from collections.abc import Callable

import pytest

from engine.session import moves
from engine.session.session import Phase
from scenarios.context import goal
from scenarios.context.goal import loss_below
from scenarios.lesson.lesson import apply
from scenarios.numbers import plain
from scenarios.workspace.moves import Predict
from scenarios.workspace.workspace import Workspace
from tests.tui.drawing import finished, now, place, prompt, running, screen, show, text, until, write
from tests.workspaces import FORWARD, opened
from tui.live.player import Player
from tui.live.shell import Shell
from tui.screens.open import OpenScreen

QUESTION, FAR = "a question is open", "the next step would leave the numbers a computer can hold"


@pytest.fixture
def standing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal never shows a frame: what plays stands after the first."""

    async def never(_: Shell) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(Shell, "shown", never)


class TestRunning:
    @pytest.mark.parametrize(
        ("until", "step"),
        [("errors = 0", 83), ("ERRORS=0", 83), ("12", 12), ("0", 0), ("loss < 5.5", 9), ("loss<=5.7337316", 1)],
    )
    async def test_run_until(self, until: str, step: int) -> None:
        async with running() as (app, pilot):
            await pilot.press("R")
            await write(pilot, until)
            await finished(app)
            assert place(now(app)) == (step, Phase.LOSS)
            assert not app.playing

    async def test_what_is_no_end_is_not_run_to(self) -> None:
        async with running() as (app, pilot):
            await pilot.press("R")
            for wrong, told in (("", goal.WANTED), ("errors == 0", "write errors = 0")):
                await write(pilot, wrong)
                assert prompt(app).open, wrong
                assert told in text(app), wrong

    async def test_it_stops_where_nothing_can_move_any_more(self) -> None:
        async with running() as (app, pilot):
            hold = [moves.Hold(name) for name in ("w1", "w2", "b")]
            await show(app, pilot, opened("model1", *hold))
            await pilot.press("R")
            await write(pilot, "errors = 0")
            await finished(app)
            assert app.message == "stopped after 0 steps: errors are 4, not 0; nothing moves: all parameters are held"

    async def test_a_long_run_says_how_far_it_is_and_stops_at_any_key(self) -> None:
        async with running() as (app, pilot):
            await pilot.press("R")
            await write(pilot, "loss < -1")
            await until(pilot, lambda: re.search(r"at step [\d,]+: the loss is \d\.\d{4}; any key stops", text(app)))
            await pilot.press("f5")
            assert not app.playing
            assert "not below -1" in app.message

    @pytest.mark.parametrize(
        ("answers", "told"),
        [
            (["errors = 0"], "errors reached 0 after 83 steps"),
            (["2", "errors = 0"], "errors reached 0 after 81 steps, at step 83"),
            (["errors = 0", "errors = 0"], "errors are 0: no step was needed"),
            (["loss < 5.5"], "the loss fell below 5.5 after 9 steps"),
            (["1"], "stopped after 1 step: the loss is 5.7337, errors 4"),
        ],
    )
    async def test_a_run_ends_with_a_word(self, answers: list[str], told: str) -> None:
        async with running() as (app, pilot):
            for answer in answers:
                await pilot.press("R")
                await write(pilot, answer)
                await finished(app)
            assert screen(app)[-1].strip() == told

    async def test_a_run_that_reaches_no_end_says_after_how_many_steps_it_stopped_and_what_is_missing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("scenarios.context.goal.MOST_STEPS", 5)
        async with running() as (app, pilot):
            for answer, told in (
                ("loss < -1", "stopped after 5 steps: the loss is 5.5989, not below -1"),
                ("errors = 0", "stopped after 5 steps, at step 10: errors are 4, not 0"),
                ("loss < 5", "stopped after 5 steps, at step 15: the loss is 5."),
            ):
                await pilot.press("R")
                await write(pilot, answer)
                await finished(app)
                assert told in text(app)

    @pytest.mark.usefixtures("standing")
    @pytest.mark.parametrize("key", ["space", "escape", "q", "z", "enter", "1"])
    async def test_any_key_stops_it_and_does_nothing_else(self, key: str) -> None:
        async with running() as (app, pilot):
            await pilot.press("p")
            assert app.playing
            assert "> step 0  (2) direction" in screen(app)[0]
            await pilot.press(key)
            assert not app.playing
            assert screen(app)[-1].strip() == "stopped at step 0, (2) direction"
            assert app.is_running
            assert place(now(app)) == (0, Phase.DIRECTION)
            assert not isinstance(app.screen, OpenScreen)

    @pytest.mark.usefixtures("standing")
    async def test_the_speed_keys_do_not_stop_it(self) -> None:
        async with running() as (app, pilot):
            await pilot.press("p", "right_parenthesis")
            assert "4 phases a second" in text(app)
            await pilot.press(*["left_parenthesis"] * 5)
            assert "0.25 phases a second" in text(app)
            assert app.playing
            await pilot.press("p")
            assert not app.playing

    async def test_it_stops_at_the_end_of_the_numbers(self) -> None:
        async with running() as (app, pilot):
            await show(app, pilot, opened("model1", moves.Set("rate", 1e308)))
            await pilot.press("R")
            await write(pilot, "1000")
            await finished(app)
            assert now(app).session.diverged
            assert not app.playing
            assert "stopped after 0 steps: the next one would leave the numbers a computer can hold" in text(app)


class TestPlayer:
    """Alone, its frames counted by a stub of `shown`."""

    async def play(
        self, start: Workspace, frames: int, act: Callable[[Player], None]
    ) -> tuple[list[Workspace], list[str]]:
        """What was set by a player that is stopped when so many frames were shown, and what was said at its end."""
        shown, ended = [start], list[str]()

        async def stub() -> None:
            if len(shown) > frames:
                player.stop()
            await asyncio.sleep(0)

        player = Player(
            lambda: shown[-1], apply, shown.append, stub, lambda problem: ended.append(problem), lambda told: None
        )
        player.change_speed(-9)  # the slowest
        act(player)
        while player.playing:
            await asyncio.sleep(0)
        return shown[1:], ended

    async def test_play_goes_phase_by_phase(self) -> None:
        # Stopped in its first frame, so that it never waits for the second.
        shown, ended = await self.play(opened("model1"), 1, Player.play)
        assert ([place(each) for each in shown], ended) == (
            [(0, Phase.DIRECTION)],
            ["stopped at step 0, (2) direction"],
        )

    async def test_play_ends_at_a_question_and_where_no_step_is_possible(self) -> None:
        shown, ended = await self.play(opened("model1", Predict()), 9, Player.play)
        assert ([each.predictions.asking for each in shown], [each.partition(": ")[2] for each in ended]) == (
            [True],
            [QUESTION],
        )
        far = opened("model1", moves.Set("rate", 1e308), FORWARD)
        shown, ended = await self.play(far, 9, Player.play)
        assert ([each.session.diverged for each in shown], [each.partition(": ")[2] for each in ended]) == (
            [True],
            [FAR],
        )

    async def test_a_run_is_stopped_between_two_frames(self) -> None:
        shown, ended = await self.play(opened("model1"), 2, lambda player: player.run(loss_below(0.0)))
        here = shown[-1].session
        told = f"stopped at step {here.step:,}: the loss is {plain(here.state.loss)}, not below 0"
        assert (len(shown), ended) == (2, [told])
        assert 0 < shown[0].session.step < shown[1].session.step

    def test_the_speed_stays_within_its_bounds(self) -> None:
        player = Player(
            lambda: None, apply, lambda workspace: None, asyncio.sleep, lambda problem: None, lambda told: None
        )  # type: ignore[arg-type]
        assert player.change_speed(1) == 4.0
        assert player.change_speed(99) == 32.0
        assert player.change_speed(-99) == 0.25

"""The application, driven by its keys: every command, and what is typed."""

import math
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.session import moves
from engine.session.session import Phase
from scenarios.context.actions import actions as heard
from scenarios.files.writing import dump
from scenarios.screens.story import LIVE
from scenarios.workspace import view
from scenarios.workspace.axes import Parameter
from scenarios.workspace.moves import Move, Predict
from scenarios.workspace.view import Help, LossView, Pane, Subject
from scenarios.workspace.workspace import Predictions, Workspace
from tests.tui.drawing import application, b, now, place, prompt, running, screen, show, text, write
from tests.workspaces import FORWARD, NEXT, RATE, after, apply, choose, look, made, many_points, opened, point, scenario
from tui.commands import COMMANDS, meant
from tui.live.start import Start, shown
from tui.terminal import Depth, Terminal


async def test_it_opens_on_model1_with_b_selected() -> None:
    async with running() as (app, pilot):
        workspace = now(app)
        assert (workspace.scenario.name, workspace.view.parameter, place(workspace)) == ("model1", 2, (0, Phase.LOSS))
        lines = screen(app)
        assert lines[0].startswith(" riserun  model1  Linear  log-sigmoid, sum  rate 0.1")
        assert any("▸ b " in line for line in lines)
        assert [len(line) for line in lines] == [80] * 24
        await pilot.press("space", "space", "space")
        assert place(now(app)) == (1, Phase.LOSS)
        assert "The loss is 5.7337, down 0.0429; the slopes promised 0.0450." in text(app)


async def test_what_is_typed_while_it_opens_is_done_once_it_is_open() -> None:
    typed = threading.Event()

    def begin() -> Start:
        typed.wait()
        return shown("model1")

    app = application(begin)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space", "e", "3", "enter")
        typed.set()
        await app.settled.wait()
        for _ in range(100):  # each key is a message of its own, and some of them ask for another
            await pilot.pause()
            if b(now(app)) == 3.0:
                break
        assert (place(now(app)), b(now(app))) == ((1, Phase.LOSS), 3.0)


EFFECTS: dict[str, tuple[list[Move], Callable[[Workspace], Any], Any]] = {
    # Command: the moves before it, what is looked at after its key, and what is seen there.
    "forward": ([], place, (0, Phase.DIRECTION)),
    "back": ([FORWARD], place, (0, Phase.LOSS)),
    "next_step": ([], place, (1, Phase.LOSS)),
    "previous_step": ([NEXT], place, (0, Phase.LOSS)),
    "right": ([], place, (1, Phase.LOSS)),
    "left": ([NEXT, FORWARD], place, (0, Phase.LOSS)),
    "up": ([], lambda w: (w.view.row, w.view.parameter), (Parameter(1), 1)),
    "down": ([], lambda w: (w.view.row, w.view.parameter), (RATE, 2)),
    "lower": ([], b, -0.5),
    "raise": ([], b, -0.3),
    "next_pane": ([], lambda w: w.view.focus, Pane.DATA),
    "previous_pane": ([], lambda w: w.view.focus, Pane.SLOPE),
    "explain": ([], lambda w: w.view.help, Help.PANE),
    "first": ([NEXT, NEXT], place, (0, Phase.LOSS)),
    "last": ([NEXT, NEXT, moves.Seek(0)], place, (2, Phase.LOSS)),
    "zoom": ([], lambda w: (w.view.zoomed, w.view.focus), (True, Pane.DATA)),
    "view": ([], lambda w: w.view.loss_view, LossView.LOG),
    "previous_point": ([], lambda w: (w.view.point, w.view.subject), (9, Subject.POINT)),
    "next_point": ([], lambda w: (w.view.point, w.view.subject), (0, Subject.POINT)),
    "distances": ([], lambda w: w.view.distances, True),
    "model": ([], lambda w: w.view.model_shown, False),
    "smaller_epsilon": ([], lambda w: w.view.epsilon, 5e-7),
    "larger_epsilon": ([], lambda w: w.view.epsilon, 2e-6),
    "loss": ([], lambda w: w.session.state.problem.loss, "ReLU"),
    "hold": ([], lambda w: w.session.state.problem.held, frozenset({"b"})),
    "predict": ([], lambda w: w.predictions, Predictions(on=True)),
    "pin": ([NEXT], lambda w: w.pinned is not None and w.pinned.session.step, 1),
    "restart": ([moves.Edit("b", 1.0), NEXT], lambda w: (place(w), b(w)), ((0, Phase.LOSS), -0.4)),
    "undo": ([moves.Edit("b", 1.0)], b, -0.4),
    "redo": ([moves.Edit("b", 1.0), moves.Undo()], b, 1.0),
    "accept": ([], lambda w: w.view.screen, view.Screen.FIT),
    "leave": ([], place, (0, Phase.LOSS)),
    "large": ([], lambda w: w.view.large, True),
    "black": ([], lambda w: w.view.black, True),
    "close": ([point(3)], lambda w: (w.view.point, w.view.subject), (None, Subject.STEP)),
}


_SAID = ("accept", "leave", "pin")  # there is nothing to do, or nothing is seen of it: which is said
ON_FIT = heard(opened("model1"))
MOVING = [command for command in COMMANDS if ON_FIT.get(command.id, LIVE) is not LIVE]


async def test_each_command_does_what_it_says_by_each_of_its_keys() -> None:
    screens = {screen.value for screen in view.Screen}
    assert {command.id for command in MOVING} - screens == set(EFFECTS)
    async with running() as (app, pilot):
        for command in MOVING:
            for key in command.keys:
                before, look, seen = EFFECTS.get(command.id, ([], lambda w: w.view.screen, command.id))
                await show(app, pilot, opened("model1", *before))
                await pilot.press(key)
                assert look(now(app)) == seen, (command.id, key)
                assert bool(app.message) == (command.id in (*_SAID, "fit", "predict")), command.id


@pytest.mark.parametrize(
    ("before", "key", "look", "seen"),
    [
        ([choose(0)], "up", lambda w: w.view.row, Parameter(0)),
        ([choose(None, 1)], "down", lambda w: (w.view.row, w.view.parameter), (RATE, 1)),
        ([choose(None, 1)], "plus", lambda w: w.session.frame.problem.rate, 0.2),
        ([choose(None, 1)], "minus", lambda w: w.session.frame.problem.rate, 0.05),
        ([point(9)], "full_stop", lambda w: w.view.point, 0),
        ([look(epsilon=1.0)], "greater_than_sign", lambda w: w.view.epsilon, 1.0),
        ([look(epsilon=1e-15)], "less_than_sign", lambda w: w.view.epsilon, 1e-15),
        ([look(help=Help.PANE)], "question_mark", lambda w: w.view.help, Help.KEYS),
        ([look(help=Help.KEYS)], "question_mark", lambda w: w.view.help, Help.NONE),
        ([look(help=Help.PANE, zoomed=True)], "escape", lambda w: (w.view.help, w.view.zoomed), (Help.NONE, True)),
        ([look(zoomed=True), point(2)], "escape", lambda w: (w.view.zoomed, w.view.point), (False, 2)),
        ([look(focus=Pane.LOSS)], "escape", lambda w: w.view.focus, None),
        ([Predict(), FORWARD], "escape", lambda w: (w.predictions.asking, place(w)), (False, (0, Phase.LOSS))),
    ],
)  # fmt: skip
def test_what_a_command_means_depends_on_what_is_open(before: list[Move], key: str, look: Any, seen: Any) -> None:
    workspace = opened("model1", *before)
    known = heard(workspace)
    command = meant(key, known)
    assert command is not None
    move = known[command.id](workspace)
    assert move is not None
    assert look(apply(workspace, move)) == seen


def test_nudges_are_decimal_and_do_not_wear_off() -> None:
    workspace = opened("model1")
    raise_, lower = ON_FIT["raise"], ON_FIT["lower"]
    for _ in range(4):
        workspace = apply(workspace, raise_(workspace))  # type: ignore[arg-type]
    assert b(workspace) == 0.0
    for _ in range(4):
        workspace = apply(workspace, lower(workspace))  # type: ignore[arg-type]
    assert b(workspace) == -0.4
    assert not workspace.changed


async def test_a_value_is_typed_and_checked_as_it_is() -> None:
    async with running() as (app, pilot):
        await pilot.press("e")
        assert "? b =" in text(app)
        assert "now -0.4000. enter takes it, esc leaves it" in text(app)
        a_number = "write a number, such as -0.4, 1/3, 2e-3 or pi"
        right = {"1,5": "write 1.5, with a point", "1e999": "1e999 is too large a number", "2/0": "2/0 is not defined"}
        for nonsense in ("abc", "1e999", "--1", "1,5", "0x10", "nan", "١", "2/0", "x"):
            await write(pilot, nonsense)
            assert right.get(nonsense, a_number) in text(app)
            assert (prompt(app).open, prompt(app).value, b(now(app))) == (True, nonsense, -0.4)
        await write(pilot, "", enter=False)
        await pilot.press("minus", "x")
        assert a_number in text(app)
        await write(pilot, "−0.75", enter=False)  # the minus sign of a text that was pasted
        assert a_number not in text(app)
        await pilot.press("enter")
        assert (prompt(app).open, b(now(app))) == (False, -0.75)
        assert "b is now -0.7500" in text(app)
        await pilot.press("e")
        await write(pilot, "-π/3")
        assert b(now(app)) == -math.pi / 3


async def test_what_is_typed_is_never_a_command() -> None:
    async with running() as (app, pilot):
        before = now(app)
        await pilot.press("e", "q", "space", "n", "up", "pagedown", "r", "tab", "colon", "question_mark")
        assert app.is_running
        assert now(app) is before
        assert prompt(app).open
        await pilot.press("escape")
        assert now(app) is before
        assert not prompt(app).open
        await pilot.press("space")
        assert place(now(app)) == (0, Phase.DIRECTION)


async def test_the_rate_is_a_row() -> None:
    async with running() as (app, pilot):
        await pilot.press("down", "e")
        assert "? rate =" in text(app)
        for wrong in ("0", "-1", "x"):
            await write(pilot, wrong)
            assert "a positive number, please" in text(app)
        await write(pilot, "0.5")
        assert now(app).session.frame.problem.rate == 0.5
        assert "rate 0.5" in screen(app)[0]


async def test_extreme_values_are_refused_or_borne_and_nothing_is_lost() -> None:
    async with running() as (app, pilot):
        await pilot.press("n", "e")
        await write(pilot, "1e300")
        assert b(now(app)) == 1e300
        await pilot.press("space", "space", "space")
        assert "could not be drawn" not in text(app)
        await pilot.press("e")
        await write(pilot, "1e308")
        assert "the loss there is not a finite number" in text(app)
        assert b(now(app)) == 1e300
        await pilot.press("u")
        await show(app, pilot, after(now(app), [moves.Set("rate", 1e308), NEXT, NEXT]))
        assert "Diverged at step" in text(app)
        await pilot.press("space", "n", "home")
        assert now(app).session.frame.state.loss == pytest.approx(5.776592485398551)
        assert "could not be drawn" not in text(app)


async def test_going_to_a_step() -> None:
    async with running() as (app, pilot):
        await show(app, pilot, opened("model1", *[NEXT] * 12))
        await pilot.press("g")
        for wrong in ("13", "-1", "1.0", "x", "²", ""):
            await write(pilot, wrong)
            assert prompt(app).open, wrong
        assert "0 to 12" in text(app)
        await write(pilot, "7")
        assert place(now(app)) == (7, Phase.LOSS)


async def test_predicting() -> None:
    async with running() as (app, pilot):
        await pilot.press("y", "space")
        assert "Which way will b move?" in text(app)
        assert "predicted 0 of 0" in screen(app)[0]
        await pilot.press("down")
        assert "Right! Raise b by 0.1" in text(app)
        assert "predicted 1 of 1" in screen(app)[0]
        await pilot.press("n", "space", "up")
        assert "Not this time." in text(app)
        await pilot.press("n", "space", "space")
        assert "predicted 1 of 2" in screen(app)[0]


async def test_an_unknown_scenario_ends_with_its_reason() -> None:
    app = application("modle1")
    async with app.run_test():
        await app.settled.wait()
    assert "did you mean 'model1'" in app.failure
    assert app.return_code == 2


@pytest.mark.parametrize("name", ["update-bias", "overshoot", "split", "zeros", "step-1"])
async def test_every_scenario_opens_and_steps(name: str) -> None:
    async with running(name, terminal=Terminal(Depth.C16, True)) as (app, pilot):
        await pilot.press("space", "space", "space", "end", "full_stop")
        assert place(now(app))[0] == 1
        assert "could not be drawn" not in text(app)


async def test_one_class_is_said() -> None:
    async with running() as (app, pilot):
        await show(app, pilot, made([(0.1, 0.2, 1.0), (0.5, 0.5, 1.0)], (1.0, 1.0, 0.0)))
        assert "There is only one class: all 2 points are ×." in text(app)
        await pilot.press("space", "space", "space")
        assert "could not be drawn" not in text(app)


async def test_a_hundred_thousand_points_open_and_step(folder: Path) -> None:
    (folder / "crowd.toml").write_text(dump(scenario(many_points(100_000), (1.0, 1.0, -0.9), rate=1e-5)))
    async with running("crowd") as (app, pilot):
        assert "of 100,000" in text(app)
        await pilot.press("space", "space", "space", "full_stop")
        assert place(now(app)) == (1, Phase.LOSS)
        assert "could not be drawn" not in text(app)

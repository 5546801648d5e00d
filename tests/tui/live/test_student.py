"""`riserun --autodiff`: a student's own package beside ours, live, and never in the way."""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.session.session import Phase, State
from scenarios.student.client import Student
from scenarios.workspace.view import Screen
from tests.journals import load
from tests.students import Package, copied
from tests.tui.drawing import application, now, place, screen, text, until, write
from tui.command_line import main
from tui.live.app import RiserunApp
from tui.live.start import begun

NEG_TURNED = "scalar_functions.Neg.backward = staticmethod(lambda c, d: d)"
LOG_TWICE = "operators.log_back = lambda x, d: 2 * d / x"


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A copy of the right package with code added to its end; it writes its process's number into `pid`."""

    def build(code: str = "") -> str:
        return copied(tmp_path, f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n{code}")

    return build


@asynccontextmanager
async def comparing(
    package: str, scenario: str = "model1", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[RiserunApp, Pilot[None]]]:
    """The application with a student's package; nothing waits for its answers."""
    app = application(lambda: begun(scenario, autodiff=package))
    async with app.run_test(size=size) as pilot:
        await app.settled.wait()
        await pilot.pause()
        yield app, pilot


async def answered(app: RiserunApp, pilot: Pilot[None]) -> None:
    """When the package has answered about what is shown."""
    async with asyncio.timeout(30):  # for a failing test alone
        while not _known(app):
            await pilot.pause()
    await pilot.pause()


def _known(app: RiserunApp) -> bool:
    heard, workspace = now(app).heard, now(app)
    if heard is None or not heard.of(workspace.session.state):
        return False
    if workspace.view.screen is not Screen.TRACE or workspace.view.trace_formula:
        return heard.slopes is not None
    return bool(heard.trace) and heard.point == (workspace.view.point or 0)


def row(app: RiserunApp) -> str:
    """The package's row in the slope pane."""
    (found,) = [line[40:] for line in screen(app) if re.match(r"│ minitorch", line[40:])]
    return found


def sketch(state: State) -> tuple[object, ...]:
    return state.parameters, state.loss, state.slopes, state.given, state.memory, state.edited


def told(app: RiserunApp) -> str:
    """What is on the screen as running text, without frames and line ends."""
    return " ".join(text(app).replace("│", " ").split())


def gone(pid: Path) -> bool:
    try:
        os.kill(int(pid.read_text()), 0)
    except ProcessLookupError:
        return True
    return False


async def test_a_right_package_has_a_row_that_says_so_at_every_step(tmp_path: Path, package: Package) -> None:
    async with comparing(package()) as (app, pilot):
        await answered(app, pilot)
        assert "0.5579" not in row(app)  # before (2) no slope is told
        await pilot.press("space")
        assert re.search(r"right +\+0\.55791 ", row(app))
        await pilot.press("up")
        assert "-0.37103" in row(app)
        await pilot.press("n", "space")
        await answered(app, pilot)
        assert f"{now(app).session.state.slopes[1]:+.5f}" in row(app)
        assert place(now(app))[0] == 1
        assert not gone(tmp_path / "pid")
    assert gone(tmp_path / "pid")


async def test_the_trace_marks_every_row_that_was_reached(package: Package) -> None:
    async with comparing(package()) as (app, pilot):
        await pilot.press("3")
        await answered(app, pilot)
        assert " ok" not in text(app)
        await pilot.press("end")
        assert sum(" ok" in line for line in screen(app)) == 10
        assert "every row is right" in text(app)
        await pilot.press("full_stop")
        await answered(app, pilot)
        assert sum(" ok" in line for line in screen(app)) == 10
        await pilot.press("2", "enter", "end")  # of a formula nothing is asked
        assert " ok" not in text(app)
        assert "could not be drawn" not in text(app)


@pytest.mark.parametrize("columns", [72, 76, 80])
async def test_derivatives_and_marks_have_room_on_every_screen(package: Package, columns: int) -> None:
    async with comparing(package(LOG_TWICE), size=(columns, 24)) as (app, pilot):
        await pilot.press("3", "end")
        await answered(app, pilot)
        (found,) = [line for line in screen(app) if "log sigmoid" in line and "│   v6" in line]
        assert re.search(r"\+0\.3543 +-1\.0000 !! *│$", found)


async def test_a_wrong_rule_is_off_in_the_slopes_and_no_in_the_trace(package: Package) -> None:
    async with comparing(package(LOG_TWICE)) as (app, pilot):
        await pilot.press("space")
        await answered(app, pilot)
        assert re.search(r"off 5\.6e-01 +\+1\.11581 ", row(app))
        await pilot.press("3", "end")
        await answered(app, pilot)
        marks = [re.search(r"^│ .. *(\S+) .* (ok|NO|!!)│$", line) for line in screen(app)]
        rows = {mark[1]: mark[2] for mark in marks if mark}
        # Wrong from the log on back: v6, the log sigmoid, is at fault, whose own derivative is right.
        assert rows == {**dict.fromkeys(["w1", "w2", "b", "v1", "v2", "v3", "v4", "v5"], "NO"), "v6": "!!", "v7": "ok"}
        assert "!! minitorch, v6 (log sigmoid) gives dL1/dv5 = -0.7086; the right one is -0.3543." in told(app)
        await pilot.press(*["backspace"] * 8)
        assert " NO" not in text(app)


async def test_an_exception_is_read_whole(package: Package) -> None:
    """Its text may be anything: it steers no terminal, names no key, and is wrapped."""
    said = "no \x1b[31m\x01forward\x02 " + "word " * 40 + "end"
    code = f"def sigmoid(x):\n    raise ValueError({said!r})\noperators.sigmoid = sigmoid"
    async with comparing(package(code)) as (app, pilot):
        await pilot.press("space")
        await answered(app, pilot)
        assert "raised ValueErro" in row(app)
        assert "riserun's differ by" in text(app)
        await pilot.press("shift+tab", "x", "question_mark", *["down"] * 40)
        assert "your own package, raised ValueError: no forward word" in told(app)
        assert re.search(r"word end \(__init__\.py:\d+\)\.", told(app))
        await pilot.press("escape", "3", "end")
        await answered(app, pilot)
        await pilot.press("question_mark", *["down"] * 40)
        assert re.search(r"v6 \(log sigmoid\) raised ValueError: no forward (word )+end \(__init__", told(app))


async def test_an_internal_error_of_the_comparison_is_told_once_and_stays_told(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no slopes")

    monkeypatch.setattr(Student, "slopes", broken)
    async with comparing(package()) as (app, pilot):
        await answered(app, pilot)
        assert "minitorch is not asked any more: internal error" in text(app)
        await pilot.press("space", "n", "space")
        assert "is not asked" in row(app)
        await pilot.press("3", "end")
        assert "minitorch is not asked any more" in told(app)


async def test_what_it_raises_is_said(package: Package) -> None:
    async with comparing(package("operators.sigmoid = lambda x: 1 / 0"), size=(120, 40)) as (app, pilot):
        await pilot.press("space")
        await answered(app, pilot)
        (found,) = [line for line in screen(app) if "minitorch" in line]
        assert "raised ZeroDivisionError" in found
        await pilot.press("3", "end")
        await answered(app, pilot)
        assert "minitorch, v6 (log sigmoid) raised ZeroDivisionError" in text(app)
        assert "could not be drawn" not in text(app)


def hanging(folder: Path) -> tuple[Path, str]:
    """A pipe in `folder` that can be read once their code runs, and the code, which then hangs in the rule of log."""
    begun = folder / "begun"
    os.mkfifo(begun)
    opens = f"open({str(begun)!r}, 'w').close()"
    return begun, f"def back(x, d):\n    {opens}\n    while True: pass\noperators.log_back = back"


async def test_one_that_hangs_never_blocks_a_key_and_ends_with_the_application(
    tmp_path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, hang = hanging(tmp_path)
    # Were a key to wait for it, it would wait ten minutes.
    monkeypatch.setattr("scenarios.student.client.Student", partial(Student, seconds=600.0))
    async with comparing(package(hang)) as (app, pilot):
        await asyncio.to_thread(begun.read_text)  # their code runs now
        await pilot.press("space", "n", "n", "space", "up")
        assert place(now(app))[0] == 2
        assert "..." in row(app)
        await pilot.press("3", "end")
        assert "dL1/dw1" in text(app)
        await pilot.press("2", "e")
        await write(pilot, "x^3")
        assert "f(x)" in screen(app)[0]
        assert now(app).heard.slopes is None  # type: ignore[union-attr]
    assert gone(tmp_path / "pid")


async def test_one_that_hangs_is_said_to_have_and_asked_again(
    tmp_path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenarios.student.client.Student", partial(Student, seconds=0.3))
    async with comparing(package("def back(x, d):\n    while True: pass\noperators.log_back = back")) as (app, pilot):
        await pilot.press("space")
        await answered(app, pilot)
        assert "took longer" in row(app)
        await pilot.press("l")  # ReLU has no log
        await answered(app, pilot)
        await pilot.press("space")
        assert "right" in row(app)
    assert gone(tmp_path / "pid")


async def led(app: RiserunApp, pilot: Pilot[None]) -> None:
    """When the package has given its slopes for the present step."""
    async with asyncio.timeout(30):  # for a failing test alone
        while now(app).session.state.waits:
            await pilot.pause()
    await pilot.pause()


async def test_a_wrong_sign_is_seen_to_climb(package: Package) -> None:
    async with comparing(package(NEG_TURNED)) as (app, pilot):
        await answered(app, pilot)
        assert "minitorch's slopes" not in screen(app)[0]  # never by itself
        await pilot.press("a")
        await led(app, pilot)
        assert "minitorch's slopes" in screen(app)[0]
        await pilot.press("space")
        assert "its slope" in text(app)
        assert "the sign is wrong. b will go up" in told(app)
        await pilot.press("space", "space")
        assert "the step climbed" in told(app)
        assert now(app).session.state.loss > now(app).session.start.loss
        await led(app, pilot)
        await pilot.press("a")
        assert "minitorch's slopes" not in screen(app)[0]
        await pilot.press("u", "u")
        assert now(app).session.state is now(app).session.start


async def test_without_one_the_key_says_why_it_does_nothing() -> None:
    app = application("model1")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settled.wait()
        await pilot.press("a")
        assert "start with --autodiff PACKAGE" in text(app)
        assert now(app).session.state.given is None


@pytest.mark.parametrize(("code", "told"), [(NEG_TURNED, "? what is wrong"), ("", "? why")])
async def test_the_footer_names_what_to_press_where_a_package_is_wrong(package: Package, code: str, told: str) -> None:
    async with comparing(package(code)) as (app, pilot):
        await answered(app, pilot)
        await pilot.press("space")
        assert f"a your slopes, {told}" in screen(app)[-1]
        await pilot.press("n")
        await answered(app, pilot)
        await pilot.press("space")
        assert f"a your slopes  {told}" in screen(app)[-1]


async def test_a_narrow_footer_still_names_what_is_wrong_whole(package: Package) -> None:
    async with comparing(package(NEG_TURNED), size=(72, 21)) as (app, pilot):
        await answered(app, pilot)
        await pilot.press("space")
        assert "? what is wrong, 1-5 screens" in screen(app)[-1]


async def test_the_footer_names_the_key_where_a_package_is_compared(package: Package) -> None:
    async with comparing(package()) as (app, pilot):
        await pilot.press("n")
        await answered(app, pilot)
        assert "a your slopes" in screen(app)[-1]
        await pilot.press("a", "n")
        await led(app, pilot)
        await pilot.press("down")  # the message is gone
        assert "a riserun's" in screen(app)[-1]


async def test_a_run_waits_for_each_answer(package: Package) -> None:
    async with comparing(package()) as (app, pilot):
        await answered(app, pilot)
        await pilot.press("a", "R")
        await write(pilot, "12")
        await until(pilot, lambda: not app.playing)
        session = now(app).session
        assert session.step == 12
        led_by = [state.given and state.given.slopes is not None for state in session.history.items()]
        assert led_by[:12] == [True] * 12
        assert "stopped after 12 steps" in text(app)


async def test_play_waits_for_each_answer(package: Package) -> None:
    async with comparing(package()) as (app, pilot):
        await pilot.press("a", "p", *["right_parenthesis"] * 5)
        await until(pilot, lambda: now(app).session.step == 3)
        await pilot.press("z")
        assert not app.playing
        assert now(app).session.history.at(2).given is not None


@pytest.mark.parametrize("keys", [["p"], ["R", "9", "enter"]])
async def test_what_cannot_go_on_says_so(package: Package, keys: list[str]) -> None:
    async with comparing(package("operators.sigmoid = lambda x: 1 / 0")) as (app, pilot):
        await answered(app, pilot)
        await pilot.press("a", *keys)
        await until(pilot, lambda: not app.playing)
        assert now(app).session.step == 0
        assert "no step: minitorch gave no slopes; a goes on with riserun's" in text(app)
        await pilot.press("space", "space")
        assert place(now(app))[0] == 0
        assert "raised ZeroDivisionError" in told(app)


async def test_while_it_is_asked_no_step_is_taken(
    tmp_path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, hang = hanging(tmp_path)
    monkeypatch.setattr("scenarios.student.client.Student", partial(Student, seconds=600.0))
    async with comparing(package(hang)) as (app, pilot):
        await asyncio.to_thread(begun.read_text)  # their code runs now
        await pilot.press("a", "space", "space", "n", "right")
        assert place(now(app)) == (0, Phase.DIRECTION)
        assert "Asking minitorch for its slopes" in told(app)
        assert "Asking minitorch" in screen(app)[-1]
        await pilot.press("a", "space")
        assert place(now(app)) == (0, Phase.UPDATE)  # riserun's own


async def test_a_key_s_answer_goes_with_what_it_waited_for(package: Package) -> None:
    async with comparing(package()) as (app, pilot):
        await answered(app, pilot)
        await pilot.press("a", "n", "n", "n", "n", "n", "n")  # some come while the package is asked
        await led(app, pilot)
        assert "Asking" not in screen(app)[-1]


async def test_a_session_that_it_led_is_resumed_without_it(package: Package, state_folder: Path) -> None:
    async with comparing(package(NEG_TURNED)) as (app, pilot):
        await answered(app, pilot)
        await pilot.press("a")
        for _ in range(3):
            await led(app, pilot)
            await pilot.press("n")
        await led(app, pilot)
        seen = now(app)
    (path,) = state_folder.iterdir()
    workspace = load(path).reached()
    assert [sketch(state) for state in workspace.session.history.items()] == [
        sketch(state) for state in seen.session.history.items()
    ]


@pytest.mark.parametrize("code", ["1 / 0", "del Scalar, scalar.Scalar"])
async def test_a_package_that_cannot_be_used_ends_it_with_the_reason(package: Package, code: str) -> None:
    app = application(lambda: begun("model1", autodiff=package(code)))
    async with app.run_test():
        await app.settled.wait()
    assert app.return_code == 2
    assert app.failure.startswith("minitorch: importing it ")


async def test_without_one_there_is_no_row() -> None:
    app = application("model1")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settled.wait()
        await pilot.press("space", "3", "end")
        assert "minitorch" not in text(app)
        assert now(app).heard is None


def test_the_command_line_ends_with_status_2_and_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tui.driver.attach", lambda: None)
    monkeypatch.setattr(RiserunApp, "run", _headless)
    for name in ("TEXTUAL_COLOR_SYSTEM", "NO_COLOR", "ESCDELAY"):
        monkeypatch.setenv(name, "")  # what `prepare` sets is put back
    assert main.main(["model1", "--autodiff", "no/such/package"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("riserun: 'no/such/package' ")


def _headless(app: RiserunApp, **_: object) -> None:
    async def run() -> None:
        async with app.run_test():
            await app.settled.wait()

    asyncio.run(run())

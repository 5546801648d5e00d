"""`riserun --autodiff`: a student's own package beside ours, live, and never in the way."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from scenarios.student.client import Student
from scenarios.workspace.view import Screen
from tests.students import RIGHT
from tests.tui.drawing import application, now, place, screen, text, write
from tui.command_line import main
from tui.live.app import RiserunApp
from tui.live.start import begun

LOG_TWICE = "operators.log_back = lambda x, d: 2 * d / x"
Package = Callable[..., str]


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A copy of the right package with code added to its end; it writes its process's number into `pid`."""

    def build(code: str = "") -> str:
        folder = tmp_path / "minitorch"
        shutil.copytree(RIGHT, folder)
        note = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))"
        with (folder / "__init__.py").open("a") as file:
            file.write(f"\nimport os\n{note}\n{code}\n")
        return str(folder)

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


async def test_a_wrong_rule_is_off_in_the_slopes_and_no_in_the_trace(package: Package) -> None:
    async with comparing(package(LOG_TWICE)) as (app, pilot):
        await pilot.press("space")
        await answered(app, pilot)
        assert re.search(r"off 5\.6e-01 +\+1\.11581 ", row(app))
        await pilot.press("3", "end")
        await answered(app, pilot)
        marks = [re.search(r"^│ .. *(\S+) .* (ok|NO|!!)│$", line) for line in screen(app)]
        rows = {mark[1]: mark[2] for mark in marks if mark}
        # Wrong from the log on back: row 6, the log sigmoid, is at fault, whose own derivative is right.
        assert rows == {**dict.fromkeys(["w1", "w2", "b", *"12345"], "NO"), "6": "!!", "7": "ok"}
        assert "!! minitorch, row 6 (log sigmoid) gives dL1/d5 = -0.7086; the right one is -0.3543." in told(app)
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
        assert re.search(r"row 6 \(log sigmoid\) raised ValueError: no forward (word )+end \(__init__", told(app))


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
        assert "minitorch, row 6 (log sigmoid) raised ZeroDivisionError" in text(app)
        assert "could not be drawn" not in text(app)


async def test_one_that_hangs_never_blocks_a_key_and_ends_with_the_application(
    tmp_path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    hang = f"def back(x, d):\n    open({str(begun)!r}, 'w').close()\n    while True: pass\noperators.log_back = back"
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

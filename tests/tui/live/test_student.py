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
    if heard is None or heard.state is not workspace.session.state:
        return False
    if workspace.view.screen is not Screen.TRACE or workspace.view.trace_formula:
        return heard.slopes is not None
    return bool(heard.trace) and heard.point == (workspace.view.point or 0)


def row(app: RiserunApp) -> str:
    """The package's row in the slope pane."""
    (found,) = [line[40:] for line in screen(app) if re.match(r"│ minitorch", line[40:])]
    return found


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
        marks = [re.search(r" (ok|NO) *│$", line) for line in screen(app)]
        rows = [mark[1] for mark in marks if mark]
        assert (rows.count("NO"), rows.count("ok")) == (8, 2)  # wrong from the log on back
        assert re.search(r"minitorch, row 5: wrong by \d\.\de-01", text(app))
        await pilot.press(*["backspace"] * 8)
        assert " NO" not in text(app)


async def test_what_it_raises_is_said(package: Package) -> None:
    async with comparing(package("operators.sigmoid = lambda x: 1 / 0"), size=(120, 40)) as (app, pilot):
        await pilot.press("space")
        await answered(app, pilot)
        (found,) = [line for line in screen(app) if "minitorch" in line]
        assert "raised ZeroDivisionError" in found
        await pilot.press("3", "end")
        await answered(app, pilot)
        assert "minitorch, row 6: raised ZeroDivisionError" in text(app)
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

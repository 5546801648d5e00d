"""Momentum and batches in the application: opened from a file, stepped, set by their rows, gone back from, resumed."""

from pathlib import Path

import pytest

from engine.session import moves
from engine.session.session import Phase
from scenarios.files.writing import dump
from scenarios.journal.files import read
from scenarios.library import store
from scenarios.workspace import axes
from scenarios.workspace.workspace import Workspace
from tests.journals import told, written
from tests.tui.drawing import application, now, place, running, screen, text, write
from tests.workspaces import NEXT, RATE, after, look, opened
from tui.live import start

MOMENTUM = moves.Set("optimizer", "momentum")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A scenario with momentum and batches."""
    content = dump(store.load("model1")).replace(
        "[optimizer]\nrate = 0.1\n", '[optimizer]\nkind = "momentum"\nrate = 0.05\nbeta = 0.8\nbatch = 4\n'
    )
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    assert dump(store.load(str(path))) == content
    return str(path)


async def test_momentum_is_stepped_and_gone_back_from_to_the_last_bit(file: str) -> None:
    async with running(file) as (app, pilot):
        assert "  momentum, batch 4 " in screen(app)[0]
        seen: list[Workspace] = []
        for _ in range(12):
            seen.append(now(app))
            await pilot.press("space")
        assert place(now(app)) == (4, Phase.LOSS)
        assert now(app).session.state.memory != ((0.0, 0.0, 0.0),)
        for before in reversed(seen):
            await pilot.press("backspace")
            assert now(app).session.state is before.session.state
            assert now(app).session.frame.parameters == before.session.frame.parameters
        await pilot.press("space", "space")
        assert "with the slope of a batch of 4" in text(app)


async def test_a_session_with_momentum_is_resumed_with_its_memory(file: str, state_folder: Path) -> None:
    app = application(lambda: start.begun(file))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settled.wait()
        await pilot.press("n", "n", "n", "space", "space", "plus", "n")
        before = now(app)
    app = application(lambda: start.resumed(None))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.settled.wait()
        assert told(now(app)) == told(before)
        await pilot.press("n")
        there = now(app).session.state
    onward = after(before, [NEXT]).session.state
    assert (there.parameters, there.memory, there.batch) == (onward.parameters, onward.memory, onward.batch)


async def test_each_setting_of_the_optimizer_is_a_row(file: str) -> None:
    async with running(file) as (app, pilot):
        await pilot.press("down", "e")
        assert "? rate =" in text(app)
        await write(pilot, "0.2")
        await pilot.press("down", "e")
        assert "? beta =" in text(app)
        for wrong in ("1", "-0.1", "x"):
            await write(pilot, wrong)
            assert "a number from 0 on, below 1, please, such as 0.9" in text(app)
        await write(pilot, "0.5")
        assert now(app).session.state.problem.settings["beta"] == 0.5
        await pilot.press("plus")
        assert now(app).session.state.problem.settings["beta"] == 0.55
        assert now(app).session.state.problem.rate == 0.2
        rows = [line for line in screen(app) if "▸ beta" in line]
        assert len(rows) == 1
        assert " 0.55 " in rows[0]
        await pilot.press("down", "up", "up", "up")
        assert now(app).view.row == axes.Parameter(1)


def test_a_row_that_is_gone_with_its_optimizer_is_left() -> None:
    workspace = opened("model1", MOMENTUM)
    assert axes.rows(workspace.session.state.problem)[-2:] == (RATE, axes.Setting("beta"))
    there = [MOMENTUM, look(row=axes.Setting("beta")), moves.Set("optimizer", "gradient-descent")]
    content, reached = written(opened("model1"), there)
    assert [each.view.row for each in reached[2:]] == [axes.Setting("beta"), RATE]
    assert told(read(content).workspace) == told(reached[3])

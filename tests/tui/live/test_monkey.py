"""Someone who presses anything: nothing fails, every row is whole, and the journal knows how it came about."""

import random
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from engine.session import moves
from scenarios.context.actions import actions
from scenarios.journal.files import read
from scenarios.journal.reader import encode, header
from scenarios.lesson.lesson import begin
from scenarios.library import store
from scenarios.screens.story import LIVE, Live
from scenarios.workspace.lectures import GoTo, Move, Teach
from scenarios.workspace.moves import Against, Open, Pin
from scenarios.workspace.view import Help
from scenarios.workspace.workspace import Workspace
from tests.journals import BEGAN, told
from tests.scenarios.lectures import lecture
from tests.tui.drawing import FACES, follow, now, projected, running, text
from tests.workspaces import apply, look, opened
from tui.commands import COMMANDS
from tui.live.app import RiserunApp
from tui.panes import help, lines
from tui.plots.glyphs import drawn
from tui.plots.rows import Row, fit, plain, width_of
from tui.screens import layout, stage
from tui.terminal import Terminal

_SIZES = [layout.SMALLEST, (80, 24), (121, 40), (200, 60)]
_NUMBERS = (0.0, -0.0, 1.0, -0.5, 1e-300, -1e6, 1e154, 1e308)
_OPENED = ("model2", "split", "zeros", "overshoot")
_LECTURE = lecture()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_pressed(seed: int) -> None:
    chance = random.Random(seed)
    workspace = begin(_LECTURE) if seed % 2 else opened(chance.choice(_OPENED))
    kept = [header(workspace, BEGAN)]
    for _ in range(150):
        move = _anything(chance, workspace)
        try:
            after = workspace if move is None else apply(workspace, move)
        except ValueError:
            continue  # refused, as a typed value may be
        if move is not None and (line := encode(len(kept), 0.0, move, workspace, after)):
            kept.append(line)
        workspace = after
        _looks_right(workspace, chance.choice(_SIZES), chance.choice(FACES))
    found = read(b"".join(kept))
    assert found.problem == ""
    assert told(found.workspace) == told(workspace)


def _anything(chance: random.Random, workspace: Workspace) -> Move | None:
    """What some key would do here, or what someone has typed."""
    if chance.random() < 0.2:
        name, number = chance.choice(workspace.session.state.problem.names), chance.choice(_NUMBERS)
        other = store.load(chance.choice(_OPENED))
        written: list[Move] = [
            moves.Edit(name, number),
            moves.Set("rate", abs(number)),
            moves.Seek(chance.randrange(20)),
        ]
        return chance.choice(
            [*written, Open(other), Against(other), Pin(), Teach(_LECTURE, 1), GoTo(chance.randrange(4))]
        )
    if workspace.view.black:
        return look(black=False)(workspace)
    heard = actions(workspace)
    here = [heard[command.id] for command in COMMANDS if not isinstance(heard.get(command.id, LIVE), Live)]
    return chance.choice(here)(workspace)


def _looks_right(workspace: Workspace, size: tuple[int, int], terminal: Terminal) -> None:
    """All parts of the screen are drawn, each row of its full width, in characters that the terminal has."""
    width, height = size
    if workspace.view.large:
        for row in (row for part in projected(workspace, size, terminal).values() for row in part):
            _row_is_right(row, width_of(row), terminal)
    regions = layout.lines(width, height, layout.caption_height(workspace, size[0]))
    assert regions is not None
    body, caption = regions["body"], regions["caption"]
    if workspace.view.help is Help.NONE:
        rows = stage.picture(workspace, body.width, body.height, terminal)
        around = lines.header(workspace, width, terminal, playing=True)
        around += lines.caption_rows(workspace, width, caption.height, terminal) + lines.footer(workspace, width, "")
        rows += [fit(row, width) for row in around]
        assert len(rows) == height
    else:
        rows = [fit(row, width) for row in layout.boxed(help.draw, workspace, layout.Slot(body), terminal)]
    for row in rows:
        _row_is_right(row, width, terminal)


def _row_is_right(row: Row, width: int, terminal: Terminal) -> None:
    told = plain(drawn(row, terminal.unicode))
    assert cell_len(told) == width, told
    assert "could not be drawn" not in told
    assert told.isprintable(), "a mark is no text"
    assert terminal.unicode or told.isascii(), told


_KEYS = [key for command in COMMANDS for key in command.keys if command.id not in ("quit", "suspend")]
_TYPED = ("enter", "escape", "1", "minus", "x", "z", "enter")


async def _press(seed: int, app: RiserunApp, pilot: Pilot[None]) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        await pilot.press(chance.choice((*_KEYS, *_TYPED)))
        seen = text(app)
        assert "could not be drawn" not in seen
        assert "internal error" not in seen


@pytest.mark.parametrize("what", ["model1", "lecture"])
async def test_whatever_is_typed(what: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.toml"
    path.write_text(_LECTURE.source, encoding="utf-8")
    async with running(str(path) if what == "lecture" else what) as (app, pilot):
        await _press(1, app, pilot)


async def test_whatever_is_pressed_by_one_who_follows(tmp_path: Path) -> None:
    path = tmp_path / "talk.journal"
    path.write_bytes(header(begin(_LECTURE), BEGAN))
    async with running(lambda: follow(path), (100, 24)) as (app, pilot):
        await _press(2, app, pilot)
        assert now(app).lesson is not None

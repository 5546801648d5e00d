"""The whole screen: its sizes, what is repainted, and what must not bring it down."""

from pathlib import Path
from typing import Any

import pytest

from engine.session.session import Phase
from scenarios.files.writing import dump
from scenarios.library import store
from tests.tui.drawing import now, place, resize, running, screen, text
from tui.panes.compositor import PieceCompositor
from tui.screens.fit import PLAN as FIT


async def test_the_first_run_line_is_gone_after_three_presses() -> None:
    async with running() as (app, pilot):
        for _ in range(3):
            assert screen(app)[-1].startswith(" press space")
            await pilot.press("space")
        assert not screen(app)[-1].startswith(" press space")
        assert "space phase" in screen(app)[-1]


async def test_too_small_it_says_what_it_needs_and_draws_again_when_there_is_room() -> None:
    async with running() as (app, pilot):
        before = screen(app)
        for size in ((71, 24), (80, 20), (12, 3), (1, 1)):
            await resize(pilot, *size)
            words = " ".join(" ".join(screen(app)).split())
            assert size != (71, 24) or words.startswith("riserun needs 72x21; this is 71x24. Until it")
            assert words.replace(" ", "").startswith("riserun"[: size[0]])
        was = now(app)
        await pilot.press("n", "e", "3", "enter", "2", "z", "x")
        assert now(app) is was
        await resize(pilot, 80, 24)
        assert screen(app) == before
        await resize(pilot, 60, 24)
        await pilot.press("q")
        assert not app.is_running


async def test_what_a_key_says_has_no_picture_drawn_and_a_move_after_it_one(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    loss = FIT.panes["loss"]

    def counted(*arguments: Any) -> Any:
        drawn.append("loss")
        return loss(*arguments)

    async with running() as (app, pilot):
        monkeypatch.setitem(FIT.panes, "loss", counted)  # type: ignore[arg-type]
        for key, said, pictures in (("Y", "Y does nothing here", 0), ("left", "this is step 0", 0), ("right", "", 1)):
            drawn.clear()
            await pilot.press(key)
            assert (len(drawn), screen(app)[-1].startswith(f" {said}")) == (pictures, True)
        assert "this is step 0" not in screen(app)[-1]


@pytest.mark.parametrize("size", [(72, 21), (120, 40), (200, 60), (80, 24)])
async def test_resized_it_looks_as_if_it_had_been_opened_so(size: tuple[int, int]) -> None:
    async with running(size=size) as (app, _):
        fresh = screen(app)
    async with running(size=(100, 30)) as (app, pilot):
        await resize(pilot, *size)
        await pilot.pause()
        assert screen(app) == fresh
        assert [len(line) for line in fresh] == [size[0]] * size[1]


async def test_a_size_is_painted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[object] = []
    render = PieceCompositor.render_update

    def watched(self: PieceCompositor, *arguments: Any, **options: Any) -> object:
        update = render(self, *arguments, **options)
        painted.extend([update] if update is not None else [])
        return update

    async with running(size=(100, 30)) as (app, pilot):
        monkeypatch.setattr(PieceCompositor, "render_update", watched)
        for size in ((120, 40), (80, 24), (20, 5), (120, 40)):
            painted.clear()
            await resize(pilot, *size)
            await pilot.pause()
            assert len(painted) == 1
            assert len(screen(app)) == size[1]


async def test_a_pane_that_cannot_be_drawn_says_so_and_the_session_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("of [b]this[/b]")

    async with running() as (app, pilot):
        good = screen(app)
        monkeypatch.setitem(FIT.panes, "loss", broken)  # type: ignore[arg-type]
        await pilot.press("space")
        words = " ".join(" ".join(line[40:] for line in screen(app)).split())
        assert "This pane could not be drawn (RuntimeError: of [b]this[/b]). The session goes on." in words
        assert place(now(app)) == (0, Phase.DIRECTION)
        monkeypatch.undo()
        await pilot.press("backspace")
        assert screen(app) == good


async def test_markup_and_control_characters_in_a_file_are_text(folder: Path) -> None:
    words = "[@click=app.quit]x[/] [/b] [red]"
    content = dump(store.load("model1")).replace('title = "Model 1"', f'title = "{words}\\u001b[2J\\u202e"')
    content = content.replace("The lecture's first line", words)
    (folder / "own.toml").write_text(content)
    async with running("own") as (app, pilot):
        assert app.failure == ""
        await pilot.press("o", *["down"] * len(store.BUILTIN))
        assert words in text(app)
        assert not {"\x1b", "\u202e"} & set(text(app))
        await pilot.press("enter")
        assert now(app).scenario.title == words


async def test_a_key_that_changes_nothing_repaints_its_answer_alone(repaints: list[tuple[Any, ...]]) -> None:
    async with running() as (app, pilot):
        before = now(app)
        repaints.clear()
        await pilot.press(
            "backspace", "N", "left", "home", "end", "u", "U", "escape", "k", "z", "delete", "enter", "f5"
        )
        await pilot.press("r")
        assert {id for id, _ in repaints} == {"footer"}
        assert now(app) is before


async def test_a_phase_repaints_only_the_rows_that_change(repaints: list[tuple[Any, ...]]) -> None:
    async with running() as (_, pilot):
        repaints.clear()
        await pilot.press("space")
        rows = {(id, region.y) for id, regions in repaints for region in regions}
        # Three slopes and their heading, four methods and three rows of the tangent, the header and the caption; no
        # data, no loss.
        assert {id for id, _ in rows} == {"parameters", "slope", "header", "caption"}
        assert len(rows) <= 4 + 7 + 1 + 2


async def test_redraw_and_suspend_leave_the_workspace_alone() -> None:
    async with running() as (app, pilot):
        before, lines = now(app), screen(app)
        await pilot.press("ctrl+l", "ctrl+z")
        await pilot.pause()
        assert now(app) is before
        assert screen(app) == lines

"""Saving, opening, leaving, and the palette: where the application asks."""

from pathlib import Path

import pytest
from textual.events import Key, Paste

from engine.session.session import Phase
from scenarios.library import store
from tests.tui.drawing import ASCII, b, now, packet, place, prompt, resize, running, screen, text, until, write
from tui.screens.open import OpenScreen


class TestTypedAtOnce:
    """As a slow line or a paste sends it: the keys after a question come with the one that asks it."""

    async def test_the_keyboard_lives_after_the_answer(self) -> None:
        async with running() as (app, pilot):
            await packet(pilot, "e", "1", "enter")
            assert (b(now(app)), prompt(app).open) == (1.0, False)
            await pilot.press("space")
            assert place(now(app)) == (0, Phase.DIRECTION)
            await packet(pilot, "n", "n", "g", "0", "enter", "space")
            assert place(now(app)) == (0, Phase.DIRECTION)
            await pilot.press("space")
            assert place(now(app)) == (0, Phase.UPDATE)

    async def test_a_run_can_be_stopped(self) -> None:
        async with running() as (app, pilot):
            await packet(pilot, "R", *"100000", "enter")
            assert app.playing
            await pilot.press("z")
            assert not app.playing
            stopped = now(app)
            await pilot.press("N")
            assert now(app).session.step == stopped.session.step - 1

    async def test_two_questions_and_one_withdrawn(self) -> None:
        async with running() as (app, pilot):
            await packet(
                pilot, "e", *"12", "enter", "e", "minus", "3", "left", "2", "enter", "e", "5", "escape", "space"
            )
            assert (b(now(app)), place(now(app))) == (-23.0, (0, Phase.DIRECTION))
            await pilot.press("u")
            assert b(now(app)) == 12.0

    async def test_a_wrong_answer_is_kept_and_mended(self) -> None:
        async with running() as (app, pilot):
            await packet(pilot, "e", *"1x", "enter", "backspace", "enter", "space")
            assert (b(now(app)), place(now(app))) == (1.0, (0, Phase.DIRECTION))

    async def test_a_scenario_is_chosen(self) -> None:
        async with running() as (app, pilot):
            await packet(pilot, "o", *["down"] * store.BUILTIN.index("split"), "enter")
            await pilot.pause()
            await pilot.press("space")
            assert (now(app).scenario.name, place(now(app))) == ("split", (0, Phase.DIRECTION))

    async def test_a_command_is_found(self) -> None:
        async with running() as (app, pilot):
            await packet(pilot, "colon", *"redo", "escape", "colon", *"hold", "enter", "space")
            assert now(app).session.state.problem.held == {"b"}
            assert place(now(app)) == (0, Phase.DIRECTION)

    async def test_a_paste_is_an_answer_and_never_a_command(self) -> None:
        async with running() as (app, pilot):
            for event in (Paste("q"), Key("e", "e"), Paste("0.2\n5"), Key("5", "5"), Key("enter", None), Paste("q")):
                app.post_message(event)
            await pilot.press("space")
            assert app.is_running
            assert (b(now(app)), place(now(app))) == (0.25, (0, Phase.DIRECTION))

    async def test_what_is_too_long_is_refused_and_not_cut(self) -> None:
        async with running() as (app, pilot):
            await pilot.press("2", "e")
            long = "+".join(["x"] * 400)
            app.post_message(Paste(long))
            await pilot.press("enter")
            assert now(app).view.derive.formula == long
            await pilot.press("e", "1")
            app.post_message(Paste("9" * 1000))
            await until(pilot, lambda: "at most 1,000 characters are taken; these would be 1,001" in text(app))
            assert prompt(app).value == "1"


class TestWithdrawing:
    """ctrl+c leaves the question or the list first, as escape does, and the program then."""

    @pytest.mark.parametrize("opens", ["e", "R", "colon", "o", "S", "w"])
    async def test_by_ctrl_c(self, opens: str) -> None:
        async with running() as (app, pilot):
            before = now(app)
            await pilot.press(opens, "1", "ctrl+c")
            assert app.is_running
            assert not isinstance(app.screen, OpenScreen)
            assert not prompt(app).open
            assert now(app) is before
            await pilot.press("ctrl+c")
            assert not app.is_running

    @pytest.mark.parametrize("opens", ["e", "R", "colon", "S", "w"])
    async def test_enter_on_nothing_is_answered(self, opens: str) -> None:
        async with running() as (app, pilot):
            await pilot.press(opens)
            asked = text(app)
            await pilot.press("enter")
            assert prompt(app).open
            assert text(app) != asked


class TestSaving:
    async def test_the_name_is_asked_and_the_file_opens_as_it_was(self, folder: Path) -> None:
        async with running() as (app, pilot):
            await pilot.press("minus", "space", "space", "w")
            shown = now(app).session.frame.parameters
            await write(pilot, "mine")
            assert "saved as mine" in text(app)
            assert (now(app).scenario.name, now(app).changed) == ("mine", False)
        assert store.load("mine").parameters == shown

    async def test_a_name_that_will_not_do(self, folder: Path) -> None:
        async with running() as (app, pilot):
            await pilot.press("w")
            for name, why in (("a b", "1 to 40 letters"), ("model1", "comes with riserun"), ("../x", "letters")):
                await write(pilot, name)
                assert why in text(app)
                assert prompt(app).open
        assert not list(folder.iterdir())

    async def test_never_over_a_file_without_asking(self, folder: Path) -> None:
        store.save(store.load("split"), "mine")
        async with running() as (app, pilot):
            await pilot.press("w")
            await write(pilot, "mine")
            assert "mine exists; type mine! to replace it" in text(app)
            assert store.load("mine").problem.model == "Split"
            await write(pilot, "mine!")
            assert "saved as mine" in text(app)
        assert store.load("mine").problem.model == "Linear"

    async def test_where_it_cannot_be_saved_it_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store, "user_folder", lambda: Path("/dev/null/scenarios"))
        async with running() as (app, pilot):
            await pilot.press("minus", "w")
            await write(pilot, "mine")
            assert "it cannot be saved" in text(app)
            assert now(app).changed


class TestOpening:
    async def test_the_chooser_has_a_picture_of_each_and_opens_the_chosen_one(self) -> None:
        async with running() as (app, pilot):
            await pilot.press("minus", "o")
            assert isinstance(app.screen, OpenScreen)
            assert "▸ model1" in text(app)
            assert "The lecture's first line" in text(app)
            assert text(app).count("×") >= 6
            await pilot.press(*["down"] * store.BUILTIN.index("split"))
            assert "▸ split" in text(app)
            assert "× on both sides" in text(app)
            await pilot.press("enter")
            assert now(app).scenario.name == "split"
            await pilot.press("u")
            assert (now(app).scenario.name, b(now(app))) == ("model1", -0.5)

    async def test_escape_leaves_all_as_it_was(self) -> None:
        async with running() as (app, pilot):
            before = now(app)
            await pilot.press("o", "up", "down", "q", "space", "escape")
            assert now(app) is before
            assert not isinstance(app.screen, OpenScreen)

    async def test_a_broken_file_is_listed_and_says_what_is_wrong(self, folder: Path) -> None:
        store.save(store.load("zeros"), "own")
        (folder / "broken.toml").write_text("riserun = 1\ntitle = 'x'\nsumary = ''\n")
        (folder / "steer.toml").write_text('riserun = 1\n"\\u001b[2J" = 1\n')
        async with running() as (app, pilot):
            await pilot.press("o", *["down"] * len(store.BUILTIN))
            assert "▸ broken (own)" in text(app)
            assert "unknown key 'sumary'" in " ".join(" ".join(line[27:78].split()) for line in screen(app))
            await pilot.press("enter")
            assert isinstance(app.screen, OpenScreen)
            await pilot.press("down", "down")
            assert "\x1b" not in text(app)
            await pilot.press("up", "enter")
            assert now(app).scenario.name == "own"

    @pytest.mark.parametrize("size", [(72, 21), (120, 40)])
    async def test_it_fits_the_screen_in_ascii_too(self, size: tuple[int, int]) -> None:
        async with running(size=size, terminal=ASCII) as (app, pilot):
            await pilot.press("o")
            assert [len(line) for line in screen(app)] == [size[0]] * size[1]
            assert text(app).isascii()
            await resize(pilot, 30, 8)
            await until(pilot, lambda: "riserun needs 44x12" in text(app))


class TestLeaving:
    async def test_at_once_where_nothing_was_changed(self) -> None:
        for key in ("q", "ctrl+c"):
            async with running() as (app, pilot):
                await pilot.press("space", key)
                assert not app.is_running

    async def test_it_asks_once_where_something_was(self) -> None:
        async with running() as (app, pilot):
            await pilot.press("minus", "q")
            assert app.is_running
            assert "Unsaved changes: q quits anyway, w saves, any other key stays" in text(app)
            await pilot.press("space")
            assert "You changed it" not in text(app)
            await pilot.press("q")
            assert app.is_running
            await pilot.press("q")
            assert not app.is_running

    async def test_textuals_own_key_does_not_leave_unasked(self) -> None:
        async with running() as (app, pilot):
            await pilot.press("minus", "ctrl+q")
            assert app.is_running


async def test_the_palette_finds_a_command_by_its_words() -> None:
    async with running() as (app, pilot):
        await pilot.press("colon")
        await write(pilot, "xyzzy")
        assert "no command is described by these words" in text(app)
        await write(pilot, "redo", enter=False)
        assert "▸ U          redo what was undone" in text(app)
        await write(pilot, "hold")
        assert now(app).session.state.problem.held == {"b"}
        await pilot.press("colon")
        await write(pilot, "type value")
        assert "? b =" in text(app)


async def test_the_palette_lets_one_choose_among_what_it_has_found() -> None:
    async with running() as (app, pilot):
        await pilot.press("colon")
        await write(pilot, "next step", enter=False)
        listed = [line.strip() for line in screen(app) if line.startswith((" ▸ ", "   "))]
        assert listed[0].startswith("▸ ")
        await pilot.press("up", "down")
        chosen = next(line for line in screen(app) if line.startswith(" ▸ "))
        assert chosen.strip(" ▸") == listed[1]
        await write(pilot, "scenario", enter=False)
        await pilot.press(*["down"] * 100)
        last = [line for line in screen(app) if line.startswith((" ▸ ", "   ")) and line.strip()][-1]
        assert last.startswith(" ▸ ")
        await write(pilot, "derive screen", enter=False)
        assert "▸ 2          the derive screen" in text(app)
        await pilot.press("enter")
        assert now(app).view.screen == "derive"
        assert [len(line) for line in screen(app)] == [80] * 24


@pytest.mark.parametrize("open_with", ["e", "colon", "o", "b", "p"])
async def test_the_shell_is_one_key_away_whatever_is_open(open_with: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[str] = []
    monkeypatch.setattr("tui.live.app.RiserunApp.action_suspend_process", lambda app: stopped.append(open_with))
    async with running("model1") as (_, pilot):
        await pilot.press(open_with)
        await pilot.press("ctrl+z")
        assert stopped == [open_with]

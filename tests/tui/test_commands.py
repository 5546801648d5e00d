"""The one table of commands: what holds for every row of it."""

import re
from collections import Counter

import pytest

from scenarios import view
from scenarios.view import Help
from tests.tui.drawing import application
from tests.workspaces import NEXT, look, opened
from tui.commands import BY_ID, COMMANDS, FOLLOW, LECTURE, NOTES, OPEN, REPLAY, Command
from tui.control import Control
from tui.headless import _key
from tui.panes.help import draw
from tui.panes.lines import footer
from tui.plots.rows import plain, width
from tui.screens.stage import PLANS
from tui.start import Start
from tui.terminal import Depth, Terminal

TERMINAL = Terminal(Depth.NONE, True)
# What an escape sequence consists of after its first byte: a slow link can split it into these.
SPLIT = {"left_square_bracket", *"OABCDFH"}
by_id = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)


def test_no_key_means_two_things() -> None:
    keys = Counter(key for command in COMMANDS for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_id_twice() -> None:
    assert len(BY_ID) == len(COMMANDS)


@by_id
def test_a_key_is_one_that_every_terminal_sends(command: Command) -> None:
    assert command.keys
    assert not SPLIT & set(command.keys)
    for key in command.keys:
        assert not key.startswith(("alt+", "ctrl+shift+", "super+")), key
        assert key == "shift+tab" or not key.startswith("shift+"), key
        assert not key.startswith("ctrl+") or (len(key) == 6 and key[5].isalpha()), key


@by_id
def test_a_command_explains_itself(command: Command) -> None:
    assert command.shown
    assert command.help
    assert not command.help.endswith(".")
    assert command.screens
    assert set(command.label) <= {*command.screens, LECTURE, FOLLOW, REPLAY, NOTES}


@by_id
def test_what_help_shows_is_a_key_of_the_command(command: Command) -> None:
    """And one that `riserun show --keys` understands, as a name or as the sign itself."""
    first = re.split(r"(?<=.)[/ ]", command.shown)[0]
    assert _key({"dn": "down"}.get(first, first)) in command.keys


def test_every_command_is_carried_out_by_someone() -> None:
    control = Control(application(), Start(opened("model1")))
    on_stage = [command for command in COMMANDS if set(command.screens) - {OPEN}]
    assert {command.id for command in on_stage if command.move is None} == set(control._do)


@by_id
def test_a_command_has_a_move_on_every_screen_it_is_for(command: Command) -> None:
    for screen in view.Screen:
        if command.move is not None and screen in command.screens:
            command.move(opened("model1", NEXT, look(screen=screen)))


@pytest.mark.parametrize("screen", PLANS)
def test_80_columns_hold_the_keys_of_the_story_and_the_way_to_help(screen: view.Screen) -> None:
    (line,) = footer(opened("model1", NEXT, look(screen=screen)), 80, "")
    assert len(plain(line).rstrip()) <= 80
    for id in ("forward", "back", "explain"):
        assert f"{BY_ID[id].shown} {BY_ID[id].label[screen]}" in plain(line)


@pytest.mark.parametrize("cells", range(40, 80, 7))
def test_a_narrow_footer_leaves_out_whole_entries(cells: int) -> None:
    workspace = opened("model1", NEXT)
    (narrow,), (wide,) = (footer(workspace, room, "") for room in (cells, 200))
    assert len(plain(narrow).rstrip()) <= cells
    assert set(narrow) <= set(wide)
    assert width(narrow) < width(wide)


@pytest.mark.parametrize("screen", PLANS)
def test_all_keys_of_a_screen_are_in_its_help(screen: view.Screen) -> None:
    rows = draw(opened("model1", look(screen=screen, help=Help.KEYS)), 120, 100, TERMINAL)
    text = "\n".join(plain(row) for row in rows)
    for command in COMMANDS:
        assert (f"│ {command.shown} " in text and command.help.split()[-1] in text) == (screen in command.screens)

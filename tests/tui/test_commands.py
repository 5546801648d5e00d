"""The one table of commands: what holds for every row of it."""

from collections import Counter

import pytest

from scenarios.workspace import Workspace
from tests.workspaces import NEXT, opened
from tui.app import RiserunApp
from tui.commands import BY_ID, COMMANDS, Command, bindings
from tui.control import Control
from tui.headless import _key
from tui.panes.help import draw
from tui.panes.lines import footer
from tui.plots.rows import plain, width
from tui.terminal import Depth, Terminal

SCREENS = sorted({screen for command in COMMANDS for screen in command.screens})
# What an escape sequence consists of after its first byte: a slow link can split it into these.
SPLIT = {"left_square_bracket", *"OABCDFH"}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_means_two_things_on_one_screen(screen: str) -> None:
    keys = Counter(key for command in COMMANDS if screen in command.screens for key in command.keys)
    assert keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_id_twice() -> None:
    assert len(BY_ID) == len(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_key_is_one_that_every_terminal_sends(command: Command) -> None:
    assert command.keys
    assert not SPLIT & set(command.keys)
    for key in command.keys:
        assert not key.startswith(("alt+", "ctrl+shift+")), key
        assert key == "shift+tab" or not key.startswith("shift+"), key
        assert not (key.startswith("ctrl+") and not key[5:].isalpha()), key
        assert _key(key) == key or len(key) > 1


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_explains_itself(command: Command) -> None:
    assert command.help
    assert command.help[0].islower() or command.help[0] in "(ε"
    assert not command.help.endswith(".")
    assert command.shown
    assert command.screens


def test_every_command_is_carried_out_by_someone() -> None:
    control = Control(RiserunApp("model1", Terminal(Depth.NONE, True)))
    for command in COMMANDS:
        if "fit" in command.screens:
            assert (command.move is None) == (command.id in control._do), command.id


@pytest.mark.parametrize("screen", SCREENS)
def test_bindings_are_the_table(screen: str) -> None:
    made = bindings(screen, "app")
    assert len(made) == sum(screen in command.screens for command in COMMANDS)
    assert not any(getattr(binding, "priority", True) for binding in made)
    assert not any(getattr(binding, "show", True) for binding in made)


def test_the_footer_names_the_keys_that_are_used_most_in_80_columns() -> None:
    (line,) = footer(opened("model1", NEXT), 80, "")
    assert width(line) <= 81  # the last entry's blanks may be cut
    shown = plain(line)
    for command in COMMANDS:
        assert not command.label or f"{command.shown} {command.label}" in shown, command.id


def test_the_footer_of_a_narrow_screen_ends_with_a_whole_entry() -> None:
    wide = plain(footer(opened("model1", NEXT), 200, "")[0])
    for cells in range(40, 90):
        line = plain(footer(opened("model1", NEXT), cells, "")[0])
        assert len(line.rstrip()) <= cells
        assert wide.startswith(line.rstrip())
        assert wide[len(line.rstrip())] == " "


def test_all_keys_are_in_the_help_layer() -> None:
    terminal = Terminal(Depth.NONE, True)
    workspace: Workspace = opened("model1")
    move = BY_ID["explain"].move
    assert move is not None
    from scenarios.workspace import apply

    for _ in range(2):
        asked = move(workspace)
        assert asked is not None
        workspace = apply(workspace, asked)
    rows = "\n".join(plain(row) for row in draw(workspace, 120, 100, terminal))
    for command in COMMANDS:
        assert f" {command.shown} " in rows, command.id


def test_shown_is_the_key_that_is_pressed() -> None:
    """What help shows is a key that `riserun show --keys` understands, and it is one of the command's own."""
    aliases = {"↑↓": "up", "→": "right", "←": "left", "↓": "down", "-/+": "-"}
    for command in COMMANDS:
        assert _key(aliases.get(command.shown, command.shown)) in command.keys, command.id



"""The one table of commands: what holds for every row of it."""

import re
from collections import Counter
from pathlib import Path

import pytest

from scenarios.context import actions
from scenarios.lesson.lesson import begin
from scenarios.library.store import LECTURE, load_lecture
from scenarios.screens.stories import STORIES
from scenarios.screens.story import Live
from scenarios.text import first_that_fits, key
from scenarios.workspace import view
from scenarios.workspace.lectures import GoTo
from scenarios.workspace.view import Help, Landscape, LandscapeView
from tests.scenarios.lectures import TEXT, lecture
from tests.tui.drawing import application
from tests.workspaces import FORWARD, KEYS, NEXT, after, apply, look, opened
from tui.command_line.picture import key_named
from tui.commands import COMMANDS, FOLLOW, NAMES, NOTES, REPLAY, Command, meant, read
from tui.live.control import Control
from tui.live.start import Start
from tui.panes.help import draw
from tui.panes.lines import caption_rows, footer
from tui.plots.rows import plain, width_of
from tui.screens.stage import PLANS
from tui.terminal import Depth, Terminal

TERMINAL = Terminal(Depth.NONE, True)
# What an escape sequence consists of after its first byte: a slow link can split it into these.
SPLIT = {"left_square_bracket", *"OABCDFH"}
BY_ID = {command.id: command for command in COMMANDS}
SCREENS = {screen: opened("model1", NEXT, look(screen=screen)) for screen in view.Screen}
by_id = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)


def test_no_key_means_two_things() -> None:
    """But for the answers to a question, which are heard while it is open and have their keys to themselves then."""
    for among in (actions.ANSWERS, set(BY_ID) - set(actions.ANSWERS)):
        keys = Counter(key for id in among for key in BY_ID[id].keys)
        assert [key for key, count in keys.items() if count > 1] == []


def test_a_letter_or_a_number_is_an_answer_where_there_is_one_to_choose() -> None:
    asked = actions.actions(apply(begin(lecture()), FORWARD))  # up, down, it stays
    plainly = actions.actions(SCREENS[view.Screen.FIT])
    ids = {key: [found.id if (found := meant(key, heard)) else None for heard in (asked, plainly)] for key in "a3cd4"}
    assert ids == {
        "a": ["answer_1", "lead"],
        "3": ["answer_3", "trace"],
        "c": ["answer_3", "large"],
        "d": ["distances", "distances"],
        "4": ["landscape", "landscape"],  # which nobody hears while the question is open
    }
    assert "answer_1" not in plainly
    assert not set(asked) & set(view.Screen)


def test_the_keys_that_tests_of_the_stories_expect_are_those_of_the_table() -> None:
    assert {id: NAMES[id] for id in KEYS} == KEYS


def test_no_id_twice() -> None:
    assert len(BY_ID) == len(COMMANDS)


@by_id
def test_a_key_is_one_that_every_terminal_sends(command: Command) -> None:
    assert command.keys
    assert not SPLIT & set(command.keys)
    for name in command.keys:
        assert not name.startswith(("alt+", "ctrl+shift+", "super+")), name
        assert name == "shift+tab" or not name.startswith("shift+"), name
        assert not name.startswith("ctrl+") or (len(name) == 6 and name[5].isalpha()), name


@by_id
def test_a_command_explains_itself(command: Command) -> None:
    assert command.shown
    assert command.help
    assert not command.help.endswith(".")
    assert set(command.role) <= {FOLLOW, REPLAY, NOTES}


@by_id
def test_what_help_shows_is_a_key_of_the_command(command: Command) -> None:
    """And one that `riserun show --keys` understands, as a name or as the sign itself."""
    first = re.split(r"(?<=.)[/ ]", command.shown)[0]
    assert key_named({"dn": "down"}.get(first, first)) in command.keys


def test_every_command_is_carried_out_by_someone() -> None:
    control = Control(application(), Start(opened("model1")))
    of_four = after(begin(load_lecture(LECTURE)), [GoTo(6), FORWARD, FORWARD])
    heard = [actions.actions(workspace) for workspace in (*SCREENS.values(), of_four)]
    in_help = actions.actions(opened("model1", look(help=Help.PANE)))
    found = {id: [each[id] for each in heard if id in each] for id in BY_ID}
    live = {id: [action for action in found[id] if isinstance(action, Live)] for id in BY_ID}
    known = {action.entry or id for id, found_here in live.items() for action in found_here}
    assert known | {in_help[id].entry for id in actions.SCROLLING} == set(control.live)  # type: ignore[attr-defined]
    # Each is carried out somewhere, and by one of them on all screens.
    assert all(live[id] in ([], found[id]) for id in BY_ID)
    assert all(found.values())


def test_what_screens_and_hearers_name_are_commands() -> None:
    lecturing = begin(lecture())
    for workspace in (*SCREENS.values(), lecturing, apply(lecturing, FORWARD)):
        assert set(actions.actions(workspace)) | set(actions.footer(workspace)) <= set(BY_ID)
        assert set(actions.footer(workspace)) <= set(actions.actions(workspace))


@pytest.mark.parametrize("screen", PLANS)
def test_80_columns_hold_the_keys_of_the_story_and_the_way_to_help(screen: view.Screen) -> None:
    (line,) = footer(opened("model1", NEXT, look(screen=screen)), 80, "")
    assert len(plain(line).rstrip()) <= 80
    for id in ("forward", "back", "explain"):
        assert f"{BY_ID[id].shown} {STORIES[screen].footer[id]}" in plain(line)


def test_the_first_line_of_80_columns_names_rows_and_panes_too() -> None:
    (line,) = footer(opened("model1"), 80, "")
    assert len(plain(line).rstrip()) <= 80
    assert "? why, 1-5 screens, q quit, up/dn row, tab pane" in plain(line)


def test_the_footer_says_what_the_arrows_do_in_the_view_of_the_landscape() -> None:
    told = {}
    for shown in Landscape:
        (line,) = footer(opened("model1", look(screen=view.Screen.LANDSCAPE, landscape=LandscapeView(shown))), 80, "")
        told[shown] = plain(line)
    assert "right cursor  up/dn choose" in told[Landscape.LOSS]
    assert "arrows cursor  -/+ zoom  ? why  tab parameter" in told[Landscape.SURFACE]
    assert "right rate" in told[Landscape.STEP]
    assert "choose" not in told[Landscape.SURFACE] + told[Landscape.STEP]


@pytest.mark.parametrize("cells", range(40, 80, 7))
def test_a_narrow_footer_leaves_out_whole_entries(cells: int) -> None:
    workspace = opened("model1", NEXT)
    (narrow,), (wide,) = (footer(workspace, room, "") for room in (cells, 200))
    assert len(plain(narrow).rstrip()) <= cells
    assert set(narrow) <= set(wide)
    assert width_of(narrow) < width_of(wide)


@pytest.mark.parametrize("screen", PLANS)
def test_all_keys_of_a_screen_are_in_its_help(screen: view.Screen) -> None:
    workspace = opened("model1", look(screen=screen))
    rows = draw(apply(workspace, look(help=Help.KEYS)), 120, 100, TERMINAL)
    text = "\n".join(plain(row) for row in rows)
    groups = [text.index(f"│ {title} ") for title in (f"on {screen}", "to another screen", "on every screen")]
    assert groups == sorted(groups)
    for command in COMMANDS:
        row = f"│ {command.alone:<14}{command.help[:40]}"
        assert (row in text) == (command.id in actions.actions(workspace)), row


def test_every_key_that_is_named_in_a_text_is_a_commands() -> None:
    """And every name has its place in the table."""
    named = {
        id
        for room in ("scenarios", "tui")
        for path in (Path(__file__).parents[2] / room).rglob("*.py")
        for id in re.findall(r"""(?:\bkey\(|NAMES\[)["'](\w+)["']""", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert named <= set(BY_ID)
    assert (read(key("back")), read(key("up")), read(key("smaller_epsilon"))) == ("bksp", "↑", "<")


def test_what_a_file_says_is_shown_as_it_is() -> None:
    """Neither braces, nor markup, nor the marks by which captions name keys mean anything there."""
    said = r"{key:pin} {0} [red]x[/] \u0001pin\u0002 %s"
    told = begin(lecture(TEXT.replace("Four points are wrong.", said)))
    shown = "\n".join(plain(row) for row in caption_rows(told, 80, 3, TERMINAL))
    assert "{key:pin} {0} [red]x[/] pin %s" in shown


def test_a_text_is_measured_with_the_names_of_its_keys() -> None:
    of_two_lines = " ".join(["word"] * 28)  # 139 characters: two rows of 72
    text = first_that_fits(f"{of_two_lines} {key('pin')}", "shorter")
    assert read(text) == f"{of_two_lines} P"
    too_long = first_that_fits(f"{of_two_lines} word {key('pin')}", "shorter")
    assert read(f"{too_long} then") == "shorter then"

"""No key is silent: of every command, on every screen and whatever is open there, something is seen or said."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from engine.session import moves
from engine.session.session import Phase
from scenarios.context.actions import actions
from scenarios.context.replies import reply
from scenarios.journal.reader import header
from scenarios.lesson.lesson import begin
from scenarios.screens.story import Live
from scenarios.workspace.moves import Answer, Predict
from scenarios.workspace.view import Help, Pane, Screen
from scenarios.workspace.workspace import Workspace
from tests.journals import BEGAN
from tests.scenarios.lectures import TEXT, lecture
from tests.tui.contexts import PLACES, contexts
from tests.tui.drawing import follow, now, place, projected, running, text
from tests.workspaces import FORWARD, NEXT, STEEP, after, apply, look, made, opened
from tui.commands import COMMANDS, read
from tui.panes import help, lines
from tui.plots.rows import Row, row
from tui.screens import layout, projection, stage
from tui.terminal import Depth, Terminal

_SIZE = (80, 24)
_TERMINAL = Terminal(Depth.NONE, unicode=True)
_HOLD_ALL = [moves.Hold(name) for name in ("w1", "w2", "b")]
_ZOOMED = {f"fit, {pane} zoomed": [look(screen=Screen.FIT, focus=pane, zoomed=True)] for pane in Pane}


def _more() -> dict[str, Workspace]:
    """States in which keys have nothing to do that have something to do elsewhere."""
    given = begin(lecture())
    return {
        "every point right": opened("model1", *[NEXT] * 100, look(distances=True)),
        "model hidden": opened("model1", NEXT, look(model_shown=False)),
        "split": opened("split", NEXT),
        "zeros": opened("zeros"),
        "one point": made([(0.5, 0.5, 1.0)], (1.0, 1.0, 0.0)),
        "diverged": after(Workspace.of(STEEP), [NEXT] * 4 + [FORWARD] * 3),
        "large": opened("model1", NEXT, look(large=True)),
        "all held": opened("model1", NEXT, *_HOLD_ALL),
        "undone": opened("model1", NEXT, moves.Edit("b", 1.0), moves.Undo()),
        "predicted": opened("model1", NEXT, Predict(), FORWARD, Answer(1)),
        "the smallest eps": opened("model1", look(epsilon=1e-15)),
        "the largest eps": opened("model1", look(epsilon=1.0)),
        "the end of a lecture": after(given, [FORWARD] * 60),
    }


def _states() -> Iterator[tuple[str, Workspace]]:
    for where, workspace in (contexts() | _more()).items():
        for here, looks in (PLACES | _ZOOMED).items():
            yield f"{here}; {where}", after(workspace, looks)


def _drawn(workspace: Workspace) -> Iterator[list[Row]]:
    """What is seen, the cheapest first."""
    width, height = _SIZE
    plan = stage.PLANS[workspace.view.screen]
    if projection.projected(plan, workspace):
        found = {} if workspace.view.black else projected(workspace, _SIZE, _TERMINAL)
        yield [row(name) for name in found]
        yield from found.values()
        return
    regions = layout.lines(width, height, layout.caption_height(workspace, _SIZE[0]))
    assert regions is not None
    body = regions["body"]
    yield lines.header(workspace, width, _TERMINAL, playing=False)
    yield lines.caption_rows(workspace, width, regions["caption"].height, _TERMINAL)
    if workspace.view.black:
        yield []
    elif workspace.view.help is Help.NONE:
        yield stage.picture(workspace, width, body.height, _TERMINAL)
    else:
        yield layout.boxed(help.draw, workspace, layout.Slot(body), _TERMINAL)


def _looks_the_same(before: Workspace, after: Workspace) -> bool:
    return before is after or all(then == now for then, now in zip_longest(_drawn(before), _drawn(after)))


def _carried_out(workspace: Workspace, id: str) -> Workspace | None:
    """The workspace after the command; None where it is refused with a reason, or the application answers it."""
    action = actions(workspace).get(id)
    if isinstance(action, Live):
        return None
    move = action(workspace) if action else None
    try:
        return workspace if move is None else apply(workspace, move)
    except ValueError:
        return None


def test_of_every_command_something_is_seen_or_said() -> None:
    silent, too_long = [], set()
    for where, workspace in _states():
        for command in COMMANDS:
            found = _carried_out(workspace, command.id)
            if found is None:
                continue
            said = read(reply(workspace, found, command.id))
            if len(said) > layout.SMALLEST[0] - 1:
                too_long.add(said)
            if not said and _looks_the_same(workspace, found):
                silent.append((command.id, where))
    assert silent == []
    assert too_long == set()


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["t"], "no lecture is open; S opens it"),
        (["u"], "nothing to undo"),
        (["U"], "nothing to redo"),
        (["backspace"], "this is the start"),
        (["N"], "this is step 0, the first one"),
        (["end"], "step 0 is the last one reached; n goes on"),
        (["2", "p"], "p works on fit (1), landscape (4) and compare (5), not here"),
        (["2", "u"], "u works on every screen but this one"),
        (["2", "n"], "the model is at step 1 now; 1 shows it"),
        (["3", "l"], "the point loss is ReLU now; l again for the next"),
        (["2", "enter", "l"], "the model's point loss is ReLU now; 1 shows it"),
        (["3", "end", "space"], "done; n for the next step, 1 for fit"),
        (["1"], "this is the fit screen"),
        (["escape"], "there is nothing to close; q quits"),
        (["g"], "step 0 is the only one reached so far; n goes on to the next"),
        (["z"], "z does nothing here; ? shows the keys"),
        (["f5"], "f5 does nothing here; ? shows the keys"),
        (["y"], "predictions are on: space asks before it shows (2); y ends this"),
        (["y", "y"], "predictions are off"),
        (["y", "space", "enter"], "answer with ↑ or ↓; space shows which it is"),
        (["space", "space", "minus"], "step 0 was completed first; this is step 1 now"),
        (["space", "space", "h"], "step 0 was completed first; this is step 1 now"),
        (["space", "space", "e", *"1.5", "enter"], "step 0 was completed first; this is step 1 now"),
        (["e", *"-0.4", "enter"], "it has this value already"),
    ],
)
async def test_it_says_why_and_the_next_key_takes_it_away(keys: list[str], said: str) -> None:
    async with running() as (app, pilot):
        await pilot.press(*keys)
        assert app.message == said
        assert said in text(app)
        await pilot.press("c")
        assert app.message == ""
        assert now(app).view.large


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("backspace", "this is the first beat of the lecture"),
        ("home", "this is the first beat of the scene"),
        ("end end", "this is the last beat of the scene"),
        ("enter", "there is no question to answer; space goes on"),
        ("a", "a chooses an answer, and no question is open"),
        ("space enter", "no answer is chosen; ↑ ↓ choose, space shows the right one"),
        ("space b 2", "this answer is chosen already; enter gives it"),
        ("space c right", "this is the last answer"),
        ("space 4", "the answers here are a, b and c; t leaves the lecture"),
        ("S 2 enter u", "nothing of yours to undo: the scene sets this up"),
        ("S 2 enter minus u u", "nothing of yours to undo: the scene sets this up"),
        ("S 3 enter space space", "this is the end of the lecture; S goes to any scene"),
    ],
)
async def test_a_lecture_says_why(keys: str, said: str, tmp_path: Path) -> None:
    talk = tmp_path / "talk.toml"
    talk.write_text(TEXT, encoding="utf-8")
    async with running(str(talk)) as (app, pilot):
        await pilot.press(*keys.split())
        assert app.message == said
        assert said in text(app)


@pytest.mark.parametrize("keys", ["y space", "space", "space space", "space space space", "space minus"])
async def test_what_is_seen_is_not_answered(keys: str) -> None:
    async with running() as (app, pilot):
        await pilot.press(*keys.split())
        assert app.message == ""


async def test_with_two_lines_there_is_no_single_one_to_measure_from() -> None:
    async with running("split") as (app, pilot):
        await pilot.press("d")
        assert app.message == "distances are to one straight line, and this model has no single one"


async def test_a_help_of_one_page_starts_and_ends_there() -> None:
    async with running() as (app, pilot):
        await pilot.press("question_mark")
        assert "↓ more" not in text(app)
        for key, does in (("home", "starts"), ("up", "starts"), ("end", "ends"), ("down", "ends")):
            await pilot.press(key)
            assert app.message == f"the help {does} here; esc closes it"


async def test_the_help_scrolls_and_nothing_behind_it_moves() -> None:
    """A page keeps one line of the page before in sight; neither end is left silently."""
    async with running() as (app, pilot):
        await pilot.press("question_mark", "question_mark")
        before, seen = now(app), [text(app)]
        assert "↓ more" in seen[0]
        while "↓ more" in text(app):
            await pilot.press("space")
            assert text(app) not in seen
            seen.append(text(app))
        for ends in ("space", "pagedown", "end", "down"):
            await pilot.press(ends)
            assert app.message == "the help ends here; esc closes it"
        for back in (*["pageup"] * (len(seen) - 1), "end", "home", "down", "up"):
            await pilot.press(back)
            assert app.message == ""
        assert text(app) == seen[0]
        for key in ("n", "plus", "e", "h", "r", "enter"):
            await pilot.press(key)
            assert app.message == "esc closes the help first"
        assert now(app).session is before.session
        await pilot.press("escape", "space")
        assert place(now(app)) == (0, Phase.DIRECTION)


async def test_one_who_follows_scrolls_their_own_help(tmp_path: Path) -> None:
    path = tmp_path / "talk.journal"
    path.write_bytes(header(opened("model1"), BEGAN))
    async with running(lambda: follow(path)) as (app, pilot):
        await pilot.press("question_mark", "question_mark", "space")
        assert now(app).view.scroll > 0
        await pilot.press("end", "end")
        assert app.message == "the help ends here; esc closes it"
        await pilot.press("escape")
        assert now(app).view.help is Help.NONE

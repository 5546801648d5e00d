"""The trace screen: its table, its graph, its words, and its keys."""

import re

import pytest

from engine.session import moves
from engine.training.losses import POINT_LOSSES
from scenarios.numbers import signed
from scenarios.screens.derive import actions
from scenarios.screens.trace import program as trace
from scenarios.workspace.moves import Hear, Heard
from scenarios.workspace.verdicts import Verdict
from scenarios.workspace.view import Help, Screen
from scenarios.workspace.workspace import Workspace
from tests.tui import drawing
from tests.tui.drawing import ASCII, UTF8, now, place, prompt, running, screen, text
from tests.workspaces import NEXT, apply, look, made, opened, point
from tui.panes.trace.table import draw
from tui.plots.graph.wires import wires

LONG = "+".join(f"sin({n}x)" for n in range(1, 100))
AT_END = look(screen=Screen.TRACE, trace_at=10_000)
HERE = {"screen": Screen.TRACE, "trace_formula": True}


def following(formula: str, **changes: object) -> Workspace:
    return opened("model1", look(derive=actions.typed(formula), **(HERE | changes)))


def table(workspace: Workspace, size: tuple[int, int] = (80, 20), terminal: drawing.Terminal = UTF8) -> list[str]:
    return drawing.pane(draw, workspace, size, terminal)


def chosen(rows: list[str]) -> str:
    (row,) = [row for row in rows if "▸" in row]
    return row


# The table.


@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize("name", ["model1", "split"])
def test_every_row_has_its_numbers_and_no_two_run_together(name: str, loss: str) -> None:
    workspace = opened(name, moves.Set("loss", loss), point(3), AT_END)
    program = trace.traced(workspace)
    rows = table(workspace, (80, 40))[2:]
    for index, (entry, row) in enumerate(zip(program.rows, rows, strict=False)):
        cells = row[1:-1].replace("▸", " ").split()
        assert cells[0] == entry.label
        numbers = re.findall(r"(?<=\s)[+-]\d\.\d{4}(?=[\s,])", row)
        assert signed(entry.value) in numbers
        assert numbers[-1] == signed(entry.derivative if index in program.backward else entry.value)
    assert sum("= m" in row for row in rows) == 1


def test_what_was_not_reached_has_no_number_yet() -> None:
    for at, values, derivatives in ((0, 6, 0), (4, 10, 0), (7, 13, 0), (9, 13, 2), (17, 13, 10)):
        rows = table(opened("model1", look(screen=Screen.TRACE, trace_at=at)))[2:15]
        assert sum(bool(row[36:46].strip()) for row in rows) == values, at
        assert sum(bool(row[-16:-1].strip()) for row in rows) == derivatives, at


def test_a_long_program_scrolls_with_the_chosen_row_in_sight() -> None:
    workspace = following(LONG)
    program = trace.traced(workspace)
    total = len(program.rows)
    assert total > 290
    for at in range(0, trace.length(program) + 1, 11):
        here = apply(workspace, look(trace_at=at))
        selected = trace.place(here, program).selected
        rows = table(here)
        assert program.rows[selected].label == chosen(rows).replace("▸", " ")[1:].split()[0]
        first, last, of = map(int, re.findall(r"rows (\d+) to (\d+) of (\d+)", rows[-1])[0])
        assert first <= selected + 1 <= last
        assert (last - first, of) == (13, total)


def test_a_short_program_says_nothing_of_rows() -> None:
    assert "rows" not in table(opened("model1", AT_END))[-1]
    assert "rows" in table(opened("split", AT_END))[-1]


def test_long_names_are_cut_and_their_numbers_are_not() -> None:
    rows = table(following("supercalifragilistic^2 * abominable_thing", trace_at=999))
    assert [re.findall(r"[+-]\d\.\d{4}", row)[0] for row in rows[2:6]] == ["+1.0000"] * 4
    assert rows[2].split()[2] == "supe…"


def test_what_is_said_under_the_table_is_whole_or_marked() -> None:
    """Beside a package there is a line more: the end of the last sentence was once left out without a word."""
    workspace = opened("model1", AT_END)
    right = Verdict(True, "right")
    heard = Heard("minitorch", workspace.session.state, right, 0, (right,) * len(trace.traced(workspace).rows))
    workspace = apply(workspace, Hear(heard))
    assert table(workspace, (80, 20))[-2].startswith("│ screen. ")  # the end of "the slope on the fit screen."
    crowded = table(workspace, (80, 17))
    assert crowded[-2].rstrip(" │").endswith("…")
    beside = table(workspace, (120, 36))  # the package's marks have their column beside the picture too
    assert sum(" ok " in row for row in beside) == 10
    assert any("v7 = -v6 = L1" in row for row in beside)


# The graph.


@pytest.mark.parametrize(("size", "drawn"), [((80, 20), False), ((100, 20), True), ((110, 36), True)])
def test_the_wires_stand_beside_the_table_where_there_is_room(size: tuple[int, int], drawn: bool) -> None:
    workspace = opened("model1", AT_END)
    rows = table(workspace, size)
    graph = wires(trace.traced(workspace))
    assert any("●" in row for row in rows) == drawn
    if drawn:
        assert [row[81:-1].rstrip() for row in rows[2:15]] == graph


def test_x_times_x_has_two_edges() -> None:
    rows = table(following("x*x"), (100, 20))
    assert rows[3][81:-1].rstrip() == "╛─●"


def test_wires_too_wide_are_left_out_and_the_table_stays() -> None:
    formula = "+".join(f"(x{n}*y{n})" for n in range(30))
    rows = table(following(formula), (110, 36))
    assert not any("●" in row or "│ │" in row[81:-2] for row in rows)
    assert "x0" in rows[2]


def test_boxes_stand_beside_the_table_instead_where_there_is_room() -> None:
    """The words stay under the table, and every number is whole."""
    rows = table(opened("model1", AT_END), (120, 36))
    assert not any("●" in row for row in rows)
    assert sum("v5 = y · m" in row for row in rows) == 1
    assert rows[-4].startswith("│ dL1/dw1 = -0.2024   dL1/dw2 = -0.1519   dL1/db = -0.3543  ")
    assert rows[-3].startswith("│ One of 10 points: the 10 dL/db add up to +0.5579, the slope on the ")


def test_for_a_projector_the_boxes_stand_alone_where_all_have_room() -> None:
    projected = look(screen=Screen.TRACE, trace_at=99, large=True)
    rows = table(opened("model1", projected), (120, 30))
    assert not any("parameter" in row for row in rows)
    assert any("v7 = -v6 = L1" in row for row in rows)
    for workspace, size in ((opened("model1", projected), (120, 20)), (opened("model1", projected), (80, 20))):
        assert any("parameter" in row for row in table(workspace, size))


# Driven by its keys.


async def test_a_point_forward_and_back_by_its_keys() -> None:
    async with running() as (app, pilot):
        await pilot.press("3")
        assert "point 1 of 10" in screen(app)[0]
        before = screen(app)
        for _ in range(7):
            await pilot.press("space")
        assert "forward 7 of 7" in screen(app)[0]
        assert "+0.4374" in text(app)
        await pilot.press("end")
        assert "back 10 of 10" in screen(app)[0]
        assert "dL1/dw1 = -0.2024   dL1/dw2 = -0.1519   dL1/db = -0.3543" in text(app)
        assert "+0.5579" in text(app)
        for _ in range(17):
            await pilot.press("backspace")
        assert screen(app) == before
        await pilot.press("backspace")
        assert screen(app)[:-1] == before[:-1]
        assert "this is the start of the program" in screen(app)[-1]


async def test_another_point_stays_at_the_same_place() -> None:
    async with running() as (app, pilot):
        await pilot.press("3", "end", "full_stop")
        assert "point 2 of 10: ○" in screen(app)[0]
        assert "dL2/dw1 = +0.3439   dL2/dw2 = +0.1226   dL2/db = +0.5949" in text(app)
        await pilot.press("comma", "comma")
        assert "point 10 of 10" in screen(app)[0]
        assert "back 10 of 10" in screen(app)[0]


async def test_rows_are_chosen_with_the_arrows() -> None:
    async with running() as (app, pilot):
        await pilot.press("3", "end", "down", "down")
        assert "chain rule at b" in screen(app)[-3]
        await pilot.press("up")
        assert "chain rule at w2" in screen(app)[-3]
        await pilot.press(*["up"] * 5)
        assert "chain rule at w1" in screen(app)[-3]


async def test_n_steps_the_session_and_the_numbers_follow() -> None:
    async with running() as (app, pilot):
        await pilot.press("3", "end")
        before = screen(app)
        await pilot.press("n")
        assert place(now(app))[0] == 1
        slope = signed(now(app).session.state.slopes[2])
        assert slope in text(app)
        assert "+0.5579" not in text(app)
        assert "back 10 of 10" in screen(app)[0]
        await pilot.press("N")
        assert screen(app) == before
        await pilot.press("l")
        assert "relu" in screen(app)[1]
        await pilot.press("u")
        assert screen(app) == before


async def test_what_is_not_for_this_screen_changes_nothing() -> None:
    async with running() as (app, pilot):
        await pilot.press("3", "space")
        before = now(app)
        for key in ("left", "right", "minus", "plus", "e", "y", "v", "tab", "x", "m", "d", "h", "p", "R", "enter", "A"):
            await pilot.press(key)
            assert now(app) is before, key
            assert app.message, key
        assert not prompt(app).open


async def test_help_explains_with_the_numbers_of_the_moment() -> None:
    async with running(size=(80, 40)) as (app, pilot):
        await pilot.press("3", "end", "question_mark")
        assert "why: trace" in text(app)
        assert "chain rule at w1" in text(app)
        await pilot.press("question_mark", "question_mark")
        assert now(app).view.help is Help.NONE


@pytest.mark.parametrize("columns", [72, 80, 120])
async def test_the_footer_has_this_screens_keys_and_fits(columns: int) -> None:
    async with running(size=(columns, 24)) as (app, pilot):
        await pilot.press("3")
        foot = screen(app)[-1]
        assert len(foot) == columns
        for words in ("space operation", "bksp back", "n next step", "? why"):
            assert words in foot
        assert "phase" not in foot


async def test_a_formula_that_is_not_defined_there_is_said_and_not_drawn() -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "e")
        await drawing.write(pilot, "log(x)")
        await pilot.press("g")
        await drawing.write(pilot, "-1")
        await pilot.press("enter", "space", "end", "up", "question_mark")
        assert "could not be drawn" not in text(app)
        await pilot.press("escape")
        assert "not defined at x = -1" in text(app)


@pytest.mark.parametrize("size", [(72, 21), (80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_nothing_that_matters_is_missing_at_any_size(size: tuple[int, int]) -> None:
    async with running("split", size=size) as (app, pilot):
        await pilot.press("3", "end")
        assert [len(line) for line in screen(app)] == [size[0]] * size[1]
        assert "could not be drawn" not in text(app)
        assert "chain rule at m1.w1" in text(app)
        assert "dL1/dm2.b" in text(app)


def test_in_ascii_it_is_ascii() -> None:
    for workspace in (opened("split", AT_END), following("x*x", trace_at=9)):
        assert "".join(table(workspace, (120, 36), ASCII)).isascii()
        assert "?" not in "".join(table(workspace, (120, 36), ASCII))  # what has no sign in ASCII


def test_one_point_and_extreme_numbers() -> None:
    for points, parameters in (([(-7.0, 1e5, -1.0)], (1.0, 1.0, -1.0)), ([(1e300, -1e300, 1.0)], (0.0, 0.0, 0.5))):
        workspace = made(points, parameters)
        for each in (workspace, apply(workspace, NEXT)):
            rows = table(apply(each, AT_END))
            assert "only point" in "\n".join(rows)

"""A program as boxes: values and derivatives in them once they are reached, what is in use marked, nothing moving."""

import re
from collections import Counter

import pytest

from engine.training.models import network
from scenarios.numbers import signed
from scenarios.screens.derive import actions
from scenarios.screens.trace import program as trace
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.tui import drawing
from tests.tui.drawing import FACES, UTF8, running, screen
from tests.workspaces import apply, look, made, opened, point
from tui.panes.trace.boxes import LEAST, boxes
from tui.plots.rows import ACCENT, Row, plain, width_of
from tui.terminal import Terminal

SIZE = (46, 34)  # beside the table at 120x40
FORMULA = "x^2*sin(x*y) + exp(-x)/y"


def following(formula: str, **changes: object) -> Workspace:
    derive = actions.typed(formula)
    return opened("model1", look(derive=derive, screen=Screen.TRACE, trace_formula=True, **changes))


def drawn(workspace: Workspace, size: tuple[int, int] = SIZE, terminal: Terminal = UTF8) -> list[Row]:
    program = trace.traced(workspace)
    rows = boxes(program, trace.place(workspace, program), trace.output(workspace), size, terminal)
    assert {width_of(row) for row in rows} <= {size[0]}
    return rows


def places(workspace: Workspace) -> list[Workspace]:
    total = trace.length(trace.traced(workspace))
    return [apply(workspace, look(trace_at=at, trace_row=None)) for at in range(total + 1)]


def marked(rows: list[Row]) -> str:
    return "".join(text for row in rows for text, ink in row if ink == ACCENT)


PROGRAMS = {"a point": opened("model1", point(1)), "f": following(FORMULA)}


@pytest.mark.parametrize("name", PROGRAMS)
def test_values_appear_in_their_boxes_as_the_table_has_them(name: str) -> None:
    for here in places(PROGRAMS[name]):
        program = trace.traced(here)
        place = trace.place(here, program)
        shown = Counter(re.findall(r"[+-]\d\.\d{4}", "\n".join(map(plain, drawn(here)))))
        taking = [(index, program.rows[index]) for index in program.backward]
        there = Counter(signed(row.value) for index, row in taking if index < place.forward)
        there += Counter(signed(row.derivative) for index, row in taking if index in place.reached)
        slopes = {signed(use.slope) for index in place.reached for use in program.rows[index].uses}
        assert not there - shown
        assert (shown - there).keys() <= slopes


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_moves(name: str) -> None:
    """What is there from the beginning stays in its place; only marks come and go."""
    first, *others = (list(map(plain, drawn(here))) for here in places(PROGRAMS[name]))
    for rows in others:
        for before, after in zip(first[1:], rows[1:], strict=True):
            for old, new in zip(before, after, strict=True):
                assert old in (" ", "▸") or new in (old, "↑", "↓") or {old, new} == {"━", "─"}


def test_on_the_way_forward_the_values_that_go_in_are_marked() -> None:
    rows = drawn(opened("model1", look(screen=Screen.TRACE, trace_at=3)))
    assert marked(rows).count("↓") == 2
    (box,) = [row for row in map(plain, rows) if "━" in row]
    assert "v3 = v1 + v2" in box


@pytest.mark.parametrize(("formula", "row", "uses"), [("x*x", 0, 2), ("x*x", 1, 0), (FORMULA, 0, 3), (FORMULA, 2, 1)])
def test_on_the_way_back_the_derivatives_that_come_in_are_marked(formula: str, row: int, uses: int) -> None:
    assert marked(drawn(following(formula, trace_at=999, trace_row=row))).count("↑") == uses


def test_a_row_that_is_not_reached_asks_for_nothing_yet() -> None:
    rows = drawn(opened("model1", look(screen=Screen.TRACE, trace_at=8, trace_row=0)))
    assert "↑" not in marked(rows)
    assert "w1" in marked(rows)


def test_a_local_slope_stands_beside_its_edge_once_it_was_used() -> None:
    texts = ["\n".join(map(plain, drawn(here))) for here in places(opened("model1"))]
    assert ["│ +0.3543" in text or "↑ +0.3543" in text for text in texts] == [False] * 10 + [True] * 8
    assert re.search(r"\+1 (│|↑) +(│|↑) \+1", texts[-1])


def test_large_boxes_say_what_their_numbers_are() -> None:
    text = "\n".join(map(plain, drawn(opened("model1", look(screen=Screen.TRACE, trace_at=99)), (120, 50))))
    assert "│ value       +1.0003 │" in text
    assert "│ dL1/dv3     -0.3543 │" in text


def test_of_a_program_too_large_the_part_around_the_chosen_row_is_drawn() -> None:
    start = made([(0.3, 0.9, 1.0)], network(10).initial, model=network(10))
    program = trace.traced(start)
    for index in (0, 150, 250, 330, len(program.rows) - 1):
        here = apply(start, look(screen=Screen.TRACE, trace_at=9_999, trace_row=index))
        name, text = program.rows[index].name, "\n".join(map(plain, drawn(here)))
        assert f"The part around {name}, of {program.operations} operations." in text
        for use in program.rows[index].uses:
            assert re.search(rf"┌─? {program.rows[use.user].name} ", text)


def test_data_have_no_box_and_the_part_that_uses_them_is_drawn() -> None:
    split = opened("split", look(screen=Screen.TRACE, trace_at=99, trace_row=6))
    assert trace.traced(split).rows[6].label == "x1"
    rows = [*map(plain, drawn(split))]
    assert "The part around v1, of 12 operations." in rows[0]
    assert any("v1 = m1.w1 · x1" in row for row in rows)


@pytest.mark.parametrize(("term", "index", "shown"), [("x", 0, "x"), ("sin(x)", 1, "x v1")])
def test_what_has_too_many_users_is_drawn_without_them_and_that_is_said(term: str, index: int, shown: str) -> None:
    rows = [*map(plain, drawn(following("+".join([term] * 100), trace_at=9_999, trace_row=index)))]
    assert rows[0].strip() == f"{shown[-2:].strip()} is used 100 times: too many to draw."
    assert re.findall(r"\b(?:x|v\d+)\b", re.sub(r" = .*", "", "\n".join(rows[1:]))) == shown.split()


def test_there_is_no_picture_without_a_program_or_room() -> None:
    assert drawn(following("log(x - 5)")) == []
    for size in ((LEAST[0] - 1, 40), (60, LEAST[1] - 1)):
        assert drawn(opened("model1"), size) == []
    assert drawn(following("x*x"), LEAST)


@pytest.mark.parametrize("terminal", FACES, ids=str)
def test_every_terminal_has_the_same_picture(terminal: Terminal) -> None:
    for workspace in (opened("split", look(trace_at=15)), following(FORMULA, trace_at=99)):
        for size in (SIZE, (120, 50)):
            rows = [plain(drawing.drawn(row, terminal.unicode)) for row in drawn(workspace, size, terminal)]
            assert terminal.unicode or ("".join(rows).isascii() and "?" not in "".join(rows))
            assert [bool(row.strip()) for row in rows] == [bool(plain(row).strip()) for row in drawn(workspace, size)]


@pytest.mark.parametrize(("name", "at"), [("trace-forward-120x40", 3), ("trace-back-120x40", 15)])
async def test_the_whole_screen(name: str, at: int) -> None:
    async with running(size=(120, 40)) as (app, pilot):
        app.workspace = opened("model1", point(1), look(screen=Screen.TRACE, trace_at=at))
        await pilot.pause()
        drawing.check(name, screen(app))

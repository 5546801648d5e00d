"""The graph beside the trace: every value's wire runs from where it is made to where it is used last."""

import pytest
from hypothesis import given

from engine.autodiff.scalar import Scalar
from engine.derivative.trace import Role, Trace, trace, trace_expression
from engine.symbolic.formula import parse
from scenarios.screens.trace.program import traced
from tests.strategies import Program, programs, random_expressions
from tests.workspaces import opened
from tui.plots.graph.wires import wires


def of(formula: str) -> Trace:
    expression = parse(formula)
    names = [name for name in ("x", "y") if name in formula]
    return trace_expression(expression, tuple((name, 2.0) for name in names))


def hold(program: Trace) -> None:
    """Follows every wire down its column, by the signs alone."""
    lines = wires(program)
    assert len(lines) == len(program.rows)
    cells = [dict(enumerate(line)) for line in lines]
    for index, row in enumerate(program.rows):
        made = [column for column, sign in cells[index].items() if sign == "●"]
        assert len(made) == (bool(row.uses) or index == len(program.rows) - 1), lines
        if not row.uses:
            continue
        (column,) = made
        users = [use.user for use in row.uses]
        for below in range(index + 1, max(users) + 1):
            sign, times = cells[below].get(column, ""), users.count(below)
            last = below == max(users)
            right = {
                (0, False): "│",
                (1, False): "┤",
                (1, True): "┘●",  # its user may stand in its column
            }.get((times, last), "╛" if last else "╡")
            assert sign in tuple(right), (index, below, lines)
    drawn = {sign for line in cells for sign in line.values()}
    assert drawn <= set(" ─│●┤┘╡╛")


PICTURES = {
    "x*x": """
        ●
        ╛─●
    """,
    "x*x + x": """
        ●
        ╡─●
        ●─┘
    """,
    "(x*x)*(x*x)": """
        ●
        ╛─●
        ●─╛
    """,
    "sin(x)*y + x": """
        ●
        │ ●
        ┤─│─●
        │ ●─┘
        ●─┘
    """,
    "x": "●",
    "3": "●",
    "sin(2x)": """
        ●
        ●
        ●
    """,
}


def picture(text: str) -> list[str]:
    return [line[8:] if line.startswith(" " * 8) else line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("formula", PICTURES)
def test_a_picture(formula: str) -> None:
    assert wires(of(formula)) == picture(PICTURES[formula])
    hold(of(formula))


def test_a_line() -> None:
    drawn = """
        ●
        │ ●
        │ │ ●
        │ │ │
        │ │ │
        │ │ │
        ● │ │
        │ ● │
        ●─┘ │
        ●───┘
        ●
        ●
        ●
    """
    assert wires(traced(opened("model1"))) == picture(drawn)


def test_two_lines_meet_where_they_are_multiplied() -> None:
    program = traced(opened("split"))
    hold(program)
    lines = wires(program)
    assert [line.count("●") for line in lines] == [1] * 6 + [0] * 3 + [1] * 12
    assert lines[17] == "●─┘"  # row 9, m1 · m2
    assert max(map(len, lines)) == 11


@given(programs(most_lines=12))
def test_every_wire_of_a_random_program_ends_where_its_value_is_used_last(program: Program) -> None:
    x, y = Scalar(0.5), Scalar(-0.5)
    hold(trace(program(x, y), {"x": x, "y": y}))


def test_every_wire_of_a_random_formula_too() -> None:
    drawn = 0
    for expression in random_expressions(seed=5, count=80, depth=5):
        try:
            program = trace_expression(expression, (("x", 0.7), ("y", 1.3)))
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if program.operations:
            hold(program)
            drawn += 1
    assert drawn > 30


def test_data_and_constants_have_no_wire() -> None:
    program = traced(opened("model1"))
    lines = wires(program)
    assert all("●" not in line for row, line in zip(program.rows, lines, strict=True) if row.role is Role.DATA)
    x, c = Scalar(2.0), Scalar(3.0)
    assert wires(trace(x * c, {"x": x})) == ["●", "│", "●"]

"""The graph of a program: every value's line runs from its box to the boxes that use it, and to no other."""

from collections import Counter

import pytest
from hypothesis import given

from engine.autodiff.scalar import Scalar
from engine.derivative.trace import Trace, trace
from tests.strategies import Program, programs
from tui.plots.graph.edges import LABEL
from tui.plots.graph.picture import Graph, Node, graph

BOX = 11
UP, RIGHT, DOWN, LEFT = (-1, 0), (0, 1), (1, 0), (0, -1)
ARMS = {
    "│": {UP, DOWN}, "─": {LEFT, RIGHT}, "┌": {RIGHT, DOWN}, "┐": {LEFT, DOWN}, "└": {UP, RIGHT}, "┘": {UP, LEFT},
    "├": {UP, RIGHT, DOWN}, "┤": {UP, LEFT, DOWN}, "┬": {LEFT, RIGHT, DOWN}, "┴": {LEFT, RIGHT, UP},
    "┼": {UP, RIGHT, DOWN, LEFT},
}  # fmt: skip


def nodes(*inputs: tuple[int, ...], height: int = 3) -> tuple[Node, ...]:
    return tuple(Node(entries, height if entries else height - 1) for entries in inputs)


def of(program: Trace) -> tuple[Node, ...]:
    """All rows of a program of parameters and operations alone."""
    place = {row.label: index for index, row in enumerate(program.rows)}
    return nodes(*(tuple(place[label] for label in row.inputs if label in place) for row in program.rows))


def covered(drawn: Graph, boxes: tuple[Node, ...]) -> dict[tuple[int, int], int]:
    """Which box each cell is of; no cell is of two."""
    cells: dict[tuple[int, int], int] = {}
    for node, ((top, left), box) in enumerate(zip(drawn.boxes, boxes, strict=True)):
        own = {(top + row, left + column): node for row in range(box.height) for column in range(BOX)}
        assert not own.keys() & cells.keys()
        cells |= own
    return cells


def users(drawn: Graph, cells: dict[tuple[int, int], int], start: tuple[int, int]) -> Counter[int]:
    """Where the line that begins at a cell ends, followed by its signs alone."""
    found: Counter[int] = Counter()
    ahead, seen = [(start, DOWN)], set()
    while ahead:
        (row, column), way = ahead.pop()
        if (box := cells.get((row, column))) is not None:
            assert way == DOWN, "a line enters a box from above"
            found[box] += 1
            continue
        sign, back = drawn.lines[row][column], (-way[0], -way[1])
        arms = {way, back} if sign == "│" and way in (LEFT, RIGHT) else ARMS[sign]  # it passes under another
        assert back in arms, (sign, row, column, drawn.lines)
        for step in arms - {back}:
            if ((row, column), step) not in seen:
                seen.add(((row, column), step))
                ahead.append(((row + step[0], column + step[1]), step))
    return found


def hold(boxes: tuple[Node, ...], width: int, height: int, tight: bool = False) -> bool:
    """What is true of every graph; whether there is room for one."""
    drawn = graph(boxes, BOX, width, height, tight)
    if drawn is None:
        return False
    assert [len(line) for line in drawn.lines] == [width] * height
    cells = covered(drawn, boxes)
    assert all(0 <= row < height and 0 <= column < width for row, column in cells)
    signs = {(y, x) for y, line in enumerate(drawn.lines) for x, sign in enumerate(line) if sign != " "}
    assert not signs & cells.keys()
    expected = [Counter[int]() for _ in boxes]
    for user, box in enumerate(boxes):
        for source in box.inputs:
            expected[source][user] += 1
    for node, (top, left) in enumerate(drawn.boxes):
        exit_ = (top + boxes[node].height, left + BOX // 2)
        assert (exit_ in signs) == bool(expected[node])
        assert not expected[node] or users(drawn, cells, exit_) == expected[node]
    for edge in drawn.edges:
        assert boxes[edge.user].inputs[edge.port] == edge.source
        assert drawn.boxes[edge.source][0] < drawn.boxes[edge.user][0]
        assert {cell for cell, _ in edge.cells} <= signs
        if edge.label:
            beside = {(edge.label.row, edge.label.column + at) for at in range(LABEL)}
            assert not beside & (signs | cells.keys())
            signs |= beside
    return True


def picture(boxes: tuple[Node, ...], width: int, height: int) -> list[str]:
    """The graph with each box filled with its number."""
    drawn = graph(boxes, BOX, width, height)
    assert drawn is not None
    cells = covered(drawn, boxes)
    rows = [[str(cells.get((y, x), sign)) for x, sign in enumerate(line)] for y, line in enumerate(drawn.lines)]
    return ["".join(row).rstrip() for row in rows]


def test_a_chain_stands_in_one_column() -> None:
    assert picture(nodes((), (0,), (1,), height=2), 11, 8) == [
        "00000000000", "     │", "11111111111", "11111111111", "     │", "22222222222", "22222222222", ""
    ]  # fmt: skip


PICTURES = {
    "x + y": (nodes((), (), (0, 1), height=2), """
         00000000000 11111111111
              └─┐       ┌─┘
                │       │
               22222222222
               22222222222
    """),
    # A value that goes on branches (┼ has four arms); it goes past the box on its way.
    "x·x + x": (nodes((), (0, 0), (1, 0), height=2), """
              00000000000
           ┌───────┼───┐
           │       │   │
          11111111111  │
          11111111111  │
               │       │
              22222222222
              22222222222
    """),
    # Two lines that cross do not join: one is interrupted.
    "x·y + y·x": (nodes((), (), (0, 1), (1, 0), (2, 3), height=2), """
         00000000000 11111111111
          ┌───┴───────────│───┐
          │       ┌───┬───┘   │
          │       │   │       │
         22222222222 33333333333
         22222222222 33333333333
              └─┐       ┌─┘
                │       │
               44444444444
               44444444444
    """),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture(name: str) -> None:
    boxes, expected = PICTURES[name]
    rows = [line[8:].rstrip() for line in expected.split("\n") if line.strip()]
    assert picture(boxes, 25, len(rows)) == rows
    assert hold(boxes, 25, len(rows))


@pytest.mark.parametrize("size", [(23, 20), (40, 30), (100, 60)])
def test_x_times_x_has_two_edges(size: tuple[int, int]) -> None:
    assert hold(nodes((), (0, 0)), *size)
    drawn = graph(nodes((), (0, 0)), BOX, *size)
    assert drawn is not None
    assert [(edge.source, edge.user, edge.port) for edge in drawn.edges] == [(0, 1, 0), (0, 1, 1)]


def test_with_too_little_room_there_is_none() -> None:
    boxes = nodes((), (), (0, 1))
    assert hold(boxes, 23, 7)
    assert not hold(boxes, 10, 50)
    assert not hold(boxes, 23, 5)


def test_a_row_more_for_labels_is_only_there_where_there_is_room() -> None:
    boxes = nodes((), (), (0, 1))
    roomy = next(height for height in range(30) if hold(boxes, 30, height))
    tight = next(height for height in range(30) if hold(boxes, 30, height, tight=True))
    assert roomy == tight + 1


def test_a_node_that_nothing_uses_stands_alone() -> None:
    assert hold(nodes((), (), (0, 0)), 30, 20)


@given(programs(most_lines=12))
def test_every_line_of_a_random_program_can_be_followed(program: Program) -> None:
    x, y = Scalar(0.5), Scalar(-0.5)
    boxes = of(trace(program(x, y), {"x": x, "y": y}))
    hold(boxes, 39, 60, tight=True)
    assert hold(boxes, 300, 200)


def test_a_label_stands_on_the_outer_side_of_its_line() -> None:
    drawn = graph(nodes((), (), (0, 1)), 51, 110, 20)
    assert drawn is not None
    (left, right) = (edge.label for edge in drawn.edges)
    assert left is not None
    assert right is not None
    assert (left.left, right.left) == (True, False)
    ends = [edge.cells[-1][0] for edge in drawn.edges]
    assert [left.row, right.row] == [line for line, _ in ends]
    assert (left.column + LABEL, right.column) == (ends[0][1] - 1, ends[1][1] + 2)

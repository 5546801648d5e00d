"""The axes of the plane: true to scale, with room for every point and its marks."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.training import datasets
from tests.tui import drawing
from tests.tui.drawing import UTF8
from tests.workspaces import after, look, made, opened
from tui.panes import data
from tui.panes.plane.coordinates import Cells, axes_of, box, to_scale
from tui.plots.cells import dashes
from tui.terminal import Depth, Detail, Terminal

SQUARE = ((-0.05, 1.05), (-0.05, 1.05))
numbers = st.floats(-1e3, 1e3) | st.sampled_from([1e300, -1e300, 1.7976931348623157e308, 5e-324])


def test_the_lectures_square_has_a_margin() -> None:
    assert axes_of(opened("model1").scenario.problem.data) == SQUARE


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=9), st.integers(12, 90), st.integers(6, 50))
def test_every_point_lies_in_a_cell_with_one_beside_it(
    points: list[tuple[float, float]], columns: int, lines: int
) -> None:
    found = datasets.data([(x1, x2, 1.0) for x1, x2 in points])
    cells = Cells(found, axes_of(found), columns, lines)
    across, down = cells.places.columns, cells.places.lines
    assert ((across >= 0) & (across <= columns - 1) & (down >= 0) & (down <= lines - 1)).all()
    if max(abs(value) for point in points for value in point) < 1e300:
        column, _ = cells.places.cells()
        assert ((column > 0) & (column < columns - 1)).all()


@pytest.mark.parametrize(("columns", "lines"), [(33, 17), (65, 34), (116, 34), (30, 9), (40, 40), (12, 6)])
def test_a_right_angle_looks_like_one_whatever_the_shape_of_the_pane(columns: int, lines: int) -> None:
    for size in (box(SQUARE, columns, lines), (columns, lines)):
        axes = to_scale(SQUARE, *size)
        rows, places = np.nonzero(dashes([(0.75, 0.75, 0.25, 0.25)], *axes, *size))  # of dots, which are square
        assert abs(np.ptp(rows) - np.ptp(places)) <= 1


def test_a_plane_much_longer_one_way_fills_its_pane() -> None:
    assert box(((0.0, 100.0), (0.0, 1.0)), 60, 20) == (60, 20)
    assert to_scale(((0.0, 100.0), (0.0, 1.0)), 60, 20) == ((0.0, 100.0), (0.0, 1.0))
    wide, high = ((0.0, 2.0), (0.0, 1.0)), ((0.0, 1.0), (0.0, 2.0))
    assert box(wide, 39, 20) == box(high, 40, 20) == box(SQUARE, 40, 20) == (39, 20)
    assert to_scale(wide, 39, 20) == ((0.0, 2.0), (-0.5, 1.5))
    assert box(wide, 90, 20) == (77, 20)
    assert box(high, 20, 40) == (20, 20)


@pytest.mark.parametrize("size", [(40, 20), (118, 36), (35, 12)])
def test_the_axes_are_named_beside_their_ticks(size: tuple[int, int]) -> None:
    rows = drawing.pane(data.draw, opened("model1"), size)
    assert [rows[-2].split()[1:-1]] == [["0.0", "0.5", "x1", "1.0"]]
    gutter = [row[1:].split() for row in rows[1:-2]]
    assert [row[0] for row in gutter if row[0] in ("0.0", "0.5", "1.0", "x2")] == ["1.0", "x2", "0.5", "0.0"]


def test_ticks_are_round_numbers_of_ones_twos_and_fives() -> None:
    wide = made([(0.3, 12.0, 1.0), (7.9, -23.0, -1.0)], (1.0, 1.0, 0.0))
    rows = drawing.pane(data.draw, after(wide, [look(model_shown=False)]), (60, 24))
    assert rows[-2].split()[1:-1] == ["0", "2", "4", "6", "x1", "8"]
    assert [row[1:5].strip() for row in rows[1:-2] if row[1:5].strip()] == ["10", "x2", "0", "-10", "-20"]


@pytest.mark.parametrize("name", ["model1", "split"])
@pytest.mark.parametrize("depth", [Depth.TRUE, Depth.C256])
def test_fine_detail_changes_shades_alone(name: str, depth: Depth) -> None:
    plain, fine = (Terminal(depth, unicode=True, detail=detail) for detail in (Detail.PLAIN, Detail.FINE))
    coarse, smooth = (drawing.pane(data.draw, opened(name), (60, 30), each) for each in (plain, fine))
    assert [row.replace("▀", " ") for row in smooth] == [row.replace("▀", " ") for row in coarse]
    assert sum(row.count("▀") for row in smooth) > 20


def test_the_line_is_whole_over_every_shade() -> None:
    """Every row of cells that it runs through has it in neighbouring columns."""
    steep = made([(0.1, 0.1, -1.0), (0.9, 0.8, 1.0)], (30.0, 20.0, -25.0))
    rows = drawing.pane(data.draw, steep, (60, 30), UTF8)[1:-2]
    rows = [re.sub("⢾⡷|⡱⢎", "  ", row) for row in rows]  # the points
    columns = [[column for column, sign in enumerate(row) if 0x2800 < ord(sign) < 0x2900] for row in rows]
    assert all(found and found[-1] - found[0] < len(found) for found in columns[3:25])
    assert all(above[0] <= below[-1] + 1 for below, above in pairwise(columns) if below and above)


def test_a_plane_longer_one_way_has_ticks_as_far_as_it_is_drawn() -> None:
    rows = drawing.pane(data.draw, opened("circles"), (72, 37))
    assert rows[-3].split()[1:-1] == ["-2", "-1", "0", "x1", "1"]
    assert [label for row in rows[1:-3] if (label := row[1:4].strip())] == ["2", "x2", "1", "0", "-1"]


def test_no_two_labels_of_an_axis_are_the_same() -> None:
    far = made([(1e7, 0.0, 1.0), (1e7 + 2.0, 1.0, -1.0)], (1.0, 1.0, 0.0))
    rows = drawing.pane(data.draw, far, (60, 24))
    assert rows[-2].split()[1:-1] == ["10000000", "10000001", "x1", "10000002"]


@pytest.mark.parametrize("size", [(40, 20), (72, 37), (112, 56)])
def test_a_distance_ends_at_the_line_and_takes_no_dot_of_it(size: tuple[int, int]) -> None:
    alone, beside = (
        "".join(drawing.pane(data.draw, opened("model1", look(distances=shown)), size, UTF8)) for shown in (False, True)
    )
    dots = [(ord(one), ord(two)) for one, two in zip(alone, beside, strict=True) if 0x2800 < ord(one) < 0x2900]
    assert all(one & two == one for one, two in dots)
    assert any(one != two for one, two in dots)

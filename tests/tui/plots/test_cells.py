"""Where values come to lie in cells and dots, and the signs of dots and directions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.plots.cells import both, braille, cell_centres, cell_of, dashes, dot_centres, is_braille, stroke
from tui.plots.charts.axes import Axis
from tui.plots.charts.chart import Series, chart
from tui.plots.rows import plain

UNIT = (0.0, 1.0)


def test_cells_are_sampled_where_plotext_puts_their_points() -> None:
    assert cell_centres(UNIT, 5).tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    # Two dots a cell: the outer ones lie outside the limits by a quarter of a cell.
    assert dot_centres(UNIT, 5, 2)[[0, 1, -1]].tolist() == pytest.approx([-0.0625, 0.0625, 1.0625])


@pytest.mark.parametrize("cells", [4, 17, 34, 61])
@given(value=st.floats(0.0, 1.0))
def test_a_value_falls_into_the_cell_where_plotext_draws_it(cells: int, value: float) -> None:
    series = Series(np.array([value]), np.array([0.0]), "cross", "x")
    drawn = plain(chart(cells, 1, [series], Axis(*UNIT), Axis(-1.0, 1.0))[0])
    assert drawn.index("x") == cell_of(np.array([value]), UNIT, cells)[0]


def test_values_off_the_plot_fall_outside_it_and_never_far() -> None:
    cells = cell_of(np.array([-0.2, 1.2, -1e300, 1e300]), UNIT, 10)
    assert cells.tolist() == [-2, 11, -9, 18]


def test_a_value_too_far_off_a_narrow_plot_for_a_number_falls_outside_it() -> None:
    assert cell_of(np.array([-1e300, 1e300]), (0.0, 1e-9), 10).tolist() == [-9, 18]


def test_the_dots_of_two_cells_in_one() -> None:
    assert both("⠁", "⢀") == "⢁"
    assert [is_braille(sign) for sign in ("⢁", "×", "", "▀")] == [True, False, False, False]


def test_dashes_run_from_the_point_three_drawn_two_left_out() -> None:
    dots = dashes([(0.0, 0.5, 1.0, 0.5)], UNIT, UNIT, 11, 3)
    (row,) = np.flatnonzero(dots.any(axis=1))
    assert np.flatnonzero(dots[row]).tolist() == [1, 2, 3, 6, 7, 8, 11, 12, 13, 16, 17, 18, 21]


@pytest.mark.parametrize("end", [np.nan, np.inf, 1e300, -1e300, 50.0])
def test_a_dash_that_leads_nowhere_costs_no_more_than_the_plot(end: float) -> None:
    dots = dashes([(0.5, 0.5, end, 0.5)], UNIT, UNIT, 20, 10)
    assert dots.shape == (40, 40)
    assert dots.any() == math.isfinite(end)


def test_braille() -> None:
    dots = np.zeros((4, 4), dtype=bool)
    dots[0, 0] = dots[3, 1] = True
    assert braille(dots) == [{0: "⢁"}]
    assert braille(np.ones((4, 2), dtype=bool)) == [{0: "⣿"}]


@pytest.mark.parametrize(
    ("across", "up", "sign"),
    [
        (1, 0, "-"),
        (1, 0.39, "-"),
        (0, 1, "|"),
        (0.39, -1, "|"),
        (1, 1, "/"),
        (-1, -1, "/"),
        (1, -1, "\\"),
        (-1, 1, "\\"),
    ],
)
def test_stroke(across: float, up: float, sign: str) -> None:
    assert stroke(across, up) == sign

"""How many of which class lie in a cell, told by shape and weight."""

import numpy as np

from tui.plots.points.density import density
from tui.plots.points.signs import Places
from tui.plots.rows import CROSS


def test_a_sign_says_which_class_and_how_many() -> None:
    columns = np.repeat([0.0, 1.0, 2.0, 3.0, 4.0], [1, 9, 9, 3, 3])
    y = np.repeat([1.0, -1.0, 1.0, -1.0, 1.0, -1.0], [10, 9, 1, 2, 1, 2])
    (line,) = density(Places(columns, np.zeros(len(y)), y, 6, 1))
    assert "".join(line[column][0] for column in range(5)) == "×╳●○×"  # a third × is seen in every other cell
    assert [line[column][1].bold for column in range(5)] == [False, True, True, False, False]
    assert 5 not in line


def test_a_few_of_the_other_class_do_not_show() -> None:
    y = np.repeat([1.0, -1.0], [7, 2])
    (line,) = density(Places(np.zeros(9), np.zeros(9), y, 1, 1))
    assert line == {0: ("╳", CROSS)}


def test_points_outside_lie_in_the_cell_at_the_edge() -> None:
    at = Places(np.array([-3.0, 23.0]), np.array([12.0, -2.0]), np.array([1.0, -1.0]), 20, 10)
    assert [(row, {*line}) for row, line in enumerate(density(at)) if line] == [(0, {19}), (9, {0})]

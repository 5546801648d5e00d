"""Contour lines as dots, their values set into them, and joined lines."""

import numpy as np
import pytest

from engine.replay.program import Array
from tui.plots.maps.contours import contours, finer, joined, labels, owned, strokes


def bowl(columns: int, lines: int) -> Array:
    """x² + y² over -2 to 2, at the centres of squares."""
    x, y = (np.linspace(-2.0, 2.0, cells) for cells in (columns, lines))
    return x[None, :] ** 2 + y[:, None] ** 2


def test_between_squares_heights_are_straight() -> None:
    plane = np.add.outer(10.0 * np.arange(4.0), np.arange(5.0))
    fine = finer(plane)
    assert fine.shape == (8, 10)
    quarters = np.arange(-0.25, 4.5, 0.5)
    assert fine[2].tolist() == pytest.approx((7.5 + quarters).tolist())
    assert fine[:, 3].tolist() == pytest.approx((10.0 * quarters[:8] + 1.25).tolist())
    assert finer(np.ones((1, 3))).tolist() == np.ones((2, 6)).tolist()


def test_the_line_of_a_value_runs_where_the_height_is_that_value() -> None:
    heights = bowl(80, 80)
    found = contours(heights, (0.5, 1.0, 2.0))
    for number, value in enumerate((0.5, 1.0, 2.0), 1):
        on = found == number
        assert heights[on] == pytest.approx(np.full(on.sum(), value), abs=0.15)
        angles = np.arctan2(*(np.argwhere(on) - 39.5).T)
        assert np.diff(np.sort(angles)).max() < 0.25  # a whole circle, without a gap
        assert on.sum() < 4.5 * np.sqrt(value) * 20.0 * 1.6  # one dot wide


def test_there_is_no_line_round_what_is_no_number() -> None:
    heights = bowl(20, 20)
    heights[:, :5] = np.nan
    heights[:, -5:] = np.inf
    found = contours(heights, (100.0,))
    assert not found.any()
    assert not contours(heights, ()).any()


def test_where_it_is_steep_a_dot_is_on_the_line_of_the_highest_value() -> None:
    assert contours(np.array([[0.0, 10.0]]), (2.0, 9.0)).tolist() == [[0, 2]]


def test_a_cell_has_the_number_of_its_line_or_of_several_none() -> None:
    lines = np.zeros((4, 8), dtype=int)
    lines[0, 2] = lines[3, 3] = 2
    lines[1, 4], lines[2, 5] = 1, 3
    assert owned(lines).tolist() == [[0, 2, -1, 0]]


def test_strokes_run_along_the_line() -> None:
    x, y = np.arange(6.0)[None, :], np.arange(6.0)[::-1, None]  # up is the first row
    cells = np.zeros((6, 6), dtype=bool)
    cells[2, 2] = True
    for heights, sign in ((x + 0.0 * y, "|"), (0.0 * x + y, "-"), (x + y, "\\"), (x - y, "/")):
        assert strokes(cells, heights)[2] == {2: sign}


def test_a_value_stands_in_its_own_line_and_touches_no_other() -> None:
    values, texts = (0.5, 1.0, 2.0, 3.0), ["0.5", "1", "2", "3"]
    lines = contours(finer(bowl(60, 40)), values)
    taken = np.zeros((20, 60), dtype=bool)
    taken[:, :30] = True
    found = labels(owned(lines), texts, taken)
    assert {number for _, _, number in found} == {0, 1, 2, 3}
    cells = lines.reshape(20, 4, 60, 2)
    for line, column, number in found:
        under = cells[line, :, column : column + len(texts[number]) + 2]
        assert set(np.unique(under)) <= {0, number + 1}
        assert (under[:, 1:-1] == number + 1).any()
        assert column >= 30
    for at, (line, column, number) in enumerate(found):
        for other, start, _ in found[:at]:
            assert other != line or not start - len(texts[number]) - 2 < column < start + 3


def test_without_room_there_is_no_value() -> None:
    cells = owned(contours(finer(bowl(20, 10)), (1.0,)))
    assert labels(cells, ["1"], np.ones((5, 20), dtype=bool)) == []
    assert labels(cells, ["1" * 30], np.zeros((5, 20), dtype=bool)) == []


def test_joined_places_leave_no_gap_and_end_where_the_picture_does() -> None:
    places = np.array([[0.0, 0.0], [9.0, 9.0], [9.0, 1e9], [0.0, 0.0]])
    found = joined(places, np.array([True, True, False]), (10, 12))
    assert found[np.arange(10), np.arange(10)].all()
    assert found[9, 9:].all()
    assert found.sum() == 12
    assert not joined(places[:1], np.array([], dtype=bool), (10, 12)).any()

"""What is told of the points: wrong, turned, selected, each in a way of its own; and of many, the selected one."""

import numpy as np

from tests.tui import drawing
from tests.tui.drawing import UTF8
from tests.workspaces import after, made, many_points, opened, point
from tui.panes import data
from tui.panes.plane.coordinates import axes_of, cells_of, plot_of
from tui.panes.plane.marks import lay_points, marks_of
from tui.plots.points.signs import Marked
from tui.plots.rows import ACCENT, CIRCLE, CROSS, Ink, Overlay

MODEL1 = opened("model1").scenario.problem.data  # of which 2, 4, 5 and 9 are circles
CELLS = cells_of(MODEL1, axes_of(MODEL1), 65, 33)


def mask(*indices: int) -> np.ndarray:
    return np.isin(np.arange(len(MODEL1)), indices)


def test_wrong_and_turned_and_selected_points_are_told_apart() -> None:
    found = dict(marks_of(CELLS.places, mask(1, 3, 4), mask(4, 8), 3))
    assert found == {
        1: Marked(True),
        4: Marked(True, CIRCLE),
        8: Marked(False, CIRCLE),
        3: Marked(True, ACCENT),
    }
    assert [*found][-1] == 3  # on top
    assert marks_of(CELLS.places, mask(), None, 0) == ((0, Marked(False, ACCENT)),)


def inks(width: int, height: int) -> set[Ink]:
    plot = plot_of(MODEL1, axes_of(MODEL1), width, height, True)
    overlay: Overlay = [{} for _ in range(plot.lines)]
    lay_points(overlay, plot, marks_of(plot.places, mask(1, 3, 4, 8), None, 3))
    return {ink._replace(reverse=False) for line in overlay for _, ink in line.values()}


def test_at_every_size_there_are_both_classes_the_selected_one_and_brackets() -> None:
    for size in ((38, 18), (50, 24), (70, 36), (110, 56)):
        found = inks(*size)
        assert found >= {CROSS, ACCENT, Ink("line", bold=True)}, size
        assert found & {CIRCLE, Ink(bg="ringed-")}, size  # all are wrong


def test_every_point_is_seen_at_every_size() -> None:
    for size, letters in (((40, 20), 10), ((52, 26), 0), ((72, 38), 0), ((112, 58), 0)):
        rows = drawing.pane(data.draw, opened("model1"), size, UTF8)[1:-1]
        assert drawing.signs(rows) == 10
        assert sum(row.count("×") + row.count("○") for row in rows) == letters


def test_of_many_points_the_selected_one_is_reversed_and_the_heavier_signs_are_explained() -> None:
    many = made(many_points(500), (1.0, 1.0, -1.0))
    assert "@ X many in a cell" in drawing.pane(data.draw, many, (40, 20))[-1]
    drawn = data.draw(after(many, [point(7)]), 40, 20, UTF8)
    selected = [text for row in drawn[1:-1] for text, ink in row if ink.reverse]
    assert selected in (["×"], ["○"])
    assert "many in a cell" not in drawing.pane(data.draw, after(many, [point(7)]), (40, 20))[-1]

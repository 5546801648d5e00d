"""Charts: exact in size, points where they belong, and nothing that plotext cannot bear ever reaches it."""

import math
from dataclasses import replace
from itertools import accumulate
from typing import Any

import numpy as np
import plotext
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.replay.program import Array
from tui.plots.cells import cell_of
from tui.plots.charts.axes import Axis, log_axis, range_axis, value_axis
from tui.plots.charts.chart import Series, chart
from tui.plots.rows import DIM, Ink, Row, plain, width_of

AXIS = Axis(0.0, 10.0, ((0.0, "0"), (10.0, "10")))
BARE = Axis(0.0, 10.0)


def marks(x: list[float] | Array, y: list[float] | Array, glyph: str = "x", role: str = "cross") -> Series:
    return Series(np.array(x), np.array(y), role, glyph)


def curve(x: Array, y: Array) -> Series:
    return Series(x, y, "line")


def texts(rows: list[Row]) -> list[str]:
    return [plain(row) for row in rows]


def size(rows: list[Row]) -> set[tuple[int, int]]:
    return {(width_of(row), len(rows)) for row in rows}


@pytest.mark.parametrize(("axis", "columns", "lines"), [(AXIS, 38, 11), (BARE, 40, 12)])
@pytest.mark.parametrize("count", [500, 100_000])
def test_every_cell_with_a_mark_has_one_and_no_other(axis: Axis, columns: int, lines: int, count: int) -> None:
    x, y = np.random.default_rng(count).uniform(0.0, 10.0, (2, count))
    x[0], y[1] = 10.0, 10.0
    line, column = lines - 1 - cell_of(y, (0.0, 10.0), lines), cell_of(x, (0.0, 10.0), columns)
    rows = [text[-columns:] for text in texts(chart(40, 12, [marks(x, y, "@")], axis, axis))]
    drawn = {(number, place) for number, row in enumerate(rows) for place, sign in enumerate(row) if sign == "@"}
    assert drawn == set(zip(line.tolist(), column.tolist(), strict=True))


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize(("cells", "height"), [(8, 4), (38, 3), (72, 14), (190, 50), (2, 1)])
def test_the_size_is_exact(cells: int, height: int, unicode: bool) -> None:
    x = np.linspace(0, 10, 50)
    series = [curve(x, x), marks([1.0], [2.0])]
    assert size(chart(cells, height, series, BARE, BARE, unicode)) == {(cells, height)}
    assert size(chart(cells, height, [], AXIS, AXIS, unicode)) == {(cells, height)}


def test_a_chart_of_marks() -> None:
    rows = texts(chart(11, 5, [marks([0, 5, 10], [0, 5, 10]), marks([5], [0], "o")], BARE, BARE))
    assert rows == ["          x", "           ", "     x     ", "           ", "x    o     "]


def test_labels_stand_at_their_values() -> None:
    rows = texts(chart(14, 4, [], AXIS, Axis(0.0, 10.0, ((0.0, "low "), (10.0, "top ")))))
    assert [row[:4] for row in rows] == ["top ", "    ", "low ", "    "]
    assert rows[3].split() == ["0", "10"]


def test_later_series_lie_on_top() -> None:
    rows = chart(3, 1, [marks([5], [5], "a"), marks([5], [5], "b")], BARE, BARE)
    assert texts(rows) == [" b "]


def test_a_role_comes_back_as_the_ink_of_its_span() -> None:
    for role in ("dim", "accent", "cross", "circle", "line", "old"):
        (row,) = chart(3, 1, [marks([5], [5], "a", role)], BARE, BARE)
        assert ("a", Ink(role)) in row
    (_, labels) = chart(14, 2, [], AXIS, BARE)
    assert {ink for text, ink in labels if text.strip()} == {DIM}


@pytest.mark.parametrize(("unicode", "signs"), [(True, set("⣀⠤⠒⠉⡠⠔⠊⢀⣀⠔⠑⠢⡀⠁⠈⠐⠂⠄⠠")), (False, {"*"})])
def test_a_curve_is_unbroken(unicode: bool, signs: set[str]) -> None:
    x = np.linspace(0, 10, 200)
    rows = texts(chart(40, 10, [curve(x, 5 + 4 * np.sin(x))], BARE, BARE, unicode))
    drawn = [{row[column] for row in rows} - {" "} for column in range(40)]
    assert all(drawn)
    assert unicode or set().union(*drawn) == signs
    assert not unicode or all(0x2800 < ord(sign) < 0x2900 for sign in set().union(*drawn))


def test_a_curve_goes_through_its_values() -> None:
    x = np.linspace(0, 10, 400)
    rows = texts(chart(41, 21, [curve(x, x * x / 10)], BARE, BARE, False))
    for column in range(0, 41, 4):
        value = (column / 4) ** 2 / 10
        assert rows[20 - round(2 * value)][column] == "*" or rows[20 - math.floor(2 * value)][column] == "*"


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[float], list[float]]]:
    """What plotext is handed to draw."""
    seen: list[tuple[list[float], list[float]]] = []
    signal = plotext.figure.signal

    def watched(x: list[float], y: list[float], *args: Any, **kwargs: Any) -> Any:
        seen.append((list(x), list(y)))
        return signal(x, y, *args, **kwargs)

    monkeypatch.setattr(plotext.figure, "signal", watched)
    return seen


BAD = (math.nan, math.inf, -math.inf, 1e300, -1e300, -1.0, 10.5)
numbers = st.sampled_from(BAD) | st.floats(-5, 15) | st.floats()


@given(data=st.lists(st.tuples(numbers, numbers), max_size=30), glyph=st.sampled_from(["", "x"]))
def test_only_finite_values_inside_the_limits_reach_plotext(data: list[tuple[float, float]], glyph: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        seen: list[float] = []
        signal = plotext.figure.signal
        patch.setattr(plotext.figure, "signal", lambda x, y, **more: (seen.extend([*x, *y]), signal(x, y, **more))[1])
        x, y = (np.array([pair[axis] for pair in data], dtype=float) for axis in (0, 1))
        rows = chart(12, 4, [Series(x, y, "line", glyph)], BARE, BARE)
        assert all(0.0 <= value < 11.5 for value in seen)  # the last cell ends there
        assert size(rows) == {(12, 4)}


def test_a_curve_that_leaves_the_plot_is_drawn_in_pieces(handed: list[tuple[list[float], list[float]]]) -> None:
    x = np.linspace(0, 10, 101)
    y = np.where((x > 3) & (x < 6), math.nan, np.where(x > 9, 1e300, 5.0))
    rows = texts(chart(31, 3, [curve(x, y)], BARE, BARE, False))
    assert [xs for xs, _ in handed] == [pytest.approx([0.0, 9.0, 18.0, 27.0, 27.0])]
    assert rows[1] == "*" * 10 + " " * 8 + "*" * 10 + " " * 3


def test_a_hundred_thousand_values_are_thinned(handed: list[tuple[list[float], list[float]]]) -> None:
    x = np.linspace(0, 10, 100_000)
    rows = chart(60, 10, [curve(x, 5 + 5 * np.sin(1000 * x))], BARE, BARE)
    assert size(rows) == {(60, 10)}
    assert len(handed[0][0]) <= 120
    assert (handed[0][0][0], handed[0][0][-1]) == (0.25, 59.25)


def test_charts_do_not_leak_into_each_other() -> None:
    first = texts(chart(11, 5, [marks([1], [1])], AXIS, AXIS))
    chart(40, 20, [marks([9], [9])], BARE, BARE)
    assert texts(chart(11, 5, [], BARE, BARE)) == [" " * 11] * 5
    assert texts(chart(11, 5, [marks([1], [1])], AXIS, AXIS)) == first


def labels(axis: Axis) -> list[str]:
    return [label.strip() for _, label in axis.ticks]


class TestValueAxis:
    def test_the_lowest_value_is_drawn_even_where_the_round_end_is_rounded_over_it(self) -> None:
        # 136 · 0.05 is 6.800000000000001.
        rows = texts(chart(20, 5, [marks([5], [6.8])], BARE, value_axis(6.8, 7.294, 5)))
        assert "x" in rows[-1]

    def test_it_has_a_line_at_0_and_on_a_high_chart_at_each_tick(self) -> None:
        assert value_axis(-1.0, 1.0, 8).lines == (0.0,)
        assert value_axis(0.0, 1.0, 8).lines == ()
        assert value_axis(-1.0, 1.0, 3).lines == ()
        assert value_axis(0.0, 3.0, 15).lines == (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)

    def test_a_log_axis_is_labelled_with_what_the_logs_are_of(self) -> None:
        assert labels(log_axis(-2.9, 2.0, 5)) == ["0.001", "100"]
        assert log_axis(-2.9, 2.0, 5).low == -3.0

    @given(st.floats(-1e307, 1e307), st.floats(-1e307, 1e307), st.integers(1, 60))
    @example(0.0, 5e-324, 8)
    @example(-5e-324, 0.0, 8)
    def test_it_holds_all_values_and_its_labels_are_of_one_width(self, one: float, other: float, height: int) -> None:
        low, high = min(one, other), max(one, other)
        axis = value_axis(low, high, height)
        assert axis.low <= low
        assert high <= axis.high
        assert axis.low < axis.high
        assert len({len(label) for _, label in axis.ticks}) == 1


class TestPresent:
    AXIS = range_axis(-2.0, 2.0, 41, "b", (-0.4, "-0.4"))

    def row(self, axis: Axis, columns: int = 41) -> str:
        return texts(chart(columns, 2, [], axis, BARE))[1]

    def test_its_mark_is_under_its_column_and_its_name_and_number_beside_it(self) -> None:
        assert self.row(self.AXIS) == "-2       -1     ▲ b -0.4      1         2"
        assert self.row(self.AXIS).index("▲") == cell_of(np.array([-0.4]), (-2.0, 2.0), 41)[0]

    def test_it_is_told_apart_from_the_ticks_by_its_ink(self) -> None:
        spans = dict(chart(41, 2, [], self.AXIS, BARE)[1])
        assert spans["▲ b -0.4"] == Ink("accent")

    def test_at_the_right_end_its_text_stands_before_its_mark(self) -> None:
        assert self.row(replace(self.AXIS, present=(2.0, "2"))).endswith(" b 2 ▲")

    @pytest.mark.parametrize("present", [None, (7.0, "7")])
    def test_without_it_the_name_stands_between_the_last_two_ticks(self, present: tuple[float, str] | None) -> None:
        assert self.row(replace(self.AXIS, present=present)) == "-2       -1         0         1    b    2"

    @given(st.floats(-2.0, 2.0), st.integers(1, 60))
    def test_no_two_labels_touch(self, value: float, columns: int) -> None:
        found = sorted(range_axis(-2.0, 2.0, columns, "b", (value, f"{value:.2f}")).labels(columns))
        ends = [start + len(text) for start, text, _ in found]
        assert all(end < start for end, (start, *_) in zip(ends, found[1:], strict=False))
        assert all(start >= 0 and end <= columns for end, (start, *_) in zip(ends, found, strict=True))


class TestCrossing:
    X = np.linspace(0.0, 10.0, 160)

    def cells(self, *series: Series) -> dict[tuple[int, int], tuple[str, str | None]]:
        rows = chart(40, 10, series, BARE, BARE)
        return {
            (line, start + at): (sign, ink.fg)
            for line, row in enumerate(rows)
            for start, (text, ink) in zip(accumulate((len(text) for text, _ in row), initial=0), row, strict=False)
            for at, sign in enumerate(text)
            if sign != " "
        }

    def test_each_curve_keeps_its_colour_and_its_dots(self) -> None:
        under, over = Series(self.X, self.X, "line"), Series(self.X, 10.0 - self.X, "accent")
        alone = [self.cells(each) for each in (under, over)]
        both = self.cells(under, over)
        assert both.keys() == alone[0].keys() | alone[1].keys()
        assert all(found in (alone[0].get(cell), alone[1].get(cell)) for cell, found in both.items())

    def test_where_they_share_cells_they_take_turns(self) -> None:
        flat = Series(self.X, np.full(160, 5.1), "line"), Series(self.X, np.full(160, 5.2), "accent")
        row = "".join({"line": "l", "accent": "a"}[role or ""] for _, (_, role) in sorted(self.cells(*flat).items()))
        assert row == "llaa" * 10

    def test_a_mark_is_on_top_of_both(self) -> None:
        flat = Series(self.X, np.full(160, 5.1), "line"), Series(self.X, np.full(160, 5.2), "accent")
        found = self.cells(*flat, marks([3.0, 4.0, 5.0], [5.1, 5.1, 5.1]))
        assert [sign for sign, _ in found.values()].count("x") == 3

    def test_a_curve_under_another_one_altogether_is_not_drawn(self) -> None:
        under, over = Series(self.X, self.X, "dim"), Series(self.X, self.X, "line")
        assert self.cells(under, over) == self.cells(over)


def dot_rows(rows: list[Row]) -> set[tuple[int, int]]:
    """Where there are braille dots: the row, and which of the four rows of its dots, by their bits."""
    cells = [(row, ord(sign)) for row, line in enumerate(rows) for sign in plain(line) if 0x2800 < ord(sign) < 0x2900]
    return {(row, bits) for row, code in cells for bits in (0x09, 0x12, 0x24, 0xC0) if code & bits}


class TestLines:
    AXIS = Axis(0.0, 10.0, lines=(5.0,))

    def test_they_lie_under_the_curves_in_an_ink_of_their_own(self) -> None:
        x = np.linspace(0.0, 4.0, 60)
        row = chart(21, 11, [curve(x, np.full(60, 5.0))], BARE, self.AXIS)[5]
        assert row[-1] == ("⠂" * 12, Ink("grid"))
        assert all(0x2800 < ord(sign) < 0x2900 for sign in plain(row)[:9])

    @given(st.floats(-100.0, 100.0), st.floats(0.01, 100.0), st.integers(12, 60), st.booleans())
    def test_a_curve_with_the_value_of_a_tick_lies_on_its_line_and_in_the_row_of_its_label(
        self, low: float, span: float, height: int, logarithmic: bool
    ) -> None:
        axis = (log_axis if logarithmic else value_axis)(low, low + span, height)
        across = Axis(0.0, 10.0, ((0.0, "0"),))
        for value, label in axis.ticks:
            if value in axis.lines:
                level = curve(np.array([0.0, 10.0]), np.array([value, value]))
                drawn = [
                    chart(40, height, series, across, replace(axis, lines=lines))
                    for series, lines in (([level], ()), ([], (value,)))
                ]
                on_curve, on_line = map(dot_rows, drawn)
                assert on_curve == on_line
                assert {plain(drawn[0][row])[: axis.gutter] for row, _ in on_line} == {label}

    def test_where_curves_are_signs_there_are_none(self) -> None:
        assert not "".join(texts(chart(21, 11, [], self.AXIS, self.AXIS, False))).strip()


class TestMarks:
    @pytest.mark.parametrize("unicode", [True, False])
    def test_they_lie_on_their_curve(self, unicode: bool) -> None:
        """Without the marks the curve goes through the very cells where they are."""
        for seed in range(60):
            random = np.random.default_rng(seed)
            columns, lines = int(random.integers(20, 100)), int(random.integers(4, 30))
            x, (a, b, c, d) = np.linspace(0.0, 10.0, 4 * columns), random.normal(size=4)
            at = random.uniform(0.0, 10.0, 5)
            y, there = (a * each + b * (each - 5.0) ** 2 + c * np.sin(d * each) for each in (x, at))
            up = value_axis(float(y.min()), float(y.max()), lines + 1)
            up = replace(up, ticks=())
            on = marks(at, there, " ")
            drawn = texts(chart(columns, lines, [on, curve(x, y)], BARE, up, unicode))
            for place, value in zip(at, there, strict=True):
                column = cell_of(np.array([place]), (0.0, 10.0), columns)[0]
                line = lines - 1 - cell_of(np.array([value]), (up.low, up.high), lines)[0]
                assert drawn[line][column] != " "


def test_a_level_curve_half_way_between_two_rows_has_its_marks_on_it() -> None:
    x = np.linspace(0.0, 10.0, 40)
    for unicode in (True, False):
        rows = texts(chart(20, 8, [curve(x, np.full(40, 5.0)), marks([5.0], [5.0], "@")], BARE, BARE, unicode))
        assert [row.count(" ") for row in rows if row.strip()] == [0]


def test_a_curve_that_leaves_the_plot_goes_on_to_its_edge() -> None:
    x = np.array([0.0, 4.0, 6.0, 10.0])
    rows = texts(chart(41, 11, [curve(x, np.array([5.0, 5.0, 50.0, 50.0]))], BARE, BARE, False))
    assert rows[5].startswith("*" * 17)
    assert all(rows[line].strip() for line in range(6))


class TestSteps:
    X = np.linspace(0.0, 10.0, 160)

    def test_jumps_are_not_drawn(self) -> None:
        y = np.where(self.X < 5.0, 2.0, 8.0)
        rows = texts(chart(40, 11, [Series(self.X, y, "cross", steps=True)], BARE, BARE, False))
        assert {row.strip() for row in rows} == {"", "+" * 20, "+" * 21}
        assert rows[2] == " " * 20 + "+" * 20
        assert rows[8] == "+" * 21 + " " * 19

    def test_a_value_holds_until_the_next(self) -> None:
        entry = Series(np.array([0.0, 5.0, 10.0]), np.array([2.0, 8.0, 4.0]), "cross", steps=True)
        rows = texts(chart(41, 11, [entry], BARE, BARE, False))
        assert [rows[line].count("+") for line in (8, 2, 6)] == [21, 21, 1]


def test_a_line_that_goes_straight_up_or_stands_still_is_drawn() -> None:
    """The corners of a line are looked for between its ends only: two places over each other once had no end."""
    x, y = np.array([1.0, 3.0, 3.0, 3.0]), np.array([0.0, 0.0, 4.0, 4.0])
    rows = chart(30, 8, [Series(x, y, "line")], Axis(0, 4), Axis(0, 5), unicode=False)
    assert sum("*" in plain(row) for row in rows) > 4

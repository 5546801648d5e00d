"""Charts: exact in size, points where they belong, and nothing that plotext cannot bear ever reaches it."""

import math
from typing import Any

import numpy as np
import plotext
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.replay.program import Array
from tui.plots.charts import Axis, Series, chart, value_axis
from tui.plots.field import cell_of
from tui.plots.rows import DIM, Ink, Row, plain, width

AXIS = Axis(0.0, 10.0, ((0.0, "0"), (10.0, "10")))
BARE = Axis(0.0, 10.0)


def marks(x: list[float] | Array, y: list[float] | Array, glyph: str = "x", role: str = "cross") -> Series:
    return Series(np.array(x), np.array(y), role, glyph)


def curve(x: Array, y: Array) -> Series:
    return Series(x, y, "line")


def texts(rows: list[Row]) -> list[str]:
    return [plain(row) for row in rows]


def size(rows: list[Row]) -> set[tuple[int, int]]:
    return {(width(row), len(rows)) for row in rows}


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
        assert all(0.0 <= value <= 10.0 for value in seen)
        assert size(rows) == {(12, 4)}


def test_a_curve_that_leaves_the_plot_is_drawn_in_pieces(handed: list[tuple[list[float], list[float]]]) -> None:
    x = np.linspace(0, 10, 101)
    y = np.where((x > 3) & (x < 6), math.nan, np.where(x > 9, 1e300, 5.0))
    rows = texts(chart(31, 3, [curve(x, y)], BARE, BARE, False))
    assert [end for xs, _ in handed for end in (xs[0], xs[-1])] == pytest.approx([0.0, 3.0, 6.0, 9.0])
    assert rows[1] == "*" * 10 + " " * 8 + "*" * 10 + " " * 3


def test_a_hundred_thousand_values_are_thinned(handed: list[tuple[list[float], list[float]]]) -> None:
    x = np.linspace(0, 10, 100_000)
    rows = chart(60, 10, [curve(x, 5 + 5 * np.sin(1000 * x))], BARE, BARE)
    assert size(rows) == {(60, 10)}
    assert len(handed[0][0]) <= 120
    assert (handed[0][0][0], handed[0][0][-1]) == (0.0, 10.0)


def test_charts_do_not_leak_into_each_other() -> None:
    first = texts(chart(11, 5, [marks([1], [1])], AXIS, AXIS))
    chart(40, 20, [marks([9], [9])], BARE, BARE)
    assert texts(chart(11, 5, [], BARE, BARE)) == [" " * 11] * 5
    assert texts(chart(11, 5, [marks([1], [1])], AXIS, AXIS)) == first


class TestValueAxis:
    @pytest.mark.parametrize(
        ("low", "high", "ends"),
        [(5.7337, 5.7766, (5.73, 5.78)), (0.0, 5.8, (0.0, 6.0)), (2.0, 2.0, (1.5, 2.5)), (0.0, 0.0, (-0.5, 0.5)),
         (-39.9, 0.1, (-40.0, 5.0)), (7.0, 7.0, (6.5, 7.5))],
    )  # fmt: skip
    def test_its_ends_are_round(self, low: float, high: float, ends: tuple[float, float]) -> None:
        axis = value_axis(low, high, 4)
        assert (axis.low, axis.high) == pytest.approx(ends)

    def test_the_lowest_value_is_drawn_even_where_the_round_end_is_rounded_over_it(self) -> None:
        # 136 · 0.05 is 6.800000000000001.
        rows = texts(chart(20, 5, [marks([5], [6.8])], BARE, value_axis(6.8, 7.294, 5)))
        assert "x" in rows[-1]

    def test_it_has_a_label_at_each_end_and_one_between_where_there_is_room(self) -> None:
        assert [label for _, label in value_axis(0.0, 5.8, 5).ticks] == ["     0 ", "     6 "]
        assert [label for _, label in value_axis(0.0, 5.8, 6).ticks] == ["     0 ", "     3 ", "     6 "]

    def test_no_two_labels_are_the_same(self) -> None:
        assert [label.strip() for _, label in value_axis(1e16 - 2e10, 1e16 + 2e10, 8).ticks] == ["1e+16"]
        assert len(value_axis(0.0, 5.8, 8).ticks) == 3

    def test_a_log_axis_is_labelled_with_what_the_logs_are_of(self) -> None:
        labels = value_axis(-3.0, 2.0, 5, lambda value: 10.0**value).ticks
        assert [label.strip() for _, label in labels] == ["0.001", "100"]

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


def test_a_line_that_goes_straight_up_or_stands_still_is_drawn() -> None:
    """The corners of a line are looked for between its ends only: two places over each other once had no end."""
    x, y = np.array([1.0, 3.0, 3.0, 3.0]), np.array([0.0, 0.0, 4.0, 4.0])
    rows = chart(30, 8, [Series(x, y, "line")], Axis(0, 4), Axis(0, 5), unicode=False)
    assert sum("*" in plain(row) for row in rows) > 4

"""Points as signs: large where there is room, never cut, their marks told apart without colour."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.plots.points.shapes import Grid
from tui.plots.points.signs import SINGLE, Form, Marked, Marks, Places, form_of, scatter
from tui.plots.rows import CIRCLE, CROSS, Ink, Overlay

PLATE = Ink("accent")
WRONG = Marked(True)
RING = Ink("line", bold=True)
SIZES = [(33, 17), (44, 22), (65, 33), (103, 52), (150, 70)]
# x across and y down, as parts of the plane; the lecture's ten have their outermost at such corners.
CORNERS = [(0.05, 0.05), (0.95, 0.05), (0.05, 0.95), (0.95, 0.95)]


def places(points: list[tuple[float, float]], y: list[float], width: int, height: int) -> Places:
    x, down = np.array(points).T
    return Places(x * (width - 1), down * (height - 1), np.array(y), width, height)


def picture(overlay: Overlay, width: int) -> list[str]:
    return ["".join(line.get(column, (".", None))[0] for column in range(width)) for line in overlay]


def crop(rows: list[str]) -> list[str]:
    """Without the empty rows and columns around."""
    kept = [row for row in rows if row.strip(".")]
    left = min(len(row) - len(row.lstrip(".")) for row in kept)
    return [row[left:].rstrip(".") for row in kept]


def one(y: float, marked: Marked | None, form: Form) -> list[str]:
    """A point in the middle of an odd number of lines of cells, as a form draws it."""
    at = places([(0.5, 0.5)], [y], 41, 21)
    return crop(picture(scatter(at, form, ((0, marked),) if marked else ()), 41))


@pytest.mark.parametrize("unicode", [True, False])
def test_signs_grow_with_the_plane(unicode: bool) -> None:
    forms = [form_of(places(CORNERS, [1.0, -1.0, 1.0, -1.0], *size), unicode) for size in SIZES]
    assert [form.cells for form in forms] == [1, 3, 3, 5, 7]
    assert forms[0] == SINGLE
    assert all(unicode or form.grid is Grid.LETTERS for form in forms)


def test_signs_are_small_where_many_would_hide_one_another() -> None:
    side = np.linspace(0.2, 0.8, 10)
    crowd = [(float(x), float(y)) for x in side for y in side]
    assert form_of(places(crowd, [1.0] * 100, 65, 33), True).cells < 3
    assert form_of(places([(0.5, 0.5)] * 2 + CORNERS * 3, [1.0] * 14, 65, 33), True) == SINGLE


@pytest.mark.parametrize(("width", "height", "cells"), [(30, 80, 3), (29, 80, 1), (100, 15, 3), (100, 14, 1)])
def test_ten_signs_have_room_side_by_side_and_one_above_the_other(width: int, height: int, cells: int) -> None:
    assert form_of(places([(0.5, 0.5)], [1.0], width, height), True).cells == cells


@pytest.mark.parametrize(
    ("points", "apart", "pairs"),
    [
        (12, 3, 2),  # beside each other: of few points four may be, of many a quarter
        (24, 3, 3),
        (12, 0, 1),  # at one place: of few points three may be, of many one of twelve
        (50, 0, 2),
    ],
)
def test_only_so_many_points_may_come_near_one_another(points: int, apart: int, pairs: int) -> None:
    for close, cells in ((pairs, 3), (pairs + 1, 1)):
        alone = [(5 + 8 * (at % 8), 3 + 5 * (at // 8)) for at in range(points - close)]
        beside = [(column + apart, line) for column, line in alone[:close]]
        columns, lines = np.array(alone + beside, dtype=float).T
        assert form_of(Places(columns, lines, np.ones(points), 70, 38), True).cells == cells


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8),
    st.sampled_from(SIZES),
    st.booleans(),
    st.booleans(),
)
def test_nothing_of_a_marked_point_is_cut(
    points: list[tuple[float, float]], size: tuple[int, int], unicode: bool, plate: bool
) -> None:
    """However near the edge: drawn with a wide empty margin around, the same signs look the same."""
    width, height = size
    at = places(points, [1.0] * len(points), width, height)
    form = form_of(at, unicode)
    if form == SINGLE:
        return
    marks = tuple((index, Marked(True, PLATE if plate else None)) for index in range(len(points)))
    wide = Places(at.columns + 12, at.lines + 12, at.y, width + 24, height + 24)
    found, free = scatter(at, form, marks), scatter(wide, form, marks)
    assert found == [{column - 12: span for column, span in line.items()} for line in free[12:-12]]
    assert not any(free[:12] + free[-12:])


def test_the_classes_have_shapes_of_their_own() -> None:
    quadrants = Form(3, 3, Grid.QUADRANTS)
    assert one(-1.0, None, quadrants) == ["▟█▙", "▝▀▘"]
    assert one(1.0, None, quadrants) == ["▀▄▀", "▀.▀"]
    assert one(-1.0, None, Form(5, 3, Grid.LETTERS)) == [" ○○○ ", "○○○○○", " ○○○ "]
    assert one(1.0, None, Form(5, 3, Grid.LETTERS)) == ["×× ××", " ××× ", "×× ××"]


@pytest.mark.parametrize("form", [SINGLE, Form(3, 1, Grid.LETTERS)])
def test_brackets_of_letters_stand_on_both_sides(form: Form) -> None:
    (row,) = one(-1.0, WRONG, form)
    assert (row[0], row[-1], len(row)) == ("(", ")", form.cells + 2)


@pytest.mark.parametrize("y", [-1.0, 1.0])
@pytest.mark.parametrize("form", [Form(3, 3, Grid.QUADRANTS), Form(5, 5, Grid.QUADRANTS), Form(7, 7, Grid.QUADRANTS)])
def test_every_mark_is_told_without_colour(y: float, form: Form) -> None:
    looks = [Marked(wrong, plate) for wrong in (False, True) for plate in (None, PLATE)]
    drawn = {"\n".join(one(y, look, form)) for look in looks}
    assert len(drawn) == len(looks)


def test_a_sign_of_letters_with_a_plate_is_reversed_as_a_whole() -> None:
    form = Form(5, 3, Grid.LETTERS)
    overlay = scatter(places([(0.5, 0.5)], [1.0], 41, 21), form, ((0, Marked(plate=PLATE)),))
    spans = [span for line in overlay for span in line.values()]
    assert len(spans) == 15
    assert all(ink == PLATE._replace(reverse=True) for _, ink in spans)


def test_two_wrong_neighbours_without_room_stand_in_one_pair_of_brackets() -> None:
    def row(*columns: int) -> str:
        at = Places(np.array(columns, float), np.zeros(len(columns)), np.full(len(columns), -1.0), 12, 1)
        return picture(scatter(at, SINGLE, tuple((index, WRONG) for index in range(len(columns)))), 12)[0]

    assert row(2, 3) == ".(○○)......."
    assert row(2, 4) == ".(○|○)......"
    assert row(2, 5) == ".(○)(○)....."
    assert row(2, 4, 6) == ".(○|○|○)...."


def test_a_wrong_point_whose_bracket_would_be_covered_has_a_plate_of_their_ink() -> None:
    """At 0.03 apart, `(○×` said nothing of the ○, and `(○×○)` that the × is wrong."""

    def row(*points: tuple[float, float], wrong: tuple[int, ...]) -> dict[int, tuple[str, bool]]:
        columns, y = np.array(points).T
        at = Places(columns, np.zeros(len(points)), y, 12, 1)
        (line,) = scatter(at, SINGLE, tuple((index, WRONG) for index in wrong))
        return {column: (text, ink.reverse) for column, (text, ink) in line.items()}

    pair = row((2.0, -1.0), (3.0, 1.0), wrong=(0,))
    assert pair == {1: ("(", False), 2: ("○", True), 3: ("×", False)}
    between = row((2.0, -1.0), (3.0, 1.0), (4.0, -1.0), wrong=(0, 2))
    assert between == {1: ("(", False), 2: ("○", True), 3: ("×", False), 4: ("○", True), 5: (")", False)}


@pytest.mark.parametrize(("across", "down"), [(4, 0), (8, 3), (4, 1), (0, 2), (6, 6)])
def test_wrong_neighbours_are_counted_one_by_one(across: int, down: int) -> None:
    """At 80x24 two of the lecture's four shared one pair of brackets, at 120x40 their brackets merged into one."""
    columns, lines = np.array([20.0, 20.0 + across / 2]), np.array([10.0, 10.0 + down / 2])
    at = Places(columns, lines, np.array([-1.0, -1.0]), 41, 21)
    overlay = scatter(at, Form(3, 3, Grid.QUADRANTS), ((0, WRONG), (1, WRONG)))
    for column, line in zip(columns.tolist(), lines.tolist(), strict=True):
        assert overlay[int(line + 0.5)][int(column)][1].bg == "ringed-"
    assert {ink for row in overlay for _, ink in row.values()} == {RING, RING._replace(bg="ringed-"), Ink(bg="ringed-")}


def test_a_ring_covers_no_sign_near_it() -> None:
    columns, lines = np.array([20.0, 22.0]), np.array([10.0, 8.5])
    at = Places(columns, lines, np.array([-1.0, 1.0]), 41, 21)
    form = Form(3, 3, Grid.QUADRANTS)
    near = scatter(at, form, ((0, WRONG),))
    alone = scatter(Places(columns[1:], lines[1:], at.y[1:], 41, 21), form)
    assert all(near[line][column] == span for line, row in enumerate(alone) for column, span in row.items())


def test_both_of_two_signs_that_overlap_are_seen() -> None:
    form = Form(5, 5, Grid.QUADRANTS)
    apart = scatter(places([(0.4, 0.5), (0.48, 0.5)], [-1.0, 1.0], 41, 21), form)
    inks = {ink for line in apart for _, ink in line.values()}
    assert inks == {CIRCLE, CROSS}
    alone = scatter(places([(0.48, 0.5)], [1.0], 41, 21), form)
    cross = {(at, column): span for at, line in enumerate(alone) for column, span in line.items()}
    assert all(apart[at][column] == span for (at, column), span in cross.items())


def test_marks_alone_leave_the_other_cells_to_the_signs_that_are_there() -> None:
    at = Places(np.array([2.0, 6.0]), np.zeros(2), np.array([-1.0, 1.0]), 10, 1)
    marks: Marks = ((0, WRONG), (1, Marked(plate=PLATE)))
    (line,) = scatter(at, SINGLE, marks, alone=True)
    assert {column: text for column, (text, _) in line.items()} == {1: "(", 3: ")", 6: "×"}

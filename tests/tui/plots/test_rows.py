"""Rows: cut, filled, wrapped and framed to the cell, whatever stands in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.plots.rows import (
    ACCENT,
    BOLD,
    DIM,
    FRAME,
    TEXT,
    Ink,
    Row,
    cropped,
    dropped,
    fit,
    frame,
    joined,
    plain,
    row,
    spread,
    whole,
    width_of,
    wrap,
)

WIDE = "漢字"  # two cells a character
words = st.text(st.sampled_from("ab ○×漢é-⠢")).filter(lambda text: "\n" not in text)
rows = st.lists(st.tuples(words, st.sampled_from([TEXT, BOLD, DIM])), max_size=4).map(tuple)


def test_a_bare_string_is_ordinary_text() -> None:
    assert row("a", ("b", BOLD)) == (("a", TEXT), ("b", BOLD))
    assert plain(row("a", ("b", BOLD))) == "ab"
    assert width_of(row("a", WIDE)) == 5


@pytest.mark.parametrize(
    ("line", "cells", "text"),
    [(row("abc"), 5, "abc  "), (row("abc"), 3, "abc"), (row("abc"), 2, "a…"), (row(), 2, "  "),
     (row(WIDE), 3, "漢…"), (row("ab", "cd"), 3, "ab…"), (row("ab", "cd"), 0, ""), (row("ab  "), 2, "ab"),
     (row("a -0.3543"), 4, "a … "), (row("a -0.3543"), 8, "a …     "), (row("a 12 b"), 5, "a 12…"),
     (row("-0.3543"), 4, "…   ")],
)  # fmt: skip
def test_fit(line: Row, cells: int, text: str) -> None:
    assert plain(fit(line, cells)) == text


@given(rows, st.integers(0, 12))
def test_fit_is_exact_and_marks_what_it_cuts(line: Row, cells: int) -> None:
    fitted = fit(line, cells)
    assert width_of(fitted) == cells
    text, kept = plain(line).rstrip(), plain(fitted).rstrip()
    assert kept == text or cells == 0 or (kept.endswith("…") and text.startswith(kept[:-1].rstrip()))


@given(rows, st.integers(0, 12))
def test_a_crop_is_exact(line: Row, cells: int) -> None:
    piece = cropped(line, cells)
    assert width_of(piece) == cells
    assert plain(line).startswith(plain(piece).rstrip())


@pytest.mark.parametrize(
    ("cells", "text"),
    [(40, "loss 5.7766  errors 4  ledger"), (28, "loss 5.7766  errors 4"), (20, "loss 5.7766"), (8, "loss …  ")],
)
def test_parts_are_left_out_whole(cells: int, text: str) -> None:
    assert plain(whole(row("loss ", ("5.7766", BOLD), "  errors 4  ", ("ledger", DIM)), cells)) == text


def test_fit_keeps_the_inks() -> None:
    assert fit(row(("abc", BOLD), ("d", DIM)), 6, DIM) == (("abc", BOLD), ("d", DIM), ("  ", DIM))


@pytest.mark.parametrize(
    ("left", "right", "cells", "text"),
    [("ab", "cd", 6, "ab  cd"), ("abcd", "ef", 5, "a… ef"), ("abcd", "ef", 6, "ab… ef"), ("ab", "cdef", 3, " c…")],
)
def test_spread(left: str, right: str, cells: int, text: str) -> None:
    assert plain(spread(row(left), row(right), cells)) == text


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [("a bc d", 4, ["a bc", "d"]), ("", 4, [""]), ("abcdef", 4, ["abcd", "ef"]), ("y-m ab", 4, ["y-m", "ab"]),
     ("a b", 0, ["a", "b"])],
)  # fmt: skip
def test_wrap(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


def test_a_frame() -> None:
    drawn = [plain(line) for line in frame(row("title"), [row("a"), row("bcdefghijkl")], 10, 5, foot=row("f"))]
    assert drawn == ["┌─ title ┐", "│a       │", "│bcdefgh…│", "│        │", "└─ f ────┘"]


def test_rows_that_have_no_room_are_marked() -> None:
    drawn = [plain(line) for line in frame(row("t"), [row("a"), row("b"), row("c")], 8, 4)]
    assert drawn[1:] == ["│a     │", "│b     │", "└─ … ──┘"]
    blank = [plain(line) for line in frame(row("t"), [row("a"), row("b"), row(" ")], 8, 4)]
    assert blank[1:] == ["│a     │", "│b     │", "└──────┘"]


def test_a_foot_without_a_text_leaves_the_edge_whole() -> None:
    assert plain(frame(row("title"), [], 10, 3, foot=row(""))[-1]) == "└────────┘"


def test_a_text_of_blanks_alone_fills_no_more_than_there_is() -> None:
    assert plain(whole(row("   "), 1)) == " "
    assert plain(frame((), [], 4, 2, foot=row(" "))[-1]) == "└─ ┘"


def test_a_focused_frame_shows_it_without_colour_too() -> None:
    focused, quiet = (frame(row("title"), [], 20, 3, focus)[0] for focus in (True, False))
    assert plain(focused) == "┌━ title ━━━━━━━━━━┐"
    assert (focused[0][1], quiet[0][1]) == (ACCENT, FRAME)


@given(rows, st.lists(rows, max_size=6), rows, st.integers(4, 20), st.integers(2, 8), st.booleans())
def test_a_frame_is_exact(title: Row, body: list[Row], foot: Row, cells: int, height: int, focused: bool) -> None:
    drawn = frame(title, body, cells, height, focused, foot)
    assert [width_of(line) for line in drawn] == [cells] * height
    corners = [plain(line)[0] + plain(line)[-1] for line in (drawn[0], drawn[-1])]
    assert corners == ["┌┐", "└┘"]


def test_two_boxes_share_an_edge() -> None:
    edge = frame(row("loss"), [], 12, 2)[0]
    assert plain(joined(edge)) == "├─ loss ───┤"
    assert [ink for _, ink in joined(edge)] == [ink for _, ink in edge]


def test_inks_are_values() -> None:
    assert Ink("dim") == DIM
    assert cell_len(WIDE) == 4


@pytest.mark.parametrize(("cells", "left"), [(0, "ab漢c"), (1, "b漢c"), (2, "漢c"), (3, " c"), (4, "c"), (5, "")])
def test_a_row_without_its_first_cells(cells: int, left: str) -> None:
    assert plain(dropped(row("a", ("b漢c", DIM)), cells)) == left

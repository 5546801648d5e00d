"""What is sent for a row: read by a terminal it is the same text in the same colours, and no byte too long."""

from itertools import product

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.style import Style

from tui.plots import palette
from tui.plots.palette import encode, shade, style
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, FRAME, TEXT, Ink, Row, plain, row
from tui.terminal import Depth

ROLES = (None, *palette._ROLES)
inks = st.builds(Ink, st.sampled_from(ROLES), st.sampled_from(ROLES), st.booleans(), st.booleans())
rows = st.lists(st.tuples(st.sampled_from(["a", "×○", "  ", " b ", "│"]), inks), max_size=6).map(tuple)
PYTE = {"brown": "yellow", "brightbrown": "brightyellow"}  # its names for some colours

Cell = tuple[str, str, str, bool, bool]


def read(codes: str, cells: int) -> list[Cell]:
    """What a terminal shows: sign, colours, bold, reversed of each cell. A blank has no foreground and no weight."""
    screen = pyte.Screen(max(cells, 1), 1)
    pyte.Stream(screen).feed(codes)
    found = (screen.buffer[0][column] for column in range(cells))
    return [_cell(c.data, PYTE.get(c.fg, c.fg), PYTE.get(c.bg, c.bg), c.bold, c.reverse) for c in found]


def _cell(sign: str, fg: str, bg: str, bold: bool, reverse: bool) -> Cell:
    return (sign, "default", bg, False, False) if sign == " " and not reverse else (sign, fg, bg, bold, reverse)


def _told(color: Color | None, depth: Depth) -> str:
    """A colour as pyte names it."""
    if color is None:
        return "default"
    if depth is Depth.C16:
        color_number = color.number or 0
        return ("bright" if color_number > 7 else "") + pyte.graphics.FG_ANSI[30 + color_number % 8].replace(
            "brown", "yellow"
        )
    if color.triplet is not None:
        return color.triplet.hex[1:]
    return pyte.graphics.FG_BG_256[color.number or 0]


def wanted(line: Row, depth: Depth) -> list[Cell]:
    """The same from the styles that pictures are made with."""
    cells = []
    for text, ink in line:
        look: Style = style(ink, depth)
        for sign in text:
            fg, bg = _told(look.color, depth), _told(look.bgcolor, depth)
            cells.append(_cell(sign, fg, bg, bool(look.bold), bool(look.reverse)))
    return cells


@pytest.mark.parametrize("depth", Depth)
@given(line=rows)
def test_what_is_sent_is_what_is_meant(depth: Depth, line: Row) -> None:
    assert read(encode(line, depth), len(plain(line))) == wanted(line, depth)


@pytest.mark.parametrize("depth", Depth)
@given(line=rows)
def test_a_row_leaves_the_terminal_as_it_found_it(depth: Depth, line: Row) -> None:
    after = read(encode(line, depth) + "zz", len(plain(line)) + 2)[-2:]
    assert after == [("z", "default", "default", False, False)] * 2


@given(rows)
def test_without_colours_no_colour_is_sent(line: Row) -> None:
    for sequence in encode(line, Depth.NONE).split("\x1b[")[1:]:
        codes = sequence.partition("m")[0].split(";")
        assert set(codes) <= {"0", "1", "7", "22", "27"}


LENGTHS = {
    # Nothing to say, one colour, a colour kept over a blank, bold alone, and two shades of the field.
    "plain": (row("abc"), "abc"),
    "one colour": (row(("abc", DIM)), "\x1b[38;5;245mabc\x1b[0m"),
    "kept over blanks": (row(("a", DIM), "  ", ("b", DIM)), "\x1b[38;5;245ma  b\x1b[0m"),
    "bold": (row(("a", BOLD), "b"), "\x1b[1ma\x1b[22mb"),
    "same again": (row(("a", CROSS), ("b", CROSS)), "\x1b[38;5;210;1mab\x1b[0m"),
    "the field": (
        row((" ", Ink(None, "field+1")), (" ", Ink(None, "field+3"))),
        "\x1b[48;5;52m \x1b[48;5;88m \x1b[0m",
    ),
    "a point on the field": (
        row((" ", Ink(None, "field-3")), ("○", CIRCLE._replace(bg="field-3"))),
        "\x1b[48;5;18m \x1b[38;5;111;1m○\x1b[0m",
    ),
}


@pytest.mark.parametrize(("line", "codes"), LENGTHS.values(), ids=LENGTHS)
def test_the_shortest_form(line: Row, codes: str) -> None:
    assert encode(line, Depth.C256) == codes


@pytest.mark.parametrize("depth", [Depth.TRUE, Depth.C256])
def test_the_field_is_painted_behind_where_there_are_colours_enough(depth: Depth) -> None:
    shades = [shade(level, depth) for level in range(-4, 5)]
    assert {each.glyph for each in shades} == {" "}
    colours = [str(style(Ink(None, each.bg), depth).bgcolor) for each in shades]
    assert len(set(colours)) == (9 if depth is Depth.TRUE else 6)


@pytest.mark.parametrize("depth", [Depth.C16, Depth.NONE])
def test_elsewhere_the_field_is_a_ramp_of_glyphs_that_reads_without_colour(depth: Depth) -> None:
    shades = [shade(level, depth) for level in range(-4, 5)]
    assert {each.bg for each in shades} == {None}
    blue, red = ({each.glyph for each in part} for part in (shades[:4], shades[5:]))
    assert not blue & red
    assert shades[4].glyph == " "


@pytest.mark.parametrize("depth", Depth)
def test_red_and_blue_are_told_apart(depth: Depth) -> None:
    inks = [style(ink, depth).color for ink in (CROSS, CIRCLE)]
    assert (inks[0] == inks[1]) == (depth is Depth.NONE)


@pytest.mark.parametrize(("ink", "depth"), [*product([TEXT, ACCENT, FRAME, DIM], Depth)])
def test_an_ink_with_no_background_leaves_the_terminals_own(ink: Ink, depth: Depth) -> None:
    assert style(ink, depth).bgcolor is None

"""What is sent for a row: read by a terminal it is the same text in the same colours, and no byte too long."""

from dataclasses import replace
from itertools import product

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.style import Style

from tui.plots.colours.palette import encode, height_shade, shade, shades, style
from tui.plots.colours.themes import theme
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, FRAME, TEXT, Ink, Row, plain, row
from tui.terminal import Depth, Detail, Palette, Terminal, Theme

ROLES = (None, *theme(Theme.DARK, Palette.LECTURE))
inks = st.builds(Ink, st.sampled_from(ROLES), st.sampled_from(ROLES), st.booleans(), st.booleans())
rows = st.lists(st.tuples(st.sampled_from(["a", "×○", "  ", "   ", " b ", "│", "▀", "▀▀"]), inks), max_size=6).map(
    tuple
)
PYTE = {"brown": "yellow", "brightbrown": "brightyellow"}  # its names for some colours

PLAIN = [Terminal(depth, True, theme, palette) for depth in Depth for theme in Theme for palette in Palette]
TERMINALS = [*PLAIN, Terminal(Depth.TRUE, True, Theme.LIGHT, painted=True), Terminal(Depth.C16, True, painted=True)]
C256 = Terminal(Depth.C256, True)
IDS = [" ".join(str(part.value) for part in (t.depth, t.theme, t.palette)) + " painted" * t.painted for t in TERMINALS]

Cell = tuple[str, str, str, bool, bool]


def read(codes: str, cells: int) -> list[Cell]:
    """What a terminal shows: sign, colours, bold, reversed of each cell. A blank has no foreground and no weight,
    a half no weight; a full block reads as a blank, a lower half as an upper.
    """
    screen = pyte.Screen(max(cells, 1), 1)
    pyte.Stream(screen).feed(codes)
    found = (screen.buffer[0][column] for column in range(cells))
    return [_cell(c.data, PYTE.get(c.fg, c.fg), PYTE.get(c.bg, c.bg), c.bold, c.reverse) for c in found]


def _cell(sign: str, fg: str, bg: str, bold: bool, reverse: bool) -> Cell:
    if sign in "█▄" and not reverse:
        sign, fg, bg = (" " if sign == "█" else "▀"), bg, fg
    if sign in " ▀" and not reverse:
        return sign, "default" if sign == " " else fg, bg, False, False
    return sign, fg, bg, bold, reverse


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


def wanted(line: Row, terminal: Terminal) -> list[Cell]:
    """The same from the styles that pictures are made with."""
    cells = []
    for text, ink in line:
        look: Style = style(ink, terminal)
        for sign in text:
            fg, bg = _told(look.color, terminal.depth), _told(look.bgcolor, terminal.depth)
            cells.append(_cell(sign, fg, bg, bool(look.bold), bool(look.reverse)))
    return cells


@given(line=rows, terminal=st.sampled_from(TERMINALS))
def test_what_is_sent_is_what_is_meant(line: Row, terminal: Terminal) -> None:
    assert read(encode(line, terminal), len(plain(line))) == wanted(line, terminal)


few = st.sampled_from(["field-2", "field+1", "field+2"])
shaded = st.lists(st.tuples(st.sampled_from([" ", "▀", "⠢"]), st.builds(Ink, few, few)), max_size=9).map(tuple)


@given(line=shaded, terminal=st.sampled_from([Terminal(depth, True) for depth in Depth]))
def test_halves_look_as_they_are_meant_whichever_sign_is_sent(line: Row, terminal: Terminal) -> None:
    assert read(encode(line, terminal), len(plain(line))) == wanted(line, terminal)


def test_a_shade_that_goes_on_in_one_half_is_not_sent_again() -> None:
    below = [("▀", Ink(f"field+{shade}", f"field+{shade + 1}")) for shade in (1, 2, 3)]
    steps = [span for half in below for span in ((" ", Ink(None, half[1].fg)), half)]
    assert encode(tuple(steps), Terminal(Depth.TRUE, True)).count("8;2;") == 4


@given(line=rows, terminal=st.sampled_from(TERMINALS))
def test_a_row_leaves_the_terminal_as_it_found_it(line: Row, terminal: Terminal) -> None:
    after = read(encode(line, terminal) + "zz", len(plain(line)) + 2)[-2:]
    assert after == [("z", "default", "default", False, False)] * 2


@given(rows)
def test_without_colours_no_colour_is_sent(line: Row) -> None:
    for sequence in encode(line, Terminal(Depth.NONE, True)).split("\x1b[")[1:]:
        codes = sequence.partition("m")[0].split(";")
        assert set(codes) <= {"0", "1", "7", "22", "27"}


LENGTHS = {
    # Nothing to say, one colour, a colour kept over a blank, bold alone, and two shades of the field.
    "plain": (row("abc"), "abc"),
    "one colour": (row(("abc", DIM)), "\x1b[38;5;245mabc\x1b[0m"),
    "kept over blanks": (row(("a", DIM), "  ", ("b", DIM)), "\x1b[38;5;245ma  b\x1b[0m"),
    "bold": (row(("a", BOLD), "b"), "\x1b[1ma\x1b[22mb"),
    "same again": (row(("a", CROSS), ("b", CROSS)), "\x1b[38;5;224;1mab\x1b[0m"),
    "the field": (
        row((" ", Ink(None, "field+1")), (" ", Ink(None, "field+12"))),
        "\x1b[48;5;52m \x1b[48;5;124m \x1b[0m",
    ),
    "a point on the field": (
        row((" ", Ink(None, "field-12")), ("○", CIRCLE._replace(bg="field-12"))),
        "\x1b[48;5;19m \x1b[38;5;153;1m○\x1b[0m",
    ),
}


@pytest.mark.parametrize(("line", "codes"), LENGTHS.values(), ids=LENGTHS)
def test_the_shortest_form(line: Row, codes: str) -> None:
    assert encode(line, C256) == codes


@pytest.mark.parametrize("terminal", TERMINALS, ids=IDS)
def test_fine_has_more_shades_than_plain_where_there_are_colours_enough(terminal: Terminal) -> None:
    fine = replace(terminal, detail=Detail.FINE)
    many, few = (len({_ground(shade(level, shades(t), t).bg, t) for level in _levels(t)}) for t in (fine, terminal))
    if terminal.depth is Depth.TRUE:
        assert (many, few) == (33, 9)
    elif terminal.depth is Depth.C256:
        assert 5 < many <= 7
        assert few == many  # it has no more
    else:
        assert (many, few) == (1, 1)
        assert height_shade(3, 9, terminal) is None


def _levels(terminal: Terminal) -> range:
    return range(-shades(terminal), shades(terminal) + 1)


def _ground(role: str | None, terminal: Terminal) -> str:
    return str(style(Ink(None, role), terminal).bgcolor)


@pytest.mark.parametrize("of", [4, 5, 16])
def test_the_deepest_level_of_any_scale_is_the_deepest_shade(of: int) -> None:
    assert [shade(level, of, C256).bg for level in (-of, of)] == ["field-16", "field+16"]
    assert [height_shade(level, of, C256) for level in (0, of - 1, -1)] == ["height0", "height31", "field0"]


@pytest.mark.parametrize("unicode", [False, True])
@pytest.mark.parametrize("depth", [Depth.C16, Depth.NONE])
def test_elsewhere_the_field_is_a_ramp_of_glyphs_that_reads_without_colour(depth: Depth, unicode: bool) -> None:
    """The sides once differed by 1% of light: all of blue is to be emptier than any of red."""
    found = [shade(level, 4, Terminal(depth, unicode)) for level in range(-4, 5)]
    assert {each.bg for each in found} == {None}
    dots = [_PRINTED[each.glyph] for each in found]
    assert 0 < dots[3] <= dots[2] <= dots[1] <= dots[0]
    assert 4 * dots[0] <= dots[5] <= dots[6] <= dots[7] <= dots[8]
    assert dots[3] < dots[0]
    assert dots[5] < dots[8]
    assert found[4].glyph == " "


# How much of its cell a glyph prints, in hundredths, as DejaVu Sans Mono has it.
_PRINTED = {" ": 0, ".": 2, "-": 3, "+": 12, "#": 28, "░": 25, "▒": 50}


@pytest.mark.parametrize("terminal", TERMINALS, ids=IDS)
def test_the_classes_are_told_apart(terminal: Terminal) -> None:
    inks = [style(ink, terminal).color for ink in (CROSS, CIRCLE)]
    assert (inks[0] == inks[1]) == (terminal.depth is Depth.NONE)


@pytest.mark.parametrize(("ink", "terminal"), [*product([TEXT, ACCENT, FRAME, DIM], PLAIN)])
def test_an_ink_with_no_background_leaves_the_terminals_own(ink: Ink, terminal: Terminal) -> None:
    assert style(ink, terminal).bgcolor is None


def test_a_theme_that_was_asked_for_brings_its_own_ground() -> None:
    light = Terminal(Depth.TRUE, True, Theme.LIGHT, painted=True)
    assert encode(row("a"), light) == "\x1b[38;2;28;28;32;48;2;255;255;255ma\x1b[0m"

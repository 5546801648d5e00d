"""Rows: what every pane draws. A row is spans of text, each with an ink; nothing here knows a terminal's codes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size, split_text

from scenarios.text import sign


class Ink(NamedTuple):
    """How a span looks: roles of the palette for foreground and background (None: the terminal's own), and weight."""

    fg: str | None = None
    bg: str | None = None
    bold: bool = False
    reverse: bool = False


Span = tuple[str, Ink]
Row = tuple[Span, ...]
Overlay = list[dict[int, Span]]
"""For each line of cells, from the top, what lies on it by column."""

TEXT = Ink()
DIM = Ink("dim")
BOLD = Ink(bold=True)
ACCENT = Ink("accent", bold=True)
FRAME = Ink("frame")
CROSS = Ink("cross", bold=True)
CIRCLE = Ink("circle", bold=True)


def point_sign(y: float) -> Span:
    """The sign of a point of that label, in its ink."""
    return sign(y), CROSS if y > 0.0 else CIRCLE


def row(*spans: str | Span) -> Row:
    """A row of spans; a bare string is a span in the ordinary ink."""
    return tuple((span, TEXT) if isinstance(span, str) else span for span in spans)


def plain(line: Row) -> str:
    """The row's text alone."""
    return "".join(text for text, _ in line)


def width_of(line: Row) -> int:
    """The row's width in cells."""
    return cell_len("".join([text for text, _ in line]))  # of a row of the field at once: it has a span a cell


def cropped(line: Row, cells: int, ink: Ink = TEXT) -> Row:
    """The first `cells` of the row, filled with blanks where it has fewer."""
    spans: list[Span] = []
    left = cells
    for text, span_ink in line:
        length = cell_len(text)
        if length >= left:
            spans.append((set_cell_size(text, left), span_ink))
            return tuple(spans)
        spans.append((text, span_ink))
        left -= length
    return (*spans, (" " * left, ink)) if left else tuple(spans)


def dropped(line: Row, cells: int) -> Row:
    """The row without its first `cells`."""
    spans: list[Span] = []
    for text, ink in line:
        length = cell_len(text)
        if length > cells:
            spans.append((split_text(text, cells)[1] if cells else text, ink))
        cells = max(cells - length, 0)
    return tuple(spans)


def fit(line: Row, cells: int, ink: Ink = TEXT) -> Row:
    """The row filled with blanks, or cut, to exactly `cells`. A cut is marked, and never goes through a number."""
    total = width_of(line)
    if total <= cells:
        return (*line, (" " * (cells - total), ink)) if total < cells else line
    if cells < 1:
        return ()
    text = plain(line)
    if not set_cell_size(text, total)[len(set_cell_size(text, cells).rstrip()) :].strip():
        return cropped(line, cells, ink)
    kept = set_cell_size(text, cells - 1)
    begun, ends = kept.rpartition(" ")[2], text[len(kept) :].partition(" ")[0]
    if ends and any(map(str.isdigit, begun + ends)):
        kept = kept[: len(kept) - len(begun)]
    shown = cropped(line, cell_len(kept))
    return cropped((*shown, ("…", shown[-1][1] if shown else ink)), cells, ink)


def whole(line: Row, cells: int) -> Row:
    """As many of the row's parts, which two blanks divide, as fit into `cells`; its first, where that is too long, is
    cut.
    """
    text = plain(line).rstrip()
    if cell_len(text) <= cells:
        return line if width_of(line) <= cells else cropped(line, cells)
    ends = [gap.start() for gap in re.finditer("(?<=[^ ])  +", text) if cell_len(text[: gap.start()]) <= cells]
    return cropped(line, cell_len(text[: ends[-1]])) if ends else fit(line, cells)


def spread(left: Row, right: Row, cells: int) -> Row:
    """`left` and `right` at the two ends of `cells`; where both do not fit, `left` gives way."""
    if width_of(left) + width_of(right) >= cells and plain(right).lstrip() == plain(right) != "":
        right = ((" ", TEXT), *right)
    room = cells - width_of(right)
    return (*fit(whole(left, room), room), *right) if room >= 0 else fit(right, cells)


def over(line: Row, signs: Mapping[int, Span]) -> Row:
    """The row, whose signs are all one cell wide, with others laid over its cells."""
    if not signs:
        return line
    spans: list[Span] = []
    start = 0
    for text, ink in line:
        first = 0
        for at in range(len(text)):
            if (sign := signs.get(start + at)) is not None:
                spans += [(text[first:at], ink), sign] if first < at else [sign]
                first = at + 1
        if first < len(text):
            spans.append((text[first:], ink))
        start += len(text)
    return tuple(("".join(text for text, _ in run), ink) for ink, run in groupby(spans, key=itemgetter(1)))


def wrap(text: str, cells: int) -> list[str]:
    """The text in lines of at most `cells`, broken at spaces."""
    return textwrap.wrap(text, max(cells, 1), break_on_hyphens=False) or [""]


def note(text: str, cells: int) -> list[Row]:
    """A remark in place of a drawing, in as many rows of `cells` as it takes."""
    return [row((f" {line}", DIM)) for line in wrap(text, cells - 2)]


def rule(cells: int) -> Span:
    """A line across."""
    return ("─" * cells, FRAME)


def frame(title: Row, body: Iterable[Row], cells: int, height: int, focused: bool = False, foot: Row = ()) -> list[Row]:
    """A box of `cells` x `height` with `title` in its upper edge and `foot` in its lower one.

    Where rows of the body have no room, the lower edge has a mark. A focused box has a heavier upper edge in the accent
    colour, so that it shows without colour too.
    """
    ink = ACCENT if focused else FRAME
    edge = "━" if focused else "─"
    inner = cells - 2
    heading = _set_in(title, inner - 1)
    top: Row = (("┌" + edge, ink), *heading, (edge * (inner - 1 - width_of(heading)) + "┐", ink))
    rows = [*body]
    if any(plain(line).strip() for line in rows[height - 2 :]):
        foot = row(*foot, ("  …" if foot else "…", DIM))
    footing = _set_in(foot, inner - 1)
    bottom: Row = (("└─", FRAME), *footing, ("─" * (inner - 1 - width_of(footing)) + "┘", FRAME))
    lines = [fit(line, inner) for line in rows[: height - 2]]
    lines += [fit((), inner)] * (height - 2 - len(lines))
    return [top, *((("│", FRAME), *line, ("│", FRAME)) for line in lines), bottom]


def _set_in(title: Row, cells: int) -> Row:
    """The title with a blank on both sides, as much of it as the edge of a box has room for."""
    if not plain(title):
        return ()
    shown = whole(row(" ", *title), cells)
    return row(*shown, " ") if width_of(shown) < cells else shown


def joined(edge: Row) -> Row:
    """The upper edge of a box that stands right under another one."""
    first, last = edge[0], edge[-1]
    return (("├" + first[0][1:], first[1]), *edge[1:-1], (last[0][:-1] + "┤", last[1]))

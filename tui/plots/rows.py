"""Rows: what every pane draws. A row is spans of text, each with an ink; nothing here knows a terminal's codes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from scenarios.text import sign


class Ink(NamedTuple):
    """How a span looks: roles of the palette for foreground and background (None: the terminal's own), and weight."""

    fg: str | None = None
    bg: str | None = None
    bold: bool = False
    reverse: bool = False


Span = tuple[str, Ink]
Row = tuple[Span, ...]

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


def width(line: Row) -> int:
    """The row's width in cells."""
    return sum(cell_len(text) for text, _ in line)


def fit(line: Row, cells: int, ink: Ink = TEXT) -> Row:
    """The row cut or filled with blanks to exactly `cells`."""
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


def spread(left: Row, right: Row, cells: int) -> Row:
    """`left` and `right` at the two ends of `cells`; where both do not fit, `left` is cut."""
    room = cells - width(right)
    return (*fit(left, max(room, 0)), *right) if room >= 0 else fit(right, cells)


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

    A focused box has a heavier upper edge in the accent colour, so that it shows without colour too.
    """
    ink = ACCENT if focused else FRAME
    edge = "━" if focused else "─"
    inner = cells - 2
    heading: Row = ((" ", TEXT), *title, (" ", TEXT)) if title else ()
    heading = heading if width(heading) < inner else fit(heading, inner - 1)
    top: Row = (("┌" + edge, ink), *heading, (edge * (inner - 1 - width(heading)) + "┐", ink))
    footing: Row = ((" ", TEXT), *foot, (" ", TEXT)) if foot else ()
    footing = footing if width(footing) < inner else fit(footing, inner - 1)
    bottom: Row = (("└─", FRAME), *footing, ("─" * (inner - 1 - width(footing)) + "┘", FRAME))
    lines = [fit(line, inner) for line in body][: height - 2]
    lines += [fit((), inner)] * (height - 2 - len(lines))
    return [top, *((("│", FRAME), *line, ("│", FRAME)) for line in lines), bottom]


def joined(edge: Row) -> Row:
    """The upper edge of a box that stands right under another one."""
    first, last = edge[0], edge[-1]
    return (("├" + first[0][1:], first[1]), *edge[1:-1], (last[0][:-1] + "┤", last[1]))

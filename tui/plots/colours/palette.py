"""Palettes: what each role of an Ink looks like on a terminal, and the shortest codes that say so.

The shades of a field and of a landscape stay within a range of light in which points, lines and marks are seen on every
one of them: dark shades under light signs, or light ones under dark signs (docs/decisions/0011-pictures.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

from tui.plots.colours.themes import FIELD, HEIGHTS, theme
from tui.plots.rows import Ink, Row
from tui.terminal import Depth, Detail, Terminal

_SYSTEMS = {Depth.TRUE: ColorSystem.TRUECOLOR, Depth.C256: ColorSystem.EIGHT_BIT, Depth.C16: ColorSystem.STANDARD}
_COLUMN = {Depth.TRUE: 0, Depth.C256: 1, Depth.C16: 2}

_COARSE = 4  # shades a side in plain detail: few codes a row

# Where a background would be too coarse, the field is a ramp of glyphs: blue is nearly empty, red is densely filled, so
# that the sides are told apart from afar; both get denser the deeper they are.
_RAMP = {-4: "-", -3: "-", -2: ".", -1: ".", 0: " ", 1: "+", 2: "+", 3: "+", 4: "#"}
_BLOCKS = _RAMP | {1: "░", 2: "░", 3: "░", 4: "▒"}


@dataclass(frozen=True, slots=True)
class Shade:
    """One of the shades of the field: the glyph of an empty cell, and the inks of that glyph and of others."""

    glyph: str
    fg: str | None
    bg: str | None


def shades(terminal: Terminal, small: bool = False) -> int:
    """How many shades a side of m = 0 the field has: one where a picture is `small` and the detail plain."""
    if terminal.shaded and terminal.detail is Detail.FINE:
        return FIELD
    return 1 if terminal.shaded and small else _COARSE


@cache
def shade(level: int, of: int, terminal: Terminal) -> Shade:
    """The shade of `level`, -`of` (blue, deep) to `of` (red, deep); 0 is where the model is not a number."""
    if terminal.shaded:
        deep = -(-abs(level) * FIELD // of)
        return Shade(" ", None, f"field{deep if level > 0 else -deep:+d}" if level else "field0")
    coarse = -(-abs(level) * _COARSE // of) * (1 if level > 0 else -1)
    role = f"field{coarse * FIELD // _COARSE:+d}" if level else "field0"
    return Shade((_BLOCKS if terminal.unicode else _RAMP)[coarse], role if terminal.depth is Depth.C16 else None, None)


@cache
def height_shade(level: int, of: int, terminal: Terminal) -> str | None:
    """The role of the background of a height, `level` 0 (low) to `of` - 1 (high), -1 where it is no number; None where
    the terminal has no shades of it.
    """
    if not terminal.shaded:
        return None
    return f"height{round(level * (HEIGHTS - 1) / max(of - 1, 1))}" if level >= 0 else "field0"


def style(ink: Ink, terminal: Terminal) -> Style:
    """The ink as a Rich style, for whatever needs one (cut strips, exported pictures)."""
    known = _styles(terminal)
    if (found := known.get(ink)) is None:
        fg, bg = _colours(ink, terminal)
        found = known[ink] = Style(color=fg, bgcolor=bg, bold=ink.bold or None, reverse=ink.reverse or None)
    return found


def segments(line: Row, terminal: Terminal) -> list[Segment]:
    """The row in styles, as Rich has it."""
    known = _styles(terminal)
    return [Segment(text, known[ink] if ink in known else style(ink, terminal)) for text, ink in line]


def encode(line: Row, terminal: Terminal) -> str:
    """The row as text for the terminal, beginning and ending in the terminal's own colours.

    Each code is sent only where it changes, a blank does not ask for a foreground, and of the signs that look the same
    the one is sent that has its colours already: a row of the field costs some 20 bytes a shade instead of 45.
    """
    parts: list[str] = []
    known, now = _known(terminal), _OWN
    for text, ink in line:
        if (codes := known.get(ink)) is None:
            codes = known[ink] = _codes(ink, terminal)
        if not ink.reverse and (text.isspace() or text[:1] == "▀"):
            text, codes = _shaded(text, codes, now, terminal.unicode)
        if codes != now:
            changed = [code for code, before in zip(codes, now, strict=True) if code != before]
            parts.append(f"\x1b[{';'.join(changed)}m")
            now = codes
        parts.append(text)
    if now != _OWN:
        parts.append("\x1b[0m")
    return "".join(parts)


def _shaded(text: str, codes: Codes, now: Codes, blocks: bool) -> tuple[str, Codes]:
    """Blanks, or as many full blocks; upper halves, or lower ones: those for which fewer codes change."""
    fg, bg, _, reversal = codes
    seen = blocks and bg.startswith(_BACKGROUND)
    if text.isspace():
        if seen and bg != now[1] and now[0][1:] == bg[1:]:
            return "█" * len(text), (now[0], now[1], now[2], reversal)
        return text, (now[0], bg, now[2], reversal)
    if not (seen and fg.startswith(_FOREGROUND)) or text.strip("▀"):
        return text, codes
    turned = f"3{bg[1:]}", f"4{fg[1:]}"
    if (turned[0] != now[0]) + (turned[1] != now[1]) < (fg != now[0]) + (bg != now[1]):
        return "▄" * len(text), (*turned, now[2], reversal)
    return text, (fg, bg, now[2], reversal)


def paper(terminal: Terminal) -> str:
    """The colour behind everything, as Textual names it."""
    name = _name(None, "paper", terminal)
    if name is None or terminal.depth is Depth.C16:
        return f"ansi_{name or 'default'}"
    return Color.parse(name).get_truecolor().hex


Codes = tuple[str, str, str, str]
_OWN: Codes = ("39", "49", "22", "27")
_FOREGROUND, _BACKGROUND = "38;", "48;"  # how one of 256 colours or more begins


# A terminal is looked up once a row, an ink, which is quick to hash, once a span.
@cache
def _known(terminal: Terminal) -> dict[Ink, Codes]:
    return {}


@cache
def _styles(terminal: Terminal) -> dict[Ink, Style]:
    return {}


def _codes(ink: Ink, terminal: Terminal) -> Codes:
    """Foreground, background, weight and reversal, each as the code that sets it whatever was set before."""
    fg, bg = _colours(ink, terminal)
    return (
        _color_code(fg, terminal.depth, foreground=True) if fg else _OWN[0],
        _color_code(bg, terminal.depth, foreground=False) if bg else _OWN[1],
        "1" if ink.bold else "22",
        "7" if ink.reverse else "27",
    )


def _color_code(name: str, depth: Depth, foreground: bool) -> str:
    color = Color.parse(name).downgrade(_SYSTEMS[depth])
    return ";".join(color.get_ansi_codes(foreground=foreground))


def _colours(ink: Ink, terminal: Terminal) -> tuple[str | None, str | None]:
    return _name(ink.fg, "ink", terminal), _name(ink.bg, "paper", terminal)


def _name(role: str | None, own: str, terminal: Terminal) -> str | None:
    if terminal.depth is Depth.NONE or (role is None and not terminal.painted):
        return None
    return theme(terminal.theme, terminal.palette)[role or own][_COLUMN[terminal.depth]]

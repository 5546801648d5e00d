"""Palettes: what each role of an Ink looks like at a colour depth, and the shortest codes that say so.

Only the field paints backgrounds, dark ones under light glyphs, so riserun reads on dark and light terminals alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rich.color import Color, ColorSystem
from rich.style import Style

from tui.plots.rows import TEXT, Ink, Row
from tui.terminal import Depth

# role: (true colour, 256 colours, 16 colours). None is the terminal's own colour.
_ROLES: dict[str, tuple[str, str, str | None]] = {
    "dim": ("#8a8f98", "color(245)", "bright_black"),
    "frame": ("#5c626d", "color(241)", "bright_black"),
    "accent": ("#e0a526", "color(178)", "yellow"),
    "cross": ("#ff8a80", "color(210)", "bright_red"),
    "circle": ("#82bcff", "color(111)", "bright_blue"),
    "line": ("#f4f4f4", "color(255)", "bright_white"),
    "old": ("#9aa0ab", "color(247)", "white"),
    "black": ("#000000", "color(16)", "black"),
    "field-4": ("#1b4a8f", "color(19)", "blue"),
    "field-3": ("#183a70", "color(18)", "blue"),
    "field-2": ("#162b52", "color(17)", "blue"),
    "field-1": ("#151f38", "color(17)", "blue"),
    "field0": ("#1a1a1e", "color(234)", None),
    "field+1": ("#331a1c", "color(52)", "red"),
    "field+2": ("#4c1d20", "color(52)", "red"),
    "field+3": ("#692226", "color(88)", "red"),
    "field+4": ("#88292d", "color(88)", "red"),
    # Heights of a loss, low to high: one hue apart from the classes', and always dark under light glyphs.
    "height0": ("#08100e", "color(232)", None),
    "height1": ("#0c1f1b", "color(233)", None),
    "height2": ("#112e28", "color(235)", None),
    "height3": ("#153e34", "color(236)", None),
    "height4": ("#1a4d41", "color(237)", None),
    "height5": ("#1e5c4e", "color(238)", None),
    "height6": ("#226c5a", "color(239)", None),
    "height7": ("#277b67", "color(240)", None),
    "height8": ("#2b8a74", "color(241)", None),
}

_SYSTEMS = {
    Depth.TRUE: (0, ColorSystem.TRUECOLOR),
    Depth.C256: (1, ColorSystem.EIGHT_BIT),
    Depth.C16: (2, ColorSystem.STANDARD),
}

# Where a background would be too coarse, the field is a ramp of glyphs: blue and red lean opposite ways and get denser.
_RAMP = {-4: "≡", -3: "=", -2: "-", -1: "-", 0: " ", 1: ".", 2: ":", 3: ":", 4: "+"}


@dataclass(frozen=True, slots=True)
class Shade:
    """One of the nine shades of the field: the glyph of an empty cell, and the inks of that glyph and of others."""

    glyph: str
    fg: str | None
    bg: str | None


@cache
def shade(level: int, depth: Depth) -> Shade:
    """The shade of `level`, -4 (blue, deep) to +4 (red, deep); 0 is where the model is not a number."""
    role = f"field{level:+d}" if level else "field0"
    if depth in (Depth.TRUE, Depth.C256):
        return Shade(" ", None, role)
    return Shade(_RAMP[level], role if depth is Depth.C16 else None, None)


@cache
def height_shade(level: int, depth: Depth) -> str | None:
    """The role of the background of a level of a loss, 0 (low) to 8 (high), -1 where it is no number; None where the
    terminal has too few colours for shades of one hue.
    """
    if depth in (Depth.TRUE, Depth.C256):
        return f"height{level}" if level >= 0 else "field0"
    return None


@cache
def style(ink: Ink, depth: Depth) -> Style:
    """The ink as a Rich style, for whatever needs one (cut strips, exported pictures)."""
    colours = [_name(role, depth) for role in (ink.fg, ink.bg)]
    return Style(color=colours[0], bgcolor=colours[1], bold=ink.bold or None, reverse=ink.reverse or None)


def encode(line: Row, depth: Depth) -> str:
    """The row as text for the terminal, beginning and ending in the terminal's own colours.

    Each code is sent only where it changes, and a blank does not ask for a foreground: a row of the field costs some
    20 bytes a shade instead of 45.
    """
    parts: list[str] = []
    now = _codes(TEXT, depth)
    for text, ink in line:
        codes = _codes(ink, depth)
        if text.isspace() and not ink.reverse:
            codes = (now[0], codes[1], now[2], codes[3])
        if sequence := ";".join(code for code, before in zip(codes, now, strict=True) if code != before):
            parts.append(f"\x1b[{sequence}m")
        now = codes
        parts.append(text)
    if now != _codes(TEXT, depth):
        parts.append("\x1b[0m")
    return "".join(parts)


@cache
def _codes(ink: Ink, depth: Depth) -> tuple[str, str, str, str]:
    """Foreground, background, weight and reversal, each as the code that sets it whatever was set before."""
    fg, bg = _name(ink.fg, depth), _name(ink.bg, depth)
    return (
        _color_code(fg, depth, foreground=True) if fg else "39",
        _color_code(bg, depth, foreground=False) if bg else "49",
        "1" if ink.bold else "22",
        "7" if ink.reverse else "27",
    )


def _color_code(name: str, depth: Depth, foreground: bool) -> str:
    color = Color.parse(name).downgrade(_SYSTEMS[depth][1])
    return ";".join(color.get_ansi_codes(foreground=foreground))


def _name(role: str | None, depth: Depth) -> str | None:
    if role is None or depth is Depth.NONE:
        return None
    return _ROLES[role][_SYSTEMS[depth][0]]

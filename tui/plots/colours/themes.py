"""The colours of each role, by theme and palette. What contrasts they keep is tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from tui.plots.colours.scales import scale
from tui.terminal import Palette, Theme

Colours = tuple[str, str, str | None]
"""Of a role: in true colour, of 256 and of 16 colours; None is the terminal's own colour."""

FIELD, HEIGHTS = 16, 32
"""Shades of the field on each side of m = 0, `field-16` (deep) to `field+16`, and of a height, `height0` (low) on."""

_SIXTEEN_DARK = {
    "ink": "white", "paper": "black", "dim": "bright_black", "frame": "bright_black", "accent": "yellow",
    "cross": "bright_red", "circle": "bright_blue", "line": "bright_white", "old": "white", "black": "black",
    "grid": "bright_black", "ringed+": "red", "ringed-": "blue", "lone+": "bright_red", "lone-": "bright_blue",
}  # fmt: skip
_SIXTEEN_LIGHT = {
    "ink": "black", "paper": "bright_white", "dim": "bright_black", "frame": "bright_black", "accent": "magenta",
    "cross": "red", "circle": "blue", "line": "black", "old": "bright_black", "black": "black",
    "grid": "white", "ringed+": "bright_white", "ringed-": "bright_white", "lone+": "red", "lone-": "blue",
}  # fmt: skip
_DARK = {
    "ink": ("#d4d4d4", 252), "paper": ("#101014", 233), "dim": ("#8f959f", 245), "frame": ("#5c626d", 241),
    "accent": ("#ffcb52", 221), "cross": ("#ffc2b4", 224), "circle": ("#a9d2ff", 153), "line": ("#ffffff", 231),
    "old": ("#a9b0bd", 249), "black": ("#000000", 16), "field0": ("#1a1a1e", 234),
    "grid": ("#3d424b", 238), "ringed+": ("#b01018", 124), "ringed-": ("#1d40b4", 19), "lone+": ("#ff5a4d", 203),
    "lone-": ("#5c9dff", 75),
}  # fmt: skip
_LIGHT = {
    "ink": ("#1c1c20", 234), "paper": ("#ffffff", 231), "dim": ("#62676f", 241), "frame": ("#868c96", 245),
    "accent": ("#522d00", 53), "cross": ("#720006", 52), "circle": ("#002a70", 17), "line": ("#000000", 16),
    "old": ("#5c6470", 241), "black": ("#000000", 16), "field0": ("#e6e6ea", 254),
    "grid": ("#c3c7ce", 251), "ringed+": ("#ff9c90", 217), "ringed-": ("#92b8ff", 111), "lone+": ("#c4000e", 160),
    "lone-": ("#0a46c8", 26),
}  # fmt: skip
_FIELDS = {
    # The colours from next to the line to the deepest, of blue and of red: in true colour two ends, of 256 all.
    (Theme.DARK, Palette.LECTURE): (
        (("#0d173c", "#193cb0"), (17, 18, 19)), (("#6e1b24", "#b0141a"), (52, 88, 124))),
    (Theme.DARK, Palette.SAFE): (
        (("#0f1c44", "#193cb0"), (17, 18, 19)), (("#5c3806", "#7e4c00"), (58, 94))),
    (Theme.LIGHT, Palette.LECTURE): (
        (("#aec7f8", "#7ea5ee"), (153, 111)), (("#fed9d3", "#f19488"), (224, 217, 210))),
    (Theme.LIGHT, Palette.SAFE): (
        (("#aec7f8", "#7ea5ee"), (189, 153, 111)), (("#fbdca6", "#efac40"), (223, 222, 215))),
}  # fmt: skip
# Orange in the place of red, and another accent than the orange: blue and orange are told apart by those who lack any
# one kind of cone.
_SAFE: dict[Theme, dict[str, tuple[str, int, str]]] = {
    Theme.DARK: {"cross": ("#ffd9a0", 230, "bright_yellow"), "circle": ("#a9d2ff", 195, "bright_blue"),
                 "accent": ("#86e8b0", 121, "bright_green"), "ringed+": ("#7a4a00", 94, "yellow"),
                 "lone+": ("#ffb347", 215, "bright_yellow")},
    Theme.LIGHT: {"cross": ("#562900", 52, "red"), "accent": ("#660e55", 53, "magenta"),
                  "ringed+": ("#f0ad3c", 215, "bright_white"), "lone+": ("#9a4d00", 130, "red")},
}  # fmt: skip
_SIDES = {Palette.LECTURE: {"-": "blue", "+": "red"}, Palette.SAFE: {"-": "blue", "+": "yellow"}}
# Low to high, and light is high, by one hue after another that are not the classes'.
_HEIGHTS = {
    Theme.DARK: (
        ("#0e0a2a", "#15194a", "#1b2d6d", "#144866", "#11565c", "#1c5d43", "#2b6414"),
        (232, 233, 234, 235, 236, 237, 238, 239, 240),
    ),
    Theme.LIGHT: (
        ("#7cc2d2", "#92cfcc", "#a8dbc5", "#c9e7c0", "#e6f1c0", "#f5f7d7", "#fffbe8"),
        (250, 251, 252, 253, 254, 255, 231),
    ),
}


@cache
def theme(chosen: Theme, palette: Palette) -> Mapping[str, Colours]:
    """Every role's colours."""
    roles, sixteen = (_DARK, _SIXTEEN_DARK) if chosen is Theme.DARK else (_LIGHT, _SIXTEEN_LIGHT)
    own = {name: (true, number, sixteen.get(name)) for name, (true, number) in roles.items()}
    if palette is Palette.SAFE:
        own |= _SAFE[chosen]
    table: dict[str, Colours] = {name: (true, _numbered(number), few) for name, (true, number, few) in own.items()}
    for side, (true, numbers) in zip("-+", _FIELDS[chosen, palette], strict=True):
        table |= _shades(f"field{side}", 1, true, numbers, FIELD, _SIDES[palette][side])
    return MappingProxyType(table | _shades("height", 0, *_HEIGHTS[chosen], HEIGHTS, None))


def _shades(
    name: str, first: int, true: Sequence[str], numbers: Sequence[int], count: int, sixteen: str | None
) -> dict[str, Colours]:
    return {
        f"{name}{index + first}": (colour, _numbered(numbers[index * len(numbers) // count]), sixteen)
        for index, colour in enumerate(scale(true, count))
    }


def _numbered(number: int) -> str:
    return f"color({number})"

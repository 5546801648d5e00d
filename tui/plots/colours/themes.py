"""The colours of each role, by theme and palette. What contrasts they keep is tested."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tui.plots.colours.scales import scale
from tui.terminal import Palette, Theme

_Look = tuple[str, int, str | None]
"""A colour in true colour, of 256 and of 16 colours; None is the terminal's own."""
Colours = tuple[str, str, str | None]
"""The same of a role, as Rich names them."""

FIELD, HEIGHTS = 16, 32
"""Shades of the field on each side of m = 0, `field-16` (deep) to `field+16`, and of a height, `height0` (low) on."""


class _Ramp(NamedTuple):
    """Colours from the first shade to the last: in true colour some to go through, of 256 all, of 16 one."""

    true: tuple[str, ...]
    numbers: tuple[int, ...]
    sixteen: str | None


class _Classes(NamedTuple):
    """What a palette paints the classes with: the shades of both sides of m = 0, from next to the line to the deepest,
    and roles that have other colours than in `_ROLES`.
    """

    minus: _Ramp
    plus: _Ramp
    roles: dict[str, _Look]


# A role a row: how it looks in each Theme, dark and light.
_ROLES: dict[str, tuple[_Look, _Look]] = {
    "ink": (("#d4d4d4", 252, "white"), ("#1c1c20", 234, "black")),
    "paper": (("#101014", 233, "black"), ("#ffffff", 231, "bright_white")),
    "dim": (("#8f959f", 245, "bright_black"), ("#62676f", 241, "bright_black")),
    "frame": (("#5c626d", 241, "bright_black"), ("#868c96", 245, "bright_black")),
    "accent": (("#ffcb52", 221, "yellow"), ("#522d00", 53, "magenta")),
    "cross": (("#ffc2b4", 224, "bright_red"), ("#720006", 52, "red")),
    "circle": (("#a9d2ff", 153, "bright_blue"), ("#002a70", 17, "blue")),
    "line": (("#ffffff", 231, "bright_white"), ("#000000", 16, "black")),
    "old": (("#a9b0bd", 249, "white"), ("#5c6470", 241, "bright_black")),
    "black": (("#000000", 16, "black"), ("#000000", 16, "black")),
    "field0": (("#1a1a1e", 234, None), ("#e6e6ea", 254, None)),
    "grid": (("#3d424b", 238, "bright_black"), ("#c3c7ce", 251, "white")),
    "ringed+": (("#b01018", 124, "red"), ("#ff9c90", 217, "bright_white")),
    "ringed-": (("#1d40b4", 19, "blue"), ("#92b8ff", 111, "bright_white")),
    "lone+": (("#ff5a4d", 203, "bright_red"), ("#c4000e", 160, "red")),
    "lone-": (("#5c9dff", 75, "bright_blue"), ("#0a46c8", 26, "blue")),
}
ROLES = tuple(_ROLES)
"""The roles that are no shades."""
# The safe ones have orange in the place of red, and another accent than the orange: blue and orange are told apart by
# those who lack any one kind of cone.
_PALETTES: dict[tuple[Theme, Palette], _Classes] = {
    (Theme.DARK, Palette.LECTURE): _Classes(
        _Ramp(("#0d173c", "#193cb0"), (17, 18, 19), "blue"),
        _Ramp(("#6e1b24", "#b0141a"), (52, 88, 124), "red"),
        {},
    ),
    (Theme.DARK, Palette.SAFE): _Classes(
        _Ramp(("#0f1c44", "#193cb0"), (17, 18, 19), "blue"),
        _Ramp(("#5c3806", "#7e4c00"), (58, 94), "yellow"),
        {
            "cross": ("#ffd9a0", 230, "bright_yellow"),
            "circle": ("#a9d2ff", 195, "bright_blue"),
            "accent": ("#86e8b0", 121, "bright_green"),
            "ringed+": ("#7a4a00", 94, "yellow"),
            "lone+": ("#ffb347", 215, "bright_yellow"),
        },
    ),
    (Theme.LIGHT, Palette.LECTURE): _Classes(
        _Ramp(("#aec7f8", "#7ea5ee"), (153, 111), "blue"),
        _Ramp(("#fed9d3", "#f19488"), (224, 217, 210), "red"),
        {},
    ),
    (Theme.LIGHT, Palette.SAFE): _Classes(
        _Ramp(("#aec7f8", "#7ea5ee"), (189, 153, 111), "blue"),
        _Ramp(("#fbdca6", "#efac40"), (223, 222, 215), "yellow"),
        {
            "cross": ("#562900", 52, "red"),
            "accent": ("#660e55", 53, "magenta"),
            "ringed+": ("#f0ad3c", 215, "bright_white"),
            "lone+": ("#9a4d00", 130, "red"),
        },
    ),
}
# Low to high, and light is high, by one hue after another that are not the classes'.
_HEIGHTS: dict[Theme, _Ramp] = {
    Theme.DARK: _Ramp(
        ("#0e0a2a", "#15194a", "#1b2d6d", "#144866", "#11565c", "#1c5d43", "#2b6414"),
        (232, 233, 234, 235, 236, 237, 238, 239, 240),
        None,
    ),
    Theme.LIGHT: _Ramp(
        ("#7cc2d2", "#92cfcc", "#a8dbc5", "#c9e7c0", "#e6f1c0", "#f5f7d7", "#fffbe8"),
        (250, 251, 252, 253, 254, 255, 231),
        None,
    ),
}


@cache
def theme(chosen: Theme, palette: Palette) -> Mapping[str, Colours]:
    """Every role's colours."""
    minus, plus, instead = _PALETTES[chosen, palette]
    own = {name: dict(zip(Theme, looks, strict=True))[chosen] for name, looks in _ROLES.items()} | instead
    table: dict[str, Colours] = {name: (true, _numbered(number), few) for name, (true, number, few) in own.items()}
    table |= _shades("field-", 1, minus, FIELD) | _shades("field+", 1, plus, FIELD)
    return MappingProxyType(table | _shades("height", 0, _HEIGHTS[chosen], HEIGHTS))


def _shades(name: str, first: int, ramp: _Ramp, count: int) -> dict[str, Colours]:
    true, numbers, sixteen = ramp
    return {
        f"{name}{index + first}": (colour, _numbered(numbers[index * len(numbers) // count]), sixteen)
        for index, colour in enumerate(scale(true, count))
    }


def _numbered(number: int) -> str:
    return f"color({number})"

"""Large digits: numbers as they are read from the last row, drawn of blocks and half blocks."""

from __future__ import annotations

from typing import NamedTuple

_NOMINAL = 7
"""Characters that the size is chosen for: -0.4558, 12.3456. Longer numbers, which are rare, get narrower digits."""

# Five rows of up to three pixels; of a sign there is a fourth, blank.
_SHAPES = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "+": ("    ", " #  ", "### ", " #  ", "    "),
    "-": ("    ", "    ", "### ", "    ", "    "),
    ".": (" ", " ", " ", " ", "#"),
    ",": (" ", " ", " ", "#", "#"),
    " ": ("   ", "   ", "   ", "   ", "   "),
    "?": ("###", "  #", " ##", "   ", " # "),
    "a": ("   ", "###", "# #", "# #", "###"),
    "e": ("   ", "###", "###", "#  ", "###"),
    "f": ("###", "#  ", "###", "#  ", "#  "),
    "i": ("#", " ", "#", "#", "#"),
    "n": ("   ", "###", "# #", "# #", "# #"),
    "o": ("   ", "###", "# #", "# #", "###"),
}


class Size(NamedTuple):
    """How large a pixel is: `across` the cells of the three columns, `down` the half cells of the five rows, and the
    cells between two characters.
    """

    across: tuple[int, int, int]
    down: tuple[int, int, int, int, int]
    gap: int

    @property
    def rows(self) -> int:
        """The rows of a character."""
        return (sum(self.down) + 1) // 2

    def columns(self, sign: str) -> tuple[int, ...]:
        """The cells of each column of a character; a single one, as of a point, is seen even where strokes are thin,
        and a sign does not touch the first digit where characters are close together.
        """
        match len(_SHAPES[sign][0]):
            case 1:
                return (max(self.across[0], 2),)
            case 4:
                left, middle, right = self.across
                apart = int(self.gap == 1 < middle)
                return left, middle - apart, right, apart
        return self.across

    def width(self, text: str) -> int:
        """The cells of a text."""
        return sum(sum(self.columns(sign)) + self.gap for sign in text) - self.gap


# From the largest. A cell is twice as high as wide: strokes of as many cells across as half cells down are even.
_SIZES = (
    Size((4, 4, 4), (4, 4, 4, 4, 4), 2),
    Size((3, 4, 3), (3, 4, 3, 4, 3), 2),
    Size((3, 3, 3), (3, 4, 3, 4, 3), 2),
    Size((2, 4, 2), (2, 4, 2, 4, 2), 2),
    Size((2, 3, 2), (2, 3, 2, 3, 2), 1),
    Size((2, 2, 2), (2, 2, 2, 2, 2), 1),
    Size((1, 2, 1), (2, 2, 2, 2, 2), 1),
    Size((1, 1, 1), (2, 2, 2, 2, 2), 1),
)
_BLOCKS = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def large(text: str, width: int, height: int, unicode: bool) -> list[str]:
    """The text in large characters, as rows that end together in `width` cells, so that a point stays in its column.

    As large as the room lets them be for any ordinary number; [] where there is no room, or a character has no shape.
    """
    if not set(text) <= _SHAPES.keys() or not text:
        return []
    fitting = [size for size in _SIZES if size.rows <= height and size.width(text) <= width]
    ordinary = [size for size in fitting if size.width("+" + "0" * (_NOMINAL - 2) + ".") <= width]
    if not fitting:
        return []
    size = (ordinary or fitting)[0]
    return [line.rjust(width) for line in _drawn(text, size, unicode)]


def _drawn(text: str, size: Size, unicode: bool) -> list[str]:
    halves = [
        (" " * size.gap).join(_stretched(_SHAPES[sign][pixel], size.columns(sign)) for sign in text)
        for pixel, count in enumerate(size.down)
        for _ in range(count)
    ]
    halves += [" " * len(halves[0])] * (len(halves) % 2)
    pairs = zip(halves[::2], halves[1::2], strict=True)
    rows = ["".join(_BLOCKS[above == "#", below == "#"] for above, below in zip(*pair, strict=True)) for pair in pairs]
    return rows if unicode else ["".join(" " if sign == " " else "#" for sign in line) for line in rows]


def _stretched(pixels: str, columns: tuple[int, ...]) -> str:
    return "".join(pixel * cells for pixel, cells in zip(pixels, columns, strict=True))

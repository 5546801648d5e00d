"""Block elements in an exported picture: rectangles, as a terminal draws them, whatever a font makes of the signs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby

# The cells' quarters that are filled, as x, y, width, height in parts of the cell.
_UPPER, _LOWER = (0.0, 0.0, 1.0, 0.5), (0.0, 0.5, 1.0, 0.5)
_LEFT, _RIGHT = (0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 0.5, 1.0)
_A, _B, _C, _D = ((x, y, 0.5, 0.5) for y in (0.0, 0.5) for x in (0.0, 0.5))
_PARTS = {
    "▀": (_UPPER,), "▄": (_LOWER,), "▌": (_LEFT,), "▐": (_RIGHT,), "█": ((0.0, 0.0, 1.0, 1.0),),
    "▘": (_A,), "▝": (_B,), "▖": (_C,), "▗": (_D,), "▚": (_A, _D), "▞": (_B, _C),
    "▛": (_UPPER, _C), "▜": (_UPPER, _D), "▙": (_A, _LOWER), "▟": (_B, _LOWER),
    **{sign: ((0.0, 0.0, eighths / 8, 1.0),) for eighths, sign in enumerate("▏▎▍▌▋▊▉", 1)},
    **{sign: ((0.0, 1.0 - eighths / 8, 1.0, eighths / 8),) for eighths, sign in enumerate("▁▂▃▄▅▆▇", 1)},
}  # fmt: skip
_ELEMENT = re.compile(r'<text class="([^"]+)" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
# As Rich places a line: its signs stand on `y`, its ground begins above that and is a line high.
_ASCENT, _LINE = 18.5, 24.65


def drawn(svg: str) -> str:
    """The picture that Rich makes, with every block element of its texts drawn as rectangles."""
    return _ELEMENT.sub(_element, svg)


def _element(found: re.Match[str]) -> str:
    text = html.unescape(found[6])
    if not _PARTS.keys() & set(text):
        return found[0]
    rest = "".join("\xa0" if sign in _PARTS else sign for sign in text)
    blocks = "".join(_rectangles(found[1], text, *map(float, found.group(2, 3, 4))))
    if not rest.strip("\xa0"):
        return blocks
    head = found[0].removesuffix(f"{found[6]}</text>")
    return f"{blocks}{head}{html.escape(rest, quote=False).replace(chr(0xA0), '&#160;')}</text>"


def _rectangles(name: str, text: str, left: float, base: float, length: float) -> Iterator[str]:
    cell, column = length / len(text), 0  # riserun draws with signs of one cell
    for sign, run in groupby(text):
        count = len([*run])
        parts = _PARTS.get(sign, ())
        # Those that reach from side to side are one: between two of them an edge might be seen.
        for x, y, width, height in parts:
            for each in [0] if width == 1.0 else range(count):
                x0, wide = left + cell * (column + each + x), cell * (count if width == 1.0 else width)
                y0, high = base - _ASCENT + _LINE * y, _LINE * height
                yield f'<rect class="{name}" x="{x0:g}" y="{y0:g}" width="{wide:g}" height="{high:g}"/>'
        column += count

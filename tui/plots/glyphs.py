"""The ASCII face: every sign riserun draws with has an ASCII stand-in, so that nothing depends on Unicode."""

from __future__ import annotations

from tui.plots.rows import Row

# Drawn signs keep their width, so a drawing is translated after it is laid out.
_DRAWN = {
    **dict.fromkeys(map(ord, "┌┐└┘├┤┬┴┼╛╡"), "+"),
    **dict.fromkeys(range(0x2580, 0x25A0), "#"),  # block elements
    **dict.fromkeys(map(ord, "▁▂▃▍▎▏"), " "),
    ord("▲"): "^",
    ord("⢠"): "|",
    **{
        ord(sign): stand_in
        for sign, stand_in in zip("─━│○×╳●◆◇□▸↑↓→←↗↖↙↘·…≡−•◦", "-=|oxX@#VE>^v></\\/\\.~#-o.", strict=True)
    },
}
# Prose is wrapped after it is translated, so its signs may grow.
_SAID = {
    "Σ": "sum",
    "σ": "s",
    "ε": "eps",
    "θ": "theta",
    "Δ": "change of ",
    "·": "*",
    "²": "^2",
    "√": "sqrt",
    "−": "-",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "∞": "inf",
    "○": "o",
    "×": "x",
    "╳": "x",
    "●": "@",
    "▲": "^",
    "◇": "V",
    "□": "E",
    "◆": "#",
    "•": "o",
    "◦": ".",
    "▸": ">",
    "→": "->",
    "↑": "up",
    "↓": "down",
    "←": "<-",
    "…": "...",
    "≡": "#",
    "—": "-",
    "–": "-",
    "‖": "|",
    "∂": "d",
    "±": "+-",
    "“": '"',
    "”": '"',
    "’": "'",
}


def drawn(line: Row, unicode: bool) -> Row:
    """The row as this terminal can show it, cell for cell."""
    if unicode or all(text.isascii() for text, _ in line):
        return line
    return tuple((_ascii(text.translate(_DRAWN)), ink) for text, ink in line)


def said(text: str, unicode: bool) -> str:
    """The text as this terminal can show it; it may become longer."""
    if unicode or text.isascii():
        return text
    return _ascii("".join(_SAID.get(sign, sign) for sign in text))


def _ascii(text: str) -> str:
    return text if text.isascii() else text.encode("ascii", "replace").decode("ascii")

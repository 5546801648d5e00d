"""Where in a TOML text a key stands: tomllib does not say, and a message without a line sends people searching."""

from __future__ import annotations

import re
from functools import lru_cache

_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(rf"[ \t]*(?:\[\[?[ \t]*({_KEYS})[ \t]*\]\]?[ \t\r]*$|({_KEYS})[ \t]*=)")
# As TOML reads them, from left to right. Possessive: no text makes the search go back, or keep places to go back to.
STRING_OR_COMMENT = re.compile(
    r'"""[^"\\]*+(?:(?:\\[\s\S]|"(?!""))[^"\\]*+)*+"{3,5}'
    r"|'''[^']*+(?:'(?!'')[^']*+)*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|#[^\n]*+"
)


def line_of(text: str, key: str, point: int) -> int | None:
    """The line, from 1, of `key` in a text that is TOML, or of the table it belongs to; None where neither is seen.

    The tables of an array are keys by their place, from 0: `scene[0].beat[2].say`.
    """
    if not key:
        return None
    lines, seen = _seen(text)
    while key and key not in seen:
        key = key[: max(key.rfind("."), key.rfind("["), 0)]
    first = seen.get(key)
    if not (first and point):
        return first
    # Every point before the wrong one is a list of numbers: its bracket is number point + 1 after the key.
    behind = "\n".join(lines[first - 1 :]).partition("=")[2]
    return first + "".join(behind.split("[", point + 1)[: point + 1]).count("\n")


@lru_cache(maxsize=1)  # a file has many mistakes
def _seen(text: str) -> tuple[list[str], dict[str, int]]:
    """The lines of a text, without comments and long strings, and the line of each key and table."""
    plain = STRING_OR_COMMENT.sub(_without_long_ones, text)
    lines, table = plain.split("\n"), ""
    seen: dict[str, int] = {}
    counts: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if statement := _STATEMENT.match(line):
            header, name = (re.sub(r"[\s\"']", "", part or "") for part in statement.groups())
            if header:
                table = _indexed(header, counts, line.lstrip().startswith("[["))
            full = table if header else f"{table}.{name}".lstrip(".")
            for end in [*(dot.start() for dot in re.finditer(r"\.", full)), len(full)]:
                seen.setdefault(full[:end], number)
    return lines, seen


def _without_long_ones(found: re.Match[str]) -> str:
    """A string in quotes as it is, for it may be a key; of others and of comments the line ends."""
    text = found[0]
    return "\n" * text.count("\n") if text.startswith(("#", '"""', "'''")) else text


def _indexed(header: str, counts: dict[str, int], is_array: bool) -> str:
    """The header of a table with the places of the arrays it stands in; `counts` holds how many of each came so far."""
    full = ""
    names = header.split(".")
    for depth, name in enumerate(names, 1):
        full = f"{full}.{name}".lstrip(".")
        if is_array and depth == len(names):
            counts[full] = counts.get(full, 0) + 1
        if full in counts:
            full += f"[{counts[full] - 1}]"
    return full

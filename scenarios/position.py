"""Where in a TOML text a key stands: tomllib does not tell, and a message without a line sends people searching."""

from __future__ import annotations

import re

_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(rf"[ \t]*(?:\[\[?[ \t]*({_KEYS})[ \t]*\]\]?[ \t\r]*$|({_KEYS})[ \t]*=)")
_LONG_STRING_OR_COMMENT = re.compile(
    r'''("""(?:\\[\s\S]|[^\\])*?"""|\'\'\'[\s\S]*?\'\'\'|#[^\n]*)|"(?:\\.|[^"\\\n])*"|'[^'\n]*\''''
)


def line_of(text: str, key: str, point: int) -> int | None:
    """The line, from 1, of `key` in a text that is TOML, or of the table it belongs to; None where neither is seen."""
    plain = _LONG_STRING_OR_COMMENT.sub(lambda found: "\n" * found[0].count("\n") if found[1] else found[0], text)
    lines, table = plain.split("\n"), ""
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if statement := _STATEMENT.match(line):
            header, name = (re.sub(r"[\s\"']", "", part or "") for part in statement.groups())
            table = header or table
            full = header or f"{table}.{name}".lstrip(".")
            for end in [*(dot.start() for dot in re.finditer(r"\.", full)), len(full)]:
                seen.setdefault(full[:end], number)
    while key and key not in seen:
        key = key.rpartition(".")[0]
    first = seen.get(key)
    if not (first and point):
        return first
    # Every point before the wrong one is a list of numbers: its bracket is number point + 1 behind the key.
    behind = "\n".join(lines[first - 1 :]).partition("=")[2]
    return first + "".join(behind.split("[", point + 1)[: point + 1]).count("\n")

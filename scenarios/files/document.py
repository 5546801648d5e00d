"""The text of a file of ours as tables: bounded before the parser sees it, TOML, and of a version that is known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from scenarios.files.complaints import InputError
from scenarios.files.position import STRING_OR_COMMENT
from scenarios.text import shortened

FORMAT = 1
LARGEST = 8 * 2**20
"""Characters of a text, and bytes of a file."""
MOST_PARTS = 16
"""Parts of one key: `a.b.c` has three. What the parser keeps grows with their square."""
MOST_KEYS = 200_000
"""Parts of all keys and headers of a text together: twice what the longest lecture needs. Values do not count."""

# A number has one dot at the most, so that values need not be told from keys.
_LONG_KEY = re.compile(rf"(?:\.[^.\n=,{{}}\[\]]*+){{{MOST_PARTS}}}")
_HEADER = re.compile(r"^[ \t]*+\[[^,=\n]*+$", re.MULTILINE)


def document(text: str) -> dict[str, Any]:
    """The tables of a file of ours.

    Raises InputError for what is larger than any file of ours need be, is not TOML, or has another version.
    """
    return versioned(parsed(text))


def parsed(text: str) -> dict[str, Any]:
    """The same whatever its version. Raises InputError for what is too large or is not TOML."""
    _bound(text)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise InputError("", "its brackets are nested too deeply; a list of points is [[x1, x2, label], ...]") from None
    except ValueError as error:
        if "digits" in str(error):
            raise InputError("", "a whole number in it has more digits than are read") from None
        found = re.fullmatch(r"(?s)(.*) \(at line (\d+), (column \d+)\)", str(error))
        what, line, column = (found[1], int(found[2]), f" at {found[3]}") if found else (str(error), 0, "")
        hint = _hint(text.split("\n")[line - 1] if line else "")
        raise InputError("", f"this is not TOML{column}: {shortened(what)}; {hint}", line=line) from None


def versioned(tables: dict[str, Any]) -> dict[str, Any]:
    """The tables, of a version that is known. Raises InputError for any other."""
    # The version is checked before the shape: a newer format may have another one.
    version = tables.get("riserun")
    if version is None:
        told = f"the version of the format is missing; begin the file with riserun = {FORMAT}"
        raise InputError("", told, missing="riserun")
    if type(version) is not int or not 0 < version < 1000:
        raise InputError("riserun", f"riserun must be the version of the format; write riserun = {FORMAT}")
    if version != FORMAT:
        raise InputError("riserun", f"this file has format {version}; this riserun reads format {FORMAT}")
    return tables


def _hint(line: str) -> str:
    """What would be right where the parser gave up in `line`."""
    plain = STRING_OR_COMMENT.sub("s", line)
    if plain.count("{") > plain.count("}"):
        return "{ } must stay on one line; write a table instead, its [name] in a line and a line for each key below it"
    if found := re.fullmatch(r"\s*(?P<key>[\w.-]+)\s*=\s*(?P<whole>[+-]?\d+),(?P<part>\d+)\s*", plain):
        return f"write {shortened(found['key'])} = {found['whole']}.{found['part']}, with a point"
    if found := re.fullmatch(r"\s*(?P<key>[\w.-]+)\s*=\s*(?P<word>[^\W\d][^\"'\[\]{}=#]*)", line):
        word = found["word"].strip()
        right = word.lower() if word.lower() in ("true", "false") else f'"{word}"'
        return f"write {shortened(found['key'])} = {shortened(right)}"
    return 'write text in "quotes", a list in [brackets], each key once'


def _bound(text: str) -> None:
    """Raises InputError for a text whose size or keys would cost the parser more than any file of ours needs."""
    if len(text) > LARGEST:
        raise InputError("", f"it has more than {LARGEST // 2**20} MB, which is the most that is read")
    # A string stands as one letter with the line ends that it had, so that each key keeps its line.
    plain = STRING_OR_COMMENT.sub(lambda found: "s" + "\n" * found[0].count("\n"), text)
    if found := _LONG_KEY.search(plain):
        line = plain.count("\n", 0, found.start()) + 1
        raise InputError("", f"a key here has more than {MOST_PARTS} parts between its dots", line=line)
    if plain.count("=") > MOST_KEYS or sum(map(_parts, _headers_and_keys(plain))) > MOST_KEYS:
        raise InputError("", f"it has more than {MOST_KEYS:,} keys, which is the most that is read")


def _headers_and_keys(plain: str) -> Iterator[str]:
    """What stands between the brackets of a header, or before an equals sign."""
    yield from _HEADER.findall(plain)
    for before in plain.split("=")[:-1]:
        yield before[max(before.rfind(end) for end in "\n,{") + 1 :]


def _parts(key: str) -> int:
    return key.count(".") + 1

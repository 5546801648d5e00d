"""All the mistakes of a file, not the first alone: each that is found is taken out, and the rest is checked again."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.files.complaints import InputError
from scenarios.files.document import FORMAT, parsed, versioned
from scenarios.files.position import STRING_OR_COMMENT

MOST = 20
"""Mistakes that are named of one file."""

# What stands in for a key that is missing or too wrong for the rest to be checked with it.
_POINT = [0.0, 0.0, 1.0]
_DATA = {"set": "lecture"}
_MODEL = {"kind": "Linear", "parameters": {"w1": 1.0, "w2": 1.0, "b": 0.0}}
_STAND_INS: dict[str, Any] = {
    "riserun": FORMAT,
    "title": "title",
    "data": _DATA,
    "set": "lecture",
    "model": _MODEL,
}
# A wrong word here makes all that stands beside it wrong: the whole table gives way.
_RULING = {"data": ("data", _DATA), "data.set": ("data", _DATA), "data.points": ("data", _DATA)} | dict.fromkeys(
    ("model", "model.kind", "model.parameters"), ("model", _MODEL)
)
_ANYTHING = "*"  # among keys that were taken out: nobody can say which


@dataclass(frozen=True, slots=True)
class Mending:
    """What a kind of file has of its own, so that the rest of it can be checked without a mistake.

    `stand_ins`: by the name of a key that is missing, what stands in for it in the table at a place. `whole`: tables
    that go with a mistake in them. `places`: one of several tables, for which an empty one stands in where it is none,
    so that the others keep their places. `parts`: an error that may only follow from another does so within one of
    these.
    """

    stand_ins: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)
    whole: re.Pattern[str] = re.compile("(?!)")
    places: re.Pattern[str] = re.compile("(?!)")
    parts: re.Pattern[str] = re.compile("")

    def part(self, error: InputError) -> str:
        """The part of the file that it is in, "" for none."""
        found = self.parts.match(error.key)
        return found[0] if found else ""


_PLAIN = Mending()


def mistakes(text: str, check: Callable[[dict[str, Any]], object], mending: Mending = _PLAIN) -> list[InputError]:
    """What is wrong in `text`, as `check` raises it of its tables, an InputError at a time; MOST of them at the most.

    What only follows from a mistake before it is left out.
    """
    found = list[InputError]()
    broken = set[str]()
    for error in _all(text, check, mending, broken):
        missing = {error.missing, _path(error.key, error.missing), _ANYTHING} if error.missing else set[str]()
        if not (missing & broken or (error.follows and mending.part(error) in map(mending.part, found))):
            found.append(error)
        if len(found) == MOST:
            break
    return found


def _all(
    text: str, check: Callable[[dict[str, Any]], object], mending: Mending, broken: set[str]
) -> Iterator[InputError]:
    """Every error; a key that is taken out is put into `broken`, so that it is not called missing then."""
    while True:
        try:
            tables = parsed(text)
        except InputError as error:
            yield error
            shorter = _without_statement(text, error.line, broken)
            if shorter == text:
                return
            text = shorter
        else:
            break
    while True:
        try:
            check(versioned(tables))
        except InputError as error:
            yield error
            broken |= {error.key, _path(error.key.rpartition(".")[0], error.meant)}
            if not _mended(tables, error, mending):
                return
        else:
            return


def _path(*names: str) -> str:
    return ".".join(filter(None, names))


def _without_statement(text: str, line: int, broken: set[str]) -> str:
    """The text without the statement that stands in `line`: to its closing brace, where it opens one."""
    if not line:
        return text
    lines = text.split("\n")
    first = last = min(line, len(lines)) - 1
    named = re.match(r"\s*(?:\[+\s*)?([\w-]+)", lines[first])
    broken.add(named[1] if named else _ANYTHING)
    opened = 0
    for index in range(first, len(lines)):
        plain = STRING_OR_COMMENT.sub("s", lines[index])
        opened += plain.count("{") - plain.count("}")
        if opened <= 0:
            last = index
            break
    return "\n".join([*lines[:first], *[""] * (last - first + 1), *lines[last + 1 :]])


def _mended(tables: dict[str, Any], error: InputError, mending: Mending) -> bool:
    """Take what is wrong out of the tables; False where it cannot be."""
    if error.key == "model" and error.missing:
        tables["model"] = copy.deepcopy(_MODEL)
        return True
    if mending.whole.fullmatch(error.key):
        return _removed(tables, error.key)
    if mending.places.fullmatch(error.key):
        return _emptied(tables, error.key)
    place = _at(tables, error.key)
    if error.missing and isinstance(place, dict):
        own, common = mending.stand_ins.get(error.missing), _STAND_INS.get(error.missing, 0.0)
        place[error.missing] = copy.deepcopy(common) if own is None else own(error.key)
        return True
    if error.point and isinstance(place, list) and error.point <= len(place):
        known, place[error.point - 1] = place[error.point - 1], _POINT
        return bool(known != _POINT)
    if error.item is not None and isinstance(place, list):
        del place[error.item]
        return True
    if error.key in _RULING:
        name, table = _RULING[error.key]
        known, tables[name] = tables.get(name), copy.deepcopy(table)
        if name == "model" and isinstance(tables.get("editor"), dict):
            tables["editor"].pop("parameters", None)
        return bool(known != table)
    return _removed(tables, "optimizer" if error.key == "optimizer.kind" else error.key)


def _parts(key: str) -> list[Any]:
    """The names and places that a key is made of: `scene`, 0, `title` of `scene[0].title`."""
    return [int(part) if part.isdecimal() else part for part in re.findall(r"[^.\[\]]+", key)]


def _at(tables: Any, key: str) -> Any:
    """What stands at `key`, None where nothing does."""
    for part in _parts(key):
        if (isinstance(tables, dict) and part in tables) or (isinstance(tables, list) and part in range(len(tables))):
            tables = tables[part]
        else:
            return None
    return tables


def _emptied(tables: dict[str, Any], key: str) -> bool:
    """Put an empty table in the place `key` of a list; False where there is no such place, or one stands there."""
    *names, place = _parts(key)
    among = _at(tables, ".".join(map(str, names)))
    if not isinstance(among, list) or place not in range(len(among)) or among[place] == {}:
        return False
    among[place] = {}
    return True


def _removed(tables: dict[str, Any], key: str) -> bool:
    """Take `key` out, whose last names may be one key with dots in it; False where it is not there."""
    parts = _parts(key)
    for count in range(1, len(parts) + 1):
        place = _at(tables, ".".join(map(str, parts[:-count])))
        name: Any = parts[-1] if count == 1 else ".".join(map(str, parts[-count:]))
        if (isinstance(place, dict) and name in place) or (isinstance(place, list) and name in range(len(place))):
            del place[name]
            return True
    return False

"""What is said of a file that has other keys, or other values, than its tables may have, in a teacher's words."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, TypeVar

import msgspec

from engine.names import closest, nearest
from engine.training.settings import SETTINGS
from scenarios.files.tables import DataTable, EditorTable, File, ModelTable
from scenarios.text import quoted, shortened

T = TypeVar("T")


class InputError(Exception):
    """What is wrong at a key, or at one point (from 1) of it; `parse` adds the file and finds the line.

    So that the rest of a file can be checked too: `missing`, the name of what is not there; `meant`, the name that an
    unknown one may stand for; `item`, the place (from 0) in a list of moves; `follows`, where it may only follow from a
    mistake before it.
    """

    def __init__(
        self,
        key: str,
        what: str,
        point: int = 0,
        line: int = 0,
        *,
        missing: str = "",
        meant: str = "",
        item: int | None = None,
        follows: bool = False,
    ):
        super().__init__(what)
        self.key, self.point, self.line = key, point, line
        self.missing, self.meant, self.item, self.follows = missing, meant, item, follows


_TABLES: dict[str, type[msgspec.Struct]] = {
    "": File,
    "data": DataTable,
    "model": ModelTable,
    "editor": EditorTable,
}
_EXAMPLES = {
    "title": 'title = "..."',
    "data": '[data] and under it set = "lecture"',
    "model": '[model] and under it kind = "Linear"',
    "kind": 'kind = "Linear"',
    "parameters": "[model.parameters] and under it a line for each, as in w1 = 1.0",
    "scene": "[[scene]] and under it a name, a title, a scenario and its beats",
    "name": 'name = "step-1"',
    "scenario": 'scenario = "model1"',
    "beat": '[[scene.beat]] and under it say = "..."',
}
# Where a key stands that was written somewhere else.
_HOMES = {
    name: place
    for place, names in {
        "at the top, before the first [table]": ("loss", "reduction", "summary", "notes"),
        "in [data]": ("set", "points", "count", "noise"),
        "in [data], or in [optimizer]": ("seed",),
        "in [model]": ("parameters", "held"),
        "in [optimizer]": set(SETTINGS) - {"loss", "reduction", "optimizer", "seed"},
        "in [editor]": ("nudge", "range"),
        "in a lecture's [[scene]]": ("scenario", "beat"),
        "in a lecture's [[scene.beat]]": ("say", "do", "screen", "view", "ask"),
    }.items()
    for name in names
}
_LISTS = {
    "points": "a list of points, three numbers each, [x1, x2, label]",
    "range": "two numbers, [low, high]",
    "held": 'a list of parameters, as in ["w1", "w2"]',
    "do": 'a list of moves, as in ["edit b -0.5", "forward"]',
    "at": "a list of numbers, one for each argument",
    "over": "a list of [low, high], one for each argument",
}
_KINDS = {
    "float": "a number",
    "int": "a whole number",
    "str": "text in quotes",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


def advice(key: str, known: Collection[str]) -> str:
    """What to do with a key that is unknown where it stands, where there are the `known` ones."""
    if key in _HOMES:
        return f"it stands {_HOMES[key]}"
    if closest(key, known) is None and (elsewhere := closest(key, _HOMES)):
        return f"did you mean {elsewhere!r}? It stands {_HOMES[elsewhere]}"
    return nearest(key, known)


def shaped(value: object, shape: type[T], at: str = "") -> T:
    """`value`, found at the key `at`, as `shape`."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise _misshapen(str(error), at, shape) from None


def _misshapen(message: str, at: str, shape: type[Any]) -> InputError:
    """msgspec's message in a teacher's words, with the nearest key or an example of what is right."""
    found = re.fullmatch(r"(?s)(.*?)(?: - at `\$\.?([\w.]*)((?:\[\d+\])*)`)?", message)
    what, path, index = found.groups(default="") if found else (message, "", "")
    key = ".".join(filter(None, (at, path)))
    fields = getattr(_TABLES.get(key, shape) if path else shape, "__struct_fields__", ())
    table = f" in [{key}]" if key else ""
    if unknown := re.fullmatch(r"(?s)Object contains unknown field `(.*)`", what):
        full, told = f"{key}.{unknown[1]}".lstrip("."), f"unknown key {quoted(unknown[1])}{table}; "
        told += advice(unknown[1], fields)
        return InputError(full, told, meant=closest(unknown[1], fields) or "")
    if missing := re.fullmatch(r"Object missing required field `(\w+)`", what):
        told = f"the key {missing[1]!r} is missing{table}; write {_EXAMPLES[missing[1]]}"
        return InputError(key, told, missing=missing[1])
    last = key.rpartition(".")[2]
    if last in _LISTS and (index or "array" in what):
        if not (index and last == "points"):
            return InputError(key, f"{key} must be {_LISTS[last]}")
        point = int(index[1:].partition("]")[0]) + 1
        is_list = (
            index.count("[") == 2 or "length" in what
        )  # otherwise it has no bracket of its own to find its line by
        return InputError(key, f"{key} must be {_LISTS[last]}; point {point} is not", point if is_list else 0)
    if kinds := re.fullmatch(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`", what):
        wanted, got = (_KINDS.get(kind, f"a {kind}") for kind in kinds.groups())
        got = "one with decimals" if kinds.groups() == ("int", "float") else got
        key += index if kinds[1] == "object" else ""  # one of several tables
        return InputError(key, f"{key} must be {wanted}, not {got}")
    return InputError(
        key, f"{key} must be a finite number" if what == "Number out of range" else f"{key}: {shortened(what)}"
    )

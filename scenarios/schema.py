"""The shape of a scenario file, checked, with errors a person can act on. docs/scenarios.md describes the format."""

from __future__ import annotations

import difflib
import math
import re
import sys
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import tomli_w

from engine import datasets
from engine.datasets import Data
from engine.losses import POINT_LOSSES, REDUCTIONS
from engine.models import MODELS
from engine.problem import Problem
from engine.session import Session

FORMAT = 1
NUDGE = 0.1
REACH = 2.0
LONGEST = {"title": 60, "summary": 200, "notes": 4000}

T = TypeVar("T")


class ScenarioError(Exception):
    """A scenario that cannot be read or saved. Its text is for a person: where it is, what is wrong, what is right."""


@dataclass(frozen=True, slots=True)
class Editor:
    """How a parameter's row edits it: the ends of its bar and what one key press adds."""

    low: float
    high: float
    nudge: float


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """A problem with starting values and the words that introduce it.

    `name` is the file's stem; `parameters` and `editors` are in the order of `problem.names`.
    """

    name: str
    title: str
    summary: str
    notes: str
    problem: Problem
    parameters: tuple[float, ...]
    editors: tuple[Editor, ...]


class _DataTable(msgspec.Struct, forbid_unknown_fields=True):
    set: str | None = None
    points: list[tuple[float, float, float]] | None = None


class _ModelTable(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    parameters: dict[str, Any]
    held: list[str] = []


class _OptimizerTable(msgspec.Struct, forbid_unknown_fields=True):
    rate: float = 0.1


class _EditorRow(msgspec.Struct, forbid_unknown_fields=True):
    nudge: float | None = None
    range: tuple[float, float] | None = None


class _EditorTable(_EditorRow, forbid_unknown_fields=True):
    parameters: dict[str, Any] = {}


class _File(msgspec.Struct, forbid_unknown_fields=True):
    riserun: int
    title: str
    data: _DataTable
    model: _ModelTable
    summary: str = ""
    notes: str = ""
    loss: str = "log-sigmoid"
    reduction: str = "sum"
    optimizer: _OptimizerTable = msgspec.field(default_factory=_OptimizerTable)
    editor: _EditorTable = msgspec.field(default_factory=_EditorTable)


def parse(text: str, source: str, name: str) -> Scenario:
    """The scenario that `text`, the content of the file `source`, describes; `name` becomes its name.

    Raises ScenarioError for every text that does not describe one, and no other exception.
    """
    try:
        return _scenario(_document(text), clean_line(name))
    except _InputError as error:
        line = error.line or _line_of(text, error.key, error.point)
        place = f"{source}, line {line}" if line else source
        raise ScenarioError(clean_line(f"{place}: {error}")) from None


def dump(scenario: Scenario) -> str:
    """The scenario as a file. Parsing it again gives the same scenario, numbers to the last bit."""
    problem = scenario.problem
    held = [name for name in problem.names if name in problem.held]
    head = {
        "riserun": FORMAT,
        "title": scenario.title,
        "summary": scenario.summary,
        **({"notes": scenario.notes} if scenario.notes else {}),
        "loss": problem.loss,
        "reduction": problem.reduction,
    }
    tables = {
        "model": {
            "kind": problem.model,
            **({"held": held} if held else {}),
            "parameters": _nested(zip(problem.names, scenario.parameters, strict=True)),
        },
        "optimizer": {"rate": problem.rate},
        "editor": _editor_table(scenario),
    }
    return "\n".join([tomli_w.dumps(head, multiline_strings=True), _data_text(problem.data), tomli_w.dumps(tables)])


def nearest(word: str, known: Collection[str]) -> str:
    """What to offer for `word`: the known name most like it, whatever its case, or else the known names."""
    by_fold = {name.casefold(): name for name in known}
    if close := difflib.get_close_matches(word.casefold(), by_fold, n=1):
        return f"did you mean {by_fold[close[0]]!r}?"
    return f"there is {', '.join(list(known)[:10])}" + (", ..." if len(known) > 10 else "")


def clean(text: str) -> str:
    """`text` with nothing in it that could steer a terminal or turn its reading direction; lines end in \\n."""
    text = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", _ESCAPE_SEQUENCE.sub("", text)).replace("\t", " ")
    return "".join(char for char in text if char in _KEPT or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def clean_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(clean(text).split())


# CSI in 7 and 8 bits; OSC, DCS and their kin up to their end; all other sequences.
_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]"
)
_KEPT = "\n\u200c\u200d"  # the two joiners belong to scripts and emoji and move nothing


class _InputError(Exception):
    """What is wrong at a key, or at one point (from 1) of it; `parse` adds the file and finds the line."""

    def __init__(self, key: str, what: str, point: int = 0, line: int = 0):
        super().__init__(what)
        self.key, self.point, self.line = key, point, line


def _document(text: str) -> dict[str, Any]:
    try:
        document = tomllib.loads(text)
    except RecursionError:
        raise _InputError("", "its brackets are nested too deep; a list of points is [[x1, x2, label], ...]") from None
    except ValueError as error:
        found = re.fullmatch(r"(?s)(.*) \(at line (\d+), (column \d+)\)", str(error))
        what, line, column = (found[1], int(found[2]), f" at {found[3]}") if found else (str(error), 0, "")
        hint = 'write text in "quotes", a list in [brackets], each key once'
        raise _InputError("", f"this is not TOML{column}: {_shortened(what)}; {hint}", line=line) from None
    # The version comes before the shape: a newer format may well have another one.
    version = document.get("riserun")
    if version is None:
        raise _InputError("", f"the version of the format is missing; begin the file with riserun = {FORMAT}")
    if type(version) is not int or not 0 < version < 1000:
        raise _InputError("riserun", f"riserun must be the version of the format; write riserun = {FORMAT}")
    if version != FORMAT:
        raise _InputError("riserun", f"this file is of format {version}; this riserun reads {FORMAT}")
    return document


def _scenario(document: dict[str, Any], name: str) -> Scenario:
    file = _shaped(document, _File)
    model = _known(file.model.kind, MODELS, "model", "model.kind")
    names = MODELS[model].parameters
    title, summary = _text("title", clean_line(file.title)), _text("summary", clean_line(file.summary))
    notes = _text("notes", "\n".join(line.rstrip() for line in clean(file.notes).split("\n")).strip("\n"))
    if not title:
        raise _InputError("title", "the title is empty; a few words are needed")
    problem = Problem(
        data=_data(file.data),
        model=model,
        loss=_known(file.loss, POINT_LOSSES, "loss", "loss"),
        reduction=_known(file.reduction, REDUCTIONS, "reduction", "reduction"),
        rate=_positive(file.optimizer.rate, "optimizer.rate"),
        held=frozenset(_known(held, names, "parameter", "model.held") for held in file.model.held),
    )
    parameters = _parameters(file.model, names)
    try:
        Session.begin(problem, parameters)
    except ValueError as error:
        raise _InputError("model.parameters", f"{error}; use values, or points, nearer to 0") from None
    return Scenario(name, title, summary, notes, problem, parameters, _editors(file.editor, names, parameters))


def _text(key: str, text: str) -> str:
    if len(text) > LONGEST[key]:
        raise _InputError(key, f"{key} has {len(text)} characters; at most {LONGEST[key]} are allowed")
    return text


def _known(word: str, known: Collection[str], what: str, key: str) -> str:
    if word not in known:
        raise _InputError(key, f"{key}: unknown {what} {_quoted(word)}; {nearest(word, known)}")
    return word


def _positive(value: float, key: str) -> float:
    if not (math.isfinite(value) and value > 0.0):
        raise _InputError(key, f"{key} must be a finite number above 0, not {value:g}")
    return value


def _data(table: _DataTable) -> Data:
    if (table.set is None) == (table.points is None):
        given = "neither set nor" if table.set is None else "both set and"
        raise _InputError("data", f'data has {given} points; give one of them, as in set = "lecture"')
    if table.set is not None:
        return datasets.SETS[_known(table.set, datasets.SETS, "set", "data.set")]()
    try:
        return datasets.data(table.points or ())
    except ValueError as error:
        point = re.search(r"point (\d+)", str(error))
        raise _InputError("data.points", f"data.points: {error}", point=int(point[1]) if point else 0) from None


def _parameters(model: _ModelTable, names: tuple[str, ...]) -> tuple[float, ...]:
    at = "model.parameters"
    given = {name: _shaped(value, float, f"{at}.{name}") for name, value in _flat(model.parameters, names, at).items()}
    for name in names:
        if name not in given:
            raise _InputError(at, f"{at}: {name} is missing; {model.kind} has {', '.join(names)}")
        if not math.isfinite(given[name]):
            raise _InputError(f"{at}.{name}", f"{at}.{name} must be a finite number, not {given[name]:g}")
    return tuple(given[name] for name in names)


def _editors(table: _EditorTable, names: tuple[str, ...], values: tuple[float, ...]) -> tuple[Editor, ...]:
    at = "editor.parameters"
    _check_row(table, "editor")
    rows = {name: _shaped(row, _EditorRow, f"{at}.{name}") for name, row in _flat(table.parameters, names, at).items()}
    editors = []
    for name, value in zip(names, values, strict=True):
        row = rows.get(name, _EditorRow())
        _check_row(row, f"{at}.{name}")
        low, high = row.range or table.range or _default_range(value)
        editors.append(Editor(low, high, row.nudge or table.nudge or NUDGE))
    return tuple(editors)


def _check_row(row: _EditorRow, at: str) -> None:
    if row.nudge is not None:
        _positive(row.nudge, f"{at}.nudge")
    if row.range is not None:
        low, high = row.range
        if not (low < high and math.isfinite(high - low)):
            wanted = "[low, high], finite and low below high"
            raise _InputError(f"{at}.range", f"{at}.range must be {wanted}, not [{low:g}, {high:g}]")


def _default_range(value: float) -> tuple[float, float]:
    """-2 to 2, or wide enough to show `value` and as much again beyond it; its width is always finite."""
    reach = REACH if abs(value) <= REACH else min(2.0 * abs(value), sys.float_info.max / 2.0)
    return -reach, reach


def _flat(table: dict[str, Any], names: tuple[str, ...], at: str) -> dict[str, Any]:
    """Values by the parameters' dotted names, which TOML reads as tables in tables."""
    flat: dict[str, Any] = {}
    groups = {name.rpartition(".")[0] for name in names}
    for key, value in table.items():
        inner = value if isinstance(value, dict) and key in groups else None
        for name, item in [(f"{key}.{last}", inner[last]) for last in inner] if inner else [(key, value)]:
            if name not in names:
                raise _InputError(f"{at}.{name}", f"{at}: unknown parameter {_quoted(name)}; {nearest(name, names)}")
            if name in flat:
                raise _InputError(f"{at}.{name}", f"{at}: {name} is given twice; once is right")
            flat[name] = item
    return flat


def _nested(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The opposite of `_flat`."""
    nested: dict[str, Any] = {}
    for name, value in values:
        group, _, last = name.rpartition(".")
        (nested.setdefault(group, {}) if group else nested)[last] = value
    return nested


def _data_text(data: Data) -> str:
    if data.name in datasets.SETS:
        return f'[data]\nset = "{data.name}"\n'
    # By hand, one point a line: tomli_w would put each number on a line of its own.
    rows = zip(data.x1.tolist(), data.x2.tolist(), data.y.tolist(), strict=True)
    return "[data]\npoints = [\n" + "".join(f"  [{x1!r}, {x2!r}, {y:+.0f}],\n" for x1, x2, y in rows) + "]\n"


def _editor_table(scenario: Scenario) -> dict[str, Any]:
    nudges = {editor.nudge for editor in scenario.editors}
    common = nudges.pop() if len(nudges) == 1 else NUDGE
    rows = []
    for name, value, editor in zip(scenario.problem.names, scenario.parameters, scenario.editors, strict=True):
        row: dict[str, Any] = {} if editor.nudge == common else {"nudge": editor.nudge}
        if (editor.low, editor.high) != _default_range(value):
            row["range"] = [editor.low, editor.high]
        if row:
            rows.append((name, row))
    return {"nudge": common, **({"parameters": _nested(rows)} if rows else {})}


_TABLES: dict[str, type[msgspec.Struct]] = {
    "": _File,
    "data": _DataTable,
    "model": _ModelTable,
    "optimizer": _OptimizerTable,
    "editor": _EditorTable,
}
_EXAMPLES = {
    "title": 'title = "..."',
    "data": '[data] and under it set = "lecture"',
    "model": '[model] and under it kind = "Linear"',
    "kind": 'kind = "Linear"',
    "parameters": "[model.parameters] and under it a line for each, as in w1 = 1.0",
}
_LISTS = {
    "points": "a list of points, three numbers each, [x1, x2, label]",
    "range": "two numbers, [low, high]",
    "held": 'a list of parameters, as in ["w1", "w2"]',
}
_KINDS = {
    "float": "a number",
    "int": "a whole number",
    "str": "text in quotes",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


def _shaped(value: object, shape: type[T], at: str = "") -> T:
    """`value`, found at the key `at`, as `shape`."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise _misshapen(str(error), at, shape) from None


def _misshapen(message: str, at: str, shape: type[Any]) -> _InputError:
    """msgspec's message in a teacher's words, with the nearest key or an example of what is right."""
    found = re.fullmatch(r"(?s)(.*?)(?: - at `\$\.?([\w.]*)((?:\[\d+\])*)`)?", message)
    what, path, index = found.groups(default="") if found else (message, "", "")
    key = ".".join(filter(None, (at, path)))
    fields = getattr(_TABLES.get(key, shape), "__struct_fields__", ())
    table = f" in [{key}]" if key else ""
    if unknown := re.fullmatch(r"(?s)Object contains unknown field `(.*)`", what):
        full, advice = f"{key}.{unknown[1]}".lstrip("."), nearest(unknown[1], fields)
        return _InputError(full, f"unknown key {_quoted(unknown[1])}{table}; {advice}")
    if missing := re.fullmatch(r"Object missing required field `(\w+)`", what):
        return _InputError(key, f"the key {missing[1]!r} is missing{table}; write {_EXAMPLES[missing[1]]}")
    last = key.rpartition(".")[2]
    if last in _LISTS and (index or "array" in what):
        if not (index and last == "points"):
            return _InputError(key, f"{key} must be {_LISTS[last]}")
        point = int(index[1:].partition("]")[0]) + 1
        is_list = index.count("[") == 2 or "length" in what  # else it has no bracket of its own to find its line by
        return _InputError(key, f"{key} must be {_LISTS[last]}; point {point} is not", point if is_list else 0)
    if kinds := re.fullmatch(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`", what):
        wanted, got = (_KINDS.get(kind, f"a {kind}") for kind in kinds.groups())
        return _InputError(key, f"{key} must be {wanted}, not {got}")
    return _InputError(
        key, f"{key} must be a finite number" if what == "Number out of range" else f"{key}: {_shortened(what)}"
    )


def _quoted(word: str) -> str:
    return repr(_shortened(word))


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(rf"[ \t]*(?:\[\[?[ \t]*({_KEYS})[ \t]*\]\]?[ \t\r]*$|({_KEYS})[ \t]*=)")
_LONG_STRING_OR_COMMENT = re.compile(
    r'''("""(?:\\[\s\S]|[^\\])*?"""|\'\'\'[\s\S]*?\'\'\'|#[^\n]*)|"(?:\\.|[^"\\\n])*"|'[^'\n]*\''''
)


def _line_of(text: str, key: str, point: int) -> int | None:
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

"""The shape of a scenario file, checked, with errors a person can act on. docs/scenarios.md describes the format."""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from engine.names import named, nearest
from engine.session.session import Session
from engine.training import datasets
from engine.training.datasets import Data, PointError
from engine.training.models import FAMILIES, Kind
from engine.training.optimizers import OPTIMIZERS
from engine.training.problem import Problem
from engine.training.settings import SETTINGS, Setting, SettingError, settings_of
from scenarios.files.complaints import InputError, advice, shaped
from scenarios.files.document import document
from scenarios.files.mistakes import MOST, mistakes
from scenarios.files.position import line_of
from scenarios.files.tables import DataTable, EditorRow, EditorTable, File, ModelTable
from scenarios.intervals import INTERVAL, clamped, told_apart
from scenarios.shell import shell
from scenarios.text import clean, clean_line, quoted

NUDGE = 0.1
REACH = 2.0
LONGEST = {"title": 60, "summary": 200, "notes": 4000, "say": 220}


class ScenarioError(Exception):
    """A scenario that cannot be read or saved. Its text tells a person where, what is wrong and what is right."""


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


def parse(text: str, source: str, name: str) -> Scenario:
    """The scenario that `text`, the content of the file `source`, describes; `name` becomes its name.

    Raises ScenarioError for every text that does not describe one, and no other exception.
    """
    try:
        return _scenario(document(text), clean_line(name))
    except InputError as error:
        raise ScenarioError(placed(error, text, source)) from None


def wrong(text: str, source: str) -> list[str]:
    """All that is wrong in a text that should describe a scenario, a line each, in the order of the text."""
    return in_order(mistakes(text, lambda tables: _scenario(tables, "")), text, source)


def placed(error: InputError, text: str, source: str) -> str:
    """What is wrong and where, in a line."""
    line = error.line or line_of(text, error.key, error.point)
    return clean_line(f"{source}, line {line}: {error}" if line else f"{source}: {error}")


def in_order(errors: Sequence[InputError], text: str, source: str) -> list[str]:
    """The same of each, by their lines, those without one first; and that these are not all, where they may not be."""
    lines = {error: error.line or line_of(text, error.key, error.point) or 0 for error in errors}
    told = [placed(error, text, source) for error in sorted(lines, key=lambda error: lines[error])]
    return told if len(told) < MOST else [*told, f"{source}: these are {MOST} mistakes; fix them and check again"]


def _scenario(tables: dict[str, Any], name: str) -> Scenario:
    if "scene" in tables:
        raise InputError("scene", f"this is a lecture, not a scenario; {shell('FILE')} gives it")
    tables, given = _without_settings(tables)
    file = shaped(tables, File)
    kind = _kind(file.model.kind, given)
    names = kind.parameters
    title, summary = checked_line("title", file.title), checked_line("summary", file.summary)
    problem = Problem(
        data=_data(file.data),
        kind=kind,
        settings=_settings(file),
        held=frozenset(known_name(held, names, "parameter", "model.held") for held in file.model.held),
    )
    parameters = _parameters(file.model, kind)
    try:
        Session.begin(problem, parameters)
    except ValueError as error:
        raise InputError("model.parameters", f"{error}; use values, or points, nearer to 0") from None
    notes, editors = checked_notes("notes", file.notes), _editors(file.editor, names, parameters)
    return Scenario(name, title, summary, notes, problem, parameters, editors)


def checked_line(key: str, text: str) -> str:
    """The text at `key`, made harmless, on one line. Raises InputError for one too long, or an empty title."""
    return _checked(key, clean_line(text))


def checked_notes(key: str, text: str) -> str:
    """The same for notes, which have lines."""
    return _checked(key, "\n".join(line.rstrip() for line in clean(text).split("\n")).strip("\n"))


def _checked(key: str, text: str) -> str:
    last = key.rpartition(".")[2]
    if len(text) > LONGEST[last]:
        raise InputError(key, f"{key} has {len(text)} characters; at most {LONGEST[last]} are allowed")
    if last == "title" and not text:
        raise InputError(key, f"the {last} is empty; write a few words")
    return text


def known_name(word: str, known: Collection[str], what: str, key: str) -> str:
    """The known name of a `what` that `word`, found at `key`, is in any case; else InputError with the nearest one."""
    name = named(word, known)
    if name is None:
        raise InputError(key, f"{key}: unknown {what} {quoted(word)}; {nearest(word, known)}")
    return name


def _settings(file: File) -> dict[str, Any]:
    """The settings that a file has, by name."""
    given: dict[str, Any] = {"loss": file.loss, "reduction": file.reduction}
    names = {key_of(name).removeprefix("optimizer."): name for name in SETTINGS if name not in given}
    optimizer = _setting(SETTINGS["optimizer"], file.optimizer.get("kind", SETTINGS["optimizer"].default))
    known = settings_of(optimizer)
    for key, value in file.optimizer.items():
        if key not in names:
            offered = advice(key, [key for key, name in names.items() if name in known])
            offered = f'write kind = "{key}"' if key in OPTIMIZERS else offered
            raise InputError(f"optimizer.{key}", f"unknown key {quoted(key)} in [optimizer]; {offered}")
        if names[key] not in known:
            others = " or ".join(f'kind = "{row.name}"' for row in OPTIMIZERS.values() if key in row.settings)
            told = f"optimizer.{key}: {OPTIMIZERS[optimizer].title} has no {key}; it goes with {others}"
            raise InputError(f"optimizer.{key}", told)
        given[names[key]] = value
    return {name: _setting(SETTINGS[name], value) for name, value in given.items()}


def _setting(row: Setting, value: object) -> Any:
    key = key_of(row.name)
    found: Any = shaped(value, type(row.default), key)
    if row.choices:
        return known_name(found, row.choices, row.name, key)
    if not row.admits(found):
        raise InputError(key, f"{key} must be {row.wanted}, not {found:g}")
    return found


def key_of(name: str) -> str:
    """Where a setting stands in a file."""
    if name in ("loss", "reduction"):
        return name
    return "optimizer.kind" if name == "optimizer" else f"optimizer.{name}"


def _positive(value: float, key: str) -> float:
    if not (math.isfinite(value) and value > 0.0):
        raise InputError(key, f"{key} must be a finite number above 0, not {value:g}")
    return value


def _data(table: DataTable) -> Data:
    if (table.set is None) == (table.points is None):
        given = "neither set nor" if table.set is None else "both set and"
        missing = "set" if table.set is None else ""
        raise InputError("data", f'data has {given} points; give one of them, as in set = "lecture"', missing=missing)
    drawing = {name: getattr(table, name) for name in datasets.DRAWING if getattr(table, name) is not None}
    if table.set is None:
        for name in drawing:
            raise InputError(f"data.{name}", f"data.{name} is for a set that is drawn; these points are given")
        return _points(table)
    name = known_name(table.set, datasets.SOURCES, "set", "data.set")
    try:
        return datasets.drawn(name, **drawing)
    except ValueError as error:
        at = f"data.{error.name if isinstance(error, SettingError) else min(drawing, default='set')}"
        raise InputError(at, f"{at}: {error}") from None


def _points(table: DataTable) -> Data:
    try:
        return datasets.data(table.points or ())
    except ValueError as error:
        point = error.point if isinstance(error, PointError) else 0
        raise InputError("data.points", f"data.points: {error}", point) from None


def _without_settings(tables: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The tables without what sets a family of models apart, and that by itself. Which it may be depends on the family.

    Where the family knows values to start with, the parameters need not be given.
    """
    model = tables.get("model")
    if not isinstance(model, dict):
        return tables, {}
    known = {row.name for family in FAMILIES.values() for row in family.settings}
    given = {key: value for key, value in model.items() if key in known}
    rest = {key: value for key, value in model.items() if key not in known}
    family = named(str(rest.get("kind")), FAMILIES)
    if family and FAMILIES[family].starts:
        rest.setdefault("parameters", {})
    return {**tables, "model": rest}, given


def _kind(family: str, given: dict[str, Any]) -> Kind:
    family = known_name(family, FAMILIES, "model", "model.kind")
    rows, values = {row.name: row for row in FAMILIES[family].settings}, {}
    for key, value in given.items():
        at = f"model.{key}"
        if key not in rows:
            raise InputError(at, f"{at}: {family} has no {key}")
        shape: Any = tuple[int, ...] if isinstance(rows[key].default, tuple) else type(rows[key].default)
        values[key] = shaped(value, shape, at)
        try:
            rows[key].checked(values[key])
        except ValueError as error:
            raise InputError(at, f"{at}: {error}") from None
    return Kind.of(family, values)


def _parameters(model: ModelTable, kind: Kind) -> tuple[float, ...]:
    at, names = "model.parameters", kind.parameters
    given = {name: shaped(value, float, f"{at}.{name}") for name, value in _flat(model.parameters, names, at).items()}
    given = dict(zip(names, kind.initial, strict=False)) | given
    for name in names:
        if name not in given:
            raise InputError(at, f"{at}: {name} is missing; {model.kind} has {kind.named}", missing=name)
        if not math.isfinite(given[name]):
            raise InputError(f"{at}.{name}", f"{at}.{name} must be a finite number, not {given[name]:g}")
    return tuple(given[name] for name in names)


def _editors(table: EditorTable, names: tuple[str, ...], values: tuple[float, ...]) -> tuple[Editor, ...]:
    at = "editor.parameters"
    _check_row(table, "editor")
    rows = {name: shaped(row, EditorRow, f"{at}.{name}") for name, row in _flat(table.parameters, names, at).items()}
    editors = []
    for name, value in zip(names, values, strict=True):
        row = rows.get(name, EditorRow())
        _check_row(row, f"{at}.{name}")
        low, high = row.range or table.range or default_range(value)
        editors.append(Editor(low, high, row.nudge or table.nudge or NUDGE))
    return tuple(editors)


def _check_row(row: EditorRow, at: str) -> None:
    if row.nudge is not None:
        _positive(row.nudge, f"{at}.nudge")
    if row.range is not None:
        low, high = row.range
        # Of a bar that goes further out than anything is looked at, the part within is looked at.
        if not (math.isfinite(high - low) and told_apart(clamped(low), clamped(high))):
            raise InputError(f"{at}.range", f"{at}.range must be {INTERVAL}, not [{low:g}, {high:g}]")


def default_range(value: float) -> tuple[float, float]:
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
                raise InputError(f"{at}.{name}", f"{at}: unknown parameter {quoted(name)}; {nearest(name, names)}")
            if name in flat:
                raise InputError(f"{at}.{name}", f"{at}: {name} is given twice; write it once")
            flat[name] = item
    return flat

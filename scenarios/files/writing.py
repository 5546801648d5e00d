"""A scenario as the text of its file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tomli_w

from engine.training.datasets import DRAWING, SOURCES, Data, Drawn
from engine.training.models import Kind
from engine.training.problem import Problem
from engine.training.settings import SETTINGS
from scenarios.files.document import FORMAT
from scenarios.files.schema import NUDGE, Scenario, default_range, key_of


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
            **_kind_table(problem.kind),
            **({"held": held} if held else {}),
            **_parameters_table(scenario),
        },
        "optimizer": _optimizer_table(problem),
        "editor": _editor_table(scenario),
    }
    return "\n".join([tomli_w.dumps(head, multiline_strings=True), _data_text(problem.data), tomli_w.dumps(tables)])


def _optimizer_table(problem: Problem) -> dict[str, Any]:
    """The rate, and of the others what is not the default."""
    keys = {key_of(name): (name, value) for name, value in problem.settings.items()}
    return {
        key.removeprefix("optimizer."): value
        for key, (name, value) in keys.items()
        if key.startswith("optimizer.") and (name == "rate" or value != SETTINGS[name].default)
    }


def _kind_table(kind: Kind) -> dict[str, Any]:
    return {"kind": kind.family or kind.name, **{name: _plain(value) for name, value in kind.settings.items()}}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _parameters_table(scenario: Scenario) -> dict[str, Any]:
    """The parameters; where the kind knows values to start with, those that are others."""
    kind, values = scenario.problem.kind, scenario.parameters
    known = kind.initial or (None,) * len(values)
    rows = [(name, value) for name, value, start in zip(kind.parameters, values, known, strict=True) if value != start]
    return {"parameters": _nested(rows)} if rows or not kind.initial else {}


def _nested(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The opposite of `_flat`."""
    nested: dict[str, Any] = {}
    for name, value in values:
        group, _, last = name.rpartition(".")
        (nested.setdefault(group, {}) if group else nested)[last] = value
    return nested


def _data_text(data: Data) -> str:
    if (source := data.source) is not None:
        drawn = "" if SOURCES[source.name].fixed else _drawn_text(source)
        return f'[data]\nset = "{source.name}"\n{drawn}'
    # By hand, one point a line: tomli_w would put each number on a line of its own.
    rows = zip(data.x1.tolist(), data.x2.tolist(), data.y.tolist(), strict=True)
    return "[data]\npoints = [\n" + "".join(f"  [{x1!r}, {x2!r}, {y:+.0f}],\n" for x1, x2, y in rows) + "]\n"


def _drawn_text(source: Drawn) -> str:
    return "".join(f"{name} = {getattr(source, name)!r}\n" for name in DRAWING)


def _editor_table(scenario: Scenario) -> dict[str, Any]:
    nudges = {editor.nudge for editor in scenario.editors}
    common = nudges.pop() if len(nudges) == 1 else NUDGE
    rows = []
    for name, value, editor in zip(scenario.problem.names, scenario.parameters, scenario.editors, strict=True):
        row: dict[str, Any] = {} if editor.nudge == common else {"nudge": editor.nudge}
        if (editor.low, editor.high) != default_range(value):
            row["range"] = [editor.low, editor.high]
        if row:
            rows.append((name, row))
    return {"nudge": common, **({"parameters": _nested(rows)} if rows else {})}

"""The `view` of a lecture's beat: what a teacher may set of the screen, by the names that stand on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from math import inf
from typing import Any

import msgspec

from engine.derivative.study import study
from scenarios.files.complaints import InputError
from scenarios.files.schema import known_name
from scenarios.screens.derive import actions
from scenarios.screens.trace.program import length, traced
from scenarios.workspace.axes import Parameter
from scenarios.workspace.checks import fits, wrong_epsilon, wrong_formula, wrong_interval, wrong_place
from scenarios.workspace.moves import Look
from scenarios.workspace.view import Derived, Landscape, LandscapeView, LossView, Pane, Screen, View
from scenarios.workspace.workspace import Workspace


class ViewTable(msgspec.Struct, forbid_unknown_fields=True):
    """What may be set; what is left out stays as it is."""

    parameter: str | None = None
    point: int | None = None
    pane: str | None = None
    zoom: bool | None = None
    loss: str | None = None
    model: bool | None = None
    distances: bool | None = None
    epsilon: float | None = None
    function: str | None = None
    at: list[float] | None = None
    over: list[tuple[float, float]] | None = None
    by: str | None = None
    tangent: bool | None = None
    secant: bool | None = None
    shown: str | None = None
    rules: int | None = None
    hidden: bool | None = None
    operation: int | None = None
    traced: str | None = None
    landscape: str | None = None
    second: str | None = None
    range: tuple[float, float] | None = None
    cursor: float | None = None


def setting(workspace: Workspace, screen: str | None, table: ViewTable, key: str) -> Look:
    """The move that shows `screen` as `table`, found at `key`, says. Raises InputError for what cannot be shown."""
    changes: dict[str, Any] = {}
    if screen is not None:
        changes["screen"] = Screen(known_name(screen, _names(Screen), "screen", key.replace("view", "screen")))
    for name, read in _FIT.items():
        if (value := getattr(table, name)) is not None:
            changes |= read(workspace, value, f"{key}.{name}")
    shown = replace(workspace.view, **changes)
    if shown.screen is Screen.DERIVE or _any_of(table, _DERIVE):
        changes["derive"] = _derived(workspace, table, key)
        changes.pop("epsilon", None)
    if _any_of(table, _LANDSCAPE):
        changes["landscape"] = _landscape(workspace, shown, table, key)
    if table.operation is not None:
        at_view = replace(workspace, view=replace(workspace.view, **changes))
        last = length(traced(at_view))
        changes["trace_at"] = _within(table.operation, 0, last, f"{key}.operation")
    # What each key allows may still be too much together; a lecture, too, is recorded and read back.
    shown = replace(workspace.view, **changes)
    if (wrong := fits(shown, workspace)) is not None:
        raise InputError(key, f"{key}: {wrong}")
    return Look(shown)


def _names(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def _any_of(table: ViewTable, keys: tuple[str, ...]) -> bool:
    return any(getattr(table, key) is not None for key in keys)


def _parameter(workspace: Workspace, name: str, key: str) -> dict[str, Any]:
    names = workspace.session.state.problem.names
    index = names.index(known_name(name, names, "parameter", key))
    return {"parameter": index, "row": Parameter(index)}


def _point(workspace: Workspace, point: int, key: str) -> dict[str, Any]:
    return {"point": _within(point, 1, len(workspace.session.state.problem.data), key) - 1}


def _epsilon(workspace: Workspace, epsilon: float, key: str) -> dict[str, Any]:
    return {"epsilon": _right(epsilon, wrong_epsilon, key)}


def _traced(workspace: Workspace, what: str, key: str) -> dict[str, Any]:
    return {"trace_formula": known_name(what, ("point", "function"), "program", key) == "function", "trace_row": None}


_DERIVE = ("function", "at", "over", "by", "tangent", "secant", "shown", "rules", "hidden")
_LANDSCAPE = ("landscape", "range", "cursor", "second")
_FIT: dict[str, Callable[[Workspace, Any, str], dict[str, Any]]] = {
    "parameter": _parameter,
    "point": _point,
    "pane": lambda workspace, name, key: {"focus": Pane(known_name(name, _names(Pane), "pane", key))},
    "zoom": lambda workspace, zoomed, key: {"zoomed": zoomed},
    "loss": lambda workspace, name, key: {"loss_view": LossView(known_name(name, _names(LossView), "view", key))},
    "model": lambda workspace, shown, key: {"model_shown": shown},
    "distances": lambda workspace, shown, key: {"distances": shown},
    "epsilon": _epsilon,
    "traced": _traced,
}


def _derived(workspace: Workspace, table: ViewTable, key: str) -> Any:
    """The derive screen's function as it was, or the one named, with what else is said of it."""
    derive = workspace.view.derive
    if table.function is not None:
        derive = actions.typed(_right(table.function, wrong_formula, f"{key}.function"))
    names = study(derive.formula).names
    if table.over is not None:
        derive = replace(derive, domain=_for_each(table.over, names, wrong_interval, f"{key}.over"))
    if table.at is not None:
        derive = actions.moved(derive, _for_each(table.at, names, wrong_place, f"{key}.at"))
    if table.by is not None:
        derive = replace(derive, by=names.index(known_name(table.by, names, "argument", f"{key}.by")))
    if table.shown is not None:
        derive = replace(derive, shown=Derived(known_name(table.shown, _names(Derived), "view", f"{key}.shown")))
    if table.rules is not None:
        found = study(derive.formula).differentiated[derive.by]
        derive = replace(derive, rules=_within(table.rules, 0, len(found.steps) if found else 0, f"{key}.rules"))
    same = {name: getattr(table, name) for name in ("epsilon", "tangent", "secant", "hidden")}
    return replace(derive, **{name: value for name, value in same.items() if value is not None})


def _shown(name: str, key: str) -> Landscape:
    try:
        return Landscape(name)  # a former name too
    except ValueError:
        return Landscape(known_name(name, _names(Landscape), "view", key))


def _landscape(workspace: Workspace, view: View, table: ViewTable, key: str) -> LandscapeView:
    """The landscape along the selected parameter: its range and its cursor, where they are set."""
    changes: dict[str, Any] = {}
    if table.landscape is not None:
        changes["shown"] = _shown(table.landscape, f"{key}.landscape")
    if table.second is not None:
        second = _parameter(workspace, table.second, f"{key}.second")["parameter"]
        if second == view.parameter:
            raise InputError(f"{key}.second", f"{key}.second must be another parameter than the selected one")
        changes["second"] = second
    if table.range is not None:
        changes["spans"] = ((Parameter(view.parameter), _right(table.range, wrong_interval, f"{key}.range")),)
    if table.cursor is not None:
        changes["cursors"] = ((Parameter(view.parameter), _right(table.cursor, wrong_place, f"{key}.cursor")),)
        low, high = dict(changes.get("spans", view.landscape.spans)).get(Parameter(view.parameter), (-inf, inf))
        if not low <= table.cursor <= high:
            told = f"must be in the range, from {low:g} to {high:g}, not {table.cursor:g}"
            raise InputError(f"{key}.cursor", f"{key}.cursor {told}")
    return replace(view.landscape, **changes)


def _for_each(
    values: list[Any], names: tuple[str, ...], wrong: Callable[[Any], str | None], key: str
) -> tuple[Any, ...]:
    if len(values) != len(names):
        raise InputError(key, f"{key} has {len(values)} entries; the function has {', '.join(names)}")
    return tuple(_right(value, wrong, key) for value in values)


def _right(value: Any, wrong: Callable[[Any], str | None], key: str) -> Any:
    if (told := wrong(value)) is not None:
        raise InputError(key, f"{key} {told}")
    return value


def _within(value: int, low: int, high: int, key: str) -> int:
    if not low <= value <= high:
        raise InputError(key, f"{key} must be from {low} to {high}, not {value}")
    return value

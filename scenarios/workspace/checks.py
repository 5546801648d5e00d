"""What a view may be in a workspace: what is read from a file, a journal or a lecture is checked against it.

Each `wrong_…` says what is wrong with one value, to be read after its name; None where nothing is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from engine.derivative.study import study
from engine.symbolic.formula import FormulaError
from scenarios.intervals import FARTHEST, INTERVAL, told_apart
from scenarios.workspace.axes import STEP, number, rows
from scenarios.workspace.view import EPSILONS, DeriveView, View
from scenarios.workspace.workspace import Workspace

_FURTHEST = 10**6  # rows and places: more than any screen has, and drawing counts no further
_LONGEST = 120  # characters of a formula, as many as the prompt takes


def fits(view: View, workspace: Workspace) -> str | None:
    """What is wrong with `view` as a view of `workspace`, whatever file it was read from; None where it fits."""
    for name, wrong in CHECKS.items():
        if (complaint := wrong(view, workspace)) is not None:
            return f"{name} {complaint}"
    return None


def _row(view: View, workspace: Workspace) -> str | None:
    problem = workspace.session.state.problem
    return _among(number(view.row, problem), len(rows(problem)))


def _parameter(view: View, workspace: Workspace) -> str | None:
    return _among(view.parameter, len(workspace.scenario.parameters))


def _point(view: View, workspace: Workspace) -> str | None:
    return None if view.point is None else _among(view.point, len(workspace.session.state.problem.data))


def _trace_row(view: View, workspace: Workspace) -> str | None:
    return None if view.trace_row is None else _among(view.trace_row, _FURTHEST)


def wrong_epsilon(epsilon: float) -> str | None:
    """Of ε of a difference."""
    least, most = EPSILONS
    return None if least <= epsilon <= most else f"must be from {least:g} to {most:g}, not {epsilon:g}"


def wrong_formula(formula: str) -> str | None:
    """Of the formula of a function."""
    if len(formula) > _LONGEST:
        return f"has {len(formula)} characters; at most {_LONGEST} are allowed"
    try:
        study(formula)
    except FormulaError as error:
        return f"cannot be read: {error.message}"
    return None


def wrong_place(value: float) -> str | None:
    """Of a number along an axis."""
    if math.isfinite(value) and abs(value) <= FARTHEST:
        return None
    return f"must be a finite number, none beyond {FARTHEST:g}, not {value:g}"


def wrong_interval(interval: tuple[float, float]) -> str | None:
    """Of the two ends of an axis."""
    return None if told_apart(*interval) else f"must be {INTERVAL}"


def _derive(derive: DeriveView) -> str | None:
    """The formula parses, and there are a point and a domain for each of its arguments."""
    if wrong := wrong_formula(derive.formula):
        return f"has a formula that {wrong}"
    names = study(derive.formula).names
    if not len(names) == len(derive.values) == len(derive.domain):
        return f"needs {len(names)} values and domains, for {', '.join(names)}"
    return (
        _all("value", derive.values, wrong_place)
        or _all("domain", derive.domain, wrong_interval)
        or _among(derive.by, len(names))
        or wrong_epsilon(derive.epsilon)
        or _among(derive.rules, _FURTHEST)
    )


def _landscape(view: View, workspace: Workspace) -> str | None:
    """Cursors and ranges of parameters that there are, or of the step, along which rates are above 0."""
    problem, other = workspace.session.state.problem, view.landscape.second
    count = len(problem.names)
    places, intervals = view.landscape.cursors, view.landscape.spans
    if not all(-1 <= number(axis, problem) < count for axis, _ in (*places, *intervals)):
        return "names a parameter that does not exist"
    if other is not None and not 0 <= other < count:
        return "has a second parameter that does not exist"
    if not dict(places).get(STEP, 1.0) > 0.0 or not dict(intervals).get(STEP, (0.0, 1.0))[1] > 0.0:
        return "has a rate that is not above 0"
    return _all("cursor", (place for _, place in places), wrong_place) or _all(
        "range", (span for _, span in intervals), wrong_interval
    )


def _all(what: str, values: Iterable[Any], wrong: Callable[[Any], str | None]) -> str | None:
    """What is wrong with the first of these that is invalid."""
    return next((f"has a {what}, which {told}" for told in map(wrong, values) if told), None)


def _among(index: int, count: int) -> str | None:
    return None if 0 <= index < count else f"must be from 0 to {count - 1}, not {index}"


CHECKS: dict[str, Callable[[View, Workspace], str | None]] = {
    "row": _row,
    "parameter": _parameter,
    "point": _point,
    "epsilon": lambda view, workspace: wrong_epsilon(view.epsilon),
    "scroll": lambda view, workspace: _among(view.scroll, _FURTHEST),
    "derive": lambda view, workspace: _derive(view.derive),
    "landscape": _landscape,
    "trace_at": lambda view, workspace: _among(view.trace_at, _FURTHEST),
    "trace_row": _trace_row,
}
"""A check for every field of View whose type alone does not tell what it may be."""

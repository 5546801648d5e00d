"""What a view may be in a workspace: what is read from a file is held against it before it is looked at."""

from __future__ import annotations

import math
from collections.abc import Callable

from engine.formula import FormulaError
from engine.study import study
from scenarios import ahead, deriving
from scenarios.view import DeriveView, View
from scenarios.workspace import Workspace

_FURTHEST = 10**6  # rows and places: more than any screen has, and drawing counts no further
_LONGEST = 120  # characters of a formula, as many as the prompt takes
_NARROWEST = 1e-9  # of a domain, to the size of its numbers: its places must be told apart


def fits(view: View, workspace: Workspace) -> str | None:
    """What is wrong with `view` as a view of `workspace`, whatever file it was read from; None where it fits."""
    for name, wrong in CHECKS.items():
        if (complaint := wrong(view, workspace)) is not None:
            return f"{name} {complaint}"
    return None


def _row(view: View, workspace: Workspace) -> str | None:
    return _among(view.row, len(workspace.scenario.parameters) + 1)


def _parameter(view: View, workspace: Workspace) -> str | None:
    return _among(view.parameter, len(workspace.scenario.parameters))


def _point(view: View, workspace: Workspace) -> str | None:
    return None if view.point is None else _among(view.point, len(workspace.session.state.problem.data))


def _trace_row(view: View, workspace: Workspace) -> str | None:
    return None if view.trace_row is None else _among(view.trace_row, _FURTHEST)


def _epsilon(epsilon: float) -> str | None:
    return None if 1e-15 <= epsilon <= 1.0 else f"must be from 1e-15 to 1, not {epsilon:g}"


def _derive(derive: DeriveView) -> str | None:
    """The formula parses, and there are a point and a domain for each of its arguments."""
    if len(derive.formula) > _LONGEST:
        return f"has a formula of {len(derive.formula)} characters; {_LONGEST} are allowed"
    try:
        names = study(derive.formula).names
    except FormulaError as error:
        return f"has a formula that cannot be read: {error.message}"
    if not len(names) == len(derive.values) == len(derive.domain):
        return f"needs {len(names)} values and domains, for {', '.join(names)}"
    if not all(map(_place, derive.values)):
        return "has a value that is not a number, or too far out"
    if not all(map(_interval, derive.domain)):
        return "has a domain that is not [low, high]"
    return _among(derive.by, len(names)) or _epsilon(derive.epsilon) or _among(derive.rules, _FURTHEST)


def _landscape(view: View, workspace: Workspace) -> str | None:
    """Cursors and ranges of parameters that there are, or of the step, along which rates are above 0."""
    count, other = len(workspace.scenario.parameters), view.landscape.second
    places, intervals = view.landscape.cursors, view.landscape.spans
    if not all(ahead.STEP <= index < count for index, _ in (*places, *intervals)):
        return "is of a parameter that there is not"
    if other is not None and not 0 <= other < count:
        return "has a second parameter that there is not"
    if not dict(places).get(ahead.STEP, 1.0) > 0.0 or not dict(intervals).get(ahead.STEP, (0.0, 1.0))[1] > 0.0:
        return "has a rate that is not above 0"
    if not all(_place(place) for _, place in places):
        return "has a cursor that is not at a number, or too far out"
    return None if all(_interval(span) for _, span in intervals) else "has a range that is not [low, high]"


def _place(value: float) -> bool:
    return math.isfinite(value) and abs(value) <= deriving.LARGEST


def _interval(domain: tuple[float, float]) -> bool:
    low, high = domain
    return _place(low) and _place(high) and high - low > _NARROWEST * max(abs(low), abs(high))


def _among(index: int, count: int) -> str | None:
    return None if 0 <= index < count else f"must be from 0 to {count - 1}, not {index}"


CHECKS: dict[str, Callable[[View, Workspace], str | None]] = {
    "row": _row,
    "parameter": _parameter,
    "point": _point,
    "epsilon": lambda view, workspace: _epsilon(view.epsilon),
    "scroll": lambda view, workspace: _among(view.scroll, _FURTHEST),
    "derive": lambda view, workspace: _derive(view.derive),
    "landscape": _landscape,
    "trace_at": lambda view, workspace: _among(view.trace_at, _FURTHEST),
    "trace_row": _trace_row,
}
"""A check for every field of View whose type alone does not tell what it may be."""

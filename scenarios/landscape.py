"""The loss along a parameter, all others as they are: its range, its lowest place, the path so far, the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any

import numpy as np

from engine import moves
from engine.evaluate import errors_along, losses_along
from engine.landscape import count_along, fewest_along, least_along
from engine.problem import Parameters, Problem
from engine.replay import Array, Mask
from engine.session import Phase, Session
from scenarios.view import Landscape
from scenarios.workspace import Look, Move, Workspace

Interval = tuple[float, float]

_FARTHEST = 1e300  # from there to its opposite is still a number
_MOVES = 40  # presses of an arrow from one end of the range to the other
_MOST_STEPS = 400  # of a long path as many are looked at
_FLAT = 1e-12


class Mark(Enum):
    """Why a place is shown."""

    PRESENT = "present"
    CURSOR = "cursor"
    LOWEST = "lowest"
    FEWEST = "fewest errors"
    ALONG = "along the range"


@dataclass(frozen=True, slots=True)
class Place:
    """A place along the parameter: its value, L and the errors there."""

    value: float
    loss: float
    errors: int
    mark: Mark


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """The places of the steps so far, without the present one: the parameter's `values` and the `losses`, both (K,).

    `on`: which lie on the curve, because every other parameter was then what it is now; `moved`: the names of those
    that were not; `relaid`: some step had another point loss, so that its loss lies on no curve of this one. Of a long
    path some are left out.
    """

    values: Array
    losses: Array
    on: Mask
    moved: tuple[str, ...]
    relaid: bool


# What is looked at.


def index(workspace: Workspace) -> int:
    """The parameter the curve is along."""
    return workspace.view.parameter


def name(workspace: Workspace) -> str:
    """Its name."""
    return workspace.session.state.problem.names[index(workspace)]


def present(workspace: Workspace) -> float:
    """Its value on the screen."""
    return workspace.session.frame.parameters[index(workspace)]


def cursor(workspace: Workspace) -> float:
    """The value the cursor is at."""
    return dict(workspace.view.landscape.cursors).get(index(workspace), present(workspace))


def away(workspace: Workspace) -> bool:
    """Whether the cursor has left the present place."""
    return cursor(workspace) != present(workspace)


def hidden(workspace: Workspace) -> bool:
    """Whether the curve would answer the question that predict mode is about to ask."""
    return workspace.predictions.on and workspace.session.phase is Phase.LOSS


def span(workspace: Workspace) -> Interval:
    """The range: the chosen one, or the editor's, widened by doubling so that the whole path is in it and a step seldom
    changes it.
    """
    chosen = dict(workspace.view.landscape.spans).get(index(workspace))
    if chosen is not None:
        return chosen
    editor, values = workspace.scenario.editors[index(workspace)], _walked(workspace.session)[:, index(workspace)]
    low, high, reach = editor.low, editor.high, (editor.high - editor.low) / 4.0
    least, most = min(float(values.min()), present(workspace)), max(float(values.max()), present(workspace))
    while (low > least or high < most) and reach < _FARTHEST:
        low = max(editor.low - reach, -_FARTHEST) if low > least else low
        high = min(editor.high + reach, _FARTHEST) if high < most else high
        reach *= 2.0
    return min(low, least), max(high, most)


@lru_cache(maxsize=4)
def _walked(session: Session) -> Array:
    """The parameters (K, P) of the steps reached, thinned where they are very many."""
    return np.array([session.history.at(step).parameters for step in _thinned(session.last_step + 1)])


def _thinned(steps: int) -> list[int]:
    """The steps from 0 to before `steps`; of very many some, evenly."""
    chosen: list[int] = np.unique(np.linspace(0, max(steps - 1, 0), min(steps, _MOST_STEPS)).astype(int)).tolist()
    return chosen


@lru_cache(maxsize=16)
def _curve(
    problem: Problem, parameters: Parameters, index: int, low: float, high: float, most: int
) -> tuple[Array, Array]:
    values = np.linspace(low, high, count_along(problem, most))
    return values, losses_along(problem, parameters, index, values)


def curve(workspace: Workspace, most: int = 400) -> tuple[Array, Array]:
    """Values of the parameter over the range, and L at each; `most` of them at the most."""
    now = workspace.session.frame
    return _curve(now.problem, now.parameters, index(workspace), *span(workspace), most)


@lru_cache(maxsize=16)
def _errors(problem: Problem, parameters: Parameters, index: int, low: float, high: float, most: int) -> Array:
    return errors_along(problem, parameters, index, np.linspace(low, high, count_along(problem, most))).astype(float)


def errors(workspace: Workspace, most: int = 400) -> Array:
    """The errors at the values of the curve."""
    now = workspace.session.frame
    return _errors(now.problem, now.parameters, index(workspace), *span(workspace), most)


def lowest(workspace: Workspace) -> Place | None:
    """The lowest place of the range, the present one where none is lower; None where no loss is a finite number."""
    now, here = workspace.session.frame, place(workspace, present(workspace), Mark.LOWEST)
    low, high = span(workspace)
    found = least_along(now.problem, now.parameters, index(workspace), low, high)
    if found is None or (low <= here.value <= high and here.loss <= found[1]):
        return None if found is None else here
    return replace(place(workspace, found[0], Mark.LOWEST), loss=found[1])


def fewest(workspace: Workspace) -> tuple[int, float, float]:
    """The fewest errors in the range, and between which values there are no more."""
    now = workspace.session.frame
    return fewest_along(now.problem, now.parameters, index(workspace), *span(workspace))


def place(workspace: Workspace, value: float, mark: Mark = Mark.ALONG) -> Place:
    """What there is at a value of the parameter."""
    now, at = workspace.session.frame, np.array([value])
    loss = float(losses_along(now.problem, now.parameters, index(workspace), at)[0])
    return Place(value, loss, int(errors_along(now.problem, now.parameters, index(workspace), at)[0]), mark)


def parameters_at(workspace: Workspace, value: float) -> Parameters:
    """All parameters, with this one at `value`."""
    now, at = workspace.session.frame.parameters, index(workspace)
    return (*now[:at], value, *now[at + 1 :])


def flat(workspace: Workspace) -> bool:
    """Whether the loss is the same all along the range, but for rounding."""
    losses = curve(workspace)[1]
    return bool(np.isfinite(losses).all() and np.ptp(losses) <= _FLAT * max(1.0, float(np.abs(losses).max())))


def inside(workspace: Workspace, lowest: Place) -> bool:
    """Whether the lowest place is a valley, not an end of the range."""
    low, high = span(workspace)
    return low < lowest.value < high


def path(workspace: Workspace) -> Path:
    """The steps so far as the curve has them."""
    session = workspace.session
    now, at = session.frame, index(workspace)
    upto = session.step + (session.phase is Phase.UPDATE)
    states = [session.history.at(step) for step in _thinned(upto)]
    table = np.array([state.parameters for state in states]).reshape(len(states), len(now.parameters))
    differs = table != np.array(now.parameters)
    differs[:, at] = False
    relaid = np.array([state.problem.loss != now.problem.loss for state in states], dtype=bool)
    moved = tuple(each for each, any_ in zip(now.problem.names, differs.any(axis=0), strict=True) if any_)
    losses = np.array([state.loss for state in states])
    return Path(table[:, at], losses, ~differs.any(axis=1) & ~relaid, moved, bool(relaid.any()))


def tangent(workspace: Workspace) -> tuple[float, float, float] | None:
    """Value, L and slope where the tangent touches the curve: in (2) at the present place, in (3) at the one before, if
    that is on this curve; None where there is none to show.
    """
    now, at = workspace.session.frame, index(workspace)
    if now.phase is Phase.LOSS:
        return None
    if now.phase is Phase.UPDATE and parameters_at(workspace, now.state.parameters[at]) != now.state.parameters:
        return None
    return now.state.parameters[at], now.state.loss, now.state.slopes[at]


def places(workspace: Workspace, count: int) -> tuple[Place, ...]:
    """`count` places along the range, in order: the present one, the cursor's, the lowest, with the errors the middle
    of where they are fewest, and others in between, evenly.
    """
    low, high = span(workspace)
    pins = [(present(workspace), Mark.PRESENT)]
    if away(workspace):
        pins.append((cursor(workspace), Mark.CURSOR))
    if (least := lowest(workspace)) is not None:
        pins.append((least.value, Mark.LOWEST))
    if workspace.view.landscape.shown is Landscape.ERRORS:
        _, first, last = fewest(workspace)
        pins.append(((first + last) / 2.0, Mark.FEWEST))
    taken: list[tuple[float, Mark]] = []
    for value, mark in pins:
        if low <= value <= high and all(abs(value - other) > (high - low) / 400.0 for other, _ in taken):
            taken.append((value, mark))
    taken = taken[:count]
    even = [low + (high - low) * (number + 0.5) / count for number in range(count)]
    for value, _ in taken:
        even.remove(min(even, key=lambda each: abs(each - value)))
    between = [(value, Mark.ALONG) for value in even]
    return tuple(place(workspace, value, mark) for value, mark in sorted([*taken, *between], key=lambda each: each[0]))


# What the keys do.


def _look(workspace: Workspace, **changes: Any) -> Look:
    return Look.at(landscape=replace(workspace.view.landscape, **changes))


def _with(pairs: tuple[tuple[int, Any], ...], at: int, value: Any) -> tuple[tuple[int, Any], ...]:
    return tuple(sorted({**dict(pairs), at: value}.items()))


def _short(value: float) -> float:
    """Without what only rounding has added: -0.4 + 0.1 is -0.3."""
    return float(f"{min(max(value, -_FARTHEST), _FARTHEST):.12g}")


def move(by: int) -> Callable[[Workspace], Look]:
    """Move the cursor by a fortieth of the range, which follows it over its edge."""

    def action(workspace: Workspace) -> Look:
        view, at = workspace.view.landscape, index(workspace)
        low, high = span(workspace)
        value = _short(cursor(workspace) + by * (high - low) / _MOVES)
        changed = replace(view, cursors=_with(view.cursors, at, value))
        if shift := min(value - low, 0.0) or max(value - high, 0.0):
            changed = replace(changed, spans=_with(view.spans, at, (_short(low + shift), _short(high + shift))))
        return Look.at(landscape=changed)

    return action


def zoom(by: int) -> Callable[[Workspace], Look | None]:
    """Halve the range, or double it; the cursor keeps its place on the screen."""

    def action(workspace: Workspace) -> Look | None:
        at, here = index(workspace), cursor(workspace)
        low, high = span(workspace)
        here, factor = min(max(here, low), high), 0.5 if by > 0 else 2.0
        low, high = _short(here - (here - low) * factor), _short(here + (high - here) * factor)
        if not 1e-6 * max(1.0, abs(here)) <= high - low < _FARTHEST:
            return None
        return _look(workspace, spans=_with(workspace.view.landscape.spans, at, (low, high)))

    return action


def take(workspace: Workspace) -> Move | None:
    """Set the parameter to the cursor's value."""
    return moves.Edit(name(workspace), cursor(workspace)) if away(workspace) else None


def next_view(workspace: Workspace) -> Look:
    """The next of the screen's views."""
    views = list(Landscape)
    return _look(workspace, shown=views[(views.index(workspace.view.landscape.shown) + 1) % len(views)])


def choose(by: int) -> Callable[[Workspace], Look]:
    """The parameter above or below."""

    def action(workspace: Workspace) -> Look:
        chosen = min(max(index(workspace) + by, 0), len(workspace.session.state.problem.names) - 1)
        return Look.at(row=chosen, parameter=chosen)

    return action


def back(workspace: Workspace) -> Look | None:
    """The cursor back to the present place, then the range back to the whole."""
    view = workspace.view.landscape
    changed = replace(view, cursors=()) if view.cursors else replace(view, spans=())
    return Look.at(landscape=changed)

"""The loss along a parameter, all others as they are: its range, its lowest place, the path so far."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

import numpy as np

from engine.evaluate import errors_along, evaluate, losses_along
from engine.landscape import count_along, fewest_along, least_along
from engine.numeric import replaced
from engine.problem import Parameters, Problem
from engine.replay import Array
from engine.session import Phase
from scenarios.axes import Parameter
from scenarios.path import Path, path_of, walked
from scenarios.view import FARTHEST, Landscape, clamped
from scenarios.workspace import Workspace

Interval = tuple[float, float]

_FLAT = 1e-12


class Mark(Enum):
    """Why a place is shown."""

    PRESENT = "present"
    CURSOR = "cursor"
    CHOSEN = "chosen rate"
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


@dataclass(frozen=True, slots=True)
class There:
    """All parameters at the cursor, L and the errors."""

    parameters: Parameters
    loss: float
    errors: int


# What is looked at.


def index(workspace: Workspace) -> int:
    """The parameter the curve is along."""
    return workspace.view.parameter


def name(workspace: Workspace) -> str:
    """Its name."""
    return workspace.session.state.problem.names[index(workspace)]


def second(workspace: Workspace) -> int:
    """The parameter up the side of the surface: the chosen one, or the first that is not along its bottom."""
    chosen, count = workspace.view.landscape.second, len(workspace.session.state.problem.names)
    if chosen is not None and chosen < count and chosen != index(workspace):
        return chosen
    return 1 if index(workspace) == 0 else 0


def axes(workspace: Workspace) -> tuple[int, ...]:
    """The parameters that the view goes along: one, or the two of the surface."""
    over_two = workspace.view.landscape.shown in (Landscape.SURFACE, Landscape.LOG)
    return (index(workspace), second(workspace)) if over_two else (index(workspace),)


def present(workspace: Workspace, at: int | None = None) -> float:
    """The value on the screen of a parameter, the selected one where none is named."""
    return workspace.session.frame.parameters[index(workspace) if at is None else at]


def cursor(workspace: Workspace, at: int | None = None) -> float:
    """The value of it that the cursor is at."""
    at = index(workspace) if at is None else at
    return dict(workspace.view.landscape.cursors).get(Parameter(at), present(workspace, at))


def away(workspace: Workspace) -> bool:
    """Whether the cursor has left the present place."""
    return any(cursor(workspace, at) != present(workspace, at) for at in axes(workspace))


def hidden(workspace: Workspace) -> bool:
    """Whether the picture would answer the question that predict mode is about to ask."""
    return workspace.predictions.on and workspace.session.phase is Phase.LOSS


def span(workspace: Workspace, at: int | None = None) -> Interval:
    """The range of a parameter: the chosen one, or the editor's, widened by doubling so that the whole path is in it
    and a step seldom changes it; when it follows the path, the narrowest round numbers with the path between them.
    """
    at = index(workspace) if at is None else at
    view, editor = workspace.view.landscape, workspace.scenario.editors[at]
    if not view.follow and (chosen := dict(view.spans).get(Parameter(at))) is not None:
        return chosen
    values = [*(seen.parameters[at] for seen in walked(workspace.session.history)), present(workspace, at)]
    least, most = clamped(min(values)), clamped(max(values))
    if view.follow:
        return _round(least, most, (editor.high - editor.low) / 40.0)
    low, high, reach = clamped(editor.low), clamped(editor.high), (editor.high - editor.low) / 4.0
    while (low > least or high < most) and reach < FARTHEST:
        low = clamped(editor.low - reach) if low > least else low
        high = clamped(editor.high + reach) if high < most else high
        reach *= 2.0
    return min(low, least), max(high, most)


def _round(least: float, most: float, narrowest: float) -> Interval:
    """Round numbers round the values between `least` and `most`, with a margin of an eighth."""
    margin = max(min(most - least, FARTHEST), narrowest, 2e-8 * max(abs(least), abs(most))) / 8.0
    unit = 10.0 ** math.floor(math.log10(8.0 * margin)) / 4.0
    return clamped(math.floor((least - margin) / unit) * unit), clamped(math.ceil((most + margin) / unit) * unit)


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


def there(workspace: Workspace) -> There:
    """What there is at the cursor."""
    values = list(workspace.session.frame.parameters)
    for at in axes(workspace):
        values[at] = cursor(workspace, at)
    found = evaluate(workspace.session.frame.problem, tuple(values))
    return There(tuple(values), found.loss, found.errors)


def parameters_at(workspace: Workspace, value: float) -> Parameters:
    """All parameters, with this one at `value`."""
    return replaced(workspace.session.frame.parameters, index(workspace), value)


def flat(workspace: Workspace) -> bool:
    """Whether the loss is the same all along the range, but for rounding."""
    losses = curve(workspace)[1]
    return bool(np.isfinite(losses).all() and np.ptp(losses) <= _FLAT * max(1.0, float(np.abs(losses).max())))


def inside(workspace: Workspace, lowest: Place) -> bool:
    """Whether the lowest place is a valley, not an end of the range."""
    low, high = span(workspace)
    return low < lowest.value < high


def path(workspace: Workspace) -> Path:
    """The steps so far as the curve, or the surface, has them."""
    return path_of(workspace.session, axes(workspace))


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
    pins = [(present(workspace), Mark.PRESENT)]
    if away(workspace):
        pins.append((cursor(workspace), Mark.CURSOR))
    if (least := lowest(workspace)) is not None:
        pins.append((least.value, Mark.LOWEST))
    if workspace.view.landscape.shown is Landscape.ERRORS:
        _, first, last = fewest(workspace)
        pins.append(((first + last) / 2.0, Mark.FEWEST))
    return tuple(place(workspace, value, mark) for value, mark in spread(pins, span(workspace), count))


def spread(pins: list[tuple[float, Mark]], span: Interval, count: int) -> list[tuple[float, Mark]]:
    """`count` values of a range, in order: the pinned ones, the first of two that are as good as one, and others in
    between, evenly.
    """
    low, high = span
    taken: list[tuple[float, Mark]] = []
    for value, mark in pins:
        if low <= value <= high and all(abs(value - other) > (high - low) / 400.0 for other, _ in taken):
            taken.append((value, mark))
    taken = taken[:count]
    even = [low + (high - low) * (number + 0.5) / count for number in range(count)]
    for value, _ in taken:
        even.remove(min(even, key=lambda each: abs(each - value)))
    return sorted([*taken, *((value, Mark.ALONG) for value in even)], key=lambda each: each[0])

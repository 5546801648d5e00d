"""The loss along the step to come: how far the rate goes, and how far would have been best."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.evaluate import evaluate
from engine.landscape import best_towards, count_along, losses_towards
from engine.replay import Array
from engine.session import State
from scenarios.axes import STEP, placed
from scenarios.landscape import Mark, Place, spread
from scenarios.moves import Look
from scenarios.numbers import one_two_five
from scenarios.view import FARTHEST, Landscape
from scenarios.workspace import Workspace

_FURTHEST = 1e12  # times the rate, and its inverse: as far as one can zoom


@dataclass(frozen=True, slots=True, eq=False)
class Ray:
    """L from the state of a step on against its slopes: at each of `rates` (K,), from 0, the `losses` (K,).

    `best`: the rate at which L is lowest, and `least`, L there; 0 where no rate lowers it, None where it falls for as
    far as was `looked`.
    """

    rates: Array
    losses: Array
    best: float | None
    least: float
    looked: float


def direction(state: State) -> tuple[float, ...]:
    """Against the slopes; 0 in what is held."""
    return tuple(0.0 if held else -slope for slope, held in zip(state.slopes, state.problem.holds, strict=True))


def ray(workspace: Workspace) -> Ray | None:
    """The loss along the step; None where there is no way down, because every slope that counts is 0."""
    state = workspace.session.state
    chosen = dict(workspace.view.landscape.spans).get(STEP)
    return _ray(state, None if chosen is None else chosen[1])


@lru_cache(maxsize=8)
def _ray(state: State, reach: float | None) -> Ray | None:
    problem, towards = state.problem, direction(state)
    if not any(towards):
        return None
    found = best_towards(problem, state.parameters, towards, problem.rate)
    best, least, looked = found or (None, state.loss, 2.0 * problem.rate)
    best = best if best is not None and best < looked else None
    # Both the rate and the best are well inside, and the end is a round number that stays while they change a little.
    end = reach or one_two_five(min(1.5 * max(problem.rate, looked if best is None else best), FARTHEST), 1)
    end = min(end, FARTHEST)
    rates = np.linspace(0.0, end, count_along(problem, 200))
    return Ray(rates, losses_towards(problem, state.parameters, towards, rates), best, least, looked)


def cursor(workspace: Workspace) -> float:
    """The rate the cursor is at: the chosen rate, until it is moved."""
    return dict(workspace.view.landscape.cursors).get(STEP, workspace.session.state.problem.rate)


def parameters_at(workspace: Workspace, rate: float) -> tuple[float, ...]:
    """The parameters after a step with that rate."""
    state = workspace.session.state
    return tuple(value + rate * way for value, way in zip(state.parameters, direction(state), strict=True))


def place(workspace: Workspace, rate: float, mark: Mark = Mark.ALONG) -> Place:
    """What a step with that rate would come to."""
    found = evaluate(workspace.session.state.problem, parameters_at(workspace, rate))
    return Place(rate, found.loss, found.errors, mark)


def places(workspace: Workspace, found: Ray, count: int) -> tuple[Place, ...]:
    """`count` places along the step: where it starts, the cursor's rate, the chosen one, the best, and others."""
    chosen = workspace.session.state.problem.rate
    pins = [(0.0, Mark.PRESENT), (cursor(workspace), Mark.CURSOR), (chosen, Mark.CHOSEN)]
    if found.best is not None:
        pins.append((found.best, Mark.LOWEST))
    reach = (0.0, float(found.rates[-1]))
    return tuple(place(workspace, rate, mark) for rate, mark in spread(pins, reach, count))


def zoom(workspace: Workspace, by: int) -> Look | None:
    """Look half as far along the step, or twice."""
    found = ray(workspace)
    if found is None:
        return None
    reach, rate = float(found.rates[-1]) * (0.5 if by > 0 else 2.0), workspace.session.state.problem.rate
    view = workspace.view.landscape
    if not (rate / _FURTHEST <= reach <= min(rate * _FURTHEST, FARTHEST)) or not math.isfinite(reach):
        return None
    landscape = replace(view, spans=placed(view.spans, STEP, (0.0, float(f"{reach:.12g}"))))
    return Look(replace(workspace.view, landscape=landscape))


def shown(workspace: Workspace) -> bool:
    """Whether the view is the one along the step."""
    return workspace.view.landscape.shown is Landscape.STEP

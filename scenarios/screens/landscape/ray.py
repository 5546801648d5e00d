"""The loss along the step to come: how far the rate goes, and how far would have been best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from engine.replay.program import Array
from engine.session.session import Frame, State
from engine.training.evaluate import evaluate
from engine.training.search import best_towards, count_along, level_towards, losses_towards
from scenarios.intervals import FARTHEST
from scenarios.numbers import one_two_five
from scenarios.screens.landscape.places import Interval, Mark, Place, spread
from scenarios.screens.landscape.ranges import hidden
from scenarios.workspace.axes import STEP
from scenarios.workspace.workspace import Workspace

_BESIDE = 20.0  # of two rates, one so many times the other is left outside, or the other would not be told from 0
_AHEAD = 10.0  # times the rate: so much is shown where the best one is outside
_MARGIN = 1.5  # times the farther of the rates that are shown
_LEVEL = 1e-3  # of what was looked at: a stretch that is shorter is one rate


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """L from the state of a step on along its direction: at each of `rates` (K,), from 0, the `losses` (K,).

    The direction is the change of a step of rate 1. `best`: the rate at which L is lowest, and `least`, L there; 0
    where no rate lowers it, None where there is no best one: L falls, or is lowest, for as far as was `looked`.
    `level`: from which rate to which L is lowest all along, None where that is at one rate.
    """

    rates: Array
    losses: Array
    best: float | None
    least: float
    looked: float
    level: Interval | None


@dataclass(frozen=True, eq=False)
class Ray:
    """The loss along the step to come.

    `frame`: the phase of the session that is shown; `course`: the loss, None where a step goes nowhere, because its
    direction is 0 in every parameter; `cursor`: the rate the cursor is at, the chosen one until it is moved; `hidden`:
    the picture would give a prediction away.
    """

    frame: Frame
    course: Course | None
    cursor: float
    hidden: bool

    @property
    def rate(self) -> float:
        """The chosen rate."""
        return self.frame.problem.rate

    @cached_property
    def at_cursor(self) -> Place:
        """What a step with the cursor's rate would come to."""
        return self.place(self.cursor, Mark.CURSOR)

    @cached_property
    def at_rate(self) -> Place:
        """What the step will come to."""
        return self.place(self.rate, Mark.CHOSEN)

    def place(self, rate: float, mark: Mark) -> Place:
        """What a step with that rate would come to."""
        state = self.frame.state
        ways = zip(state.parameters, state.direction, strict=True)
        found = evaluate(state.problem, tuple(value + rate * way for value, way in ways))
        return Place(rate, found.parameters, found.loss, found.errors, mark)

    @property
    def moving(self) -> tuple[Place, ...]:
        """The places that move with what is done: the cursor's rate, and the chosen one where that is another."""
        return (self.at_cursor,) if self.cursor == self.rate else (self.at_cursor, self.at_rate)

    def numbered(self, count: int) -> tuple[Place, ...]:
        """`count` places along the step, in order: where it starts, others evenly, and among them the best."""
        if self.course is None:
            return ()
        pins = [(0.0, Mark.PRESENT)]
        if self.course.best is not None:
            pins.append((self.course.best, Mark.LOWEST))
        reach = (0.0, float(self.course.rates[-1]))
        return tuple(self.place(rate, mark) for rate, mark in spread(pins, reach, count))


def ray(workspace: Workspace) -> Ray:
    """The loss along the step that a workspace looks along."""
    now, view = workspace.session.frame, workspace.view.landscape
    chosen = dict(view.spans).get(STEP)
    course = _course(now.state, None if chosen is None else chosen[1])
    return Ray(now, course, dict(view.cursors).get(STEP, now.problem.rate), hidden(workspace))


@lru_cache(maxsize=8)
def _course(state: State, reach: float | None) -> Course | None:
    problem, towards = state.problem, state.direction
    if not any(towards):
        return None
    found = best_towards(problem, state.parameters, towards, problem.rate)
    best, least, looked = found or (None, state.loss, 2.0 * problem.rate)
    level = level_towards(problem, state.parameters, towards, looked, least) if best else None
    level = level if level is not None and level[1] - level[0] > _LEVEL * looked else None
    if level is not None and level[0] == 0.0:
        best, level = 0.0, None  # it is level from here on, but for rounding
    best = best if best is not None and (best if level is None else level[1]) < looked else None
    # Both the rate and the best are well inside, and the end is a round number that stays while they change a little.
    far = looked if best is None else best if level is None else level[1]
    if best and far > _BESIDE * problem.rate:
        far = _AHEAD * problem.rate / _MARGIN
    elif not best or problem.rate <= _BESIDE * far:
        far = max(problem.rate, far)
    end = reach or one_two_five(min(_MARGIN * far, FARTHEST), 1)
    rates = np.linspace(0.0, min(end, FARTHEST), count_along(problem, 200))
    return Course(rates, losses_towards(problem, state.parameters, towards, rates), best, least, looked, level)

"""The loss along a parameter, all others as they are: the curve, its minimum, its tangent, the path so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from engine.autodiff.numeric import replaced
from engine.replay.program import Array
from engine.session.session import Phase
from engine.training.evaluate import errors_along, losses_along
from engine.training.problem import Parameters, Problem
from engine.training.search import count_along, fewest_along, least_along, level_along
from scenarios.screens.landscape.over import Over
from scenarios.screens.landscape.path import path_of
from scenarios.screens.landscape.places import Interval, Mark, Place, spread
from scenarios.screens.landscape.ranges import axes, cursor, hidden, span
from scenarios.workspace.view import Landscape
from scenarios.workspace.workspace import Workspace

_FLAT = 1e-12


@dataclass(frozen=True, eq=False)
class Curve:
    """L along parameter `index` from `low` to `high`, the others as in `parameters`: at `values` (K,) it is `losses`
    (K,).
    """

    problem: Problem
    parameters: Parameters
    index: int
    low: float
    high: float
    values: Array
    losses: Array

    @property
    def name(self) -> str:
        """The name of the parameter."""
        return self.problem.names[self.index]

    @cached_property
    def errors(self) -> Array:
        """The errors at the values, (K,)."""
        return errors_along(self.problem, self.parameters, self.index, self.values).astype(float)

    @cached_property
    def least(self) -> tuple[float, float] | None:
        """Where in the range L is lowest, and L there; None where no loss is a finite number."""
        return least_along(self.problem, self.parameters, self.index, self.low, self.high)

    @cached_property
    def level(self) -> tuple[float, float] | None:
        """Between which values L is lowest all along; None where that is at one value, as far as the curve shows."""
        if self.least is None or np.count_nonzero(self.losses <= self.least[1]) < 2:
            return None
        return level_along(self.problem, self.parameters, self.index, self.low, self.high, self.least[1])

    @property
    def drawn_valley(self) -> tuple[float, float] | None:
        """The lowest of `values`, and L there; None where that is an end of the range, or no loss is a finite number.

        It is the minimum as exactly as the curve is drawn. `least` looks on between the values, which with very many
        points takes longer than all the drawing of a step.
        """
        if not np.isfinite(self.losses).any():
            return None
        at = int(np.nanargmin(self.losses))
        return (float(self.values[at]), float(self.losses[at])) if 0 < at < len(self.values) - 1 else None

    @cached_property
    def fewest(self) -> tuple[int, float, float]:
        """The fewest errors in the range, and between which values there are no more."""
        return fewest_along(self.problem, self.parameters, self.index, self.low, self.high)

    @cached_property
    def lively(self) -> Interval | None:
        """From where to where points change sides; None where the errors are the same all along."""
        changes = np.flatnonzero(np.diff(self.errors))
        return (float(self.values[changes[0]]), float(self.values[changes[-1] + 1])) if len(changes) else None

    @cached_property
    def flat(self) -> bool:
        """Whether the loss is the same all along the range, but for rounding."""
        losses = self.losses
        return bool(np.isfinite(losses).all() and np.ptp(losses) <= _FLAT * max(1.0, float(np.abs(losses).max())))

    def parameters_at(self, value: float) -> Parameters:
        """All parameters, with this one at `value`."""
        return replaced(self.parameters, self.index, value)

    def places(self, chosen: Sequence[tuple[float, Mark]]) -> tuple[Place, ...]:
        """What there is at these values, each with why it is shown."""
        at = np.array([value for value, _ in chosen])
        losses = losses_along(self.problem, self.parameters, self.index, at).tolist()
        errors = errors_along(self.problem, self.parameters, self.index, at).tolist()
        return tuple(
            Place(value, self.parameters_at(value), loss, count, mark)
            for (value, mark), loss, count in zip(chosen, losses, errors, strict=True)
        )


@lru_cache(maxsize=32)
def curve(problem: Problem, parameters: Parameters, index: int, low: float, high: float, most: int) -> Curve:
    """L along parameter `index` from `low` to `high`, at `most` values; at fewer where the points are very many."""
    values = np.linspace(low, high, count_along(problem, most))
    return Curve(problem, parameters, index, low, high, values, losses_along(problem, parameters, index, values))


@dataclass(frozen=True, eq=False)
class Slice(Over):
    """L along one parameter, as `curve`; `with_errors`: the errors are shown too."""

    curve: Curve
    with_errors: bool

    @cached_property
    def here(self) -> Place:
        """The present place."""
        return self.curve.places([(self.present[0], Mark.PRESENT)])[0]

    @cached_property
    def lowest(self) -> Place | None:
        """The minimum of the range, the present one where none is lower; None where no loss is a finite number."""
        curve, here = self.curve, replace(self.here, mark=Mark.LOWEST)
        if curve.least is None or (curve.low <= here.value <= curve.high and here.loss <= curve.least[1]):
            return None if curve.least is None else here
        value, loss = curve.least
        return replace(curve.places([(value, Mark.LOWEST)])[0], loss=loss)

    @property
    def valley(self) -> Place | None:
        """The minimum where it is a valley; None where it is an end of the range, or where the loss is flat."""
        least = self.lowest
        inside = least is not None and self.curve.low < least.value < self.curve.high and not self.curve.flat
        return least if inside else None

    @property
    def bottom(self) -> Interval | None:
        """From where to where L is lowest: the ends of a level stretch, or one value twice."""
        least = self.lowest
        return None if least is None else self.curve.level or (least.value, least.value)

    @cached_property
    def tangent(self) -> tuple[float, float, float] | None:
        """Value, L and slope where the tangent touches the curve: in (2) at the present place, in (3) at the one
        before, if that is on this curve; None where there is none to show.
        """
        now, at = self.frame, self.curve.index
        value = now.state.parameters[at]
        if now.phase is Phase.LOSS:
            return None
        if now.phase is Phase.UPDATE and self.curve.parameters_at(value) != now.state.parameters:
            return None
        return value, now.state.loss, now.state.slopes[at]

    @cached_property
    def at_cursor(self) -> Place:
        """The place of the cursor, which is the present one until it is moved."""
        return self.curve.places([(self.cursors[0], Mark.CURSOR)])[0] if self.away else self.here

    @property
    def moving(self) -> tuple[Place, ...]:
        """The places that move with what is done: the present one, and the cursor's where that is another."""
        return (self.here, self.at_cursor) if self.away else (self.here,)

    def numbered(self, count: int) -> tuple[Place, ...]:
        """`count` places along the range, in order: evenly where points change sides, with the minimum among them, and
        one where the errors are fewest, with the errors the middle of that. They are the curve's own, so they stay
        while the model walks along it.
        """
        return _numbered(self.curve, self.with_errors, count)


@lru_cache(maxsize=8)
def _numbered(curve: Curve, with_errors: bool, count: int) -> tuple[Place, ...]:
    range_, errors = (curve.low, curve.high), curve.errors
    inside = curve.least is not None and curve.low < curve.least[0] < curve.high and not curve.flat
    pins = [(curve.least[0], Mark.LOWEST)] if inside and curve.least is not None else []
    if with_errors and curve.lively is not None:
        _, first, last = curve.fewest
        pins.append(((first + last) / 2.0, Mark.FEWEST))
    places = curve.places(spread(pins, range_, count, curve.lively))
    if with_errors or min(place.errors for place in places) <= errors.min():
        return places
    fewest = np.flatnonzero(errors == errors.min())
    pins.append((float(curve.values[fewest[len(fewest) // 2]]), Mark.ALONG))
    return curve.places(spread(pins, range_, count, curve.lively))


def sliced(workspace: Workspace) -> Slice:
    """The loss along the parameter that a workspace looks along."""
    now, along = workspace.session.frame, axes(workspace)[:1]
    at, range_ = along[0], span(workspace, along[0])
    return Slice(
        now,
        along,
        (range_,),
        (cursor(workspace, at),),
        path_of(workspace.session, along),
        hidden(workspace),
        curve(now.problem, now.parameters, at, *range_, 400),
        workspace.view.landscape.shown is Landscape.ERRORS,
    )

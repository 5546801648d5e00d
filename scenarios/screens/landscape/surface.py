"""The loss over two parameters, all others as they are: L at every cell, its levels, its minimum, the way down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

import numpy as np

from engine.replay.program import Array
from engine.session.session import Phase
from engine.training.evaluate import losses_over
from engine.training.evaluators import evaluator
from engine.training.problem import Parameters, Problem
from engine.training.search import least_over
from scenarios.numbers import round_powers, rounds
from scenarios.screens.landscape.over import Over
from scenarios.screens.landscape.path import path_of
from scenarios.screens.landscape.places import Interval
from scenarios.screens.landscape.ranges import axes, cursor, hidden, span
from scenarios.workspace.workspace import Workspace

_MOST_LOSSES, _MOST_EAGER = 3_000_000, 2_000  # point losses computed for one picture: replayed, or one by one
_FEWEST = 6  # places along a side, however many the points are
_CONTOURS = 8, 12  # at least and at most so many are aimed at
_RANGE, _NARROW = 100.0, 10.0  # times the lowest loss: beyond it a scale is logarithmic, or may be
_VALLEY, _WIDE = 1 / 8, 1 / 4  # of the range of losses, and of the picture: a valley too flat to be seen
_DEEPEST, _ZERO = 1e-12, 1e-4  # of the highest loss: the lowest end of a logarithmic scale, of losses above 0 or not


class Lowest(NamedTuple):
    """Where L is lowest: the values of both parameters, and L there; `edge`: the edge of the range where that is,
    beyond which it may be lower still, "" where it is a minimum inside.
    """

    across: float
    up: float
    loss: float
    edge: str


@dataclass(frozen=True, slots=True, eq=False)
class Heights:
    """L over two parameters: at `across` (I,) along the bottom and `up` (J,) along the side, `losses` (J, I).

    `places` (J, I): where each lies between the lowest loss, 0, and the highest, 1, on a scale that is `logarithmic` or
    not; nan where L is no number. `contours`: the round losses at which there are contour lines, and `lines`, where
    these lie on that scale. `low`, `high`: its ends; both nan where no loss is a number.
    """

    across: Array
    up: Array
    losses: Array
    places: Array
    contours: tuple[float, ...]
    lines: tuple[float, ...]
    low: float
    high: float
    logarithmic: bool

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return math.isfinite(self.low)


@dataclass(frozen=True, eq=False)
class Surface(Over):
    """L over two parameters, the first along the bottom, the second vertical."""

    def heights(self, columns: int, lines: int) -> Heights:
        """L at the middle of the lower and the upper half of every cell of a picture; of very many points some share
        one.
        """
        now, (i, j) = self.frame, self.axes
        return _heights(now.problem, now.parameters, (i, j), *self.spans, columns, lines)

    def lowest(self, heights: Heights) -> Lowest | None:
        """Where L is lowest, looked for round the lowest of the heights; None where these are level everywhere, or no
        numbers.
        """
        now, (i, j) = self.frame, self.axes
        return _lowest(now.problem, now.parameters, (i, j), *self.spans, heights)

    @cached_property
    def downhill(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Where the arrow of the way down begins, and minus the slopes in the two parameters: from (2) on, where the
        step starts from, if that place is on this surface; None where it is not, or where both slopes are 0.
        """
        state, (i, j) = self.frame.state, self.axes
        if self.frame.phase is Phase.LOSS or not (state.slopes[i] or state.slopes[j]):
            return None
        start = state.parameters[i], state.parameters[j]
        if self.with_axes(start) != state.parameters:
            return None
        return start, (-state.slopes[i], -state.slopes[j])


def surface(workspace: Workspace) -> Surface:
    """The loss over the two parameters that a workspace looks over."""
    over = axes(workspace)
    return Surface(
        workspace.session.frame,
        over,
        tuple(span(workspace, at) for at in over),
        tuple(cursor(workspace, at) for at in over),
        path_of(workspace.session, over),
        hidden(workspace),
    )


@lru_cache(maxsize=8)
def _heights(
    problem: Problem,
    parameters: Parameters,
    indices: tuple[int, int],
    span_i: Interval,
    span_j: Interval,
    columns: int,
    lines: int,
) -> Heights:
    across = np.linspace(*span_i, columns)
    halves = (np.arange(2 * lines) - 0.5) / (2 * max(lines - 1, 1))
    with np.errstate(over="ignore"):
        up = span_j[0] + (span_j[1] - span_j[0]) * halves
    losses = _losses(problem, parameters, indices, across, up)
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return Heights(across, up, losses, np.full(losses.shape, np.nan), (), (), math.nan, math.nan, False)
    low, high, logarithmic = float(finite.min()), float(finite.max()), _logarithmic(finite)
    if logarithmic:
        low = max(float(finite[finite > 0.0].min()), (_DEEPEST if low > 0.0 else _ZERO) * high)
    most = min(max(lines // 2, _CONTOURS[0]), _CONTOURS[1])
    found = (round_powers if logarithmic else rounds)(low, high, most)
    scale = partial(_places, low=low, high=high, logarithmic=logarithmic)
    return Heights(
        across, up, losses, scale(losses), found, tuple(scale(np.array(found)).tolist()), low, high, logarithmic
    )


def _logarithmic(losses: Array) -> bool:
    """Whether finite losses ask for a logarithmic scale: they lie more than two powers of ten apart, or so many of them
    are low, but not all alike, that the valley would be of one shade.
    """
    low, high = float(losses.min()), float(losses.max())
    if low < 0.0 or high <= 0.0:
        return False
    valley = (losses > low) & (losses < low + _VALLEY * (high - low))
    return 0.0 < low < high / _RANGE or (low < high / _NARROW and bool(np.mean(valley) > _WIDE))


def _places(losses: Array, low: float, high: float, logarithmic: bool) -> Array:
    """Where losses lie between `low`, 0, and `high`, 1; nan where they are no numbers."""
    if low == high:
        return np.where(np.isfinite(losses), 0.0, np.nan)
    with np.errstate(all="ignore"):
        if logarithmic:
            found = np.log(np.maximum(losses, low) / low) / math.log(high / low)
        else:
            found = (losses / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0)
    return np.where(np.isfinite(losses), np.clip(found, 0.0, 1.0), np.nan)


@lru_cache(maxsize=8)
def _lowest(
    problem: Problem,
    parameters: Parameters,
    indices: tuple[int, int],
    span_i: Interval,
    span_j: Interval,
    heights: Heights,
) -> Lowest | None:
    losses = np.where(np.isfinite(heights.losses), heights.losses, np.inf)
    least = float(losses.min())
    line, column = np.nonzero(losses <= least)
    if least == np.inf or len(line) == losses.size:
        return None
    # Of a level bottom, the place in the middle.
    nearest = int(np.hypot(line - line.mean(), column - column.mean()).argmin())
    start = float(heights.across[column[nearest]]), float(heights.up[line[nearest]])
    step_i, step_j = (float(abs(each[-1] - each[0])) / max(len(each) - 1, 1) for each in (heights.across, heights.up))
    steps = step_i, step_j
    (across, up), loss = least_over(problem, parameters, indices, start, steps, (span_i, span_j))
    sides = zip(("left", "lower"), ("right", "upper"), (across, up), (span_i, span_j), steps, strict=True)
    edges = [
        before if value <= low + step / 100.0 else behind
        for before, behind, value, (low, high), step in sides
        if not low + step / 100.0 < value < high - step / 100.0
    ]
    return Lowest(across, up, loss, edges[0] if edges else "")


def _losses(problem: Problem, parameters: Parameters, indices: tuple[int, int], across: Array, up: Array) -> Array:
    """L at every cell. Where that were too much work it is computed at fewer places and taken as straight between."""
    most = _MOST_EAGER if evaluator(problem).reason else _MOST_LOSSES
    share = math.sqrt(most / (len(across) * len(up) * len(problem.data)))
    if share >= 1.0:
        return losses_over(problem, parameters, indices, across, up)
    count_i, count_j = (max(round(share * cells), min(cells, _FEWEST)) for cells in (len(across), len(up)))
    places_i, places_j = np.linspace(0, 1, count_i), np.linspace(0, 1, count_j)
    ends = across[0] + (across[-1] - across[0]) * places_i, up[0] + (up[-1] - up[0]) * places_j
    known = losses_over(problem, parameters, indices, *ends)
    with np.errstate(all="ignore"):
        wide = np.array([np.interp(np.linspace(0, 1, len(across)), places_i, line) for line in known])
        rows = [np.interp(np.linspace(0, 1, len(up)), places_j, column) for column in wide.T]
    return np.array(rows).T

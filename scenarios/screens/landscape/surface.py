"""The loss over two parameters, all others as they are: L at every cell, its levels, its minimum, the way down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from engine.replay.program import Array
from engine.session.session import Phase
from engine.training.evaluate import losses_over
from engine.training.evaluators import evaluator
from engine.training.problem import Parameters, Problem
from scenarios.screens.landscape.over import Over
from scenarios.screens.landscape.path import path_of
from scenarios.screens.landscape.places import Interval
from scenarios.screens.landscape.ranges import axes, cursor, hidden, span
from scenarios.workspace.view import Landscape
from scenarios.workspace.workspace import Workspace

LEVELS = 9
_MOST_LOSSES, _MOST_EAGER = 3_000_000, 2_000  # point losses computed for one picture: replayed, or one by one
_FEWEST = 6  # places along a side, however many the points are


@dataclass(frozen=True, slots=True, eq=False)
class Heights:
    """L over two parameters: at `across` (I,) along the bottom and `up` (J,) along the side, `losses` (J, I), and the
    `levels` (J, I) they lie in, 0 to LEVELS - 1, -1 where L is no number (or has no logarithm).

    `bounds` (LEVELS + 1,): between which losses each level lies, round numbers but for the lowest and the highest loss
    themselves; () where no loss has a level.
    """

    across: Array
    up: Array
    losses: Array
    levels: Array
    bounds: tuple[float, ...]

    @property
    def lowest(self) -> tuple[float, float] | None:
        """Where the lowest of the cells is, None where that is on an edge, beyond which it may be lower."""
        losses = np.where(np.isfinite(self.losses), self.losses, np.inf)
        line, column = (int(at) for at in np.unravel_index(int(losses.argmin()), losses.shape))
        if line in (0, len(self.up) - 1) or column in (0, len(self.across) - 1):
            return None
        return float(self.across[column]), float(self.up[line])


@dataclass(frozen=True, eq=False)
class Surface(Over):
    """L over two parameters, the first along the bottom, the second vertical; `logarithmic`: by levels of log L."""

    logarithmic: bool

    def heights(self, columns: int, lines: int) -> Heights:
        """L at every cell of a picture; of very many points some cells share one."""
        now, (i, j) = self.frame, self.axes
        return _heights(now.problem, now.parameters, (i, j), *self.spans, columns, lines, self.logarithmic)

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
        workspace.view.landscape.shown is Landscape.LOG,
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
    logarithmic: bool,
) -> Heights:
    across, up = np.linspace(*span_i, columns), np.linspace(*span_j, lines)
    losses = _losses(problem, parameters, indices, across, up)
    with np.errstate(all="ignore"):
        heights = np.log(losses) if logarithmic else losses
    known = np.isfinite(heights)
    if not known.any():
        return Heights(across, up, losses, np.full(losses.shape, -1), ())
    low, high = float(heights[known].min()), float(heights[known].max())
    with np.errstate(all="ignore"):
        edges = np.linspace(low, high, LEVELS + 1)
        bounds = _rounded(np.exp(edges) if logarithmic else edges)
        place = np.interp(losses, bounds, np.arange(LEVELS + 1.0)) if low < high else np.zeros(losses.shape)
    found = levels(np.where(known, place, np.nan), 0.0, float(LEVELS))
    return Heights(across, up, losses, found, tuple(bounds.tolist()))


def _rounded(bounds: Array) -> Array:
    """The inner ones as the roundest numbers that are nearer to them than a fifth of a level."""
    rounded = bounds.copy()
    for at in range(1, len(bounds) - 1):
        room = 0.4 * min(bounds[at] - bounds[at - 1], bounds[at + 1] - bounds[at])
        if not 1e-9 * abs(bounds[at]) < room < math.inf:
            continue  # too near together for a rounder number, or beyond all numbers
        decade = 10.0 ** math.floor(math.log10(room))
        unit = max(each * decade for each in (1.0, 2.0, 5.0) if each * decade <= room)
        rounded[at] = float(f"{round(bounds[at] / unit) * unit:.12g}")
    return rounded


def levels(heights: Array, low: float, high: float) -> Array:
    """Which of LEVELS equal steps from `low` to `high` each value lies in, from 0, or is nearest to; -1 where it is
    nan.
    """
    with np.errstate(all="ignore"):
        place = np.clip((heights - low) / ((high - low) or 1.0) * LEVELS, 0.0, LEVELS - 1.0)
    found: Array = np.floor(np.where(np.isnan(place), -1.0, place)).astype(int)
    return found


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

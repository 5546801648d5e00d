"""The one way to get loss, slopes, field and per-point values of a Problem, whichever evaluator its model has.

`compiled(problem).gradient(parameters)` is the shortest way to loss and slopes alone, for whoever needs them often.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.autodiff.numeric import central_difference
from engine.replay.program import Array, Mask, Total
from engine.replay.threads import per_thread
from engine.training.datasets import Data
from engine.training.evaluators import evaluator
from engine.training.problem import Gradient, Parameters, Problem

# Numbers in a column of `_errors`: a few of them fit the fast memory of a core.
_AT_ONCE = 16_384


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A Problem at given parameters. Arrays are read-only; N points, P parameters.

    `m` (N,): the model's value at each point; `point_losses` (N,): each point's part of the loss, reduction included,
    so that they sum to `loss`; `wrong` (N,): whether y·m <= 0 (a point on the line counts as wrong).
    """

    problem: Problem
    parameters: Parameters
    m: Array
    point_losses: Array
    loss: float
    slopes: tuple[float, ...]
    wrong: Mask

    @property
    def errors(self) -> int:
        """How many points are wrong."""
        return int(np.count_nonzero(self.wrong))

    def contribution(self, index: int) -> Array:
        """Each point's part of the slope in one parameter, (N,), reduction included: they sum to `slopes[index]`."""
        return _contribution(self.problem, self.parameters, index)

    @property
    def finite(self) -> bool:
        """Whether the loss and every slope is a finite number."""
        return math.isfinite(self.loss) and all(map(math.isfinite, self.slopes))


@lru_cache(maxsize=32)
def evaluate(problem: Problem, parameters: Parameters) -> Evaluation:
    """Loss, slopes and per-point values at `parameters`."""
    found = evaluator(problem)
    m, losses = found.points(problem, parameters)
    with np.errstate(all="ignore"):
        wrong = ~(problem.data.y * m > 0.0)
        losses = losses * problem.scale
    loss, slopes = gradient(problem, parameters)
    wrong.flags.writeable = False
    return Evaluation(problem, parameters, _read_only(m), _read_only(losses), loss, slopes, wrong)


def gradient(problem: Problem, parameters: Parameters) -> tuple[float, tuple[float, ...]]:
    """Loss and slopes alone, to the last bit as `evaluate` has them: all that a step needs."""
    return gradient_of(problem)(parameters)


@per_thread
def gradient_of(problem: Problem) -> Gradient:
    """`gradient` for these parameters and those of this thread alone, for whoever asks often."""
    return evaluator(problem).gradient(problem)


@lru_cache(maxsize=32)
def errors(problem: Problem, parameters: Parameters) -> int:
    """How many points are wrong at `parameters`, as `evaluate` has them."""
    return evaluator(problem).errors(problem, parameters)


def compiled(problem: Problem) -> Total:
    """Loss and slopes as a compiled program of this thread, made once for the data, the model and the loss.

    Raises BranchError for a model that runs point by point.
    """
    return evaluator(problem).compiled(problem)


def loss(problem: Problem, parameters: Sequence[float]) -> float:
    """L at `parameters`, to the last bit as `evaluate` has it."""
    return evaluator(problem).loss(problem, tuple(parameters))


@lru_cache(maxsize=32)
def slopes_of(problem: Problem, parameters: Parameters, points: tuple[int, ...]) -> tuple[float, ...]:
    """The slopes of the loss over some of the points alone, by their numbers from 0.

    No program is compiled for them, so there may be a batch of points for every step.
    """
    data, rows = problem.data, list(points)
    some = replace(problem, data=Data(None, data.x1[rows], data.x2[rows], data.y[rows]))
    return tuple(evaluator(some).slopes(some, parameters).tolist())


def losses_at(problem: Problem, thetas: Array) -> Array:
    """L at each row of `thetas` (K, P); shape (K,)."""
    return evaluator(problem).losses(problem, thetas)


def losses_along(problem: Problem, parameters: Parameters, index: int, values: Array) -> Array:
    """L with parameter `index` at each of `values` (K,) and the others as given; shape (K,)."""
    return losses_at(problem, _varied(parameters, (index, values)))


def losses_over(
    problem: Problem, parameters: Parameters, indices: tuple[int, int], values_i: Array, values_j: Array
) -> Array:
    """L with parameters i and j of `indices` at each pair of values; shape (len(values_j), len(values_i))."""
    return losses_at(problem, _over(parameters, indices, values_i, values_j)).reshape(len(values_j), len(values_i))


def errors_along(problem: Problem, parameters: Parameters, index: int, values: Array) -> Array:
    """The number of wrong points with parameter `index` at each of `values` (K,); shape (K,)."""
    return _errors(problem, _varied(parameters, (index, values)))


def slope_by_difference(problem: Problem, parameters: Parameters, index: int, epsilon: float) -> float:
    """dL/dθ in parameter `index` by central difference: two losses."""
    slope: float = central_difference(lambda *vals: loss(problem, vals), *parameters, arg=index, epsilon=epsilon)
    return slope


def field(problem: Problem, parameters: Parameters, x1: Array, x2: Array) -> Array:
    """m over a grid of shape (len(x2), len(x1)): row i is at x2[i]. Not finite where the model overflows."""
    return evaluator(problem).field(parameters, x1, x2)


def feet(problem: Problem, parameters: Parameters) -> tuple[Array, Array] | None:
    """The foot (x1, x2), each (N,), of every point's perpendicular on the decision boundary.

    None where the boundary is not one straight line: another kind of model, or both weights zero.
    """
    weights = [parameters[index] for index in problem.kind.weights]
    length = sum(weight * weight for weight in weights)
    if not length > 0.0:
        return None
    m = evaluate(problem, parameters).m
    with np.errstate(all="ignore"):
        return problem.data.x1 - m * weights[0] / length, problem.data.x2 - m * weights[1] / length


def _errors(problem: Problem, thetas: Array) -> Array:
    # As `evaluate` counts them, in the model's own order of operations: a point on the line is there to the last bit.
    y, many, found = problem.data.y, max(1, _AT_ONCE // len(problem.data)), evaluator(problem)
    counts: list[int] = []
    for start in range(0, len(thetas), many):
        m = found.outputs(problem, thetas[start : start + many])
        with np.errstate(all="ignore"):
            right = y * m > 0.0
        counts += (len(y) - np.count_nonzero(right, axis=1)).tolist()
    return np.array(counts)


@lru_cache(maxsize=8)
def _contribution(problem: Problem, parameters: Parameters, index: int) -> Array:
    return _read_only(evaluator(problem).contribution(problem, parameters, index) * problem.scale)


def _varied(parameters: Parameters, *changes: tuple[int, Array]) -> Array:
    """Parameters (K, P), some of them changed to values (K,)."""
    thetas = np.tile(np.array(parameters, dtype=np.float64), (len(changes[0][1]), 1))
    for index, values in changes:
        thetas[:, index] = values
    return thetas


def _over(parameters: Parameters, indices: tuple[int, int], values_i: Array, values_j: Array) -> Array:
    (i, j), count = indices, (len(values_i), len(values_j))
    return _varied(parameters, (i, np.tile(values_i, count[1])), (j, np.repeat(values_j, count[0])))


def _read_only(array: Array) -> Array:
    array.flags.writeable = False
    return array

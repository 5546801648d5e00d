"""The one way to get loss, slopes, field and per-point values of a Problem.

The model and the point loss are recorded once as a Graph and replayed over all points at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.graph import Graph, record
from engine.losses import POINT_LOSSES
from engine.models import MODELS
from engine.numeric import central_difference
from engine.problem import Parameters, Problem
from engine.replay import Array, backward, forward
from engine.scalar import Scalar

_DATA = ("x1", "x2", "y")


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A Problem at given parameters. Arrays are read-only; N points, P parameters.

    `m` (N,): the model's value at each point; `point_losses` (N,) and `contributions` (P, N): each point's part of the
    loss and of the slope in each parameter, reduction included, so that they sum to `loss` and `slopes`.
    `errors`: how many points have y·m <= 0 (a point on the line counts as wrong).
    """

    m: Array
    point_losses: Array
    contributions: Array
    loss: float
    slopes: tuple[float, ...]
    errors: int

    @property
    def finite(self) -> bool:
        """Whether the loss and every slope is a finite number."""
        return math.isfinite(self.loss) and all(map(math.isfinite, self.slopes))


@lru_cache(maxsize=32)
def evaluate(problem: Problem, parameters: Parameters) -> Evaluation:
    """Loss, slopes and per-point values at `parameters`, one forward and one backward pass over all points."""
    data, names = problem.data, problem.names
    slots = {**dict(zip(names, parameters, strict=True)), "x1": data.x1, "x2": data.x2, "y": data.y}
    m = _full(forward(_model_graph(problem.model), slots)[-1], data.y.shape)
    loss_graph = _loss_graph(problem.model, problem.loss)
    values = forward(loss_graph, slots)
    with np.errstate(all="ignore"):
        point_losses = _full(values[-1], data.y.shape) * problem.scale
        parts = backward(loss_graph, values, names)
        contributions = np.stack([_full(part, data.y.shape) for part in parts]) * problem.scale
        loss = float(point_losses.sum())
        slopes = tuple(float(slope) for slope in contributions.sum(axis=1))
        errors = int(np.count_nonzero(~(data.y * m > 0.0)))
    for array in (m, point_losses, contributions):
        array.flags.writeable = False
    return Evaluation(m, point_losses, contributions, loss, slopes, errors)


def loss(problem: Problem, parameters: Sequence[float]) -> float:
    """L at `parameters`: one forward pass."""
    return float(losses_along(problem, tuple(parameters), 0, np.array([parameters[0]]))[0])


def losses_along(problem: Problem, parameters: Parameters, index: int, values: Array) -> Array:
    """L with parameter `index` at each of `values` (K,) and the others as given; shape (K,)."""
    with np.errstate(all="ignore"):
        per_point = forward(_loss_graph(problem.model, problem.loss), _along(problem, parameters, index, values))[-1]
        total: Array = _full(per_point, (len(values), len(problem.data))).sum(axis=1) * problem.scale
    return total


def errors_along(problem: Problem, parameters: Parameters, index: int, values: Array) -> Array:
    """The number of wrong points with parameter `index` at each of `values` (K,); shape (K,)."""
    m = forward(_model_graph(problem.model), _along(problem, parameters, index, values))[-1]
    wrong: Array = np.count_nonzero(~(problem.data.y * m > 0.0), axis=1)
    return wrong


def slope_by_difference(problem: Problem, parameters: Parameters, index: int, epsilon: float) -> float:
    """dL/dθ in parameter `index` by central difference: two losses."""
    slope: float = central_difference(lambda *vals: loss(problem, vals), *parameters, arg=index, epsilon=epsilon)
    return slope


def field(problem: Problem, parameters: Parameters, x1: Array, x2: Array) -> Array:
    """m over a grid of shape (len(x2), len(x1)): row i is at x2[i]. Not finite where the model overflows."""
    slots = {**dict(zip(problem.names, parameters, strict=True)), "x1": x1[None, :], "x2": x2[:, None]}
    return _full(forward(_model_graph(problem.model), slots)[-1], (len(x2), len(x1)))


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


def point_loss(name: str, m: Array, y: float) -> Array:
    """The point loss called `name` at each m (K,) for a point labelled `y`."""
    return _full(forward(_point_loss_graph(name), {"m": m, "y": y})[-1], m.shape)


def _along(problem: Problem, parameters: Parameters, index: int, values: Array) -> dict[str, Any]:
    slots: dict[str, Any] = dict(zip(problem.names, parameters, strict=True))
    slots[problem.names[index]] = values[:, None]
    return {**slots, "x1": problem.data.x1[None, :], "x2": problem.data.x2[None, :], "y": problem.data.y[None, :]}


def _full(values: Any, shape: tuple[int, ...]) -> Array:
    return np.array(np.broadcast_to(np.asarray(values, dtype=np.float64), shape))


@lru_cache
def _model_graph(model: str) -> Graph:
    kind = MODELS[model]

    def program(*leaves: Scalar) -> Scalar:
        m: Scalar = kind.build(leaves[:-2])(*leaves[-2:])
        return m

    return _record(program, (*kind.parameters, *_DATA[:2]))


@lru_cache
def _loss_graph(model: str, loss: str) -> Graph:
    kind = MODELS[model]

    def program(*leaves: Scalar) -> Scalar:
        x1, x2, y = leaves[-3:]
        answer: Scalar = POINT_LOSSES[loss].program(kind.build(leaves[:-3])(x1, x2), y)
        return answer

    return _record(program, (*kind.parameters, *_DATA))


@lru_cache
def _point_loss_graph(loss: str) -> Graph:
    return _record(POINT_LOSSES[loss].program, ("m", "y"))


def _record(program: Any, names: tuple[str, ...]) -> Graph:
    # The values recorded at do not matter to the structure; 0.5 lies in the domain of every operation.
    return record(program, names, [0.5] * len(names))

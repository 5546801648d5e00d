"""Replayed: the evaluator of a model whose program is recorded once, whatever the values, and run over columns."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from engine.autodiff.scalar import Scalar
from engine.replay.graph import Graph, record
from engine.replay.program import Along, Array, Positive, Total, Values, backward, forward
from engine.replay.threads import per_thread
from engine.training.datasets import Data
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind
from engine.training.problem import Gradient, Parameters, Problem

_DATA = ("x1", "x2", "y")
_SMALL = 16_384  # numbers in all nodes of a program: below, its calls cost more than its arithmetic


class Replayed:
    """An Evaluator over graphs. Raises BranchError, when made, for a model that has no one graph."""

    reason = None

    def __init__(self, kind: Kind, loss: str):
        self._kind, self._loss = kind, loss
        self._model, self._total = _graph(kind), _graph(kind, loss)

    def points(self, problem: Problem, parameters: Parameters) -> tuple[Array, Array]:
        """m and the point loss, not scaled, of every point; (N,) each."""
        m = self.output(problem, parameters)
        losses = forward(_point_loss_graph(self._loss), {"m": m, "y": problem.data.y})[-1]
        return np.array(m), _full(losses, m.shape)

    def output(self, problem: Problem, parameters: Parameters) -> Array:
        """m of every point, as `points` has it; (N,)."""
        m = forward(self._model, _slots(problem, parameters))[-1]
        return m if np.shape(m) == problem.data.y.shape else np.broadcast_to(m, problem.data.y.shape)

    def errors(self, problem: Problem, parameters: Parameters) -> int:
        """How many points are wrong, to the last bit as `output` has it."""
        y = problem.data.y
        if len(self._model.nodes) * len(y) <= _SMALL:
            return len(y) - _positive(self._kind, problem.data).at(parameters)
        m = self.output(problem, parameters)
        with np.errstate(all="ignore"):
            return len(y) - int(np.count_nonzero(y * m > 0.0))

    def loss(self, problem: Problem, parameters: Parameters) -> float:
        """L, to the last bit as `gradient` has it."""
        return self.compiled(problem).gradient(parameters)[0]

    def gradient(self, problem: Problem) -> Gradient:
        """From the parameters to L and the slopes; for this thread."""
        return self.compiled(problem).numbers

    def slopes(self, problem: Problem, parameters: Parameters) -> Array:
        """The slopes alone, (P,), without a program: for points that are asked for once."""
        values = forward(self._total, _slots(problem, parameters))
        parts = backward(self._total, values, problem.names)
        with np.errstate(all="ignore"):
            return np.array([_full(part, problem.data.y.shape).sum() * problem.scale for part in parts])

    def contribution(self, problem: Problem, parameters: Parameters, index: int) -> Array:
        """Each point's part of the slope in one parameter, not scaled; (N,)."""
        values = forward(self._total, _slots(problem, parameters))
        part = backward(self._total, values, problem.names[index : index + 1])[0]
        return _full(part, problem.data.y.shape)

    def losses(self, problem: Problem, thetas: Array) -> Array:
        """L at each row of `thetas` (K, P); shape (K,)."""
        return _along(self._kind, self._loss, problem.data, problem.scale, len(thetas)).at(thetas)

    def outputs(self, problem: Problem, thetas: Array) -> Array:
        """m of every point at each row of `thetas` (K, P), in the model's own order of operations; shape (K, N)."""
        same = (thetas == thetas[0]).all(axis=0)  # what does not vary need not be multiplied again for each row
        slots = {name: thetas[0, i] if same[i] else thetas[:, i, None] for i, name in enumerate(problem.names)}
        m = forward(self._model, {**slots, **_columns(problem.data)})[-1]
        return np.broadcast_to(m, (len(thetas), len(problem.data)))

    def field(self, parameters: Parameters, x1: Array, x2: Array) -> Array:
        """m over a grid of shape (len(x2), len(x1)): row i is at x2[i]."""
        return _values(self._kind, x1.tobytes(), x2.tobytes()).at(parameters)

    def compiled(self, problem: Problem) -> Total:
        """Loss and slopes as a compiled program of this thread."""
        return _compiled(self._kind, self._loss, problem.data, problem.scale)


def point_loss(name: str, m: Array, y: float) -> Array:
    """The point loss called `name` at each m (K,) for a point labelled `y`."""
    return _full(forward(_point_loss_graph(name), {"m": m, "y": y})[-1], m.shape)


@per_thread
def _compiled(kind: Kind, loss: str, data: Data, scale: float) -> Total:
    return Total(_graph(kind, loss), _columns(data), scale)


@per_thread
def _positive(kind: Kind, data: Data) -> Positive:
    return Positive(_margin(kind), _columns(data))


@per_thread
def _along(kind: Kind, loss: str, data: Data, scale: float, most: int) -> Along:
    return Along(_graph(kind, loss), _columns(data), scale, most)


@per_thread
def _values(kind: Kind, x1: bytes, x2: bytes) -> Values:
    return Values(_graph(kind), {"x1": np.frombuffer(x1)[None, :], "x2": np.frombuffer(x2)[:, None]})


def _slots(problem: Problem, parameters: Parameters) -> dict[str, Any]:
    return {**dict(zip(problem.names, parameters, strict=True)), **_columns(problem.data)}


def _columns(data: Data) -> dict[str, Array]:
    return {"x1": data.x1, "x2": data.x2, "y": data.y}


def _full(values: Any, shape: tuple[int, ...]) -> Array:
    return np.array(np.broadcast_to(np.asarray(values, dtype=np.float64), shape))


@lru_cache
def _graph(kind: Kind, loss: str = "") -> Graph:
    """The graph of a kind of model, or of the loss of one point with it. Raises BranchError where there is none."""

    def program(*leaves: Scalar) -> Scalar:
        x1, x2, *label = leaves[len(kind.parameters) :]
        m: Scalar = kind.build(leaves[: len(kind.parameters)])(x1, x2)
        return POINT_LOSSES[loss].program(m, *label) if loss else m

    return record(program, kind.parameters, _DATA if loss else _DATA[:2])


@lru_cache
def _margin(kind: Kind) -> Graph:
    """The graph of y·m: above 0 where a point is right."""

    def program(*leaves: Scalar) -> Scalar:
        *values, x1, x2, y = leaves
        margin: Scalar = y * kind.build(values)(x1, x2)
        return margin

    return record(program, kind.parameters, _DATA)


@lru_cache
def _point_loss_graph(loss: str) -> Graph:
    return record(POINT_LOSSES[loss].program, (), ("m", "y"))

"""Point by point on Scalars: the evaluator of a model that has no one graph, because it asks for a value."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.autodiff.backpropagation import derivatives
from engine.autodiff.scalar import Scalar
from engine.replay.graph import BranchError
from engine.replay.program import Array, Total
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind
from engine.training.problem import Gradient, Parameters, Problem


class Pointwise:
    """An Evaluator that runs the model's program once for each point; nan where that is not defined or overflows."""

    def __init__(self, kind: Kind, loss: str, error: BranchError):
        self._kind, self._loss, self._error = kind, loss, error

    @property
    def reason(self) -> str:
        """Where the model asks for a value."""
        return self._error.where

    def points(self, problem: Problem, parameters: Parameters) -> tuple[Array, Array]:
        """m and the point loss, not scaled, of every point; (N,) each."""
        m, losses = np.array([self._at(parameters, *point)[:2] for point in _points(problem)]).T
        return m, losses

    def output(self, problem: Problem, parameters: Parameters) -> Array:
        """m of every point, as `points` has it; (N,)."""
        return self.points(problem, parameters)[0]

    def errors(self, problem: Problem, parameters: Parameters) -> int:
        """How many points are wrong, by the m of `output`."""
        m, y = self.output(problem, parameters), problem.data.y
        with np.errstate(all="ignore"):
            return len(y) - int(np.count_nonzero(y * m > 0.0))

    def loss(self, problem: Problem, parameters: Parameters) -> float:
        """L, to the last bit as `gradient` has it."""
        with np.errstate(all="ignore"):
            return float((self.points(problem, parameters)[1] * problem.scale).sum())

    def gradient(self, problem: Problem) -> Gradient:
        """From the parameters to L and the slopes."""
        return lambda at: (self.loss(problem, at), tuple(self.slopes(problem, at).tolist()))

    def slopes(self, problem: Problem, parameters: Parameters) -> Array:
        """The slopes alone, (P,)."""
        with np.errstate(all="ignore"):
            slopes: Array = self._parts(problem, parameters).sum(axis=0) * problem.scale
        return slopes

    def contribution(self, problem: Problem, parameters: Parameters, index: int) -> Array:
        """Each point's part of the slope in one parameter, not scaled; (N,)."""
        return self._parts(problem, parameters)[:, index]

    def losses(self, problem: Problem, thetas: Array) -> Array:
        """L at each row of `thetas` (K, P); shape (K,)."""
        with np.errstate(all="ignore"):
            sums = [self.points(problem, tuple(at))[1].sum() for at in thetas.tolist()]
            return np.array(sums) * problem.scale

    def outputs(self, problem: Problem, thetas: Array) -> Array:
        """m of every point at each row of `thetas` (K, P); shape (K, N)."""
        return np.array([self.points(problem, tuple(at))[0] for at in thetas.tolist()])

    def field(self, parameters: Parameters, x1: Array, x2: Array) -> Array:
        """m over a grid of shape (len(x2), len(x1)): row i is at x2[i]."""
        return np.array([[self._at(parameters, a, b, 1.0)[0] for a in x1.tolist()] for b in x2.tolist()])

    def compiled(self, problem: Problem) -> Total:
        """Raises BranchError: there is no such program."""
        raise self._error

    def _parts(self, problem: Problem, parameters: Parameters) -> Array:
        """d point loss / d parameter, not scaled; (N, P)."""
        return np.array([self._at(parameters, *point)[2] for point in _points(problem)])

    def _at(self, parameters: Parameters, *point: float) -> tuple[float, float, tuple[float, ...]]:
        """m, the point loss and its slopes at one point (x1, x2, y)."""
        leaves = [Scalar(value) for value in parameters]
        try:
            m = _scalar(self._kind.build(leaves)(*map(Scalar, point[:2])))
        except (ArithmeticError, ValueError):
            m = Scalar(math.nan)
        try:
            output = _scalar(POINT_LOSSES[self._loss].program(m, Scalar(point[2])))
            return m.value, output.value, derivatives(output, leaves)
        except (ArithmeticError, ValueError):
            return m.value, math.nan, (math.nan,) * len(leaves)


def _scalar(value: Any) -> Scalar:
    return value if isinstance(value, Scalar) else Scalar(value)


def _points(problem: Problem) -> list[tuple[float, float, float]]:
    data = problem.data
    return list(zip(data.x1.tolist(), data.x2.tolist(), data.y.tolist(), strict=True))

"""The two ways to a model's numbers behind one protocol, and the one place that chooses between them.

A model and a point loss are recorded once as a Graph and replayed over all points at once. A model that cannot be
recorded, because it asks for the value of a Scalar, is run point by point on Scalars: slower, and equally correct.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from engine.replay.graph import BranchError
from engine.replay.program import Array, Total
from engine.training.models import Kind
from engine.training.pointwise import Pointwise
from engine.training.problem import Gradient, Parameters, Problem
from engine.training.replayed import Replayed


class Evaluator(Protocol):
    """Numbers of the Problems of one kind of model and one point loss; N points, P parameters.

    `reason`: why it runs point by point (`model.py line 12 asks ...`), None where it is replayed.
    """

    @property
    def reason(self) -> str | None:
        """None where the model is replayed."""

    def points(self, problem: Problem, parameters: Parameters) -> tuple[Array, Array]:
        """m and the point loss, not scaled, of every point; (N,) each."""

    def output(self, problem: Problem, parameters: Parameters) -> Array:
        """m of every point, as `points` has it; (N,)."""

    def errors(self, problem: Problem, parameters: Parameters) -> int:
        """How many points are wrong, y·m not above 0, by the m of `output`."""

    def loss(self, problem: Problem, parameters: Parameters) -> float:
        """L, to the last bit as `gradient` has it."""

    def gradient(self, problem: Problem) -> Gradient:
        """From the parameters to L and the slopes (P,), for this thread: what they need is looked up once."""

    def slopes(self, problem: Problem, parameters: Parameters) -> Array:
        """The slopes alone, (P,), without a program: for points that are asked for once."""

    def contribution(self, problem: Problem, parameters: Parameters, index: int) -> Array:
        """Each point's part of the slope in one parameter, not scaled; (N,)."""

    def losses(self, problem: Problem, thetas: Array) -> Array:
        """L at each row of `thetas` (K, P); shape (K,)."""

    def outputs(self, problem: Problem, thetas: Array) -> Array:
        """m of every point at each row of `thetas` (K, P), in the model's own order of operations; shape (K, N)."""

    def field(self, parameters: Parameters, x1: Array, x2: Array) -> Array:
        """m over a grid of shape (len(x2), len(x1)): row i is at x2[i]."""

    def compiled(self, problem: Problem) -> Total:
        """Loss and slopes as a program. Raises BranchError where there is none."""


@lru_cache(maxsize=32)
def evaluator(problem: Problem) -> Evaluator:
    """How this problem's numbers are computed."""
    return _chosen(problem.kind, problem.loss)


@lru_cache
def _chosen(kind: Kind, loss: str) -> Evaluator:
    try:
        return Replayed(kind, loss)
    except BranchError as error:
        return Pointwise(kind, loss, error)

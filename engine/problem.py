"""Problem: everything a loss depends on except the parameters, as plain values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.datasets import Data
from engine.losses import POINT_LOSSES, REDUCTIONS
from engine.models import MODELS, Kind

Parameters = tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Data, a kind of model, a loss and an optimizer.

    `model` names a row of MODELS, `loss` one of POINT_LOSSES, `reduction` one of REDUCTIONS; `rate` is the step size of
    gradient descent, positive and finite; `held` names the parameters that a step does not change. Raises ValueError
    for anything else.
    """

    data: Data
    model: str
    loss: str = "log-sigmoid"
    reduction: str = "sum"
    rate: float = 0.1
    held: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for what, value, known in (
            ("model", self.model, MODELS),
            ("loss", self.loss, POINT_LOSSES),
            ("reduction", self.reduction, REDUCTIONS),
        ):
            if value not in known:
                raise ValueError(f"unknown {what} {value!r}; there are {', '.join(known)}")
        if not (math.isfinite(self.rate) and self.rate > 0.0):
            raise ValueError(f"the rate must be a positive number, not {self.rate!r}")
        for name in self.held - set(self.names):
            raise ValueError(f"cannot hold {name!r}: {self.model} has {', '.join(self.names)}")

    @property
    def kind(self) -> Kind:
        """The row of MODELS."""
        return MODELS[self.model]

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters' names, in order."""
        return self.kind.parameters

    @property
    def holds(self) -> tuple[bool, ...]:
        """For each parameter, whether it is held."""
        return tuple(name in self.held for name in self.names)

    @property
    def scale(self) -> float:
        """What the sum over the points is multiplied by: 1, or 1/N for the mean."""
        return 1.0 if self.reduction == "sum" else 1.0 / len(self.data)


def comparable(problem: Problem, other: Problem) -> bool:
    """Whether a loss of one may be set beside a loss of the other: the same points, point loss and reduction."""
    if (problem.loss, problem.reduction) != (other.loss, other.reduction):
        return False
    return same_points(problem.data, other.data)


@lru_cache(maxsize=4)
def same_points(one: Data, other: Data) -> bool:
    """Whether both have the same points with the same labels, in the same order."""
    pairs = ((one.x1, other.x1), (one.x2, other.x2), (one.y, other.y))
    return one is other or all(np.array_equal(a, b) for a, b in pairs)

"""The models: each written once, as ordinary Python on whatever values its parameters hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.module import Module, Parameter


class Linear(Module):
    """m = w1·x1 + w2·x2 + b: the lecture's model, its decision boundary a straight line."""

    def __init__(self, w1: Any, w2: Any, b: Any):
        super().__init__()
        self.w1 = Parameter(w1)
        self.w2 = Parameter(w2)
        self.b = Parameter(b)

    def forward(self, x1: Any, x2: Any) -> Any:
        """m at the point (x1, x2)."""
        return self.w1.value * x1 + self.w2.value * x2 + self.b.value


class Split(Module):
    """m = m1·m2, the product of two lines: the course's "Model 2"."""

    def __init__(self, m1: Linear, m2: Linear):
        super().__init__()
        self.m1 = m1
        self.m2 = m2

    def forward(self, x1: Any, x2: Any) -> Any:
        """m at the point (x1, x2)."""
        return self.m1.forward(x1, x2) * self.m2.forward(x1, x2)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of model: the names of its parameters in order, how to build it afresh from their values, its formula.

    `weights` names the two parameters at a right angle to the boundary where that is one straight line, else ().
    """

    name: str
    parameters: tuple[str, ...]
    build: Callable[[Sequence[Any]], Module]
    formula: str
    weights: tuple[int, ...] = ()


MODELS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("Linear", ("w1", "w2", "b"), lambda v: Linear(*v), "m = w1·x1 + w2·x2 + b", weights=(0, 1)),
        Kind(
            "Split",
            ("m1.w1", "m1.w2", "m1.b", "m2.w1", "m2.w2", "m2.b"),
            lambda v: Split(Linear(*v[:3]), Linear(*v[3:])),
            "m = (m1.w1·x1 + m1.w2·x2 + m1.b) · (m2.w1·x1 + m2.w2·x2 + m2.b)",
        ),
    )
}

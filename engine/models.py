"""The models: each written once, as ordinary Python on whatever values its parameters hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
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


class Dense(Module):
    """Several sums of weighted inputs, named as in the course: weight_i_j from input i to output j, then bias_j."""

    def __init__(self, inputs: int, outputs: int, values: Iterable[Any]):
        super().__init__()
        given = iter(values)
        self.weights = [
            [self.add_parameter(f"weight_{i}_{j}", next(given)) for j in range(outputs)] for i in range(inputs)
        ]
        self.bias = [self.add_parameter(f"bias_{j}", next(given)) for j in range(outputs)]

    def forward(self, inputs: Sequence[Any]) -> list[Any]:
        """The value of each output."""
        outputs = [bias.value for bias in self.bias]
        for x, row in zip(inputs, self.weights, strict=True):
            for j, weight in enumerate(row):
                outputs[j] = outputs[j] + x * weight.value
        return outputs


class Network(Module):
    """The course's network: layers of the given sizes, an activation (a method of Scalar) after each but the last."""

    def __init__(self, sizes: Sequence[int], values: Iterable[Any], activation: str = "relu"):
        super().__init__()
        given = iter(values)
        self.activation = activation
        for number, (inputs, outputs) in enumerate(pairwise(sizes), 1):
            setattr(self, f"layer{number}", Dense(inputs, outputs, given))

    def forward(self, x1: Any, x2: Any) -> Any:
        """m at the point (x1, x2)."""
        values: list[Any] = [x1, x2]
        *hidden, last = self.modules()
        for layer in hidden:
            values = [getattr(value, self.activation)() for value in layer.forward(values)]
        return last.forward(values)[0]


@dataclass(frozen=True, slots=True, eq=False)
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


def network(hidden: int) -> Kind:
    """The course's network 2 → hidden → hidden → 1 with relu."""
    return network_kind((2, hidden, hidden, 1))


@lru_cache
def network_kind(sizes: tuple[int, ...], activation: str = "relu") -> Kind:
    """A network of these layers. Raises ValueError for sizes that do not lead from x1 and x2 to one m.

    Networks have no row in MODELS: a fit screen shows a bar and a formula for each parameter, and theirs are too many.
    """
    if len(sizes) < 2 or sizes[0] != 2 or sizes[-1] != 1 or min(sizes) < 1:
        raise ValueError(f"a network leads from 2 inputs to 1 output, not {'-'.join(map(str, sizes))}")
    count = sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes))
    names = tuple(name for name, _ in Network(sizes, [0.0] * count).named_parameters())
    formula = "x1, x2"
    for number in range(1, len(sizes)):
        formula = f"layer{number}({formula})"
        formula = f"{activation}({formula})" if number < len(sizes) - 1 else formula
    name = f"Network {'-'.join(map(str, sizes))} {activation}"
    return Kind(name, names, lambda values: Network(sizes, values, activation), f"m = {formula}")

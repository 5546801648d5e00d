"""Graph: the program of one point, recorded from Scalars. Structure only, no values in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.autodiff import topological_order
from engine.primitives import Primitive
from engine.scalar import Scalar


@dataclass(frozen=True, slots=True)
class Input:
    """A named slot that is filled at replay: a parameter or a data column."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A number the program itself contains."""

    value: float


@dataclass(frozen=True, slots=True)
class Operation:
    """A primitive applied to earlier nodes, given by their index in the graph."""

    primitive: Primitive
    inputs: tuple[int, ...]


Node = Input | Constant | Operation


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in an order in which inputs come before what is made of them; the last one is the output."""

    nodes: tuple[Node, ...]


def record(program: Callable[..., Scalar], names: Sequence[str], values: Sequence[float]) -> Graph:
    """The graph of `program(*scalars)`, run once at `values` (one for each of `names`).

    Raises TypeError if the program answers something other than a Scalar.
    """
    leaves = [Scalar(value) for value in values]
    output = program(*leaves)
    if not isinstance(output, Scalar):
        raise TypeError(f"the program answered {type(output).__name__}, not a Scalar: does it use its inputs?")
    named = {id(leaf): Input(name) for leaf, name in zip(leaves, names, strict=True)}
    nodes: list[Node] = []
    index: dict[int, int] = {}
    constants: dict[float, int] = {}

    def constant(value: float) -> int:
        if value not in constants:
            constants[value] = len(nodes)
            nodes.append(Constant(value))
        return constants[value]

    for scalar in topological_order(output):
        if scalar.primitive is not None:
            inputs = tuple(
                index[id(entry)] if isinstance(entry, Scalar) else constant(float(entry)) for entry in scalar.inputs
            )
            index[id(scalar)] = len(nodes)
            nodes.append(Operation(scalar.primitive, inputs))
        elif id(scalar) in named:
            index[id(scalar)] = len(nodes)
            nodes.append(named[id(scalar)])
        else:
            index[id(scalar)] = constant(scalar.value)
    return Graph(tuple(nodes))

"""The programs that a student's package is asked for, recorded, and as they are sent: operations by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from engine.autodiff.primitives import PRIMITIVES
from engine.autodiff.scalar import Scalar
from engine.replay.graph import Column, Constant, Graph, Node, Operation, Parameter, record
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind

DATA = ("x1", "x2", "y")

LOGS = ("log", "log_sigmoid")
"""The primitives in which a logarithm is taken."""

Program = Callable[..., Any]


def program_graph(program: Program, inputs: int, columns: int = 0) -> Graph:
    """`program` of so many inputs, x0 and so on, and of so many columns after them."""
    names = [f"x{index}" for index in range(inputs + columns)]
    return record(program, names[:inputs], names[inputs:])


def operation_graph(name: str, inputs: int) -> Graph:
    """One primitive, or `gt`, of x0 and, if it takes two, x1."""
    if name == "gt":
        return program_graph(lambda x, y: x > y, inputs)
    leaves = [Parameter(f"x{index}") for index in range(inputs)]
    operation = Operation(PRIMITIVES[name], tuple(range(inputs)))
    return Graph((*leaves, operation), tuple(leaf.name for leaf in leaves))


@lru_cache
def loss_graph(kind: Kind, loss: str) -> Graph:
    """The loss of one point, from the parameters and then x1, x2 and y."""

    def program(*scalars: Scalar) -> Scalar:
        x1, x2, y = scalars[-3:]
        out: Scalar = POINT_LOSSES[loss].program(kind.build(scalars[:-3])(x1, x2), y)
        return out

    return record(program, kind.parameters, DATA)


def asked(graph: Graph) -> list[list[Any]]:
    """A graph as `worker.py` reads it; its leaves are the parameters, then the columns."""
    leaves: Sequence[str] = (*graph.parameters, *graph.columns)

    def node(entry: Node) -> list[Any]:
        if isinstance(entry, (Parameter, Column)):
            return ["leaf", leaves.index(entry.name)]
        if isinstance(entry, Constant):
            return ["constant", entry.value]
        return [entry.primitive.name, *entry.inputs]

    return [node(entry) for entry in graph.nodes]


def uses_log(graph: Graph) -> bool:
    """Whether a logarithm is taken in it."""
    return any(isinstance(node, Operation) and node.primitive.name in LOGS for node in graph.nodes)

"""Replay: a recorded Graph run over NumPy columns, forward and backward.

Slots are filled with float64 arrays that broadcast against each other: a parameter may be a single number, a data
column has N rows, and a parameter given as a column of shape (K, 1) yields K programs at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.graph import Constant, Graph, Input
from engine.primitives import COLUMNS

Array = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


def forward(graph: Graph, slots: Mapping[str, Any]) -> list[Any]:
    """The value of every node, in the graph's order. Overflow gives inf and nan, never a warning."""
    values: list[Any] = []
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if isinstance(node, Input):
                values.append(slots[node.name])
            elif isinstance(node, Constant):
                values.append(node.value)
            else:
                values.append(node.primitive.column(*(values[index] for index in node.inputs)))
    return values


def backward(graph: Graph, values: Sequence[Any], wanted: Sequence[str]) -> list[Any]:
    """d output / d slot for each name in `wanted`, point by point (not summed); 0.0 where there is no path.

    `values` is what `forward` returned. Only nodes on a path from a wanted slot to the output are differentiated.
    """
    needed = _depends_on(graph, set(wanted))
    adjoints: list[Any] = [None] * len(graph.nodes)
    adjoints[-1] = 1.0
    found: dict[str, Any] = {}
    with np.errstate(all="ignore"):
        for index in range(len(graph.nodes) - 1, -1, -1):
            node, adjoint = graph.nodes[index], adjoints[index]
            if adjoint is None or isinstance(node, Constant):
                continue
            if isinstance(node, Input):
                found[node.name] = adjoint
                continue
            inputs = tuple(values[source] for source in node.inputs)
            for source, rule in zip(node.inputs, node.primitive.rules, strict=True):
                if needed[source]:
                    part = adjoint * rule(COLUMNS, inputs, values[index])
                    adjoints[source] = part if adjoints[source] is None else adjoints[source] + part
    return [found.get(name, 0.0) for name in wanted]


def _depends_on(graph: Graph, names: set[str]) -> list[bool]:
    depends: list[bool] = []
    for node in graph.nodes:
        if isinstance(node, Input):
            depends.append(node.name in names)
        elif isinstance(node, Constant):
            depends.append(False)
        else:
            depends.append(any(depends[index] for index in node.inputs))
    return depends

"""What is right for a student's package: a program's numbers, with the conventions that its operations follow.

A convention changes the program itself. What follows from it is therefore right at any depth, and nothing else is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.autodiff.backpropagation import backward_steps
from engine.autodiff.primitive import UNDEFINED
from engine.autodiff.primitives import PRIMITIVES, Primitive
from engine.autodiff.scalar import Scalar, apply
from engine.replay.graph import Constant, Graph, Node, Operation
from engine.replay.program import Array, backward, forward
from scenarios.numbers import given
from scenarios.student.programs import LOGS
from scenarios.workspace.verdicts import Reading

PROBES = (1e-6, 1e-4, 0.5)
"""Where log and its derivative are looked at: at the first, 1e-6 more makes 0.69, and half the derivative."""

_COURSE = 1e-6  # the EPS of the course's operators.py
_LEAST, _MOST = 1e-15, 1e-5  # less is rounding, at any of the probes; more is a mistake, not a guard against log 0


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a package's log adds to x before it takes the logarithm, and what its derivative adds; 0 for nothing."""

    log: float = 0.0
    log_back: float = 0.0

    @property
    def said(self) -> str:
        """For a person: "your log adds 1e-6, as the course's does"; "" where there is nothing to say."""
        if not (self.log or self.log_back):
            return ""
        said = f"your log adds {_short(self.log)}" + (", as the course's does" if self.log == _COURSE else "")
        if self.log == self.log_back:
            return said
        theirs, due = (f"1/(x + {_short(added)})" if added else "1/x" for added in (self.log_back, self.log))
        return f"{said}; its derivative would then be {due}, yours is {theirs}"


def conventions(values: Sequence[Reading], derivatives: Sequence[Reading]) -> Conventions:
    """The conventions of a log that gave these values and derivatives at PROBES.

    Where the derivatives follow none, not written yet or wrong, right is the derivative of their log.
    """
    log = _added(values, math.log, lambda reading, x: math.exp(reading) - x) or 0.0
    back = _added(derivatives, lambda x: 1.0 / x, lambda reading, x: 1.0 / reading - x)
    return Conventions(log, log if back is None else back)


def _added(readings: Sequence[Reading], right: Callable[[float], float], solve: Callable[..., float]) -> float | None:
    """What was added to x, to two digits; None if no such number explains every reading."""
    numbers = [reading for reading in readings if isinstance(reading, float) and reading]
    if len(numbers) < len(PROBES):
        return None
    try:
        added = float(f"{solve(numbers[0], PROBES[0]):.1e}")
        added = 0.0 if abs(added) < _LEAST else added
        explained = [right(x + added) for x in PROBES]
    except UNDEFINED:
        return None
    close = all(math.isclose(*pair, rel_tol=1e-9) for pair in zip(numbers, explained, strict=True))
    return added if close and 0.0 <= added <= _MOST else None


def _short(number: float) -> str:
    return given(number).replace("e-0", "e-")


def adapted(graph: Graph, known: Conventions) -> tuple[Graph, tuple[int, ...]]:
    """The program with these conventions, and where in it each of its nodes is."""
    if known == Conventions():
        return graph, tuple(range(len(graph.nodes)))
    nodes: list[Node] = []
    places: list[int] = []
    for node in graph.nodes:
        if isinstance(node, Operation):
            inputs = tuple(places[source] for source in node.inputs)
            if node.primitive.name == "log_sigmoid":  # as the course has it, log of sigmoid
                nodes.append(Operation(PRIMITIVES["sigmoid"], inputs))
                inputs = (len(nodes) - 1,)
            is_log = node.primitive.name in LOGS
            node = Operation(_log(known) if is_log else node.primitive, inputs)
        nodes.append(node)
        places.append(len(nodes) - 1)
    return Graph(tuple(nodes), graph.parameters, graph.columns), tuple(places)


@lru_cache
def _log(known: Conventions) -> Primitive:
    return replace(
        PRIMITIVES["log"],
        value=lambda x: math.log(x + known.log),
        column=lambda x: np.log(x + known.log),
        rules=(lambda ops, x, out: ops.div(1.0, ops.add(x[0], known.log_back)),),
    )


def totals(
    graph: Graph, parameters: Mapping[str, float], columns: Mapping[str, Array], scale: float = 1.0
) -> tuple[float, tuple[float, ...]]:
    """The program's values at the points of `columns` (N,), added up, and the derivatives of that in the parameters;
    both times `scale`. Without columns, one point.
    """
    count = max([1, *map(len, columns.values())])
    values = forward(graph, {**parameters, **columns})
    sums = [
        float(np.sum(np.broadcast_to(part, count))) * scale
        for part in (values[-1], *backward(graph, values, list(parameters)))
    ]
    return sums[0], tuple(sums[1:])


def along(graph: Graph, leaves: Mapping[str, float]) -> tuple[tuple[float, float], ...]:
    """For one point, the value of each node and the derivative of the last one in it.

    Raises what the operations raise at these numbers.
    """
    scalars: list[Scalar] = []
    for node in graph.nodes:
        if isinstance(node, Operation):
            scalars.append(apply(node.primitive, *(scalars[source] for source in node.inputs)))
        else:
            scalars.append(Scalar(node.value if isinstance(node, Constant) else leaves[node.name]))
    derivatives = {id(step.node): step.derivative for step in backward_steps(scalars[-1])}
    return tuple((scalar.value, derivatives[id(scalar)]) for scalar in scalars)

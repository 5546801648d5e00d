"""Replay: a recorded Graph run over NumPy columns.

`forward` and `backward` walk the graph once and keep every value: for what is looked at point by point. `Total`,
`Values` and `Along` are compiled: a list of NumPy calls on arrays allocated once, as few as the program's structure
allows, since a call costs more than the arithmetic of fifty points. An object of theirs belongs to one thread; what it
answers is the caller's own.
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from engine.calls import UFUNCS, Call, Calls, room
from engine.cells import Array as Array
from engine.cells import Cell
from engine.graph import Constant, Graph, Operation
from engine.lower import Lowered
from engine.primitives import COLUMNS

Mask = np.ndarray[Any, np.dtype[np.bool_]]

_AT_ONCE = 49_152  # numbers in one column of `Along`: two of them fit the fast memory of a core


def forward(graph: Graph, slots: Mapping[str, Any]) -> list[Any]:
    """The value of every node, in the graph's order. Overflow gives inf and nan, never a warning."""
    values: list[Any] = []
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if isinstance(node, Operation):
                values.append(node.primitive.column(*(values[index] for index in node.inputs)))
            else:
                values.append(node.value if isinstance(node, Constant) else slots[node.name])
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
            if not isinstance(node, Operation):
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
        if isinstance(node, Operation):
            depends.append(any(depends[index] for index in node.inputs))
        else:
            depends.append(not isinstance(node, Constant) and node.name in names)
    return depends


class Total:
    """The sum of a program over N points, times `scale`, and its slopes.

    `columns` holds an array (N,) for each of the graph's columns; they are not to be changed afterwards. An object
    belongs to one thread; what it answers is the caller's own. Equal parameters give equal answers, to the last bit.
    """

    def __init__(self, graph: Graph, columns: Mapping[str, Array], scale: float = 1.0):
        self._source = graph, columns, scale
        lowered = Lowered(graph, columns)
        self._layout = lowered.layout
        self._in_order = self._layout.in_order
        self._theta = self._layout.theta(())
        self._slopes = self._layout.theta(())
        self._loss = np.empty(())
        self._tail = np.empty(()), np.empty_like(self._theta)
        self._calls = self._compile(lowered, stable=False)
        self._stable: list[Call] | None = None
        self._quietly = _quiet_context()

    def gradient(self, theta: Array | Sequence[float]) -> tuple[float, Array]:
        """The total and its slopes (P,) at the parameters theta (P,), in the order of the graph's parameters."""
        if self._in_order:
            self._theta[:] = theta
        else:
            self._layout.put(theta, self._theta)
        self._quietly(_run, self._calls)
        loss = float(self._loss)
        if loss - loss != 0.0:  # inf or nan
            loss = self._rerun()
        return loss, self._slopes.copy() if self._in_order else self._layout.get(self._slopes)

    def descend(self, theta: Array | Sequence[float], rate: float, epochs: int) -> Array:
        """Theta after `epochs` steps of gradient descent, each of theta - rate * slopes."""
        self._layout.put(theta, self._theta)
        size, change = self._tail
        size[...] = rate
        step: list[Call] = [
            *self._calls,
            (np.multiply, (self._slopes, size, change)),
            (np.subtract, (self._theta, change, self._theta)),
        ]
        self._quietly(_repeat, step, epochs)
        return self._layout.get(self._theta)

    def _compile(self, lowered: Lowered, stable: bool) -> list[Call]:
        loss, slopes = lowered.gradient(self._source[2])
        places: list[tuple[Cell, Array]] = [(loss, self._loss)]
        places += [(cell, self._slopes[start : start + count]) for cell, start, count in slopes]
        return Calls(lowered.cells, places, self._theta, stable).calls

    def _rerun(self) -> float:
        """Once more where e^x has overflowed on the way: slower, and finite wherever the answer is."""
        if self._stable is None:
            self._stable = self._compile(Lowered(*self._source[:2]), stable=True)
        self._quietly(_run, self._stable)
        return float(self._loss)


class Values:
    """A program's value at each place of columns that broadcast against each other, such as (1, W) and (H, 1)."""

    def __init__(self, graph: Graph, columns: Mapping[str, Array]):
        self._shape = np.broadcast_shapes(*(column.shape for column in columns.values()))
        flat = {name: np.broadcast_to(column, self._shape).ravel() for name, column in columns.items()}
        lowered = Lowered(graph, flat)
        self._layout = lowered.layout
        self._theta = self._layout.theta(())
        output = lowered.cells.filled(lowered.output, lowered.points)
        self._out = room(output.shape)
        self._calls = Calls(lowered.cells, [(output, self._out)], self._theta, stable=True).calls
        self._last = _last_call(self._calls, self._out)
        self._quietly = _quiet_context()

    def at(self, theta: Array | Sequence[float]) -> Array:
        """The values at the parameters theta (P,), of the columns' common shape; inf and nan where they overflow."""
        self._layout.put(theta, self._theta)
        if self._calls:
            self._quietly(_run, self._calls)
        found: Array = self._quietly(self._last)
        return found.reshape(self._shape)


class Along:
    """The total of `Total` at many parameters at once, usually `most` of them, without slopes."""

    def __init__(self, graph: Graph, columns: Mapping[str, Array], scale: float, most: int):
        lowered = Lowered(graph, columns)
        self._layout = lowered.layout
        self._count = max(1, min(most, _AT_ONCE // lowered.points[0]))
        self._theta = self._layout.theta((self._count,))
        self._totals = np.empty(self._count)
        places = [(lowered.total(scale), self._totals)]
        self._calls, self._stable = (
            Calls(lowered.cells, places, self._theta, stable).calls for stable in (False, True)
        )

    def at(self, thetas: Array) -> Array:
        """The totals (K,) at the parameters (K, P)."""
        found = np.empty(len(thetas))
        with np.errstate(all="ignore"):
            for start in range(0, len(thetas), self._count):
                some = thetas[start : start + self._count]
                self._layout.put(some, self._theta[: len(some)])
                _run(self._calls)
                if not np.isfinite(self._totals[: len(some)]).all():
                    _run(self._stable)
                found[start : start + len(some)] = self._totals[: len(some)]
        return found


def _quiet_context() -> Callable[..., Any]:
    """Calls a function with NumPy's warnings off, half a microsecond cheaper than np.errstate does."""
    context = contextvars.copy_context()
    context.run(partial(np.seterr, all="ignore"))
    return context.run


def _last_call(calls: list[Call], out: Array) -> Callable[[], Array]:
    """The last call taken off the list, to answer with an array of its own; where it cannot, a copy of `out`."""
    if calls and calls[-1][0] in (np.dot, *UFUNCS.values()) and np.shares_memory(calls[-1][1][-1], out):
        function, arguments = calls.pop()
        return partial(function, *arguments[:-1])
    return out.copy


def _run(calls: list[Call]) -> None:
    for function, arguments in calls:
        function(*arguments)


def _repeat(calls: list[Call], times: int) -> None:
    for _ in range(times):
        for function, arguments in calls:
            function(*arguments)

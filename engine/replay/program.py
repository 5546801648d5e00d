"""Replay: a recorded Graph run over NumPy columns.

`forward` and `backward` walk the graph once and keep every value: for what is looked at point by point. `Total`,
`Values` and `Along` are compiled: a list of NumPy calls on arrays allocated once, as few as the program's structure
allows, because a call costs more than the arithmetic of fifty points. Many points are taken in blocks, one after
another in the same list: what is on the way is held for one block alone, in fast memory, and sums are added in their
order. An object of theirs belongs to one thread; what it returns belongs to the caller.
"""

from __future__ import annotations

import contextvars
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from engine.autodiff.primitives import COLUMNS
from engine.replay.calls import UFUNCS, Call, Calls, Free, room, row_call
from engine.replay.cells import Array as Array
from engine.replay.graph import Constant, Graph, Operation
from engine.replay.lower import Layout, Lowered

Mask = np.ndarray[Any, np.dtype[np.bool_]]

_BLOCK = 8192  # points that a compiled program takes at a time: what is computed for them stays in fast memory
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
    belongs to one thread; what it returns belongs to the caller. Equal parameters give equal results, to the last bit.
    """

    def __init__(self, graph: Graph, columns: Mapping[str, Array], scale: float = 1.0):
        self._layout = Layout(graph)
        self._source = columns, scale
        self._in_order = self._layout.in_order
        self._theta = self._layout.theta(())
        self._count = len(self._theta)
        self._slopes = self._layout.theta(())
        self._answer = self._slopes.copy if self._in_order else partial(self._layout.get, self._slopes)
        self._loss = np.empty(())
        self._part = np.empty(()), self._layout.theta(())
        self._tail = np.empty(()), np.empty_like(self._theta)
        self._calls = self._compile(stable=False)
        self._stable: list[Call] | None = None
        self._quietly = _quiet_context()

    def gradient(self, theta: Array | Sequence[float]) -> tuple[float, Array]:
        """The total and its slopes (P,) at the parameters theta (P,), in the order of the graph's parameters.

        Raises ValueError for another number of parameters.
        """
        return self._quietly(self._evaluate, theta), self._answer()

    def numbers(self, theta: Array | Sequence[float]) -> tuple[float, tuple[float, ...]]:
        """The same as plain numbers."""
        loss = self._quietly(self._evaluate, theta)
        return loss, tuple((self._slopes if self._in_order else self._layout.get(self._slopes)).tolist())

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

    def _evaluate(self, theta: Array | Sequence[float]) -> float:
        """The total; the slopes are in `_slopes` then. The loop stands here: a call more is felt in every gradient."""
        if self._in_order and len(theta) == self._count:
            self._theta[:] = theta
        else:
            self._layout.put(theta, self._theta)
        for function, arguments in self._calls:
            function(*arguments)
        loss = float(self._loss)
        if loss - loss != 0.0:  # inf or nan
            loss = self._rerun()
        return loss

    def _compile(self, stable: bool) -> list[Call]:
        columns, scale = self._source
        calls: list[Call] = []
        free: Free = defaultdict(list)
        for part in _blocks(columns):
            into_loss, into_slopes = self._part if part.start else (self._loss, self._slopes)
            lowered = Lowered(self._layout, {name: column[part] for name, column in columns.items()})
            loss, slopes = lowered.gradient(scale)
            places = [(loss, into_loss)]
            places += [(cell, into_slopes[start : start + count]) for cell, start, count in slopes]
            calls += Calls(lowered.cells, places, self._theta, stable, free).calls
            if part.start:
                calls.append((np.add, (self._loss, into_loss, self._loss)))
                calls.append((np.add, (self._slopes, into_slopes, self._slopes)))
        return calls

    def _rerun(self) -> float:
        """Once more where e^x has overflowed on the way: slower, and finite wherever the answer is."""
        if self._stable is None:
            self._stable = self._compile(stable=True)
        _run(self._stable)
        return float(self._loss)


class Values:
    """A program's value at each place of columns that broadcast against each other, such as (1, W) and (H, 1)."""

    def __init__(self, graph: Graph, columns: Mapping[str, Array]):
        self._shape = np.broadcast_shapes(*(column.shape for column in columns.values()))
        flat = {name: np.broadcast_to(column, self._shape).ravel() for name, column in columns.items()}
        self._layout = Layout(graph)
        self._theta = self._layout.theta(())
        self._out = room((math.prod(self._shape),))
        self._calls: list[Call] = []
        free: Free = defaultdict(list)
        for part in _blocks(flat):
            lowered = Lowered(self._layout, {name: column[part] for name, column in flat.items()})
            places = [(lowered.cells.filled(lowered.output, lowered.points), self._out[part])]
            self._calls += Calls(lowered.cells, places, self._theta, True, free).calls
        self._last = _last_call(self._calls, self._out)
        self._quietly = _quiet_context()

    def at(self, theta: Array | Sequence[float]) -> Array:
        """The values at the parameters theta (P,), of the columns' common shape; inf and nan where they overflow."""
        self._layout.put(theta, self._theta)
        if self._calls:
            self._quietly(_run, self._calls)
        found: Array = self._quietly(self._last)
        return found.reshape(self._shape)


class Positive:
    """How many of a program's values over N points are above 0.

    Every node is one call, as the program has them, so that each value is that of `forward` to the last bit. All of
    them are held: for programs and data that are small.
    """

    def __init__(self, graph: Graph, columns: Mapping[str, Array]):
        self._theta = np.zeros(len(graph.parameters))
        slots = {**columns, **{name: self._theta[i : i + 1].reshape(()) for i, name in enumerate(graph.parameters)}}
        values: list[Any] = []
        self._calls: list[Call] = []
        self._quietly = _quiet_context()
        for node, found in zip(graph.nodes, forward(graph, slots), strict=True):
            if not isinstance(node, Operation):
                values.append(found)
                continue
            inputs = tuple(values[index] for index in node.inputs)
            values.append(room(np.shape(found)))
            self._calls.append(row_call(node.primitive, inputs, values[-1]))
        above = np.empty(np.shape(values[-1]), np.bool_)
        self._calls.append((np.greater, (values[-1], np.zeros(()), above)))
        self._count = partial(np.count_nonzero, above)

    def at(self, theta: Array | Sequence[float]) -> int:
        """The count at the parameters theta (P,); a value that is nan is not above 0."""
        self._theta[:] = theta
        self._quietly(_run, self._calls)
        return int(self._count())


class Along:
    """The total of `Total` at many parameters at once, usually `most` of them, without slopes."""

    def __init__(self, graph: Graph, columns: Mapping[str, Array], scale: float, most: int):
        self._layout = Layout(graph)
        parts = list(_blocks(columns))
        self._count = max(1, min(most, _AT_ONCE // parts[0].stop))
        self._theta = self._layout.theta((self._count,))
        self._totals, more = np.empty(self._count), np.empty(self._count)
        self._calls: list[Call] = []
        self._stable: list[Call] = []
        free: Free = defaultdict(list)
        for part in parts:
            lowered = Lowered(self._layout, {name: column[part] for name, column in columns.items()})
            places = [(lowered.total(scale), more if part.start else self._totals)]
            for stable, calls in ((False, self._calls), (True, self._stable)):
                calls += Calls(lowered.cells, places, self._theta, stable, free).calls
                if part.start:
                    calls.append((np.add, (self._totals, more, self._totals)))

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


def _blocks(columns: Mapping[str, Array]) -> Iterator[slice]:
    """Parts of the points, as equal as they can be."""
    points = max((len(column) for column in columns.values()), default=1)
    count = -(-points // _BLOCK)
    for index in range(count):
        yield slice(points * index // count, points * (index + 1) // count)


def _quiet_context() -> Callable[..., Any]:
    """Calls a function with NumPy's warnings off, half a microsecond cheaper than np.errstate does."""
    context = contextvars.copy_context()
    context.run(partial(np.seterr, all="ignore"))
    return context.run


def _last_call(calls: list[Call], out: Array) -> Callable[[], Array]:
    """The last call taken off the list if it makes all of `out`, to answer with a new array; or a copy of `out`."""
    if calls and calls[-1][0] in (np.dot, *UFUNCS.values()):
        function, arguments = calls[-1]
        if arguments[-1].size == out.size and np.shares_memory(arguments[-1], out):
            calls.pop()
            return partial(function, *arguments[:-1])
    return out.copy


def _run(calls: list[Call]) -> None:
    for function, arguments in calls:
        function(*arguments)


def _repeat(calls: list[Call], times: int) -> None:
    for _ in range(times):
        for function, arguments in calls:
            function(*arguments)

"""Replay: a recorded Graph run over NumPy columns.

`forward` and `backward` walk the graph once and keep every value: for what is looked at point by point. `Total`, `Values`
and `Along` are compiled: a list of NumPy calls on arrays allocated once, as few calls as the program's structure allows,
since a call costs more than the arithmetic of fifty points.
"""

from __future__ import annotations

import contextvars
import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from engine.cells import Array, Cell, Cells, Weights
from engine.graph import Constant, Graph, Operation, Parameter
from engine.lift import Affine, Slot, Step, Take, lift
from engine.primitives import COLUMNS

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Call = tuple[Callable[..., Any], tuple[Any, ...]]

_AT_ONCE = 16_384  # numbers in one column of `Along`: a few of them fit the fast memory of a core


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
        lowered = _Lowered(graph, columns)
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

    def _compile(self, lowered: _Lowered, stable: bool) -> list[Call]:
        loss, slopes = lowered.gradient(self._source[2])
        places: list[tuple[Cell, Array]] = [(loss, self._loss)]
        places += [(cell, self._slopes[start : start + count]) for cell, start, count in slopes]
        return _Calls(lowered.cells, places, self._theta, stable).calls

    def _rerun(self) -> float:
        """Once more where e^x has overflowed on the way: slower, and finite wherever the answer is."""
        if self._stable is None:
            self._stable = self._compile(_Lowered(*self._source[:2]), stable=True)
        self._quietly(_run, self._stable)
        return float(self._loss)


class Values:
    """A program's value at each place of columns that broadcast against each other, such as (1, W) and (H, 1)."""

    def __init__(self, graph: Graph, columns: Mapping[str, Array]):
        self._shape = np.broadcast_shapes(*(column.shape for column in columns.values()))
        flat = {name: np.broadcast_to(column, self._shape).ravel() for name, column in columns.items()}
        lowered = _Lowered(graph, flat)
        self._layout = lowered.layout
        self._theta = self._layout.theta(())
        output = lowered.cells.filled(lowered.output, lowered.points)
        self._out = _room(output.shape)
        self._calls = _Calls(lowered.cells, [(output, self._out)], self._theta, stable=True).calls
        self._last = _without_place(self._calls, self._out)
        self._quietly = _quiet_context()

    def at(self, theta: Array | Sequence[float]) -> Array:
        """The values at the parameters theta (P,), of the columns' common shape; inf and nan where they overflow."""
        self._layout.put(theta, self._theta)
        found: Array = self._quietly(self._run)
        return found.reshape(self._shape)

    def _run(self) -> Array:
        _run(self._calls)
        return self._last() if self._last else self._out.copy()


class Along:
    """The total of `Total` at many parameters at once, usually `most` of them, without slopes."""

    def __init__(self, graph: Graph, columns: Mapping[str, Array], scale: float, most: int):
        lowered = _Lowered(graph, columns)
        self._layout = lowered.layout
        self._count = max(1, min(most, _AT_ONCE // lowered.points[0]))
        self._theta = self._layout.theta((self._count,))
        self._totals = np.empty(self._count)
        places = [(lowered.total(scale), self._totals)]
        self._calls, self._stable = (
            _Calls(lowered.cells, places, self._theta, stable).calls for stable in (False, True)
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


def _without_place(calls: list[Call], out: Array) -> Callable[[], Array] | None:
    """The last call taken off the list, to answer with an array of its own; None where it cannot."""
    if calls and calls[-1][0] in (np.dot, *_UFUNCS.values()) and calls[-1][1][-1] is out:
        function, arguments = calls.pop()
        return partial(function, *arguments[:-1])
    return None


def _run(calls: list[Call]) -> None:
    for function, arguments in calls:
        function(*arguments)


def _repeat(calls: list[Call], times: int) -> None:
    for _ in range(times):
        for function, arguments in calls:
            function(*arguments)


class _Layout:
    """Where each parameter lies in theta: those of an affine map side by side, as the rows of [W | b]."""

    def __init__(self, parameters: Sequence[str], steps: Sequence[Step]):
        inside = dict.fromkeys(name for step in steps if isinstance(step, Affine) for name in step.names)
        names = [*inside, *(name for name in parameters if name not in inside)]
        place = {name: index for index, name in enumerate(parameters)}
        self.slot = {name: index for index, name in enumerate(names)}
        self.in_order = names == list(parameters)
        self._from = np.array([place[name] for name in names], dtype=np.intp)
        self._to = np.array([self.slot[name] for name in parameters], dtype=np.intp)

    def theta(self, lead: tuple[int, ...]) -> Array:
        """Room for parameters."""
        theta: Array = _room((*lead, len(self.slot)))
        theta[...] = 0.0
        return theta

    def put(self, theta: Array | Sequence[float], into: Array) -> None:
        """Parameters in the graph's order, put into ours."""
        if self.in_order:
            into[:] = theta
        else:
            np.asarray(theta, dtype=np.float64).take(self._from, -1, into, "clip")

    def get(self, ours: Array) -> Array:
        """The same back, as a new array."""
        return ours.copy() if self.in_order else ours.take(self._to)


class _Lowered:
    """A graph as cells."""

    def __init__(self, graph: Graph, columns: Mapping[str, Array]):
        self.steps = lift(graph.merged())
        self.points = np.broadcast_shapes(*(column.shape for column in columns.values()))
        self.layout = _Layout(graph.parameters, self.steps)
        self.cells = Cells()
        self._columns = columns
        self._slot = self.layout.slot
        self._found: list[Cell] = []
        self._maps: dict[int, tuple[Cell, Weights]] = {}
        for step in self.steps:
            self._found.append(self._cell(step))
        self.output = self._found[-1]

    def total(self, scale: float) -> Cell:
        """The sum over the points, times scale."""
        return self.cells.total(self.cells.apply("mul", scale, self.output), self.points)

    def gradient(self, scale: float) -> tuple[Cell, list[tuple[Cell, int, int]]]:
        """The total, and its slopes: each a cell with the first place in theta and how many it fills."""
        cells = self.cells
        ops = cells.operations()
        adjoints: dict[int, Cell] = {len(self.steps) - 1: cells.known(scale)}
        rows: dict[int, dict[int, Cell]] = {}
        slopes: list[tuple[Cell, int, int]] = []

        def flow(source: int, part: Cell) -> None:
            part = part if self.steps[source].rows else cells.over_rows(part)
            adjoints[source] = cells.apply("add", adjoints[source], part) if source in adjoints else part

        for index in range(len(self.steps) - 1, -1, -1):
            step, cell = self.steps[index], self._found[index]
            if index in rows:
                flow(index, cells.gathered(rows[index], step.rows, cell.shape[1:]))
            if index not in adjoints or cell.array is not None:
                continue
            adjoint = adjoints[index]
            if isinstance(step, Slot):
                slopes.append((cells.total(adjoint, self.points), self._slot[step.node.name], 1))  # type: ignore[union-attr]
            elif isinstance(step, Take):
                rows.setdefault(step.block, {})[step.row] = adjoint
            elif isinstance(step, Affine):
                block, weights = self._maps[index]
                slopes.append((cells.affine_slopes(adjoint, block, weights), weights.start, len(step.names)))
                if step.hidden:
                    flow(step.inputs[0], cells.affine_back(adjoint, weights, self.points))
            else:
                inputs = tuple(self._found[source] for source in step.inputs)
                for source, rule in zip(step.inputs, step.primitive.rules, strict=True):
                    if self._found[source].array is None:
                        slope = rule(ops, inputs, cell)
                        if not (isinstance(slope, float) and slope == 0.0):
                            flow(source, cells.apply("mul", adjoint, slope))
        return self.total(scale), slopes

    def _cell(self, step: Step) -> Cell:
        cells = self.cells
        if isinstance(step, Affine):
            return self._affine(step)
        if isinstance(step, Take):
            return cells.take(self._found[step.block], step.row)
        if not isinstance(step, Slot):
            return cells.apply(step.primitive.name, *(self._found[source] for source in step.inputs))
        if isinstance(step.node, Parameter):
            return cells.node("parameter", detail=self._slot[step.node.name], shape=())
        return cells.known(step.node.value if isinstance(step.node, Constant) else self._columns[step.node.name])

    def _affine(self, step: Affine) -> Cell:
        start, width = self._slot[step.names[0]], len(step.weights[0]) + bool(step.bias)
        found = [self._found[source] for source in step.inputs]
        if step.hidden:
            weights = Weights(start, len(step.weights), width, bool(step.bias))
            self._maps[len(self._found)] = found[0], weights
            return self.cells.affine(found[0], weights)
        weights = Weights(start, len(step.weights), width, bool(step.bias))
        columns = [np.broadcast_to(cell.array, self.points) for cell in found]  # type: ignore[arg-type]
        block = self.cells.known(np.stack([*columns, *([np.ones(self.points)] if step.bias else ())]), width)
        self._maps[len(self._found)] = block, weights
        return self.cells.affine(block, weights)


_UFUNCS: dict[str, Callable[..., Any]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "scaled": np.multiply,
    "div": np.divide,
    "pow": np.power,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "expm1": np.expm1,
}
_COMPARISONS: dict[str, Callable[..., Any]] = {"lt": np.less, "le": np.less_equal, "eq": np.equal, "step": np.greater}
_ZERO, _ONE = np.array(0.0), np.array(1.0)
for _constant in (_ZERO, _ONE):
    _constant.flags.writeable = False


class _Calls:
    """The calls that compute some cells, each into the place it is wanted in.

    Every array is allocated here. One that is not needed any more takes the next value of its shape, so that a long
    program stays in fast memory. Below the rows of a block lies a row of ones, which an affine map reads as part of it.
    """

    def __init__(self, cells: Cells, places: Sequence[tuple[Cell, Array]], theta: Array, stable: bool):
        self.calls: list[Call] = []
        self._theta, self._lead, self._stable = theta, theta.shape[:-1], stable
        self._found: dict[Cell, Any] = {}
        self._base: dict[Cell, Any] = {}
        self._free: dict[tuple[Any, ...], list[Any]] = {}
        needed = _below([cell for cell, _ in places])
        sequence = [cell for cell in cells.order if cell in needed and cell.array is None]
        self._kept: set[Cell] = set()
        more: list[tuple[Cell, Array]] = []
        for cell, place in places:
            if cell.array is not None or cell in self._found or cell.op in ("parameter", "take"):
                more.append((cell, place))
            else:
                self._found[cell] = place
                self._kept.add(cell)
        for cell in sequence:
            if cell.op == "gathered":
                self._gather(cell)
        last = {_owner(entry): cell for cell in sequence for entry in cell.inputs}
        for cell in sequence:
            dying = [entry for entry in dict.fromkeys(map(_owner, cell.inputs)) if last[entry] is cell]
            self._emit(cell, [entry for entry in dying if entry in self._base and entry not in self._kept])
        for cell, place in more:
            if cell.array is not None:
                place[...] = cell.array
            else:
                self.calls.append((np.copyto, (place, self._found[cell])))

    def _emit(self, cell: Cell, dying: list[Cell]) -> None:
        if cell.op in ("parameter", "take", "gathered"):
            getattr(self, f"_{cell.op}")(cell)
        elif cell.op == "masked" and cell.inputs[0] in dying and cell not in self._found:
            # In place: what was there is not needed any more.
            source = cell.inputs[0]
            self._found[cell] = self._found[source]
            self._base[cell] = self._base.pop(source)
            self.calls.append((np.putmask, (self._found[cell], self._found[cell.inputs[1]], _ZERO)))
            dying.remove(source)
        elif cell.op in ("affine", "back", "slopes", "sum", "over_rows", "filled"):
            out = self._out(cell)
            getattr(self, f"_{cell.op}")(cell, out)
        else:
            for entry in [entry for entry in dying if entry in cell.inputs]:  # an operation may write over its input
                self._release(entry)
                dying.remove(entry)
            self._elementwise(cell, self._out(cell, np.bool_ if cell.op == "nonpositive" else np.float64))
        for entry in dying:
            self._release(entry)

    def _out(self, cell: Cell, dtype: Any = np.float64) -> Any:
        if cell not in self._found:
            # The very same array object again, not another view: NumPy takes a slow path where two views overlap.
            key = (cell.shape, cell.rows, np.dtype(dtype))
            free = self._free.setdefault(key, [])
            self._base[cell], self._found[cell] = free.pop() if free else self._new(*key)
        return self._found[cell]

    def _new(self, shape: tuple[int, ...], rows: int, dtype: Any) -> tuple[Any, Any]:
        if not rows or dtype == np.bool_:
            room = _room((*self._lead, *shape), dtype)
            return room, room
        base = _room((*self._lead, rows + 1, *shape[1:]))
        base[...] = 1.0
        return base, base[self._rows(slice(rows))]

    def _release(self, cell: Cell) -> None:
        base, found = self._base.pop(cell), self._found[cell]
        self._free[(cell.shape, cell.rows, base.dtype)].append((base, found))

    def _rows(self, rows: slice | int) -> tuple[Any, ...]:
        return (*(slice(None) for _ in self._lead), rows)

    def _in(self, cell: Cell, like: Cell) -> Any:
        """An input, its axes lined up with those of what is made of it."""
        if cell.array is not None:
            return cell.array
        found = self._found[cell]
        missing = len(like.shape) - len(cell.shape)
        return found.reshape((*self._lead, *(1,) * missing, *cell.shape)) if self._lead and missing else found

    def _elementwise(self, cell: Cell, out: Any) -> None:
        inputs = tuple(self._in(entry, cell) for entry in cell.inputs)
        if cell.op in _UFUNCS:
            self.calls.append((_UFUNCS[cell.op], (*inputs, out)))
        elif cell.op in _COMPARISONS:
            holds = np.empty(out.shape, dtype=np.bool_)
            self.calls.append((_COMPARISONS[cell.op], (*inputs, *((_ZERO,) if cell.op == "step" else ()), holds)))
            self.calls.append((np.copyto, (out, holds)))
        elif cell.op == "softplus" and self._stable:
            self.calls.append((np.logaddexp, (_ZERO, *inputs, out)))
        elif cell.op == "softplus":
            self.calls += [(np.exp, (*inputs, out)), (np.log1p, (out, out))]
        elif cell.op == "sigmoid":
            self.calls += [(np.negative, (*inputs, out)), (np.exp, (out, out))]
            self.calls += [(np.add, (out, _ONE, out)), (np.reciprocal, (out, out))]
        elif cell.op == "relu":
            self.calls.append((partial(np.maximum, out=out), (*inputs, _ZERO)))  # not fmax: nan must stay nan
        elif cell.op == "nonpositive":
            self.calls.append((np.less_equal, (*inputs, _ZERO, out)))
        elif cell.op == "masked":
            self.calls += [(np.copyto, (out, inputs[0])), (np.putmask, (out, inputs[1], _ZERO))]
        else:
            raise NotImplementedError(f"no column operation for {cell.op}")

    def _parameter(self, cell: Cell) -> None:
        at = cell.detail
        self._found[cell] = self._theta[..., at : at + 1].reshape(self._lead)

    def _take(self, cell: Cell) -> None:
        self._found[cell] = self._found[cell.inputs[0]][self._rows(cell.detail)]

    def _gather(self, cell: Cell) -> None:
        """A block of its own, whose rows are where the parts are computed."""
        block = self._found[cell] = np.zeros((*self._lead, *cell.shape))
        for row, part in zip(cell.detail, cell.inputs, strict=True):
            if part.array is None and part.op not in ("parameter", "take") and part not in self._found:
                self._found[part] = block[self._rows(row)]
                self._kept.add(part)

    def _gathered(self, cell: Cell) -> None:
        block = self._found[cell]
        for row, part in zip(cell.detail, cell.inputs, strict=True):
            place, found = block[self._rows(row)], self._in(part, part)
            if not np.shares_memory(place, found):
                self.calls.append((np.copyto, (place, found)))

    def _filled(self, cell: Cell, out: Any) -> None:
        self.calls.append((np.copyto, (out, self._in(cell.inputs[0], cell))))

    def _over_rows(self, cell: Cell, out: Any) -> None:
        self.calls.append((partial(np.add.reduce, axis=len(self._lead), out=out), (self._found[cell.inputs[0]],)))

    def _sum(self, cell: Cell, out: Any) -> None:
        weights, terms = cell.inputs
        assert weights.array is not None
        found = self._found[terms].reshape((*self._lead, -1))
        self.calls.append((np.dot, (found, np.ascontiguousarray(weights.array), out.reshape(self._lead))))

    def _weights(self, where: Weights, count: int) -> Any:
        """The first columns of [W | b], (K, count); of one row, (count,); at many parameters, (k, K, count)."""
        part = self._theta[..., where.start : where.start + where.rows * where.width]
        matrix = part.reshape((*self._lead, where.rows, where.width))[..., :count]
        return matrix if self._lead or where.rows > 1 else matrix[0]

    def _block(self, cell: Cell, bias: bool) -> Any:
        """A block as a matrix, with its row of ones if there is a bias."""
        if cell.array is not None:
            matrix = _room((len(cell.array), math.prod(cell.shape[1:])))
            matrix[...] = cell.array.reshape(matrix.shape)
            return matrix
        base = self._base[cell] if bias else self._found[cell]
        return base.reshape((*self._lead, cell.rows + bias, -1))

    def _affine(self, cell: Cell, out: Any) -> None:
        where: Weights = cell.detail
        block = self._block(cell.inputs[0], where.bias)
        weights = self._weights(where, where.width)
        if self._lead and where.rows == 1 and block.ndim == 2:
            self.calls.append((np.dot, (weights[:, 0], block, out.reshape((*self._lead, -1)))))
        elif self._lead:
            self.calls.append((np.matmul, (weights, block, out.reshape((*self._lead, where.rows, -1)))))
        else:
            self.calls.append((np.dot, (weights, block, _matrix(out, where.rows))))

    def _back(self, cell: Cell, out: Any) -> None:
        where: Weights = cell.detail
        weights, adjoint = self._weights(where, cell.rows), self._in(cell.inputs[0], cell.inputs[0])
        if where.rows == 1:
            self.calls.append((np.dot, (weights[:, None], adjoint.reshape((1, -1)), out.reshape((cell.rows, -1)))))
        else:
            self.calls.append((np.dot, (weights.T, _matrix(adjoint, where.rows), _matrix(out, cell.rows))))

    def _slopes(self, cell: Cell, out: Any) -> None:
        where: Weights = cell.detail
        adjoint, block = self._in(cell.inputs[0], cell.inputs[0]), self._block(cell.inputs[1], where.bias)
        if where.rows == 1:
            self.calls.append((np.dot, (block, adjoint.ravel(), out)))
        else:
            self.calls.append((np.dot, (_matrix(adjoint, where.rows), block.T, out.reshape(where.rows, where.width))))


def _room(shape: tuple[int, ...], dtype: Any = np.float64) -> Any:
    """An array that begins where a cache line does: unaligned ones cost a third more."""
    count = math.prod(shape)
    room = np.empty(count + 64, dtype=dtype)
    first = -room.ctypes.data % 64 // room.itemsize
    return room[first : first + count].reshape(shape)


def _matrix(array: Array, rows: int) -> Array:
    return array.reshape((rows, -1)) if rows > 1 else array.reshape(-1)


def _owner(cell: Cell) -> Cell:
    while cell.op == "take":
        cell = cell.inputs[0]
    return cell


def _below(roots: Sequence[Cell]) -> set[Cell]:
    found: set[Cell] = set()
    pending = list(roots)
    while pending:
        cell = pending.pop()
        if cell not in found:
            found.add(cell)
            pending += cell.inputs
    return found

"""Calls: the list of NumPy calls that computes cells, and the arrays they write into."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from engine.autodiff.primitives import PRIMITIVES, TABLE, Primitive
from engine.replay.cells import Array, Cell, Cells, Weights

Call = tuple[Callable[..., Any], tuple[Any, ...]]
Free = defaultdict[tuple[Any, ...], list[Any]]

_BY_NAME = (np.maximum, np.minimum)  # NumPy wants their place for the answer called `out`
UFUNCS: dict[str, Callable[..., Any]] = {
    **{row.name: row.column for row in TABLE if isinstance(row.column, np.ufunc) and row.column not in _BY_NAME},
    "scaled": np.multiply,
    "expm1": np.expm1,
}
_ZERO, _ONE, _SIGN = np.array(0.0), np.array(1.0), np.array(63)
for _constant in (_ZERO, _ONE, _SIGN):
    _constant.flags.writeable = False


class Calls:
    """The calls that compute some cells, each into the array it is wanted in.

    Every array is allocated here. One that is not needed any more takes the next value of its shape, so that a long
    program stays in fast memory; all end up in `free`, for calls that are built later. Below the rows
    of a block lies a row of ones, which an affine map reads as part of it.
    """

    def __init__(self, cells: Cells, places: Sequence[tuple[Cell, Array]], theta: Array, stable: bool, free: Free):
        self.calls: list[Call] = []
        self._theta, self._lead, self._stable = theta, theta.shape[:-1], stable
        self._found: dict[Cell, Any] = {}
        self._base: dict[Cell, Any] = {}
        self._blocks: dict[Cell, Array] = {}
        self._free = free
        self._kept: list[tuple[tuple[Any, ...], Any]] = []
        needed = _below([cell for cell, _ in places])
        sequence = [cell for cell in cells.order if cell in needed and cell.array is None]
        more: list[tuple[Cell, Array]] = []
        for cell, place in places:
            if cell.array is not None or cell in self._found or cell.op in ("parameter", "take"):
                more.append((cell, place))
            else:
                self._found[cell] = place
        for cell in sequence:
            if cell.op == "gathered":
                self._gather(cell)
        last = {_owner(entry): cell for cell in sequence for entry in cell.inputs}
        for cell in sequence:
            dying = [entry for entry in dict.fromkeys(map(_owner, cell.inputs)) if last[entry] is cell]
            self._emit(cell, [entry for entry in dying if entry in self._base])
        for cell, place in more:
            self.calls.append((np.copyto, (place, self._found[cell] if cell.array is None else cell.array)))
        for cell in list(self._base):
            self._release(cell)
        for key, array in self._kept:
            free[key].append(array)

    def _emit(self, cell: Cell, dying: list[Cell]) -> None:
        if cell.op in ("parameter", "take", "gathered"):
            getattr(self, f"_{cell.op}")(cell)
        elif cell.op in ("affine", "back", "slopes", "sum", "over_rows", "filled"):
            out = self._out(cell)
            getattr(self, f"_{cell.op}")(cell, out)
        else:
            for entry in [entry for entry in dying if entry in cell.inputs]:  # an operation may write over its input
                self._release(entry)
                dying.remove(entry)
            self._elementwise(cell, self._out(cell))
        for entry in dying:
            self._release(entry)

    def _out(self, cell: Cell) -> Any:
        if cell not in self._found:
            # The very same array object again, not another view: NumPy takes a slow path where two views overlap.
            free = self._free[cell.shape, cell.rows]
            self._base[cell], self._found[cell] = free.pop() if free else self._new(cell.shape, cell.rows)
        return self._found[cell]

    def _new(self, shape: tuple[int, ...], rows: int) -> tuple[Any, Any]:
        if not rows:
            alone = room((*self._lead, *shape))
            return alone, alone
        base = room((*self._lead, rows + 1, *shape[1:]))
        base[...] = 1.0
        return base, base[self._rows(slice(rows))]

    def _release(self, cell: Cell) -> None:
        base, found = self._base.pop(cell), self._found[cell]
        self._free[cell.shape, cell.rows].append((base, found))

    def _keep(self, make: Callable[..., Any], *args: Any) -> Any:
        """An array of `make(*args)` that no other value takes."""
        key = (make, *args)
        free = self._free[key]
        array = free.pop() if free else make(*args)
        self._kept.append((key, array))
        return array

    def _constant(self, value: float, shape: tuple[int, ...]) -> Any:
        """An array that is only read."""
        free = self._free[value, shape]
        if not free:
            free.append(room(shape))
            free[0][...] = value
        return free[0]

    def _rows(self, rows: slice | int) -> tuple[Any, ...]:
        return (*(slice(None) for _ in self._lead), rows)

    def _in(self, cell: Cell, like: Cell) -> Any:
        """An input, its axes lined up with those of the result."""
        if cell.array is not None:
            return cell.array
        found = self._found[cell]
        missing = len(like.shape) - len(cell.shape)
        return found.reshape((*self._lead, *(1,) * missing, *cell.shape)) if self._lead and missing else found

    def _elementwise(self, cell: Cell, out: Any) -> None:
        inputs = tuple(self._in(entry, cell) for entry in cell.inputs)
        if cell.op == "scaled" and inputs[0].ndim == 0 and inputs[0] == -1.0:
            self.calls.append((np.negative, (inputs[1], out)))
        elif cell.op in UFUNCS:
            self.calls.append((UFUNCS[cell.op], (*inputs, out)))
        elif cell.op == "step":
            self.calls.append((np.greater, (*inputs, _ZERO, out)))
        elif cell.op == "softplus" and self._stable:
            self.calls.append((np.logaddexp, (_ZERO, *inputs, out)))
        elif cell.op == "softplus":
            self.calls += [(np.exp, (*inputs, out)), (np.log1p, (out, out))]
        elif cell.op == "sigmoid":
            self.calls += [(np.negative, (*inputs, out)), (np.exp, (out, out))]
            self.calls += [(np.add, (out, _ONE, out)), (np.reciprocal, (out, out))]
        elif cell.op == "relu":
            # Against an array of zeros: with a single one it is slower. Not fmax: nan must stay nan.
            self.calls.append((partial(np.maximum, out=out), (*inputs, self._constant(0.0, out.shape))))
        elif cell.op == "positive":
            bits = out.view(np.int64)  # all of them 1 where 0 - x has the minus sign
            self.calls += [(np.subtract, (_ZERO, *inputs, out)), (np.right_shift, (bits, _SIGN, bits))]
        elif cell.op == "masked":
            bits = [array.view(np.int64) for array in inputs]
            over = [view for view, array in zip(bits, inputs, strict=True) if array is out]
            self.calls.append((np.bitwise_and, (*bits, *(over or [out.view(np.int64)]))))
        else:
            self.calls.append(row_call(PRIMITIVES[cell.op], inputs, out))

    def _parameter(self, cell: Cell) -> None:
        at = cell.detail
        self._found[cell] = self._theta[..., at : at + 1].reshape(self._lead)

    def _take(self, cell: Cell) -> None:
        self._found[cell] = self._found[cell.inputs[0]][self._rows(cell.detail)]

    def _gather(self, cell: Cell) -> None:
        """A new block; the parts are computed directly into its rows."""
        block = self._found[cell] = self._keep(_gathered, (*self._lead, *cell.shape), cell.detail)
        for row, part in zip(cell.detail, cell.inputs, strict=True):
            if part.array is None and part.op not in ("parameter", "take") and part not in self._found:
                self._found[part] = block[self._rows(row)]

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
        known = np.atleast_1d(weights.array)
        if not any(known.strides):  # one number everywhere
            known = self._constant(float(known[0]), known.shape)
        known = np.ascontiguousarray(known)
        self.calls.append((np.dot, (found, known, out.reshape(self._lead))))

    def _weights(self, where: Weights, count: int) -> Any:
        """The first columns of [W | b], (K, count); of one row, (count,); at many parameters, (k, K, count)."""
        part = self._theta[..., where.start : where.start + where.rows * where.width]
        if where.by_input:
            matrix = part.reshape((*self._lead, where.width, where.rows)).swapaxes(-1, -2)[..., :count]
        else:
            matrix = part.reshape((*self._lead, where.rows, where.width))[..., :count]
        return matrix if self._lead or where.rows > 1 else matrix[0]

    def _block(self, cell: Cell, bias: bool) -> Any:
        """A block as a matrix, with its row of ones if there is a bias."""
        if cell.array is not None:
            if cell not in self._blocks:
                self._blocks[cell] = room((len(cell.array), math.prod(cell.shape[1:])))
                self._blocks[cell][...] = cell.array.reshape(self._blocks[cell].shape)
            return self._blocks[cell]
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
        elif where.by_input:
            self.calls.append((np.dot, (block, _matrix(adjoint, where.rows).T, out.reshape(where.width, where.rows))))
        else:
            self.calls.append((np.dot, (_matrix(adjoint, where.rows), block.T, out.reshape(where.rows, where.width))))


def row_call(row: Primitive, inputs: tuple[Any, ...], out: Any) -> Call:
    """A row of the table by its own column: correct, and as fast as that is."""
    ufunc = row.column if isinstance(row.column, np.ufunc) else row.ufunc
    if ufunc is not None:
        # NumPy deprecates a third positional argument of maximum and minimum; elsewhere it is the faster way.
        keyword = ufunc in (np.maximum, np.minimum)
        return (partial(ufunc, out=out), inputs) if keyword else (ufunc, (*inputs, out))
    return lambda *values: np.copyto(out, row.column(*values)), inputs


def room(shape: tuple[int, ...]) -> Array:
    """An array that begins where a cache line does: unaligned ones cost a third more."""
    count = math.prod(shape)
    wide = np.empty(count + 8)
    first = -wide.ctypes.data % 64 // wide.itemsize
    return wide[first : first + count].reshape(shape)


def _gathered(shape: tuple[int, ...], rows: tuple[int, ...]) -> Array:
    """A block of zeros; only `rows` of it are written."""
    return np.zeros(shape)


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

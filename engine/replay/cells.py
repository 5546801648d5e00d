"""Cells: what a replay computes, as a graph of column operations, simplified so that fewer calls are needed.

What depends only on data is computed at once, and known factors are moved to where they cost nothing: into the block
of an affine map, or into the vector that a sum is taken with. Rules of the table run on Cells as on anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from engine.autodiff.primitives import PRIMITIVES

Array = np.ndarray[Any, np.dtype[np.float64]]
Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cell:
    """One value: known now (`array`), or `op` on `inputs`, computed at every replay.

    `shape` is () for a number, that of the columns, or with `rows` in front of it. `detail` is what else the op needs.
    """

    op: str
    inputs: tuple[Cell, ...]
    shape: Shape
    rows: int = 0
    detail: Any = None
    array: Array | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """Where [W | b] of an affine map lies in theta: K rows of `width`, the bias among them, from `start`.

    With `by_input` it lies there transposed.
    """

    start: int
    rows: int
    width: int
    bias: bool
    by_input: bool


class Cells:
    """Makes cells, each of them once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Cell] = {}
        self._one = self.known(1.0)

    def operations(self) -> SimpleNamespace:
        """The operations on cells, the namespace in which the rules of the table run."""
        return SimpleNamespace(**{name: partial(self.apply, name) for name in PRIMITIVES})

    @property
    def order(self) -> list[Cell]:
        """All cells, inputs before what is made of them."""
        return list(dict.fromkeys(self._made.values()))

    def known(self, value: Any, rows: int = 0) -> Cell:
        """A cell whose value does not change."""
        array = np.asarray(value, dtype=np.float64)
        key = ("known", array.tobytes() if array.ndim == 0 else object())
        if key not in self._made:
            self._made[key] = Cell("known", (), array.shape, rows, None, array)
        return self._made[key]

    def node(
        self, op: str, *inputs: Cell, detail: Any = None, shape: Shape | None = None, rows: int | None = None
    ) -> Cell:
        """The cell of `op` on `inputs`; elementwise unless a shape is given."""
        key = (op, *inputs, detail)
        if key not in self._made:
            found = np.broadcast_shapes(*(cell.shape for cell in inputs)) if shape is None else shape
            most = max((cell.rows for cell in inputs), default=0) if rows is None else rows
            self._made[key] = Cell(op, inputs, found, most, detail)
        return self._made[key]

    def apply(self, name: str, *operands: Cell | float) -> Cell:
        """A primitive of the table."""
        inputs = [entry if isinstance(entry, Cell) else self.known(entry) for entry in operands]
        if all(cell.array is not None for cell in inputs):
            with np.errstate(all="ignore"):
                return self._once(PRIMITIVES[name].column, *inputs)
        special: Callable[..., Cell] | None = getattr(self, f"_{name}", None)
        return special(*inputs) if special else self.node(name, *inputs)

    def split(self, cell: Cell) -> tuple[Cell, Cell | None]:
        """A known factor and the rest; None where nothing is left."""
        if cell.array is not None:
            return cell, None
        if cell.op == "scaled":
            return cell.inputs[0], cell.inputs[1]
        return self._one, cell

    def scaled(self, factor: Cell, rest: Cell | None) -> Cell:
        """factor * rest."""
        if rest is None:
            return factor
        if factor is self._one:
            return rest
        if rest.op == "affine" and not rest.rows and rest.inputs[0].array is not None and not factor.rows:
            block = self._once(np.multiply, rest.inputs[0], factor)
            if block.shape == rest.inputs[0].shape:
                return self.node("affine", block, detail=rest.detail, shape=rest.shape, rows=0)
        return self.node("scaled", factor, rest)

    def filled(self, cell: Cell, shape: Shape, rows: int = 0) -> Cell:
        """The cell broadcast to a shape."""
        if cell.shape == shape:
            return cell
        if cell.array is not None:
            return self.known(np.broadcast_to(cell.array, shape), rows)
        return self.node("filled", cell, detail=shape, shape=shape, rows=rows)

    def total(self, cell: Cell, shape: Shape) -> Cell:
        """The sum over columns of `shape`."""
        factor, rest = self.split(cell)
        weights = np.broadcast_to(factor.array, shape)  # type: ignore[arg-type]
        if rest is None:
            return self.known(weights.sum())
        return self.node("sum", self.known(weights), self.filled(rest, shape), shape=())

    def affine(self, block: Cell, weights: Weights) -> Cell:
        """W·block + b; the block holds a row of ones for b below its rows."""
        rows = weights.rows if weights.rows > 1 else 0
        shape = (*((rows,) if rows else ()), *block.shape[1:])
        return self.node("affine", block, detail=weights, shape=shape, rows=rows)

    def affine_back(self, adjoint: Cell, weights: Weights, shape: Shape) -> Cell:
        """The adjoint of the block of an affine map: transposed W · adjoint."""
        full = (weights.rows, *shape) if weights.rows > 1 else shape
        adjoint = self.filled(adjoint, full, len(full) - len(shape) and weights.rows)
        inputs = weights.width - weights.bias
        return self.node("back", adjoint, detail=weights, shape=(inputs, *shape), rows=inputs)

    def over_rows(self, cell: Cell) -> Cell:
        """The sum of a block's rows."""
        return self.node("over_rows", cell, shape=cell.shape[1:], rows=0) if cell.rows else cell

    def affine_slopes(self, adjoint: Cell, block: Cell, weights: Weights) -> Cell:
        """The slopes in [W | b]: adjoint · transposed block, with known factors moved into a known block."""
        shape = block.shape[1:]
        if block.array is not None:
            factor, rest = self.split(adjoint)
            if not factor.rows and rest is not None:
                block, adjoint = self._once(np.multiply, block, factor), rest
        full = (weights.rows, *shape) if weights.rows > 1 else shape
        adjoint = self.filled(adjoint, full, weights.rows if weights.rows > 1 else 0)
        return self.node("slopes", adjoint, block, detail=weights, shape=(weights.rows * weights.width,))

    def take(self, block: Cell, row: int) -> Cell:
        """A row of a block."""
        if block.array is not None:
            return self.known(block.array[row])
        return self.node("take", block, detail=row, shape=block.shape[1:], rows=0)

    def gathered(self, parts: dict[int, Cell], rows: int, shape: Shape) -> Cell:
        """The block with these rows, and zeros elsewhere."""
        places = tuple(sorted(parts))
        cells = (self.filled(parts[row], shape) for row in places)
        return self.node("gathered", *cells, detail=places, shape=(rows, *shape), rows=rows)

    def _once(self, compute: Callable[..., Any], *inputs: Cell) -> Cell:
        """The known cell that is computed from known cells."""
        key = (compute, *inputs)
        if key not in self._made:
            found = self.known(compute(*(cell.array for cell in inputs)), max(cell.rows for cell in inputs))
            self._made[key] = found
        return self._made[key]

    def _times(self, left: Cell | None, right: Cell | None) -> Cell | None:
        if left is None or right is None:
            return left if right is None else right
        for cell, other in ((left, right), (right, left)):
            if cell.op == "step" and cell.inputs[0].shape == cell.shape == other.shape and cell.shape:
                # The output of relu is positive where its input is, so the input need not be kept as well.
                seen = self._made.get(("relu", *cell.inputs, None), cell.inputs[0])
                return self.node("masked", other, self.node("positive", seen))
        return self.node("mul", left, right)

    def _mul(self, left: Cell, right: Cell) -> Cell:
        (factor, first), (other, second) = self.split(left), self.split(right)
        return self.scaled(self.apply("mul", factor, other), self._times(first, second))

    def _div(self, left: Cell, right: Cell) -> Cell:
        if right.array is not None:
            return self._mul(left, self.apply("div", 1.0, right))
        return self.node("div", left, right)

    def _neg(self, cell: Cell) -> Cell:
        return self._mul(self.known(-1.0), cell)

    def _add(self, left: Cell, right: Cell) -> Cell:
        if self._is_zero(left) or self._is_zero(right):
            return right if self._is_zero(left) else left
        return self._mul(self.known(2.0), left) if left is right else self.node("add", left, right)

    def _sub(self, left: Cell, right: Cell) -> Cell:
        return left if self._is_zero(right) else self.node("sub", left, right)

    def _pow(self, base: Cell, exponent: Cell) -> Cell:
        if exponent is self._one:
            return base
        return self._mul(base, base) if exponent is self.known(2.0) else self.node("pow", base, exponent)

    def _log_sigmoid(self, cell: Cell) -> Cell:
        return self._neg(self.node("softplus", self._neg(cell)))

    def _sigmoid(self, cell: Cell) -> Cell:
        softplus = self._made.get(("softplus", cell, None))
        if softplus is None:
            return self.node("sigmoid", cell)
        # σ(u) = 1 - e^-log(1 + e^u): exact for every u, and one call where log(1 + e^u) is known already.
        return self._neg(self.node("expm1", self._neg(softplus)))

    def _is_zero(self, cell: Cell) -> bool:
        return cell.array is not None and cell.shape == () and float(cell.array) == 0.0

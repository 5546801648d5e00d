"""Lower: a Graph over given columns as cells, forward and backward, and where its parameters lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.replay.calls import room
from engine.replay.cells import Array, Cell, Cells, Weights
from engine.replay.graph import Constant, Graph, Parameter
from engine.replay.lift import Affine, Slot, Step, Take, lift


class Layout:
    """The steps of a graph, and where each parameter lies in theta: those of an affine map side by side."""

    def __init__(self, graph: Graph):
        self.steps = lift(graph.merged())
        parameters = graph.parameters
        inside = dict.fromkeys(name for step in self.steps if isinstance(step, Affine) for name in step.names)
        names = [*inside, *(name for name in parameters if name not in inside)]
        place = {name: index for index, name in enumerate(parameters)}
        self.slot = {name: index for index, name in enumerate(names)}
        self.in_order = names == list(parameters)
        self._from = np.array([place[name] for name in names], dtype=np.intp)
        self._to = np.array([self.slot[name] for name in parameters], dtype=np.intp)

    def theta(self, lead: tuple[int, ...]) -> Array:
        """Room for parameters."""
        theta: Array = room((*lead, len(self.slot)))
        theta[...] = 0.0
        return theta

    def put(self, theta: Array | Sequence[float], into: Array) -> None:
        """Parameters in the graph's order, put into ours. Raises ValueError for another number of them."""
        theta = np.asarray(theta, np.float64)
        if theta.shape != into.shape:  # NumPy would repeat a single number
            counts = f"there are {len(self._from)} parameters, not {theta.shape[-1] if theta.ndim else 1}"
            raise ValueError(f"{counts}: {theta.shape} instead of {into.shape}")
        if self.in_order:
            into[:] = theta
        else:
            theta.take(self._from, -1, into, "clip")

    def get(self, ours: Array) -> Array:
        """The same back, as a new array."""
        return ours.copy() if self.in_order else ours.take(self._to)


class Lowered:
    """The steps of a graph over given columns, as cells."""

    def __init__(self, layout: Layout, columns: Mapping[str, Array]):
        self.steps = layout.steps
        self.points = np.broadcast_shapes(*(column.shape for column in columns.values()))
        self.cells = Cells()
        self._columns = columns
        self._slot = layout.slot
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
                found = cells.affine_slopes(adjoint, block, weights)
                slopes.append((found, weights.start, weights.rows * weights.width))
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
        start, width = self._slot[step.weights[0][0]], len(step.weights[0]) + bool(step.bias)
        found = [self._found[source] for source in step.inputs]
        weights = Weights(start, len(step.weights), width, bool(step.bias), step.by_input)
        if step.hidden:
            block = found[0]
        else:
            columns = [np.broadcast_to(cell.array, self.points) for cell in found]  # type: ignore[arg-type]
            block = self.cells.known(np.stack([*columns, *([np.ones(self.points)] if step.bias else ())]), width)
        self._maps[len(self._found)] = block, weights
        return self.cells.affine(block, weights)

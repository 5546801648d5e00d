"""Lift: a Graph seen as fewer, larger operations, where its structure allows.

Sums of parameter * column + bias become one affine map; maps of the same columns become one map with many rows, a
*block*; the same operation on every row of a block becomes one operation on the block.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.autodiff.primitives import Primitive
from engine.replay.graph import Column, Constant, Graph, Operation, Parameter


@dataclass(frozen=True, slots=True)
class Slot:
    """A leaf of the graph."""

    node: Parameter | Column | Constant
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Apply:
    """A primitive applied to earlier steps; with `rows`, to every row of the blocks among them."""

    primitive: Primitive
    inputs: tuple[int, ...]
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Affine:
    """Row k is the sum of weights[k][c] * input c, plus bias[k] where there is one.

    `inputs` are data columns, or the one block whose rows they are. One map alone has no rows: it is a column.
    `by_input` says that the parameters come in the order of the inputs rather than of the rows, as in the course.
    """

    weights: tuple[tuple[str, ...], ...]
    bias: tuple[str, ...]
    inputs: tuple[int, ...]
    hidden: bool
    rows: int
    by_input: bool

    @property
    def names(self) -> tuple[str, ...]:
        """All parameters of [W | b], row by row, or column by column with `by_input`."""
        columns = [*zip(*self.weights, strict=True), *((self.bias,) if self.bias else ())]
        return tuple(name for part in (columns if self.by_input else zip(*columns, strict=True)) for name in part)


@dataclass(frozen=True, slots=True)
class Take:
    """One row of a block."""

    block: int
    row: int
    rows: int = 0


Step = Slot | Apply | Affine | Take


@dataclass(frozen=True, slots=True)
class _Sum:
    """An addition tree of the graph that is an affine map: parameter by column (node indices), and the bias."""

    weights: dict[int, str]
    bias: str | None
    inside: tuple[int, ...]

    @property
    def key(self) -> tuple[frozenset[int], bool]:
        return frozenset(self.weights), self.bias is not None


def lift(graph: Graph) -> list[Step]:
    """The steps of a merged graph; the last one is its output."""
    return _Lift(graph).steps


class _Lift:
    def __init__(self, graph: Graph):
        self.nodes = graph.nodes
        self.slot = {name: index for index, name in enumerate(graph.parameters)}
        self.steps: list[Step] = []
        self.place: dict[int, int] = {}
        self.row: dict[int, tuple[int, int]] = {}  # nodes that are a row of a block: (step, row)
        self.users: list[list[int]] = [[] for _ in graph.nodes]  # once for each time a node is used
        self.data: list[bool] = []  # whether a node depends on data columns
        self.free: list[bool] = []  # whether a node depends on parameters
        for index, node in enumerate(graph.nodes):
            data, free = type(node) is Column, type(node) is Parameter
            if isinstance(node, Operation):
                for source in node.inputs:
                    self.users[source].append(index)
                    data, free = data or self.data[source], free or self.free[source]
            self.data.append(data)
            self.free.append(free)
        self.sums = self._sums()
        groups: dict[tuple[frozenset[int], bool], list[int]] = defaultdict(list)
        for root, found in self.sums.items():
            groups[found.key].append(root)
        self.groups = groups
        self.inside = {index for found in self.sums.values() for index in found.inside}
        for index in range(len(self.nodes)):
            if index not in self.inside and index not in self.place and index not in self.row:
                self._visit(index)
        self._step(len(self.nodes) - 1)  # an output that is a row of a block becomes a step of its own

    def _visit(self, index: int) -> None:
        node = self.nodes[index]
        if index in self.sums:
            found = self.sums[index]
            if self._affine(index):
                return
            for inner in sorted(found.inside):
                self._visit_plain(inner)
        if isinstance(node, Operation):
            if not self._over_rows(index, node):
                self._visit_plain(index)
        else:
            self._put(index, Slot(node))

    def _visit_plain(self, index: int) -> None:
        node = self.nodes[index]
        if index in self.place:
            return
        if isinstance(node, Operation):
            self._put(index, Apply(node.primitive, tuple(self._step(source) for source in node.inputs)))
        else:
            self._put(index, Slot(node))

    def _put(self, index: int, step: Step) -> None:
        self.place[index] = len(self.steps)
        self.steps.append(step)

    def _step(self, index: int) -> int:
        """The step of a node; for a row of a block, one that takes it."""
        if index not in self.place:
            if index in self.row:
                self._put(index, Take(*self.row[index]))
            else:
                self._visit_plain(index)
        return self.place[index]

    def _sums(self) -> dict[int, _Sum]:
        found: dict[int, _Sum] = {}
        for index in range(len(self.nodes)):
            if self._is(index, "add"):
                above = self.users[index]
                if not (len(above) == 1 and self._is(above[0], "add")):
                    parts = self._parts(index)
                    if parts is not None and parts.weights:
                        found[index] = parts
        return found

    def _parts(self, root: int) -> _Sum | None:
        weights: dict[int, str] = {}
        bias: str | None = None
        inside: list[int] = []
        pending = [root]
        while pending:
            index = pending.pop()
            node = self.nodes[index]
            if index != root:
                inside.append(index)
            if self._is(index, "add") and (index == root or len(self.users[index]) == 1):
                assert isinstance(node, Operation)
                pending += node.inputs
            elif isinstance(node, Parameter) and len(self.users[index]) == 1 and bias is None:
                bias = node.name
            elif isinstance(node, Constant) and node.value == 0.0:
                inside.pop()  # an empty sum to begin with; others may use this node too
            elif (term := self._term(index)) is not None and term[1] not in weights:
                parameter = self.nodes[term[0]]
                assert isinstance(parameter, Parameter)
                weights[term[1]] = parameter.name
                inside.append(term[0])
            else:
                return None
        return _Sum(weights, bias, tuple(inside))

    def _term(self, index: int) -> tuple[int, int] | None:
        """(parameter, column) of a product that is used once, of a parameter that is used once."""
        node = self.nodes[index]
        if not self._is(index, "mul") or len(self.users[index]) != 1:
            return None
        assert isinstance(node, Operation)
        for parameter, column in (node.inputs, node.inputs[::-1]):
            single = isinstance(self.nodes[parameter], Parameter) and len(self.users[parameter]) == 1
            if single and self.data[column]:
                return parameter, column
        return None

    def _affine(self, root: int) -> bool:
        """The step for all sums over the columns of this one; False where they are not data, nor rows of one block."""
        key = self.sums[root].key
        columns, members = sorted(key[0]), self.groups[key]
        blocks = {self.row[column][0] for column in columns if column in self.row}
        if not any(self.free[column] for column in columns):
            inputs, hidden = tuple(self._step(column) for column in columns), False
        elif len(blocks) == 1 and all(column in self.row for column in columns):
            block = blocks.pop()
            if self.steps[block].rows != len(columns):
                return False
            columns.sort(key=lambda column: self.row[column][1])
            inputs, hidden = (block,), True
        else:
            return False
        sums = [self.sums[member] for member in members]
        step = Affine(
            tuple(tuple(found.weights[column] for column in columns) for found in sums),
            tuple(found.bias for found in sums if found.bias is not None),
            inputs,
            hidden,
            len(members) if len(members) > 1 else 0,
            False,
        )
        if any(self.slot[name] > self.slot[after] for name, after in pairwise(step.names)):
            step = replace(step, by_input=True)
        if step.rows:
            self.row.update((member, (len(self.steps), row)) for row, member in enumerate(members))
            self.steps.append(step)
        else:
            self._put(root, step)
        return True

    def _over_rows(self, index: int, node: Operation) -> bool:
        """One step for the same operation on every row of a block; False where this node does not belong to one."""
        at = [position for position, source in enumerate(node.inputs) if source in self.row]
        if not at or len({self.row[node.inputs[position]] for position in at}) != 1:
            return False
        block, _ = self.row[node.inputs[at[0]]]
        members = []
        for row in sorted((row, source) for source, (step, row) in self.row.items() if step == block):
            users = set(self.users[row[1]])
            user = next(iter(users)) if len(users) == 1 else -1
            other = self.nodes[user]
            if user < 0 or user in self.inside:
                return False
            if not isinstance(other, Operation) or other.primitive is not node.primitive:
                return False
            for position, source in enumerate(node.inputs):
                if other.inputs[position] != (row[1] if position in at else source):
                    return False
            members.append(user)
        if index not in members:
            return False
        inputs = tuple(block if position in at else self._step(source) for position, source in enumerate(node.inputs))
        rows = self.steps[block].rows
        self.row.update((member, (len(self.steps), row)) for row, member in enumerate(members))
        self.steps.append(Apply(node.primitive, inputs, rows))
        return True

    def _is(self, index: int, name: str) -> bool:
        node = self.nodes[index]
        return isinstance(node, Operation) and node.primitive.name == name

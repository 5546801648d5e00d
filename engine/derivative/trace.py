"""Trace: the program of one value, operation by operation, with values going forward and derivatives coming back."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from engine.autodiff.backpropagation import BackwardStep, backward_steps
from engine.autodiff.scalar import Scalar
from engine.derivative.underflow import spoilt
from engine.symbolic.expression import Expression, build
from engine.training.problem import Parameters, Problem


class Role(Enum):
    """What a row of a trace is, in the order of the rows."""

    PARAMETER = "parameter"
    DATA = "data"
    CONSTANT = "constant"
    OPERATION = "operation"


@dataclass(frozen=True, slots=True)
class Use:
    """One edge of the graph: a row's value going into an operation.

    `user`: the index of that operation's row; `slope`: d operation / d value there.
    """

    user: int
    slope: float


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A leaf or an operation of the program.

    `label`: the leaf's name, or the operation's, by its number: `v1`; `inputs`: the labels of what it was made of (a
    number that the program itself contains stands as itself: `2`); `local`: d row / d input, None for data and
    constants, which take no derivative; `derivative`: d output / d row; `uses`: where its value goes, one entry for
    each edge, so that `x * x` has two. `alias`: what the model calls this value, if it has a name there. A slope that
    does not exist is nan, and so is a derivative that it goes into, or that underflow would have spoilt.
    """

    role: Role
    label: str
    operation: str
    inputs: tuple[str, ...]
    value: float
    local: tuple[float | None, ...]
    derivative: float
    uses: tuple[Use, ...]
    alias: str = ""

    @property
    def name(self) -> str:
        """What it is called: as the model calls it, otherwise its label."""
        return self.alias or self.label


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A program's rows: its leaves, then its operations in the order they were carried out, the output last."""

    rows: tuple[TraceRow, ...]

    @property
    def leaves(self) -> int:
        """How many of the rows, from the first, are leaves."""
        return sum(row.role is not Role.OPERATION for row in self.rows)

    @property
    def operations(self) -> int:
        """How many operations the program carries out."""
        return len(self.rows) - self.leaves

    @property
    def backward(self) -> tuple[int, ...]:
        """The rows that take a derivative, in the order in which the backward pass reaches them."""
        takes = (Role.OPERATION, Role.PARAMETER)
        return tuple(index for index in reversed(range(len(self.rows))) if self.rows[index].role in takes)

    @property
    def derivatives(self) -> dict[str, float]:
        """d output / d parameter, by the parameters' labels."""
        return {row.label: row.derivative for row in self.rows if row.role is Role.PARAMETER}


def trace(
    output: Scalar,
    parameters: Mapping[str, Scalar],
    data: Mapping[str, Scalar] | None = None,
    aliases: Mapping[str, Scalar] | None = None,
) -> Trace:
    """The trace of the program that made `output` from the named leaves.

    Leaves appear in the order given, including those that the program does not use: their derivative is 0.
    """
    data = data or {}
    back = {id(step.node): step for step in backward_steps(output)}
    named = {id(leaf): name for name, leaf in (*parameters.items(), *data.items())}
    ordered = [step.node for step in reversed(back.values())]
    operations = [node for node in ordered if node.primitive is not None]
    constants = [node for node in ordered if node.primitive is None and id(node) not in named]
    labels = named | {id(node): f"{node.value:g}" for node in constants}
    letter = _letter([*parameters, *data])
    labels |= {id(node): f"{letter}{number}" for number, node in enumerate(operations, 1)}
    called = {id(node): name for name, node in (aliases or {}).items()}
    slopes = _slopes(operations, back, {id(leaf) for leaf in (*data.values(), *constants)})
    parts = zip(Role, (parameters.values(), data.values(), constants, operations), strict=True)
    nodes = [(role, node) for role, part in parts for node in part]
    uses = _uses(operations, slopes, {id(node): index for index, (_, node) in enumerate(nodes)})

    def row(role: Role, node: Scalar) -> TraceRow:
        return TraceRow(
            role,
            labels[id(node)],
            node.primitive.name if node.primitive else role.value,
            tuple(labels[id(entry)] if isinstance(entry, Scalar) else f"{entry:g}" for entry in node.inputs),
            node.value,
            slopes.get(id(node), ()),
            _derivative(output, node, back[id(node)].derivative) if id(node) in back else 0.0,
            tuple(uses.get(id(node), ())),
            called.get(id(node), ""),
        )

    return Trace(tuple(row(role, node) for role, node in nodes))


def _slopes(
    operations: Sequence[Scalar], back: Mapping[int, BackwardStep], fixed: Container[int]
) -> dict[int, tuple[float | None, ...]]:
    """d operation / d each of its inputs, None for those that are fixed."""
    return {
        id(node): tuple(
            None if id(entry) in fixed else slope
            for entry, slope in zip(node.inputs, back[id(node)].local, strict=True)
        )
        for node in operations
    }


def _uses(
    operations: Sequence[Scalar], slopes: Mapping[int, tuple[float | None, ...]], place: Mapping[int, int]
) -> dict[int, list[Use]]:
    """Where each value goes, in the order of the operations, whose rows are in `place`."""
    uses: dict[int, list[Use]] = {}
    for node in operations:
        for entry, slope in zip(node.inputs, slopes[id(node)], strict=True):
            if slope is not None:
                uses.setdefault(id(entry), []).append(Use(place[id(node)], slope))
    return uses


def _letter(names: Sequence[str]) -> str:
    """What the operations' names begin with: v, as in textbooks, or the next letter where a leaf is called like one."""
    taken = {name[0] for name in names if name[1:].isdigit()}
    return next((letter for letter in "vutsrqpzyxw" if letter not in taken), "row")


def _derivative(output: Scalar, node: Scalar, derivative: float) -> float:
    """The derivative itself; nan for a leaf's that a vanished slope on the way has spoilt."""
    leaf = node.primitive is None and node is not output
    return math.nan if leaf and derivative == 0.0 and spoilt(output, node, derivative) else derivative


@lru_cache(maxsize=64)
def trace_expression(expression: Expression, values: tuple[tuple[str, float], ...]) -> Trace:
    """The trace of a formula at (name, value) pairs. Raises as floats do where it is not defined there."""
    leaves = {name: Scalar(value) for name, value in values}
    output = build(expression, leaves)
    return trace(output if isinstance(output, Scalar) else Scalar(output), leaves)


@lru_cache(maxsize=64)
def trace_point(problem: Problem, parameters: Parameters, point: int) -> Trace:
    """The trace of the loss of one data point (from 0), as the model and the loss compute it on Scalars."""
    leaves = {name: Scalar(value) for name, value in zip(problem.names, parameters, strict=True)}
    columns: Sequence[float] = [float(column[point]) for column in (problem.data.x1, problem.data.x2, problem.data.y)]
    x1, x2, y = (Scalar(value) for value in columns)
    m = problem.kind.build(tuple(leaves.values()))(x1, x2)
    output = problem.point_loss.program(m, y)
    return trace(output, leaves, {"x1": x1, "x2": x2, "y": y}, {"m": m})

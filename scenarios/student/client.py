"""A student's own Module 1 of the course, asked for the numbers that riserun has, and compared with them.

What is asked is sent as data, a list of operations by name; the student's code never runs in this process.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import msgspec

from engine.autodiff import backpropagation, numeric
from engine.autodiff.primitives import PRIMITIVES, TABLE
from engine.autodiff.scalar import Scalar, apply
from engine.derivative.trace import Role, TraceRow, trace_point
from engine.replay.graph import Column, Constant, Graph, Node, Parameter, record
from engine.training import datasets
from engine.training.evaluate import evaluate
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind
from engine.training.problem import Parameters, Problem
from scenarios.student.package import WANTED, StudentError, find
from scenarios.student.process import NoAnswerError, StudentProcess
from scenarios.text import clean_line, quoted
from scenarios.workspace.verdicts import (
    MOST_POINTS,
    NONSENSE,
    Reading,
    Verdict,
    failure,
    judge_derivatives,
    judge_value,
    line,
    total,
)

__all__ = ["MOST_POINTS", "Passes", "Student", "StudentError", "Verdict"]

_DATA = ("x1", "x2", "y")
_GREATER = PRIMITIVES["lt"].methods[1:]  # the course's gt, for us lt the other way round
_METHODS = {**{row.name: row.course for row in TABLE}, "gt": _GREATER}

Program = Callable[..., Any]
Points = Sequence[Sequence[float]]
_Node = list[Any]  # as `worker.py` describes it


@dataclass(frozen=True, slots=True)
class Passes:
    """A program run forward and backward on their Scalars: a verdict on each, and the numbers that are right."""

    forward: Verdict
    backward: Verdict
    value: float
    derivatives: tuple[float, ...]


class _Answer(msgspec.Struct):
    id: int
    values: list[Reading] = []
    derivatives: list[Reading] = []
    failed: str = ""


class Student:
    """The student's implementation, in a process of its own that is started again after it has died.

    `package` is a path or an importable name; a question takes at most `seconds`, the import at most `loading`; the
    process gets `megabytes`. Raises StudentError where the package cannot be used. Every other failure of their code is
    the text of a verdict. Questions may come from any thread; they are answered one at a time.
    """

    def __init__(self, package: str, seconds: float = 2.0, megabytes: int = 512, loading: float = 10.0):
        self._source = find(package)
        self._seconds, self._megabytes, self._loading = seconds, megabytes, loading
        self._lock = threading.Lock()
        self._process: StudentProcess | None = None
        self._asked = 0
        self._closed = False
        self.deaths = 0
        """How often the process gave no answer: it hung, died, or answered nonsense."""
        try:
            with self._lock:
                self._started()
        except NoAnswerError as gone:
            raise StudentError(self._unusable(str(gone))) from None

    @property
    def name(self) -> str:
        """What the package is called."""
        return self._source.name

    def slopes(self, problem: Problem, parameters: Parameters) -> Verdict:
        """`loss` in one verdict, its text about the slopes unless only the loss itself is wrong."""
        passes, count = self.loss(problem, parameters), len(problem.data)
        forward, backward = passes.forward, passes.backward
        verdict = forward if backward.right else backward
        text = verdict.whole if verdict.right or verdict is backward else f"loss {verdict.whole}"
        if count > MOST_POINTS:
            text = f"{text} (first {MOST_POINTS} of {count:,} points)"
        text = clean_line(text)
        return Verdict(verdict.right, line(text), forward.value, backward.derivatives, text, backward.apart)

    def loss(self, problem: Problem, parameters: Parameters) -> Passes:
        """The loss and its slopes in the parameters, of the first MOST_POINTS points, reduction included."""
        data = problem.data
        columns = (column[:MOST_POINTS].tolist() for column in (data.x1, data.x2, data.y))
        points = list(zip(*columns, strict=True))
        first = problem if len(data) <= MOST_POINTS else replace(problem, data=datasets.data(points))
        found, share = evaluate(first, parameters), problem.scale / first.scale
        right = found.loss * share, tuple(slope * share for slope in found.slopes)
        return self._passes(_loss_nodes(problem.kind, problem.loss), parameters, points, right, problem.scale)

    def trace(self, problem: Problem, parameters: Parameters, point: int) -> tuple[Verdict, ...]:
        """A verdict for each row of `trace_point(problem, parameters, point)`, in order.

        `derivatives` holds the row's one derivative; `apart` is of its value and of that. Only leaves keep one in the
        course, so an operation's is what they give for a leaf of its value in its place; a constant has none.
        """
        rows, data = trace_point(problem, parameters, point).rows, problem.data
        leaves = (*parameters, float(data.x1[point]), float(data.x2[point]), float(data.y[point]))
        nodes = _loss_nodes(problem.kind, problem.loss)
        places = _places(rows, nodes, (*problem.names, *_DATA))
        try:
            answer = self._ask("trace", nodes=nodes, shared=leaves)
            readings = list(zip(answer.values, answer.derivatives, strict=True))
            found = [readings[place] if place is not None else None for place in places]
        except (NoAnswerError, IndexError, ValueError) as error:
            text = str(error) if isinstance(error, NoAnswerError) else NONSENSE
            return (failure(text),) * len(rows)
        return tuple(_row_verdict(row, pair) for row, pair in zip(rows, found, strict=True))

    def operation(self, name: str, inputs: Sequence[float]) -> Passes:
        """One primitive, or `gt`, on their Scalars. Raises what the primitive itself raises at `inputs`."""
        nodes: list[_Node] = [["leaf", index] for index in range(len(inputs))]
        nodes.append([name, *range(len(inputs))])
        program = (lambda x, y: x > y) if name == "gt" else (lambda *leaves: apply(PRIMITIVES[name], *leaves))
        return self._passes(nodes, inputs, [()], _right(program, inputs, [()]))

    def program(self, program: Program, inputs: Sequence[float], points: Points = ((),)) -> Passes:
        """`program(*inputs, *point)` at each point: the values and the backward passes onto `inputs` add up."""
        leaves = [f"x{index}" for index in range(len(inputs) + len(points[0]))]
        graph = record(program, leaves)
        return self._passes(_nodes(graph, leaves), inputs, points, _right(program, inputs, points))

    def difference(self, program: Program, inputs: Sequence[float], arg: int, epsilon: float) -> tuple[Verdict, float]:
        """Their central_difference of `program`, made of + and * alone, on plain numbers; and what is right."""
        leaves = [f"x{index}" for index in range(len(inputs))]
        nodes = _nodes(record(program, leaves), leaves)
        right: float = numeric.central_difference(program, *inputs, arg=arg, epsilon=epsilon)
        try:
            values = self._ask("difference", nodes=nodes, shared=inputs, arg=arg, epsilon=epsilon).values
        except NoAnswerError as gone:
            return failure(str(gone)), right
        return judge_value(total(values, 1.0), right), right

    def close(self) -> None:
        """End the process, now. Questions asked later, or waiting in another thread, get a verdict that says so."""
        self._closed = True
        process = self._process
        if process is not None:
            process.interrupt()
        with self._lock:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _passes(
        self,
        nodes: list[_Node],
        shared: Sequence[float],
        points: Points,
        right: tuple[float, tuple[float, ...]],
        scale: float = 1.0,
    ) -> Passes:
        """A program run at each point, and judged: `right` is the value and the derivatives, summed and scaled."""
        value, derivatives = right
        try:
            answer = self._ask("run", nodes=nodes, shared=shared, points=points)
        except NoAnswerError as gone:
            failed = failure(str(gone))
            return Passes(failed, failed, value, derivatives)
        forward = judge_value(total(answer.values, scale), value)
        backward = judge_derivatives([total([part], scale) for part in answer.derivatives], derivatives)
        return Passes(forward, backward, value, derivatives)

    def _ask(self, ask: str, **request: Any) -> _Answer:
        """The answer. Raises NoAnswerError without one; the next question then starts the process again."""
        with self._lock:
            if self._closed:
                raise NoAnswerError("was not asked: riserun has closed it")
            return self._exchange(self._started(), self._seconds, ask, request)

    def _started(self) -> StudentProcess:
        """The process, with the package imported. Raises NoAnswerError where that fails."""
        if self._process is None:
            self._process = StudentProcess(self._megabytes, max(self._seconds, self._loading))
            source = {"name": self._source.name, "file": self._source.file, "folder": self._source.folder}
            failed = self._exchange(self._process, self._loading, "load", {**source, "methods": _METHODS}).failed
            if failed:
                self._drop()
                raise NoAnswerError(line(failed))
        return self._process

    def _exchange(self, process: StudentProcess, seconds: float, ask: str, request: dict[str, Any]) -> _Answer:
        self._asked += 1
        message = json.dumps({"id": self._asked, "ask": ask, **request}).encode()
        try:
            answer = _decoded(process.ask(message, seconds))
            if answer.id != self._asked:
                raise NoAnswerError(NONSENSE)
        except NoAnswerError:
            self.deaths += 1
            self._drop()
            raise
        return answer

    def _drop(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None

    def _unusable(self, failure: str) -> str:
        if f"No module named {self.name!r}" in failure:
            return f"{quoted(self.name)} is not a package; {WANTED}"
        hint = f"\nriserun imports it with {sys.executable}: what it needs must be installed there."
        return f"{self.name}: importing it {failure}{hint if 'ModuleNotFoundError' in failure else ''}"


def _decoded(line: bytes) -> _Answer:
    try:
        return msgspec.json.decode(line, type=_Answer)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise NoAnswerError(NONSENSE) from None


def _nodes(graph: Graph, leaves: Sequence[str]) -> list[_Node]:
    """A graph as `worker.py` reads it."""

    def node(entry: Node) -> _Node:
        if isinstance(entry, (Parameter, Column)):
            return ["leaf", leaves.index(entry.name)]
        if isinstance(entry, Constant):
            return ["constant", entry.value]
        return [entry.primitive.name, *entry.inputs]

    return [node(entry) for entry in graph.nodes]


@lru_cache
def _loss_nodes(kind: Kind, loss: str) -> list[_Node]:
    """The loss of one point, from the parameters and then x1, x2 and y."""
    leaves = (*kind.parameters, *_DATA)

    def program(*scalars: Scalar) -> Scalar:
        x1, x2, y = scalars[-3:]
        out: Scalar = POINT_LOSSES[loss].program(kind.build(scalars[:-3])(x1, x2), y)
        return out

    return _nodes(record(program, kind.parameters, _DATA), leaves)


def _right(program: Program, inputs: Sequence[float], points: Points) -> tuple[float, tuple[float, ...]]:
    """The program's values at the points, added up, and the derivatives of that in `inputs`."""
    leaves = [Scalar(value) for value in inputs]
    outputs = [program(*leaves, *map(Scalar, point)) for point in points]
    parts = [backpropagation.derivatives(output, leaves) for output in outputs]
    return sum(output.value for output in outputs), tuple(map(sum, zip(*parts, strict=True)))


def _places(rows: Sequence[TraceRow], nodes: Sequence[_Node], leaves: Sequence[str]) -> list[int | None]:
    """For each row of a trace, its node in the same program; None for a constant, and for a leaf it does not use."""
    used = {leaves[node[1]]: index for index, node in enumerate(nodes) if node[0] == "leaf"}
    operations = iter([index for index, node in enumerate(nodes) if node[0] not in ("leaf", "constant")])
    return [
        next(operations) if row.role is Role.OPERATION else None if row.role is Role.CONSTANT else used.get(row.label)
        for row in rows
    ]


def _row_verdict(row: TraceRow, readings: tuple[Reading, Reading] | None) -> Verdict:
    if readings is None:
        return Verdict(True, "right", row.value)
    value, derivative = judge_value(readings[0], row.value), judge_derivatives(readings[1:], [row.derivative])
    first, apart = derivative if value.right else value, (*value.apart, *derivative.apart)
    return Verdict(
        value.right and derivative.right, first.text, value.value, derivative.derivatives, first.whole, apart
    )

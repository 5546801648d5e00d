"""A student's own Module 1 of the course, asked for the numbers that riserun has, and compared with them.

What is asked is sent as data, a list of operations by name; the student's code never runs in this process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np

from engine.autodiff import numeric
from engine.derivative.trace import Role, TraceRow, trace_point
from engine.replay.graph import Column, Graph, Parameter
from engine.training.problem import Parameters, Problem
from scenarios.student.causes import shared
from scenarios.student.connection import Connection, begun
from scenarios.student.package import StudentError, find
from scenarios.student.passes import Passes, Walk
from scenarios.student.process import NoAnswerError
from scenarios.student.programs import DATA, Program, asked, loss_graph, operation_graph, program_graph, uses_log
from scenarios.student.reference import PROBES, Conventions, adapted, along, conventions, totals
from scenarios.text import clean_line
from scenarios.workspace.verdicts import (
    MOST_POINTS,
    NONSENSE,
    NOT_REACHED,
    Reading,
    Verdict,
    failure,
    judge_derivatives,
    judge_value,
    line,
    total,
)

__all__ = ["MOST_POINTS", "Passes", "Student", "StudentError", "Verdict"]

Points = Sequence[Sequence[float]]


class Student:
    """The student's implementation, in a process of its own that is started again after it has died.

    `package` is a path or an importable name; each half of a question takes at most `seconds`, the import at most
    `loading`; the process gets `megabytes`; `wanted` are names to be looked up in the package. Raises StudentError
    where the package cannot be used. Every other failure of their code is the text of a verdict. Questions may come
    from any thread; they are answered one at a time.
    """

    def __init__(
        self,
        package: str,
        seconds: float = 2.0,
        megabytes: int = 512,
        loading: float = 10.0,
        wanted: Sequence[str] = (),
    ):
        self._line = Connection(find(package), seconds, megabytes, loading, wanted)
        self._ask = self._line.ask
        self._short = min(seconds, 0.25)  # of what is asked beside the question: a hang does not cost its time twice
        self._conventions: Conventions | None = None

    @property
    def deaths(self) -> int:
        """How often the process gave no answer: it hung for good, died, or answered nonsense."""
        return self._line.deaths

    @property
    def spent(self) -> float:
        """The seconds that its answers have taken, without the import."""
        return self._line.spent

    @property
    def unwritten(self) -> Mapping[str, bool]:
        """Those of the wanted names that are missing (True), or there and not written (False)."""
        return self._line.unwritten

    @property
    def name(self) -> str:
        """What the package is called."""
        return self._line.name

    @property
    def conventions(self) -> Conventions:
        """What their log does in its own way; asked for once."""
        if self._conventions is None:
            found: list[tuple[Reading, Reading]] = []
            back = True
            while len(found) < len(PROBES):
                nodes, x = asked(operation_graph("log", 1)), PROBES[len(found)]
                try:
                    answer = self._ask("run", nodes=nodes, shared=(x,), points=[()], back=back, seconds=self._short)
                    found.append((answer.values[0], answer.derivatives[0] if back else None))
                except (NoAnswerError, IndexError):
                    if not back:
                        break
                    back = False  # what their log adds can be found out without the way back
                    continue
                back = back and isinstance(found[-1][1], float)  # or it would hang each time
                if not isinstance(found[-1][0], float):
                    break
            self._conventions = conventions(*zip(*found, strict=True)) if found else Conventions()
        return self._conventions

    def slopes(self, problem: Problem, parameters: Parameters) -> Verdict:
        """`loss` in one verdict, its text about the slopes unless only the loss itself is wrong."""
        passes, count = self.loss(problem, parameters), len(problem.data)
        forward, backward = passes.forward, passes.backward
        verdict = forward if backward.right or backward.text == NOT_REACHED else backward
        text = f"loss {verdict.whole}" if verdict is forward and verdict.differs else verdict.whole
        if count > MOST_POINTS:
            text = f"{text} (first {MOST_POINTS} of {count:,} points)"
        text = clean_line(text)
        return Verdict(verdict.right, line(text), forward.value, backward.derivatives, text, backward.apart)

    def loss(self, problem: Problem, parameters: Parameters, back: bool = True) -> Passes:
        """The loss and its slopes in the parameters, of the first MOST_POINTS points, reduction included."""
        data = problem.data
        columns = [column[:MOST_POINTS] for column in (data.x1, data.x2, data.y)]
        points = list(zip(*(column.tolist() for column in columns), strict=True))
        return self._passes(loss_graph(problem.kind, problem.loss), parameters, points, problem.scale, back=back)

    def trace(self, problem: Problem, parameters: Parameters, point: int) -> tuple[Verdict, ...]:
        """A verdict for each row of `trace_point(problem, parameters, point)`, in order.

        `derivatives` holds the row's one derivative; `apart` is of its value and of that. Only leaves keep one in the
        course, so an operation's is what they give for a leaf of its value in its place; a constant has none.
        """
        rows, data = trace_point(problem, parameters, point).rows, problem.data
        leaves = (*parameters, float(data.x1[point]), float(data.x2[point]), float(data.y[point]))
        graph = loss_graph(problem.kind, problem.loss)
        known, where = adapted(graph, self._known(graph))
        right = along(known, dict(zip((*graph.parameters, *graph.columns), leaves, strict=True)))
        places = _places(rows, asked(graph), (*problem.names, *DATA))
        gone = ""
        try:
            answer = self._ask("trace", nodes=asked(graph), shared=leaves)
        except NoAnswerError as error:
            answer, gone = begun(error), str(error)
        try:
            answer.derivatives = answer.derivatives or [gone] * (len(answer.values) * bool(gone))
            readings = list(zip(answer.values, answer.derivatives, strict=True))
            found = [None if place is None else (readings[place], right[where[place]]) for place in places]
        except (IndexError, ValueError):
            return (failure(gone or NONSENSE),) * len(rows)
        return tuple(_row_verdict(row, *(pair or (None, None))) for row, pair in zip(rows, found, strict=True))

    def shared(self, problem: Problem, parameters: Parameters, point: int) -> str:
        """What is wrong with what all operations have in common, where a trace has wrong derivatives and each operation
        alone is right; "" where one of them is not, or nothing is known.
        """
        data, graph = problem.data, loss_graph(problem.kind, problem.loss)
        leaves = (*parameters, float(data.x1[point]), float(data.x2[point]), float(data.y[point]))
        names = (*graph.parameters, *graph.columns)
        known, _ = adapted(graph, self._known(graph))
        pairs = zip(known.nodes, along(known, dict(zip(names, leaves, strict=True))), strict=True)
        right = {node.name: found[1] for node, found in pairs if isinstance(node, (Parameter, Column))}
        request = {"nodes": asked(graph), "shared": leaves, "points": [()], "seed": 1.0}
        wrong, derivatives = failure(NOT_REACHED), tuple(right.get(name, 0.0) for name in names)
        return shared(self.walk(Passes(wrong, wrong, 0.0, derivatives, request)))

    def operation(self, name: str, inputs: Sequence[float], seed: float = 1.0, back: bool = True) -> Passes:
        """One primitive, or `gt`, on their Scalars: forward, and with `back` backward from `seed`."""
        graph = operation_graph(name, len(inputs))
        nodes: list[list[Any]] = [["leaf", index] for index in range(len(inputs))]
        nodes.append([name, *range(len(inputs))])
        return self._passes(graph, inputs, [()], nodes=nodes, seed=seed, back=back)

    def program(
        self,
        program: Program,
        inputs: Sequence[float],
        points: Points = ((),),
        constants: Sequence[float] = (),
        back: bool = True,
        seed: float = 1.0,
    ) -> Passes:
        """`program(*inputs, *point, *constants)` at each point: values and backward passes onto `inputs` add up.

        The constants are the course's own: Scalars that have no history, and that no derivative may reach.
        """
        graph = program_graph(program, len(inputs), len(points[0]) + len(constants))
        nodes = asked(graph)
        first = len(inputs) + len(points[0])
        for node in nodes:
            if node[0] == "leaf" and node[1] >= first:
                node[:] = ["fixed", constants[node[1] - first]]
        return self._passes(
            graph, inputs, [(*point, *constants) for point in points], nodes=nodes, seed=seed, back=back
        )

    def difference(self, program: Program, inputs: Sequence[float], arg: int, epsilon: float) -> tuple[Verdict, float]:
        """Their central_difference of `program`, made of + and * alone, on plain numbers; and what is right."""
        right: float = numeric.central_difference(program, *inputs, arg=arg, epsilon=epsilon)
        nodes = asked(program_graph(program, len(inputs)))
        try:
            values = self._ask("difference", nodes=nodes, shared=inputs, arg=arg, epsilon=epsilon).values
        except NoAnswerError as gone:
            return failure(str(gone)), right
        return judge_value(total(values, 1.0), right), right

    def chain_rule(self, inputs: Sequence[float], seed: float) -> tuple[Verdict, tuple[float, ...]] | None:
        """Their chain_rule at a function of riserun's own, x * y + x of two inputs or x * x of one; and what is right.

        None where their package is not built of the course's ScalarFunctions.
        """
        x = inputs[0]
        right = (2.0 * x * seed,) if len(inputs) == 1 else ((inputs[1] + 1.0) * seed, x * seed)
        try:
            derivatives = self._ask("chain", inputs=inputs, seed=seed).derivatives
        except NoAnswerError as gone:
            return failure(str(gone)), right
        return (judge_derivatives(derivatives, right), right) if derivatives else None

    def walk(self, passes: Passes) -> Walk | None:
        """The way back of a question that was asked; None where their package is not built of the course's
        ScalarFunctions, or does not answer.
        """
        again = passes.asked["seed"] == 1.0 and passes.backward.derivatives == (0.0,) * len(passes.derivatives)
        request = {key: value for key, value in passes.asked.items() if key != "back"}
        try:
            answer = self._ask("walk", **request, again=again)
        except NoAnswerError:
            return None
        if not (answer.fault or answer.derivatives):
            return None
        scaled = [[total([part], passes.scale) for part in parts] for parts in (answer.derivatives, *answer.mistakes)]
        alone = judge_derivatives(scaled[0], passes.derivatives) if answer.derivatives else failure(NOT_REACHED)
        mistakes = [judge_derivatives(parts, passes.derivatives).derivatives or () for parts in scaled[1:]]
        from_one, ahead = mistakes or ((), ())
        second = judge_derivatives(answer.again, passes.derivatives) if answer.again else None
        return Walk(answer.fault, answer.common, alone, from_one, ahead, second)

    def close(self) -> None:
        """End the process, now. Questions asked later, or waiting in another thread, get a verdict that says so."""
        self._line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _passes(
        self,
        graph: Graph,
        shared: Sequence[float],
        points: Points,
        scale: float = 1.0,
        *,
        nodes: list[list[Any]] | None = None,
        seed: float = 1.0,
        back: bool = True,
    ) -> Passes:
        """A program run at each point, and judged. `nodes` are what is sent, where that is not the graph as it is."""
        columns = {name: np.array([point[index] for point in points]) for index, name in enumerate(graph.columns)}
        known, _ = adapted(graph, self._known(graph))
        value, derivatives = totals(known, dict(zip(graph.parameters, shared, strict=True)), columns, scale)
        derivatives = tuple(derivative * seed for derivative in derivatives)
        request = {"nodes": nodes or asked(graph), "shared": shared, "points": points, "seed": seed, "back": back}
        gone = ""
        try:
            answer = self._ask("run", **request)
        except NoAnswerError as error:
            answer, gone = begun(error), str(error)
        forward = judge_value(total(answer.values, scale), value) if answer.values else failure(gone)
        backward = failure(gone or NOT_REACHED)
        if answer.derivatives:
            backward = judge_derivatives([total([part], scale) for part in answer.derivatives], derivatives)
        elif not forward.right and not forward.differs:
            backward = failure(NOT_REACHED)
        return Passes(forward, backward, value, derivatives, request, scale)

    def _known(self, graph: Graph) -> Conventions:
        """The conventions that matter to a program."""
        return self.conventions if uses_log(graph) else Conventions()


def _places(rows: Sequence[TraceRow], nodes: Sequence[Sequence[Any]], leaves: Sequence[str]) -> list[int | None]:
    """For each row of a trace, its node in the same program; None for a constant, and for a leaf it does not use."""
    used = {leaves[node[1]]: index for index, node in enumerate(nodes) if node[0] == "leaf"}
    operations = iter([index for index, node in enumerate(nodes) if node[0] not in ("leaf", "constant")])
    return [
        next(operations) if row.role is Role.OPERATION else None if row.role is Role.CONSTANT else used.get(row.label)
        for row in rows
    ]


def _row_verdict(row: TraceRow, readings: tuple[Reading, Reading] | None, right: tuple[float, float] | None) -> Verdict:
    if readings is None or right is None:
        return Verdict(True, "right", row.value)
    value, derivative = judge_value(readings[0], right[0]), judge_derivatives(readings[1:], right[1:])
    first, apart = derivative if value.right else value, (*value.apart, *derivative.apart)
    return Verdict(
        value.right and derivative.right, first.text, value.value, derivative.derivatives, first.whole, apart
    )

"""The far end of scenarios.student.client: a student's package, run in a process of its own.

Standard library only, so that it starts quickly and the student's files can break nothing but this process.
`serving.py` hands it the requests; what a *reading* is, says `guards.py`.
"""

from __future__ import annotations

import operator
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scenarios.student.guards import ComplaintError, HungError, Reading, complaint, kind, limited, reading
from scenarios.student.walking import FaultError, made, walk
from scenarios.student.written import find, load

Node = Sequence[Any]
"""["leaf", index of a leaf], ["constant", number] or [operation, indices of earlier nodes...]."""
Part = tuple[str, Any]
"""A key of an answer, and what it holds."""

_NOT_REACHED = "was not reached"
_MAKING = 1.0  # seconds for one Scalar


class Package:
    """The student's package: its Scalar, and its central_difference if it has one. Raises whatever importing it does.

    `file` is what to load under `name`; without one `name` is imported as Python finds it. `methods` are how each
    operation is called on a Scalar: one or more, one after another.
    """

    def __init__(self, name: str, file: str | None, folder: str, methods: Mapping[str, Sequence[str]]):
        self._methods = methods
        self._ends: list[float] = []  # when each value of a run was there
        self.module = load(name, file, folder)
        self.scalar: Any = find(self.module, "Scalar")
        if self.scalar is None:
            raise ComplaintError("gave no Scalar; the course's Module 1 has it in scalar.py")
        with limited(_MAKING):
            made = self.scalar(1.0)
        missing = [name for name in ("data", "derivative", "backward") if not hasattr(made, name)]
        if missing:
            raise ComplaintError(f"has a Scalar without {', '.join(missing)}, which the course's has")

    def run(
        self,
        nodes: Sequence[Node],
        shared: Sequence[float],
        points: Sequence[Sequence[float]],
        seconds: float,
        seed: float = 1.0,
        back: bool = True,
    ) -> Iterator[Part]:
        """The program's value at each point, and what `backward(seed)` from them all adds up to on the `shared` leaves.

        Each of the two takes at most `seconds`; the second is asked for only with `back`.
        """
        try:
            self._ends = [time.monotonic()]
            with limited(seconds):
                leaves, constants = list(map(self.scalar, shared)), list[Any]()
                outputs = [
                    self._carry_out(nodes, [*leaves, *map(self.scalar, point)], constants)[-1] for point in points
                ]
                values = [reading(output.data) for output in outputs]
                _check_unchanged(leaves, shared)
        except BaseException as error:
            yield "values", [self._slow(error, len(points) * len(nodes)) or complaint(error)]
            return
        yield "values", values
        if not back:
            return
        try:
            with limited(seconds):
                for output in outputs:
                    _backward(output, seed)
                derivatives = [_derivative(leaf) for leaf in leaves]
                _check_unchanged(leaves, shared)
                if any(constant.derivative is not None for constant in constants):
                    raise ComplaintError("gave the constant a derivative")
        except BaseException as error:
            derivatives = [complaint(error)] * len(shared)
        yield "derivatives", derivatives

    def trace(self, nodes: Sequence[Node], shared: Sequence[float], seconds: float) -> Iterator[Part]:
        """The value of every node, and the derivative of the last one in each."""
        values: list[Reading] = []
        try:
            with limited(seconds):
                for value in self._values(nodes, list(map(self.scalar, shared)), {}, []):
                    values.append(reading(getattr(value, "data", value)))
        except BaseException as error:
            missing = len(nodes) - len(values)
            yield "values", [*values, complaint(error), *[_NOT_REACHED] * (missing - 1)]
            yield "derivatives", [_NOT_REACHED] * len(nodes)
            return
        yield "values", values
        whole = dict(self.run(nodes, shared, [()], seconds))["derivatives"]
        hung = str(HungError(seconds))
        derivatives: list[Reading] = []
        for index, node in enumerate(nodes):
            if node[0] == "leaf":
                derivatives.append(whole[node[1]])
            elif hung in whole or hung in derivatives:
                derivatives.append(hung)  # each would hang in its turn
            else:
                derivatives.append(self._derivative_in(nodes, shared, index, values[index], seconds))
        yield "derivatives", derivatives

    def walk(
        self,
        nodes: Sequence[Node],
        shared: Sequence[float],
        points: Sequence[Sequence[float]],
        seconds: float,
        seed: float = 1.0,
        again: bool = False,
    ) -> Iterator[Part]:
        """`walking.walk` of the program."""
        with limited(_MAKING):
            if not hasattr(getattr(self.scalar(1.0), "history", None), "last_fn"):
                return
        methods = [find(self.module, name) for name in ("topological_sort", "backpropagate")]

        def remade() -> tuple[list[Any], list[Any]]:
            leaves = list(map(self.scalar, shared))
            return leaves, [self._remembered(nodes, [*leaves, *map(self.scalar, point)]) for point in points]

        yield from walk(remade, seed, again, seconds, (*methods, self.scalar))

    def difference(
        self, nodes: Sequence[Node], shared: Sequence[float], arg: int, epsilon: float, seconds: float
    ) -> Iterator[Part]:
        """Their central difference of the program on plain numbers."""

        def program(*numbers: float) -> Any:
            if any(isinstance(number, (list, tuple)) for number in numbers):
                raise ComplaintError("called f with a list, not with numbers")
            return self._carry_out(nodes, numbers, [])[-1]

        try:
            with limited(seconds):
                central_difference = find(self.module, "central_difference")
                if central_difference is None:
                    raise ComplaintError("is not written yet: central_difference, in autodiff.py")
                values = [reading(central_difference(program, *shared, arg=arg, epsilon=epsilon))]
        except BaseException as error:
            values = [complaint(error)]
        yield "values", values

    def chain(self, inputs: Sequence[float], seed: float, seconds: float) -> Iterator[Part]:
        """What their chain_rule gives for the inputs of a function of ours: x * y + x of two, x * x of one.

        Nothing where their package is not made of ScalarFunctions with a chain rule.
        """
        base = find(self.module, "ScalarFunction")
        if base is None or not hasattr(self.scalar, "chain_rule"):
            return
        methods = {"forward": staticmethod(_forward), "backward": staticmethod(_slopes)}
        try:
            with limited(seconds):
                leaves = list(map(self.scalar, inputs))
                function: Any = type("Function", (base,), methods)
                found = function.apply(*leaves).chain_rule(seed)
                if found is None:
                    raise ComplaintError("gave None")
                pairs = list(found)
                if len(pairs) != len(leaves):
                    raise ComplaintError(f"gave {len(pairs)} of {len(leaves)} pairs of an input and its derivative")
                if any(pair[0] is not leaf for pair, leaf in zip(pairs, leaves, strict=True)):
                    raise ComplaintError("gave pairs that do not begin with the inputs, in their order")
                derivatives = [reading(pair[1]) for pair in pairs]
        except BaseException as error:
            derivatives = [complaint(error)] * len(inputs)
        yield "derivatives", derivatives

    def _derivative_in(
        self, nodes: Sequence[Node], shared: Sequence[float], index: int, value: Reading, seconds: float
    ) -> Reading:
        """d last / d node `index`. Only leaves keep a derivative, so a leaf of that value takes the node's place."""
        if nodes[index][0] == "constant":
            return None
        if index == len(nodes) - 1:
            return 1.0  # not asked for: it is where their backward begins
        if not isinstance(value, float):
            return _NOT_REACHED
        try:
            with limited(seconds):
                leaf = self.scalar(value)
                *_, output = self._values(nodes, list(map(self.scalar, shared)), {index: leaf}, [])
                output.backward()
                return _derivative(leaf)
        except BaseException as error:
            return complaint(error)

    def _carry_out(self, nodes: Sequence[Node], leaves: Sequence[Any], constants: list[Any]) -> list[Any]:
        return list(self._values(nodes, leaves, {}, constants))

    def _remembered(self, nodes: Sequence[Node], leaves: Sequence[Any]) -> Any:
        """The last value; each that an operation made must know its inputs."""
        values = self._carry_out(nodes, leaves, [])
        for (name, *_), value in zip(nodes, values, strict=True):
            if name in self._methods and isinstance(value, self.scalar) and not made(value):
                raise FaultError("the Scalar it gives has no history: make it with apply of its function")
        return values[-1]

    def _values(
        self, nodes: Sequence[Node], leaves: Sequence[Any], given: Mapping[int, Any], constants: list[Any]
    ) -> Iterator[Any]:
        """The value of each node in turn; those of `given` are not computed. Constant Scalars go into `constants`."""
        values: list[Any] = []
        for index, (name, *inputs) in enumerate(nodes):
            if index in given:
                values.append(given[index])
            elif name == "leaf":
                values.append(leaves[inputs[0]])
            elif name == "constant":
                values.append(inputs[0])
            elif name == "fixed":
                values.append(self._fixed(inputs[0], constants))
            else:
                values.append(self._apply(name, *(values[entry] for entry in inputs)))
            self._ends.append(time.monotonic())
            yield values[-1]

    def _slow(self, error: BaseException, total: int) -> str:
        """What is said where the time was up, but no value was under way for half of it; "" otherwise."""
        took = time.monotonic() - self._ends[-1]
        if not isinstance(error, HungError) or took > error.seconds / 2 or len(self._ends) == 1:
            return ""
        return f"was too slow: in {error.seconds:g} s it made {len(self._ends) - 1} of {total} values"

    def _fixed(self, value: float, constants: list[Any]) -> Any:
        """A constant as the course has it, a Scalar without a history; a plain number where there is none."""
        try:
            constant = self.scalar(value, None)
            constant.is_constant()
            if constant.history is not None:
                return value
        except (TypeError, AttributeError):
            return value
        constants.append(constant)
        return constant

    def _apply(self, name: str, *inputs: Any) -> Any:
        if name == "sub" and isinstance(inputs[1], self.scalar) and not isinstance(inputs[0], self.scalar):
            inputs = (self.scalar(inputs[0]), inputs[1])  # the course asks for no __rsub__
        methods = self._methods[name]
        for method in methods:
            out = _called(method, *inputs)
            if not isinstance(out, self.scalar) and any(isinstance(entry, self.scalar) for entry in inputs):
                asked = name if len(methods) == 1 else method
                raise ComplaintError(f"gave {kind(out)} for {asked}, not a Scalar")
            inputs = (out,)
        return inputs[0]


def _called(method: str, *inputs: Any) -> Any:
    """An operator of Python, which may answer for either input, or a method by name."""
    if method.startswith("__"):
        return getattr(operator, method)(*inputs)
    if not hasattr(inputs[0], method):
        raise ComplaintError(f"is not written yet: {type(inputs[0]).__name__}.{method}")
    return getattr(inputs[0], method)(*inputs[1:])


def _backward(output: Any, seed: float) -> None:
    if seed == 1.0:
        output.backward()
        return
    try:
        output.backward(seed)
    except TypeError:
        if getattr(output.backward, "__code__", _backward.__code__).co_argcount > 1:
            raise
        (output * seed).backward()  # the same, of a backward that takes nothing


def _forward(ctx: Any, x: float, y: float | None = None) -> float:
    ctx.save_for_backward(x, y)
    return x * x if y is None else x * y + x


def _slopes(ctx: Any, d_output: float) -> Any:
    x, y = ctx.saved_values
    return d_output * 2.0 * x if y is None else (d_output * (y + 1.0), d_output * x)


def _check_unchanged(leaves: Sequence[Any], shared: Sequence[float]) -> None:
    for leaf, value in zip(leaves, shared, strict=True):
        if repr(float(leaf.data)) != repr(float(value)):
            raise ComplaintError(f"changed its input, from {value:g} to {leaf.data:g}")


def _derivative(leaf: Any) -> Reading:
    # None is how the course's Scalar says that no backward pass has reached it.
    return None if leaf.derivative is None else reading(leaf.derivative)

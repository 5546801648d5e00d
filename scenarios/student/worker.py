"""The far end of scenarios.student.client: a student's package, run in a process of its own.

Started as a script by `process.py`, which owns the other ends of the two pipes. A request and its answer
are one JSON object each, on a line of its own. Standard library only and nothing of riserun's, so that it starts
quickly and the student's files can break nothing but this process.

A *reading* in an answer is a finite number, the text nan, inf or -inf, None, or a complaint: what the student's code
did instead of giving a number, as the predicate of a sentence ("raised ZeroDivisionError: ...").
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import math
import operator
import os
import resource
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from numbers import Real
from types import ModuleType
from typing import Any, NoReturn

Reading = float | str | None
Node = Sequence[Any]  # ["leaf", index of a leaf], ["constant", number] or [operation, indices of earlier nodes...]

_NOT_REACHED = "was not reached"
_LONGEST = 300


class ComplaintError(Exception):
    """The student's code gave something other than it should; the text is the complaint."""


class Package:
    """The student's package: its Scalar, and its central_difference if it has one. Raises whatever importing it does.

    `file` is what to load under `name`; without one `name` is imported as Python finds it. `methods` are how each
    operation is called on a Scalar: one or more, one after another.
    """

    def __init__(self, name: str, file: str | None, folder: str, methods: Mapping[str, Sequence[str]]):
        self._methods = methods
        # Last, so that a student's random.py or numpy/ hides nobody else's.
        sys.path.append(folder)
        module = _load(name, file) if file else importlib.import_module(name)
        self.scalar: Any = _find(module, "Scalar")
        self.central_difference: Any = _find(module, "central_difference")
        if self.scalar is None:
            raise ComplaintError("gave no Scalar; the course's Module 1 has it in scalar.py")
        missing = [name for name in ("data", "derivative", "backward") if not hasattr(self.scalar(1.0), name)]
        if missing:
            raise ComplaintError(f"gave a Scalar without {', '.join(missing)}, which the course's has")

    def run(self, nodes: Sequence[Node], shared: Sequence[float], points: Sequence[Sequence[float]]) -> dict[str, Any]:
        """The program's value at each point, and what backward from them all adds up to on the `shared` leaves."""
        try:
            leaves = list(map(self.scalar, shared))
            outputs = [self._carry_out(nodes, [*leaves, *map(self.scalar, point)])[-1] for point in points]
            values = [reading(output.data) for output in outputs]
        except BaseException as error:
            return {"values": [complaint(error)], "derivatives": [complaint(error)] * len(shared)}
        try:
            for output in outputs:
                output.backward()
            derivatives = [_derivative(leaf) for leaf in leaves]
        except BaseException as error:
            derivatives = [complaint(error)] * len(shared)
        return {"values": values, "derivatives": derivatives}

    def trace(self, nodes: Sequence[Node], shared: Sequence[float]) -> dict[str, Any]:
        """The value of every node, and the derivative of the last one in each."""
        values: list[Reading] = []
        try:
            for value in self._values(nodes, list(map(self.scalar, shared)), {}):
                values.append(reading(getattr(value, "data", value)))
        except BaseException as error:
            missing = len(nodes) - len(values)
            values += [complaint(error), *[_NOT_REACHED] * (missing - 1)]
            return {"values": values, "derivatives": [_NOT_REACHED] * len(nodes)}
        whole = self.run(nodes, shared, [()])["derivatives"]
        derivatives = [
            whole[node[1]] if node[0] == "leaf" else self._derivative_in(nodes, shared, index, values[index])
            for index, node in enumerate(nodes)
        ]
        return {"values": values, "derivatives": derivatives}

    def difference(self, nodes: Sequence[Node], shared: Sequence[float], arg: int, epsilon: float) -> dict[str, Any]:
        """Their central difference of the program on plain numbers."""
        try:
            if self.central_difference is None:
                raise ComplaintError("is missing; the course's Module 1 has it in autodiff.py")
            value = self.central_difference(
                lambda *numbers: self._carry_out(nodes, numbers)[-1], *shared, arg=arg, epsilon=epsilon
            )
            return {"values": [reading(value)]}
        except BaseException as error:
            return {"values": [complaint(error)]}

    def _derivative_in(self, nodes: Sequence[Node], shared: Sequence[float], index: int, value: Reading) -> Reading:
        """d last / d node `index`. Only leaves keep a derivative, so a leaf of that value takes the node's place."""
        if nodes[index][0] == "constant":
            return None
        if index == len(nodes) - 1:
            return 1.0  # not asked for: it is where their backward begins
        if not isinstance(value, float):
            return _NOT_REACHED
        try:
            leaf = self.scalar(value)
            *_, output = self._values(nodes, list(map(self.scalar, shared)), {index: leaf})
            output.backward()
            return _derivative(leaf)
        except BaseException as error:
            return complaint(error)

    def _carry_out(self, nodes: Sequence[Node], leaves: Sequence[Any]) -> list[Any]:
        return list(self._values(nodes, leaves, {}))

    def _values(self, nodes: Sequence[Node], leaves: Sequence[Any], given: Mapping[int, Any]) -> Iterator[Any]:
        """The value of each node in turn; those of `given` are not computed."""
        values: list[Any] = []
        for index, (name, *inputs) in enumerate(nodes):
            if index in given:
                values.append(given[index])
            elif name == "leaf":
                values.append(leaves[inputs[0]])
            elif name == "constant":
                values.append(inputs[0])
            else:
                values.append(self._apply(name, *(values[entry] for entry in inputs)))
            yield values[-1]

    def _apply(self, name: str, *inputs: Any) -> Any:
        if name == "sub" and isinstance(inputs[1], self.scalar) and not isinstance(inputs[0], self.scalar):
            inputs = (self.scalar(inputs[0]), inputs[1])  # the course asks for no __rsub__
        methods = self._methods[name]
        for method in methods:
            out = _called(method, *inputs)
            if not isinstance(out, self.scalar) and any(isinstance(entry, self.scalar) for entry in inputs):
                asked = name if len(methods) == 1 else method
                raise ComplaintError(f"gave {_kind(out)} for {asked}, not a Scalar")
            inputs = (out,)
        return inputs[0]


def _called(method: str, *inputs: Any) -> Any:
    """An operator of Python, which may answer for either input, or a method by name."""
    if method.startswith("__"):
        return getattr(operator, method)(*inputs)
    return getattr(inputs[0], method)(*inputs[1:])


def _load(name: str, file: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None, file
    assert spec.loader is not None, file
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _find(module: ModuleType, name: str) -> Any:
    """What the package calls `name`, in itself or in the module the course has it in; None where it is nowhere."""
    prefix = f"{module.__name__}." if hasattr(module, "__path__") else ""
    for home in ("", "scalar", "autodiff", "operators"):
        with suppress(ModuleNotFoundError):
            found = getattr(importlib.import_module(prefix + home) if home else module, name, None)
            if found is not None:
                return found
    return None


def reading(value: object) -> Reading:
    """A number as it is sent, or the complaint about a value that is not a number."""
    if not isinstance(value, Real):
        return f"gave {_kind(value)}, not a number"
    number = float(value)
    return number if math.isfinite(number) else str(number)


def _derivative(leaf: Any) -> Reading:
    # None is how the course's Scalar says that no backward pass has reached it.
    return None if leaf.derivative is None else reading(leaf.derivative)


def _kind(value: object) -> str:
    return "None" if value is None else f"a {type(value).__name__}"


def complaint(error: BaseException) -> str:
    """What was raised and where. Never raises: the error is the student's, and so may its text be."""
    if isinstance(error, ComplaintError):
        return str(error)
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename != __file__ and not code.co_filename.startswith("<"):
            place = f" ({os.path.basename(code.co_filename)}:{trace.tb_lineno})"  # noqa: PTH119
        trace = trace.tb_next
    try:
        said = str(error)[:_LONGEST]
    except BaseException:
        said = "(and its text cannot be read)"
    text = f"raised {type(error).__name__}{': ' if said else ''}{said}{place}"
    return text.encode("utf-8", "replace").decode()  # without lone surrogates, which JSON cannot carry


def _limit(megabytes: int) -> None:
    """Bound what this process may take, before any code of the student's runs."""
    limits = (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_FSIZE, 16 << 20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),  # no forks; a superuser is exempt, and is left to the killing of the group
    )
    for kind, most in limits:
        with suppress(ValueError, OSError):  # a system that does not know the limit, or has a lower one
            resource.setrlimit(kind, (most, most))


def _backstop(seconds: int) -> None:
    """End this process if riserun, which keeps the time, is no longer there to do it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    highest = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, highest))
    signal.alarm(seconds)


def _loaded(request: dict[str, Any]) -> tuple[Package | None, dict[str, Any]]:
    try:
        return Package(**request), {}
    except BaseException as error:
        return None, {"failed": complaint(error)}


def serve(requests: int, answers: int, backstop: int) -> NoReturn:
    """Answer the requests from one descriptor on the other until there are no more, and end the process."""
    process, package = os.getpid(), None
    with open(requests, "rb") as lines, open(answers, "wb") as out:
        try:
            for line in lines:
                request = json.loads(line)
                number, ask = request.pop("id"), request.pop("ask")
                _backstop(backstop)
                if ask == "load":
                    package, answer = _loaded(request)
                else:
                    answer = getattr(package, ask)(**request)
                if os.getpid() != process:
                    break  # their code has forked, and this is the copy
                out.write(json.dumps({"id": number, **answer}).encode() + b"\n")
                out.flush()
                signal.alarm(0)
        finally:
            # At once: otherwise their exit handlers would still run, and their threads be waited for.
            os._exit(1)


if __name__ == "__main__":
    _limit(int(sys.argv[3]))
    serve(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[4]))

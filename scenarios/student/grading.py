"""A student's Module 1 checked piece by piece, each after those it is made of: the first wrong one is the cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine.training.datasets import data
from scenarios.library import store
from scenarios.numbers import given
from scenarios.student.client import Passes, Student
from scenarios.student.programs import Program
from scenarios.workspace.verdicts import Verdict, failure

FORWARD, BACKWARD = "forward", "backward"

# A package that hangs everywhere would take its two seconds each time.
_PATIENCE = 3
_NOT_ASKED = failure(f"not asked: the code had hung or died {_PATIENCE} times")

Inputs = tuple[float, ...]
Ask = tuple[str, Callable[[], Passes]]


@dataclass(frozen=True, slots=True)
class Example:
    """One thing tried: what was put in (`x * y at x = 2, y = -1`), what their code did (`gave 3`), what is right."""

    given: str
    got: str
    right: str


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a report.

    `direction` is forward, backward, or "" where there is only one way; `example` is the simplest that goes wrong, None
    where all is right or nothing was tried.
    """

    name: str
    direction: str
    verdict: Verdict
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Every check, in order."""

    checks: tuple[Check, ...]

    @property
    def right(self) -> bool:
        """Whether every check is."""
        return self.first_wrong is None

    @property
    def first_wrong(self) -> Check | None:
        """The first check that is not right."""
        return next((check for check in self.checks if not check.verdict.right), None)


def grade(student: Student) -> Report:
    """Check the operations, then programs of several operations, central_difference, and the loss of model1."""
    return Report(tuple(checks(student)))


def checks(student: Student) -> Iterator[Check]:
    """The checks of `grade`, one by one as they are made."""
    for name, (shown, tried) in _OPERATIONS.items():
        asks = [(_at(shown, inputs), partial(student.operation, name, inputs)) for inputs in tried]
        yield from _both_ways(student, name, asks)
    for shown, program, tried in _PROGRAMS:
        asks = [(_at(shown, inputs), partial(student.program, program, inputs)) for inputs in tried]
        yield from _both_ways(student, shown, asks)
    twice = (
        "x * 1 and then x * 3, both backward, at x = 2",
        lambda: student.program(_product, (2.0,), ((1.0,), (3.0,))),
    )
    yield list(_both_ways(student, "two backward passes", [twice]))[1]
    yield _central_difference(student)
    yield from _loss(student)


def _product(x: Any, y: Any) -> Any:
    return x * y


def _cube(x: Any) -> Any:
    return x * x * x


def _early(x: Any) -> Any:
    h = 2.0 * x
    return h * h.exp()


def _late(x: Any) -> Any:
    h = 2.0 * x
    return h.exp() * h


_PAIRS: tuple[Inputs, ...] = ((2.0, -1.0), (1.0, 3.0), (-1.0, 2.0), (0.5, -3.0), (-2.5, 0.25))
_SINGLES: tuple[Inputs, ...] = ((2.0,), (-1.0,), (1.0,), (0.5,), (-3.0,))
_POSITIVE: tuple[Inputs, ...] = ((2.0,), (1.0,), (0.5,), (3.0,))
_ORDERED: tuple[Inputs, ...] = ((2.0, -1.0), (-1.0, 2.0), (2.0, 2.0))

# How each is written, and the inputs tried: simple ones before awkward ones, none at a kink or a pole.
_OPERATIONS: dict[str, tuple[str, tuple[Inputs, ...]]] = {
    "add": ("x + y", _PAIRS),
    "mul": ("x * y", _PAIRS),
    "neg": ("-x", _SINGLES),
    "sub": ("x - y", _PAIRS),
    "div": ("x / y", _PAIRS),
    "log": ("log(x)", _POSITIVE),
    "exp": ("exp(x)", _SINGLES),
    "sigmoid": ("sigmoid(x)", _SINGLES),
    "relu": ("relu(x)", _SINGLES),
    "lt": ("x < y", _ORDERED),
    "eq": ("x == y", _ORDERED),
    "gt": ("x > y", _ORDERED),
}

# What goes wrong only between operations. The last two use h early and late: an order that is not topological reaches
# it too soon in one of them.
_PROGRAMS: tuple[tuple[str, Program, tuple[Inputs, ...]], ...] = (
    ("x * x", lambda x: x * x, _SINGLES),
    ("x * y + x", lambda x, y: x * y + x, _PAIRS),
    ("5 + x", lambda x: 5.0 + x, _SINGLES),
    ("x - 5", lambda x: x - 5.0, _SINGLES),
    ("5 * x", lambda x: 5.0 * x, _SINGLES),
    ("x / 5", lambda x: x / 5.0, _SINGLES),
    ("1 / x", lambda x: 1.0 / x, _SINGLES),
    ("log(sigmoid(2 * x + 1))", lambda x: (2.0 * x + 1.0).sigmoid().log(), _SINGLES),
    ("h * exp(h), h = 2 * x", _early, _SINGLES),
    ("exp(h) * h, h = 2 * x", _late, _SINGLES),
)

# A large epsilon shows which difference was taken; of the square alone, the central one does not depend on it.
_DIFFERENCES: tuple[tuple[str, Program, Inputs, int, float], ...] = (
    ("x * x in x, epsilon 0.1,", lambda x: x * x, (2.0,), 0, 0.1),
    ("x * y in x, epsilon 0.1,", _product, (2.0, -1.0), 0, 0.1),
    ("x * y in y, epsilon 0.1,", _product, (2.0, -1.0), 1, 0.1),
    ("x * x * x in x, epsilon 0.1,", _cube, (2.0,), 0, 0.1),
    ("x * x in x", lambda x: x * x, (2.0,), 0, 1e-6),
)


def _at(shown: str, inputs: Sequence[float]) -> str:
    """`x * y at x = 2, y = -1`."""
    return f"{shown} at {', '.join(f'{name} = {given(value)}' for name, value in zip('xy', inputs, strict=False))}"


def _both_ways(
    student: Student, name: str, asks: Iterable[Ask], variables: Sequence[str] = ("x", "y")
) -> Iterator[Check]:
    """The check forward and the check backward, each with the first of `asks` at which it goes wrong."""
    found: dict[str, Check] = {}
    for shown, ask in asks:
        if student.deaths >= _PATIENCE:
            break
        passes = ask()
        right = _slopes(passes.derivatives, variables)
        for check in (
            Check(name, FORWARD, passes.forward, _example(shown, passes.forward, variables, given(passes.value))),
            Check(name, BACKWARD, passes.backward, _example(shown, passes.backward, variables, right)),
        ):
            if check.direction not in found or found[check.direction].verdict.right:
                found[check.direction] = check
    for direction in (FORWARD, BACKWARD):
        yield found.get(direction, Check(name, direction, _NOT_ASKED))


def _central_difference(student: Student) -> Check:
    verdict, example = _NOT_ASKED, None
    for shown, program, inputs, arg, epsilon in _DIFFERENCES:
        if student.deaths >= _PATIENCE:
            break
        verdict, right = student.difference(program, inputs, arg, epsilon)
        example = _example(_at(f"central_difference of {shown}", inputs), verdict, (), given(right))
        if example:
            break
    return Check("central_difference", "", verdict, example)


def _loss(student: Student) -> Iterator[Check]:
    """The loss of model1: of its first point, then of all ten."""
    scenario = store.load("model1")
    problem, parameters = scenario.problem, scenario.parameters
    points = problem.data
    first = replace(problem, data=data([(float(points.x1[0]), float(points.x2[0]), float(points.y[0]))]))
    where = ", ".join(f"{name} = {given(value)}" for name, value in zip(problem.names, parameters, strict=True))
    asks: list[Ask] = [
        (f"the loss of model1's first point at {where}", lambda: student.loss(first, parameters)),
        (f"the loss of model1 at {where}", lambda: student.loss(problem, parameters)),
    ]
    yield from _both_ways(student, "loss of model1", asks, problem.names)


def _example(shown: str, verdict: Verdict, variables: Sequence[str], right: str) -> Example | None:
    """What went wrong; None if nothing did."""
    if verdict.right:
        return None
    got = verdict.text
    if got.startswith("wrong by"):
        numbers = verdict.derivatives
        got = f"gave {_slopes(numbers, variables) if numbers else given(verdict.value or 0.0)}"
    return Example(shown, got, right)


def _slopes(values: Sequence[float], variables: Sequence[str]) -> str:
    return ", ".join(f"d/d{name} = {given(value)}" for name, value in zip(variables, values, strict=False))

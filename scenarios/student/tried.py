"""What is tried on a student's package: single operations, programs that go wrong only between them, differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.numbers import given
from scenarios.student.programs import Program

Inputs = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A program and the inputs tried, simple ones before awkward ones; `uses` are the operations it is made of.

    `methods` are methods of Scalar that it needs beside theirs, for the numbers in it; `where` says what h stands for.
    """

    name: str
    program: Program
    inputs: tuple[Inputs, ...]
    uses: tuple[str, ...]
    methods: tuple[str, ...] = ()
    where: str = ""

    @property
    def shown(self) -> str:
        """How it is written, with what its letters stand for."""
        return f"{self.name}, {self.where}" if self.where else self.name


def product(x: Any, y: Any) -> Any:
    """x * y."""
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

OPERATIONS: dict[str, tuple[str, tuple[Inputs, ...]]] = {
    "add": ("x + y", _PAIRS),
    "mul": ("x * y", _PAIRS),
    "neg": ("-x", _SINGLES),
    "sub": ("x - y", _PAIRS),
    "div": ("x / y", _PAIRS),
    "log": ("log(x)", _POSITIVE),
    "exp": ("exp(x)", _SINGLES),
    "sigmoid": ("sigmoid(x)", _SINGLES),
    "relu": ("relu(x)", (*_SINGLES, (0.0,))),
    "lt": ("x < y", _ORDERED),
    "eq": ("x == y", _ORDERED),
    "gt": ("x > y", _ORDERED),
}
"""How each is written, and the inputs tried: simple ones before awkward ones, none at a pole."""

SEED = 3.0
"""What comes back to an operation from those after it, where that is tried: a rule that forgets it is wrong then."""

SEEDS = (SEED, -SEED)
"""Both are tried, in this order: a rule that cuts off what is negative is wrong only at the second."""

INVERSE = Tried("1 / x", lambda x: 1.0 / x, _SINGLES, ("div",), ("__rtruediv__",))
"""What the course divides with, before x / y."""

SINGLE = (*OPERATIONS, INVERSE.name)
"""What is tried of one operation."""

# The last two use h early and late: an order that is not topological reaches it too soon in one of them.
PROGRAMS: tuple[Tried, ...] = (
    Tried("x * x", lambda x: x * x, _SINGLES, ("mul",)),
    Tried("x * y + x", lambda x, y: x * y + x, _PAIRS, ("mul", "add")),
    Tried("5 + x", lambda x: 5.0 + x, _SINGLES, ("add",), ("__radd__",)),
    Tried("x - 5", lambda x: x - 5.0, _SINGLES, ("sub",)),
    Tried("5 * x", lambda x: 5.0 * x, _SINGLES, ("mul",), ("__rmul__",)),
    Tried("x / 5", lambda x: x / 5.0, _SINGLES, ("div",)),
    Tried(
        "log(sigmoid(2 * x + 1))",
        lambda x: (2.0 * x + 1.0).sigmoid().log(),
        _SINGLES,
        ("mul", "add", "sigmoid", "log"),
        ("__rmul__",),
    ),
    Tried("h * exp(h)", _early, _SINGLES, ("mul", "exp"), ("__rmul__",), "h = 2 * x"),
    Tried("exp(h) * h", _late, _SINGLES, ("mul", "exp"), ("__rmul__",), "h = 2 * x"),
)
"""What goes wrong only between operations."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A central difference that is tried: of `program` in its input `arg`."""

    shown: str
    program: Program
    inputs: Inputs
    arg: int
    epsilon: float


# A large epsilon shows which difference was taken; of the square alone, the central one does not depend on it. No two
# mistakes give the same number of x * y at (2, 5). The last one alone has a negative derivative.
DIFFERENCES: tuple[Difference, ...] = (
    Difference("x * x in x, epsilon 0.1,", lambda x: x * x, (2.0,), 0, 0.1),
    Difference("x * y in x, epsilon 0.1,", product, (2.0, 5.0), 0, 0.1),
    Difference("x * y in y, epsilon 0.1,", product, (2.0, 5.0), 1, 0.1),
    Difference("x * x * x in x, epsilon 0.1,", _cube, (2.0,), 0, 0.1),
    Difference("x * x in x", lambda x: x * x, (2.0,), 0, 1e-6),
    Difference("x * x in x, epsilon 0.1,", lambda x: x * x, (-2.0,), 0, 0.1),
)


def at(shown: str, inputs: Sequence[float]) -> str:
    """`x * y at x = 2, y = -1`."""
    return f"{shown} at {', '.join(f'{name} = {given(value)}' for name, value in zip('xy', inputs, strict=False))}"

"""The course's names, Modules 0 and 1, over the engine: `import engine.course as minitorch`. Nothing imports this.

Here, and only here, derivatives are accumulated on the Scalars, as the course has it: a leaf's `derivative` is None
until a backward pass reaches it, and a second pass adds to it.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar

from engine import autodiff, training
from engine.autodiff import module, operators
from engine.autodiff.numeric import central_difference
from engine.autodiff.primitives import FLOATS, PRIMITIVES
from engine.course_functions import MathTests
from engine.training.datasets import SOURCES

# Python takes a module with a path for a package: `from minitorch.operators import relu` works with this module in its
# place.
__path__ = [*autodiff.__path__, *training.__path__]


@dataclass(slots=True)
class Context:
    """What a forward pass keeps for the backward pass; with `no_grad` it keeps nothing."""

    no_grad: bool = False
    saved_values: tuple[Any, ...] = ()

    def save_for_backward(self, *values: Any) -> None:
        """Keep `values`, in place of any kept before."""
        if not self.no_grad:
            self.saved_values = values

    @property
    def saved_tensors(self) -> tuple[Any, ...]:
        """`saved_values`, by its later name."""
        return self.saved_values


@dataclass(frozen=True, slots=True)
class ScalarHistory:
    """How a Scalar was made: the function, its context and its inputs. Without a function, a leaf."""

    last_fn: type[ScalarFunction] | None = None
    ctx: Context | None = None
    inputs: Sequence[Scalar] = ()


class ScalarFunction:
    """A function on Scalars, never instantiated. A subclass has two static methods:

    `forward(ctx, *floats)` returns a float; `backward(ctx, d_output)` returns d_output times the derivative in each
    input, as a tuple, or as a plain number where there is one input.
    """

    forward: ClassVar[Callable[..., float]]
    backward: ClassVar[Callable[..., Any]]

    @classmethod
    def apply(cls, *vals: ScalarLike) -> Scalar:
        """The Scalar the function makes of `vals`, numbers among them as constants."""
        inputs = [value if isinstance(value, Scalar) else Scalar(value, None) for value in vals]
        ctx = Context()
        return Scalar(cls.forward(ctx, *(entry.data for entry in inputs)), ScalarHistory(cls, ctx, inputs))


def _function(name: str, row: str, *fixed: float) -> type[ScalarFunction]:
    """A row of the table of primitives as a ScalarFunction, its first inputs fixed."""
    primitive = PRIMITIVES[row]

    def forward(ctx: Context, *inputs: float) -> float:
        out = primitive.value(*fixed, *inputs)
        ctx.save_for_backward(*fixed, *inputs, out)
        return out

    def backward(ctx: Context, d_output: float) -> tuple[float, ...]:
        *inputs, out = ctx.saved_values
        return tuple(d_output * rule(FLOATS, tuple(inputs), out) for rule in primitive.rules[len(fixed) :])

    return type(name, (ScalarFunction,), {"forward": staticmethod(forward), "backward": staticmethod(backward)})


Neg, Add, Sub = _function("Neg", "neg"), _function("Add", "add"), _function("Sub", "sub")
Mul, Div, Inv = _function("Mul", "mul"), _function("Div", "div"), _function("Inv", "div", 1.0)
Log, Exp, LT, EQ = _function("Log", "log"), _function("Exp", "exp"), _function("LT", "lt"), _function("EQ", "eq")
Sigmoid, ReLU = _function("Sigmoid", "sigmoid"), _function("ReLU", "relu")


def _method(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    return lambda *operands: function.apply(*operands)


def _reflected(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    return lambda self, other: function.apply(other, self)


class Scalar:
    """A float that remembers how it was made and, if it is a leaf, takes a derivative.

    `history` is None for a constant. There is no `__float__`: `math.log(scalar)` must fail, not lose the derivative.
    """

    _ids: ClassVar[Iterator[int]] = itertools.count(1)

    def __init__(self, v: float, back: ScalarHistory | None = ScalarHistory(), name: str | None = None):
        self.data = float(v)
        self.history = back
        self.derivative: float | None = None
        self.unique_id = next(Scalar._ids)
        self.name = name or str(self.unique_id)

    def __repr__(self) -> str:
        return f"Scalar({self.data:f})"

    def __bool__(self) -> bool:
        return bool(self.data)

    __neg__, log, exp, sigmoid, relu = map(_method, (Neg, Log, Exp, Sigmoid, ReLU))
    __add__, __sub__, __mul__, __truediv__ = map(_method, (Add, Sub, Mul, Div))
    __radd__, __rsub__, __rmul__, __rtruediv__ = map(_reflected, (Add, Sub, Mul, Div))
    __lt__, __gt__, __eq__ = _method(LT), _reflected(LT), _method(EQ)  # type: ignore[assignment]
    __hash__ = object.__hash__

    def requires_grad_(self, flag: bool = True) -> None:
        """Make this a leaf that takes a derivative, or a constant that takes none; how it was made is forgotten."""
        self.history = ScalarHistory() if flag else None

    def accumulate_derivative(self, x: float) -> None:
        """Add to the derivative of a leaf; AssertionError for any other Scalar."""
        assert self.is_leaf(), "Only leaf variables can have derivatives."
        self.derivative = (self.derivative or 0.0) + x

    def is_leaf(self) -> bool:
        """Whether a person made it, not a function."""
        return self.history is not None and self.history.last_fn is None

    def is_constant(self) -> bool:
        """Whether it takes no derivative."""
        return self.history is None

    @property
    def parents(self) -> Sequence[Scalar]:
        """The inputs it was made from; none for a leaf or a constant."""
        return self.history.inputs if self.history else ()

    def chain_rule(self, d_output: float) -> Iterable[tuple[Scalar, float]]:
        """Each input, constants too, with d_output times the local derivative in it."""
        assert self.history is not None, "A constant has no history."
        assert self.history.last_fn is not None, "No function made a leaf."
        parts = self.history.last_fn.backward(self.history.ctx, d_output)
        return list(zip(self.parents, parts if isinstance(parts, tuple) else (parts,), strict=True))

    def backward(self, d_output: float | None = None) -> None:
        """`backpropagate` from here; `d_output` is 1 if left out."""
        backpropagate(self, 1.0 if d_output is None else d_output)


ScalarLike = Scalar | float | int


def topological_sort(variable: Scalar) -> list[Scalar]:
    """The Scalars `variable` was made from, without the constants; itself first, each before its inputs."""
    reached = {variable.unique_id: variable}
    stack = [variable]
    while stack:
        for entry in stack.pop().parents:
            if entry.unique_id not in reached and not entry.is_constant():
                reached[entry.unique_id] = entry
                stack.append(entry)
    # An input is older than what is made of it, so age is a topological order.
    return [reached[unique_id] for unique_id in sorted(reached, reverse=True)]


def backpropagate(variable: Scalar, deriv: float) -> None:
    """Add, to the derivative of every leaf `variable` was made from, `deriv` times d variable / d leaf."""
    derivatives = {variable.unique_id: deriv}
    for node in topological_sort(variable):
        if node.is_leaf():
            node.accumulate_derivative(derivatives[node.unique_id])
        else:
            for entry, part in node.chain_rule(derivatives[node.unique_id]):
                derivatives[entry.unique_id] = derivatives.get(entry.unique_id, 0.0) + part


def derivative_check(f: Callable[..., Scalar], *scalars: Scalar) -> None:
    """AssertionError where autodiff and the central difference of f differ by over 1e-2, the course's tolerance."""
    for scalar in scalars:
        scalar.derivative = 0.0
    f(*scalars).backward()
    for i, scalar in enumerate(scalars):
        expected = central_difference(f, *scalars, arg=i).data
        message = f"argument {i} of {scalars}: autodiff {scalar.derivative}, central difference {expected}"
        assert abs(scalar.derivative - expected) <= 1e-2 * (1.0 + abs(expected)), message


class Parameter(module.Parameter):
    """The engine's Parameter; a value that can require a derivative is made to, and takes the parameter's name."""

    def __init__(self, value: Any, name: str | None = None):
        super().__init__(value, name)
        self.update(value)

    def update(self, value: Any) -> None:
        """Put another value in place of the present one."""
        super().update(value)
        if hasattr(value, "requires_grad_"):
            value.requires_grad_(True)
            if self.name:
                value.name = self.name


class Module(module.Module):
    """The engine's Module, with the Parameter above."""

    def add_parameter(self, name: str, value: Any) -> Parameter:
        """A new parameter under `name`, returned."""
        self._parameters[name] = parameter = Parameter(value, name)
        return parameter


@dataclass
class SGD:
    """Gradient descent over parameters that hold Scalars; those without a derivative stay."""

    parameters: Sequence[module.Parameter]
    lr: float = 1.0

    def zero_grad(self) -> None:
        """Forget the accumulated derivatives."""
        for parameter in self.parameters:
            if hasattr(parameter.value, "derivative"):
                parameter.value.derivative = None

    def step(self) -> None:
        """Replace each Scalar by a new leaf, lower by lr times its derivative."""
        for parameter in self.parameters:
            slope = getattr(parameter.value, "derivative", None)
            if slope is not None:
                parameter.update(Scalar(parameter.value.data - self.lr * slope))


@dataclass
class Graph:
    """N points X with labels y, 0 or 1."""

    N: int
    X: list[tuple[float, float]]
    y: list[int]


def _points(name: str, n: int) -> Graph:
    rows = SOURCES[name].draw(n, random)
    return Graph(len(rows), [(x1, x2) for x1, x2, _ in rows], [int(label) for _, _, label in rows])


datasets: dict[str, Callable[[int], Graph]] = {
    name: partial(_points, name) for name, source in SOURCES.items() if not source.fixed
}

_FUNCTIONS = {"inv": Inv, "log": Log, "exp": Exp, "sigmoid": Sigmoid, "relu": ReLU, "lt": LT, "eq": EQ}


MathTest = MathTests(operators)
MathTestVariable = MathTests(SimpleNamespace(**{name: function.apply for name, function in _FUNCTIONS.items()}))

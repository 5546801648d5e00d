"""Central and forward differences: f is a black box that is only called."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.autodiff.primitive import UNDEFINED

T = TypeVar("T")


def replaced(values: Sequence[T], index: int, value: T) -> tuple[T, ...]:
    """`values` with another one at `index`, the others standing still. Raises IndexError where there is none."""
    _check(values, index)
    return (*values[:index], value, *values[index + 1 :])


def moved(values: Sequence[Any], index: int, by: Any) -> tuple[Any, ...]:
    """`values` with the one at `index` moved by `by`. Raises IndexError where there is none."""
    _check(values, index)
    return (*values[:index], values[index] + by, *values[index + 1 :])


def _check(values: Sequence[Any], index: int) -> None:
    if not 0 <= index < len(values):
        raise IndexError(f"argument {index} of {len(values)}")


def central_difference(f: Callable[..., Any], *vals: Any, arg: int = 0, epsilon: float = 1e-6) -> Any:
    """(f(… x + ε …) - f(… x - ε …)) / 2ε in argument `arg`, with exactly two calls of f.

    `vals` are the arguments of f; the result has the type that f returns. Raises IndexError for an `arg` that is not
    among them. Source: the lecture's slide "Central Difference".
    """
    return (f(*moved(vals, arg, epsilon)) - f(*moved(vals, arg, -epsilon))) / (2 * epsilon)


def forward_difference(f: Callable[..., Any], *vals: Any, arg: int = 0, epsilon: float = 1e-6) -> Any:
    """(f(… x + ε …) - f(… x …)) / ε in argument `arg`, with exactly two calls of f."""
    return (f(*moved(vals, arg, epsilon)) - f(*vals)) / epsilon


def derivative(f: Callable[[float], float]) -> Callable[[float], float]:
    """f' as a function: the lecture's "Derivative as higher-order function", by central difference."""

    def f_prime(x: float) -> float:
        value: float = central_difference(f, x)
        return value

    return f_prime


def partial(f: Callable[..., float], *vals: float, arg: int = 0) -> Callable[[float], float]:
    """f of several arguments as a function of one, the others fixed: the lecture's "Turn 2-argument function
    into 1-arg". Raises IndexError for an `arg` that is not among `vals`.
    """
    _check(vals, arg)
    return lambda x: f(*replaced(vals, arg, x))


@dataclass(frozen=True, slots=True)
class EpsilonError:
    """How far the central and the forward difference with this ε are from the derivative, each at least 0."""

    epsilon: float
    central: float
    forward: float


EPSILONS: tuple[float, ...] = tuple(float(f"1e-{exponent}") for exponent in range(1, 16))


def errors_by_epsilon(f: Callable[[float], float], x: float, exact: float) -> tuple[EpsilonError, ...]:
    """The errors of both differences at x for ε from 1e-1 to 1e-15, against the derivative `exact`.

    Two causes make a valley. Truncation: the secant is not the tangent; the error falls with ε, as ε² for the central
    and as ε for the forward difference. Rounding: two nearly equal numbers are subtracted and divided by a tiny one;
    the error rises as 1/ε. An error is nan where f is not defined at a place that its difference asks for.
    """

    def error(difference: Callable[..., float], epsilon: float) -> float:
        try:
            return abs(difference(f, x, epsilon=epsilon) - exact)
        except UNDEFINED:
            return math.nan

    return tuple(
        EpsilonError(epsilon, error(central_difference, epsilon), error(forward_difference, epsilon))
        for epsilon in EPSILONS
    )


def best(errors: Sequence[EpsilonError]) -> EpsilonError | None:
    """The entry with the least central error, the largest ε of several; None where no error is a number."""
    finite = [entry for entry in errors if math.isfinite(entry.central)]
    return min(finite, key=lambda entry: entry.central, default=None)


def truncated(errors: Sequence[EpsilonError]) -> bool:
    """Whether the central error at the largest ε is larger than rounding makes it there, which is judged by the errors
    from the best ε on downwards: they rise as 1/ε.
    """
    if (least := best(errors)) is None:
        return False
    rounding = max(each.central * each.epsilon for each in errors if each.epsilon <= least.epsilon)
    return errors[0].central * errors[0].epsilon > 10.0 * rounding

"""Derivatives by differences: f is a black box that is only ever called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def central_difference(f: Callable[..., Any], *vals: Any, arg: int = 0, epsilon: float = 1e-6) -> Any:
    """(f(… x + ε …) - f(… x - ε …)) / 2ε in argument `arg`, with exactly two calls of f.

    `vals` are the arguments of f; the answer has the type f answers with. Raises IndexError for an `arg` that is not
    among them. Source: the lecture's slide "Central Difference".
    """
    return (f(*_moved(vals, arg, epsilon)) - f(*_moved(vals, arg, -epsilon))) / (2 * epsilon)


def forward_difference(f: Callable[..., Any], *vals: Any, arg: int = 0, epsilon: float = 1e-6) -> Any:
    """(f(… x + ε …) - f(… x …)) / ε in argument `arg`, with exactly two calls of f."""
    return (f(*_moved(vals, arg, epsilon)) - f(*vals)) / epsilon


def derivative(f: Callable[[float], float]) -> Callable[[float], float]:
    """f' as a function: the lecture's "Derivative as higher-order function", by central difference."""

    def f_prime(x: float) -> float:
        value: float = central_difference(f, x)
        return value

    return f_prime


def _moved(vals: tuple[Any, ...], arg: int, by: float) -> tuple[Any, ...]:
    if not 0 <= arg < len(vals):
        raise IndexError(f"argument {arg} of {len(vals)}")
    return (*vals[:arg], vals[arg] + by, *vals[arg + 1 :])

"""A formula in ninety digits and without bounds: what floats lack of its values, and its slopes on either side."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import mpmath

from engine.autodiff.primitive import Primitive
from engine.derivative.study import study
from engine.symbolic.expression import Expression, postorder

mp = mpmath.mp.clone()  # a context of its own, so that nothing else computes in as many digits
mp.dps = 90
mpf = mp.mpf
_LARGEST, _SMALLEST = mpf(1.7976931348623158e308), mpf(5e-324) / 2


class UndefinedError(ArithmeticError):
    """There is no such number."""


class TooLargeError(ArithmeticError):
    """A number that needs more digits than there are."""


def _log(x: mpf) -> mpf:
    if x <= 0:
        raise UndefinedError
    return mp.log(x)


def _exp(x: mpf) -> mpf:
    if x > 1e5:
        raise TooLargeError
    return mp.exp(x) if x > -1e5 else mpf(0)


def _pow(x: mpf, y: mpf) -> mpf:
    whole = y == mp.floor(y)
    if (x == 0 and y < 0) or (x < 0 and not whole):
        raise UndefinedError
    if x != 0 and abs(y * mp.log(abs(x))) > 1e5:
        if (y > 0) == (abs(x) > 1):
            raise TooLargeError
        return mpf(0)
    return mpf(1) if y == 0 else x**y if x else mpf(0)


def _div(x: mpf, y: mpf) -> mpf:
    if y == 0:
        raise UndefinedError
    return x / y


def _sqrt(x: mpf) -> mpf:
    if x < 0:
        raise UndefinedError
    return mp.sqrt(x)


def _log_sigmoid(x: mpf) -> mpf:
    return -mp.log1p(mp.exp(-x)) if x > -1e5 else x


EXACT: dict[str, Callable[..., mpf]] = {
    "neg": lambda x: -x,
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": _div,
    "pow": _pow,
    "exp": _exp,
    "log": _log,
    "sqrt": _sqrt,
    "sin": mp.sin,
    "cos": mp.cos,
    "tan": mp.tan,
    "tanh": mp.tanh,
    "sigmoid": lambda x: 1 / (1 + _exp(-x)) if x > -1e5 else mpf(0),
    "log_sigmoid": _log_sigmoid,
    "relu": lambda x: max(x, mpf(0)),
    "step": lambda x: mpf(x > 0),
    "abs": abs,
    "max": max,
    "min": min,
    "le": lambda x, y: mpf(x <= y),
    "lt": lambda x, y: mpf(x < y),
    "eq": lambda x, y: mpf(x == y),
}


class Exact:
    """A formula."""

    def __init__(self, text: str):
        self.expression: Expression = study(text).expression
        self.names = study(text).names

    @cached_property
    def order(self) -> list[Expression]:
        return list(postorder(self.expression, lambda node: node.inputs))

    def parts(self, values: Sequence[Any], found: dict[Expression, mpf]) -> mpf:
        """Its value; that of every part of it is put into `found`. Raises UndefinedError or TooLargeError."""
        place = dict(zip(self.names, map(mpf, values), strict=True))
        for node in self.order:
            head = node.head
            if isinstance(head, Primitive):
                found[node] = EXACT[head.name](*[found[entry] for entry in node.inputs])
            else:
                found[node] = place[head] if isinstance(head, str) else mpf(head)
        return found[self.expression]

    def __call__(self, *values: Any) -> mpf:
        return self.parts(values, {})

    def lacks(self, values: Sequence[float]) -> set[str]:
        """What there can be a reason to say of the place: `is not defined`, `overflows`, `underflows`."""
        parts: dict[Expression, mpf] = {}
        found = set()
        try:
            self.parts(values, parts)
        except UndefinedError:
            found.add("is not defined")
        except TooLargeError:
            found.add("overflows")
        if any(abs(part) > _LARGEST for part in parts.values()):
            found.add("overflows")
        if any(abs(part) < _SMALLEST for part in parts.values()):
            found.add("underflows")
        return found

    def side(self, values: Sequence[float], by: int, way: int) -> mpf | None:
        """The slope on one side: of three ever shorter secants, where they come together."""
        x = mpf(values[by])
        slopes = []
        with mp.workdps(90 + max(0, *[math.frexp(each)[1] // 2 for each in values])):
            for digits in (25, 27, 29):
                h = way * mpf(10) ** -digits * (min(abs(x), mpf(1)) or 1)
                there = [*values[:by], x + h, *values[by + 1 :]]
                try:
                    slopes.append((self(*there) - self(*values)) / h)
                except (UndefinedError, TooLargeError):
                    return None
        if abs(slopes[2] - slopes[1]) > 1e-9 * max(abs(slopes[2]), mpf(10) ** -30) + mpf(10) ** -15:
            return None
        return slopes[2]

    def slope(self, values: Sequence[float], by: int) -> float | None:
        """The derivative, where both sides have one and the same."""
        return _slope(self, tuple(values), by)


@lru_cache(maxsize=4096)
def _slope(f: Exact, values: tuple[float, ...], by: int) -> float | None:
    left, right = f.side(values, by, -1), f.side(values, by, 1)
    if left is None or right is None or abs(left - right) > 1e-9 * max(abs(left), abs(right)) + mpf(10) ** -15:
        return None
    return float((left + right) / 2)


@lru_cache(maxsize=256)
def exact(text: str) -> Exact:
    """The formula of a text."""
    return Exact(text)

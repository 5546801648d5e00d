"""A function that is studied: its formula, its derivative three ways, and the errors of the two differences."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine import symbolic
from engine.autodiff import numeric
from engine.autodiff.backpropagation import derivatives, topological_order
from engine.autodiff.scalar import Scalar
from engine.replay.program import Array
from engine.symbolic import Differentiation, Expression, formula

_UNDEFINED = (ValueError, ZeroDivisionError, OverflowError)


class Study:
    """A parsed function, and what is often asked of it."""

    def __init__(self, text: str):
        found = formula.definition(text)
        self.expression: Expression = found.expression
        self.names: tuple[str, ...] = found.names or ("x",)

    def __call__(self, *values: float) -> float | None:
        """f there, None where it is not defined."""
        return _value(self.expression, dict(zip(self.names, values, strict=True)))

    def column(self, values: dict[str, Array]) -> Array:
        """f at many places at once; nan where it is not defined."""
        return symbolic.columns(self.expression, values)

    @cached_property
    def differentiated(self) -> tuple[Differentiation | None, ...]:
        """The derivative in each argument with its worked steps; None where it would be too large to write down."""
        return tuple(_differentiated(self.expression, name) for name in self.names)


@lru_cache(maxsize=64)
def study(text: str) -> Study:
    """The function a formula describes. Raises FormulaError for a text that is not one."""
    return Study(text)


@dataclass(frozen=True, slots=True)
class Methods:
    """The derivative by each method at a point, and the values it came from; None where something is not defined.

    `left` and `right` are (place, f) on either side, ε from the point; `operations`: of the autodiff program.
    """

    value: float | None
    symbols: float | None
    central: float | None
    autodiff: float | None
    left: tuple[float, float | None]
    right: tuple[float, float | None]
    operations: int


@lru_cache(maxsize=128)
def three_ways(f: Study, values: tuple[float, ...], by: int, epsilon: float) -> Methods:
    """The derivative of f with respect to argument number `by` (from 0), at `values`, by all three methods."""
    place = dict(zip(f.names, values, strict=True))
    found = f.differentiated[by]
    ends = []
    for shift in (-epsilon, epsilon):
        there = numeric.moved(values, by, shift)
        ends.append((there[by], f(*there)))
    left, right = ends
    central = None
    if left[1] is not None and right[1] is not None:
        central = _finite((right[1] - left[1]) / (2 * epsilon))
    slope, operations = _autodiff(f, values, by)
    value = f(*values)
    symbols = _value(found.derivative, place) if found and value is not None else None
    return Methods(value, symbols, central, slope, left, right, operations)


@lru_cache(maxsize=128)
def sides_of_kink(f: Study, values: tuple[float, ...], by: int) -> tuple[float, float] | None:
    """The slopes of f on the left and on the right of `values` in argument `by`, where f has a kink there; else None.

    By values alone: of a smooth function the slopes on both sides come together as the step shrinks, at a kink they
    stay as far apart as they were.
    """
    found = []
    for step in (1e-5, 1e-7):
        step *= max(1.0, abs(values[by]))
        left, here, right = (f(*numeric.replaced(values, by, values[by] + shift)) for shift in (-step, 0.0, step))
        if left is None or here is None or right is None:
            return None
        found.append(((here - left) / step, (right - here) / step))
    (wide_left, wide_right), (left, right) = found
    apart = right - left
    if abs(apart) < 1e-3 * max(1.0, abs(left), abs(right)) or abs(wide_right - wide_left - apart) > 0.1 * abs(apart):
        return None
    return left, right


def _autodiff(f: Study, values: tuple[float, ...], by: int) -> tuple[float | None, int]:
    leaves = {name: Scalar(value) for name, value in zip(f.names, values, strict=True)}
    try:
        output = symbolic.build(f.expression, leaves)
        if not isinstance(output, Scalar):
            return 0.0, 0
        operations = sum(node.primitive is not None for node in topological_order(output))
        return _finite(derivatives(output, [leaves[f.names[by]]])[0]), operations
    except _UNDEFINED:
        return None, 0


def _value(expression: Expression, place: dict[str, float]) -> float | None:
    try:
        value = symbolic.value(expression, place)
    except _UNDEFINED:
        return None
    return _finite(value)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _differentiated(expression: Expression, by: str) -> Differentiation | None:
    try:
        return symbolic.differentiate(expression, by)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def errors_at(f: Study, values: tuple[float, ...], by: int) -> tuple[numeric.EpsilonError, ...]:
    """The errors of both differences against the derivative by symbols, ε from 1e-1 to 1e-15; () without one."""
    exact = three_ways(f, values, by, 1e-6).symbols
    if exact is None:
        return ()

    def along(x: float) -> float:
        return symbolic.value(f.expression, dict(zip(f.names, numeric.replaced(values, by, x), strict=True)))

    return numeric.errors_by_epsilon(along, values[by], exact)

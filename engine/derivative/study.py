"""A function that is studied: its formula, its derivative three ways, and the errors of the two differences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from engine import symbolic
from engine.autodiff import numeric
from engine.autodiff.backpropagation import derivatives, topological_order
from engine.autodiff.primitive import UNDEFINED, Primitive
from engine.autodiff.scalar import Scalar
from engine.derivative.underflow import spoilt, vanished
from engine.replay.program import Array
from engine.symbolic import Differentiation, Expression, formula
from engine.symbolic.expression import postorder
from engine.symbolic.lack import Lack, lack


class Study:
    """A parsed function, and what is often asked of it."""

    def __init__(self, text: str):
        found = formula.definition(text)
        self.expression: Expression = found.expression
        self.names: tuple[str, ...] = found.names or ("x",)
        self._order = postorder(self.expression, lambda node: node.inputs)

    def __call__(self, *values: float) -> float | None:
        """f there, None where it has no value (`lack` says why)."""
        found = self.parts(*values)
        return None if found is None else _finite(found[self.expression])

    def lack(self, *values: float) -> Lack | None:
        """Why f has no value there; None where it has one."""
        return lack(self.expression, dict(zip(self.names, values, strict=True)))

    def parts(self, *values: float) -> dict[Expression, float] | None:
        """The value of every part of f there, f itself among them; None where one has none."""
        place = dict(zip(self.names, values, strict=True))
        found: dict[Expression, float] = {}
        try:
            for node in self._order:
                head = node.head
                if isinstance(head, Primitive):
                    found[node] = head.value(*[found[entry] for entry in node.inputs])
                else:
                    found[node] = place[head] if isinstance(head, str) else head
        except UNDEFINED:
            return None
        return found

    def column(self, values: dict[str, Array]) -> Array:
        """f at many places at once; nan where it is not defined."""
        return symbolic.columns(self.expression, values)

    def where_defined(self, expression: Expression, values: dict[str, Array]) -> Array:
        """f or a derivative of it at many places; nan where f is not defined: log(x) has the slope 1/x for x > 0."""
        return np.where(np.isfinite(self.column(values)), symbolic.columns(expression, values), np.nan)

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
    """The derivative by each method at a point, and the values it came from; None where there is no number.

    `left` and `right` are (place, f) on either side, ε from the point; `operations`: of the autodiff program. `lacks`:
    why there is none, by the names of those that are None: value, symbols, central, autodiff, left, right; of symbols
    there is no reason where the formula is too large to be written down.
    """

    value: float | None
    symbols: float | None
    central: float | None
    autodiff: float | None
    left: tuple[float, float | None]
    right: tuple[float, float | None]
    operations: int
    lacks: Mapping[str, Lack] = field(default_factory=dict)


@lru_cache(maxsize=128)
def three_ways(f: Study, values: tuple[float, ...], by: int, epsilon: float) -> Methods:
    """The derivative of f with respect to argument number `by` (from 0), at `values`, by all three methods."""
    place = dict(zip(f.names, values, strict=True))
    found = f.differentiated[by]
    value, lacks = f(*values), {}
    ends = []
    for name, shift in (("left", -epsilon), ("right", epsilon)):
        there = numeric.moved(values, by, shift)
        ends.append((there[by], f(*there)))
        lacks[name] = f.lack(*there)
    left, right = ends
    central = None
    if left[1] is not None and right[1] is not None:
        central = _finite((right[1] - left[1]) / (2 * epsilon))
    lacks["value"] = f.lack(*values)
    lacks["central"] = lacks["left"] or lacks["right"] or (Lack.OVERFLOW if central is None else None)
    # Where f overflows it is defined, and its slope may be a number yet.
    sloped = found is not None and lacks["value"] in (None, Lack.OVERFLOW)
    symbols = _value(found.derivative, place) if found and sloped else None
    if symbols is None:
        lacks["symbols"] = lacks["value"] or (lack(found.derivative, place) if found else None)
    slope, operations, lacks["autodiff"] = _autodiff(f, values, by)
    if slope is not None and lacks["autodiff"] is not None:
        if symbols is not None and _alike(slope, symbols):
            lacks["autodiff"] = None  # what vanished did not matter
        else:
            slope = None
    told = {name: why for name, why in lacks.items() if why is not None}
    return Methods(value, symbols, central, slope, left, right, operations, told)


def _alike(slope: float, symbols: float) -> bool:
    return abs(slope - symbols) <= 1e-6 * max(1.0, abs(symbols))


def _autodiff(f: Study, values: tuple[float, ...], by: int) -> tuple[float | None, int, Lack | None]:
    """The slope, the operations of the program, and why the slope is missing, or not to be trusted."""
    place = dict(zip(f.names, values, strict=True))
    if (why := f.lack(*values)) is not None:
        return None, 0, why
    output = symbolic.build(f.expression, {name: Scalar(value) for name, value in place.items()})
    if not isinstance(output, Scalar):
        return 0.0, 0, None
    operations = sum(node.primitive is not None for node in topological_order(output))
    # Only this argument's derivative is asked for: another one may have none here.
    leaf = Scalar(values[by])
    alone = symbolic.build(f.expression, {**place, f.names[by]: leaf})
    if not isinstance(alone, Scalar):
        return 0.0, operations, None
    try:
        slope = _finite(derivatives(alone, [leaf])[0])
    except OverflowError:
        return None, operations, Lack.OVERFLOW
    except UNDEFINED:
        gone = any(vanished(node) for node in topological_order(alone))
        return None, operations, Lack.UNDERFLOW if gone else Lack.UNDEFINED
    if slope is None:
        return None, operations, Lack.OVERFLOW
    return slope, operations, Lack.UNDERFLOW if spoilt(alone, leaf, slope) else None


def _value(expression: Expression, place: dict[str, float]) -> float | None:
    try:
        value = symbolic.value(expression, place)
    except UNDEFINED:
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

"""The one table of operations.

A row says everything about one operation (`primitive.py` says what that is). From it are made: the methods of Scalar,
Recorded and Expression, the functions of formulas, worked steps, traces, the calls of replay, and what a student's
program is asked. A derivative rule is `rule(ops, inputs, out)` and is written against a *namespace* of operations, so
the same rule yields a float (`FLOATS`), a column (`COLUMNS`), or whatever another namespace builds.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np

from engine.autodiff import algebra, operators
from engine.autodiff.primitive import Algebra, Interval, Names, Primitive, Sign, Symmetry

__all__ = ["COLUMNS", "FLOATS", "PRIMITIVES", "TABLE", "Primitive"]


def _column_sigmoid(x: Any) -> Any:
    # e^-|x| never overflows, so both sides of the lecture's two-case formula are safe to form and select from.
    small = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0.0), 1.0, small) / (1.0 + small)


def _column_log_sigmoid(x: Any) -> Any:
    return np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x)))


def _as_float(compare: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *inputs: np.asarray(compare(*inputs), dtype=np.float64)


def _zero(ops: Any, inputs: tuple[Any, ...], out: Any) -> Any:
    return 0.0


def _power_slope(ops: Any, x: tuple[Any, ...], out: Any) -> Any:
    # x^0 is 1 everywhere, at 0 too, where 0 times 0^-1 would be no number.
    if isinstance(x[1], (int, float)) and x[1] == 0:
        return 0.0
    return ops.mul(x[1], ops.pow(x[0], ops.sub(x[1], 1.0)))


_WIDE: Interval = (-3.0, 3.0)
_POSITIVE: Interval = (0.3, 3.0)
_NEGATIVE: Interval = (-3.0, -0.3)
_ABOVE: Interval = (4.0, 5.0)  # all of _WIDE
_BELOW: Interval = (-5.0, -4.0)


def _comparison(
    name: str, value: Callable[..., float], ufunc: np.ufunc, holds: Callable[..., bool], methods: tuple[str, ...]
) -> Primitive:
    """A row that is 1 where two inputs compare so, else 0; flat, so that its derivatives are 0."""
    return Primitive(
        name,
        value,
        _as_float(ufunc),
        (_zero, _zero),
        (_WIDE, _ABOVE),
        names=Names(methods=methods),
        algebra=Algebra(exact=lambda x, y: Fraction(holds(x, y)), sign=algebra.nonnegative),
        elsewhere=((_WIDE, _BELOW),),
        switch=operators.sub,
        jumps=True,
        ufunc=ufunc,
    )


TABLE: tuple[Primitive, ...] = (
    Primitive(
        "neg",
        operators.neg,
        np.negative,
        (lambda ops, x, out: -1.0,),
        (_WIDE,),
        names=Names(sign="-", label="negate", methods=("__neg__",)),
    ),
    Primitive(
        "add",
        operators.add,
        np.add,
        (lambda ops, x, out: 1.0, lambda ops, x, out: 1.0),
        (_WIDE, _WIDE),
        names=Names(sign="+", methods=("__add__", "__radd__")),
        algebra=Algebra(sign=lambda x, y: max(x.sign, y.sign) if min(x.sign, y.sign) >= Sign.NONNEGATIVE else Sign.ANY),
    ),
    Primitive(
        "sub",
        operators.sub,
        np.subtract,
        (lambda ops, x, out: 1.0, lambda ops, x, out: -1.0),
        (_WIDE, _WIDE),
        names=Names(sign="-", label="subtract", methods=("__sub__", "__rsub__")),
    ),
    Primitive(
        "mul",
        operators.mul,
        np.multiply,
        (lambda ops, x, out: x[1], lambda ops, x, out: x[0]),
        (_WIDE, _WIDE),
        names=Names(sign="*", label="multiply", titles=("product rule",), methods=("__mul__", "__rmul__")),
        algebra=Algebra(sign=lambda x, y: min(x.sign, y.sign), never_zero=True),
    ),
    Primitive(
        "div",
        operators.div,
        np.divide,
        (lambda ops, x, out: ops.div(1.0, x[1]), lambda ops, x, out: ops.neg(ops.div(out, x[1]))),
        (_WIDE, _POSITIVE),
        names=Names(sign="/", label="divide", titles=("quotient rule",), methods=("__truediv__", "__rtruediv__")),
        algebra=Algebra(
            defined=lambda x, y: y.sign is Sign.POSITIVE or y.number not in (None, 0.0),
            sign=lambda x, y: min(x.sign, y.sign),
            nonzero=lambda ops, x, y: (y,),
            never_zero=True,
        ),
        elsewhere=((_WIDE, _NEGATIVE),),
    ),
    Primitive(
        "pow",
        operators.pow,
        np.power,
        (
            _power_slope,
            lambda ops, x, out: ops.mul(out, ops.log(x[0])),
        ),
        (_POSITIVE, _WIDE),
        names=Names(sign="^", label="power", titles=("power rule", "exponential"), methods=("__pow__", "__rpow__")),
        algebra=Algebra(defined=algebra.power_is_defined, sign=algebra.power_sign, never_zero=True),
    ),
    Primitive(
        "exp",
        operators.exp,
        np.exp,
        (lambda ops, x, out: out,),
        (_WIDE,),
        names=Names(titles=("exponential",)),
        algebra=Algebra(exact=algebra.at(0, 1), sign=lambda x: Sign.POSITIVE, never_zero=True),
    ),
    Primitive(
        "log",
        operators.log,
        np.log,
        (lambda ops, x, out: ops.div(1.0, x[0]),),
        (_POSITIVE,),
        names=Names(aliases=("ln",), titles=("logarithm",)),
        algebra=Algebra(exact=algebra.at(1, 0), defined=lambda x: x.sign is Sign.POSITIVE, nonzero=lambda ops, x: (x,)),
    ),
    Primitive(
        "sqrt",
        operators.sqrt,
        np.sqrt,
        (lambda ops, x, out: ops.div(0.5, out),),
        (_POSITIVE,),
        names=Names(titles=("square root",)),
        algebra=Algebra(
            exact=algebra.root,
            defined=lambda x: x.sign >= Sign.NONNEGATIVE,
            sign=lambda x: max(x.sign, Sign.NONNEGATIVE),
        ),
    ),
    Primitive(
        "sin",
        operators.sin,
        np.sin,
        (lambda ops, x, out: ops.cos(x[0]),),
        (_WIDE,),
        names=Names(titles=("sine",)),
        algebra=Algebra(exact=algebra.at(0, 0), symmetry=Symmetry.ODD),
    ),
    Primitive(
        "cos",
        operators.cos,
        np.cos,
        (lambda ops, x, out: ops.neg(ops.sin(x[0])),),
        (_WIDE,),
        names=Names(titles=("cosine",)),
        algebra=Algebra(exact=algebra.at(0, 1), symmetry=Symmetry.EVEN),
    ),
    Primitive(
        "tan",
        operators.tan,
        np.tan,
        (lambda ops, x, out: ops.div(1.0, ops.pow(ops.cos(x[0]), 2.0)),),
        ((-1.2, 1.2),),
        names=Names(titles=("tangent",)),
        algebra=Algebra(
            exact=algebra.at(0, 0),
            defined=lambda x: x.number is not None,
            nonzero=lambda ops, x: (ops.cos(x),),
            symmetry=Symmetry.ODD,
        ),
        elsewhere=(((2.0, 4.2),),),
    ),
    Primitive(
        "tanh",
        operators.tanh,
        np.tanh,
        (lambda ops, x, out: ops.sub(1.0, ops.mul(out, out)),),
        (_WIDE,),
        names=Names(titles=("hyperbolic tangent",)),
        algebra=Algebra(exact=algebra.at(0, 0), symmetry=Symmetry.ODD),
    ),
    Primitive(
        "sigmoid",
        operators.sigmoid,
        _column_sigmoid,
        (lambda ops, x, out: ops.mul(out, ops.sub(1.0, out)),),
        (_WIDE,),
        names=Names(shown="σ"),
        algebra=Algebra(exact=algebra.at(0, Fraction(1, 2)), sign=lambda x: Sign.POSITIVE, never_zero=True),
    ),
    Primitive(
        # σ(-x) rather than 1 - σ(x): the difference cancels to 0 for large x, the negated argument does not.
        "log_sigmoid",
        operators.log_sigmoid,
        _column_log_sigmoid,
        (lambda ops, x, out: ops.sigmoid(ops.neg(x[0])),),
        (_WIDE,),
        names=Names(shown="logσ", label="log sigmoid", titles=("log-sigmoid",), course=("sigmoid", "log")),
        algebra=Algebra(never_zero=True),
    ),
    Primitive(
        "relu",
        operators.relu,
        lambda x: np.maximum(x, 0.0),
        (lambda ops, x, out: ops.step(x[0]),),
        (_POSITIVE,),
        algebra=Algebra(exact=lambda x: max(x, Fraction(0)), sign=algebra.nonnegative),
        elsewhere=((_NEGATIVE,),),
        switch=operators.id,
    ),
    Primitive(
        "step",
        operators.step,
        _as_float(lambda x: np.greater(x, 0.0)),
        (_zero,),
        (_POSITIVE,),
        algebra=Algebra(exact=lambda x: Fraction(x > 0), sign=algebra.nonnegative),
        elsewhere=((_NEGATIVE,),),
        switch=operators.id,
        jumps=True,
    ),
    Primitive(
        # At its kink the slope is 0, the mean of the slopes on both sides, as for a central difference.
        "abs",
        operators.abs,
        np.abs,
        (lambda ops, x, out: ops.sub(ops.step(x[0]), ops.step(ops.neg(x[0]))),),
        (_POSITIVE,),
        names=Names(titles=("absolute value",), methods=("__abs__",)),
        algebra=Algebra(exact=abs, sign=lambda x: max(x.sign, Sign.NONNEGATIVE), symmetry=Symmetry.EVEN),
        elsewhere=((_NEGATIVE,),),
        switch=operators.id,
    ),
    Primitive(
        # At a tie the slope is that of the second input, so that max(x, 0) is relu there too.
        "max",
        operators.max,
        np.maximum,
        (lambda ops, x, out: ops.lt(x[1], x[0]), lambda ops, x, out: ops.le(x[0], x[1])),
        (_WIDE, _ABOVE),
        names=Names(titles=("maximum",)),
        algebra=Algebra(exact=max, sign=lambda x, y: max(x.sign, y.sign)),
        elsewhere=((_WIDE, _BELOW),),
        switch=operators.sub,
    ),
    Primitive(
        # At a tie the slope is that of the second input, as in max.
        "min",
        operators.min,
        np.minimum,
        (lambda ops, x, out: ops.lt(x[0], x[1]), lambda ops, x, out: ops.le(x[1], x[0])),
        (_WIDE, _ABOVE),
        names=Names(titles=("minimum",)),
        algebra=Algebra(exact=min, sign=lambda x, y: min(x.sign, y.sign)),
        elsewhere=((_WIDE, _BELOW),),
        switch=operators.sub,
    ),
    _comparison("lt", operators.lt, np.less, operator.lt, ("__lt__", "__gt__")),
    _comparison("le", operators.le, np.less_equal, operator.le, ("__le__", "__ge__")),
    _comparison("eq", operators.eq, np.equal, operator.eq, ("__eq__",)),
)

PRIMITIVES: dict[str, Primitive] = {primitive.name: primitive for primitive in TABLE}
FLOATS = SimpleNamespace(**{primitive.name: primitive.value for primitive in TABLE})
COLUMNS = SimpleNamespace(**{primitive.name: primitive.column for primitive in TABLE})

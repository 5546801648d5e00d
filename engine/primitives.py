"""The one table of operations.

A row says everything about one operation: its value on floats, its value on NumPy columns, its derivative in each
input, and where a test may try it. A derivative rule is `rule(ops, inputs, out)` and is written against a *namespace*
of operations, so the same rule yields a float (`FLOATS`), a column (`COLUMNS`), or whatever another namespace builds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from engine import operators

Rule = Callable[[Any, tuple[Any, ...], Any], Any]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Primitive:
    """One operation of every program riserun runs.

    `value` maps floats to a float; `column` maps broadcastable float64 arrays to an array; `rules[i](ops, inputs, out)`
    is the derivative of the output in input i; `domain[i]` is an interval of input i that stays clear of poles and
    kinks, so that a difference can be compared with the rule there.
    """

    name: str
    value: Callable[..., float]
    column: Callable[..., Any]
    rules: tuple[Rule, ...]
    domain: tuple[Interval, ...]

    @property
    def arity(self) -> int:
        """How many inputs the operation takes."""
        return len(self.rules)


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


_WIDE: Interval = (-3.0, 3.0)
_POSITIVE: Interval = (0.3, 3.0)

TABLE: tuple[Primitive, ...] = (
    Primitive("neg", operators.neg, np.negative, (lambda ops, x, out: -1.0,), (_WIDE,)),
    Primitive("add", operators.add, np.add, (lambda ops, x, out: 1.0, lambda ops, x, out: 1.0), (_WIDE, _WIDE)),
    Primitive("sub", operators.sub, np.subtract, (lambda ops, x, out: 1.0, lambda ops, x, out: -1.0), (_WIDE, _WIDE)),
    Primitive("mul", operators.mul, np.multiply, (lambda ops, x, out: x[1], lambda ops, x, out: x[0]), (_WIDE, _WIDE)),
    Primitive(
        "div",
        operators.div,
        np.divide,
        (lambda ops, x, out: ops.div(1.0, x[1]), lambda ops, x, out: ops.neg(ops.div(out, x[1]))),
        (_WIDE, _POSITIVE),
    ),
    Primitive(
        "pow",
        operators.pow,
        np.power,
        (
            lambda ops, x, out: ops.mul(x[1], ops.pow(x[0], ops.sub(x[1], 1.0))),
            lambda ops, x, out: ops.mul(out, ops.log(x[0])),
        ),
        (_POSITIVE, _WIDE),
    ),
    Primitive("exp", operators.exp, np.exp, (lambda ops, x, out: out,), (_WIDE,)),
    Primitive("log", operators.log, np.log, (lambda ops, x, out: ops.div(1.0, x[0]),), (_POSITIVE,)),
    Primitive("sqrt", operators.sqrt, np.sqrt, (lambda ops, x, out: ops.div(0.5, out),), (_POSITIVE,)),
    Primitive("sin", operators.sin, np.sin, (lambda ops, x, out: ops.cos(x[0]),), (_WIDE,)),
    Primitive("cos", operators.cos, np.cos, (lambda ops, x, out: ops.neg(ops.sin(x[0])),), (_WIDE,)),
    Primitive("tanh", operators.tanh, np.tanh, (lambda ops, x, out: ops.sub(1.0, ops.mul(out, out)),), (_WIDE,)),
    Primitive(
        "sigmoid",
        operators.sigmoid,
        _column_sigmoid,
        (lambda ops, x, out: ops.mul(out, ops.sub(1.0, out)),),
        (_WIDE,),
    ),
    Primitive(
        # σ(-x) rather than 1 - σ(x): the difference cancels to 0 for large x, the negated argument does not.
        "log_sigmoid",
        operators.log_sigmoid,
        _column_log_sigmoid,
        (lambda ops, x, out: ops.sigmoid(ops.neg(x[0])),),
        (_WIDE,),
    ),
    Primitive(
        "relu", operators.relu, lambda x: np.maximum(x, 0.0), (lambda ops, x, out: ops.step(x[0]),), (_POSITIVE,)
    ),
    Primitive("step", operators.step, _as_float(lambda x: np.greater(x, 0.0)), (_zero,), (_POSITIVE,)),
    Primitive("lt", operators.lt, _as_float(np.less), (_zero, _zero), (_WIDE, (4.0, 5.0))),
    Primitive("le", operators.le, _as_float(np.less_equal), (_zero, _zero), (_WIDE, (4.0, 5.0))),
    Primitive("eq", operators.eq, _as_float(np.equal), (_zero, _zero), (_WIDE, (4.0, 5.0))),
)

PRIMITIVES: dict[str, Primitive] = {primitive.name: primitive for primitive in TABLE}
FLOATS = SimpleNamespace(**{primitive.name: primitive.value for primitive in TABLE})
COLUMNS = SimpleNamespace(**{primitive.name: primitive.column for primitive in TABLE})

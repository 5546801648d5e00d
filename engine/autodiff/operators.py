"""Functions on floats, by the names of the course's Module 0.

Every function takes and returns plain floats (or iterables of them) and is stable: `sigmoid`, `log_sigmoid` and their
derivatives are finite at ±1000. Domain errors are Python's own (`math.log(0)` raises ValueError).
"""

import math
from collections.abc import Callable, Iterable
from functools import reduce as _fold


def id(x: float) -> float:
    """The identity, x."""
    return x


def neg(x: float) -> float:
    """-x."""
    return -x


def add(x: float, y: float) -> float:
    """x + y."""
    return x + y


def sub(x: float, y: float) -> float:
    """x - y."""
    return x - y


def mul(x: float, y: float) -> float:
    """x · y."""
    return x * y


def div(x: float, y: float) -> float:
    """x / y. Raises ZeroDivisionError at y = 0."""
    return x / y


def inv(x: float) -> float:
    """1 / x. Raises ZeroDivisionError at 0."""
    return 1.0 / x


def pow(x: float, y: float) -> float:
    """x to the power y, real. Raises ValueError for a negative x with a fractional y, ZeroDivisionError for 0^-1."""
    if x == 0.0 and y < 0.0:
        raise ZeroDivisionError("0 to a negative power")
    return math.pow(x, y)


def lt(x: float, y: float) -> float:
    """1.0 where x < y, otherwise 0.0."""
    return 1.0 if x < y else 0.0


def le(x: float, y: float) -> float:
    """1.0 where x <= y, otherwise 0.0."""
    return 1.0 if x <= y else 0.0


def eq(x: float, y: float) -> float:
    """1.0 where x == y, otherwise 0.0."""
    return 1.0 if x == y else 0.0


def max(x: float, y: float) -> float:
    """The larger of x and y."""
    return x if x > y else y


def min(x: float, y: float) -> float:
    """The smaller of x and y."""
    return x if x < y else y


def is_close(x: float, y: float) -> float:
    """1.0 where |x - y| < 1e-2 (the course's tolerance), otherwise 0.0."""
    return 1.0 if abs(x - y) < 1e-2 else 0.0


def exp(x: float) -> float:
    """e^x. Raises OverflowError beyond about 709."""
    return math.exp(x)


def log(x: float) -> float:
    """The natural logarithm. Raises ValueError for x <= 0."""
    return math.log(x)


def sqrt(x: float) -> float:
    """The square root. Raises ValueError for x < 0."""
    return math.sqrt(x)


def sin(x: float) -> float:
    """The sine of x radians."""
    return math.sin(x)


def cos(x: float) -> float:
    """The cosine of x radians."""
    return math.cos(x)


def tan(x: float) -> float:
    """The tangent of x radians. No float is a pole: next to one it is large."""
    return math.tan(x)


def tanh(x: float) -> float:
    """The hyperbolic tangent."""
    return math.tanh(x)


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x), computed on the side where the exponential cannot overflow, as on the lecture's slide."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


def log_sigmoid(x: float) -> float:
    """log σ(x) = -log(1 + e^-x), without overflow or cancellation for any x."""
    return -math.log1p(math.exp(-x)) if x >= 0.0 else x - math.log1p(math.exp(x))


def abs(x: float) -> float:
    """The distance from 0: x where x > 0, else -x."""
    return math.fabs(x)


def relu(x: float) -> float:
    """x where x > 0, otherwise 0."""
    return x if x > 0.0 else 0.0


def step(x: float) -> float:
    """The derivative of relu: 1 where x > 0, otherwise 0 (0 at 0, as in the course)."""
    return 1.0 if x > 0.0 else 0.0


def log_back(x: float, d: float) -> float:
    """d times the derivative of log at x."""
    return d / x


def inv_back(x: float, d: float) -> float:
    """d times the derivative of 1/x at x."""
    return -d / (x * x)


def relu_back(x: float, d: float) -> float:
    """d times the derivative of relu at x."""
    return d * step(x)


def map(f: Callable[[float], float]) -> Callable[[Iterable[float]], list[float]]:
    """f for one value turned into f for a list, element by element."""
    return lambda values: [f(x) for x in values]


def zipWith(f: Callable[[float, float], float]) -> Callable[[Iterable[float], Iterable[float]], list[float]]:  # noqa: N802
    """f for two values turned into f for two lists, pair by pair; the shorter list sets the length."""
    return lambda left, right: [f(x, y) for x, y in zip(left, right, strict=False)]


def reduce(f: Callable[[float, float], float], start: float) -> Callable[[Iterable[float]], float]:
    """f for two values turned into f for a list, folded from the left beginning with `start`."""
    return lambda values: _fold(f, values, start)


def negList(values: Iterable[float]) -> list[float]:  # noqa: N802
    """Each value negated."""
    return map(neg)(values)


def addLists(left: Iterable[float], right: Iterable[float]) -> list[float]:  # noqa: N802
    """Pairwise sums."""
    return zipWith(add)(left, right)


def sum(values: Iterable[float]) -> float:
    """The sum of a list, 0 for an empty one."""
    return reduce(add, 0.0)(values)


def prod(values: Iterable[float]) -> float:
    """The product of a list, 1 for an empty one."""
    return reduce(mul, 1.0)(values)

"""What simplification may know of single operations: values a person knows exactly, where they are defined, signs."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from engine.autodiff.primitive import Facts, Sign


def at(place: int, value: Fraction | int) -> Callable[[Fraction], Fraction | None]:
    """A value that is known exactly at one place."""
    return lambda x: Fraction(value) if x == place else None


def root(x: Fraction) -> Fraction | None:
    """The square root of a fraction, where it is one."""
    root = Fraction(math.isqrt(abs(x.numerator)), math.isqrt(x.denominator))
    return root if root * root == x else None


def nonnegative(*inputs: Facts) -> Sign:
    """The sign of what is never below 0."""
    return Sign.NONNEGATIVE


def power_is_defined(base: Facts, exponent: Facts) -> bool:
    """Whether a power is real for all values of its base and its exponent."""
    if base.sign is Sign.POSITIVE:
        return True
    known = exponent.number
    least = Sign.ANY if known is not None and known.is_integer() else Sign.NONNEGATIVE
    return known is not None and known >= 0.0 and base.sign >= least


def power_sign(base: Facts, exponent: Facts) -> Sign:
    """The sign of a power."""
    even = exponent.number is not None and exponent.number % 2.0 == 0.0
    return max(base.sign, Sign.NONNEGATIVE) if even else base.sign

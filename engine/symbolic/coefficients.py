"""The numbers of a formula, calculated as a person does it: 0.1 + 0.2 is 0.3, and x/3 has the coefficient 1/3.

A coefficient is a Fraction: exact while it is short, rounded as a float is where it grows long.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

ONE, ZERO = Fraction(1), Fraction(0)
_IRRATIONAL = (math.pi, math.e)
_LEAST, _MOST = Fraction(10) ** -300, Fraction(10) ** 300  # clear of the floats' own limits
_LONGEST = 10**6  # the largest denominator of a fraction that is kept exact
_LARGEST_POWER = 64


@lru_cache(maxsize=4096)
def exact(value: float) -> Fraction | None:
    """The decimal number a float is printed as; None for π and e, and where a float is too large or small to use."""
    return None if abs(value) in _IRRATIONAL else fitting(Fraction(repr(value)))


def tidy(coefficient: Fraction) -> Fraction:
    """The same number, rounded to a float's digits where it is neither a short decimal nor a short fraction."""
    if coefficient.denominator <= _LONGEST and abs(coefficient.numerator) <= _LONGEST**2:
        return coefficient
    return Fraction(repr(float(coefficient)))


def fitting(coefficient: Fraction) -> Fraction | None:
    """The same number, tidied; None where it is too large or small for a float to hold."""
    if coefficient == 0 or _LEAST < abs(coefficient) < _MOST:
        return tidy(coefficient)
    return None


def power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """base^exponent; None where it is not a fraction of reasonable size, or not defined."""
    if base == 1 or exponent == 1:
        return base
    if exponent.denominator != 1 or abs(exponent) > _LARGEST_POWER or (base == 0 and exponent <= 0):
        return None
    return fitting(base**exponent.numerator)


def folded(coefficient: Fraction, head: object, exponent: Fraction) -> Fraction | None:
    """coefficient·head^exponent where `head` is a number that can be merged into the coefficient; otherwise None."""
    base = exact(head) if isinstance(head, float) else None
    raised = power(base, exponent) if base is not None else None
    return fitting(coefficient * raised) if raised is not None else None


def parts(coefficient: Fraction, fractions: bool) -> tuple[float, float]:
    """How a coefficient >= 0 is written, as (above, below the fraction's line): 0.3 is 0.3, a half and a third are 1/n,
    and 0.6 is 3/5 where `fractions` are wanted.

    Exact for what `tidy` gives.
    """
    unit = coefficient.numerator == 1 and coefficient.denominator < 10
    if unit or (fractions and coefficient.denominator < 100) or Fraction(repr(float(coefficient))) != coefficient:
        return float(coefficient.numerator), float(coefficient.denominator)
    return float(coefficient), 1.0

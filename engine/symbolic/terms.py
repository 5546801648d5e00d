"""The terms that sums are made of, and how one is written.

A term is a coefficient times powers of *bases*, which are expressions not taken apart further. A base has more than one
power where they may not be gathered, as in x/x.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import mul, truediv

from engine.autodiff.primitives import Primitive
from engine.symbolic import coefficients
from engine.symbolic.expression import Expression, number

Factor = tuple[Expression, Fraction]  # a base and its exponent
Term = tuple[Fraction, tuple[Factor, ...]]
Form = tuple[Term, ...]  # a sum


def written_term(coefficient: Fraction, factors: tuple[Factor, ...], fractions: bool = False) -> Expression:
    """The term as an expression, which is read as the same term: what is above the line, then what is below it.

    `fractions`: 3·x/5 rather than 0.6·x.
    """
    above = {base for base, exponent in factors if exponent >= 0}
    ordered = sorted(factors, key=lambda factor: (_rank(factor[0]), factor[0] not in above))
    top = [
        _power(base, exponent, fractions) for base, exponent in ordered if exponent >= 0 or _keeps_sign(base, exponent)
    ]
    bottom = [
        _power(base, -exponent, fractions) for base, exponent in ordered if exponent < 0 and not _is_product(base)
    ]
    apart = [base for base, exponent in ordered if exponent == -1 and _is_product(base)]
    numerator, denominator = coefficients.parts(abs(coefficient), fractions)
    if numerator != 1.0 or not top:
        top.insert(0, number(numerator))
    if denominator != 1.0:
        bottom.insert(0, number(denominator))
    if coefficient < 0:
        top[0] = -top[0]
    below = [reduce(mul, bottom)] if bottom else []
    return reduce(truediv, [reduce(mul, top), *below, *apart])


def is_sum(base: Expression) -> bool:
    """Whether it is written as a sum or a difference."""
    return isinstance(base.head, Primitive) and base.head.name in ("add", "sub")


def _power(base: Expression, exponent: Fraction, fractions: bool) -> Expression:
    return base if exponent == 1 else base ** written_term(exponent, (), fractions)


def _rank(base: Expression) -> int:
    """Numbers, then symbols, then the rest, as one writes 2·π·x·sin(x)."""
    return 0 if isinstance(base.head, float) else 1 if isinstance(base.head, str) else 2


def _is_product(base: Expression) -> bool:
    """Whether `base` would be taken apart among other factors below a line: 2/(3*(1/x)) is written 2/3/(1/x)."""
    return base.head == 0.0 or (isinstance(base.head, Primitive) and base.head.name in ("mul", "div"))


def _keeps_sign(base: Expression, exponent: Fraction) -> bool:
    """Whether a negative power stays above the line: (1/x)^(-2), for the same reason."""
    return exponent < 0 and exponent != -1 and _is_product(base)

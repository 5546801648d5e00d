"""What is known of roots, powers and sines: √x·√x is x, x·x^(x - 1) is x^x, sin(x)² + cos(x)² is 1. Each only where it
is defined in the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from itertools import combinations

from engine.autodiff.primitive import Primitive, Sign
from engine.symbolic.coefficients import ONE
from engine.symbolic.domain import Domain
from engine.symbolic.expression import Expression
from engine.symbolic.terms import Factor, Form, written_term

Regathered = tuple[list[Factor], Expression]  # factors of a product that stay, and an expression that they multiply
_HALF = Fraction(1, 2)
_MOST_EXPONENTIALS = 5  # in a product whose pairs are all tried


def roots(factors: list[Factor], domain: Domain, nonzero: Collection[Expression]) -> Regathered | None:
    """The product with a root gathered with its own powers and what is under it, as in x/√x; None where none can be."""
    for root, outer in factors:
        if not _is(root, "sqrt") or outer.denominator != 1:
            continue
        under = root.inputs[0]
        own = [exponent for base, exponent in factors if base is under]
        if len(own) > 1 or sum(base is root for base, _ in factors) > 1:
            continue
        inner = sum(own, Fraction(0))
        total = inner + outer * _HALF
        left = Fraction(0 if outer % 2 == 0 else 1 if total > 0 else -1)
        if left == outer or not _alike(root, (inner, outer), (total - left * _HALF, left), domain, nonzero):
            continue
        rest = [factor for factor in factors if factor[0] is not root and factor[0] is not under]
        return rest + ([(root, left)] if left else []), under ** written_term(total - left * _HALF, ())
    return None


def _alike(
    root: Expression,
    before: tuple[Fraction, Fraction],
    after: tuple[Fraction, Fraction],
    domain: Domain,
    nonzero: Collection[Expression],
) -> bool:
    """Whether u^i·√u^o is defined in the same places before and after, given as (i, o)."""
    under = root.inputs[0]
    real = after[1] != 0 or domain.sign(under) >= Sign.NONNEGATIVE
    divides = min(before) >= 0 or min(after) < 0 or domain.cancels(root, nonzero)
    return real and divides and (any(after) or domain.facts(under).defined)


def towers(
    factors: list[Factor],
    domain: Domain,
    nonzero: Collection[Expression],
    simplified: Callable[[Expression], Expression],
) -> Regathered | None:
    """The product with x·x^(x - 1) made x^x where x is not 0 and the exponent gets shorter; or None."""
    for tower, outer in factors:
        if not _is(tower, "pow") or outer != 1:
            continue
        foot, top = tower.inputs
        own = [exponent for base, exponent in factors if base is foot]
        if len(own) != 1 or own[0].denominator != 1 or domain.needs_nonzero(foot, -ONE, nonzero):
            continue
        merged = simplified(top + written_term(own[0], ()))
        if merged.size < top.size:
            return [factor for factor in factors if factor[0] is not tower and factor[0] is not foot], foot**merged
    return None


def exponentials(
    factors: list[Factor], domain: Domain, simplified: Callable[[Expression], Expression]
) -> Regathered | None:
    """The product with exp(x)·exp(-x) made exp(0) where both are defined everywhere and it gets shorter; or None."""
    found = [factor for factor in factors if _is(factor[0], "exp") and factor[1].denominator == 1]
    for (first, outer), (second, other) in combinations(found if len(found) <= _MOST_EXPONENTIALS else (), 2):
        top = first.inputs[0] * written_term(outer, ()) + second.inputs[0] * written_term(other, ())
        merged = simplified(top)
        shorter = merged.size < min(first.inputs[0].size, second.inputs[0].size) or isinstance(merged.head, float)
        if first is not second and shorter and domain.facts(first).defined and domain.facts(second).defined:
            return [factor for factor in factors if factor[0] not in (first, second)], merged.exp()
    return None


def circles(form: Form, domain: Domain) -> Form | None:
    """The sum with a·sin(u)² + a·cos(u)² made a; None where there is no such pair."""
    places = {(coefficient, frozenset(factors)): index for index, (coefficient, factors) in enumerate(form)}
    for index, (coefficient, factors) in enumerate(form):
        for sine, exponent in factors:
            if exponent == 2 and _is(sine, "sin") and domain.facts(sine).defined:
                rest = tuple(factor for factor in factors if factor[0] is not sine)
                other = places.get((coefficient, frozenset((*rest, (sine.inputs[0].cos(), exponent)))))
                if other is not None:
                    kept = (term for place, term in enumerate(form) if place not in (index, other))
                    return ((coefficient, rest), *kept)
    return None


def _is(base: Expression, name: str) -> bool:
    return isinstance(base.head, Primitive) and base.head.name == name

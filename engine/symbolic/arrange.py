"""A sum as a person would write it: over one denominator, or factored, or multiplied out, whichever is shortest.

(1 - x²)/(1 + x²)² and (x + 1)·exp(x), where the rules alone give 1/(1 + x²) - 2·x²/(1 + x²)² and exp(x) + x·exp(x).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from math import gcd, lcm

from engine.autodiff.primitives import Primitive
from engine.symbolic.coefficients import ONE, ZERO
from engine.symbolic.expression import Expression, postorder
from engine.symbolic.simplify import Simplifier
from engine.symbolic.terms import Factor, Form, Term, is_sum

# Nobody arranges a longer formula by hand, and the time that it takes stays small.
_LONGEST = 160  # nodes
_MOST_TERMS = 12
_MOST_MULTIPLIED = 40  # terms of what is multiplied out
_LARGEST_POWER = 3  # of a sum that is multiplied out
_ALGEBRA = ("neg", "add", "sub", "mul", "div", "pow")


class Arranger:
    """Arranges what `simplify` gives."""

    def __init__(self, simplify: Simplifier):
        self._simplify = simplify

    def __call__(self, expression: Expression) -> Expression:
        """The simplified expression, arranged; as it is where it is longer than anybody would arrange."""
        form = self._simplify.form(expression)
        if expression.size > _LONGEST or len(form) > _MOST_TERMS:
            return self._simplify.written(form)
        cost = self._cost(form)
        better: Form | None = form
        while better is not None:
            form, better = better, None
            for candidate in self._candidates(form):
                if (found := self._cost(candidate)) < cost:
                    cost, better = found, candidate
        return self._simplify.written(_ordered(form))

    def _cost(self, form: Form) -> tuple[int, int]:
        """How long it is to read; where that is equal, how many fractions it has."""
        fractions = sum(any(exponent < 0 for _, exponent in factors) for _, factors in form)
        return self._simplify.written(form).size, fractions

    def _candidates(self, form: Form) -> Iterator[Form]:
        """Other ways to write a sum: multiplied out, and with those terms put together that share a base."""
        multiplied = self._multiplied(form) if len(form) > 1 else None
        if multiplied is not None:
            yield multiplied
        for place, term in enumerate(form):
            for made in self._without_inner_fractions(term):
                yield self._simplify.sum((*form[:place], *made, *form[place + 1 :]))
        for group in self._groups(form):
            together = tuple(form[place] for place in group)
            first, *others = group
            for made in self._together(together):
                rest = {place: (form[place],) for place in range(len(form)) if place not in others}
                yield self._simplify.sum(chain.from_iterable({**rest, first: made}.values()))

    def _without_inner_fractions(self, term: Term) -> Iterator[Form]:
        """A product with a fraction in a bracket, as in (1 + 1/x)/x, over one line."""
        coefficient, factors = term
        for factor in factors:
            if is_sum(factor[0]) and factor[1] == 1:
                rest: Term = (coefficient, tuple(other for other in factors if other is not factor))
                for made in self._together(self._simplify.form(factor[0])):
                    yield self._simplify.product([rest, self._simplify.as_term(made)])

    def _groups(self, form: Form) -> list[tuple[int, ...]]:
        """Which terms could be put together: those that share a denominator or a function, and all of them."""
        shared: dict[Expression, list[int]] = {}
        for place, (_, factors) in enumerate(form):
            for base, _ in factors:
                shared.setdefault(base, []).append(place)
        groups = [tuple(places) for base, places in shared.items() if len(places) > 1]
        return list(dict.fromkeys([*groups, tuple(range(len(form)))])) if len(form) > 1 else []

    def _together(self, form: Form) -> Iterator[Form]:
        """The sum over one denominator, with what its terms have in common before the bracket."""
        below = _denominator(form)
        if below is None or _has_zero(form):
            return
        nonzero = frozenset(base for base, _ in below)
        above = self._simplify.sum(
            chain.from_iterable(self._simplify.product([term, (ONE, below)], nonzero) for term in form)
        )
        under = tuple((base, -exponent) for base, exponent in below)
        multiplied = self._multiplied(above)
        cancelled = self._cancelled(above if multiplied is None else multiplied, below)
        for shared, numerator in (cancelled, ((), above)):
            for common in self._common(numerator, bool(below)):
                left = self._divided(numerator, common)
                expanded = self._multiplied(left)
                for bracket in [left] if expanded is None else [left, expanded]:
                    factor = self._simplify.as_term(_number_last(_ordered(bracket)))
                    yield self._simplify.product([common, factor, (ONE, shared), (ONE, under)])

    def _cancelled(self, form: Form, below: tuple[Factor, ...]) -> tuple[tuple[Factor, ...], Form]:
        """The brackets of a denominator that divide a sum without remainder, and what is left of it."""
        shared: list[Factor] = []
        for base, exponent in below:
            for _ in range(int(exponent) if is_sum(base) else 0):
                left = self._quotient(form, self._simplify.form(base))
                if left is None:
                    break
                form, shared = left, [*shared, (base, ONE)]
        return tuple(shared), form

    def _quotient(self, form: Form, divisor: Form) -> Form | None:
        """Long division of polynomials in any bases, None where a remainder is left."""
        bases = dict.fromkeys(base for _, factors in (*divisor, *form) for base, _ in factors)
        if _has_zero(form) or _has_zero(divisor):
            return None
        made: list[Term] = []
        scale, leading = _leading(divisor, bases)
        while form and len(made) < _MOST_TERMS:
            coefficient, highest = _leading(form, bases)
            powers = [(base, a - b) for base, a, b in zip(bases, highest, leading, strict=True)]
            term = (coefficient / scale, tuple(factor for factor in powers if factor[1]))
            if any(exponent < 0 for _, exponent in powers):
                return None
            made.append(term)
            less = chain.from_iterable(self._simplify.product([(-ONE, ()), term, part]) for part in divisor)
            form = self._simplify.sum((*form, *less))
        return None if form else tuple(made)

    def _common(self, form: Form, fraction: bool) -> Iterator[Term]:
        """What could stand before the bracket: of a polynomial that is no numerator nothing does."""
        factors = _common_factors(form)
        if _has_zero(form):
            return
        if len(form) > 1 and (fraction or any(not isinstance(base.head, str) for base, _ in factors)):
            yield _content(form), factors
            yield ONE, factors
        elif fraction or len(form) < 2:
            yield ONE, ()

    def _divided(self, form: Form, common: Term) -> Form:
        """A sum divided by what its terms have in common."""
        coefficient, factors = common
        inverse = (1 / coefficient, tuple((base, -exponent) for base, exponent in factors))
        nonzero = frozenset(base for base, _ in factors)
        return self._simplify.sum(
            chain.from_iterable(self._simplify.product([term, inverse], nonzero) for term in form)
        )

    def _multiplied(self, form: Form) -> Form | None:
        """The sum with its brackets multiplied out, None where there are none or too many."""
        if not any(_is_bracket(factor) for _, factors in form for factor in factors):
            return None
        made: list[Term] = []
        for coefficient, factors in form:
            brackets = [factor for factor in factors if _is_bracket(factor)]
            others = tuple(factor for factor in factors if not _is_bracket(factor))
            product: Form = ((coefficient, others),)
            for base, exponent in brackets:
                for _ in range(int(exponent)):
                    product = self._times(product, self._simplify.form(base))
                    if len(product) > _MOST_MULTIPLIED:
                        return None
            made += product
        return self._simplify.sum(made)

    def _times(self, form: Form, other: Form) -> Form:
        return tuple(chain.from_iterable(self._simplify.product([a, b]) for a in form for b in other))


def _ordered(form: Form) -> Form:
    """Each term as one writes 2·x·y·(x + 1)·sin(x): symbols by the alphabet, brackets of symbols, functions."""
    return tuple((c, tuple(sorted(factors, key=lambda factor: _rank(factor[0])))) for c, factors in form)


def _rank(base: Expression) -> tuple[int, str]:
    if not isinstance(base.head, Primitive):
        return (1, base.head) if isinstance(base.head, str) else (0, "")
    return (2 if is_sum(base) and _is_algebra(base) else 3), ""


def _denominator(form: Form) -> tuple[Factor, ...] | None:
    """What all terms divide by, None where a term has a base twice, as in x/x."""
    below: dict[Expression, Fraction] = {}
    for _, factors in form:
        if len({base for base, _ in factors}) < len(factors):
            return None
        for base, exponent in factors:
            if exponent < 0:
                below[base] = max(below.get(base, -exponent), -exponent)
    return tuple(below.items())


def _has_zero(form: Form) -> bool:
    """Whether there is a 0·f, which stands only for where f is not defined."""
    return any(coefficient == 0 for coefficient, _ in form)


def _common_factors(form: Form) -> tuple[Factor, ...]:
    if not form:
        return ()
    powers = [dict(factors) for _, factors in form]
    least = ((base, min(each.get(base, ZERO) for each in powers)) for base in powers[0])
    return tuple((base, exponent) for base, exponent in least if exponent > 0)


def _content(form: Form) -> Fraction:
    """The number that all coefficients are whole multiples of, negative where they all are."""
    found = [coefficient for coefficient, _ in form]
    size = Fraction(gcd(*(each.numerator for each in found)), lcm(*(each.denominator for each in found)))
    return -size if all(each < 0 for each in found) else size


def _number_last(form: Form) -> Form:
    """log(x) + 1 for 1 + log(x); 1 - x stays as it is."""
    if len(form) > 1 and not form[0][1] and all(coefficient > 0 for coefficient, _ in form):
        return (*form[1:], form[0])
    return form


def _leading(form: Form, bases: Iterable[Expression]) -> tuple[Fraction, tuple[Fraction, ...]]:
    """The coefficient and the exponents of the highest power of the first base, then of the second, and so on."""
    powers = ((coefficient, dict(factors)) for coefficient, factors in form)
    found = ((coefficient, tuple(each.get(base, ZERO) for base in bases)) for coefficient, each in powers)
    return max(found, key=lambda term: term[1])


def _is_bracket(factor: Factor) -> bool:
    base, exponent = factor
    return is_sum(base) and exponent.denominator == 1 and 0 < exponent <= _LARGEST_POWER


def _is_algebra(base: Expression) -> bool:
    nodes = postorder(base, lambda node: node.inputs)
    return all(node.head.name in _ALGEBRA for node in nodes if isinstance(node.head, Primitive))

"""Simplification: readable, and never wrong. Nothing here changes where a function is defined: x/x is not 1.

An expression is read as a sum of terms, each a coefficient times powers of what is not taken apart further, its
*bases*. Like terms and like factors are gathered there, and the sum is written as an expression again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from fractions import Fraction
from itertools import chain

from engine.autodiff.primitive import Primitive, Sign, Symmetry
from engine.symbolic import coefficients
from engine.symbolic.coefficients import ONE, ZERO
from engine.symbolic.domain import Domain, never_zero
from engine.symbolic.expression import Expression, apply, fold, number
from engine.symbolic.identities import circles, exponentials, roots, towers
from engine.symbolic.terms import Factor, Form, Term, is_sum, written_term

# Wider exponents are not worked out: their sums would be exact, but nobody could read them.
_WIDEST_EXPONENT = 10**9


def simplify(expression: Expression) -> Expression:
    """A readable expression of the same value, defined in the same places."""
    return Simplifier()(expression)


class Simplifier:
    """Simplifies expressions that share parts, each part once; what is known of their symbols `domain` says.

    `fractions`: 3·x/5 is written rather than 0.6·x.
    """

    def __init__(self, domain: Domain | None = None, fractions: bool = False) -> None:
        self._fractions = fractions
        self._domain = domain or Domain()
        self._forms: dict[Expression, Form] = {}
        self._sums: dict[frozenset[object], Expression] = {}
        self._nonzero: dict[tuple[Factor, ...], frozenset[Expression]] = {}

    def __call__(self, expression: Expression) -> Expression:
        return self.written(self.form(expression))

    def terms(self, expression: Expression) -> list[tuple[int, Expression]]:
        """The terms of a sum, as (+1 or -1, expression); one or none for anything else."""
        form = self.form(expression)
        return [(-1 if c < 0 else 1, self.written(((abs(c), factors),))) for c, factors in form]

    def split(self, expression: Expression, constant: Callable[[Expression], bool]) -> tuple[Expression, Expression]:
        """A product taken apart: what is `constant` in it, and the rest."""
        coefficient, factors = self.as_term(self.form(expression))
        fixed = tuple(factor for factor in factors if constant(factor[0]))
        moving = tuple(factor for factor in factors if not constant(factor[0]))
        return self.written(((coefficient, fixed),)), self.written(((ONE, moving),))

    # Reading: an expression as a sum of terms.

    def form(self, expression: Expression) -> Form:
        """The expression as a sum of terms, like ones gathered, defined in the same places."""
        return fold(expression, self._read, self._forms)

    def _read(self, node: Expression, forms: tuple[Form, ...]) -> Form:
        if isinstance(node.head, str):
            return _base(node)
        if isinstance(node.head, float):
            exact = coefficients.exact(node.head)
            return self.product([(exact, ())]) if exact is not None else self._inexact(node.head)
        match node.head.name:
            case "add":
                return self.sum(forms[0] + forms[1])
            case "sub":
                return self.sum(forms[0] + tuple((-c, factors) for c, factors in forms[1]))
            case "neg":
                return self.product([(-ONE, ()), self.as_term(forms[0])])
            case "mul":
                return self.product([self.as_term(form) for form in forms])
            case "div":
                return self.product([self.as_term(forms[0]), self.as_term(self._power(forms[1], -ONE))])
            case "pow":
                exponent = _constant(forms[1])
                return self._exponential(*forms) if exponent is None else self._power(forms[0], exponent)
            case _:
                return self._function(node.head, forms)

    def _inexact(self, value: float) -> Form:
        sign = ONE if value > 0.0 else -ONE
        return ((sign, ((number(abs(value)), ONE),)),)

    def as_term(self, form: Form) -> Term:
        """A form as one term: a sum of several becomes a base, the same one in whatever order."""
        if len(form) > 1:
            alike = frozenset((coefficient, frozenset(Counter(factors).items())) for coefficient, factors in form)
            return (ONE, ((self._sums.setdefault(alike, self.written(form)), ONE),))
        return form[0] if form else (ZERO, ())

    def _function(self, primitive: Primitive, forms: tuple[Form, ...]) -> Form:
        constants = [constant for form in forms if (constant := _constant(form)) is not None]
        if len(constants) == len(forms):
            folded = primitive.algebra.exact(*constants)
            if folded is not None:
                return self.product([(folded, ())])
        coefficient, factors = self.as_term(forms[0])
        symmetry = primitive.algebra.symmetry
        if coefficient < 0 and symmetry is not Symmetry.NONE:
            sign = -ONE if symmetry is Symmetry.ODD else ONE
            return self.product([(sign, ((apply(primitive, self.written(((-coefficient, factors),))), ONE),))])
        inputs = [self.written(form) for form in forms]
        inner = (primitive.name, inputs[0].head.name) if isinstance(inputs[0].head, Primitive) else None
        if inner == ("log", "exp") or (inner == ("exp", "log") and self._positive(inputs[0].inputs[0])):
            return self.form(inputs[0].inputs[0])
        if primitive.name == "log" and inputs[0] is number(math.e):
            return _base_free(ONE)
        return _base(apply(primitive, *inputs))

    def _positive(self, expression: Expression) -> bool:
        return self._domain.sign(expression) is Sign.POSITIVE

    # Powers and products.

    def _exponential(self, base: Form, exponent: Form) -> Form:
        """A power whose exponent is not a number."""
        foot, top = self.written(base), self.written(exponent)
        return _base(top.exp() if foot is number(math.e) else foot**top)

    def _power(self, form: Form, exponent: Fraction) -> Form:
        """(form)^exponent, the exponent drawn into the factors where that is the same function."""
        if exponent == 1:
            return form
        coefficient, factors = self.as_term(form)
        if exponent == 0:
            doubtful = tuple(factor for factor in factors if not self._domain.everywhere(*factor))
            return ((ONE, ((self.written(((ONE, doubtful),)), ZERO),)),) if doubtful else _base_free(ONE)
        scale = coefficients.power(coefficient, exponent)
        if coefficient == 1 and len(factors) == 1 and factors[0][1] == 1:
            return self.product([(ONE, ((factors[0][0], exponent),))])
        if exponent.denominator == 1 and scale is not None and all(self._can_raise(f, exponent) for f in factors):
            return self.product([(scale, tuple((base, inner * exponent) for base, inner in factors))])
        return ((ONE, ((self.written(form), exponent),)),)

    def _can_raise(self, factor: Factor, exponent: Fraction) -> bool:
        """Whether (b^inner)^exponent is b^(inner·exponent), the exponent whole: (1/x)^-1 is not x, defined at 0."""
        base, inner = factor
        product = inner * exponent
        return self._domain.needs_alike(base, product, (inner, exponent)) and _narrow(product)

    def product(self, terms: Iterable[Term], nonzero: Collection[Expression] = ()) -> Form:
        """The product of terms, like factors gathered; `nonzero` are bases known not to be 0 where this is used."""
        coefficient, exponents = ONE, dict[Expression, list[Fraction]]()
        for scale, factors in terms:
            product = coefficients.fitting(coefficient * scale)
            if product is None:  # beyond the floats: left standing as a factor
                exponents.setdefault(number(float(abs(scale))), []).append(ONE)
            coefficient = product if product is not None else coefficient * (-1 if scale < 0 else 1)
            for base, exponent in factors:
                exponents.setdefault(base, []).append(exponent)
        merged = [(base, e) for base, several in exponents.items() for e in self._merged(base, several, nonzero)]
        again = (
            roots(merged, self._domain, nonzero)
            or towers(merged, self._domain, nonzero, self)
            or exponentials(merged, self._domain, self)
        )
        if again is not None:
            left, other = again
            return self.product([(coefficient, tuple(left)), self.as_term(self.form(other))], nonzero)
        kept: list[Factor] = []
        for base, exponent in merged:
            folded = coefficients.folded(coefficient, base.head, exponent)
            if folded is None:
                kept.append((base, exponent))
            else:
                coefficient = folded
        if coefficient == 0:
            kept = [factor for factor in kept if not self._domain.everywhere(*factor)]
            return ((ZERO, tuple(kept)),) if kept else ()
        if abs(coefficient) == 1 and len(kept) == 1 and kept[0][1] == 1 and is_sum(kept[0][0]):
            form = self.form(kept[0][0])
            if coefficient == 1 or any(c < 0 for c, _ in form):  # 1 - x for -(x - 1), but -(x + 1)
                return tuple((coefficient * c, factors) for c, factors in form)
        return ((coefficient, tuple(kept)),)

    def _merged(self, base: Expression, several: list[Fraction], nonzero: Collection[Expression]) -> list[Fraction]:
        """The fewest exponents of one base that leave the product undefined in the same places."""
        if len(several) == 1:
            return several
        total = sum(several, ZERO)
        alike = self._domain.needs_alike(base, total, several, nonzero)
        if alike and (total or self._domain.facts(base).defined) and _narrow(total):
            return [total] if total else []
        merged = []
        for same in ([e for e in several if e > 0], [e for e in several if e < 0]):
            total = sum(same, ZERO)
            alike = all(e.denominator == 1 for e in same) or total.denominator != 1
            merged += [total] if same and alike else same
        return merged or [ZERO]

    # Sums.

    def sum(self, terms: Iterable[Term]) -> Form:
        """The sum of terms, like ones gathered, and what cancels or adds up to 1 taken out of it."""
        form = tuple(terms)
        shorter: Form | None = form
        while shorter is not None:
            form = self._gathered(shorter)
            shorter = self._cancelled(form)
            if shorter is None:
                shorter = circles(form, self._domain)
        return form

    def _gathered(self, terms: Iterable[Term]) -> Form:
        """The sum of terms, like ones gathered; a 0·f goes where f is defined everywhere."""
        gathered: dict[frozenset[tuple[Factor, int]], Term] = {}
        for coefficient, factors in self._spliced(terms):
            key = frozenset(Counter(factors).items())  # in any order, and x^(1/2)*x^(1/2) is not x^(1/2)
            if key in gathered:
                coefficient, factors = coefficients.tidy(gathered[key][0] + coefficient), gathered[key][1]
            gathered[key] = (coefficient, factors)
        forms = (self.product([term]) if term[0] == 0 else (term,) for term in gathered.values())
        return tuple(chain.from_iterable(forms))

    def _spliced(self, terms: Iterable[Term]) -> Iterator[Term]:
        """The terms, a sum among them taken apart."""
        for coefficient, factors in terms:
            if abs(coefficient) == 1 and len(factors) == 1 and factors[0][1] == 1 and is_sum(factors[0][0]):
                yield from ((coefficient * c, inner) for c, inner in self.form(factors[0][0]))
            else:
                yield coefficient, factors

    def _cancelled(self, form: Form) -> Form | None:
        """The sum with x/x made 1 where another part is undefined at x = 0 anyway, as in log(x) + x/x; or None."""
        if not any(_above_and_below(factors) for _, factors in form):
            return None
        known = Counter(base for _, factors in form for base in self._never_zero(factors))
        for index, (coefficient, factors) in enumerate(form):
            both = _above_and_below(factors)
            own = self._never_zero(factors)
            rest = self._never_zero(tuple(factor for factor in factors if factor[0] not in both))
            nonzero = {base for base in both if base in rest or known[base] > (base in own)}
            merged = self.product([(coefficient, factors)], nonzero)
            if merged != (form[index],):
                return (*form[:index], *merged, *form[index + 1 :])
        return None

    def _never_zero(self, factors: tuple[Factor, ...]) -> frozenset[Expression]:
        if factors not in self._nonzero:
            self._nonzero[factors] = frozenset(never_zero(written_term(ONE, factors)))
        return self._nonzero[factors]

    # Writing: a sum of terms as an expression.

    def written(self, form: Form) -> Expression:
        """The sum as an expression that begins with a term that is not taken away, if there is one."""
        if not form:
            return number(0.0)
        first = next((index for index, (coefficient, _) in enumerate(form) if coefficient > 0), 0)
        (sign, factors), *others = (form[first], *form[:first], *form[first + 1 :])
        made = written_term(sign, factors, self._fractions)
        for coefficient, factors in others:
            term = written_term(abs(coefficient), factors, self._fractions)
            made = made - term if coefficient < 0 else made + term
        self._forms.setdefault(made, form)
        return made


def _above_and_below(factors: tuple[Factor, ...]) -> set[Expression]:
    """The bases that are both multiplied and divided by."""
    above, below = ({base for base, exponent in factors if exponent * sign > 0} for sign in (1, -1))
    return above & below


def _base(expression: Expression) -> Form:
    return ((ONE, ((expression, ONE),)),)


def _base_free(coefficient: Fraction) -> Form:
    return ((coefficient, ()),)


def _constant(form: Form) -> Fraction | None:
    """The number a form is, None where it is not one."""
    if not form:
        return ZERO
    (coefficient, factors), *others = form
    return None if others or factors else coefficient


def _narrow(exponent: Fraction) -> bool:
    return abs(exponent) <= _WIDEST_EXPONENT

"""Derivatives by symbols, with the worked steps.

Four rules are written here: constants, sums, constant factors, and how the quotient rule is taught. All others are
those of the table of primitives, the ones Scalar uses, run on Expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from engine.autodiff.primitives import Primitive
from engine.symbolic.arrange import Arranger
from engine.symbolic.domain import Domain
from engine.symbolic.expression import (
    EXPRESSIONS,
    Expression,
    as_expression,
    decimals,
    fold,
    number,
    postorder,
    symbol,
)
from engine.symbolic.notes import Notes
from engine.symbolic.printing import FINE, MOST_NODES, PLAIN, TooLargeError
from engine.symbolic.simplify import Simplifier, simplify

_ZERO, _ONE = number(0.0), number(1.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One rule applied: to what, the derivative it gave in the end, and the line a person would write for it, as typed
    (`note`) and as on screen (`shown`).
    """

    rule: str
    of: Expression
    result: Expression
    note: str
    shown: str


@dataclass(frozen=True, slots=True)
class Differentiation:
    """A derivative, simplified, and the steps to it: first the whole, then its parts, last the result."""

    derivative: Expression
    steps: tuple[Step, ...]


def differentiate(expression: Expression, by: str) -> Differentiation:
    """d expression / d `by`, as a person would write it, wherever the expression is defined: of x/x it is 0.

    Raises ValueError for a `by` that cannot be a symbol, TooLargeError (a ValueError) for an expression or a derivative
    with more parts than anybody would read.
    """
    return _Differentiator(symbol(by), expression).differentiation()


@dataclass(frozen=True, slots=True)
class _Applied:
    """A rule applied: the derivative is `constant` plus the sum of each factor times the derivative of its part.

    `quotient` has f, g and g² where it is the quotient rule of two parts that change.
    """

    rule: str
    constant: Expression = _ZERO
    parts: tuple[tuple[Expression, Expression], ...] = ()
    quotient: tuple[Expression, Expression, Expression] | None = None

    def put_together(self, derivatives: Mapping[Expression, Expression]) -> Expression:
        """The derivative, with those of the parts given."""
        return sum((factor * derivatives[inner] for factor, inner in self.parts), self.constant)


class _Differentiator:
    """Differentiates with respect to one variable; a part that occurs many times is differentiated once."""

    def __init__(self, variable: Expression, expression: Expression):
        self._variable = variable
        self._moving: dict[Expression, bool] = {}
        self._expression = expression
        self._exact = simplify(_readable(expression))
        self._simplify = Simplifier(Domain(self._exact, self._moves), fractions=not decimals(expression))
        self._arrange = Arranger(self._simplify)
        self._applied: dict[Expression, _Applied] = {}
        self._derivatives: dict[Expression, Expression] = {}
        self._plain: dict[Expression, Expression] = {}

    def differentiation(self) -> Differentiation:
        f = self._simplify(self._exact)
        for part in postorder(_readable(f), self._parts):
            self._differentiated(part)
        return Differentiation(self._derivatives[f], tuple(self._steps(f)))

    def _differentiated(self, part: Expression) -> None:
        """The derivative of a part, from those of its parts as they are written, or as the rules gave them: what is
        arranged by itself may hide what a sum has in common.
        """
        applied = self._applied[part]
        found = [self._simplify(applied.put_together(parts)) for parts in (self._derivatives, self._plain)]
        if applied.quotient is not None:
            found.append(self._simplify(self._together(applied)))
        arranged = [self._arrange(each) for each in dict.fromkeys(found) if each.size <= MOST_NODES]
        if not arranged:
            raise TooLargeError(found[0])
        self._derivatives[part] = min(arranged, key=lambda each: each.size)
        self._plain[part] = found[1] if found[1].size <= MOST_NODES else self._derivatives[part]

    def _parts(self, f: Expression) -> Iterable[Expression]:
        # Asked from the whole down, so the dictionary keeps the order in which a person would write the steps.
        self._applied[f] = applied = self._apply(f)
        return [inner for _, inner in applied.parts]

    def _apply(self, f: Expression) -> _Applied:
        """The rule for f, which is simplified."""
        if self._is_constant(f):
            return _Applied("constant")
        if f is self._variable:
            return _Applied("variable", constant=_ONE)
        terms = self._simplify.terms(f)
        if len(terms) > 1:
            return _Applied("sum rule", parts=tuple((number(sign), term) for sign, term in terms))
        constant, rest = self._simplify.split(f, self._is_constant)
        if constant is not _ONE:
            return _Applied("constant factor", parts=((constant, rest),))
        return self._apply_table(f)

    def _apply_table(self, f: Expression) -> _Applied:
        """The rule of the table for the operation that f is."""
        assert isinstance(f.head, Primitive)
        moving = [index for index, entry in enumerate(f.inputs) if self._moves(entry)]
        slopes = [self._simplify(as_expression(f.head.rules[index](EXPRESSIONS, f.inputs, f))) for index in moving]
        factors = [(slope, f.inputs[index]) for slope, index in zip(slopes, moving, strict=True)]
        parts = tuple((factor, entry) for factor, entry in factors if factor is not _ZERO)
        title = f.head.title(moving[-1])
        if [entry for _, entry in parts] == [self._variable]:
            return _Applied(title, constant=parts[0][0])
        if f.head.name == "div" and len(moving) == 2:
            above, below = f.inputs
            return _Applied(title, parts=parts, quotient=(above, below, self._simplify(below**2)))
        chained = f.head.name not in ("mul", "div") and any(entry is not self._variable for _, entry in parts)
        return _Applied("chain rule" if chained else title, parts=parts)

    def _moves(self, f: Expression) -> bool:
        return fold(f, lambda node, inputs: node is self._variable or any(inputs), self._moving)

    def _is_constant(self, f: Expression) -> bool:
        return not self._moves(f)

    def _steps(self, f: Expression) -> Iterable[Step]:
        writers = [Notes(self._variable, style) for style in (PLAIN, FINE)]

        def step(rule: str, of: Expression, result: Expression, line: Callable[[Notes], str]) -> Step:
            return Step(rule, of, result, *map(line, writers))

        if f is not self._expression:
            where = "" if f is self._exact else " where it is defined"
            yield step("simplify", self._expression, f, lambda notes: notes.equal(self._expression, f) + where)
        for part, applied in self._applied.items():
            line = partial(self._line, part, applied)
            yield step(applied.rule, part, self._derivatives[part], line)
        if len(self._applied) > 1:
            derivative, together = self._derivatives[f], self._together(self._applied[f])
            yield step("together", f, derivative, lambda notes: notes.derivative(f, together))
            if together is not derivative:
                yield step("simplify", f, derivative, lambda notes: notes.equal(together, derivative))

    def _line(self, part: Expression, applied: _Applied, notes: Notes) -> str:
        if applied.quotient is not None:
            return notes.derivative(part, notes.quotient(*applied.quotient))
        return notes.derivative(part, notes.sum(applied.parts) if applied.parts else self._derivatives[part])

    def _together(self, applied: _Applied) -> Expression:
        """The rule of the whole with the derivatives of its parts put in, not simplified any further."""
        if applied.quotient is not None:
            above, below, square = applied.quotient
            rising, falling = (self._simplify(g * self._derivatives[f]) for f, g in ((above, below), (below, above)))
            return (rising - falling) / square
        return self._simplify(applied.put_together(self._derivatives))


def _readable(expression: Expression) -> Expression:
    if expression.size > MOST_NODES:
        raise TooLargeError(expression)
    return expression

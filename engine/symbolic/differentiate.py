"""Derivatives by symbols, with the worked steps.

Three rules are written here: constants, sums, constant factors. All others are those of the table of primitives, the
ones Scalar uses, run on Expressions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.autodiff.primitives import Primitive
from engine.symbolic.expression import (
    EXPRESSIONS,
    Expression,
    as_expression,
    fold,
    number,
    postorder,
    symbol,
)
from engine.symbolic.printing import MOST_NODES, PLAIN, Level, TooLargeError, Written, held, written
from engine.symbolic.simplify import Simplifier

_ZERO, _ONE = number(0.0), number(1.0)
_LONGEST_NOTE = 400  # nodes of one part of a note; a longer part is left out as "…"


@dataclass(frozen=True, slots=True)
class Step:
    """One rule applied: to what, the derivative it gave in the end, and the line a person would write for it."""

    rule: str
    of: Expression
    result: Expression
    note: str


@dataclass(frozen=True, slots=True)
class Differentiation:
    """A derivative, simplified, and the steps to it: first the whole, then its parts, last the result."""

    derivative: Expression
    steps: tuple[Step, ...]


def differentiate(expression: Expression, by: str) -> Differentiation:
    """d expression / d `by`. Raises ValueError for a `by` that cannot be a symbol, TooLargeError (a ValueError) for an
    expression or a derivative with more parts than anybody would read.
    """
    return _Differentiator(symbol(by)).differentiation(expression)


@dataclass(frozen=True, slots=True)
class _Applied:
    """A rule applied: the derivative is `constant` plus the sum of each factor times the derivative of its part."""

    rule: str
    constant: Expression = _ZERO
    parts: tuple[tuple[Expression, Expression], ...] = ()


class _Differentiator:
    """Differentiates with respect to one variable; a part that occurs many times is differentiated once."""

    def __init__(self, variable: Expression):
        self._variable = variable
        self._simplify = Simplifier()
        self._moving: dict[Expression, bool] = {}
        self._applied: dict[Expression, _Applied] = {}
        self._derivatives: dict[Expression, Expression] = {}
        self._written: dict[Expression, Written] = {}

    def differentiation(self, expression: Expression) -> Differentiation:
        f = self._simplify(_readable(expression))
        for part in postorder(_readable(f), self._parts):
            applied = self._applied[part]
            parts = (factor * self._derivatives[inner] for factor, inner in applied.parts)
            self._derivatives[part] = _readable(self._simplify(sum(parts, applied.constant)))
        return Differentiation(self._derivatives[f], tuple(self._steps(expression, f)))

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
        chained = f.head.name not in ("mul", "div") and any(entry is not self._variable for _, entry in parts)
        return _Applied("chain rule" if chained else title, parts=parts)

    def _moves(self, f: Expression) -> bool:
        return fold(f, lambda node, inputs: node is self._variable or any(inputs), self._moving)

    def _is_constant(self, f: Expression) -> bool:
        return not self._moves(f)

    def _steps(self, expression: Expression, f: Expression) -> Iterable[Step]:
        if f is not expression:
            yield Step("simplify", expression, f, f"{self._brief(expression)} = {self._brief(f)}")
        for part, applied in self._applied.items():
            yield Step(applied.rule, part, self._derivatives[part], f"{self._d(part)} = {self._right_side(applied)}")
        if len(self._applied) > 1:
            derivative = self._derivatives[f]
            yield Step("together", f, derivative, f"{self._d(f)} = {self._brief(derivative)}")

    def _right_side(self, applied: _Applied) -> str:
        if not applied.parts:
            return self._brief(applied.constant)
        return " + ".join(self._product(factor, inner) for factor, inner in applied.parts).replace("+ -", "- ")

    def _product(self, factor: Expression, inner: Expression) -> str:
        if factor.head in (1.0, -1.0):
            return ("-" if factor.head == -1.0 else "") + self._d(inner)
        return f"{self._brief(factor, Level.PRODUCT)} * {self._d(inner)}"

    def _d(self, inner: Expression) -> str:
        return f"d/d{self._variable.head} {self._brief(inner, Level.POWER)}"

    def _brief(self, expression: Expression, level: Level = Level.SUM) -> str:
        if expression.size > _LONGEST_NOTE:
            return "…"
        return held(written(expression, PLAIN, self._written), level)


def _readable(expression: Expression) -> Expression:
    if expression.size > MOST_NODES:
        raise TooLargeError(expression)
    return expression

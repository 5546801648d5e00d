"""The lines of the worked steps, as a person writes them on a board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.symbolic.expression import Expression
from engine.symbolic.printing import Level, Style, Written, held, written

_LONGEST = 400  # nodes of one part of a note; a longer part is left out as "…"


@dataclass(frozen=True, slots=True)
class Notes:
    """Writes lines about derivatives with respect to `variable`, with one sign of multiplication, that of the style."""

    variable: Expression
    style: Style
    _known: dict[Expression, Written] = field(default_factory=dict)

    def equal(self, left: Expression, right: Expression) -> str:
        """left = right."""
        return f"{self._brief(left)} = {self._brief(right)}"

    def derivative(self, of: Expression, found: Expression | str) -> str:
        """d/dx of = found."""
        return f"{self._d(of)} = {found if isinstance(found, str) else self._brief(found)}"

    def sum(self, parts: Iterable[tuple[Expression, Expression]]) -> str:
        """The sum of each factor times the derivative of its part."""
        return " + ".join(self._product(factor, inner) for factor, inner in parts).replace("+ -", "- ")

    def quotient(self, above: Expression, below: Expression, square: Expression) -> str:
        """The quotient rule: (g·f' - f·g')/g²."""
        rising, falling = self._product(below, above), self._product(above, below)
        return f"({rising} - {falling})/{self._brief(square, Level.POWER)}"

    def _product(self, factor: Expression, inner: Expression) -> str:
        if factor.head in (1.0, -1.0):
            return ("-" if factor.head == -1.0 else "") + self._d(inner)
        return f"{self._brief(factor, Level.PRODUCT)} {self.style.times} {self._d(inner)}"

    def _d(self, inner: Expression) -> str:
        return f"d/d{self.variable.head} {self._brief(inner, Level.POWER)}"

    def _brief(self, expression: Expression, level: Level = Level.SUM) -> str:
        if expression.size > _LONGEST:
            return "…"
        return held(written(expression, self.style, self._known), level)

"""Expressions in writing: as `formula.parse` reads them back, and for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from engine.autodiff.primitives import Primitive
from engine.symbolic.expression import CONSTANTS, SHOWN, Expression, fold

MOST_NODES = 50_000
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


class TooLargeError(ValueError):
    """An expression with more nodes than anybody would read."""

    def __init__(self, expression: Expression):
        nodes = expression.size
        super().__init__(f"the formula has {nodes if nodes < 10**9 else f'over {10**9}'} parts; at most {MOST_NODES}")


class Level(IntEnum):
    """How tightly something written holds together; what is too loose for its place gets parentheses."""

    SUM = 1
    PRODUCT = 2
    SIGN = 3
    POWER = 4
    ATOM = 5


Written = tuple[str, Level]


@dataclass(frozen=True, slots=True)
class Style:
    """The sign of a product, names that are written otherwise, and whether whole powers are raised."""

    times: str
    names: Mapping[str, str]
    raised: bool


PLAIN = Style("*", {}, raised=False)
FINE = Style("·", SHOWN, raised=True)


def text(expression: Expression) -> str:
    """The formula as on a board, in ASCII; `formula.parse` reads it back. Raises TooLargeError."""
    return written(expression, PLAIN)[0]


def pretty(expression: Expression) -> str:
    """The formula for the screen: σ(x)·(1 - σ(x)), x². `formula.parse` reads this too. Raises TooLargeError."""
    return written(expression, FINE)[0]


def written(expression: Expression, style: Style, known: dict[Expression, Written] | None = None) -> Written:
    """The formula and how tightly it holds together; `known` keeps what was written in this style.

    Raises TooLargeError.
    """
    if expression.size > MOST_NODES:
        raise TooLargeError(expression)

    def visit(node: Expression, inputs: tuple[Written, ...]) -> Written:
        if isinstance(node.head, Primitive):
            return _operation(node.head.name, inputs, style)
        return (node.head, Level.ATOM) if isinstance(node.head, str) else _number(node.head, style)

    return fold(expression, visit, known)


def held(entry: Written, level: Level) -> str:
    """In parentheses unless it holds together as tightly as `level`."""
    return entry[0] if entry[1] >= level else f"({entry[0]})"


def _operation(name: str, inputs: tuple[Written, ...], style: Style) -> Written:
    match name:
        case "add" | "sub":
            sign = "+" if name == "add" else "-"
            return f"{held(inputs[0], Level.SUM)} {sign} {_right(inputs[1], Level.PRODUCT)}", Level.SUM
        case "mul" | "div":
            sign = style.times if name == "mul" else "/"
            return f"{held(inputs[0], Level.PRODUCT)}{sign}{_right(inputs[1], Level.POWER)}", Level.PRODUCT
        case "neg":
            return f"-{held(inputs[0], Level.POWER)}", Level.SIGN
        case "pow":
            base, (exponent, _) = held(inputs[0], Level.ATOM), inputs[1]
            if style.raised and exponent.isdecimal():
                return base + exponent.translate(str.maketrans("0123456789", SUPERSCRIPTS)), Level.POWER
            return f"{base}^{held(inputs[1], Level.POWER)}", Level.POWER
    return f"{style.names.get(name, name)}({', '.join(entry for entry, _ in inputs)})", Level.ATOM


def _right(entry: Written, level: Level) -> str:
    """The right side of an operation, where a sign in front needs parentheses whatever follows it: x + (-2*y)."""
    return f"({entry[0]})" if entry[0].startswith("-") else held(entry, level)


def _number(value: float, style: Style) -> Written:
    name = next((name for name, constant in CONSTANTS.items() if abs(value) == constant), None)
    digits = style.names.get(name, name) if name else repr(abs(value)).removesuffix(".0")
    return (f"-{digits}", Level.SIGN) if value < 0.0 else (digits, Level.ATOM)

"""Where an expression is defined, and what sign it has there: what a simplification must know before it drops a part.

Sound, not complete: what is claimed holds for all values of the symbols; much that holds is not claimed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from engine.expression import Expression, fold, postorder
from engine.primitives import Primitive


class Sign(IntEnum):
    """What is known of the sign, wherever the expression is defined."""

    ANY = 0
    NONNEGATIVE = 1
    POSITIVE = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """Whether an expression is defined everywhere, and its sign."""

    defined: bool
    sign: Sign


def facts(expression: Expression, known: dict[Expression, Facts] | None = None) -> Facts:
    """What is known of `expression`; `known` keeps what was found of its parts."""
    return fold(expression, _visit, known)


def _visit(node: Expression, inputs: tuple[Facts, ...]) -> Facts:
    if isinstance(node.head, str):
        return Facts(True, Sign.ANY)
    if isinstance(node.head, float):
        return Facts(True, Sign.POSITIVE if node.head > 0.0 else Sign.ANY if node.head < 0.0 else Sign.NONNEGATIVE)
    signs = tuple(entry.sign for entry in inputs)
    defined = all(entry.defined for entry in inputs) and _defined_here(node, signs)
    return Facts(defined, _sign(node.head, node, signs))


def _defined_here(node: Expression, signs: tuple[Sign, ...]) -> bool:
    match node.head:
        case Primitive(name="log"):
            return signs[0] is Sign.POSITIVE
        case Primitive(name="sqrt"):
            return signs[0] >= Sign.NONNEGATIVE
        case Primitive(name="div"):
            return signs[1] is Sign.POSITIVE or _number(node.inputs[1]) not in (None, 0.0)
        case Primitive(name="pow"):
            exponent = _number(node.inputs[1])
            least = Sign.ANY if exponent is not None and exponent.is_integer() else Sign.NONNEGATIVE
            return signs[0] is Sign.POSITIVE or (exponent is not None and exponent >= 0.0 and signs[0] >= least)
    return True


def _sign(primitive: Primitive, node: Expression, signs: tuple[Sign, ...]) -> Sign:
    match primitive.name:
        case "add":
            return max(signs) if min(signs) >= Sign.NONNEGATIVE else Sign.ANY
        case "mul" | "div":
            return min(signs)
        case "pow":
            exponent = _number(node.inputs[1])
            even = exponent is not None and exponent % 2.0 == 0.0
            return max(signs[0], Sign.NONNEGATIVE) if even else signs[0]
        case "exp" | "sigmoid":
            return Sign.POSITIVE
        case "sqrt":
            return max(signs[0], Sign.NONNEGATIVE)
        case "relu" | "step" | "lt" | "le" | "eq":
            return Sign.NONNEGATIVE
    return Sign.ANY


def never_zero(expression: Expression) -> Iterator[Expression]:
    """Expressions that are not 0 wherever `expression` is defined: what it divides by and takes logarithms of."""
    for node in postorder(expression, lambda node: node.inputs):
        match node.head:
            case Primitive(name="log"):
                yield from _factors(node.inputs[0])
            case Primitive(name="div"):
                yield from _factors(node.inputs[1])


def _factors(expression: Expression) -> Iterator[Expression]:
    """`expression` and its factors: where a product or a power is not 0, none of them is."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        match node.head:
            case Primitive(name="mul"):
                waiting.extend(node.inputs)
            case Primitive(name="neg" | "div"):
                waiting.append(node.inputs[0])
            case Primitive(name="pow") if (_number(node.inputs[1]) or 0.0) > 0.0:
                waiting.append(node.inputs[0])


def _number(expression: Expression) -> float | None:
    return expression.head if isinstance(expression.head, float) else None

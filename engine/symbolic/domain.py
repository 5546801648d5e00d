"""Where an expression is defined, and what sign it has there: what a simplification must know before it drops a part.

Sound, not complete: what is claimed holds for all values of the symbols; much that holds is not claimed.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.autodiff.primitive import Facts, Primitive, Sign
from engine.symbolic.expression import Expression, fold, postorder


def facts(expression: Expression, known: dict[Expression, Facts] | None = None) -> Facts:
    """What is known of `expression`; `known` keeps what was found of its parts."""
    return fold(expression, _visit, known)


def _visit(node: Expression, inputs: tuple[Facts, ...]) -> Facts:
    if isinstance(node.head, str):
        return Facts(True, Sign.ANY)
    if isinstance(node.head, float):
        sign = Sign.POSITIVE if node.head > 0.0 else Sign.ANY if node.head < 0.0 else Sign.NONNEGATIVE
        return Facts(True, sign, node.head)
    algebra = node.head.algebra
    return Facts(all(entry.defined for entry in inputs) and algebra.defined(*inputs), algebra.sign(*inputs))


def never_zero(expression: Expression) -> Iterator[Expression]:
    """Expressions that are not 0 wherever `expression` is defined: what it divides by and takes logarithms of."""
    for node in postorder(expression, lambda node: node.inputs):
        if isinstance(node.head, Primitive):
            for index in node.head.algebra.nonzero:
                yield from _factors(node.inputs[index])


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

"""Where an expression is defined, and what sign it has there: what a simplification must know before it drops a part.

Sound, not complete: what is claimed holds for all values of the symbols; much that holds is not claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from fractions import Fraction

from engine.autodiff.primitive import Facts, Primitive, Sign
from engine.symbolic.expression import EXPRESSIONS, Expression, fold, postorder


class Domain:
    """What is known of expressions for all values of their symbols; with `where`, for those at which `where` is
    defined, and differentiable in the symbols that `moves` says of an expression whether it has.
    """

    def __init__(self, where: Expression | None = None, moves: Callable[[Expression], bool] = lambda _: False):
        self._nonzero = frozenset() if where is None else frozenset(never_zero(where))
        self._facts = {} if where is None else _where_defined(where, self._nonzero, moves)
        self._roots = frozenset() if where is None else _continuous_roots(where)

    def facts(self, base: Expression) -> Facts:
        """What is known of an expression."""
        return facts(base, self._facts)

    def sign(self, base: Expression) -> Sign:
        """What is known of its sign."""
        return self.facts(base).sign

    def needs_nonnegative(self, base: Expression, exponent: Fraction) -> bool:
        """Whether base^exponent needs base >= 0, beyond what is known of it anyway."""
        return exponent.denominator != 1 and self.sign(base) < Sign.NONNEGATIVE

    def needs_nonzero(self, base: Expression, exponent: Fraction, nonzero: Collection[Expression] = ()) -> bool:
        """Whether base^exponent needs base not 0, beyond what is known of it anyway; `nonzero` are not 0 where this is
        asked.
        """
        divides = exponent < 0 and base not in nonzero and base not in self._nonzero
        return divides and self.sign(base) is not Sign.POSITIVE

    def needs_alike(
        self, base: Expression, exponent: Fraction, several: Collection[Fraction], nonzero: Collection[Expression] = ()
    ) -> bool:
        """Whether base^exponent needs what the powers of `base` by `several` exponents need together."""
        real = any(self.needs_nonnegative(base, each) for each in several)
        divides = any(self.needs_nonzero(base, each, nonzero) for each in several)
        return self.needs_nonnegative(base, exponent) == real and self.needs_nonzero(base, exponent, nonzero) == divides

    def cancels(self, root: Expression, nonzero: Collection[Expression] = ()) -> bool:
        """Whether u/√u is √u where this is asked: where u is not 0, and in the slope of a function that has √u and no
        jump, as its slope at u = 0 is what its slopes beside it come to.
        """
        under = root.inputs[0]
        divides = (self.needs_nonzero(base, Fraction(-1), nonzero) for base in (under, root))
        return root in self._roots or not all(divides)

    def everywhere(self, base: Expression, exponent: Fraction) -> bool:
        """Whether base^exponent is defined everywhere."""
        needed = self.needs_nonnegative(base, exponent) or self.needs_nonzero(base, exponent)
        return self.facts(base).defined and not needed


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
            for base in node.head.algebra.nonzero(EXPRESSIONS, *node.inputs):
                yield from _factors(base)


def _continuous_roots(where: Expression) -> frozenset[Expression]:
    """The square roots in an expression, none where it may jump."""
    nodes = postorder(where, lambda node: node.inputs)
    rows = {node: node.head for node in nodes if isinstance(node.head, Primitive)}
    jumps = any(row.jumps for row in rows.values())
    return frozenset() if jumps else frozenset(node for node, row in rows.items() if row.name == "sqrt")


def _where_defined(
    where: Expression, nonzero: Collection[Expression], moves: Callable[[Expression], bool]
) -> dict[Expression, Facts]:
    """What is known of the parts of an expression where it is defined, and each of its parts with it."""
    nodes = postorder(where, lambda node: node.inputs)
    least = dict[Expression, Sign]()
    known = _forward(nodes, least)
    for node in reversed(nodes):
        sign = max(least.get(node, Sign.ANY), known[node].sign)
        if sign is Sign.NONNEGATIVE and node in nonzero:
            sign = Sign.POSITIVE
        least[node] = sign
        for entry, needed in _implied(node, sign, known, moves):
            least[entry] = max(least.get(entry, Sign.ANY), needed)
    return _forward(nodes, least)


def _forward(nodes: list[Expression], least: dict[Expression, Sign]) -> dict[Expression, Facts]:
    """The facts of nodes that are all defined, inputs first, of signs that are known to be `least`."""
    known = dict[Expression, Facts]()
    for node in nodes:
        found = _visit(node, tuple(known[entry] for entry in node.inputs))
        known[node] = Facts(True, max(found.sign, least.get(node, Sign.ANY)), found.number)
    return known


def _implied(
    node: Expression, sign: Sign, known: dict[Expression, Facts], moves: Callable[[Expression], bool]
) -> Iterator[tuple[Expression, Sign]]:
    """What signs the inputs have where `node` is defined and of this sign."""
    if not isinstance(node.head, Primitive):
        return
    first, last = node.inputs[0], node.inputs[-1]
    match node.head.name:
        case "log":
            yield first, Sign.POSITIVE
        case "sqrt":
            yield first, max(sign, Sign.NONNEGATIVE)
        case "mul":
            if known[first].sign is Sign.POSITIVE:
                yield last, sign
            if known[last].sign is Sign.POSITIVE:
                yield first, sign
        case "div" if known[last].sign is Sign.POSITIVE:
            yield first, sign
        case "pow":
            exponent = known[last].number
            if moves(last):  # x^x is defined at -1 and -2 too, but has no slope there
                yield first, Sign.POSITIVE
            elif exponent is not None and not exponent.is_integer():
                yield first, Sign.POSITIVE if exponent < 0.0 else max(sign, Sign.NONNEGATIVE)
            elif exponent is not None and exponent % 2.0 == 1.0:
                yield first, sign


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

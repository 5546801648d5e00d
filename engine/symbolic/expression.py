"""Expression: a formula kept as the operations that make it, ready to be run in any reading.

It stands beside Scalar: a Scalar runs a program once and remembers the numbers, an Expression keeps the program itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import numpy as np

from engine.autodiff import scalar
from engine.autodiff.methods import Methods, attach
from engine.autodiff.primitives import COLUMNS, TABLE, Primitive
from engine.autodiff.scalar import Scalar
from engine.replay import graph
from engine.replay.graph import Recorded
from engine.replay.program import Array

Node = TypeVar("Node")
Found = TypeVar("Found")

# How symbols are written: letters, Greek ones too but for π, then digits and _; with dots, as the parameters of models
# have them.
_LETTERS = r"A-Za-z\u0370-\u03bf\u03c1-\u03ff"
NAME = rf"[{_LETTERS}][{_LETTERS}0-9_]*(?:\.[{_LETTERS}][{_LETTERS}0-9_]*)*"
CONSTANTS: dict[str, float] = {"pi": math.pi, "e": math.e}
# What is written with a sign, by the sign and the number of inputs; all other operations are written as calls.
SIGNS: dict[tuple[str, int], Primitive] = {(row.sign, row.arity): row for row in TABLE if row.sign}
FUNCTIONS: dict[str, Primitive] = {row.name: row for row in TABLE if not row.sign}
SHOWN: dict[str, str] = {**{row.name: row.shown for row in FUNCTIONS.values()}, "pi": "π"}
"""How names are written on screen."""
ALIASES: dict[str, str] = {
    **{shown: name for name, shown in SHOWN.items() if shown != name},
    **{alias: row.name for row in TABLE for alias in row.names.aliases},
}


@dataclass(frozen=True, slots=True, eq=False, repr=False, weakref_slot=True)
class Expression(Methods["Expression"]):
    """A number, a symbol, or an operation on expressions. Made by `number`, `symbol` and operators, never by hand.

    `head` is the number, the symbol's name or the primitive; `size` counts the nodes as written. Expressions that are
    written alike are one object, so == asks whether they are; order comparisons return an Expression, as with Scalars.
    """

    head: float | str | Primitive
    inputs: tuple[Expression, ...]
    size: int

    def __repr__(self) -> str:
        name = self.head.name if isinstance(self.head, Primitive) else self.head
        return f"Expression({name}, {self.size} nodes)"

    def __bool__(self) -> bool:
        raise TypeError("an expression has no value to branch on: its formula would hold for one branch only")

    __eq__ = object.__eq__
    __hash__ = object.__hash__


_THE: WeakValueDictionary[tuple[Any, ...], Expression] = WeakValueDictionary()


def _the(head: float | str | Primitive, *inputs: Expression) -> Expression:
    """The one expression of this head and these inputs."""
    key = (head.name if isinstance(head, Primitive) else head, *inputs)
    found = _THE.get(key)
    if found is None:
        found = _THE[key] = Expression(head, inputs, 1 + sum(entry.size for entry in inputs))
    return found


def number(value: float) -> Expression:
    """A number. Raises ValueError for one that is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number to calculate with")
    return _the(float(value) + 0.0)  # -0.0 is written 0, so it is 0


def symbol(name: str) -> Expression:
    """A symbol. Raises ValueError for a name that a formula could not use: not a name, or taken (`sin`, `pi`)."""
    taken = name in FUNCTIONS or name in CONSTANTS or name in ALIASES
    if taken or not re.fullmatch(NAME, name):
        raise ValueError(f"{name!r} cannot name a symbol")
    return _the(name)


def apply(primitive: Primitive, *inputs: Expression | float) -> Expression:
    """The expression `primitive` of `inputs`, as written: nothing is simplified except the minus of a number."""
    entries = [as_expression(entry) for entry in inputs]
    if primitive.name == "neg" and isinstance(entries[0].head, float):
        return number(-entries[0].head)
    return _the(primitive, *entries)


def as_expression(entry: Expression | float) -> Expression:
    """The same, a number made an expression."""
    return entry if isinstance(entry, Expression) else number(entry)


attach(Expression, apply, Expression)
EXPRESSIONS = SimpleNamespace(**{primitive.name: partial(apply, primitive) for primitive in TABLE})
"""The operations on Expressions, the namespace in which the rules of the table give formulas."""


def postorder(
    root: Node, inputs_of: Callable[[Node], Iterable[Node]], known: Container[Node] = frozenset()
) -> list[Node]:
    """Every node below `root`, once, inputs before what uses them, `root` last; nothing that is `known`, nor below it.

    `inputs_of` is asked once for each node, from the root down, leftmost first.
    """
    order: list[Node] = []
    seen: set[Node] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, inputs_done = stack.pop()
        if inputs_done:
            order.append(node)
        elif node not in seen and node not in known:
            seen.add(node)
            stack.append((node, True))
            stack.extend((entry, False) for entry in reversed(tuple(inputs_of(node))))
    return order


def fold(
    expression: Expression,
    visit: Callable[[Expression, tuple[Found, ...]], Found],
    known: dict[Expression, Found] | None = None,
) -> Found:
    """What `visit(node, found for its inputs)` gives for the whole, each node visited once and kept in `known`."""
    found = {} if known is None else known
    if expression in found:  # the usual case where much is shared
        return found[expression]
    for node in postorder(expression, lambda node: node.inputs, found):
        found[node] = visit(node, tuple(found[entry] for entry in node.inputs))
    return found[expression]


def value(expression: Expression, values: Mapping[str, float]) -> float:
    """The value where the symbols have `values`. Raises KeyError for a symbol that is not among them, and whatever
    the operations raise on floats: ValueError, ZeroDivisionError, OverflowError.
    """

    def visit(node: Expression, inputs: tuple[float, ...]) -> float:
        if isinstance(node.head, Primitive):
            return node.head.value(*inputs)
        return values[node.head] if isinstance(node.head, str) else node.head

    return fold(expression, visit)


def columns(expression: Expression, values: Mapping[str, Array]) -> Array:
    """The values where the symbols have columns of `values`, of their common shape; not finite where undefined."""

    def visit(node: Expression, inputs: tuple[Any, ...]) -> Any:
        if isinstance(node.head, Primitive):
            return getattr(COLUMNS, node.head.name)(*inputs)
        return values[node.head] if isinstance(node.head, str) else np.float64(node.head)

    with np.errstate(all="ignore"):
        found = fold(expression, visit)
    return np.array(np.broadcast_to(found, np.broadcast_shapes(np.shape(found), *map(np.shape, values.values()))))


def build(expression: Expression, leaves: Mapping[str, Scalar | float]) -> Scalar | float:
    """The expression run with Scalars as its symbols: autodiff and the trace work on the result.

    A symbol may be a number too: then nothing is differentiated with respect to it. A part without Scalars is a plain
    number, and so is the result if there are none. Raises as `value`.
    """

    apply = graph.apply if any(isinstance(leaf, Recorded) for leaf in leaves.values()) else scalar.apply

    def visit(node: Expression, inputs: tuple[Scalar | float, ...]) -> Scalar | float:
        if isinstance(node.head, Primitive):
            constant = not any(isinstance(entry, Scalar) for entry in inputs)
            return node.head.value(*inputs) if constant else apply(node.head, *inputs)
        return leaves[node.head] if isinstance(node.head, str) else node.head

    return fold(expression, visit)


def size(expression: Expression) -> int:
    """How many numbers, symbols and operations there are as written: what is shared counts each time."""
    return expression.size


def decimals(expression: Expression) -> bool:
    """Whether there is a number in it that is not whole, other than π and e."""
    numbers = (node.head for node in postorder(expression, lambda node: node.inputs) if isinstance(node.head, float))
    return any(not head.is_integer() and abs(head) not in CONSTANTS.values() for head in numbers)


def symbols(expression: Expression) -> tuple[str, ...]:
    """The names in the expression, in order of appearance."""
    order = postorder(expression, lambda node: node.inputs)
    return tuple(node.head for node in order if isinstance(node.head, str))

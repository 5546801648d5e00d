"""Why floats give an expression no value at a place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import Enum

from engine.autodiff.primitive import Primitive
from engine.symbolic.expression import Expression, postorder


class Lack(Enum):
    """Why there is no number: the mathematics has none, or a number on the way is none that a float could hold."""

    UNDEFINED = "not defined"
    OVERFLOW = "overflow"
    UNDERFLOW = "underflow"


def lack(expression: Expression, values: Mapping[str, float]) -> Lack | None:
    """Why the expression has no finite value where the symbols have `values`; None where it has one."""
    found: dict[Expression, float] = {}
    vanished: set[Expression] = set()
    for node in postorder(expression, lambda node: node.inputs):
        if not isinstance(node.head, Primitive):
            found[node] = values[node.head] if isinstance(node.head, str) else node.head
            continue
        inputs = [found[entry] for entry in node.inputs]
        gone = any(entry in vanished for entry in node.inputs)
        try:
            found[node] = node.head.value(*inputs)
        except OverflowError:
            return Lack.OVERFLOW
        except (ValueError, ZeroDivisionError):
            if not all(map(math.isfinite, inputs)):
                return Lack.OVERFLOW
            return Lack.UNDERFLOW if gone else Lack.UNDEFINED
        if found[node] == 0.0 and (gone or vanishes(node.head, inputs, found[node])):
            vanished.add(node)
    return None if math.isfinite(found[expression]) else Lack.OVERFLOW


def vanishes(primitive: Primitive, inputs: Sequence[float], out: float) -> bool:
    """Whether the value is 0 only because what it should be is too small for a float."""
    return out == 0.0 and primitive.algebra.never_zero and all(inputs) and all(map(math.isfinite, inputs))

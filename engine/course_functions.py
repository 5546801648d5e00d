"""The functions that the course's tests try, over a namespace of operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.autodiff import operators

# The place of a jump or a pole is written as a fraction: hypothesis tries every float it finds in the source, and there
# no central difference agrees with the rule.
_ONE: dict[str, Callable[..., Any]] = {
    "addConstant": lambda ops, a: 5 + a,
    "complex": lambda ops, a: ops.log(ops.sigmoid(ops.relu(ops.relu(a * 10 + 7) * 6 + 5) * 10)) / 50,
    "cube": lambda ops, a: a * a * a,
    "div": lambda ops, a: a / 5,
    "exp": lambda ops, a: ops.exp(a - 200),
    "explog": lambda ops, a: ops.log(a + 100000) + ops.exp(a - 200),
    "inv": lambda ops, a: ops.inv(a + 7 / 2),
    "log": lambda ops, a: ops.log(a + 100000),
    "multConstant": lambda ops, a: 5 * a,
    "neg": lambda ops, a: -a,
    "relu": lambda ops, a: ops.relu(a + 11 / 2),
    "sig": lambda ops, a: ops.sigmoid(a),
    "square": lambda ops, a: a * a,
    "subConstant": lambda ops, a: a - 5,
}
_TWO: dict[str, Callable[..., Any]] = {
    "add2": lambda ops, a, b: a + b,
    "div2": lambda ops, a, b: a / (b + 11 / 2),
    "eq2": lambda ops, a, b: ops.eq(a, b + 11 / 2),
    "gt2": lambda ops, a, b: ops.lt(b, a + 6 / 5),
    "lt2": lambda ops, a, b: ops.lt(a + 6 / 5, b),
    "mul2": lambda ops, a, b: a * b,
}
_KINDS: tuple[dict[str, Callable[..., Any]], ...] = (_ONE, _TWO, {})  # the third, of a list, only Module 2 tries


@dataclass
class MathTests:
    """The functions by their number of arguments, each with its name; `ops` is what they are tried on."""

    ops: Any

    def _tests(self) -> tuple[list[Any], ...]:
        return tuple([(name, partial(f, self.ops)) for name, f in kind.items()] for kind in _KINDS)

    def _comp_testing(self) -> tuple[list[Any], ...]:
        return tuple(
            [(name, partial(f, operators), partial(f, self.ops)) for name, f in kind.items()] for kind in _KINDS
        )

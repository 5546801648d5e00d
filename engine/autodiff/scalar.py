"""Scalar: a float that remembers how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.autodiff.methods import Methods, attach
from engine.autodiff.primitives import PRIMITIVES, Primitive

Operand = Any  # a Scalar, an int or a float; anything else makes an operator answer NotImplemented


class Scalar(Methods["Scalar"]):
    """A float with its history: the operation that made it and that operation's inputs.

    A Scalar made from a number is a leaf (`primitive` is None). Inputs that were plain numbers stay plain numbers, so
    a constant is never differentiated. Values and histories are never changed after construction, and lead only from
    a Scalar to what it was made of: what nobody holds any more is gone at once. There is no `__float__` on purpose:
    `math.log(scalar)` must fail rather than lose the derivative.

    `depth` is 0 for a leaf and 1 more than that of the deepest input otherwise: who walks from depth to depth meets
    every Scalar after all that were made of it. `left` and `right` are the inputs, None where there is none;
    `left_slope` and `right_slope` the derivatives in them where + - · and the sign noted them down on the way. Of
    every other operation, and in a constant, they are None.

    The four commonest operations are written out below; all others are the methods of the table (`Methods` says which).
    """

    __slots__ = ("depth", "left", "left_slope", "primitive", "right", "right_slope", "value")

    value: float
    primitive: Primitive | None
    left: Any
    right: Any
    left_slope: float | None
    right_slope: float | None
    depth: int

    def __init__(self, value: float):
        self.value = float(value)
        self.primitive = self.left = self.right = self.left_slope = self.right_slope = None
        self.depth = 0

    @property
    def inputs(self) -> tuple[Scalar | float, ...]:
        """What the operation was applied to, in order; () for a leaf."""
        if self.primitive is None:
            return ()
        return (self.left,) if self.right is None else (self.left, self.right)

    def __repr__(self) -> str:
        made = f", {self.primitive.name}" if self.primitive else ""
        return f"Scalar({self.value!r}{made})"

    def __bool__(self) -> bool:
        return bool(self.value)

    # Comparisons answer Scalars, so equality cannot serve for look-up: a Scalar is hashed by what it is, not its value.
    __hash__ = object.__hash__

    if TYPE_CHECKING:

        def __eq__(self, other: Operand) -> Scalar: ...  # type: ignore[override]

    # Each of these with its derivatives: by way of the table they would take several times as long.
    # tests/engine/autodiff/test_scalar.py holds them to their rows.

    def __neg__(self) -> Scalar:
        made = _new(Scalar)
        made.primitive, made.left, made.right = _NEG, self, None
        made.value = -self.value
        made.left_slope, made.right_slope = -1.0, None
        made.depth = self.depth + 1
        return made

    def __add__(self, other: Operand) -> Scalar:
        made = _new(Scalar)
        made.primitive, made.left, made.right = _ADD, self, other
        if type(other) is Scalar:
            made.value = self.value + other.value
            made.left_slope, made.right_slope = 1.0, 1.0
            made.depth = (self.depth if self.depth > other.depth else other.depth) + 1
        elif type(other) is float or type(other) is int:
            made.value = self.value + other
            made.left_slope, made.right_slope = 1.0, None
            made.depth = self.depth + 1
        else:
            return apply(_ADD, self, other) if _is_operand(other) else NotImplemented
        return made

    def __radd__(self, other: Operand) -> Scalar:
        if type(other) is not float and type(other) is not int:
            return apply(_ADD, other, self) if _is_operand(other) else NotImplemented
        made = _new(Scalar)
        made.primitive, made.left, made.right = _ADD, other, self
        made.value = other + self.value
        made.left_slope, made.right_slope = None, 1.0
        made.depth = self.depth + 1
        return made

    def __sub__(self, other: Operand) -> Scalar:
        made = _new(Scalar)
        made.primitive, made.left, made.right = _SUB, self, other
        if type(other) is Scalar:
            made.value = self.value - other.value
            made.left_slope, made.right_slope = 1.0, -1.0
            made.depth = (self.depth if self.depth > other.depth else other.depth) + 1
        elif type(other) is float or type(other) is int:
            made.value = self.value - other
            made.left_slope, made.right_slope = 1.0, None
            made.depth = self.depth + 1
        else:
            return apply(_SUB, self, other) if _is_operand(other) else NotImplemented
        return made

    def __rsub__(self, other: Operand) -> Scalar:
        if type(other) is not float and type(other) is not int:
            return apply(_SUB, other, self) if _is_operand(other) else NotImplemented
        made = _new(Scalar)
        made.primitive, made.left, made.right = _SUB, other, self
        made.value = other - self.value
        made.left_slope, made.right_slope = None, -1.0
        made.depth = self.depth + 1
        return made

    def __mul__(self, other: Operand) -> Scalar:
        made = _new(Scalar)
        made.primitive, made.left, made.right = _MUL, self, other
        if type(other) is Scalar:
            made.value = self.value * other.value
            made.left_slope, made.right_slope = other.value, self.value
            made.depth = (self.depth if self.depth > other.depth else other.depth) + 1
        elif type(other) is float or type(other) is int:
            made.value = self.value * other
            made.left_slope, made.right_slope = other, None
            made.depth = self.depth + 1
        else:
            return apply(_MUL, self, other) if _is_operand(other) else NotImplemented
        return made

    def __rmul__(self, other: Operand) -> Scalar:
        if type(other) is not float and type(other) is not int:
            return apply(_MUL, other, self) if _is_operand(other) else NotImplemented
        made = _new(Scalar)
        made.primitive, made.left, made.right = _MUL, other, self
        made.value = other * self.value
        made.left_slope, made.right_slope = None, other
        made.depth = self.depth + 1
        return made


def apply(primitive: Primitive, *inputs: Scalar | float) -> Scalar:
    """The Scalar that `primitive` makes of `inputs`, remembering both."""
    made = _new(Scalar)
    made.value = float(primitive.value(*[entry.value if isinstance(entry, Scalar) else entry for entry in inputs]))
    made.primitive, made.left, made.right = primitive, inputs[0], inputs[1] if len(inputs) > 1 else None
    made.left_slope = made.right_slope = None
    made.depth = max([entry.depth for entry in inputs if isinstance(entry, Scalar)], default=0) + 1
    return made


def _apply_one(primitive: Primitive, entry: Scalar) -> Scalar:
    made = _new(Scalar)
    made.value = primitive.value(entry.value)
    made.primitive, made.left, made.right = primitive, entry, None
    made.left_slope = made.right_slope = None
    made.depth = entry.depth + 1
    return made


def _is_operand(other: object) -> bool:
    return isinstance(other, (Scalar, int, float))


_new = object.__new__
_NEG, _ADD, _SUB, _MUL = (PRIMITIVES[name] for name in ("neg", "add", "sub", "mul"))
attach(Scalar, apply, Scalar, _apply_one)

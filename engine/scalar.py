"""Scalar: a float that remembers how it was made."""

from __future__ import annotations

from typing import Any

from engine.primitives import PRIMITIVES, Primitive

Operand = Any  # a Scalar, an int or a float; anything else makes an operator answer NotImplemented


class Scalar:
    """A float with its history: the operation that made it and that operation's inputs.

    A Scalar made from a number is a leaf (`primitive` is None). Inputs that were plain numbers stay plain numbers, so
    a constant is never differentiated. Values and histories are never changed after construction. There is no
    `__float__` on purpose: `math.log(scalar)` must fail rather than lose the derivative.
    """

    __slots__ = ("inputs", "primitive", "value")

    def __init__(self, value: float, primitive: Primitive | None = None, inputs: tuple[Scalar | float, ...] = ()):
        self.value = float(value)
        self.primitive = primitive
        self.inputs = inputs

    def __repr__(self) -> str:
        made = f", {self.primitive.name}" if self.primitive else ""
        return f"Scalar({self.value!r}{made})"

    def __bool__(self) -> bool:
        return bool(self.value)

    # Comparisons answer Scalars, so equality cannot serve for look-up: a Scalar is hashed by what it is, not its value.
    __hash__ = object.__hash__

    def __neg__(self) -> Scalar:
        return apply(_NEG, self)

    def __add__(self, other: Operand) -> Scalar:
        return apply(_ADD, self, other) if _is_operand(other) else NotImplemented

    def __radd__(self, other: Operand) -> Scalar:
        return apply(_ADD, other, self) if _is_operand(other) else NotImplemented

    def __sub__(self, other: Operand) -> Scalar:
        return apply(_SUB, self, other) if _is_operand(other) else NotImplemented

    def __rsub__(self, other: Operand) -> Scalar:
        return apply(_SUB, other, self) if _is_operand(other) else NotImplemented

    def __mul__(self, other: Operand) -> Scalar:
        return apply(_MUL, self, other) if _is_operand(other) else NotImplemented

    def __rmul__(self, other: Operand) -> Scalar:
        return apply(_MUL, other, self) if _is_operand(other) else NotImplemented

    def __truediv__(self, other: Operand) -> Scalar:
        return apply(_DIV, self, other) if _is_operand(other) else NotImplemented

    def __rtruediv__(self, other: Operand) -> Scalar:
        return apply(_DIV, other, self) if _is_operand(other) else NotImplemented

    def __pow__(self, other: Operand) -> Scalar:
        return apply(_POW, self, other) if _is_operand(other) else NotImplemented

    def __rpow__(self, other: Operand) -> Scalar:
        return apply(_POW, other, self) if _is_operand(other) else NotImplemented

    def __lt__(self, other: Operand) -> Scalar:
        return apply(_LT, self, other) if _is_operand(other) else NotImplemented

    def __le__(self, other: Operand) -> Scalar:
        return apply(_LE, self, other) if _is_operand(other) else NotImplemented

    def __gt__(self, other: Operand) -> Scalar:
        return apply(_LT, other, self) if _is_operand(other) else NotImplemented

    def __ge__(self, other: Operand) -> Scalar:
        return apply(_LE, other, self) if _is_operand(other) else NotImplemented

    def __eq__(self, other: Operand) -> Scalar:  # type: ignore[override]
        return apply(_EQ, self, other) if _is_operand(other) else NotImplemented

    def log(self) -> Scalar:
        """The natural logarithm. Raises ValueError for a value <= 0."""
        return apply(PRIMITIVES["log"], self)

    def exp(self) -> Scalar:
        """e to this power. Raises OverflowError beyond about 709."""
        return apply(PRIMITIVES["exp"], self)

    def sqrt(self) -> Scalar:
        """The square root. Raises ValueError for a negative value."""
        return apply(PRIMITIVES["sqrt"], self)

    def sin(self) -> Scalar:
        """The sine, in radians."""
        return apply(PRIMITIVES["sin"], self)

    def cos(self) -> Scalar:
        """The cosine, in radians."""
        return apply(PRIMITIVES["cos"], self)

    def tanh(self) -> Scalar:
        """The hyperbolic tangent."""
        return apply(PRIMITIVES["tanh"], self)

    def sigmoid(self) -> Scalar:
        """σ, one operation, finite at ±1000."""
        return apply(PRIMITIVES["sigmoid"], self)

    def log_sigmoid(self) -> Scalar:
        """log σ, one operation, finite at ±1000."""
        return apply(PRIMITIVES["log_sigmoid"], self)

    def relu(self) -> Scalar:
        """The value where positive, else 0."""
        return apply(PRIMITIVES["relu"], self)

    def step(self) -> Scalar:
        """1 where positive, else 0; its derivative is 0."""
        return apply(PRIMITIVES["step"], self)


def apply(primitive: Primitive, *inputs: Scalar | float) -> Scalar:
    """The Scalar that `primitive` makes of `inputs`, remembering both."""
    values = [entry.value if isinstance(entry, Scalar) else entry for entry in inputs]
    return Scalar(primitive.value(*values), primitive, inputs)


def _is_operand(other: object) -> bool:
    return isinstance(other, (Scalar, int, float))


_NEG, _ADD, _SUB, _MUL, _DIV, _POW, _LT, _LE, _EQ = (
    PRIMITIVES[name] for name in ("neg", "add", "sub", "mul", "div", "pow", "lt", "le", "eq")
)

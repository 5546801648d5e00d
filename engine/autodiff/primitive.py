"""What a row of the table of operations says. The table itself is `primitives.TABLE`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Any

import numpy as np

Rule = Callable[[Any, tuple[Any, ...], Any], Any]
Interval = tuple[float, float]
Box = tuple[Interval, ...]

UNDEFINED = (ValueError, ZeroDivisionError, OverflowError)
"""What operations on floats raise outside their domains and beyond the floats."""


class Sign(IntEnum):
    """What is known of the sign of a value, wherever it is defined."""

    ANY = 0
    NONNEGATIVE = 1
    POSITIVE = 2


class Symmetry(Enum):
    """What becomes of a minus in the one input: f(-x) is -f(x) where f is odd, f(x) where f is even."""

    NONE = "none"
    ODD = "odd"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Facts:
    """Whether an expression is defined everywhere, its sign, and its value where it is written as a number."""

    defined: bool
    sign: Sign
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What an operation is called where it is not simply its name.

    `sign` is written between its inputs, or before the only one; without a sign it is a function, `shown` on screen and
    written so in formulas too, as by its `aliases`. `label` is its name in a trace. `titles` are those of its rules in
    worked steps, the last one that of all further inputs.

    `methods` are how code calls it: on its first input, then, where there are two, on its second with the first as
    argument. `course`: the methods of the course's Scalar that do it one after another, if not the first of those.
    """

    sign: str = ""
    shown: str = ""
    aliases: tuple[str, ...] = ()
    label: str = ""
    titles: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    course: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Algebra:
    """What simplification may know of an operation. What is left out is the cautious answer.

    `exact` maps fractions to the value where a person knows it exactly, else to None. `defined` and `sign` say, of the
    Facts of the inputs, whether it is defined for all of their values, and its sign there. `nonzero(ops, *inputs)` is
    what is not 0 wherever it is defined. `never_zero`: its value is 0 only where an input is, so that a 0 computed from
    other inputs is a number too small for a float.
    """

    exact: Callable[..., Fraction | None] = lambda *inputs: None
    defined: Callable[..., bool] = lambda *inputs: True
    sign: Callable[..., Sign] = lambda *inputs: Sign.ANY
    nonzero: Callable[..., tuple[Any, ...]] = lambda ops, *inputs: ()
    symmetry: Symmetry = Symmetry.NONE
    never_zero: bool = False


@dataclass(frozen=True, slots=True)
class Primitive:
    """One operation of every program riserun runs.

    `value` maps floats to a float; `column` maps broadcastable float64 arrays to an array; `rules[i](ops, inputs, out)`
    is the derivative of the output in input i.

    `domain[i]` is an interval of input i that stays clear of poles and kinks, so that a difference can be compared with
    the rule there; `elsewhere` are more such boxes, on the other sides of the poles and kinks. `switch` maps the inputs
    to the number at whose sign the operation has a kink or a jump, None where it has neither; `jumps`: it is a jump.
    `ufunc` writes the column into an array given last; it need not be named where `column` does so itself.
    """

    name: str
    value: Callable[..., float]
    column: Callable[..., Any]
    rules: tuple[Rule, ...]
    domain: Box
    names: Names = Names()
    algebra: Algebra = Algebra()
    elsewhere: tuple[Box, ...] = ()
    switch: Callable[..., float] | None = None
    jumps: bool = False
    ufunc: np.ufunc | None = None

    @property
    def arity(self) -> int:
        """How many inputs the operation takes."""
        return len(self.rules)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Everywhere that a test may try it."""
        return (self.domain, *self.elsewhere)

    @property
    def sign(self) -> str:
        """The sign it is written with; "" for a function."""
        return self.names.sign

    @property
    def shown(self) -> str:
        """The function's name on screen."""
        return self.names.shown or self.name

    @property
    def label(self) -> str:
        """What it is called in a trace."""
        return self.names.label or self.name

    @property
    def methods(self) -> tuple[str, ...]:
        """The method that does it to the first input, then that of the second input, if it has one."""
        return self.names.methods or (self.name,)

    @property
    def course(self) -> tuple[str, ...]:
        """The methods of the course's Scalar that do it, one after another."""
        return self.names.course or self.methods[:1]

    def title(self, index: int) -> str:
        """What the rule for input `index` is called."""
        titles = self.names.titles or (self.name,)
        return titles[min(index, len(titles) - 1)]

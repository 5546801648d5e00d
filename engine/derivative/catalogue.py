"""The lecture's functions, as data: what the derive screen offers before a person types a function of their own."""

from __future__ import annotations

from dataclasses import dataclass

from engine.symbolic.expression import Expression
from engine.symbolic.formula import parse

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of `arguments`: its name, its formula, and for each argument its domain and its starting value."""

    name: str
    formula: str
    arguments: tuple[str, ...]
    domain: tuple[Interval, ...]
    start: tuple[float, ...]

    @property
    def expression(self) -> Expression:
        """The formula parsed."""
        return parse(self.formula, self.arguments)


_FIVE: Interval = (-5.0, 5.0)

FUNCTIONS: tuple[Function, ...] = (
    Function("parabola", "x^2 + 1", ("x",), (_FIVE,), (2.0,)),
    Function("sine", "sin(2*x)", ("x",), (_FIVE,), (1.0,)),
    # The slide prints sin(x) + cos(y); its picture and its derivative mean this.
    Function("two arguments", "sin(x) + 2*cos(y)", ("x", "y"), (_FIVE, _FIVE), (1.0, 1.0)),
    Function("sigmoid", "sigmoid(x)", ("x",), (_FIVE,), (0.0,)),
    Function("relu", "relu(x)", ("x",), (_FIVE,), (1.0,)),
    Function("log-sigmoid", "log_sigmoid(x)", ("x",), (_FIVE,), (0.0,)),
    Function("log-sigmoid loss of a ○", "-log_sigmoid(-m)", ("m",), (_FIVE,), (1.0,)),
    Function("log-sigmoid loss of an ×", "-log_sigmoid(m)", ("m",), (_FIVE,), (1.0,)),
    Function("ReLU loss of a ○", "relu(m)", ("m",), (_FIVE,), (1.0,)),
    Function("ReLU loss of an ×", "relu(-m)", ("m",), (_FIVE,), (-1.0,)),
)

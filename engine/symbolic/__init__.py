"""Formulas: read, differentiated by the rules of the table, simplified and written. The face of the package."""

from engine.symbolic.differentiate import Differentiation, Step, differentiate
from engine.symbolic.expression import (
    EXPRESSIONS,
    Expression,
    build,
    columns,
    number,
    size,
    symbol,
    symbols,
    value,
)
from engine.symbolic.printing import TooLargeError, pretty, text
from engine.symbolic.simplify import simplify

__all__ = [
    "EXPRESSIONS",
    "Differentiation",
    "Expression",
    "Step",
    "TooLargeError",
    "build",
    "columns",
    "differentiate",
    "number",
    "pretty",
    "simplify",
    "size",
    "symbol",
    "symbols",
    "text",
    "value",
]

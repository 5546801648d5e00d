"""Formulas for tests."""

from engine.symbolic import Expression
from engine.symbolic.formula import FormulaError, parse


def attempt(formula: str) -> Expression | FormulaError:
    """What a text gives, of the two things it may."""
    try:
        return parse(formula)
    except FormulaError as error:
        return error

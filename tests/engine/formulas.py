"""Formulas for tests."""

from engine.formula import FormulaError, parse
from engine.symbolic import Expression


def attempt(formula: str) -> Expression | FormulaError:
    """What a text gives, of the two things it may."""
    try:
        return parse(formula)
    except FormulaError as error:
        return error

"""Formulas as people type them, text -> Expression; and functions as a teacher writes them, `f(x) = x^2`, `y = x^2`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from engine.symbolic.expression import ALIASES, CONSTANTS, FUNCTIONS, Expression, symbols
from engine.symbolic.grammar import DEEPEST as DEEPEST
from engine.symbolic.grammar import Parser
from engine.symbolic.suggestions import EQUATION
from engine.symbolic.tokens import CalculationError as CalculationError
from engine.symbolic.tokens import FormulaError as FormulaError
from engine.symbolic.tokens import Token, tokens

MOST_CHARACTERS = 1_000


def parse(text: str, names: Collection[str] | None = None, start: int = 0, others: bool = False) -> Expression:
    """The expression a formula stands for, as written, from column `start` on. `names` are the symbols it may use, None
    for any; with `others` it may use others too, but for names like `xy` that were meant as a product.

    Raises FormulaError for anything else, with the position and what was expected there; also for a text of over 1,000
    characters, parentheses over 60 deep, and numbers that are too large to calculate with or not defined (1/0).
    """
    if len(text) > MOST_CHARACTERS:
        message = f"the formula has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read"
        raise FormulaError(text, MOST_CHARACTERS, message)
    return Parser(text, names, start, others or names is None).formula()


@dataclass(frozen=True, slots=True)
class Definition:
    """A function: the names of its arguments, in their order, and its formula."""

    names: tuple[str, ...]
    expression: Expression


def definition(text: str) -> Definition:
    """The function that is written there; where no arguments are named, they are those of the formula, as they appear.

    Raises FormulaError as `parse`, and for arguments that are none, or more than those named.
    """
    if not text.strip():
        raise FormulaError(text, 0, "write a function, such as x^2 + 1 or f(x) = sin(2x)")
    pieces = tokens(text) if len(text) <= MOST_CHARACTERS else []
    sign = next((index for index, piece in enumerate(pieces) if piece.text == "="), None)
    if sign is None:
        expression = parse(text)
        return Definition(symbols(expression), expression)
    if sign == 1 and pieces[0].kind == "name":
        return _value_of(text, pieces)
    names = _arguments(text, pieces[: sign + 1])
    expression = parse(text, names, pieces[sign].column + 1, others=True)
    for piece in pieces[sign:]:
        if piece.text in symbols(expression) and piece.text not in names:
            arguments = ", ".join([*names, piece.text])
            meant = f"did you mean {pieces[0].text}({arguments}) = ...?"
            raise FormulaError(text, piece.column, f"there is no {piece.text} here; {meant}")
    return Definition(names, expression)


@lru_cache(maxsize=64)
def as_recorded(text: str) -> str:
    """A formula as it was read up to version 0.5, where `xy` and `sinx` were names like any other: the same, with its
    names declared where it cannot be read without.
    """
    with suppress(FormulaError):
        definition(text)
        return text
    taken = {*CONSTANTS, *FUNCTIONS, *ALIASES}
    names = [piece.text for piece in tokens(text[:MOST_CHARACTERS]) if piece.kind == "name" and piece.text not in taken]
    declared = f"f({', '.join(dict.fromkeys(names))}) = {text}"
    with suppress(FormulaError):
        definition(declared)
        return declared
    return text


def _value_of(text: str, pieces: Sequence[Token]) -> Definition:
    """The function in y = x^2."""
    name, sign = pieces[:2]
    if name.text == "x":
        raise FormulaError(text, 0, "x is what a function depends on; write f(x) = or y = before its formula")
    expression = parse(text, start=sign.column + 1)
    if name.text in symbols(expression):
        raise FormulaError(text, 0, f"{name.text} stands on both sides; a function is written such as y = x^2")
    return Definition(symbols(expression), expression)


def _arguments(text: str, head: Sequence[Token]) -> tuple[str, ...]:
    """The names in f(x, y) =, which are the pieces of `head`."""
    if head[0].kind != "name" or head[1].text != "(" or head[0].text in FUNCTIONS:
        raise FormulaError(text, head[-1].column, EQUATION)
    names: list[str] = []
    for index, piece in enumerate(head[2:], 2):
        if index % 2 == 0:
            if piece.kind != "name":
                raise FormulaError(text, piece.column, f"expected the name of an argument, such as x, found {piece}")
            names.append(_argument(text, piece, names))
        elif piece.text == ")" and head[index + 1].text == "=":
            break
        elif piece.text != ",":
            raise FormulaError(text, piece.column, f"expected ') =' after the arguments, found {piece}")
    return tuple(names)


def _argument(text: str, piece: Token, before: Sequence[str]) -> str:
    name = ALIASES.get(piece.text, piece.text)
    if name in CONSTANTS:
        taken = f"{piece.text} is the constant {CONSTANTS[name]:.4g}...; an argument needs another name"
        raise FormulaError(text, piece.column, taken)
    if name in FUNCTIONS:
        raise FormulaError(text, piece.column, f"{piece.text} is a function; an argument needs another name")
    if name in before:
        raise FormulaError(text, piece.column, f"{name} stands twice among the arguments")
    return name

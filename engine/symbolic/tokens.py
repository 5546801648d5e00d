"""The pieces of a formula that a person typed: numbers, names and signs, each with its column; and what is not one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.symbolic.expression import NAME
from engine.symbolic.printing import SUPERSCRIPTS

# One character for one, so that columns stay where they were typed.
_TYPED = str.maketrans("−–·⋅∙×÷", "--****/")
_ALIKE = {"**": "^", ":=": "="}
_TOKEN = re.compile(
    rf"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>π|{NAME})"
    rf"|(?P<sign>\*\*|:=|[-+*/^(),|√=])|(?P<raised>⁻?[{SUPERSCRIPTS}]+)|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)


_WINDOW = 60  # characters of a long formula that an error shows


class FormulaError(ValueError):
    """A text that is not a formula: `message` says what is wrong, `column` (from 0) where in `text`."""

    def __init__(self, text: str, column: int, message: str):
        super().__init__(message)
        self.text = text
        self.column = column
        self.message = message

    def __str__(self) -> str:
        start = max(min(self.column - _WINDOW // 2, len(self.text) - _WINDOW), 0)
        shown = self.text[start : start + _WINDOW]
        line = "".join(character if character.isprintable() else " " for character in shown)
        return f"{self.message}\n  {line}\n  {' ' * (self.column - start)}^"


class CalculationError(FormulaError):
    """A formula whose numbers come to none that can be calculated with: too large, too small or not defined."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: a number, name, sign or raised number; `other` belongs to no formula, `end` ends it."""

    kind: str
    text: str
    column: int

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else repr(self.text)


def tokens(text: str) -> list[Token]:
    """The pieces of a text, without the spaces, and the end of it."""
    found = [
        Token(match.lastgroup or "other", _ALIKE.get(match.group(), match.group()), match.start())
        for match in _TOKEN.finditer(text.translate(_TYPED))
    ]
    return [token for token in found if token.kind != "space"] + [Token("end", "", len(text))]

"""Formulas as people type them: text -> Expression, by a grammar of its own.

    sum      = product (("+" | "-") product)*
    product  = factor (("*" | "/") factor | power)*      the last: 2x and 2(x + 1), after a number only
    factor   = ("+" | "-")* power                         -x^2 is -(x^2)
    power    = atom ("^" ("+" | "-")* atom)*              from the right: 2^3^2 is 2^9
    atom     = number | name | function "(" sum ("," sum)* ")" | "(" sum ")" | "|" sum "|"

Only numbers are ever evaluated, by the table of primitives. Any text gives an Expression or a FormulaError.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from difflib import get_close_matches

from engine.symbolic.expression import ALIASES, CONSTANTS, FUNCTIONS, SIGNS, Expression, apply, number, symbol
from engine.symbolic.printing import SUPERSCRIPTS
from engine.symbolic.printing import text as written
from engine.symbolic.tokens import Token, tokens

MOST_CHARACTERS = 1_000
DEEPEST = 60  # parentheses within parentheses
_WINDOW = 60  # characters of a long formula that an error shows
_BEFORE = 20  # of them before a factor that can be read in two ways


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


def parse(text: str, names: Collection[str] | None = None) -> Expression:
    """The expression a formula stands for, as written; `names` are the symbols it may use, None for any.

    Raises FormulaError for anything else, with the position and what was expected there; also for a text of over 1,000
    characters, parentheses over 60 deep, and numbers that are too large to calculate with or not defined (1/0).
    """
    if len(text) > MOST_CHARACTERS:
        message = f"the formula has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read"
        raise FormulaError(text, MOST_CHARACTERS, message)
    return _Parser(text, names).formula()


class _Parser:
    """Reads one formula. Recursion is only as deep as the parentheses; everything else is loops."""

    def __init__(self, text: str, names: Collection[str] | None):
        self._text = text
        self._names = names
        self._tokens = tokens(text)
        self._position = 0
        self._depth = 0
        self._constants: dict[Expression, float] = {}

    def formula(self) -> Expression:
        """The whole text as one expression."""
        expression = self._sum()
        if self._next.kind == "end":
            return expression
        if self._next.text == ")":
            raise self._error(self._next, "this ')' closes nothing")
        if self._next.text == ",":
            raise self._error(self._next, "a comma belongs between the arguments of a function")
        raise self._error(self._next, f"expected an operator or the end, found {self._next}")

    # The grammar, from the operators that bind least.

    def _sum(self) -> Expression:
        left = self._product()
        while sign := self._accept("+", "-"):
            left = self._apply(sign, left, self._product())
        return left

    def _product(self) -> Expression:
        left = factor = self._factor()
        divided = False
        while True:
            if sign := self._accept("*", "/"):
                factor, divided = self._factor(), sign.text == "/"
                left = self._apply(sign, left, factor)
            elif self._next.kind in ("number", "name") or self._next.text == "(":
                self._check_side_by_side(factor, divided)
                place, factor = self._next, self._power()
                left = self._apply(Token("sign", "*", place.column), left, factor)
            else:
                return left

    def _factor(self) -> Expression:
        minus, power = self._minus(), self._power()
        return self._apply(minus, power) if minus else power

    def _power(self) -> Expression:
        """A tower of powers, put together from its top."""
        tower: list[tuple[Expression, Token | None, Token]] = []
        minus, atom = None, self._atom()
        while sign := self._accept_power():
            tower.append((atom, minus, sign))
            if sign.kind == "raised":
                minus, atom = None, number(float(sign.text.translate(str.maketrans(SUPERSCRIPTS, "0123456789"))))
            else:
                minus, atom = self._minus(), self._atom()
        for base, base_minus, sign in reversed(tower):
            exponent = self._apply(minus, atom) if minus else atom
            minus, atom = base_minus, self._apply(sign, base, exponent)
        return atom

    def _minus(self) -> Token | None:
        """The last minus of the signs here, if an odd number of them is a minus."""
        found = []
        while sign := self._accept("+", "-"):
            found += [sign] if sign.text == "-" else []
        return found[-1] if len(found) % 2 else None

    def _atom(self) -> Expression:
        token = self._take()
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name":
            return self._named(token)
        if token.text in ("(", "|"):
            inside = self._inside(token)
            self._expect(")" if token.text == "(" else "|", f"to close the '{token.text}' at column {token.column + 1}")
            return inside if token.text == "(" else self._apply(Token("name", "abs", token.column), inside)
        raise self._error(token, f"expected a number, a name or '(', found {token}")

    def _number(self, token: Token) -> Expression:
        value = float(token.text)
        if math.isinf(value):
            raise self._error(token, f"{token.text} is too large a number to calculate with")
        if value == 0.0 and re.match(r"[0.]*[1-9]", token.text):
            raise self._error(token, f"{token.text} is too small a number to calculate with")
        return number(value)

    def _named(self, token: Token) -> Expression:
        name = ALIASES.get(token.text, token.text)
        called = self._next.text == "("
        if self._names is not None and token.text in self._names and not called:
            return self._symbol(token)
        if name in FUNCTIONS:
            if not called:
                raise self._error(self._next, f"{token.text} takes its argument in parentheses: {token.text}(x)")
            return self._call(name, token)
        if called:
            raise self._error(token, self._not_a_function(token.text))
        if name in CONSTANTS:
            return number(CONSTANTS[name])
        if self._names is None:
            return self._symbol(token)
        raise self._error(token, f"there is no {token.text} here; {_offered(self._names)}")

    def _symbol(self, token: Token) -> Expression:
        try:
            return symbol(token.text)
        except ValueError as error:
            raise self._error(token, str(error)) from None

    def _call(self, name: str, token: Token) -> Expression:
        opening = self._take()
        arguments = [self._inside(opening)]
        while self._accept(","):
            arguments.append(self._inside(opening))
        self._expect(")", f"to close {token.text}(")
        wanted = FUNCTIONS[name].arity
        if len(arguments) != wanted:
            takes = f"{wanted} argument{'s' if wanted > 1 else ''}"
            raise self._error(token, f"{token.text} takes {takes}, found {len(arguments)}")
        return self._apply(Token("name", name, token.column), *arguments)

    def _inside(self, opening: Token) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(opening, f"parentheses are more than {DEEPEST} deep")
        expression = self._sum()
        self._depth -= 1
        return expression

    # Tokens.

    @property
    def _next(self) -> Token:
        return self._tokens[self._position]

    def _take(self) -> Token:
        token = self._next
        self._position = min(self._position + 1, len(self._tokens) - 1)
        return token

    def _accept(self, *signs: str) -> Token | None:
        return self._take() if self._next.kind == "sign" and self._next.text in signs else None

    def _accept_power(self) -> Token | None:
        return self._take() if self._next.kind == "raised" else self._accept("^")

    def _expect(self, sign: str, why: str) -> None:
        if not self._accept(sign):
            raise self._error(self._next, f"expected '{sign}' {why}, found {self._next}")

    # What is refused, and why.

    def _apply(self, token: Token, *inputs: Expression) -> Expression:
        """The operation; where all inputs are numbers, computed to see that the result is one too."""
        sign = "^" if token.kind == "raised" else token.text
        primitive = FUNCTIONS[token.text] if token.kind == "name" else SIGNS[sign, len(inputs)]
        made = apply(primitive, *inputs)
        numbers = [entry.head if isinstance(entry.head, float) else self._constants.get(entry) for entry in inputs]
        values = [entry for entry in numbers if entry is not None]
        if len(values) == len(numbers):
            try:
                self._constants[made] = primitive.value(*values)
            except (ValueError, ZeroDivisionError):
                raise self._error(token, f"{_brief(made)} is not defined") from None
            except OverflowError:
                self._constants[made] = math.inf
            if not math.isfinite(self._constants[made]):
                raise self._error(token, f"{_brief(made)} is too large a number to calculate with")
        return made

    def _check_side_by_side(self, factor: Expression, divided: bool) -> None:
        """Only a number may stand before its factor without a sign, and only where there is just one way to read it."""
        before, after = self._tokens[self._position - 1], self._next
        if before.kind != "number" or after.kind == "number":
            raise self._error(after, f"expected an operator before {after}; a product is written with *")
        if divided or not isinstance(factor.head, float):
            start = max(before.column - _BEFORE, 0)
            cut = "…" if start else ""
            left, number, right = cut + self._text[start : before.column], before.text, self._side()
            message = f"write {left}{number}*{right} or {left}({number}{right})"
            raise self._error(after, "".join(filter(str.isprintable, message)))

    def _side(self) -> str:
        """The name, the call or what is in parentheses that comes next, as it was typed."""
        last, depth = self._position, 0
        if self._next.kind == "name" and self._tokens[last + 1].text == "(":
            last += 1
        while self._tokens[last].kind != "end":
            depth += {"(": 1, ")": -1}.get(self._tokens[last].text, 0)
            last += 1
            if depth == 0:
                break
        side = self._text[self._next.column : self._tokens[last].column].rstrip()
        return side if len(side) <= _WINDOW // 2 else "(…)"

    def _not_a_function(self, name: str) -> str:
        if len(name) == 1 or name in (self._names or ()):
            return f"{name} is not a function; a product is written {name}*(...)"
        near = get_close_matches(name, FUNCTIONS, n=1)
        hint = f"did you mean {near[0]}?" if near else _offered(FUNCTIONS)
        return f"there is no function {name}; {hint}"

    def _error(self, token: Token, message: str) -> FormulaError:
        return FormulaError(self._text, token.column, message)


def _offered(names: Collection[str]) -> str:
    return f"there {'are' if len(names) > 1 else 'is'} {', '.join(names) or 'no name'}"


def _brief(expression: Expression) -> str:
    return written(expression) if expression.size < 20 else "this"

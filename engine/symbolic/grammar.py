"""The grammar of formulas: pieces of text -> Expression.

    sum      = product (("+" | "-") product)*
    product  = factor (("*" | "/") factor | power)*      the last: 2x, x(x + 1), sin(x)cos(x), if read in one way only
    factor   = ("+" | "-")* power                         -x^2 is -(x^2)
    power    = atom ("^" ("+" | "-")* atom)*              from the right: 2^3^2 is 2^9
    atom     = number | name | call | "(" sum ")" | "|" sum "|" | "√" atom
    call     = function ("^" number)? "(" sum ("," sum)* ")"       sin^2(x) is sin(x)^2

Only numbers are ever evaluated, by the table of primitives. Any text gives an Expression or a FormulaError.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from engine.symbolic import suggestions
from engine.symbolic.expression import ALIASES, CONSTANTS, FUNCTIONS, SIGNS, Expression, apply, number, symbol
from engine.symbolic.printing import SUPERSCRIPTS
from engine.symbolic.printing import text as written
from engine.symbolic.tokens import CalculationError, FormulaError, Token, tokens

DEEPEST = 60  # parentheses within parentheses


class Parser:
    """Reads one formula. Recursion is only as deep as the parentheses; everything else is loops."""

    def __init__(self, text: str, names: Collection[str] | None, start: int, others: bool):
        self._text = text
        self._names = names or ()
        self._others = others
        self._tokens = tokens(text)
        self._position = sum(token.column < start for token in self._tokens)
        self._depth = 0
        self._bars = False  # whether what is open was opened by a |, so that another one closes it
        self._open: int | None = None  # where what the last power ends with begins, if more could belong to it: 3x^2
        self._constants: dict[Expression, float] = {}
        letters = {token.text for token in self._tokens if token.kind == "name" and len(token.text) == 1}
        known = {*self._names, *suggestions.VARIABLES, *(letters if others else ())}
        self._known = frozenset(known - {*CONSTANTS, *ALIASES})

    def formula(self) -> Expression:
        """The whole text as one expression."""
        expression = self._sum()
        if self._next.kind == "end":
            return expression
        if self._next.text == ",":
            raise self._error(self._next, suggestions.comma(self._tokens[self._position - 1 : self._position + 2]))
        raise self._error(self._next, suggestions.unexpected(self._next))

    # The grammar, from the operators that bind least.

    def _sum(self) -> Expression:
        left = self._product()
        while sign := self._accept("+", "-"):
            left = self._apply(sign, left, self._product())
        return left

    def _product(self) -> Expression:
        start, divided = self._next.column, False  # of the last factor
        left = self._factor()
        while True:
            if sign := self._accept("*", "/"):
                start, divided = self._next.column, sign.text == "/"
                left = self._apply(sign, left, self._factor())
            elif self._factor_begins():
                self._check_side_by_side(start if divided else None)
                start = self._next.column
                left = self._apply(Token("sign", "*", start), left, self._power())
            else:
                return left

    def _factor_begins(self) -> bool:
        return self._next.kind in ("number", "name") or self._next.text in ("(", "√") + ("|",) * (not self._bars)

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
                minus, atom, self._open = None, self._raised(sign), None
            else:
                minus, first = self._minus(), self._next
                atom = self._atom()
                self._open = None if first.text in ("(", "|") else first.column
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
        if token.text == "√":
            return self._root(token)
        if token.kind == "number":
            found = self._number(token)
        elif token.kind == "name":
            found = self._named(token)
        elif token.text in ("(", "|"):
            found = self._inside(token)
            self._expect(")" if token.text == "(" else "|", f"to close the '{token.text}' at column {token.column + 1}")
            if token.text == "|":
                found = self._apply(Token("name", "abs", token.column), found)
        else:
            raise self._error(token, suggestions.misplaced(token))
        self._open = None
        return found

    def _root(self, token: Token) -> Expression:
        """The square root of what stands next to its sign, which is all it is of; a power of it is one or the other."""
        first = self._next
        with self._deeper(token):
            found = self._atom()
        if first.text == "(":
            self._open = None
        elif self._next.kind == "raised" or self._next.text == "^":
            of = self._text[first.column : self._next.column].rstrip()
            power = self._text[self._next.column : self._tokens[self._position + 1].column].rstrip()
            power += self._tokens[self._position + 1].text if power == "^" else ""
            raise self._error(self._next, suggestions.printable(f"write √({of}){power} or √({of}{power})"))
        else:
            self._open = first.column
        return self._apply(Token("name", "sqrt", token.column), found)

    def _number(self, token: Token) -> Expression:
        value = float(token.text)
        shown = token.text if len(token.text) <= 20 else f"{token.text[:12]}..."
        if math.isinf(value):
            raise self._error(token, f"{shown} is too large a number to calculate with", CalculationError)
        if value == 0.0 and re.match(r"[0.]*[1-9]", token.text):
            raise self._error(token, f"{shown} is too small a number to calculate with", CalculationError)
        return number(value)

    def _raised(self, token: Token) -> Expression:
        """The number of a raised exponent."""
        digits = token.text.translate(str.maketrans("⁻" + SUPERSCRIPTS, "-0123456789"))
        found = self._number(Token("number", digits.removeprefix("-"), token.column))
        return -found if digits.startswith("-") else found

    def _named(self, token: Token) -> Expression:
        name = ALIASES.get(token.text, token.text)
        called = self._next.text == "("
        declared = token.text in self._names
        if name in FUNCTIONS and not (declared and not called):
            return self._call(name, token)
        if declared:
            return self._symbol(token)
        self._check_name(token, called)
        if name in CONSTANTS:
            return number(CONSTANTS[name])
        if self._others:
            return self._symbol(token)
        raise self._error(token, f"there is no {token.text} here; {suggestions.offered(self._names)}")

    def _check_name(self, token: Token, called: bool) -> None:
        """Of a name that is not declared, nor a function: it may have been meant otherwise, and may be no factor."""
        if called and (why := suggestions.why_not_called(token.text, self._known)):
            raise self._error(token, why)
        if meant := suggestions.as_product(token.text, self._known):
            raise self._error(token, f"{token.text} is read as one name; write {meant}")

    def _symbol(self, token: Token) -> Expression:
        try:
            return symbol(token.text)
        except ValueError as error:
            raise self._error(token, str(error)) from None

    def _call(self, name: str, token: Token) -> Expression:
        power = self._power_of_function(name, token)
        opening = self._take()
        arguments = [self._inside(opening)]
        while self._accept(","):
            arguments.append(self._inside(opening))
        self._expect(")", f"to close {token.text}(")
        wanted = FUNCTIONS[name].arity
        if len(arguments) != wanted:
            takes = f"{wanted} argument{'s' if wanted > 1 else ''}"
            raise self._error(token, f"{token.text} takes {takes}, found {len(arguments)}")
        found = self._apply(Token("name", name, token.column), *arguments)
        return found if power is None else self._apply(Token("sign", "^", token.column), found, power)

    def _power_of_function(self, name: str, token: Token) -> Expression | None:
        """The power in sin^2(x), before the parenthesis; its exponent is a whole number above 0."""
        sign, exponent = self._next, None
        if FUNCTIONS[name].arity == 1 and (sign := self._accept_power() or sign) is not self._next:
            if self._next.text == "-" or sign.text.startswith("⁻"):
                raise self._error(sign, f"write 1/{token.text}(x); there is no inverse of {token.text} here")
            last = sign if sign.kind == "raised" else self._take()
            if last.kind == "raised":
                exponent = self._raised(last)
            elif last.text.isdecimal() and last.text.isascii():
                exponent = self._number(last)
        if self._next.text == "(" and (exponent is not None or sign is self._next):
            return exponent
        power = "" if exponent is None else self._text[sign.column : self._next.column].rstrip()
        argument = suggestions.bare_argument(self._text, self._tokens, self._position)
        message = f"{token.text} takes its argument in parentheses: {token.text}({argument}){power}"
        raise self._error(self._next, suggestions.printable(message))

    def _inside(self, opening: Token) -> Expression:
        with self._deeper(opening):
            before, self._bars = self._bars, opening.text == "|"
            expression = self._sum()
            self._bars = before
        return expression

    @contextmanager
    def _deeper(self, opening: Token) -> Iterator[None]:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(opening, f"parentheses are more than {DEEPEST} deep")
        yield
        self._depth -= 1

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
                raise self._error(token, f"{_brief(made)} is not defined", CalculationError) from None
            except OverflowError:
                self._constants[made] = math.inf
            if not math.isfinite(self._constants[made]):
                raise self._error(token, f"{_brief(made)} is too large a number to calculate with", CalculationError)
        return made

    def _check_side_by_side(self, divisor: int | None) -> None:
        """A factor may stand beside another without a sign only where there is just one way to read it; `divisor` is
        where the one before it begins, if that divides.
        """
        before, after = self._tokens[self._position - 1], self._next
        if after.kind == "number" or not (self._may_stand(before) and self._may_stand(after)):
            for name, called in ((before, True), (after, self._tokens[self._position + 1].text == "(")):
                if name.kind == "name" and not self._may_stand(name):
                    self._check_name(name, called)
            raise self._error(after, f"expected an operator before {after}; a product is written with *")
        begins = [place for place in (self._open, divisor) if place is not None]
        roots = after.text == "√" and self._text[: self._open].rstrip().endswith("√")
        if begins and not (roots and divisor is None):
            raise self._error(after, suggestions.readings(self._text, self._tokens, self._position, begins))

    def _may_stand(self, token: Token) -> bool:
        """Whether it may stand beside a factor: of names, those that are known, and letters, maybe numbered."""
        known = token.text in {*self._names, *FUNCTIONS, *ALIASES, *CONSTANTS}
        return token.kind != "name" or known or suggestions.NUMBERED.fullmatch(token.text) is not None

    def _error(self, token: Token, message: str, kind: type[FormulaError] = FormulaError) -> FormulaError:
        return kind(self._text, token.column, message)


def _brief(expression: Expression) -> str:
    return written(expression) if expression.size < 20 else "this"

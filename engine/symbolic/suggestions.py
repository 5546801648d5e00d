"""What to say of a name in a formula that is not read as it was meant: `xy` for x*y, `sinx`, `arctan`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from engine.names import closest
from engine.symbolic.expression import ALIASES, CONSTANTS, FUNCTIONS
from engine.symbolic.tokens import Token

NUMBERED = re.compile(r"[A-Za-zΑ-ω](?:_?[0-9]+)?")
"""A letter, maybe numbered: the names that may stand beside each other."""
VARIABLES = frozenset("xyztθ")
"""What is taken for a variable wherever it stands."""
EQUATION = "this is an equation; write what is right of f(x) ="
_UNEXPECTED = {
    ")": "this ')' closes nothing",
    "=": EQUATION,
    ":": "a quotient is written with /",
    "!": "there is no factorial; write the product, such as 3*2*x",
    "%": "there is no remainder; a quotient is written with /",
    "'": "write f itself, without '; its derivative follows",
}
_FRACTIONS = {"½": "1/2", "⅓": "1/3", "¼": "1/4", "¾": "3/4", "⅔": "2/3"}
_MISPLACED = {
    "[": "write ( ) for [ ]",
    "{": "write ( ) for { }",
    "\\": "names are written without \\",
    **{sign: f"write {quotient}*x for {sign}x" for sign, quotient in _FRACTIONS.items()},
}
_BEFORE = 20  # characters of a long formula before what can be read in two ways
_MOST = 30  # characters of a factor that is shown
_LONGEST = 12  # letters of a word that is taken apart
_CALLED = {*FUNCTIONS, *ALIASES} - {"π"}
_OF_ONE = [name for name in _CALLED if FUNCTIONS[ALIASES.get(name, name)].arity == 1]
_INVERSE = re.compile(r"(a|ar|arc)(sin|cos|tan|cot|sec|csc)h?2?")
_NEAR = 0.8  # tanh is not near to arctan
_INSTEAD = {
    "sinh": "(exp(x) - exp(-x))/2",
    "cosh": "(exp(x) + exp(-x))/2",
    "tg": "tan(x)",
    "ctg": "1/tan(x)",
    "sen": "sin(x)",
    "cot": "1/tan(x)",
    "cotan": "1/tan(x)",
    "sec": "1/cos(x)",
    "csc": "1/sin(x)",
    "log10": "log(x)/log(10)",
    "lg": "log(x)/log(10)",
    "log2": "log(x)/log(2)",
    "ld": "log(x)/log(2)",
    "cbrt": "x^(1/3)",
    "pow": "x^2",
    "square": "x^2",
    "sgn": "x/abs(x)",
    "sign": "x/abs(x)",
    "softplus": "log(1 + exp(x))",
    "logistic": "sigmoid(x)",
    "silu": "x*sigmoid(x)",
    "swish": "x*sigmoid(x)",
    "heaviside": "step(x)",
    "asinh": "log(x + sqrt(x^2 + 1))",
    "arsinh": "log(x + sqrt(x^2 + 1))",
    "acosh": "log(x + sqrt(x^2 - 1))",
    "arcosh": "log(x + sqrt(x^2 - 1))",
    "atanh": "log((1 + x)/(1 - x))/2",
    "artanh": "log((1 + x)/(1 - x))/2",
}


def as_product(word: str, known: frozenset[str]) -> str | None:
    """What `word` means if it is names beside each other, those that are `known`, constants and functions: `x*y`,
    `x*sin(2x)`; of up to three letters one may be unknown. None where it is a name like any other.
    """
    if len(word) > _LONGEST:
        return None
    if re.fullmatch(r"(?:[A-Za-z]_?\d+){2,}", word):
        return "*".join(re.findall(r"[A-Za-z]_?\d+", word))
    if all(len(part) == 1 for part in word.split(".")) and len(word) > 1:
        return word.replace(".", "*")
    one = _either([*known, *CONSTANTS])
    found = re.fullmatch(rf"((?:{one})*)(?:({_either(_OF_ONE)})(\d*)((?:{one})+))?", word)
    if found is not None and found[4] == "e":
        return None  # sine is a slip
    if found is None:
        others = set(word) - known - set(CONSTANTS)
        return "*".join(word) if word.isalpha() and len(word) <= 3 and len(others) == 1 < len(set(word)) else None
    parts = re.findall(one, found[1])
    if found[2]:
        parts.append(f"{found[2]}({found[3]}{'*'.join(re.findall(one, found[4]))})")
    return "*".join(parts) if found[2] or len(parts) > 1 else None


def why_not_called(word: str, known: frozenset[str]) -> str | None:
    """Why `word`, which is no function, cannot stand before a parenthesis; None where x(x+1) is a product."""
    if word in "fghFGH":
        return f"{word} is not known here; write what it is, such as {word}(x) = x^2"
    if word in ("π", "pi") or (len(word) == 1 and word != "e"):
        return None
    if word == "e" or NUMBERED.fullmatch(word):
        return f"{word} is not a function; a product is written {word}*(...)"
    if instead := _INSTEAD.get(word.casefold()):
        return f"there is no function {word}; write {instead}"
    one = _either([*known, *CONSTANTS])
    if len(word) <= _LONGEST and (found := re.fullmatch(rf"((?:{one})+)({_either(_CALLED)})?", word)):
        return f"write {'*'.join([*re.findall(one, found[1]), found[2] or ''])}(...)"
    if not _INVERSE.fullmatch(word) and (near := closest(word, FUNCTIONS, _NEAR)):
        return f"there is no function {word}; did you mean {near}?"
    return f"there is no function {word} here"


def readings(text: str, pieces: Sequence[Token], position: int, begins: Sequence[int]) -> str:
    """The ways to write two factors beside each other that can be read in as many: the second is piece `position`, and
    with what is before it from each column of `begins` on, it may belong together.
    """
    start = max(begins[-1] - _BEFORE, 0)
    cut, left = "…" if start else "", text[start : pieces[position].column].rstrip()
    right = _factor(text, pieces, position)
    found = [f"{cut}{left}*{right}"]
    for begin in begins:
        first, sign = left[begin - start :], "" if pieces[position - 1].column == begin else "*"
        sign = sign if pieces[position - 1].kind == "number" else "*"
        found.append(f"{cut}{left[: begin - start]}({first if len(first) <= _MOST else '…'}{sign}{right})")
    return printable(f"write {', '.join(found[:-1])} or {found[-1]}")


def _factor(text: str, pieces: Sequence[Token], position: int) -> str:
    """The name, the call, the root or what is in parentheses or bars at this piece, as it was typed."""
    last, depth = position, 0
    while pieces[last].text == "√":
        last += 1
    if pieces[last].kind == "name" and pieces[last + 1].text == "(":
        last += 1
    bar = pieces[last].text == "|"
    while pieces[last].kind != "end":
        depth += {"(": 1, ")": -1}.get(pieces[last].text, 0)
        last += 1
        if depth == 0 and not (bar and (pieces[last - 1].text != "|" or last - 1 == position)):
            break
    factor = text[pieces[position].column : pieces[last].column].rstrip()
    return factor if len(factor) <= _MOST else "(…)"


def unexpected(piece: Token) -> str:
    """What to say of what stands after a whole formula."""
    if quotient := _FRACTIONS.get(piece.text):
        return f"write {quotient} for {piece.text}, with a sign before it"
    return _UNEXPECTED.get(piece.text, f"expected an operator or the end, found {piece}")


def misplaced(piece: Token) -> str:
    """What to say of what stands in the place of a number, a name or a parenthesis."""
    return _MISPLACED.get(piece.text, f"expected a number, a name or '(', found {piece}")


def comma(pieces: Sequence[Token]) -> str:
    """What to say of a comma outside a call, the second of the three pieces: maybe it was meant as a point."""
    before, sign, after = (*pieces, *pieces)[:3]
    numbers = before.text.isdecimal() and before.kind == after.kind == "number"
    if numbers and before.column + len(before.text) == sign.column:
        return f"write {before.text}.{after.text}, with a point"
    return "a comma belongs between the arguments of a function"


def bare_argument(text: str, pieces: Sequence[Token], position: int) -> str:
    """What to put into the parentheses that a function's argument lacks, by what stands there: a number, a factor or
    both; x where there is nothing of the kind.
    """
    count = pieces[position].text if pieces[position].kind == "number" else ""
    position += bool(count)
    begins = pieces[position].kind == "name" or pieces[position].text in ("|", "√")
    return count + (_factor(text, pieces, position) if begins else "" if count else "x")


def printable(message: str) -> str:
    """The message without what a typed part of it could steer a terminal with."""
    return "".join(filter(str.isprintable, message))


def offered(names: Collection[str]) -> str:
    """All there is."""
    return f"there {'are' if len(names) > 1 else 'is'} {', '.join(names) or 'no name'}"


def _either(words: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

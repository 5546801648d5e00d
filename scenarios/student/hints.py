"""What a wrong number gives away of its cause: a hint, a sentence without its capital and its full stop, or ""."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from engine.autodiff.primitives import FLOATS
from scenarios.student.tried import Difference
from scenarios.workspace.verdicts import Verdict

Numbers = Sequence[float]

_NO_FLOAT = {
    "int": "forward gives a float: 1.0, not 1 and not True",
    "bool": "forward gives a float: 1.0, not 1 and not True",
    "NoneType": "forward gives None: is a return missing?",
    "Scalar": "forward gets plain numbers and gives one, not a Scalar",
    "ndarray": "forward gives a float, not an array",
}


def same(theirs: Numbers, right: Numbers) -> bool:
    """Whether the numbers are the same but for what rounding, or a log that adds a little, makes of them."""
    pairs = zip(theirs, right, strict=True)
    return len(theirs) == len(right) and all(math.isclose(*pair, rel_tol=2e-5, abs_tol=1e-9) for pair in pairs)


def forward_hint(name: str, inputs: Numbers, verdict: Verdict) -> str:
    """The cause of a wrong value of an operation or a program."""
    if verdict.value is None or not verdict.differs:
        return raised(verdict.text)
    x, *rest = inputs
    theirs = verdict.value
    guesses = [
        (name == "relu", theirs, x, "for x < 0 relu(x) is 0"),
        (name == "sigmoid", theirs, FLOATS.sigmoid(-x), "this is σ(-x): look at the sign of the exponent"),
        (name == "log" and x > 0, theirs, math.log2(abs(x) or 1.0), "the natural logarithm is meant, math.log(x)"),
        (name == "log" and x > 0, theirs, math.log10(abs(x) or 1.0), "the natural logarithm is meant, math.log(x)"),
    ]
    if name == "1 / x" and math.isclose(theirs, 1.0 / (x + 1e-6), rel_tol=1e-10):
        return "1/x adds nothing to x: only log has the EPS"
    if name == "1 / x":
        guesses.append((True, theirs, x, "this is x / 1: look at __rtruediv__"))
    if rest and name in ("sub", "div"):
        guesses.append((True, theirs, FLOATS.__dict__[name](rest[0], x), "x and y are swapped"))
    if name in ("lt", "gt"):
        text = "x and y are swapped" if x != rest[0] else "equal numbers are neither less nor greater"
        guesses.append((True, theirs, float(x > rest[0] if name == "lt" else x < rest[0]) or float(x == rest[0]), text))
    return next((text for holds, number, guess, text in guesses if holds and same([number], [guess])), "")


def raised(text: str) -> str:
    """What a complaint gives away."""
    if text.startswith("changed its input"):
        return "an operation leaves its inputs as they are and makes a new Scalar of their data"
    if re.search(r"'(int|float)' object has no attribute 'data'", text):
        return "the other one may be a plain number, which has no .data: apply of a function takes both"
    if text.startswith("gave None") and "derivative" not in text:
        return "is a return missing?"
    if "not a Scalar" in text:
        return "an operation gives a Scalar: apply of its function"
    if given := re.search(r"Expected return type float,? got <class '(?:\w+\.)*(\w+)'>", text):
        return _NO_FLOAT.get(given[1], f"forward gives a float, not what it gave: {given[1]}")
    if "unhashable type: 'Scalar'" in text:
        return "a Scalar that has its own == cannot be in a set: keep its unique_id there"
    return ""


def difference_hint(tried: Difference, verdict: Verdict, right: float) -> str:
    """The cause of a wrong central difference."""
    if verdict.text.startswith("called f with a list"):
        return "f takes its numbers one by one: f(*v), with the star"
    if "'tuple' object does not support item assignment" in verdict.text:
        return "vals is a tuple: change a list of your own, list(vals)"
    if "'float' object has no attribute" in verdict.text:
        return "vals may be plain numbers, and are not to be changed in place"
    if verdict.value is None or not verdict.differs:
        return "is a return missing?" if verdict.text.startswith("gave None") else ""
    if right < 0.0:  # what is positive was right
        return "a derivative may be negative: is there an abs?" if same([verdict.value], [-right]) else ""
    told = dict.fromkeys(text for guess, text in _differences(tried) if same([verdict.value], [guess]))
    return next(iter(told)) if len(told) == 1 else ""


def _differences(tried: Difference) -> list[tuple[float, str]]:
    """What usual mistakes make of a central difference, each with its words."""
    up, middle, down = (_called(tried, {tried.arg: sign * tried.epsilon}) for sign in (1, 0, -1))
    step, every = tried.epsilon, range(len(tried.inputs))
    one_sided = "a one-sided difference? The central one is f(x + epsilon) - f(x - epsilon)"
    apart = "a one-sided difference, or vals changed in place?"
    other = "this is the derivative in another one than vals[arg]"
    nothing = "both calls of f got the same numbers: vals was changed in place, or two names stand for one list"
    if len(tried.inputs) > 1:  # of one input it was right: the calls differ
        nothing = "f got other values of the other arguments than vals has" if tried.arg == 0 else ""

    def central(moved: Iterable[int], by: float) -> float:
        above, below = (_called(tried, dict.fromkeys(moved, sign * by)) for sign in (1, -1))
        return (above - below) / (2 * by)

    return [
        ((up - down) / step, "divided by epsilon, not 2·epsilon?"),
        ((up - middle) / step, one_sided),
        ((middle - down) / step, one_sided),
        ((up - middle) / (2 * step), f"f was called at x + epsilon and at x, not at x - epsilon: {apart}"),
        ((middle - down) / (2 * step), f"f was called at x and at x - epsilon, not at x + epsilon: {apart}"),
        ((down - up) / (2 * step), "the sign is turned round: f(x + epsilon) comes first"),
        ((down - up) / step, "the sign is turned round, and divided by epsilon, not 2·epsilon"),
        (0.0, nothing),
        ((up - down) / 2, "not divided by epsilon"),
        ((up - down) / 2 * step, "/ 2 * epsilon multiplies by epsilon: write / (2 * epsilon)"),
        (central(every, step), "all of vals were moved, where only vals[arg] should be"),
        *((central([place], step), other) for place in every if place != tried.arg),
        (central([tried.arg], 1e-6), "epsilon is not used"),
        ((up - down) // (2 * step), "// gives whole numbers: divide with /"),
    ]


def _called(tried: Difference, moved: dict[int, float]) -> float:
    value: float = tried.program(*(entry + moved.get(place, 0.0) for place, entry in enumerate(tried.inputs)))
    return value

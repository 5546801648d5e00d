"""What a wrong number gives away of its cause: a hint, a sentence without its capital and its full stop, or ""."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from engine.autodiff.primitives import FLOATS
from scenarios.student.tried import Difference
from scenarios.workspace.verdicts import Verdict

Numbers = Sequence[float]

TWICE, CONSTANT, CHAIN_RULE = "two backward passes", "a constant", "chain_rule"
"""What checks that are no operations and no programs are called."""

_ADDED = "both uses of x must be added up"
_ORDER = (
    "every operation is right by itself, but here one value is used twice: its derivative is passed on before all of "
    "it has arrived. Look at the order of topological_sort"
)
_NOTHING = "nothing comes back to the inputs: topological_sort begins at the output, and backpropagate there too"
_PROGRAMS = {
    "x * x": _ADDED,
    "x * y + x": _ORDER,
    "h * exp(h)": _ORDER,
    "exp(h) * h": _ORDER,
    TWICE: "a second backward adds to the derivative of a leaf: += where you have =",
    "log(sigmoid(2 * x + 1))": "every operation is right by itself: look at how backpropagate passes derivatives on",
    CONSTANT: "a constant (its history is None) takes no derivative: topological_sort leaves it out",
}
_RULES = {
    "add": "x + y has the derivatives 1 and 1",
    "mul": "x * y has the derivatives y and x",
    "neg": "-x has the derivative -1",
    "sub": "x - y has the derivatives 1 and -1",
    "div": "x / y has the derivatives 1/y and -x/y²",
    "log": "log(x) has the derivative 1/x",
    "exp": "exp(x) is its own derivative",
    "sigmoid": "σ(x) has the derivative σ(x)·(1 - σ(x))",
    "relu": "relu(x) has the derivative 1 where x > 0, and 0 elsewhere",
    "lt": "a comparison is flat: its derivatives are 0",
    "eq": "a comparison is flat: its derivatives are 0",
    "gt": "a comparison is flat: its derivatives are 0",
}


def same(theirs: Numbers, right: Numbers) -> bool:
    """Whether the numbers are the same but for what rounding, or a log that adds a little, makes of them."""
    pairs = zip(theirs, right, strict=True)
    return len(theirs) == len(right) and all(math.isclose(*pair, rel_tol=2e-5, abs_tol=1e-9) for pair in pairs)


def forward_hint(name: str, inputs: Numbers, verdict: Verdict) -> str:
    """The cause of a wrong value of an operation or a program."""
    if verdict.value is None or not verdict.differs:
        return _raised(verdict.text)
    x, *rest = inputs
    theirs = verdict.value
    guesses = [
        (name == "relu", theirs, x, "for x < 0 relu(x) is 0"),
        (name == "sigmoid", theirs, FLOATS.sigmoid(-x), "this is σ(-x): look at the sign of the exponent"),
        (name == "log" and x > 0, theirs, math.log2(abs(x) or 1.0), "the natural logarithm is meant, math.log(x)"),
        (name == "log" and x > 0, theirs, math.log10(abs(x) or 1.0), "the natural logarithm is meant, math.log(x)"),
    ]
    if name == "1 / x":
        guesses.append((True, theirs, x, "this is x / 1: look at __rtruediv__"))
    if rest and name in ("sub", "div"):
        guesses.append((True, theirs, FLOATS.__dict__[name](rest[0], x), "x and y are swapped"))
    if name in ("lt", "gt"):
        text = "x and y are swapped" if x != rest[0] else "equal numbers are neither less nor greater"
        guesses.append((True, theirs, float(x > rest[0] if name == "lt" else x < rest[0]) or float(x == rest[0]), text))
    return next((text for holds, number, guess, text in guesses if holds and same([number], [guess])), "")


def backward_hint(name: str, inputs: Numbers, seed: float, verdict: Verdict, right: Numbers) -> str:
    """The cause of wrong derivatives of an operation or a program; `right` are the right ones."""
    theirs = verdict.derivatives
    if name == "mul" and theirs and inputs[0] == 1.0 and not theirs[1]:
        # 1 * y is y: who looks for it among what was seen with `in`, finds the product.
        return "two Scalars of equal value are taken for one, as by `in`: compare their unique_id"
    if theirs is None or not verdict.differs:
        # None where a number is due: nothing came back at all.
        nothing = name == "add" and verdict.text.startswith("gave no derivative")
        return _PROGRAMS[name] if name == CONSTANT else _NOTHING if nothing else _raised(verdict.text)
    if name in _PROGRAMS:
        half = name == "x * x" and not same(theirs, [number / 2.0 for number in right])
        return "" if half or (name == TWICE and not same(theirs, [3.0])) else _PROGRAMS[name]
    if name not in _RULES and name != CHAIN_RULE:
        return "every operation is right by itself: look at how a plain number becomes a Scalar"
    if name == "add" and not any(theirs):
        return _NOTHING
    general = _general(theirs, right, seed)
    return general or _special(name, inputs, seed, theirs) or _RULES.get(name, "")


def _general(theirs: Numbers, right: Numbers, seed: float) -> str:
    """What can go wrong with the derivatives of any operation."""
    if seed != 1.0 and same(theirs, [number / seed for number in right]):
        return "a factor is missing: multiply by d_output, which comes back from the operations after this one"
    for index, axis in enumerate("xy"[: len(right)]):
        turned = [-number if place == index else number for place, number in enumerate(right)]
        if len(right) > 1 and right[index] and same(theirs, turned):
            return f"the sign of d/d{axis} is turned round"
    if any(right) and same(theirs, [-number for number in right]):
        return "the sign is turned round"
    if len(right) > 1 and same(theirs, right[::-1]):
        return "d/dx and d/dy are swapped"
    return ""


def _special(name: str, inputs: Numbers, seed: float, theirs: Numbers) -> str:
    """What can go wrong with the derivative of one operation."""
    x, *rest = inputs
    if name == "div" and same(theirs[1:], [-1.0 / rest[0] ** 2]):
        return "a factor is missing in the derivative of 1/y: multiply by d_output"
    if len(theirs) != 1:
        return ""
    sigmoid = FLOATS.sigmoid(x)
    guesses = {
        "log": [
            (x, "multiplied by x, where 1/x is due"),
            (1.0, _missing("1/x")),
            (math.log(abs(x) or 1.0), "this is log(x), where 1/x is due"),
        ],
        "exp": [(1.0, _missing("exp(x)")), (x, "exp(x) is due, not x")],
        "sigmoid": [
            (1.0, _missing("σ(x)·(1 - σ(x))")),
            (sigmoid, _missing("1 - σ(x)")),
            (1.0 - sigmoid, _missing("σ(x)")),
            (x * (1.0 - x), "σ(x)·(1 - σ(x)) is due, not x·(1 - x): save what forward gives"),
        ],
        "relu": [
            (1.0, "at 0 the slope is 0, by convention: x > 0, not x >= 0" if x == 0.0 else "for x < 0 the slope is 0"),
            (0.5, "at 0 the slope is 0, by convention"),
            (x, "for x > 0 the slope is 1, not x"),
        ],
    }
    return next((text for guess, text in guesses.get(name, []) if same(theirs, [guess * seed])), "")


def _missing(factor: str) -> str:
    return f"the factor {factor} is missing"


def _raised(text: str) -> str:
    """What a complaint gives away."""
    if text.startswith("changed its input"):
        return "an operation leaves its inputs as they are and makes a new Scalar of their data"
    if text.startswith("gave None") and "derivative" not in text:
        return "is a return missing?"
    if "not a Scalar" in text:
        return "an operation gives a Scalar: apply of its function"
    if "Expected return type float" in text:
        return "forward gives a float: 1.0, not 1 and not True"
    if "unhashable type: 'Scalar'" in text:
        return "a Scalar that has its own == cannot be in a set: keep its unique_id there"
    if text.startswith("raised KeyError") and "autodiff.py" in text:
        return "a value was reached before its derivative: topological_sort begins at the output"
    return ""


def difference_hint(tried: Difference, verdict: Verdict, right: float) -> str:
    """The cause of a wrong central difference."""
    if "'tuple' object does not support item assignment" in verdict.text:
        return "vals is a tuple: change a list of your own, list(vals)"
    if "'float' object has no attribute" in verdict.text:
        return "vals may be plain numbers, and are not to be changed in place"
    if verdict.value is None or not verdict.differs:
        return "is a return missing?" if verdict.text.startswith("gave None") else ""
    up, middle, down = (_called(tried, {tried.arg: sign * tried.epsilon}) for sign in (1, 0, -1))
    every = range(len(tried.inputs))
    one_sided = "a one-sided difference? The central one is f(x + epsilon) - f(x - epsilon)"
    moved = "the second call of f was at x: vals was changed in place for the first; begin again with list(vals)"
    step, fine = tried.epsilon, 1e-6

    def central(moved: Iterable[int], by: float) -> float:
        above, below = (_called(tried, dict.fromkeys(moved, sign * by)) for sign in (1, -1))
        return (above - below) / (2 * by)

    guesses = [
        ((up - down) / step, "divided by epsilon, not 2·epsilon?"),
        ((up - middle) / step, one_sided),
        ((middle - down) / step, one_sided),
        ((up - middle) / (2 * step), moved),
        ((middle - down) / (2 * step), moved),
        ((down - up) / (2 * step), "the sign is turned round: f(x + epsilon) comes first"),
        ((down - up) / step, "the sign is turned round, and divided by epsilon, not 2·epsilon"),
        (0.0, "both calls of f got the same numbers: vals was changed in place, or two names stand for one list"),
        ((up - down) / 2, "not divided by epsilon"),
        ((up - down) / 2 * step, "/ 2 * epsilon multiplies by epsilon: write / (2 * epsilon)"),
        (central(every, step), "all of vals were moved, where only vals[arg] should be"),
        *((central([place], step), "this is not vals[arg]: arg is not used") for place in every if place != tried.arg),
        (central([tried.arg], fine), "epsilon is not used"),
    ]
    return next((text for guess, text in guesses if same([verdict.value], [guess])), "")


def _called(tried: Difference, moved: dict[int, float]) -> float:
    value: float = tried.program(*(entry + moved.get(place, 0.0) for place, entry in enumerate(tried.inputs)))
    return value

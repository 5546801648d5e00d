"""What wrong derivatives give away of their cause: a hint, as in `hints.py`."""

from __future__ import annotations

import math

from engine.autodiff.primitives import FLOATS
from scenarios.student.hints import Numbers, raised, same
from scenarios.student.passes import Walk
from scenarios.student.tried import INVERSE
from scenarios.workspace.verdicts import Verdict

TWICE, CONSTANT, CHAIN_RULE = "two backward passes", "a constant", "chain_rule"
"""What checks that are no operations and no programs are called."""

_ADDED = "both uses of x must be added up"
_TWICE = "a second backward adds to the derivative of a leaf: += where you have ="
_CONSTANT = "a constant (its history is None) takes no derivative: topological_sort leaves it out"
_COMMON = "every operation is right by itself: look at backpropagate"
_SEED = (
    "every operation is right by itself, but backward(d_output) begins with 1: the derivative of the output is the "
    "d_output that backward hands to backpropagate"
)
_DEFAULT = "backward() begins with 1 where no d_output is given"
_ONE = f"{_COMMON}, where a derivative begins at 0, not at 1, before its parts are added"
_DOUBLED = f"{_COMMON}: each input gets twice its derivative. Is a leaf reached twice?"
_NEGATIVE = "it goes wrong only where d_output is negative: multiply by d_output as it is"
_AHEAD = f"{_COMMON}, which hands chain_rule what has arrived at that value, not the derivative of the output"
_NOTHING = f"{_COMMON}: nothing arrives at the inputs, not even by accumulate_derivative"
_HALF = f"{_COMMON}: one input gets its derivative, the other none. Does it go on after the first leaf?"
_LEAF = f"{_COMMON}: a leaf has no chain_rule, it takes accumulate_derivative"
_RULES = {
    "add": "x + y has the derivatives 1 and 1",
    "mul": "x * y has the derivatives y and x",
    "neg": "-x has the derivative -1",
    "sub": "x - y has the derivatives 1 and -1",
    "1 / x": "1/x has the derivative -1/x², times d_output: look at Inv.backward and inv_back",
    "div": "x / y has the derivatives 1/y and -x/y²",
    "log": "log(x) has the derivative 1/x",
    "exp": "exp(x) is its own derivative",
    "sigmoid": "σ(x) has the derivative σ(x)·(1 - σ(x))",
    "relu": "relu(x) has the derivative 1 where x > 0, and 0 elsewhere",
    "lt": "a comparison is flat: its derivatives are 0",
    "eq": "a comparison is flat: its derivatives are 0",
    "gt": "a comparison is flat: its derivatives are 0",
}


def chain_hint(inputs: Numbers, seed: float, verdict: Verdict, right: Numbers) -> str:
    """The cause of a wrong chain_rule."""
    if verdict.derivatives is not None and verdict.differs:
        return _general(verdict.derivatives, right, seed)
    if "'float' object is not iterable" in verdict.text or "must support iteration" in verdict.text:
        return "backward of a function of one input gives a number, not a tuple: _backward makes it one"
    return raised(verdict.text)


def backward_hint(
    name: str, inputs: Numbers, seed: float, verdict: Verdict, right: Numbers, walk: Walk | None, chained: bool
) -> str:
    """The cause of wrong derivatives of an operation or a program.

    `right` are the right ones; `walk` the way back along their operations; `chained`: chain_rule is right.
    """
    if name == CONSTANT and not (walk and walk.fault):
        return walk.common if walk and walk.common.startswith("is_constant()") else _CONSTANT
    if walk is None:
        return raised(verdict.text)
    if walk.fault:
        where, raises, _ = walk.fault.partition(" raised ")  # what it was has been said
        return f"it is {where} that raises this" if raises and verdict.text.startswith("raised") else walk.fault
    if walk.alone.right:
        return _common(name, seed, verdict, right, walk) if chained else ""
    theirs = walk.alone.derivatives
    if theirs is None or name not in _RULES:
        return ""
    general = _general(theirs, right, seed)
    if general and name == INVERSE.name:
        return f"{general} in Inv.backward or inv_back" if "turned" in general else general
    return general or _special(name, inputs, seed, theirs) or _RULES[name]


def shared(walk: Walk | None) -> str:
    """What is wrong where each operation of a program is right, of a program that goes wrong; "" where one is not."""
    if walk is None or walk.fault or not walk.alone.right:
        return ""
    told = walk.common or _COMMON
    return told if told.startswith("every operation") else f"every operation is right by itself, but {told}"


def _common(name: str, seed: float, verdict: Verdict, right: Numbers, walk: Walk) -> str:
    """What is wrong where every operation is right."""
    theirs = verdict.derivatives if verdict.derivatives is not None and verdict.differs else None
    if theirs and name == "x * x" and same(theirs, [number / 2.0 for number in right]):
        return _ADDED
    if theirs and name == TWICE and same(theirs, [3.0]):
        return _TWICE
    if walk.common:
        return walk.common
    if (walk.again is not None and walk.again.right) or "missing 1 required positional argument" in verdict.text:
        return _DEFAULT
    guesses: list[tuple[Numbers, str]] = [(walk.from_one, _ONE), (walk.ahead, _AHEAD)]
    if any(right):
        guesses.append(([2.0 * number for number in right], _DOUBLED))
    if seed != 1.0:
        guesses.insert(0, ([number / seed for number in right], _SEED))
    if told := next((text for guess, text in guesses if theirs and same(theirs, guess)), ""):
        return told
    if verdict.text.startswith("gave no derivative"):
        return _HALF if verdict.derivatives and any(verdict.derivatives) else _NOTHING
    if verdict.text.startswith("raised AssertionError (scalar.py"):
        return _LEAF
    return raised(verdict.text) or _COMMON


def _general(theirs: Numbers, right: Numbers, seed: float) -> str:
    """What can go wrong with the derivatives of any operation."""
    if seed < 0.0:  # it was right from a positive one
        return _NEGATIVE
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
    x = inputs[0]
    if len(theirs) != 1:
        return ""
    sigmoid = FLOATS.sigmoid(x)
    guesses = {
        "log": [
            (x, "this is x, where 1/x is due"),
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

"""The questions a lecture asks its class. Right and wrong are found by the engine at the moment of asking."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.autodiff.numeric import central_difference
from engine.autodiff.scalar import Scalar
from engine.session.session import State
from engine.symbolic import differentiate
from engine.symbolic.expression import symbol
from scenarios.numbers import given, signed, size, small
from scenarios.workspace.lectures import Ask


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, the answers to choose from, the index of the right one, and why it is right; and the `number` that
    the answer is about, by its name, with its `value`, "" where it is about none.
    """

    text: str
    options: tuple[str, ...]
    right: int
    why: str
    number: str = ""
    value: str = ""


def question(state: State, ask: Ask) -> Question:
    """The question as it stands at `state`. Raises ValueError where it cannot be asked there."""
    return QUESTIONS[ask.kind](state, ask)


def _which_way(state: State, ask: Ask) -> Question:
    index, name = _index(state, ask), ask.parameter
    way, slope = state.way(index), state.slopes[index]
    goes, right = {1: ("goes up", 0), -1: ("goes down", 1), 0: ("stays", 2)}[way]
    why = f"The slope of the loss in {name} is {signed(slope)}: {name} {goes}"
    against = "slope" if way * slope < 0.0 else state.against
    why += " because it is held." if name in state.problem.held else f", against its {against}." if way else "."
    options = ("up", "down", "it stays")
    return Question(f"Which way will {name} move?", options, right, why, f"slope in {name}", small(slope))


def _nudge(state: State, ask: Ask) -> Question:
    index, name, by = _index(state, ask), ask.parameter, ask.by
    change, slope = state.raised(index, by), state.slopes[index]
    if not (math.isfinite(change) and abs(change) > 1e-3):
        raise ValueError(f"a nudge of {by:g} hardly changes the loss here, so no answer would be visibly right")
    options = sorted({signed(value) for value in (change, -change, slope, change / 10.0)}, key=float)
    why = f"The loss {'rises' if change > 0.0 else 'falls'} by {size(change)}; {_predicted(slope * by, change)}."
    text = f"Raise {name} by {given(by)}: by how much does the loss change?"
    right = options.index(signed(change))
    return Question(text, tuple(options), right, why, "change of the loss", signed(change))


def _predicted(predicted: float, change: float) -> str:
    """What the slope predicts of a change of the loss, which is not 0."""
    if signed(predicted) == signed(change):
        return "the slope predicts the same"
    told = size(predicted) if predicted * change > 0.0 else signed(predicted)
    return f"the slope predicts {told}, and the rest is curvature"


def _black_box(x: Any) -> float:
    """f as a program that nobody can look into: it takes numbers and nothing else."""
    return math.sin(2.0 * float(x))


# Each method asked for the derivative of the black box at 1, in its own way.
_METHODS: dict[str, Callable[[], object]] = {
    "symbols": lambda: differentiate(_black_box(symbol("x")), "x"),  # type: ignore[arg-type]
    "central difference": lambda: central_difference(_black_box, 1.0),
    "autodiff": lambda: _black_box(Scalar(1.0)),
}


def _needs_no_formula(state: State, ask: Ask) -> Question:
    answers = [_answers(method) for method in _METHODS.values()]
    why = "The central difference only calls f twice. Symbols need its formula, autodiff its program."
    return Question("Which method needs no formula, only the values of f?", tuple(_METHODS), answers.index(True), why)


def _answers(method: Callable[[], object]) -> bool:
    try:
        method()
    except TypeError:
        return False
    return True


_OTHERS = {"the ×": "the ○", "the ○": "the ×"}


def _pull(state: State, ask: Ask) -> Question:
    index, name = _index(state, ask), ask.parameter
    found, y = state.evaluation, state.problem.data.y
    parts = found.contribution(index)
    pulling = parts < -1e-12
    groups = {"the ×": y > 0.0, "the ○": y < 0.0, "the wrong points": found.wrong, "all points": y == y}
    fitting = [name for name, group in groups.items() if np.array_equal(group, pulling)]
    if not fitting:
        raise ValueError(f"none of {', '.join(groups)} is the group of points that pull {name} up here")
    # Two names of one group would be two right answers.
    names = [name for name in groups if name == fitting[0] or name not in fitting]
    up, down = float(parts[pulling].sum()), float(parts[~pulling].sum())
    why = f"{fitting[0].capitalize()} contribute {signed(up)}"
    why += "." if pulling.all() else f", {_OTHERS.get(fitting[0], 'the others')} {signed(down)}."
    why += f" A negative slope pulls {name} up."
    text, part = f"Which points pull {name} up?", f"part of the slope in {name}"
    return Question(text, tuple(names), names.index(fitting[0]), why, part, signed(up))


def _index(state: State, ask: Ask) -> int:
    names = state.problem.names
    if ask.parameter not in names:
        raise ValueError(f"no parameter {ask.parameter!r}; {state.problem.model} has {state.problem.kind.named}")
    return names.index(ask.parameter)


QUESTIONS: dict[str, Callable[[State, Ask], Question]] = {
    "which-way": _which_way,
    "nudge": _nudge,
    "no-formula": _needs_no_formula,
    "pull": _pull,
}
"""By its kind: which way a parameter moves, what a nudge does to the loss, which method needs no formula, which points
pull a parameter up."""

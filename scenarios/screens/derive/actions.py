"""What keys do on the derive screen: move the point, choose the function, walk through the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.autodiff.numeric import replaced
from engine.derivative import catalogue
from engine.derivative.catalogue import Interval
from engine.derivative.study import study
from scenarios.intervals import FARTHEST
from scenarios.numbers import one_two_five
from scenarios.screens.story import Action, Live, Reply
from scenarios.text import key
from scenarios.workspace.moves import Look
from scenarios.workspace.view import EPSILONS, Derived, DeriveView, Screen, cycled
from scenarios.workspace.workspace import Workspace

_MOVES = 40  # presses of an arrow from one end of the domain to the other


def _look(workspace: Workspace, **changes: Any) -> Look:
    return Look(replace(workspace.view, derive=replace(workspace.view.derive, **changes)))


def walk(by: int) -> Callable[[Workspace], Look | None]:
    """One rule on or back; the first one on shows the worked steps, the last one back hides them."""

    def action(workspace: Workspace) -> Look | None:
        derive = workspace.view.derive
        if derive.hidden:
            return None
        found = study(derive.formula).differentiated[derive.by]
        if derive.shown is not Derived.RULES:
            return _look(workspace, shown=Derived.RULES, rules=0) if by > 0 else None
        rules = derive.rules + by
        if rules < 0:
            return _look(workspace, shown=Derived.FUNCTION)
        return _look(workspace, rules=min(rules, len(found.steps) if found else 0))

    return action


def move(argument: int, by: int) -> Callable[[Workspace], Look | None]:
    """Move the point by a fortieth of its domain, which follows it over its edge."""

    def action(workspace: Workspace) -> Look | None:
        derive = workspace.view.derive
        if argument >= len(derive.values):
            return None
        low, high = derive.domain[argument]
        step = (high - low) / _MOVES
        value = round(min(max(derive.values[argument] + by * step, -FARTHEST), FARTHEST), 9)
        shift = min(value - low, 0.0) or max(value - high, 0.0)
        domain = (round(low + shift, 9), round(high + shift, 9))
        return _look(
            workspace,
            values=replaced(derive.values, argument, value),
            domain=replaced(derive.domain, argument, domain),
        )

    return action


def moved(derive: DeriveView, values: tuple[float, ...]) -> DeriveView:
    """The view at another point; a domain that does not hold it follows."""
    domain = []
    for value, (low, high) in zip(values, derive.domain, strict=True):
        domain.append((low, high) if low <= value <= high else _around(value, (high - low) / 2))
    return replace(derive, values=values, domain=tuple(domain))


def _around(value: float, half: float) -> Interval:
    """An interval round a value, so wide that its places can be told apart."""
    half = max(half, abs(value) * 1e-6)
    return round(max(value - half, -FARTHEST), 9), round(min(value + half, FARTHEST), 9)


def zoom(by: int) -> Callable[[Workspace], Look]:
    """Halve the domain round the point, or double it."""

    def action(workspace: Workspace) -> Look:
        derive = workspace.view.derive
        factor = 0.5 if by > 0 else 2.0
        domain = []
        for value, (low, high) in zip(derive.values, derive.domain, strict=True):
            domain.append(_around(value, min(max((high - low) * factor / 2, 1e-6), 1e6)))
        return _look(workspace, domain=tuple(domain))

    return action


def next_epsilon(epsilon: float, by: int) -> float:
    """The next larger (`by` = 1) or smaller (-1) ε, within EPSILONS."""
    least, most = EPSILONS
    return min(max(one_two_five(epsilon, by), least), most)


def epsilon(by: int) -> Callable[[Workspace], Look]:
    """The next ε of the series 1, 2, 5."""

    def action(workspace: Workspace) -> Look:
        return _look(workspace, epsilon=next_epsilon(workspace.view.derive.epsilon, by))

    return action


def next_view(workspace: Workspace) -> Look | None:
    """The next of the large pane's views."""
    if workspace.view.derive.hidden:
        return None
    shown = cycled(workspace.view.derive.shown, Derived)
    return _look(workspace, shown=shown, rules=0, tangent=True, secant=True)


def next_argument(by: int) -> Callable[[Workspace], Look | None]:
    """Differentiate by the next argument."""

    def action(workspace: Workspace) -> Look | None:
        derive = workspace.view.derive
        count = len(derive.values)
        return _look(workspace, by=(derive.by + by) % count, rules=0) if count > 1 else None

    return action


def hide(workspace: Workspace) -> Look:
    """Black-box mode on, or the formula revealed."""
    return _look(workspace, hidden=not workspace.view.derive.hidden, shown=Derived.FUNCTION, rules=0)


def next_function(by: int) -> Callable[[Workspace], Look]:
    """The next of the lecture's functions."""

    def action(workspace: Workspace) -> Look:
        known = [entry.formula for entry in catalogue.FUNCTIONS]
        now = workspace.view.derive.formula
        index = (known.index(now) + by) % len(known) if now in known else 0
        entry = catalogue.FUNCTIONS[index]
        derive = DeriveView(entry.formula, entry.start, entry.domain, hidden=workspace.view.derive.hidden)
        return Look(replace(workspace.view, derive=derive))

    return action


def trace(workspace: Workspace) -> Look | None:
    """Go to the function's program on the trace screen; in black-box mode there is none to see."""
    if workspace.view.derive.hidden:
        return None
    return Look(replace(workspace.view, screen=Screen.TRACE, trace_formula=True, trace_at=0, trace_row=None))


def typed(text: str) -> DeriveView:
    """The view on a function a person typed, at 1 in each argument. Raises FormulaError for a text that is not one."""
    count = len(study(text).names)
    return DeriveView(text, (1.0,) * count, ((-3.0, 3.0),) * count)


ACTIONS: dict[str, Action] = {
    "forward": walk(1),
    "back": walk(-1),
    "right": move(0, 1),
    "left": move(0, -1),
    "up": move(1, 1),
    "down": move(1, -1),
    "accept": trace,
    "lower": zoom(-1),
    "raise": zoom(1),
    "edit": Live("function"),
    "go": Live("place"),
    "next_pane": next_argument(1),
    "previous_pane": next_argument(-1),
    "view": next_view,
    "previous_point": next_function(-1),
    "next_point": next_function(1),
    "smaller_epsilon": epsilon(-1),
    "larger_epsilon": epsilon(1),
    "predict": hide,
}
_HIDDEN = f"the function is hidden; {key('predict')} shows it"
_ONE_ARGUMENT = f"the function has one argument; {key('left')} {key('right')} move it"
_BEFORE_RULES = f"this is before the first rule; {key('forward')} shows it"
REPLIES: dict[str, Reply] = {
    "forward": lambda workspace: _HIDDEN if workspace.view.derive.hidden else "this is the last rule",
    "back": lambda workspace: _HIDDEN if workspace.view.derive.hidden else _BEFORE_RULES,
    "right": "this is as far as it goes",
    "left": "this is as far as it goes",
    "up": _ONE_ARGUMENT,
    "down": _ONE_ARGUMENT,
    "next_pane": _ONE_ARGUMENT,
    "previous_pane": _ONE_ARGUMENT,
    "accept": _HIDDEN,
    "view": _HIDDEN,
}

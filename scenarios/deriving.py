"""A function and its derivative three ways: what the derive screen shows, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine import catalogue, numeric, symbolic
from engine.catalogue import Interval
from engine.numeric import EpsilonError, replaced
from engine.study import Methods, errors_at, study, three_ways
from scenarios.moves import Look
from scenarios.numbers import given, one_two_five, signed
from scenarios.text import first_that_fits
from scenarios.view import EPSILONS, FARTHEST, Derived, DeriveView, Screen, cycled
from scenarios.workspace import Workspace

_MOVES = 40  # presses of an arrow from one end of the domain to the other


def methods(derive: DeriveView) -> Methods:
    """All three methods at the point of the view, by its argument, with its ε."""
    return three_ways(study(derive.formula), derive.values, derive.by, derive.epsilon)


def errors(derive: DeriveView) -> tuple[EpsilonError, ...]:
    """The differences' errors at the point of the view; () where there is no derivative to compare with."""
    return errors_at(study(derive.formula), derive.values, derive.by)


def at(workspace: Workspace) -> str:
    """The point in words: `x = 1.0000`."""
    derive = workspace.view.derive
    names = study(derive.formula).names
    return ", ".join(f"{name} = {given(round(value, 6))}" for name, value in zip(names, derive.values, strict=True))


def heading(workspace: Workspace) -> str:
    """The function in a line, hidden in black-box mode: `f(x) = sin(2·x)`."""
    derive = workspace.view.derive
    f = study(derive.formula)
    shown = "?" if derive.hidden else symbolic.pretty(f.expression)
    return f"f({', '.join(f.names)}) = {shown}"


def caption(workspace: Workspace) -> str:
    """What is said of the derive screen's moment."""
    derive = workspace.view.derive
    found, name = methods(derive), study(derive.formula).names[derive.by]
    if derive.shown is Derived.RULES:
        return _rule(derive)
    if found.value is None:
        where = first_that_fits(f"f is not defined at {at(workspace)}.", "f is not defined here.")
        return f"{where} Move on with the arrows."
    if found.central is None:
        return "f is not defined on both sides of the point, so there is no difference to take. Press < to shrink eps."
    rise = (found.right[1] or 0.0) - (found.left[1] or 0.0)
    run = 2 * derive.epsilon
    verb = "rises" if rise >= 0.0 else "falls"
    secant = f"A to B {verb} {abs(rise):.3g} over a run of {run:.3g}, so the secant has slope {signed(found.central)}."
    if derive.hidden:
        return f"{secant} Press < to shrink eps, move with the arrows; y shows the formula."
    if found.symbols is None or found.autodiff is None:
        return secant
    gap = abs(found.central - found.symbols)
    if (kink := _kink(derive)) is not None:
        return (
            f"A kink at {name} = {given(kink)}: the difference says {signed(found.central)}, looking at both sides, "
            f"autodiff {signed(found.autodiff)}. Both are right answers, to different questions."
        )
    if gap < 1e-5:
        how = f"agree to {gap:.0e}" if gap else "agree exactly"
        return f"{secant} The tangent has slope {signed(found.symbols)}: they {how}."
    if (best := numeric.best(errors(derive))) is not None and derive.epsilon < best.epsilon:
        return f"{secant} The tangent has slope {signed(found.symbols)}. Rounding shows: press > for a larger eps."
    return f"{secant} The tangent has slope {signed(found.symbols)}. Press < to shrink eps and watch them agree."


def _kink(derive: DeriveView) -> float | None:
    """The kink the secant reaches over, if the function is one of the lecture's with a kink."""
    entry = next((entry for entry in catalogue.FUNCTIONS if entry.formula == derive.formula), None)
    x = derive.values[derive.by]
    kinks = entry.kinks if entry else ()
    return next((kink for kink in kinks if abs(kink - x) < derive.epsilon), None)


def _rule(derive: DeriveView) -> str:
    f = study(derive.formula)
    found, name = f.differentiated[derive.by], f.names[derive.by]
    if found is None:
        return "The derivative by symbols is too large to write down; autodiff has no such limit."
    if derive.rules == 0:
        return f"By symbols: the derivative by {name}, one rule at a time. Press space for the first."
    if derive.rules >= len(found.steps):
        answer = f"All rules applied: df/d{name} = {symbolic.pretty(found.derivative)}."
        return first_that_fits(answer, "All rules applied: the derivative stands above.")
    step = found.steps[derive.rules - 1]
    return first_that_fits(f"{step.rule.capitalize()}: {step.note}", f"The {step.rule}, as it is written above.")


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


def explanation(workspace: Workspace) -> list[str]:
    """What `?` says of the derive screen."""
    derive = workspace.view.derive
    f, found = study(derive.formula), methods(derive)
    name, e, x = f.names[derive.by], derive.epsilon, derive.values[derive.by]
    texts = [
        f"The derivative df/d{name} says how f changes when {name} is moved a little: rise over run. Three methods "
        "give it.",
        "By symbols: the rules of school rewrite f into another function, its derivative, good for every point.",
    ]
    if not derive.hidden and (prime := f.differentiated[derive.by]) is not None:
        texts.append(f"  df/d{name} = {symbolic.pretty(prime.derivative)}")
    texts += [
        "By central difference: two calls of f, eps to either side; f may be unseen code. A is the left point, B the "
        "right, the secant runs through both.",
        f"  (f({name} + eps) - f({name} - eps)) / 2 eps",
    ]
    if found.central is not None and found.left[1] is not None and found.right[1] is not None:
        numbers = f"({found.right[1]:.10g} - {found.left[1]:.10g}) / {2 * e:g}"
        texts.append(f"  (f({given(x + e)}) - f({given(x - e)})) / {2 * e:g} = {numbers} = {signed(found.central, 6)}")
    texts += [
        "By autodiff: the program that computes f is followed back, operation by operation, with the chain rule (press "
        "enter to see it). It gives the same number as the symbols, and needs neither a formula nor a choice of eps.",
        "The error of a difference has two causes. Truncation: the secant is not the tangent; it falls with eps, as "
        "eps^2 for the central and as eps for the forward difference. Rounding: two nearly equal numbers are "
        "subtracted and divided by a tiny one; it rises as eps falls. Between them lies the best eps.",
    ]
    return texts

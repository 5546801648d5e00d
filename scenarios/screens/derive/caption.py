"""What is said of a function and its derivative three ways."""

from __future__ import annotations

from engine import symbolic
from engine.autodiff import numeric
from engine.derivative import catalogue
from engine.derivative.study import Methods, sides_of_kink, study
from scenarios.numbers import given, less, signed
from scenarios.screens.derive.function import at, errors, methods, written
from scenarios.screens.story import Heading
from scenarios.text import first_that_fits, key
from scenarios.workspace.view import Derived, DeriveView
from scenarios.workspace.workspace import Workspace

_SMALLER = key("smaller_epsilon")


def heading(workspace: Workspace) -> Heading:
    """The function, its point and ε."""
    return Heading("derive", written(workspace), f"{at(workspace)}   eps = {workspace.view.derive.epsilon:g}")


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
        return (
            "f is not defined on both sides of the point, so there is no central difference. "
            f"Press {_SMALLER} to shrink eps."
        )
    rise = (found.right[1] or 0.0) - (found.left[1] or 0.0)
    run = 2 * derive.epsilon
    went = f"A to B {'rises' if rise > 0.0 else 'falls'} {abs(rise):.3g} over" if rise else "A and B are level over"
    secant = f"{went} a run of {run:.3g}, so the secant has slope {signed(found.central)}."
    if derive.hidden:
        return f"{secant} Press {_SMALLER} to shrink eps, move with the arrows; {key('predict')} shows the formula."
    if found.symbols is None or found.autodiff is None:
        return secant
    gap = abs(found.central - found.symbols)
    if (sides := sides_of_kink(study(derive.formula), derive.values, derive.by)) is not None:
        return _at_kink(sides, found)
    if (kink := _kink(derive)) is not None:
        return (
            f"The secant spans the kink at {name} = {given(kink)}: the central difference, "
            f"{signed(found.central)}, mixes both sides; autodiff gives the slope at {name}, {signed(found.autodiff)}."
        )
    if gap < 1e-5:
        how = f"agree to {gap:.0e}" if gap else "agree exactly"
        return f"{secant} The tangent has slope {signed(found.symbols)}: they {how}."
    if (best := numeric.best(errors(derive))) is not None and derive.epsilon < best.epsilon:
        return (
            f"{secant} The tangent has slope {signed(found.symbols)}. Rounding shows: press "
            f"{key('larger_epsilon')} for a larger eps."
        )
    return (
        f"{secant} The tangent has slope {signed(found.symbols)}. Press {_SMALLER} to shrink eps and watch them agree."
    )


def _kink(derive: DeriveView) -> float | None:
    """The kink the secant reaches over, if the function is one of the lecture's with a kink."""
    entry = next((entry for entry in catalogue.FUNCTIONS if entry.formula == derive.formula), None)
    x = derive.values[derive.by]
    kinks = entry.kinks if entry else ()
    return next((kink for kink in kinks if abs(kink - x) < derive.epsilon), None)


def _at_kink(sides: tuple[float, float], found: Methods) -> str:
    left, right = (given(round(side, 4) + 0.0) for side in sides)
    assert found.central is not None
    assert found.autodiff is not None
    how = "averages" if abs(found.central - sum(sides) / 2.0) < 1e-3 else "mixes"
    return (
        f"A kink: slope {left} on the left, {right} on the right. The central difference {how} them, "
        f"{signed(found.central)}; autodiff picks {signed(found.autodiff)} by convention."
    )


def _rule(derive: DeriveView) -> str:
    f = study(derive.formula)
    found, name = f.differentiated[derive.by], f.names[derive.by]
    if found is None:
        return "The derivative by symbols is too large to write down; autodiff has no such limit."
    if derive.rules == 0:
        return (
            f"By symbols: the derivative with respect to {name}, one rule at a time. "
            f"Press {key('forward')} for the first."
        )
    if derive.rules >= len(found.steps):
        answer = f"All rules applied: df/d{name} = {symbolic.pretty(found.derivative)}."
        return first_that_fits(answer, "All rules applied: the derivative stands above.")
    step = found.steps[derive.rules - 1]
    return first_that_fits(f"{step.rule.capitalize()}: {step.shown}", f"The {step.rule}, as it is written above.")


def explanation(workspace: Workspace) -> list[str]:
    """What `?` says of the derive screen."""
    derive = workspace.view.derive
    f, found = study(derive.formula), methods(derive)
    name, e, x = f.names[derive.by], derive.epsilon, derive.values[derive.by]
    texts = [
        f"The derivative df/d{name} says how f changes when {name} is moved a little: rise over run. Three methods "
        "give it.",
        "By symbols: the rules taught at school rewrite f into another function, its derivative, good for every point.",
    ]
    if not derive.hidden and (prime := f.differentiated[derive.by]) is not None:
        texts.append(f"  df/d{name} = {symbolic.pretty(prime.derivative)}")
    texts += [
        "By central difference: two calls of f, eps to either side; f may be unseen code. A is the left point, B the "
        "right, the secant runs through both.",
        f"  (f({name} + eps) - f({name} - eps)) / 2 eps",
    ]
    if found.central is not None and found.left[1] is not None and found.right[1] is not None:
        numbers = f"({found.right[1]:.10g} {less(f'{found.left[1]:.10g}')}) / {2 * e:g}"
        texts.append(f"  (f({given(x + e)}) - f({given(x - e)})) / {2 * e:g} = {numbers} = {signed(found.central, 6)}")
    texts += [
        "By autodiff: the program that computes f is followed back, operation by operation, with the chain rule (press "
        f"{key('accept')} to see it). It gives the same number as the symbols, and needs neither a "
        "formula nor a choice of eps.",
        "The error of a difference has two causes. Truncation: the secant is not the tangent; it falls with eps, as "
        "eps^2 for the central and as eps for the forward difference. Rounding: two nearly equal numbers are "
        "subtracted and divided by a tiny one; it rises as eps falls. Between them lies the best eps.",
    ]
    return texts

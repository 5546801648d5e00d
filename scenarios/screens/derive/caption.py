"""What is said of a function and its derivative three ways: each sentence a claim that the numbers bear out."""

from __future__ import annotations

import math

from engine import symbolic
from engine.derivative.breaks import break_within
from engine.derivative.standing import Standing, misplaced, next_is_worse, others, standing
from engine.derivative.study import Methods, study
from engine.symbolic.lack import Lack
from scenarios.numbers import small
from scenarios.screens.derive.broken import at_break, floats_apart, no_difference, no_value_here, over_pole
from scenarios.screens.derive.function import ROUNDING, at, methods, slope, written
from scenarios.screens.story import Heading
from scenarios.text import first_that_fits, key
from scenarios.workspace.view import EPSILONS, Derived, DeriveView
from scenarios.workspace.workspace import Workspace

_SMALLER, _LARGER = key("smaller_epsilon"), key("larger_epsilon")
_SHRINK = f"Press {_SMALLER} to shrink eps."
_OTHER_EPSILONS = {
    Standing.SHRINK: f"Press {_SMALLER} to shrink eps and watch them agree.",
    Standing.CLOSER: f"Press {_SMALLER} to shrink eps: they come closer.",
    Standing.ENLARGE: f"Press {_LARGER} for a larger eps.",
    Standing.APART: "No other eps brings them much closer.",
}
_FARTHER_EPSILONS = {
    Standing.SHRINK: "A much smaller eps makes them agree.",
    Standing.CLOSER: "A much smaller eps brings them closer.",
    Standing.ENLARGE: "A much larger eps brings them closer.",
}
_SLOPE_LACKS = {
    Lack.UNDEFINED: "is not defined here",
    Lack.OVERFLOW: "overflows",
    Lack.UNDERFLOW: "underflows",
}
_AUTODIFF_LACKS = {
    Lack.UNDEFINED: "finds no slope: that of an operation is not defined here",
    Lack.OVERFLOW: "overflows: the slope of an operation is too large for a float",
    Lack.UNDERFLOW: "underflows: the slope of an operation is so small that a float has only 0 for it",
}


def heading(workspace: Workspace) -> Heading:
    """The function, its point and ε."""
    return Heading("derive", written(workspace), f"{at(workspace)}   eps = {workspace.view.derive.epsilon:g}")


def caption(workspace: Workspace) -> str:
    """What is said of the derive screen's moment."""
    derive = workspace.view.derive
    if derive.shown is Derived.RULES:
        return _rule(derive)
    found, where = methods(derive), at(workspace)
    if (why := found.lacks.get("value")) is not None:
        return no_value_here(derive, why, where)
    if found.central is None and (derive.hidden or derive.shown is Derived.FUNCTION):
        return no_difference(derive, found, _SHRINK)
    if derive.hidden:
        return _hidden(derive, found)
    near = break_within(study(derive.formula), derive.values, derive.by, derive.epsilon)
    if near is not None and (near.place == derive.values[derive.by] or derive.shown is Derived.FUNCTION):
        return at_break(derive, near, found, _SHRINK)
    if derive.shown is Derived.FUNCTION and derive.secant and (over := over_pole(derive, found)):
        return over
    if derive.shown is Derived.DERIVATIVE or not (derive.tangent or derive.secant):
        return _slope(derive, found, where)
    if not derive.secant:
        return _tangent(derive, found, where)
    return _both(derive, found)


def _secant(derive: DeriveView, found: Methods) -> str:
    """Rise, run and slope of the secant."""
    assert found.central is not None
    rise = (found.right[1] or 0.0) - (found.left[1] or 0.0)
    went = f"A to B {'rises' if rise > 0.0 else 'falls'} {abs(rise):.3g} over" if rise else "A and B are level over"
    return f"{went} a run of {2 * derive.epsilon:.3g}, so the secant has slope {small(found.central)}"


def _hidden(derive: DeriveView, found: Methods) -> str:
    """Black-box mode: only what calls of f give."""
    if misplaced(derive.values, derive.by, derive.epsilon):
        return _misplaced(derive, found)
    arrows = "move with the arrows"
    moves = f"Press {_SMALLER} to shrink eps, {arrows}" if derive.epsilon > EPSILONS[0] else arrows.capitalize()
    return f"{_secant(derive, found)}. {moves}; {key('predict')} shows the formula."


def _slope(derive: DeriveView, found: Methods, where: str) -> str:
    """What f' is at the point, where no line is drawn."""
    if found.symbols is None:
        return _no_slope(found)
    f = study(derive.formula)
    name, told = f.names[derive.by], f"{small(slope(found) or 0.0)}{_way(derive, found)}"
    if derive.shown is not Derived.DERIVATIVE:
        return f"The slope of f at {where} is {told}."
    prime = "f'" if len(f.names) == 1 else f"df/d{name}"
    return f"{prime} is the slope of f at every point: at {where} it is {told}."


def _tangent(derive: DeriveView, found: Methods, where: str) -> str:
    if found.symbols is None:
        return _no_slope(found)
    return f"The tangent at {where} has slope {small(slope(found) or 0.0)}{_way(derive, found)}."


def _way(derive: DeriveView, found: Methods) -> str:
    """Where f goes as its argument grows; nothing where rounding could have made the sign."""
    f, way = study(derive.formula), slope(found) or 0.0
    if abs(way) <= ROUNDING * max(1.0, abs(found.value or 0.0)):
        return ", so f is level there" if way == found.autodiff == 0.0 else ""
    smaller, larger = others(f, derive.values, derive.by, derive.epsilon)
    if not any(central and (central > 0.0) == (way > 0.0) for central in (found.central, *smaller, *larger)):
        return ""
    return f", so f {'rises' if way > 0.0 else 'falls'} as {f.names[derive.by]} grows"


def _no_slope(found: Methods) -> str:
    """Why the rules give no slope."""
    why = found.lacks.get("symbols")
    by_symbols = (
        f"By symbols the slope {_SLOPE_LACKS[why]}" if why else "The derivative by symbols is too large to write"
    )
    if found.autodiff is not None:
        return f"{by_symbols}; autodiff gives {small(found.autodiff)}."
    if found.lacks.get("autodiff") is why:
        return f"By symbols and by autodiff the slope {_SLOPE_LACKS[why or Lack.UNDEFINED]}."
    return f"{by_symbols}; by autodiff it {_SLOPE_LACKS[found.lacks['autodiff']]}."


def _both(derive: DeriveView, found: Methods) -> str:
    """The secant, the tangent, and whether they agree or would with another ε."""
    f, secant = study(derive.formula), _secant(derive, found)
    if misplaced(derive.values, derive.by, derive.epsilon):
        return _misplaced(derive, found)
    if found.symbols is None:
        return f"{secant}. {_no_slope(found)}"
    if not derive.tangent:
        return f"{secant}."
    if (why := found.lacks.get("autodiff")) is not None:
        return f"Secant {small(found.central or 0.0)}, tangent {small(found.symbols)}. Autodiff {_AUTODIFF_LACKS[why]}."
    how = standing(f, derive.values, derive.by, derive.epsilon)
    slopes = f"{secant}, the tangent {small(found.symbols)}"
    if how is Standing.AGREES:
        return f"{slopes}: they {_agreement(found)}."
    other = _other_epsilon(derive, how or Standing.APART)
    if how is Standing.ENLARGE and found.central is not None:
        gap = abs(found.central - found.symbols)
        told = f"{slopes}: {gap:.1e} apart. Rounding shows"
        if other != _OTHER_EPSILONS[how]:
            return first_that_fits(f"{told}; a larger eps helps.", f"{told}.")
        return first_that_fits(f"{told}: press {_LARGER} for a larger eps.", f"{told}: press {_LARGER}.")
    return f"{slopes}. {other}"


def _other_epsilon(derive: DeriveView, how: Standing) -> str:
    """What another ε would do; its key only where the next one is no worse."""
    way = 1 if how is Standing.ENLARGE else -1
    if how in _FARTHER_EPSILONS and next_is_worse(study(derive.formula), derive.values, derive.by, derive.epsilon, way):
        return _FARTHER_EPSILONS[how]
    return _OTHER_EPSILONS[how]


def _agreement(found: Methods) -> str:
    assert found.central is not None
    assert found.symbols is not None
    gap = abs(found.central - found.symbols)
    if gap == 0.0:
        return "agree exactly"
    if gap < 1e-5:
        return f"agree to {gap:.0e}"
    return f"agree in {math.floor(-math.log10(gap / abs(found.symbols)))} digits"


def _misplaced(derive: DeriveView, found: Methods) -> str:
    """Floats are too far apart at the point for this ε."""
    f, start = study(derive.formula), floats_apart(derive, found)
    assert found.central is not None
    slopes = f"secant {small(found.central)}"
    if found.symbols is None or derive.hidden:
        return f"{start}: {slopes}."
    how = standing(f, derive.values, derive.by, derive.epsilon)
    others = {
        Standing.ENLARGE: f" {_other_epsilon(derive, Standing.ENLARGE)}",
        Standing.APART: " No eps that can be chosen helps.",
    }
    return f"{start}: {slopes}, tangent {small(found.symbols)}.{others.get(how or Standing.AGREES, '')}"


def _rule(derive: DeriveView) -> str:
    f = study(derive.formula)
    found, name = f.differentiated[derive.by], f.names[derive.by]
    if found is None:
        return "The derivative by symbols is too large to write down; autodiff has no such limit."
    count = len(found.steps)
    if derive.rules == 0:
        rules = f"in {count} steps" if count > 1 else "in one step"
        return (
            f"Worked steps: f is differentiated with respect to {name} {rules}. Press {key('forward')} for the first."
        )
    if derive.rules >= count:
        answer = f"All rules applied: df/d{name} = {symbolic.pretty(found.derivative)}."
        return first_that_fits(answer, "All rules applied: the derivative stands above.")
    step = found.steps[derive.rules - 1]
    return first_that_fits(f"{step.rule.capitalize()}: {step.shown}", f"The {step.rule}, as it is written above.")

"""What `?` says of the derive screen."""

from __future__ import annotations

from engine import symbolic
from engine.autodiff.numeric import replaced
from engine.autodiff.primitive import Primitive
from engine.derivative.study import study
from engine.symbolic.expression import Expression, postorder
from scenarios.numbers import less, signed
from scenarios.screens.derive.function import beside, called, methods
from scenarios.text import key
from scenarios.workspace.workspace import Workspace

_MEANT = {
    "step": ("step(a)", "a > 0"),
    "lt": ("lt(a, b)", "a < b"),
    "le": ("le(a, b)", "a ≤ b"),
    "eq": ("eq(a, b)", "a = b"),
}
"""Operations of which a condition makes a number."""


def explanation(workspace: Workspace) -> list[str]:
    """What `?` says of the derive screen."""
    derive = workspace.view.derive
    f, found = study(derive.formula), methods(derive)
    name, run = f.names[derive.by], f"{2 * derive.epsilon:g}"
    texts = [
        f"The derivative df/d{name} says how f changes when {name} is moved a little: rise over run. Three methods "
        "give it.",
        "By symbols: the rules taught at school rewrite f into another function, its derivative, for all points at "
        "once.",
    ]
    if not derive.hidden and (prime := f.differentiated[derive.by]) is not None:
        texts.append(f"  df/d{name} = {symbolic.pretty(prime.derivative)}")
        texts += _named(prime.derivative)
    texts += [
        "By central difference: two calls of f, eps to either side; f may be unseen code. A is the left point, B the "
        "right, the secant runs through both.",
        f"  ({_called(f.names, derive.by, f'{name} + eps')} - {_called(f.names, derive.by, f'{name} - eps')}) / 2 eps",
    ]
    if found.central is not None and found.left[1] is not None and found.right[1] is not None:
        (a, fa), (b, fb) = found.left, found.right
        calls = f"{called(derive, beside(derive, b))} - {called(derive, beside(derive, a))}"
        left, right = (f"{value:.10g}" if f"{fa:.10g}" != f"{fb:.10g}" else repr(value) for value in (fa, fb))
        numbers = f"({right} {less(left)}) / {run}"
        texts.append(f"  ({calls}) / {run} = {numbers} = {signed(found.central, 6)}")
    seen = "" if derive.hidden else f" (press {key('accept')} to see it)"
    texts += [
        "By autodiff: the program that computes f is followed back, operation by operation, with the chain "
        f"rule{seen}. It is exact, as the symbols are, and needs neither a formula nor a choice of eps.",
        "Where f is smooth, the error of a difference has two causes. Truncation: the secant is not the tangent; it "
        "falls with eps, as eps^2 for the central and as eps for the forward difference. Rounding: two nearly equal "
        "numbers are subtracted and divided by a tiny one; it rises as eps falls. Between them lies the best eps.",
    ]
    if len(f.names) == 2 and not derive.hidden:
        texts.append(
            "In the heat map blue is low and red is high, with the values on the scale beside it; ● is the point, A "
            f"and B lie eps to either side of it along {name}. The slice through them is f along {name}, the other "
            "argument standing still."
        )
    return texts


def _named(derivative: Expression) -> list[str]:
    """What the operations mean that are no functions of school, of those that a derivative has."""
    rows = {
        node.head.name for node in postorder(derivative, lambda node: node.inputs) if isinstance(node.head, Primitive)
    }
    known = [f"{call} is 1 where {when}, otherwise 0" for name, (call, when) in _MEANT.items() if name in rows]
    return [f"  {'; '.join(known)}."] if known else []


def _called(names: tuple[str, ...], by: int, place: str) -> str:
    return f"f({', '.join(replaced(names, by, place))})"

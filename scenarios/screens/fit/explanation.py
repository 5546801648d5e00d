"""What `?` says of a pane of the fit screen: each sign on it, its formula, and the formula with the numbers of now."""

from __future__ import annotations

import math
from collections.abc import Callable

from engine import symbolic
from engine.autodiff.numeric import moved
from engine.derivative.slope_formula import MOST_PARTS, slope_by_symbols, slope_formula
from engine.session.session import Phase, State
from engine.training.evaluate import evaluate, loss, slope_by_difference
from engine.training.evaluators import evaluator
from engine.training.losses import PointLoss
from scenarios.numbers import less, plain, signed
from scenarios.screens.fit.caption import worked
from scenarios.screens.hearing import of_slopes
from scenarios.screens.leading import called
from scenarios.text import key, sign
from scenarios.workspace.view import LossView, Pane
from scenarios.workspace.workspace import Workspace

_WRITTEN = 12  # parameters up to which the number of all tries is written out


def explanation(workspace: Workspace) -> list[str]:
    """Paragraphs on the chosen pane."""
    pane = workspace.view.focus or Pane.DATA
    return [*_state_told(workspace, pane), *_TEXTS[pane](workspace)]


def _state_told(workspace: Workspace, pane: Pane) -> list[str]:
    """In (3), whether the pane's numbers are those before the update or after it."""
    now = workspace.session.frame
    if now.phase is not Phase.UPDATE or pane is Pane.PARAMETERS:
        return []
    if pane is Pane.DATA:
        return ["This is the model after the update; the faint line is the one before it."]
    new = evaluate(now.problem, now.parameters)
    return [
        f"These are the numbers before the update. After it the loss is {plain(new.loss)}, with {new.errors:,} errors."
    ]


def _data(workspace: Workspace) -> list[str]:
    now = workspace.session.frame
    data, kind, index = now.problem.data, now.problem.kind, workspace.view.point or 0
    found = evaluate(now.problem, now.parameters)
    m, y = float(found.m[index]), float(data.y[index])
    x1, x2 = plain(float(data.x1[index])), plain(float(data.x2[index]))
    texts = [
        "× is a point labelled +1, ○ one labelled -1. Red, or without colours . : +, is where the model's value m is "
        "above 0; blue, or - = ≡, where it is below; the deeper, or denser, the further σ(m) is from 0.5. The line is "
        "m = 0, the decision boundary. ( ) are the points on the wrong side of it, where y·m is 0 or less.",
        f"The model is {now.problem.model}:",
        f"  {kind.formula}",
        f"At point {index + 1}, {sign(y)} at ({x1}, {x2}):",
    ]
    if kind.weights:
        w1, w2, b = (signed(value) for value in now.parameters)
        texts.append(f"  m = {w1}·{x1} {w2}·{x2} {b} = {signed(m)}")
        length = math.hypot(*(now.parameters[weight] for weight in kind.weights))
        if length > 0.0:
            texts += [
                "Its distance to the line is measured at a right angle:",
                f"  |m| / √(w1² + w2²) = {plain(abs(m))} / {plain(length)} = {plain(abs(m) / length)}",
            ]
        else:
            texts.append("Both weights are 0, so there is no line and no distance.")
    else:
        texts.append(f"  m = {signed(m)}")
    verdict = "wrong" if found.wrong[index] else "right"
    texts.append(f"It is {verdict}: y·m = {signed(y * m)}. The loss uses m itself, not the distance.")
    return texts


def _parameters(workspace: Workspace) -> list[str]:
    state, index = workspace.session.state, workspace.view.parameter
    name, count = state.problem.names[index], len(state.problem.names)
    tries = f"100^{count} = {100**count:,}" if count <= _WRITTEN else f"100^{count}"
    row, batch = state.problem.optimizer, state.batch
    texts = [
        "Each row is a parameter θ: its value, its place in its range, and after (2) the slope of the loss in it and "
        f"the way it will move, which is against the {state.against}. h marks one that is held. Type a value with "
        f"{key('edit')}, nudge with {key('lower')} and {key('raise')}.",
        f"An update takes every free parameter against its {state.against}, rate times as far:",
        *(f"  {line}" for line in row.formula),
    ]
    if state.given is not None:
        texts.append(f"The slopes here are {called(state.given.source)}'s, and dL/dθ is what it gives.")
    if batch is not None:
        texts.append(f"Here dL/dθ is of a batch of {len(batch)} of the {len(state.problem.data):,} points.")
    if state.waits:
        texts.append("They have not come yet: then they are put in here.")
    elif workspace.session.phase is not Phase.LOSS:
        texts.append(f"  {name} new = {worked(state, index)} = {signed(state.updated[index])}")
    else:
        texts.append(f"Press {key('forward')} for (2): then the slopes are put in here.")
    texts.append(
        f"Why not simply try all values? With 100 values for each of {count} parameters that is {tries} "
        "losses; each further parameter makes it a hundred times more. The slopes tell the way at once, for "
        "all of them."
    )
    return texts


def _loss(workspace: Workspace) -> list[str]:
    state, index = workspace.session.state, workspace.view.point or 0
    problem, found = state.problem, state.evaluation
    data, kind, total = problem.data, problem.point_loss, len(problem.data)
    each = found.point_losses / problem.scale
    m, y = float(found.m[index]), float(data.y[index])
    shown = " + ".join(plain(float(value), 3) for value in each[:10]) + (" + …" if total > 10 else "")
    whole = f"({shown})" if problem.reduction == "mean" else shown
    texts = [
        f"The loss L(θ) says how badly the parameters θ fit all {total:,} points. Each point has a loss, "
        f"{kind.formula}, where y is its label, +1 or -1, and m the model's value there.",
        f"At point {index + 1}, with y = {y:+.0f} and m = {signed(m)}:",
        f"  {_with_numbers(kind, m, y)} = {plain(float(each[index]))}",
        "L is their sum:" if problem.reduction == "sum" else f"L is their mean, the sum divided by {total:,}:",
        f"  L = {whole}{f' / {total}' if problem.reduction == 'mean' else ''} = {plain(state.loss)}",
        f"An error is a point with y·m ≤ 0: there are {state.errors} of {total:,}. Loss and errors may disagree: the "
        "loss counts how far each point is from being surely right, the errors only on which side it is.",
        *_view(workspace.view.loss_view),
    ]
    if kind.misprint:
        endless = "" if kind.bounded else ", and there is no minimum"
        texts.append(
            f"{kind.misprint} Descending this loss pushes × towards m below 0 and ○ towards m above 0{endless}."
        )
    return texts


_STEPS = "is the loss after each step so far; ● is now, and the steps ahead, if you went back, are dim."
_VIEWS = {
    LossView.HISTORY: f"The curve {_STEPS}",
    LossView.LOG: f"The curve {_STEPS} Its axis has a log scale.",
    LossView.POINT: "The curves are the loss of a × and of a ○ as functions of m; each point's sign is at its m.",
    LossView.ERRORS: f"One curve {_STEPS} The other, with □, is the errors.",
}


def _view(shown: LossView) -> list[str]:
    """What is drawn, and the ledger, which stands under a chart where there is room for both."""
    bars = (
        "a row for each point, and where there is room a bar beside a number for its size among those of all points: "
        "to the right for what is positive, to the left for what is negative. The scale stays the same within a step."
    )
    if shown is LossView.LEDGER:
        return [f"This is the ledger: {bars}"]
    return [_VIEWS[shown], f"Where there is room the ledger stands under it ({key('zoom')} zooms the pane): {bars}"]


def _with_numbers(kind: PointLoss, m: float, y: float) -> str:
    return kind.worked.format(m=signed(m), y=f"{y:+.0f}", margin=signed(y * m), minus=signed(-y * m))


def _slope(workspace: Workspace) -> list[str]:
    state, index, epsilon = workspace.session.state, workspace.view.parameter, workspace.view.epsilon
    if workspace.session.phase is Phase.LOSS:
        return [
            "The slope dL/dθ says how the loss L changes when one parameter θ is moved a little and the others stay: "
            "rise over run.",
            f"The slopes are computed in (2). Press {key('forward')}, and they are shown and "
            "explained here with their numbers.",
            *of_slopes(workspace),
        ]
    problem, name, values = state.problem, state.problem.names[index], state.parameters
    up, down = (loss(problem, moved(values, index, by)) for by in (epsilon, -epsilon))
    difference = slope_by_difference(problem, values, index, epsilon)
    count, parts = len(problem.names), state.evaluation.contribution(index)
    circles, crosses = (float(parts[chosen].sum()) for chosen in (problem.data.y < 0, problem.data.y > 0))
    return [
        f"The slope dL/d{name} says how the loss changes when {name} is moved a little and the others stay: rise over "
        "run.",
        *_by_symbols(state, index),
        "By central difference, from two losses, ε to either side:",
        f"  (L({name} + ε) - L({name} - ε)) / 2ε",
        f"  ({up!r} {less(repr(down))}) / {2 * epsilon:g} = {signed(difference, 6)}",
        "By autodiff, from one run of the program back from the loss, which gives all slopes at once:",
        f"  dL/d{name} = {signed(state.slopes[index], 6)}",
        f"Every point contributes: the ○ {signed(circles, 5)}, the × {signed(crosses, 5)}, together "
        f"{signed(state.slopes[index], 5)}. A positive contribution pushes the parameter down, a negative one pulls it "
        "up.",
        f"What it costs: the central difference takes two losses a parameter, {2 * count} for these "
        f"{count}; autodiff takes one backward pass, however many parameters there are.",
        f"Where there is room for the curve L({name}), ● is the present place on it, ◇ the minimum in this range, and "
        "the straight line is the tangent: its slope is the number above.",
        *of_slopes(workspace),
    ]


def _by_symbols(state: State, index: int) -> list[str]:
    """The slope as a formula, and the formula with every point's numbers put in."""
    problem, name, total = state.problem, state.problem.names[index], len(state.problem.data)
    if reason := evaluator(problem).reason:
        return [f"By symbols there is no one formula: {reason}, and the answer differs from point to point."]
    try:
        formula = symbolic.pretty(slope_formula(problem, index))
    except ValueError:
        return [
            f"By symbols the formula has more than {MOST_PARTS} parts: too large to write down or to read. That is why "
            "autodiff exists: it works on the program, not on the formula."
        ]
    value = slope_by_symbols(problem, state.parameters, index)
    if value is None:
        return [
            f"By symbols the slope is a sum over {total:,} points of {formula}: too many terms to write down or to "
            "read. That is why autodiff exists: it works on the program, not on the formula."
        ]
    parts = state.evaluation.contribution(index) / problem.scale
    terms = [signed(float(part), 3) for part in parts[:10]]
    shown = " ".join([terms[0], *(f"{term[0]} {term[1:]}" for term in terms[1:])]) + (" …" if total > 10 else "")
    how = "sum" if problem.reduction == "sum" else "mean"
    return [
        f"By symbols, by the rules taught at school, from the formula of the loss: the {how} over all points of",
        f"  dL/d{name} of a point = {formula}",
        f"  {'' if how == 'sum' else f'1/{total} · '}({shown}) = {signed(value, 6)}",
    ]


_TEXTS: dict[Pane, Callable[[Workspace], list[str]]] = {
    Pane.DATA: _data,
    Pane.PARAMETERS: _parameters,
    Pane.LOSS: _loss,
    Pane.SLOPE: _slope,
}

"""The claims that captions of fit, landscape and compare make: how each is worded, and whether it is so."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.session.state import State
from engine.training.evaluate import evaluate, loss, losses_along
from scenarios.numbers import plain, signed, size, small
from scenarios.screens.compare.comparison import compared
from scenarios.screens.landscape.ray import Ray, ray
from scenarios.screens.landscape.slice import Slice, sliced
from scenarios.workspace.workspace import Workspace, verdict, will_move

Match = re.Match[str]
PARTS = {"half": 0.5, "a quarter": 0.25, "a tenth": 0.1, "a hundredth": 0.01, "a thousandth": 0.001}
N = r"([+-]?[\d,.]*\d(?:e[+-]?\d+)?)"


@dataclass(frozen=True)
class Claim:
    """Wherever the pattern is said, `holds` is true of the workspace and what was matched."""

    pattern: str
    holds: Callable[[Workspace, Match], bool]


def number(text: str) -> float:
    return float(text.replace(",", ""))


def near(text: str, value: float) -> bool:
    """The number that is written is the value, to the digits in which it is written."""
    return text in (plain(value), signed(value), size(value), small(value)) or abs(number(text) - value) <= max(
        6e-5, 6e-3 * abs(value)
    )


def before(workspace: Workspace) -> State:
    state = workspace.session.frame.before
    assert state is not None
    return state


def index_of(workspace: Workspace, name: str) -> int:
    return workspace.session.state.problem.names.index(name)


def step_part(state: State, share: float) -> float:
    moved = tuple(value + share * change for value, change in zip(state.parameters, state.change, strict=True))
    return loss(state.problem, moved)


def nudges(workspace: Workspace, match: Match) -> bool:
    name, by, went, up, went_back, down, end = match.groups()
    state, index = workspace.session.state, index_of(workspace, name)
    changes = [state.raised(index, way * number(by)) for way in (1, -1)]
    said = [(went, up), (went_back, down)]
    told = all((way == "rises") == (change > 0.0) and near(text, abs(change)) for (way, text), change in
               zip(said, changes, strict=True))  # fmt: skip
    return told and ((went != went_back) if end == "." else went == went_back)


def farthest_move(old: tuple[float, ...], new: tuple[float, ...]) -> float:
    return max(abs(a - b) for a, b in zip(old, new, strict=True))


def not_farther(workspace: Workspace, match: Match) -> bool:
    frame = workspace.session.frame
    if frame.parameters == frame.state.parameters:
        moved = farthest_move(before(workspace).parameters, frame.parameters)
    else:
        moved = farthest_move(frame.state.parameters, frame.parameters)
    return near(match[1], moved)


def slopes(workspace: Workspace, limit: float) -> bool:
    frame = workspace.session.frame
    states = [frame.state, *([frame.before] if frame.before is not None else [])]
    return any(
        all(held or abs(slope) <= limit for held, slope in zip(each.problem.holds, each.slopes, strict=True))
        for each in states
    )


def errors(workspace: Workspace, match: Match) -> bool:
    now = workspace.session.frame
    return number(match[1]) == evaluate(now.problem, now.parameters).errors


def same_sides(workspace: Workspace, match: Match) -> bool:
    now, old = workspace.session.state, before(workspace)
    return number(match[1]) == now.errors and bool(((now.evaluation.m > 0.0) == (old.evaluation.m > 0.0)).all())


def went(workspace: Workspace, match: Match) -> bool:
    now, old = workspace.session.state, before(workspace)
    return (old.errors, now.errors) == (number(match[2]), number(match[3])) and (match[1] == "rose") == (
        now.errors > old.errors
    )


def step_promise(workspace: Workspace, match: Match) -> bool:
    promise = workspace.session.state.promise
    return (match[1] == "rises") == (promise > 0.0) and near(match[2], abs(promise))


FIT = (
    Claim(rf"^The loss is {N}[,.;]", lambda w, m: near(m[1], w.session.state.loss)),
    Claim(
        rf"down {N}; the slopes promised {N}\.",
        lambda w, m: near(m[1], before(w).loss - w.session.state.loss) and near(m[2], abs(before(w).promise)),
    ),
    Claim(
        rf"^Promised {N}, got {N}: the loss rose",
        lambda w, m: near(m[1], before(w).promise)
        and near(m[2], w.session.state.loss - before(w).loss)
        and number(m[2]) > 0.0,
    ),
    Claim(
        r"The step was too long: (\w+(?: \w+)?) of it would have lowered",
        lambda w, m: step_part(before(w), PARTS[m[1]]) < before(w).loss,
    ),
    Claim(rf"no parameter moved by more than {N}\.", not_farther),
    Claim(r"All slopes of the free parameters are almost 0\.", lambda w, m: slopes(w, 5e-4)),
    Claim(r"All slopes of the free parameters are 0\.", lambda w, m: slopes(w, 0.0)),
    Claim(
        rf"Raise (\S+) by {N} and the loss (rises|falls) {N}; lower it and it (rises|falls) {N}([.:])",
        nudges,
    ),
    Claim(r"(?:so|,) (\S+) will go (up|down)", lambda w, m: w.session.state.way(index_of(w, m[1])) == (
        1 if m[2] == "up" else -1)),
    Claim(r"so (\S+) will (?:hardly move|go \w+, but hardly)", lambda w, m: abs(
        w.session.state.change[index_of(w, m[1])]) < 5e-5 and bool(w.session.state.way(index_of(w, m[1])))),
    Claim(r"(?:but|and) (\S+) will not move", lambda w, m: not w.session.state.way(index_of(w, m[1]))),
    Claim(r"^(Right!|Not this time\.) ", lambda w, m: verdict(w) is (m[1] == "Right!")),
    Claim(r"^Which way will (\S+) move\?", lambda w, m: bool(will_move(w))),
    Claim(
        rf"against its velocity, {N}, (\S+) will",
        lambda w, m: near(m[1], -w.session.state.direction[index_of(w, m[2])]),
    ),
    Claim(rf"{N} of [\d,]+ points (?:is|are) wrong", errors),
    Claim(r"every point is on the correct side|Every point is right", lambda w, m: w.session.state.errors == 0),
    Claim(rf"The errors are still {N}:.* no point changed sides", same_sides),
    Claim(rf"errors (rose|fell) from {N} to {N}", went),
    Claim(rf"The slopes promise that the loss (falls|rises) by {N}\.$", step_promise),
    Claim(r"above 0, the red side", lambda w, m: shown_m(w) > 0.0),
    Claim(r"below 0, the blue side", lambda w, m: shown_m(w) < 0.0),
)  # fmt: skip


def shown_m(workspace: Workspace) -> float:
    now, point = workspace.session.frame, workspace.view.point
    assert point is not None
    return float(evaluate(now.problem, now.parameters).m[point])


def lowest(workspace: Workspace, first: float, last: float) -> bool:
    """Nothing in the range is lower than there, and all between is as low."""
    found: Slice = sliced(workspace)
    curve = found.curve
    least = found.lowest
    assert least is not None
    inside = losses_along(curve.problem, curve.parameters, curve.index, np.linspace(first, last, 7))
    allowed = 1e-3 * max(float(np.ptp(curve.losses[np.isfinite(curve.losses)])), 1e-9)
    return bool((inside <= least.loss + allowed).all() and (curve.losses >= least.loss - allowed).all())


def best_rate(workspace: Workspace, first: float, last: float) -> bool:
    found: Ray = ray(workspace)
    losses = [found.place(rate, found.at_rate.mark).loss for rate in (0.5 * first, first, last, 1.5 * last)]
    tolerance = 2e-2 * abs(losses[0] - losses[1]) + 1e-9
    present = found.frame.state.loss
    return losses[1] <= losses[0] + tolerance and losses[2] <= losses[3] + tolerance and losses[1] <= present


def no_best(workspace: Workspace, match: Match) -> bool:
    found: Ray = ray(workspace)
    rates = np.geomspace(number(match[1]), number(match[3]), 9)[1:-1].tolist()
    return all(near(match[2], found.place(rate, found.at_rate.mark).loss) for rate in rates)


def share(workspace: Workspace, match: Match) -> bool:
    found = ray(workspace).course
    assert found is not None
    best = found.best if found.level is None else found.level[0]
    assert best
    percent = 100.0 * workspace.session.state.problem.rate / best
    return abs(number(match[1]) - percent) <= (0.51 if percent >= 0.95 else 0.35 * percent)


LANDSCAPE = (
    Claim(rf"the loss is lowest at {N}[:,.]", lambda w, m: lowest(w, number(m[1]), number(m[1]))),
    Claim(rf"the loss is lowest,? from {N} to {N}[:,.]", lambda w, m: lowest(w, number(m[1]), number(m[2]))),
    Claim(r"downhill is to the (left|right)", lambda w, m: (w.session.state.slopes[w.view.parameter] > 0.0) == (
        m[1] == "left")),
    Claim(rf"The minimum, at {N}, is {N} away", lambda w, m: near(
        m[2], abs(number(m[1]) - w.session.frame.parameters[w.view.parameter]))),
    Claim(rf"takes {N}% of what would have been best", share),
    Claim(rf": rate {N} would (?:bring|have been)", lambda w, m: best_rate(w, number(m[1]), number(m[1]))),
    Claim(rf": every rate from {N} to {N} ", lambda w, m: best_rate(w, number(m[1]), number(m[2]))),
    Claim(rf"no best rate: from rate {N} on the loss is {N} at every rate looked at, up to {N}\.", no_best),
    Claim(r"^There is no step to look along: no parameter moves", lambda w, m: not any(w.session.state.direction)),
    Claim(r"^(\S+) is held: its slope", lambda w, m: m[1] in w.session.state.problem.held),
    Claim(r"^(\S+) is free again", lambda w, m: m[1] not in w.session.state.problem.held),
)  # fmt: skip

COMPARE = (
    Claim(r"^Both are the same model", lambda w, m: compared(w).left.parameters == compared(w).right.parameters
          and compared(w).change == 0.0),
    Claim(rf"the loss (rose|fell) by {N} to {N}", lambda w, m: (m[1] == "rose") == (compared(w).change > 0.0)
          and near(m[2], abs(compared(w).change)) and near(m[3], compared(w).right_found.loss)),
    Claim(rf"'s loss is {N} (above|below) ", lambda w, m: (m[2] == "above") == (compared(w).change > 0.0)
          and near(m[1], abs(compared(w).change))),
    Claim(rf"The slope in (\S+) is {N} against {N}", lambda w, m: all(
        near(text, frame.state.slopes[index_of(w, m[1])])
        for text, frame in zip((m[2], m[3]), (compared(w).left, compared(w).right), strict=True))),
    Claim(r"no point changed sides|all points are on the same sides", lambda w, m: bool(
        (compared(w).left_found.wrong == compared(w).right_found.wrong).all())),
    Claim(rf"{N} points? changed sides", lambda w, m: int(
        (compared(w).left_found.wrong != compared(w).right_found.wrong).sum()) == number(m[1])),
)  # fmt: skip

CLAIMS: Mapping[str, tuple[Claim, ...]] = {"fit": FIT, "landscape": (*LANDSCAPE, FIT[11], FIT[12]), "compare": COMPARE}

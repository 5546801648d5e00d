"""The numbers of the moment, each read as `what = value`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from engine.session.session import Phase
from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.ray import Ray
from scenarios.workspace.view import Subject
from scenarios.workspace.workspace import Workspace
from tests.scenarios.claims import walks
from tests.scenarios.claims.compare import Compared
from tests.scenarios.claims.lesson import asked
from tests.scenarios.claims.looking import Landed
from tests.scenarios.claims.seen import Seen
from tests.scenarios.claims.sentences import NUMBER, Match, Sentence, number, reads
from tests.scenarios.claims.slopes import WHERE, Derivation
from tests.scenarios.claims.trace import OUTPUT, ROW, Walked, right
from tests.workspaces import apply, caption, look

F, D, T, L, C = (Sentence[each] for each in (Seen, Derivation, Walked, Landed, Compared))


def updated(s: Seen, name: str, text: str) -> bool:
    index = s.of(name)
    return s.phase is Phase.UPDATE and reads(text, s.state.parameters[index] + float(s.change[index]), s.noise)


def m_of(s: Seen, m: Match) -> bool:
    at = int(m[1]) - 1
    return s.workspace.view.point == at and reads(m[3], float(s.shown.m[at]), float(s.shown.rough[at]))


def largest(s: Seen, m: Match) -> bool:
    losses = s.shown.losses
    return int(losses.argmax()) == int(m[1]) - 1 and reads(m[3], float(losses.max()), s.shown.noise)


def asked_part(s: Seen, m: Match) -> bool:
    """Whether a group of points that has this part of the slope is said to pull the parameter up."""
    assert s.workspace.lesson is not None
    found = pulling.search(caption(s.workspace))
    return found is not None and found[1] == m[2]


def changed(s: Seen, m: Match) -> bool:
    index, by = asked(s)
    return reads(m[1], s.raised(index, by), s.now.noise)


pulling = re.compile(f"contribute ({NUMBER})")
BEATS = (
    F(r"wrong points = <N>", lambda s, m: number(m[1]) == s.shown.errors),
    F(r"<P> = <N>", lambda s, m: reads(m[2], s.frame.parameters[s.of(m[1])])),
    F(r"loss of point (\d+) ([×○]) = <N>", largest),
    F(r"slope in <P> = <N>", lambda s, m: s.of(m[1]) == asked(s)[0] and s.slope(m[1], m[2])),
    F(r"part of the slope in <P> = <N>", asked_part),
    F(r"change of the loss = <N>", changed),
    F(r"(?:slope in <P>|part of the slope in <P>|change of the loss) = \?", lambda s, m: s.workspace.lesson is not None
      and s.workspace.lesson.open_question is not None),
    F(r" = $", lambda s, m: True),
)  # fmt: skip
"""Of a lecture: what its words are about, and what is asked."""


def walk(seed: int) -> Iterator[Workspace]:
    """Steps, and where they end the data without a model."""
    for workspace in walks.walk(seed):
        yield workspace
    for point in (None, 0):
        yield apply(workspace, look(model_shown=False, point=point, subject=Subject.POINT))


STEP = (
    F(r"slope in <P> = \?", lambda s, m: s.name == m[1] and s.workspace.predictions.asking),
    F(r"slope in <P> = <N>", lambda s, m: s.phase is Phase.DIRECTION and s.name == m[1] and s.slope(m[1], m[2])),
    F(r"new <P> = <N>", lambda s, m: m[1] not in s.problem.held and updated(s, m[1], m[2])),
    F(r"<P>, held = <N>", lambda s, m: m[1] in s.problem.held and updated(s, m[1], m[2])),
)  # fmt: skip
FIT = (
    *STEP,
    F(r"(mean )?loss = <N>", lambda s, m: s.phase is Phase.LOSS and reads(m[2], s.now.loss, s.now.noise)
      and bool(m[1]) == (s.problem.reduction == "mean")),
    F(r"m of point (\d+) ([×○]) = <N>", m_of),
    F(r"label of point (\d+) = ([+-]1)", lambda s, m: number(m[2]) == s.problem.data.y[int(m[1]) - 1]),
    F(r"points = <N>", lambda s, m: number(m[1]) == len(s.problem.data) and not s.workspace.view.model_shown),
)  # fmt: skip


def broken(d: Derivation) -> bool:
    """Whether the slopes on both sides are not the same."""
    h = 1e-6 * max(1.0, abs(d.x))
    left, here, right = (d.f(d.x + by) for by in (-h, 0.0, h))
    if left is None or here is None or right is None:
        return False
    return abs((right - here) - (here - left)) > 1e-3 * h


def derivative(d: Derivation, m: Match) -> bool:
    slope = d.slope  # None where it takes more than the exact numbers reach
    if m["value"] == "none":
        return d.f(d.x) is None or not slope or abs(slope) < 1e-9 or broken(d)
    return slope is None or reads(m["value"], slope, d.rough + 1e-6 * abs(slope))


def f_there(d: Derivation, m: Match) -> bool:
    value = d.f(d.x)
    return m[1] == "none" if value is None else reads(m[1], value)


DERIVE = (
    D(rf"f\((?:{NUMBER}(?:, )?)+\) = (none|{NUMBER})", lambda d, m: f_there(d, m)
      and (not (d.view.tangent or d.view.secant) or (len(d.names) > 1 and d.workspace.lesson is not None))),
    D(r"secant off by = <N>", lambda d, m: d.slope is None or (d.secant is not None and d.view.secant
      and reads(m[1], d.gap(d.view.epsilon), 1e-9 * abs(d.slope) + d.rough))),
    D(rf"(?:f'\({NUMBER}\)|df/d\w+ at {WHERE}) = (?P<value>none|{NUMBER})", derivative),
    D(rf"secant at {WHERE} = (?P<value>none|{NUMBER})", lambda d, m: (d.view.hidden or d.view.secant)
      and reads(None if m["value"] == "none" else m["value"], math.nan if d.secant is None else d.secant)),
)  # fmt: skip
TRACE = (
    T(rf"d({OUTPUT})/d({ROW}) = (none|{NUMBER})", lambda w, m: m[1] == w.output and w.row(m[2]) in w.reached()
      and (not math.isfinite(w.row(m[2]).derivative) if m[3] == "none" else right(w, m[2], m[3]))),
    T(rf"value of ({ROW}) = <N>", lambda w, m: reads(m[2], w.row(m[1]).value)
      and (w.row(m[1]) is not w.program.rows[-1] or w.value is None or reads(m[2], w.value, 1e-9 * abs(w.value)))),
    T(rf"value of ({ROW}) = $", lambda w, m: w.program.rows.index(w.row(m[1])) >= w.program.leaves + w.at),
    T(r"f = none", lambda w, m: w.value is None),
)  # fmt: skip


def at_cursor(s: Landed, text: str) -> bool:
    found = looked_at(s.workspace)
    assert not isinstance(found, Ray)
    there = s.at(*found.cursors)
    return reads(text, there.loss, there.noise)


LANDSCAPE: tuple[Sentence[Any], ...] = (
    *STEP,
    L(
        r"loss after a step at rate <N> = <N>",
        lambda s, m: reads(m[2], s.along(looked_at(s.workspace).cursor).loss, s.noise),
    ),
    L(r"loss after a step at rate <N> = $", lambda s, m: s.workspace.predictions.on),
    L(r"loss at <P> = <N> = <N>", lambda s, m: s.name == m[1] and at_cursor(s, m[3])),
    L(r"loss here = <N>", lambda s, m: reads(m[1], s.shown.loss, s.shown.noise)),
    L(r"loss at the cursor = <N>", lambda s, m: at_cursor(s, m[1])),
)  # fmt: skip


def slope(c: Compared, name: str) -> float:
    one, other = (found.slopes[frame.problem.names.index(name)] for found, frame in zip(c.found, c.frames, strict=True))
    return float(other - one)


COMPARE = (
    C(r"loss, right - left = <N>", lambda c, m: reads(m[1], c.rise, c.noise)),
    C(r"loss of both = <N>", lambda c, m: abs(c.rise) <= c.noise and reads(m[1], c.found[1].loss, c.noise)),
    C(r"slope in <P>, right - left = <N>", lambda c, m: reads(m[2], slope(c, m[1]), 1e-9)),
    C(r"slope in <P>, both = <N>", lambda c, m: abs(slope(c, m[1])) < 1e-9),
    C(r"errors, right - left = <N>", lambda c, m: number(m[1]) == c.found[1].errors - c.found[0].errors),
    C(r"different points = $", lambda c, m: not c.same_points),
)  # fmt: skip

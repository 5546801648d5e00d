"""What must be so of the loss along the step to come, where a caption says it."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.ray import Ray
from tests.scenarios.claims.looking import L
from tests.scenarios.claims.sentences import Match, counted, number, reads


def best(s: L, m: Match, worse: bool = False) -> bool:
    """No rate in sight is better, and from the first to the last all are as good."""
    first, last = (number(m["best"]),) * 2 if m["best"] else (number(m["one"]), number(m["two"]))
    upto = 3.0 * max(min(s.chosen, 1e6 * last), last)
    least = s.lowest_rate(upto)
    span = abs(s.now.loss - least) + 8.0 * s.now.noise
    there = [s.along(rate).loss for rate in np.linspace(first, last, 5).tolist()]
    return all(loss <= least + 2e-2 * span for loss in there) and reads(m["least"], min(there), 2e-2 * span)


def times(s: L, m: Match) -> bool:
    last = number(m["best"] or m["two"])
    comes = s.along(s.chosen)
    to = reads(m["to"], comes.loss, comes.noise) if m["to"] else not math.isfinite(comes.loss)
    return (
        to
        and reads(m["rate"], s.chosen, 1e-5 * s.chosen)
        and (
            reads(m["times"], s.chosen / last, 0.01 * s.chosen / last)
            if m["times"]
            else reads(m["over"], 100.0 * (s.chosen / last - 1.0), 1.0)
        )
    )


def share(s: L, m: Match) -> bool:
    percent = 100.0 * s.chosen / number(m["best"] or m["one"])
    return reads(m["percent"], percent, 0.02 * percent + 1e-9)


def no_rate(s: L, m: Match) -> bool:
    comes, upto = s.along(s.chosen), number(m[1])
    return s.lowest_rate(upto) >= s.now.loss - 8.0 * s.now.noise - 1e-9 * abs(s.now.loss) and all(
        [
            reads(m[2], s.chosen, 1e-5 * s.chosen),
            reads(m[3], comes.loss, comes.noise),
            reads(m[4], s.now.loss, s.now.noise),
        ]
    )


def falls_for_ever(s: L, m: Match) -> bool:
    rates = np.geomspace(s.chosen, 1e6 * s.chosen, 13).tolist()
    losses = [s.along(rate).loss for rate in rates]
    return reads(m[1], s.chosen, 1e-5 * s.chosen) and all(b <= a + s.now.noise for a, b in pairwise(losses))


def level_from(s: L, m: Match) -> bool:
    rates = np.geomspace(number(m[1]) * 1.01, number(m[3]), 9).tolist()
    return all(reads(m[2], s.along(rate).loss, s.now.noise + 1e-9) for rate in rates)


def at_cursor(s: L, m: Match) -> bool:
    found = looked_at(s.workspace)
    assert isinstance(found, Ray)
    there = s.along(found.cursor)
    return (
        reads(m[1], found.cursor, 1e-5 * found.cursor)
        and reads(m[2], there.loss, there.noise)
        and (counted(m[3]) == there.errors)
    )

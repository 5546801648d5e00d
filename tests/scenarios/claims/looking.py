"""What must be so of the landscape of the loss, where a caption says it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from engine.replay.program import Array
from engine.session.session import Phase
from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.over import Over
from tests.scenarios.claims.reckoning import Reckoned, against, reckoned, replaced
from tests.scenarios.claims.seen import Seen
from tests.scenarios.claims.sentences import NAME, NUMBER, Match, all_read, counted, goes, number, reads, unit


@dataclass(frozen=True, eq=False)
class Landed(Seen):
    """A workspace on the landscape screen: where it looks, and the loss there."""

    @cached_property
    def over(self) -> Over:
        found = looked_at(self.workspace)
        assert isinstance(found, Over)
        return found

    def at(self, *values: float) -> Reckoned:
        """What there is with these values of the parameters that it goes along."""
        there = self.frame.parameters
        for index, value in zip(self.over.axes, values, strict=True):
            there = replaced(there, index, value)
        return reckoned(self.problem, there)

    def loss(self, value: float) -> float:
        return self.at(value).loss

    @cached_property
    def values(self) -> Array:
        return np.linspace(*self.over.spans[0], 401)

    @cached_property
    def losses(self) -> Array:
        return np.array([self.loss(value) for value in self.values.tolist()])

    @property
    def step(self) -> float:
        return float(self.values[1] - self.values[0])

    @property
    def rough(self) -> float:
        """How much of the losses seen is no difference."""
        finite = self.losses[np.isfinite(self.losses)]
        return 1e-4 * float(np.ptp(finite)) + 8.0 * self.shown.noise if len(finite) else math.inf

    def along(self, rate: float) -> Reckoned:
        """What a step with that rate comes to."""
        ways = np.array(self.state.parameters) - rate * against(self.state)
        return reckoned(self.problem, tuple(ways.tolist()))

    @property
    def chosen(self) -> float:
        return self.problem.rate

    def lowest_rate(self, upto: float) -> float:
        rates = [*np.linspace(0.0, upto, 200)[1:].tolist(), *np.geomspace(upto * 1e-6, upto, 60).tolist()]
        return min(loss for rate in rates if math.isfinite(loss := self.along(rate).loss))


L = Landed
WHERE = rf"(at (?P<at>{NUMBER})|from (?P<first>{NUMBER}) to (?P<last>{NUMBER}))"
MOVED = rf"(?P<others>\d+ other parameters|{NAME}(?:, {NAME})*(?: and {NAME})?)"
POINTS = r"(?P<points>no point|[\d,]+ points?)"
WAY = rf"the loss (?:(?P<way>rose|fell) by (?P<by>{NUMBER})|is the same)"


def lowest(s: L, m: Match) -> bool:
    """Nothing in the range is lower than there, and all between is as low."""
    first, last = bottom(m)
    off = 0.5 * unit(m["at"] or m["first"])
    inside = [min(s.loss(value + by) for by in (-off, 0.0, off)) for value in np.linspace(first, last, 5).tolist()]
    least = float(np.nanmin(s.losses))
    return all(loss <= least + s.rough for loss in inside)


def bottom(m: Match) -> tuple[float, float]:
    return (number(m["at"]), number(m["at"])) if m["at"] else (number(m["first"]), number(m["last"]))


def of_lowest(s: L, m: Match, text: str) -> bool:
    """The loss that is said of the lowest place, where that is written closely enough."""
    first, last = bottom(m)
    return abs(first) > 1e3 or reads(text, s.loss((first + last) / 2.0), s.rough)


def below(s: L, m: Match) -> bool:
    """So far below the present place."""
    first, last = bottom(m)
    return abs(first) > 1e3 or reads(m["by"], s.shown.loss - s.loss((first + last) / 2.0), s.rough)


def wrong_at(s: L, m: Match, text: str) -> bool:
    """The points wrong there; a value in four decimals may be beside where one changes sides."""
    first, last = bottom(m)
    off = unit(m["at"] or m["first"])
    found = {s.at((first + last) / 2.0 + by).errors for by in (-off, 0.0, off)}
    return min(found) <= counted(text) <= max(found)


def fewest(s: L, m: Match) -> bool:
    """No value seen leaves fewer errors, and between those that are said none leaves more."""
    count, low, high = (number(m[name]) for name in ("count", "low", "high"))
    inside = [s.at(value).errors for value in np.linspace(low, high, 7)[1:-1].tolist()]
    near = s.step + 2e-4
    return all(s.at(value).errors >= count for value in s.values.tolist()) and (
        all(errors == count for errors in inside) or high - low < near
    )


FEWEST = rf"the fewest errors, (?P<count>[\d,]+), are from (?P<low>{NUMBER}) to (?P<high>{NUMBER})"


def agree(s: L, m: Match) -> bool:
    least = min(s.at(value).errors for value in s.values.tolist())
    none_fewer = m["fewer"] is None or least >= counted(m["points"])
    return lowest(s, m) and wrong_at(s, m, m["points"]) and none_fewer and (m["fewer"] or counted(m["points"]) == 0)


def downhill(s: L, m: Match) -> bool:
    slope = float(s.now.slopes[s.over.axes[0]])
    return reads(m["slope"], slope, float(s.now.slope_noise[s.over.axes[0]])) and (m["side"] == "left") == (slope > 0.0)


def nearest(s: L, m: Match, value: float) -> float:
    first, last = bottom(m)
    return min(max(value, first), last)


def away(s: L, m: Match) -> bool:
    apart = nearest(s, m, s.over.present[0]) - s.over.present[0]
    return lowest(s, m) and reads(m["away"], abs(apart), 6e-5) and (apart < 0.0) == (m["side"] == "left")


def other_way(s: L, m: Match) -> bool:
    apart = nearest(s, m, s.over.present[0]) - s.over.present[0]
    return lowest(s, m) and (apart < 0.0) != (m["side"] == "left") and apart != 0.0


def falls_on(s: L, m: Match) -> bool:
    """It is lowest at an end of the range, towards which it falls."""
    end = s.over.spans[0][0 if m["end"] == "left" else 1]
    here, beside = s.loss(end), s.loss(end + (s.step if m["end"] == "left" else -s.step))
    lowest_of_all = here <= float(np.nanmin(s.losses)) + s.rough and here <= beside + s.rough
    return reads(m["value"], end) and reads(m["loss"], here, s.rough) and lowest_of_all


def no_minimum(s: L, m: Match) -> bool:
    """It falls for as far as can be looked."""
    low, high = s.over.spans[0]
    end, way = (low, -1.0) if s.loss(low) < s.loss(high) else (high, 1.0)
    far = [s.at(end + way * by) for by in (0.0, 1.0, 10.0, 100.0, 1000.0)]
    return all(b.loss <= a.loss + a.noise + b.noise for a, b in pairwise(far))


def moved_names(s: L) -> list[str]:
    """The parameters beside the one looked along, as they were at any step, that are another now."""
    names = set()
    upto = s.session.step + (s.phase is Phase.UPDATE)
    for step in range(upto):
        old = s.session.history.at(step).parameters
        names |= {name for name, a, b in zip(s.problem.names, old, s.frame.parameters, strict=True) if a != b}
    return [name for index, name in enumerate(s.problem.names) if name in names and index not in s.over.axes]


def went(s: L, m: Match) -> bool:
    """From where the step began to where it came, and what the loss did."""
    index = s.of(m["p"])
    old, new = s.state.parameters[index], s.frame.parameters[index]
    if m["far"]:
        return reads(m["far"], new - old) and abs(new - old) < 1e-4 * max(1.0, abs(old))
    return all_read([m["old"], m["new"]], [old, new]) and m["old"] != m["new"]


def loss_went(s: L, m: Match) -> bool:
    change, noise = s.shown.loss - s.now.loss, s.shown.noise + s.now.noise
    return went(s, m) and goes(m["way"], change, noise) and (m["by"] is None or reads(m["by"], abs(change), noise))


def passed(s: L, m: Match) -> bool:
    """Over the bottom to its other side."""
    first, last = bottom(m)
    old, new = s.state.parameters[s.over.axes[0]], s.over.present[0]
    return lowest(s, m) and loss_went(s, m) and ((old < last and new > first) or (old > first and new < last))


def reached(s: L, m: Match) -> bool:
    first, last = bottom(m)
    return lowest(s, m) and loss_went(s, m) and first - 6e-5 <= s.over.present[0] <= last + 6e-5


def part(s: L, m: Match) -> bool:
    """So many percent of the way to where the loss is lowest, which is not said here."""
    old, new = s.state.parameters[s.over.axes[0]], s.over.present[0]
    goal = nearest_low(s, old)
    share, at_end = (new - old) / (goal - old), not s.values[1] < goal < s.values[-2]
    near = abs(number(m["percent"]) - 100.0 * share) <= 0.6 + 2.0 * share
    return (at_end or not m["end"]) and loss_went(s, m) and near


def nearest_low(s: L, old: float) -> float:
    """The place nearest to another at which the loss is lowest."""
    lowest = np.flatnonzero(s.losses <= np.nanmin(s.losses) + s.shown.noise)
    least = int(min(lowest, key=lambda at: abs(s.values[at] - old)))
    low, high = float(s.values[max(least - 1, 0)]), float(s.values[min(least + 1, len(s.values) - 1)])
    for _ in range(80):  # thirds, of a curve that falls and then rises
        one, two = low + (high - low) / 3.0, high - (high - low) / 3.0
        one_loss, two_loss = s.loss(one), s.loss(two)
        if abs(one_loss - two_loss) <= s.shown.noise:
            low, high = (low, two) if old < low else (one, high)
        else:
            low, high = (low, two) if one_loss < two_loss else (one, high)
    return (low + high) / 2.0


def looked(s: L, m: Match) -> bool:
    """What there is at the cursor, against what is here."""
    there, here = s.at(*s.over.cursors), s.shown
    values = [each.split(" = ") for each in m["where"].split(", ")]
    placed = all(s.of(name) == index and reads(text, value) for (name, text), index, value in
                 zip(values, s.over.axes, s.over.cursors, strict=True))  # fmt: skip
    change, noise = there.loss - here.loss, there.noise + here.noise
    return (
        placed
        and reads(m["loss"], there.loss, there.noise)
        and goes(m["way"], change, noise)
        and (m["by"] is None or reads(m["by"], abs(change), noise))
        and counted(m["points"]) == there.errors
    )


def both_slopes(s: L, m: Match) -> bool:
    i, j = s.over.axes
    return (s.of(m["p"]), s.of(m["q"])) == (i, j) and s.slope(m["p"], m["a"]) and s.slope(m["q"], m["b"])


def over_two(s: L, m: Match) -> bool:
    """Over which two, and what the others are: each with its value, or how many."""
    others = [at for at in range(len(s.problem.names)) if at not in s.over.axes]
    said = [each.split(" = ") for each in m["with"].split(" and ")] if m["with"] else []
    known = len(said) == len(others) if m["more"] is None else int(m["more"]) == len(others)
    return (
        known
        and (s.of(m[1]), s.of(m[2])) == s.over.axes
        and all(
            s.of(name) == at and reads(value, s.workspace.session.frame.parameters[at], 1e-4)
            for (name, value), at in zip(said, others, strict=False)
        )
        and reads(m[5], s.shown.loss, s.shown.noise)
    )

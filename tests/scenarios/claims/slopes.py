"""What must be so of a function and its slope, where a caption says it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from engine.derivative.standing import SERIES
from engine.derivative.study import study
from scenarios.workspace.view import DeriveView
from scenarios.workspace.workspace import Workspace
from tests.scenarios.claims.exact import Exact, TooLargeError, UndefinedError, exact
from tests.scenarios.claims.sentences import NUMBER, Match, goes, number, reads


@dataclass(frozen=True, eq=False)
class Derivation:
    """A workspace on the derive screen: f by its calls, and without the bounds of floats."""

    workspace: Workspace

    @property
    def view(self) -> DeriveView:
        return self.workspace.view.derive

    @property
    def x(self) -> float:
        return self.view.values[self.view.by]

    @property
    def names(self) -> tuple[str, ...]:
        return study(self.view.formula).names

    @property
    def name(self) -> str:
        return self.names[self.view.by]

    @cached_property
    def exact(self) -> Exact:
        return exact(self.view.formula)

    def at(self, x: float) -> tuple[float, ...]:
        values = self.view.values
        return (*values[: self.view.by], x, *values[self.view.by + 1 :])

    def f(self, x: float) -> float | None:
        return study(self.view.formula)(*self.at(x))

    def central(self, epsilon: float) -> float | None:
        left, right = self.f(self.x - epsilon), self.f(self.x + epsilon)
        if left is None or right is None or not math.isfinite((right - left) / (2 * epsilon)):
            return None
        return (right - left) / (2 * epsilon)

    @cached_property
    def secant(self) -> float | None:
        return self.central(self.view.epsilon)

    @cached_property
    def slope(self) -> float | None:
        return self.exact.slope(self.view.values, self.view.by)

    @property
    def rough(self) -> float:
        """What rounding may make of a slope of 0."""
        return 1e-12 * max(1.0, abs(self.f(self.x) or 0.0))

    @property
    def others(self) -> dict[float, float | None]:
        return {each: self.central(each) for each in SERIES}

    def gap(self, epsilon: float) -> float:
        central = self.central(epsilon)
        return math.inf if central is None or self.slope is None else abs(central - self.slope)

    def gaps(self, way: int) -> list[float]:
        now = self.view.epsilon
        return [self.gap(each) for each in SERIES if (each > now * 1.0001 if way > 0 else each < now / 1.0001)]

    def lacks(self, x: float) -> set[str]:
        return self.exact.lacks(self.at(x))

    def side(self, way: int, x: float | None = None) -> float | None:
        found = self.exact.side(self.at(self.x if x is None else x), self.view.by, way)
        return None if found is None else float(found)

    @property
    def sides(self) -> tuple[float | None, float | None]:
        """The slopes just beside the point, a little further than floats tell it from its neighbours."""
        near = 1e-12 * max(1.0, abs(self.x))
        return self.side(-1, self.x - near), self.side(1, self.x + near)

    def beside(self, way: int, x: float) -> float | None:
        """The value of f just beside a place."""
        try:
            return float(self.exact(*self.at(x + way * 1e-12 * max(1.0, abs(x)))))
        except (UndefinedError, TooLargeError, OverflowError):
            return None


D = Derivation
WHERE = rf"(\w+ = {NUMBER}(?:, \w+ = {NUMBER})*)"
SECANT = r"(?:A to B (rises|falls) <N>|A and B are level) over a run of <N>, so the secant has slope <N>"


def tangent(d: D, text: str) -> bool:
    """The slope, to the digits that are written; symbols may lose a few where they cancel."""
    if d.slope is None:
        return None in (d.beside(-1, d.x), d.beside(1, d.x))  # there is nothing beside it that says otherwise
    return reads(text, d.slope, 1e-6 * abs(d.slope) + d.rough)


def secant(d: D, m: Match) -> bool:
    left, right = d.f(d.x - d.view.epsilon), d.f(d.x + d.view.epsilon)
    if left is None or right is None or d.secant is None:
        return False
    rise = right - left
    level = rise == 0.0 if m[1] is None else goes(m[1], rise) and rise != 0.0 and reads(m[2], abs(rise))
    return level and reads(m[3], 2 * d.view.epsilon) and reads(m[4], d.secant)


def agreed(d: D, how: str) -> bool:
    assert d.secant is not None
    if d.slope is None:
        return False
    gap = abs(d.secant - d.slope)
    rough = 1e-9 * abs(d.slope) + 1e-14
    if how == "exactly":
        return gap <= rough
    if how.startswith("to"):
        return gap <= 1.6 * number(how[3:]) + rough
    return gap <= 10.0 ** -int(how.split()[1]) * abs(d.slope) + rough


def close(slope: float) -> float:
    """How near to a slope a difference must come to agree with it."""
    return 1.1 * max(1e-5 * abs(slope), 1e-9)


def will_agree(d: D, way: int) -> bool:
    return d.slope is not None and min(d.gaps(way), default=math.inf) <= close(d.slope)


def closer(d: D, way: int) -> bool:
    return min(d.gaps(way), default=math.inf) < d.gap(d.view.epsilon)


def next_closer(d: D, way: int) -> bool:
    """The next ε, larger (1) or smaller (-1), is no worse: the key that is named does not lead away."""
    gaps, now = d.gaps(way), d.gap(d.view.epsilon)
    return bool(gaps) and (gaps[0] if way > 0 else gaps[-1]) <= now + 1e-9 * abs(d.slope or 0.0) + d.rough


def place(d: D, text: str) -> bool:
    """The point in words."""
    said = dict(part.split(" = ") for part in text.rstrip(", ").split(", "))
    return list(said) == list(d.names) and all(
        reads(said[name], value) for name, value in zip(d.names, d.view.values, strict=True)
    )


def grows(d: D, word: str, name: str) -> bool:
    """f rises, or falls, as the argument grows: so says its slope, and a difference of its values."""
    assert d.slope is not None
    ways = [each for each in d.others.values() if each]
    return (
        name == d.name
        and d.slope != 0.0
        and goes(word, d.slope)
        and any((each > 0) == (word == "rises") for each in ways)
    )


def lacks(d: D, how: str, x: float) -> bool:
    return how in d.lacks(x) and d.f(x) is None


def hole(d: D, limit: str) -> bool:
    """Just beside the point f comes to that on both sides."""
    return all(near(limit, d.f(d.x + way * 1e-5)) or near(limit, d.beside(way, d.x)) for way in (-1, 1))


def begins(d: D, where: str, side: str) -> bool:
    """f has values on that side of the place, none on the other."""
    x, beside = number(where), 1e-5 * max(1.0, abs(number(where)))
    way = 1 if side in ("above", "up") else -1
    return d.f(x + way * beside) is not None and d.f(x - way * beside) is None and (x - d.x) * way > 0.0


def no_difference(d: D, how: str, side: str, where: str | None) -> bool:
    x = d.x + (d.view.epsilon if side == "B" else -d.view.epsilon)
    return lacks(d, how, x) and (where is None or reads(where, x))


def helps(d: D, m: Match) -> bool:
    any_ = any(central is not None for each, central in d.others.items() if each < d.view.epsilon / 1.0001)
    return any_ == ("Press" in m[0])


def misplaced(d: D, m: Match) -> bool:
    left, right = d.x - d.view.epsilon, d.x + d.view.epsilon
    same = m[3] is None
    apart = left == right == d.x if same else reads(m[3], right - left) and reads(m[4], 2 * d.view.epsilon)
    off = d.x in (left, right) or abs((right - left) / (2 * d.view.epsilon) - 1.0) > 0.1
    return reads(m[1], d.x) and reads(m[2], math.ulp(d.x)) and apart and off


def slopes(d: D, central: str, symbols: str | None) -> bool:
    return d.secant is not None and reads(central, d.secant) and (symbols is None or tangent(d, symbols))


def near(text: str, value: float | None) -> bool:
    return value is not None and reads(text, value, 1e-5 * max(1.0, abs(value)))


def kink(d: D, m: Match) -> bool:
    left, right = d.sides
    return near(m[1], left) and near(m[2], right) and abs((left or 0.0) - (right or 0.0)) > 1e-6


def mixed(d: D, m: Match) -> bool:
    left, right = d.sides
    assert left is not None
    assert right is not None
    assert d.secant is not None
    off = abs(d.secant - (left + right) / 2.0) / max(1.0, abs(left), abs(right))
    return reads(m[2], d.secant) and (off < 2e-3 if m[1] == "averages" else off > 5e-4)


def jump(d: D, m: Match) -> bool:
    left, right = d.beside(-1, d.x), d.beside(1, d.x)
    here = d.f(d.x)
    if m[3] is not None:
        return near(m[3], left) and near(m[3], right) and near(m[4], here) and left != here
    return near(m[1], left) and near(m[2], right) and left != right


def jumping(d: D, m: Match) -> bool:
    """The central difference at a jump, and whether it grows as ε shrinks."""
    found = [central for each, central in d.others.items() if each < d.view.epsilon / 1.0001]
    series = [abs(each) if each is not None else 0.0 for each in [*found, d.secant]]
    up = len(series) > 1 and all(a > b for a, b in pairwise(series))
    return d.secant is not None and reads(m[1], d.secant) and up == bool(m[2])


def spanned(d: D, m: Match) -> bool:
    """A kink or a jump near the place that is written, which ε reaches."""
    x = number(m[2])
    wide = max(1e-7, 1e-5 * abs(x))
    if not abs(x - d.x) <= d.view.epsilon + wide or d.secant is None or not reads(m[3], d.secant):
        return False
    far, near_left, near_right, beyond = (d.f(x + by * wide) for by in (-2.0, -1.0, 1.0, 2.0))
    if far is None or near_left is None or near_right is None or beyond is None:
        return True  # beside a place where f itself has no value
    apart = abs(near_right - near_left)
    if m[1] == "jump":
        return m[4] == "takes it in" and apart > 3.0 * (abs(near_left - far) + abs(beyond - near_right))
    return m[4] == "mixes both sides" and abs((near_left - far) - (beyond - near_right)) / wide > 1e-4


def over(d: D, x: float) -> bool:
    """There f grows beyond all bounds, or has no value."""
    if not abs(x - d.x) <= d.view.epsilon + 1e-9:
        return False
    found = [d.beside(way, x) for way in (-1, 1)]
    return d.f(x) is None or any(each is None or abs(each) > 1e5 for each in found)


def derived(d: D, m: Match) -> bool:
    """The formula of the derivative is that of the slope, here and a little beside."""
    written = exact(m[2])
    for x in (d.x, d.x + 0.37, d.x - 0.21):
        known = dict(zip(d.names, d.at(x), strict=True))
        slope = d.exact.slope(d.at(x), d.view.by) if d.f(x) is not None else None
        if slope is None:
            continue
        try:
            found = float(written(*[known.get(name, 1.0) for name in written.names]))
        except (UndefinedError, TooLargeError, OverflowError):
            continue
        if abs(found - slope) > 1e-6 * max(1.0, abs(slope)):
            return False
    return m[1] == f"df/d{d.name}"


def no_slope(d: D, m: Match) -> bool:
    """By symbols there is no number: there is none, or a part of it is too large or too small for a float."""
    return m[1] != "is not defined here" or d.slope is None or any(each in d.lacks(d.x) for each in ("underflows",))

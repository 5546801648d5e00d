"""The sentences of the compare screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.replay.program import Mask
from engine.session.session import Frame, Phase, Session
from scenarios.screens.compare.comparison import left_of
from scenarios.workspace.workspace import Workspace
from tests.scenarios.claims.reckoning import Reckoned, change, reckoned
from tests.scenarios.claims.seen import listed_as
from tests.scenarios.claims.sentences import NAME, NUMBER, Match, Sentence, goes, number, reads


@dataclass(frozen=True, eq=False)
class Compared:
    """A workspace on the compare screen: what stands on the left and on the right, reckoned as it is shown."""

    workspace: Workspace

    @cached_property
    def left_session(self) -> Session:
        return left_of(self.workspace).session

    @cached_property
    def frames(self) -> tuple[Frame, Frame]:
        return self.left_session.frame, self.workspace.session.frame

    @cached_property
    def found(self) -> tuple[Reckoned, Reckoned]:
        left, right = (reckoned(each.problem, each.parameters) for each in self.frames)
        return left, right

    @property
    def titles(self) -> tuple[str, str]:
        return left_of(self.workspace).name, self.workspace.scenario.name

    @property
    def rise(self) -> float:
        return self.found[1].loss - self.found[0].loss

    @property
    def noise(self) -> float:
        return self.found[0].noise + self.found[1].noise

    @property
    def same_points(self) -> bool:
        one, other = (each.problem.data for each in self.frames)
        return all(np.array_equal(a, b) for a, b in ((one.x1, other.x1), (one.x2, other.x2), (one.y, other.y)))

    @property
    def turned(self) -> tuple[Mask, Mask]:
        """The points that are right on the right side alone, and those wrong there alone."""
        left, right = (each.wrong for each in self.found)
        return left & ~right, right & ~left

    @property
    def index(self) -> int:
        return self.workspace.view.parameter

    def way(self, side: int) -> str:
        """Where the selected parameter of a side will go."""
        state = self.frames[side].state
        if state.waits:
            return "wait for slopes"
        moved, old = float(change(state)[self.index]), state.parameters[self.index]
        way = state.way(self.index) if abs(moved) < 4.0 * np.spacing(abs(old)) else (moved > 0.0) - (moved < 0.0)
        return {1: "go up", -1: "go down", 0: "stay"}[way]

    def slope(self, side: int, text: str) -> bool:
        state = self.frames[side].state
        found = reckoned(state.problem, state.parameters)
        return reads(text, float(found.slopes[self.index]), float(found.slope_noise[self.index]))

    def loss(self, side: int, text: str) -> bool:
        return reads(text, self.found[side].loss, self.found[side].noise)


C = Compared
S = Sentence[Compared]
TITLE = r"([\w-]+)"
SIDES = (
    r"(?P<none>no point changed sides|all points are on the same sides)|(?P<count>[\d,]+) points? (?:changed "
    r"sides|(?:is|are) on "
    r"different sides)(?:, (?P<right>[\d,]+) (?:now )?right and (?P<wrong>[\d,]+) (?:now )?wrong|: (?P<which>.*?))"
    r"(?: in (?:(?P<title>[\w-]+)|the present one))?"
)


def sides(c: C, m: Match) -> bool:
    """Which points are on other sides, or how many."""
    right, wrong = c.turned
    if m["none"]:
        return not (right.any() or wrong.any())
    if m["title"] and m["title"] != c.titles[1]:
        return False
    counts = int(m["count"].replace(",", "")) == int(right.sum() + wrong.sum())
    if m["right"]:
        return counts and (number(m["right"]), number(m["wrong"])) == (right.sum(), wrong.sum())
    return counts and m["which"].replace("now ", "") == _which(c, right, wrong)


def _which(c: C, right: Mask, wrong: Mask) -> str:
    y, told = c.frames[1].problem.data.y, []
    for mask, word in ((right, "right"), (wrong, "wrong")):
        names = [f"{'×' if y[at] > 0 else '○'} {at + 1}" for at in np.flatnonzero(mask)]
        if names:
            be = "is" if len(names) == 1 else "are"
            told.append(f"{' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))} {be} {word}")
    return ", ".join(told)


def moved(c: C, m: Match) -> bool:
    """What the parameters of one model did."""
    names, (old, new) = c.frames[1].problem.names, (each.parameters for each in c.frames)
    if m["models"]:
        return m["models"].split(" against ") == [each.problem.model for each in c.frames]
    apart = [name for name, a, b in zip(names, old, new, strict=True) if a != b]
    if m["p"]:
        index = names.index(m["p"])
        return apart == [m["p"]] and reads(m["old"], old[index]) and reads(m["new"], new[index])
    if m["of"]:
        return [int(word) for word in m["of"].split() if word.isdigit()] == [len(apart), len(names)]
    return listed_as(m["list"], apart)


def went(c: C, m: Match) -> bool:
    """What the loss did."""
    if m["stays"]:
        return abs(c.rise) <= c.noise and c.loss(1, m["stays"])
    return goes(m["way"], c.rise, c.noise) and reads(m["by"], abs(c.rise), c.noise) and c.loss(1, m["to"])


def beside(c: C, m: Match) -> bool:
    """How the losses of two scenarios stand to each other."""
    if (m["one"], m["other"] or m["other2"]) != (c.titles[1], c.titles[0]):
        return False
    if m["is"]:
        return abs(c.rise) <= c.noise and c.loss(1, m["is"])
    return goes(m["way"], c.rise, c.noise) and reads(m["by"], abs(c.rise), c.noise)


def apart(c: C, m: Match) -> bool:
    """How the losses of two sessions stand to each other."""
    if m["is"]:
        return abs(c.rise) <= c.noise and c.loss(1, m["is"])
    return goes(m["way"], c.rise, c.noise) and reads(m["by"], abs(c.rise), c.noise)


def why_apart(c: C, text: str) -> bool:
    one, other = (each.problem for each in c.frames)
    if text == "different points":
        return not c.same_points
    return text in (f"{one.loss} against {other.loss}", f"{one.reduction} against {other.reduction}") and (
        one.loss != other.loss or one.reduction != other.reduction
    )


def wrong_both(c: C, m: Match) -> bool:
    said = [int(m[at].replace(",", "")) for at in (1, 2, 3, 4)]
    return said == [c.found[0].errors, len(c.found[0].m), c.found[1].errors, len(c.found[1].m)]


def both(c: C) -> bool:
    """The same model, at the same place."""
    left, right = c.frames
    return (
        left.parameters == right.parameters
        and left.problem.settings == right.problem.settings
        and (left.problem.held == right.problem.held and left.problem.model == right.problem.model)
    )


def diverged(c: C, m: Match) -> bool:
    """The one that diverged, and the other."""
    side = 0 if m["side"] == "pinned" else 1
    session = (c.left_session, c.workspace.session)[side]
    return m["title"] == c.titles[side] and session.diverged and int(m["step"].replace(",", "")) == session.step


def goes_on(c: C, m: Match) -> bool:
    side = 0 if m["side"] == "pinned" else 1
    sessions = c.left_session, c.workspace.session
    named = m["title"] == c.titles[side] and int(m["step"].replace(",", "")) == sessions[side].step
    return named and not sessions[side].diverged and c.loss(side, m["loss"])


def setting(c: C, m: Match) -> bool:
    values = [each.problem.settings.get(m[1]) for each in c.frames]
    told = [f"{each:.6g}" if isinstance(each, float) else str(each) for each in values]
    return values[0] != values[1] and [m[2], m[3]] == told


START = (
    rf"(?:(?P<p>{NAME}) went from (?P<old>{NUMBER}) to (?P<new>{NUMBER})|(?P<of>\d+ of \d+ parameters) "
    rf"moved|(?P<models>[^:]+ "
    rf"against [^:]+)|(?P<list>{NAME}(?:, {NAME})*(?: and {NAME})?) moved)"
)
APART = (
    rf"(?:(?P<p>{NAME}) is (?P<new>{NUMBER}) against (?P<old>{NUMBER})|(?P<of>\d+ of \d+ parameters) differ|"
    rf"(?P<models>[^:]+ against [^:]+)|(?P<list>{NAME}(?:, {NAME})*(?: and {NAME})?) differ)"
)
LOSS_APART = rf"the loss is (?:(?P<by>{NUMBER}) (?P<way>above|below) the pinned one's|(?P<is>{NUMBER}) in both)"
LOSS = rf"the loss (?:(?P<way>rose|fell) by (?P<by>{NUMBER}) to (?P<to>{NUMBER})|stays at (?P<stays>{NUMBER}))"
BESIDE = (
    rf"(?P<one>[\w-]+)'s loss is (?:(?P<by>{NUMBER}) (?P<way>above|below) (?P<other>[\w-]+)'s|(?P<is>{NUMBER}), as "
    r"(?P<other2>[\w-]+)'s is)"
)
COMPARE = (
    S(rf"Nothing is pinned, so the start(?: of {TITLE})? stands on the left; the right one is still the same\.",
      lambda c, m:
      c.workspace.pinned is None and both(c) and m[1] in (None, c.titles[1])),
    S(r"Press space and watch it, or pin it with P\.", lambda c, m: c.workspace.pinned is None),
    S(r"The left is the start(?:: nothing is pinned \(P\))?\.", lambda c, m: c.workspace.pinned is None
      and c.left_session.step == 0),
    S(r"Both have diverged: the next update would leave the numbers a computer can hold\.", lambda c, m:
      c.left_session.diverged and c.workspace.session.diverged),
    S(r"Go back from here\.", lambda c, m: c.workspace.session.diverged),
    S(r"Diverged at step <N>: the next update would leave the numbers a computer can hold\.", lambda c, m:
      c.workspace.session.diverged and number(m[1]) == c.workspace.session.step),
    S(r"Go back, or lower the rate\.", lambda c, m: c.workspace.session.diverged),
    S(r"The (?P<side>pinned|present) (?P<title>[\w-]+) diverged at step (?P<step>[\d,]+) and waits there\.", diverged),
    S(rf"The (?P<side>pinned|present) (?P<title>[\w-]+), at step (?P<step>[\d,]+), can go on: its loss is "
      rf"(?P<loss>{NUMBER})\.",
      goes_on),
    S(r"The losses(?:, <N> and <N>,)? cannot be compared: ([\w -]+)\.", lambda c, m: why_apart(c, m[3])
      and (m[1] is None or (c.loss(0, m[1]) and c.loss(1, m[2])))),
    S(r"Wrong are ([\d,]+) of ([\d,]+) on the left, ([\d,]+) of ([\d,]+) on the right\.", wrong_both),
    S(rf"(?i:{SIDES})\.", sides),
    S(r"Both are the same model: its loss is <N>\.", lambda c, m: both(c) and c.loss(1, m[1])),
    S(r"Both are the same model: after the update its loss is <N>\.", lambda c, m: both(c) and c.loss(1, m[1])
      and c.frames[1].phase is Phase.UPDATE),
    S(rf"Both are the same model: the slope in ({NAME}) is <N>, and ({NAME}) will (go up|go down|stay|wait for "
      rf"slopes)\.",
      lambda c, m: both(c) and c.slope(1, m[2]) and m[1] == m[3] and m[4] == c.way(0) == c.way(1)),
    S(r"Change the right one with - and \+, or (?:open another with o|press space)\.", lambda c, m: True),
    S(rf"The slope in ({NAME}) is <N> against <N>: in both, ({NAME}) will (go up|go down|stay|wait for slopes)\.",
      lambda c, m:
      c.slope(0, m[2]) and c.slope(1, m[3]) and m[5] == c.way(0) == c.way(1)),
    S(rf"The slope in ({NAME}) is <N> against <N>: on the left ({NAME}) will (go up|go down|stay|wait for slopes), "
      rf"on the right it "
      r"will (go up|go down|stay|wait for slopes)\.", lambda c, m: c.slope(0, m[2]) and c.slope(1, m[3])
      and (m[5], m[6]) == (c.way(0), c.way(1)) and m[5] != m[6]),
    S(rf"{START}: {LOSS}; (?:{SIDES})\.", lambda c, m: moved(c, m) and went(c, m) and sides(c, m)),
    S(rf"(?i:{LOSS})\.", went),
    S(rf"{APART}: {LOSS_APART}(?:; (?:{SIDES}))?\.", lambda c, m: c.workspace.pinned is not None and moved(c, m)
      and apart(c, m) and (not (m["none"] or m["count"]) or sides(c, m))),
    S(rf"{BESIDE}(?:; (?:{SIDES}))?\.", lambda c, m: beside(c, m) and (not (m["none"] or m["count"]) or sides(c, m))),
    S(r"The parameters are the same in both, and so is the loss, <N>\.",
      lambda c, m: c.loss(1, m[1]) and abs(c.rise) <= c.noise
      and c.frames[0].parameters == c.frames[1].parameters),
    S(r"But the (\w+) is (\S+) on the left and (\S+) on the right: press space\.", setting),
    S(r"Different parameters are held \(h\): press space to see what that makes of it\.", lambda c, m:
      c.frames[0].problem.held != c.frames[1].problem.held),
)  # fmt: skip

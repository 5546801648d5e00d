"""The sentences of steps along given slopes."""

from __future__ import annotations

import numpy as np

from tests.scenarios.claims.reckoning import against, change, loss_at, promise, reckoned, replaced, step_slopes
from tests.scenarios.claims.seen import Seen, listed_as
from tests.scenarios.claims.sentences import NAME, Match, Sentence, goes, reads
from tests.scenarios.claims.steps import EDITED, WORKED, fell, rose, told, worked

S = Sentence[Seen]
LIST = rf"(\d+ parameters|{NAME}(?:, {NAME})*(?: and {NAME})?)"
PROMISES = r"<N>, the right ones <N>"


def differing(state_seen: Seen, before: bool = False) -> list[str]:
    """The free parameters whose given slope is another than the loss's."""
    state = state_seen.before if before else state_seen.state
    right, theirs = reckoned(state.problem, state.parameters).slopes, step_slopes(state)
    far = np.abs(theirs - right) > 1e-5 * np.maximum(1.0, np.abs(right))
    return [name for name, apart, held in zip(state.problem.names, far, state.problem.holds, strict=True)
            if apart and not held]  # fmt: skip


def promises(seen: Seen, theirs: str, right: str, before: bool = False) -> bool:
    state = seen.before if before else seen.state
    noise = float(np.abs(change(state)) @ reckoned(state.problem, state.parameters).slope_noise)
    return reads(theirs, float(step_slopes(state) @ change(state)), noise) and reads(right, promise(state), noise)


def turned(seen: Seen, name: str, before: bool = False) -> bool:
    state = seen.before if before else seen.state
    index = seen.of(name)
    return bool(step_slopes(state)[index] * reckoned(state.problem, state.parameters).slopes[index] < 0.0)


def climbed(seen: Seen, m: Match) -> bool:
    names = [name for name in differing(seen, before=True) if turned(seen, name, before=True)]
    return listed_as(m[1], names) and seen.rise > 0.0


def theirs(seen: Seen, name: str, text: str) -> bool:
    index = seen.of(name)
    return name == seen.name and reads(text, float(step_slopes(seen.state)[index]), float(seen.now.slope_noise[index]))


def goes_to(seen: Seen, name: str, word: str) -> bool:
    return seen.way(name) == {"go up": 1, "go down": -1, "not move": 0}[word]


def alone(seen: Seen, m: Match) -> bool:
    """What the loss does where this parameter alone takes its step."""
    index = seen.index
    there = replaced(seen.state.parameters, index, seen.state.parameters[index] + float(seen.change[index]))
    rise = loss_at(seen.problem, there) - seen.now.loss
    noise = 2.0 * seen.now.noise
    return (
        (m[1] == "It" or m[1] == seen.name)
        and goes_to(seen, seen.name, m[2])
        and goes(m[3], rise, noise)
        and (m[4] is None or reads(m[4], abs(rise), noise))
    )


def by(seen: Seen, m: Match) -> bool:
    old, right = seen.state.parameters[seen.index], seen.problem.rate * float(seen.now.slopes[seen.index])
    noise = seen.problem.rate * float(seen.now.slope_noise[seen.index])
    return (
        goes_to(seen, seen.name, m[2])
        and (m[3] is None or reads(m[3], abs(float(seen.change[seen.index])), noise))
        and (m[4] is None or (reads(m[4], abs(right), noise) and old - right != old))
    )


LED = (
    S(r"The loss is <N>, as before: along theirs's slopes nothing moved\.",
      lambda s, m: reads(m[1], s.now.loss, s.noise)
      and s.state.parameters == s.before.parameters),
    S(rf"The loss (rose|fell) <N> to <N>; theirs's slopes promised {PROMISES}\.", lambda s, m: (
        rose if m[1] == "rose" else fell)(s, m[2]) and reads(m[3], s.now.loss, s.noise)
      and promises(s, m[4], m[5], before=True)),
    S(rf"The loss is <N>, as before; theirs's slopes promised {PROMISES}\.",
      lambda s, m: reads(m[1], s.now.loss, s.noise)
      and abs(s.rise) <= s.noise and promises(s, m[2], m[3], before=True)),
    S(r"The loss rose <N> to <N>: the step climbed\.", lambda s, m: rose(s, m[1]) and reads(m[2], s.now.loss, s.noise)),
    S(rf"theirs's slopes promised {PROMISES}\.", lambda s, m: promises(s, m[1], m[2], before=True)),
    S(rf"The sign in {LIST} is wrong: the step climbed\.", climbed),
    S(r"theirs's slope in <P> is <N>, which is right: <P> will (go up|go down)\.", lambda s, m: theirs(s, m[1], m[2])
      and m[1] not in differing(s) and goes_to(s, m[3], m[4])),
    S(rf"But it is not right in {LIST}\.", lambda s, m: listed_as(m[1], differing(s))),
    S(r"theirs's slope in <P> is <N>; the right one is <N>(: the sign is wrong)?\.", lambda s, m: theirs(s, m[1], m[2])
      and s.slope(m[1], m[3]) and m[1] in differing(s) and (turned(s, m[1]) or not m[4])),
    S(rf"(It|{NAME}) will (go up|go down)(?:, and|;) by that alone the loss (rises|falls|stays)(?: <N>)?\.", alone),
    S(rf"(It|{NAME}) will (go up|go down|not move)(?: by <N>)?(?:, where the right one takes it by <N>)?\.", by),
    S(r"Along theirs's slopes no parameter moves\.", lambda s, m: not against(s.state).any()),
    S(r"<P> does not move: theirs's slope in it is <N>\.", lambda s, m: theirs(s, m[1], m[2]) and s.way(m[1]) == 0),
    S(rf"Its slopes promise {PROMISES}\.", lambda s, m: promises(s, m[1], m[2])),
    S(r"They promise <N>\.", lambda s, m: promises(s, m[1], m[1])),
    S(rf"(?P<p>[\w.]+)(?: steps against (?:its (?P<against>velocity), with )?|, with )theirs's slope: {WORKED}\.",
      lambda s, m:
      worked(s, m) and (m["against"] or s.state.against) == s.state.against),
    S(r"<P> steps against (?:its velocity, with )?theirs's slope\.", lambda s, m: s.way(m[1]) != 0),
    S(r"<P> is held and stays\.", lambda s, m: m[1] in s.problem.held),
    S(rf"theirs's slopes promise {PROMISES}\.", lambda s, m: promises(s, m[1], m[2])),
    S(r"This step goes along theirs's slopes, and theirs is not here to give them\.", lambda s, m: s.state.waits),
    S(r"Press a for riserun's\.", lambda s, m: s.state.waits),
    S(rf"A step goes along theirs's slopes now; {EDITED}", lambda s, m: s.state.given is not None and told(s, m)),
)  # fmt: skip

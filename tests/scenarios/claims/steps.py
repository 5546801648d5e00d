"""What must be so of a step, where a caption says it."""

from __future__ import annotations

import numpy as np

from engine.replay.program import Array
from engine.session.session import Phase, Session
from engine.session.state import State
from engine.training.problem import comparable
from scenarios.workspace.workspace import Workspace
from tests.scenarios.claims.reckoning import (
    LOSSES,
    against,
    loss_at,
    promise,
    reckoned,
    step_slopes,
)
from tests.scenarios.claims.seen import Seen, shares
from tests.scenarios.claims.sentences import NAME, NUMBER, Match, goes, number, reads

WRONG = r"(every point is on the correct side|[\d,]+ of [\d,]+ points (?:is|are) wrong)"
WENT = r"(errors rose from <N> to <N>|errors fell from <N> to <N>|the errors are still <N>)"
LIST = rf"((?:the other \d+)|{NAME}(?:, {NAME})*(?: and {NAME})?)"
AGAINST = r"(batch's slope|given slope|slope|velocity)"
LOSS = r"The loss is <N>"
PARTS = {"half": 0.5, "a quarter": 0.25, "a tenth": 0.1, "a hundredth": 0.01, "a thousandth": 0.001}


def lacks(workspace: Workspace) -> Session:
    """The session as it was before the present, edited state was made."""
    session = workspace.session
    earlier = session.undone
    while earlier is not None:
        if session.step > earlier.last_step or earlier.history.at(session.step) is not session.state:
            return earlier
        earlier = earlier.undone
    raise AssertionError("nothing was edited")


def edited(seen: Seen, m: Match, loss: str, way: str | None, by: str | None, same: str | None) -> bool:
    """What a change came to: `the loss is 5.7320, down 0.0446, and 4 of 10 points are wrong`."""
    before = lacks(seen.workspace)
    old = reckoned(before.state.problem, before.state.parameters)
    noise = seen.now.noise + old.noise
    told = comparable(before.state.problem, seen.problem) and before.phase is not Phase.UPDATE
    if told != bool(way or same):
        return False
    change = seen.now.loss - old.loss
    goes_so = goes(way, change, noise) and (not way or reads(by, abs(change), noise)) if told else True
    return seen.state.edited and reads(loss, seen.now.loss, seen.now.noise) and goes_so and shares(seen, m["wrong"])


EDITED = (
    rf"(?P<told>the loss is (?P<loss>{NUMBER})(?:, (?P<way>up|down) (?P<by>{NUMBER})|(?P<same>, as before))?, and "
    r"(?P<wrong>every point is on the correct side|[\d,]+ of [\d,]+ points (?:is|are) wrong)\.)"
)


def told(seen: Seen, m: Match) -> bool:
    return edited(seen, m, m["loss"], m["way"], m["by"], m["same"])


def is_now(seen: Seen, m: Match) -> bool:
    before = lacks(seen.workspace).frame.parameters
    pairs = [(m["p"], m["v"]), *([(m["q"], m["u"])] if m["q"] else [])]
    return told(seen, m) and all(
        reads(text, seen.state.parameters[seen.of(name)])
        and seen.state.parameters[seen.of(name)] != before[seen.of(name)]
        for name, text in pairs
    )


def stuck(seen: Seen) -> bool:
    return not np.array(against(seen.state)).any()


def promised(seen: Seen, way: str, by: str) -> bool:
    value, noise = promise(seen.state), float(abs(seen.change) @ seen.now.slope_noise)
    return goes(way, value, noise) and reads(by, abs(value), noise)


def was_promised(seen: Seen, text: str, sign: float = 1.0) -> bool:
    noise = float(np.abs(seen.before.change) @ seen.was.slope_noise)
    return reads(text, sign * promise(seen.before), noise)


def fell(seen: Seen, text: str) -> bool:
    return number(text) > 0.0 and seen.rise <= seen.noise and reads(text, -seen.rise, seen.noise)


def rose(seen: Seen, text: str) -> bool:
    return seen.rise >= -seen.noise and reads(text, seen.rise, seen.noise)


def went(seen: Seen, text: str) -> bool:
    numbers = [int(word) for word in text.replace(",", "").split() if word.isdigit()]
    if len(numbers) == 1:
        return numbers[0] == seen.now.errors == seen.was.errors
    return numbers == [seen.was.errors, seen.now.errors] and ("rose" in text) == (numbers[1] > numbers[0])


def farthest(seen: Seen, text: str) -> bool:
    """No parameter moved by more: in (3) by this step, in (1) by the one before."""
    new, old = seen.frame.parameters, seen.state.parameters
    if seen.phase is Phase.LOSS:
        new, old = old, seen.before.parameters
    return reads(text, max(abs(a - b) for a, b in zip(new, old, strict=True)))


def almost_level(seen: Seen) -> bool:
    """The slopes of the state that the step went from, or goes from."""
    found = seen.was if seen.phase is Phase.LOSS and seen.frame.before is not None else seen.now
    return bool((np.abs(found.slopes[seen.free]) < 6e-4).all())


def level(seen: Seen) -> bool:
    return bool((np.abs(seen.now.slopes) <= seen.now.slope_noise)[seen.free].all())


def shorter(seen: Seen, share: float) -> bool:
    old, new = seen.before.parameters, seen.before.updated
    there = tuple(a + share * (b - a) for a, b in zip(old, new, strict=True))
    return loss_at(seen.before.problem, there) < seen.was.loss + seen.was.noise


def certain(seen: Seen) -> bool:
    """A short way down its slopes the loss is lower, and some |m| larger; and the step does move something."""
    slopes, now = seen.now.slopes, np.array(seen.state.parameters)
    for share in (1.0, 1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12):
        found = reckoned(seen.problem, tuple((now - share * slopes).tolist()))
        if found.loss < seen.now.loss and (np.abs(found.m) > np.abs(seen.now.m)).any():
            return not seen.stays
    return False


def one_class(seen: Seen, m: Match) -> bool:
    y = seen.problem.data.y
    return bool((y == y[0]).all()) and int(m[1].replace(",", "")) == len(y) and (y[0] > 0) == (m[2] == "×")


def pushing(seen: Seen, m: Match) -> bool:
    """The loss falls where m is pushed there, which is the right side or not."""
    push, y = (1e-3 if m[2] == "above" else -1e-3), seen.problem.data.y
    right = bool((push * y > 0.0).all()) == (m[3] == "there is nothing to separate")
    return reads(m[1], seen.now.loss, seen.now.noise) and seen_losses(seen, seen.now.m + push) < seen.now.loss and right


def seen_losses(seen: Seen, m: Array) -> float:
    """The loss, were m so at the points."""
    return float(LOSSES[seen.problem.loss][0](m, seen.problem.data.y).sum() * seen.problem.scale)


def start(seen: Seen, m: Match) -> bool:
    return (
        reads(m[1], seen.now.loss, seen.now.noise)
        and (m[2] == seen.problem.reduction)
        and (int(m[3].replace(",", "")) == len(seen.now.m))
    )


def flat_at_zero(seen: Seen, m: Match) -> bool:
    wrong = seen.now.wrong
    return seen.problem.loss == "ReLU" and bool((seen.now.m[wrong] == 0.0).all()) and level(seen) and shares(seen, m[1])


def at_its_end(seen: Seen, m: Match) -> bool:
    margin = {"once every point is right": 0.0, "once every y·m is 1 or more": 1.0}[m[2]]
    enough = bool((seen.problem.data.y * seen.now.m >= margin).all()) and (seen.now.errors == 0)
    return m[1] == seen.problem.loss and seen.now.loss == 0.0 and enough


def moving(seen: Seen, *but: str) -> list[str]:
    return [name for name in seen.problem.names if name not in but and seen.way(name)]


def raised(seen: Seen, m: Match) -> bool:
    index, by = seen.of(m["p"]), number(m["by"])
    ways = ((m["up"], m["upby"], by), (m["down"], m["downby"], -by))
    noise = 2.0 * seen.now.noise
    return index == seen.index and all(
        goes(word, seen.raised(index, each), noise)
        and (text is None or reads(text, abs(seen.raised(index, each)), noise))
        for word, text, each in ways
    )


def kink(seen: Seen, m: Match | None) -> bool:
    """One-sided slopes stay apart, however small the nudge."""
    h = 1e-6
    up, down = seen.raised(seen.index, h) / h, -seen.raised(seen.index, -h) / h
    return abs(up - down) > 1e-2 * max(abs(up), abs(down))


def will(seen: Seen, name: str, word: str) -> bool:
    return name == seen.name and seen.way(name) == {"up": 1, "down": -1}[word]


def goer(seen: Seen) -> State:
    """The state that the step went from of which (1) says that nothing moved; otherwise the present one."""
    step, before = seen.phase is Phase.LOSS and not seen.state.edited, seen.frame.before
    return before if step and before is not None and before.parameters == seen.state.parameters else seen.state


def tiny(seen: Seen, text: str) -> bool:
    """A step too small to add: there is something it goes against, and the value stays."""
    state = goer(seen)
    stays = np.array(state.updated) == np.array(state.parameters)
    return text == state.against and bool(((np.abs(against(state)) > 0.0) & stays).any())


def nothing_against(seen: Seen, text: str) -> bool:
    """Everything it would go against is 0."""
    state = goer(seen)
    return text == state.all_against and not against(state).any()


def velocity(seen: Seen, text: str, name: str) -> bool:
    index = seen.of(name)
    value = float(against(seen.state)[index])
    return reads(text, value, float(seen.now.slope_noise[index]))


def flat_here(seen: Seen) -> bool:
    return all(abs(seen.raised(seen.index, by)) < 1e-3 * max(1.0, abs(by)) for by in (1e-4, -1e-4))


def worked(seen: Seen, m: Match) -> bool:
    """`-0.4000 − 0.1 × +0.5579 = -0.4558`: each number, and what comes of them."""
    index, state = seen.of(m["p"]), seen.state
    slope = float(step_slopes(state)[index])
    noise = float(seen.now.slope_noise[index])
    wanted = [state.parameters[index], state.problem.rate, slope]
    if m["beta"]:
        wanted += [state.problem.settings["beta"], state.memory[0][index]]
    texts = [m["old"], m["rate"], m["s"] or m["s2"], *([m["beta"], m["v"]] if m["beta"] else [])]
    new = state.parameters[index] + float(seen.change[index])
    known = all(reads(text, value, noise) for text, value in zip(texts, wanted, strict=True))
    return known and reads(m["new"], new, state.problem.rate * noise)


WORKED = (
    rf"(?P<old>{NUMBER}) − (?P<rate>{NUMBER}) × "
    rf"(?:\(?(?P<s>{NUMBER})\)?|\((?P<s2>{NUMBER}) \+ (?P<beta>{NUMBER}) × \(?(?P<v>{NUMBER})\)?\))"
    rf" = (?P<new>{NUMBER})"
)

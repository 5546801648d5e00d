"""The sentences of the fit screen, of its questions, and of what interrupts the steps."""

from __future__ import annotations

import math

import numpy as np

from engine.session.session import Phase
from engine.training.evaluate import gradient
from scenarios.workspace.workspace import verdict
from tests.scenarios.claims.reckoning import against
from tests.scenarios.claims.seen import Seen, listed_as, shares
from tests.scenarios.claims.sentences import NUMBER, Match, Sentence, number, reads
from tests.scenarios.claims.steps import (
    AGAINST,
    EDITED,
    LIST,
    LOSS,
    PARTS,
    WENT,
    WORKED,
    WRONG,
    almost_level,
    at_its_end,
    certain,
    farthest,
    fell,
    flat_at_zero,
    flat_here,
    is_now,
    kink,
    level,
    moving,
    nothing_against,
    one_class,
    promised,
    pushing,
    raised,
    rose,
    shorter,
    start,
    stuck,
    tiny,
    told,
    velocity,
    was_promised,
    went,
    will,
    worked,
)  # fmt: skip

S = Sentence[Seen]


def diverged(seen: Seen, m: Match) -> bool:
    new = seen.state.updated
    loss, slopes = gradient(seen.problem, new)
    return int(m[1].replace(",", "")) == seen.session.step and not all(map(math.isfinite, (*new, loss, *slopes)))


def question(seen: Seen, m: Match) -> bool:
    return m[1] == seen.name and seen.way(m[1]) != 0 and seen.phase is Phase.LOSS


def judged(seen: Seen, m: Match) -> bool:
    answer = seen.workspace.predictions.answer
    assert answer is not None
    return (verdict(seen.workspace) is (m[1] == "Right!")) and answer.parameter == seen.index


def held_moves(seen: Seen, m: Match) -> bool:
    index, name = seen.of(m[1]), m[1]
    return (
        seen.problem.holds[index] and reads(m[2], seen.state.parameters[index]) and listed_as(m[3], moving(seen, name))
    )


def others(seen: Seen, name: str, text: str | None) -> bool:
    rest = moving(seen, name)
    return not rest if text is None else listed_as(text, rest)


def point(seen: Seen, m: Match) -> bool:
    index = int(m["n"]) - 1
    data, found, value = seen.problem.data, seen.shown, float(seen.shown.m[int(m["n"]) - 1])
    where = reads(m["x1"], float(data.x1[index])) and reads(m["x2"], float(data.x2[index]))
    sign = (m["sign"] == "×") == (data.y[index] > 0.0)
    side = {"above 0, the side of the ×": value > 0.0, "below 0, the side of the ○": value < 0.0}.get(
        m["side"], value == 0.0
    )
    wrong = bool(found.wrong[index]) == (m["verdict"] in (None, "wrong"))
    return (
        index == seen.workspace.view.point
        and where
        and sign
        and side
        and wrong
        and reads(m["m"], value, float(found.rough[index]))
        and reads(m["loss"], float(found.losses[index] / seen.problem.scale), float(found.rough[index]))
    )


def distance(seen: Seen, m: Match) -> bool:
    index = seen.workspace.view.point or 0
    w1, w2, _ = seen.frame.parameters
    return reads(m[1], abs(float(seen.shown.m[index])) / math.hypot(w1, w2))


def of_setting(seen: Seen, name: str, text: str) -> bool:
    value = seen.problem.settings[name]
    return text == value if isinstance(value, str) else reads(text, value)


def rate(seen: Seen, m: Match) -> bool:
    every = m[2] == "each parameter"
    return reads(m[1], seen.problem.rate) and m[3] == seen.state.against and every == (not seen.problem.held)


def batch(seen: Seen, m: Match) -> bool:
    size = seen.problem.settings["batch"]
    return (m[1] == "all points") == (size == 0) and (size == 0 or int(m[1].split()[0]) == size)


SENTENCES = (
    S(r"Diverged at step <N>: the next update would leave the numbers a computer can hold\.", diverged),
    S(r"All steps so far remain; go back, or lower the rate\.", lambda s, m: s.session.last_step == s.session.step),
    S(r"Which way will <P> move\?", question),
    S(r"Press ↑ if you think up, ↓ if you think down\. space shows the answer without counting\.",
      lambda s, m: s.workspace.predictions.asking),
    S(r"(Right!|Not this time\.)", judged),
    # a change by hand
    S(rf"(?P<p>[\w.]+) is now (?P<v>{NUMBER})(?: and (?P<q>[\w.]+) is now (?P<u>{NUMBER}))?: {EDITED}", is_now),
    S(rf"The point loss is now (?P<setting>\S+): {EDITED}", lambda s, m: of_setting(s, "loss", m["setting"])
      and told(s, m)),
    S(rf"The (?P<name>\w+) is now (?P<setting>\S+): {EDITED}",
      lambda s, m: of_setting(s, m["name"], m["setting"]) and told(s, m)),
    S(rf"Here {EDITED}", told),
    S(rf"The rate is now <N>: a step moves (each parameter|each free parameter) by rate × {AGAINST}, against it\.",
      rate),
    S(rf"The optimizer is now ([\w ]+): a step moves (each parameter|each free parameter) against its {AGAINST}\.",
      lambda s, m: m[1] == s.problem.optimizer.title and m[3] == s.state.against
      and (m[2] == "each parameter") == (not s.problem.held)),
    S(r"In each step, velocity new = beta · velocity \+ dL/dθ\.",
      lambda s, m: s.problem.settings["optimizer"] == "momentum"),
    S(r"The slopes of a step are now those of (all points|\d+ points?)\.", batch),
    S(r"The loss and the errors are of all points, as before\.", lambda s, m: True),
    S(r"<P> is held: its slope is still computed, but no step moves it\.", lambda s, m: m[1] in s.problem.held),
    S(rf"<P> is free again: the next step moves it against its {AGAINST}\.",
      lambda s, m: m[1] not in s.problem.held and (s.way(m[1]) != 0 or s.state.waits) and m[2] == s.state.against),
    S(r"<P> is free again, but the next step does not move it\.",
      lambda s, m: m[1] not in s.problem.held and s.way(m[1]) == 0),
    # (1)
    S(r"There is only one class: all <N> points are ([×○])\.", one_class),
    S(r"The loss, <N>, falls by pushing m (above|below) 0 everywhere; (there is nothing to separate|as printed, "
      r"that is the "
      r"wrong side)\.", pushing),
    S(rf"{LOSS}, the (sum|mean) over <N> points\.", start),
    S(rf"{LOSS}, the (sum|mean) over <N> points; {WRONG}\.", lambda s, m: start(s, m) and shares(s, m[4])),
    S(rf"{LOSS}, the (sum|mean) over <N> points; every m is 0, so no point is on a side yet, and all <N> count as "
      r"wrong\.", lambda s, m: start(s, m) and not s.now.m.any() and number(m[4]) == s.now.errors == len(s.now.m)),
    S(r"It is computed point by point: .*\.", lambda s, m: True),
    S(r"Press space: which way is (down|still downhill)\?", lambda s, m: not (stuck(s) and level(s)) and (
        (m[1] == "down") == (s.now.errors > 0))),
    S(rf"{LOSS}, as before: nothing moved\.", lambda s, m: reads(m[1], s.now.loss, s.noise)
      and s.state.parameters == s.before.parameters),
    S(rf"{LOSS}, down <N>; {WENT}(, by luck)?\.", lambda s, m: reads(m[1], s.now.loss, s.noise) and fell(s, m[2])
      and went(s, m[3]) and (s.now.errors < s.was.errors or not m[9])),
    S(r"The loss as printed pushes × and ○ to the wrong sides\.", lambda s, m: s.problem.loss == "as-printed"),
    S(rf"{LOSS}, (up|down) <N>: no parameter moved by more than <N>\.", lambda s, m: reads(m[1], s.now.loss, s.noise)
      and (fell if m[2] == "down" else rose)(s, m[3]) and farthest(s, m[4])),
    S(rf"{LOSS}, as before: no parameter moved by more than <N>\.", lambda s, m: reads(m[1], s.now.loss, s.noise)
      and abs(s.rise) <= s.noise and farthest(s, m[2])),
    S(r"All slopes of the free parameters are almost 0\.", lambda s, m: almost_level(s)),
    S(rf"Yet {WENT}(: they count sides, not how far off)?\.", lambda s, m: went(s, m[1])
      and s.now.errors != s.was.errors
      and (not m[7] or (s.now.errors > s.was.errors) == (s.rise < 0.0))),
    S(rf"{LOSS}, as before; the slopes? promised <N>\.", lambda s, m: reads(m[1], s.now.loss, s.noise)
      and abs(s.rise) <= s.noise and was_promised(s, m[2], -1.0)),
    S(rf"{LOSS}, as before; {WENT}(, by luck)?\.", lambda s, m: reads(m[1], s.now.loss, s.noise)
      and abs(s.rise) <= s.noise
      and went(s, m[2]) and (s.now.errors < s.was.errors or not m[8])),
    S(rf"{LOSS}, down <N>; the slopes? promised <N>\.", lambda s, m: reads(m[1], s.now.loss, s.noise) and fell(s, m[2])
      and was_promised(s, m[3], -1.0)),
    S(r"Every point is right\.", lambda s, m: s.now.errors == 0),
    S(r"The loss can still fall, because \|m\| grows(: the model becomes more certain)?\.", lambda s, m: certain(s)),
    S(rf"Now {WRONG}\.", lambda s, m: shares(s, m[1]) and s.now.errors < s.was.errors),
    S(r"The errors are still <N>: (?:(the line|the lines) moved, but )?no point changed sides\.", lambda s, m:
      int(m[1]) == s.now.errors == s.was.errors and bool((s.now.wrong == s.was.wrong).all())
      and (m[2] or "") == s.problem.kind.boundary and s.state.parameters != s.before.parameters),
    S(r"The errors are still <N>, but no longer of the same points\.", lambda s, m:
      int(m[1]) == s.now.errors == s.was.errors and bool((s.now.wrong != s.was.wrong).any())),
    S(rf"{LOSS}, up <N>; the slopes? promised a (fall|rise) of <N>(, the step was too long)?\.", lambda s, m:
      reads(m[1], s.now.loss, s.noise) and rose(s, m[2]) and was_promised(s, m[4], -1.0 if m[3] == "fall" else 1.0)
      and (not m[5] or any(shorter(s, share) for share in PARTS.values()))),
    S(r"The step was too long: (half|a \w+) of it would have lowered the loss\.", lambda s, m: shorter(s, PARTS[m[1]])),
    S(rf"The step went by the {AGAINST}, not by the slope\.", lambda s, m: m[1] == s.before.against != "slope"),
    S(rf"{LOSS}, down <N>; the slopes? promised a rise of <N>\.", lambda s, m: reads(m[1], s.now.loss, s.noise)
      and fell(s, m[2]) and was_promised(s, m[3])),
    # why nothing moves
    S(r"All parameters are held; press h to let one go\.", lambda s, m: all(s.problem.holds)),
    S(rf"Stuck: relu is flat at m = 0, so its slope is 0 although {WRONG}\.", flat_at_zero),
    S(r"The (\S+) loss is 0 (once every [^:]+): there is nothing left to improve\.", at_its_end),
    S(r"All slopes of the free parameters are 0\.", lambda s, m: level(s)),
    S(rf"The step, rate × {AGAINST}, is too small for a computer to add\.", lambda s, m: tiny(s, m[1])),
    S(rf"Its {AGAINST} is 0\.", lambda s, m: m[1] == s.state.against and not against(s.state)[s.free].all()),
    S(r"The (slopes|velocities|batch's slopes|given slopes) are all 0\.", lambda s, m: nothing_against(s, m[1])),
    # (2)
    S(r"The slope in <P> is <N>, but <P> is held: the step will leave it alone\.", lambda s, m: s.slope(m[1], m[2])
      and m[3] in s.problem.held),
    S(r"The slope in <P> is 0: along <P> the loss is flat here, and <P> will not move\.", lambda s, m:
      s.slope(m[1], "0.0000000000") and s.way(m[3]) == 0 and flat_here(s)),
    S(r"The slope in <P> is <N>, but <P> will not move\.", lambda s, m: s.slope(m[1], m[2]) and s.way(m[3]) == 0),
    S(r"The slope in <P> is <N>: almost 0, so <P> will (hardly move|go up, but hardly|go down, but hardly)\.",
      lambda s, m:
      s.slope(m[1], m[2]) and abs(s.change[s.of(m[3])]) < 5.01e-5 and s.way(m[3]) in (
          {"hardly move": (1, -1)}.get(m[4], (1 if "up" in m[4] else -1,)))),
    S(r"Along <P> the loss is almost flat here\.", lambda s, m: flat_here(s)),
    S(r"The slope is <N>, so <P> will go (up|down)\.", lambda s, m: s.slope(m[2], m[1]) and will(s, m[2], m[3])),
    S(rf"The slope in <P> is <N>; against its {AGAINST}, <N>, <P> will go (up|down)\.", lambda s, m: s.slope(m[1], m[2])
      and m[3] == s.state.against and velocity(s, m[4], m[5]) and will(s, m[5], m[6])),
    S(rf"The slope in <P> is <N>; against its {AGAINST}, which begins as the slope, <P> will go (up|down)\.",
      lambda s, m:
      s.slope(m[1], m[2]) and m[3] == s.state.against and velocity(s, m[2], m[4]) and will(s, m[4], m[5])),
    S(r"But the loss as printed pushes × towards m below 0 and ○ towards m above 0\.",
      lambda s, m: s.problem.loss == "as-printed"),
    S(rf"Raise (?P<p>[\w.]+) by (?P<by>{NUMBER}) and the loss (?P<up>rises|falls|stays)(?: (?P<upby>{NUMBER}))?; "
      rf"lower it "
      rf"and it (?P<down>rises|falls|stays)(?: (?P<downby>{NUMBER}))?(?P<kink>: a kink)?\.", lambda s, m: raised(s, m)
      and (not m["kink"] or kink(s, m)) and (bool(m["kink"]) or m["up"] != m["down"])),
    S(r"A kink\.", lambda s, m: kink(s, m)),
    S(r"Autodiff picks slope <N> by convention, so <P> will go (up|down)\.", lambda s, m: s.slope(m[2], m[1])
      and will(s, m[2], m[3])),
    # (3)
    S(r"No parameter moved\.", lambda s, m: s.stays),
    S(r"Too little to be seen: no parameter moved by more than <N>\.", lambda s, m: farthest(s, m[1])),
    S(rf"<P> is held and stays at <N>; {LIST} moves?\.", held_moves),
    S(r"The (slope promises|slopes promise) that the loss (falls|rises) by <N>\.", lambda s, m:
      promised(s, m[2], m[3]) and (m[1] == "slope promises") == (np.count_nonzero(s.change) == 1)),
    S(rf"<P> (hardly moves|does not move), its slope was (?:<N>|0)(?:; {LIST} moves?)?\.", lambda s, m:
      s.slope(m[1], m[3] or "0.0000000000") and others(s, m[1], m[4]) and abs(s.change[s.of(m[1])]) < 5.01e-5
      and (m[2] == "does not move") == (s.way(m[1]) == 0)),
    S(rf"(?P<p>[\w.]+) steps against its (?P<against>slope|velocity|look-ahead): {WORKED}\.", lambda s, m: worked(s, m)
      and m["against"] == s.state.against),
    S(rf"(?P<p>[\w.]+)(?: steps against (?:its velocity, with )?|, with )the slope of a batch of (?P<batch>\d+): "
      rf"{WORKED}\.",
      lambda s, m: worked(s, m) and int(m["batch"]) == len(s.state.batch or ())),
    # a point
    S(rf"Point (?P<n>\d+), (?P<sign>[×○]) at \((?P<x1>{NUMBER}), (?P<x2>{NUMBER})\): m = (?P<m>{NUMBER}), "
      rf"(?:(?P<side>above 0,"
      r" the side of the ×|below 0, the side of the ○), which is (?P<verdict>right|wrong)|neither above nor below 0, "
      r"which counts as wrong); its "
      rf"loss is (?P<loss>{NUMBER})\.", point),
    S(rf"Point (?P<n>\d+), (?P<sign>[×○]) at \((?P<x1>{NUMBER}), (?P<x2>{NUMBER})\), has the label (?P<y>[+-]1)\.",
      lambda s, m:
      not s.workspace.view.model_shown and reads(m["x1"], float(s.problem.data.x1[int(m["n"]) - 1]))
      and reads(m["x2"], float(s.problem.data.x2[int(m["n"]) - 1])) and int(m["y"]) == s.problem.data.y[int(m["n"]) - 1]
      and (m["sign"] == "×") == (m["y"] == "+1")),
    S(r"Its distance to the line is <N>\.", distance),
)  # fmt: skip

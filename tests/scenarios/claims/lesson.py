"""The sentences with which a lecture answers its questions."""

from __future__ import annotations

import numpy as np

from tests.scenarios.claims.reckoning import loss_at, reckoned, replaced
from tests.scenarios.claims.seen import Seen
from tests.scenarios.claims.sentences import NAME, NUMBER, Match, Sentence, goes, reads

S = Sentence[Seen]
GROUP = "The ×|The ○|The wrong points|All points|the others|the ○|the ×"


def asked(seen: Seen) -> tuple[int, float]:
    """The parameter that is asked about, and by how much it is raised."""
    lesson = seen.workspace.lesson
    assert lesson is not None
    assert lesson.now is not None
    assert lesson.now.ask is not None
    return seen.of(lesson.now.ask.parameter), lesson.now.ask.by


def way(seen: Seen, m: Match) -> bool:
    going = {"goes up": 1, "goes down": -1, "stays": 0}[m[4]]
    return m[1] == m[3] and seen.slope(m[1], m[2]) and seen.way(m[1]) == going


def nudge(seen: Seen, m: Match) -> bool:
    index, by = asked(seen)
    there = loss_at(seen.problem, replaced(seen.state.parameters, index, seen.state.parameters[index] + by))
    change, predicted = there - seen.now.loss, float(seen.now.slopes[index]) * by
    same = m["same"] is not None
    told = abs(predicted - change) < 1e-4 if same else reads(m["told"], predicted) or reads(m["told"], abs(predicted))
    return goes(m["way"], change) and reads(m["by"], abs(change)) and told and same == (abs(predicted - change) < 1e-4)


def group(seen: Seen, name: str, parts: np.ndarray) -> float:
    """What a group of points contributes."""
    y, wrong = seen.problem.data.y, seen.now.wrong
    groups = {"×": y > 0.0, "○": y < 0.0, "wrong points": wrong, "points": wrong | ~wrong}
    return float(parts[groups[name.lower().replace("the ", "").replace("all ", "")]].sum())


def pull(seen: Seen, m: Match) -> bool:
    """What pulls the parameter up, and what the others do."""
    index, _ = asked(seen)
    parts = reckoned(seen.problem, seen.state.parameters).parts[:, index]
    up = group(seen, m[1], parts)
    rest = float(parts.sum()) - up
    return reads(m[2], up) and up < 0.0 and (m[4] is None or reads(m[4], rest))


LESSON = (
    S(rf"The slope of the loss in ({NAME}) is <N>: ({NAME}) (goes up|goes down|stays)(?:, against its \w+| because "
      rf"it is held)?\.",
      way),
    S(rf"The loss (?P<way>rises|falls) by (?P<by>{NUMBER}); the slope predicts (?:(?P<same>the "
      rf"same)|(?P<told>{NUMBER}), and the "
      r"rest is curvature)\.", nudge),
    S(rf"({GROUP}) contribute <N>(?:, ({GROUP}) <N>)?\.", pull),
    S(rf"A negative slope pulls ({NAME}) up\.", lambda s, m: s.of(m[1]) == asked(s)[0]),
    S(r"The central difference only calls f twice\.", lambda s, m: True),
    S(r"Symbols need its formula, autodiff its program\.", lambda s, m: True),
    S(r"(Right!|Not this time\.)", lambda s, m: s.workspace.lesson is not None and s.workspace.lesson.answer is not None
      and s.workspace.lesson.answer.right == (m[1] == "Right!")),
)  # fmt: skip

"""The places of a session's steps, and which of them lie on a curve, or a surface, through the present one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.replay.program import Array, Mask
from engine.session.history import History
from engine.session.session import Phase, Session
from engine.training.problem import Parameters, Problem, comparable

_MOST_STEPS = 400  # of a long path as many are looked at


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """The places of the `count` steps so far, without the present one: all parameters, (K, P), and the losses, (K,).

    `on`: which lie on the curve (or the surface) because every other parameter was then what it is now; `moved`: the
    names of those that were not. Where a loss that is not comparable was descended, no place is on it. Of a long path
    some are left out.
    """

    count: int
    parameters: Array
    losses: Array
    on: Mask
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a path needs of a step, however many of them there are."""

    step: int
    parameters: Parameters
    loss: float
    problem: Problem


def path_of(session: Session, along: tuple[int, ...]) -> Path:
    """The steps so far as a curve or a surface has them that goes along the parameters of these indices."""
    now, upto = session.frame, session.step + (session.phase is Phase.UPDATE)
    seen = [each for each in walked(session.history) if each.step < upto]
    table = np.array([each.parameters for each in seen]).reshape(len(seen), len(now.parameters))
    differs = table != np.array(now.parameters)
    differs[:, along] = False
    same = np.array([comparable(each.problem, now.problem) for each in seen], dtype=bool)
    moved = tuple(each for each, any_ in zip(now.problem.names, differs.any(axis=0), strict=True) if any_)
    return Path(upto, table, np.array([each.loss for each in seen]), ~differs.any(axis=1) & same, moved)


@lru_cache(maxsize=4)
def walked(history: History) -> tuple[Seen, ...]:
    """The steps reached, of very many one in 2, 4, 8 …

    The states of a long history are computed anew when they are asked for, so those that it has in common with the one
    asked for last are taken from there.
    """
    global _last
    stride = 1
    while len(history) > stride * _MOST_STEPS:
        stride *= 2
    before, seen = _last
    common = 0 if before is None else history.common(before)
    known = [each for each in seen if each.step < common and each.step % stride == 0]
    # Only as far as they follow each other without a gap: those of a longer history are further apart.
    known = known[: sum(each.step == nth * stride for nth, each in enumerate(known))]
    found = (*known, *(_seen(history, step) for step in range(len(known) * stride, len(history), stride)))
    _last = history, found
    return found


_last: tuple[History | None, tuple[Seen, ...]] = (None, ())


def _seen(history: History, step: int) -> Seen:
    state = history.at(step)
    return Seen(step, state.parameters, state.loss, state.problem)

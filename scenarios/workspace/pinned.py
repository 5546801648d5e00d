"""Pinned: a session put beside the present one, and how the two are stepped together. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.session import moves
from engine.session.session import Phase, Session


@dataclass(frozen=True, slots=True, eq=False)
class Pinned:
    """A session to compare with; `name` is its scenario's.

    `lead`: by how many phases the present session is further on than when both last went together, because this one
    had to wait; negative where the present one had to.
    """

    name: str
    session: Session
    lead: int = 0


Together = moves.Forward | moves.Back | moves.NextStep | moves.PreviousStep | moves.Seek


def together(pinned: Pinned, session: Session, move: Together) -> tuple[Pinned, Session]:
    """Both after a stepping move; the same objects where nothing changes.

    They go by the same number of phases. One that cannot go (its next step diverges, or it is at its start) waits for
    the other and is waited for on the way back, so that coming back is exact.
    """
    match move:
        case moves.Seek():
            sought, session = moves.apply(pinned.session, move), moves.apply(session, move)
            same = sought is pinned.session and not pinned.lead
            return (pinned if same else replace(pinned, session=sought, lead=0)), session
        case moves.Forward():
            return _phase(pinned, session, 1)
        case moves.Back():
            return _phase(pinned, session, -1)
        case moves.NextStep():
            return _step(pinned, session, 1)
        case moves.PreviousStep():
            return _step(pinned, session, -1)


def _phase(pinned: Pinned, session: Session, by: int) -> tuple[Pinned, Session]:
    """Both a phase on (`by` = 1) or back (-1); after one had to wait, the other alone until they are together again."""
    move = moves.Forward() if by > 0 else moves.Back()
    left, right = moves.apply(pinned.session, move), moves.apply(session, move)
    catching_up = pinned.lead * by
    if catching_up > 0 and _moved(pinned.session, left):
        right = session
    elif catching_up < 0 and _moved(session, right):
        left = pinned.session
    lead = pinned.lead + by * (_moved(session, right) - _moved(pinned.session, left))
    if by < 0 and pinned.lead and not lead:
        # Together again, where the one that waited had not yet been asked for the step that it could not take.
        left, right = (each.moved(each.step, each.phase) if each.diverged else each for each in (left, right))
    if left is pinned.session and lead == pinned.lead:
        return pinned, right
    return replace(pinned, session=left, lead=lead), right


def _step(pinned: Pinned, session: Session, by: int) -> tuple[Pinned, Session]:
    """By phases until the present session, or the pinned one where that waits, is at (1) of another step."""
    started = (session.step, pinned.session.step)
    while True:
        pinned_before, before = pinned, session
        pinned, session = _phase(pinned, session, by)
        if _moved(before, session):
            watched, first = session, started[0]
        elif _moved(pinned_before.session, pinned.session):
            watched, first = pinned.session, started[1]
        else:
            return pinned, session
        if watched.phase is Phase.LOSS and (watched.step != first or watched.step == 0):
            return pinned, session


def _moved(before: Session, after: Session) -> bool:
    return (before.step, before.phase) != (after.step, after.phase)

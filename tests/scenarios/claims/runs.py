"""The words with which a run of steps ends."""

from __future__ import annotations

from dataclasses import dataclass

from engine.session import moves
from engine.session.session import Session
from scenarios.context.goal import Goal
from tests.scenarios.claims.reckoning import reckoned
from tests.scenarios.claims.sentences import NUMBER, Match, Sentence, number, reads


@dataclass(frozen=True, eq=False)
class Run:
    """A run that has ended: the session where it began and where it ended, and after how many steps at the most."""

    began: Session
    ended: Session
    goal: Goal
    interrupted: bool

    @property
    def taken(self) -> int:
        return self.ended.step - self.began.step

    @property
    def loss(self) -> float:
        return reckoned(self.ended.state.problem, self.ended.state.parameters).loss

    @property
    def errors(self) -> int:
        return reckoned(self.ended.state.problem, self.ended.state.parameters).errors


def run(session: Session, goal: Goal, stopped_after: int | None = None) -> Run:
    """The steps taken, as many as it takes; a key stops it after so many."""
    began, left = session, goal.most
    while left > 0 and not session.diverged and not goal.met(session.state) and not goal.ends(session):
        if stopped_after is not None and session.step - began.step >= stopped_after:
            return Run(began, session, goal, interrupted=True)
        session, left = moves.apply(session, moves.NextStep()), left - 1
    return Run(began, session, goal, interrupted=False)


def whole(text: str | None) -> int | None:
    return None if text is None else int(text.replace(",", ""))


def after(r: Run, m: Match) -> bool:
    """After so many steps, and at which one, where that is another number."""
    return whole(m["n"]) == r.taken and whole(m["s"]) == (r.ended.step if r.began.step else None)


def first(r: Run, m: Match) -> bool:
    """After so many steps, and not one earlier."""
    return after(r, m) and not r.goal.met(r.ended.history.at(r.ended.step - 1))


def stopped(r: Run, m: Match) -> bool:
    """A key says at which step, otherwise it was after so many."""
    return whole(m["at"]) == r.ended.step if r.interrupted else m["at"] is None and after(r, m)


def loss(r: Run, m: Match) -> bool:
    return stopped(r, m) and reads(m["loss"], r.loss, 1e-9 * abs(r.loss))


def unmoved(r: Run, m: Match) -> bool:
    """Where it is said that nothing moves, a step more leaves every parameter where it is."""
    state = r.ended.state
    held = (m["what"] == "parameters are held") == all(state.problem.holds)
    return m["why"] is None or (held and moves.apply(r.ended, moves.NextStep()).state.parameters == state.parameters)


S = Sentence[Run]
AFTER = rf"after (?P<n>{NUMBER}) steps?(?:, at step (?P<s>{NUMBER}))?"
STOPPED = rf"stopped (?:at step (?P<at>{NUMBER})|{AFTER}): "
STUCK = r"(?P<why>; nothing moves: all (?P<what>parameters are held|slopes are 0))?"
NOW = rf"(?P<now>{NUMBER})"
RUNS = (
    S(rf"errors reached 0 {AFTER}", lambda r, m: r.errors == 0 and first(r, m)),
    S(r"errors are 0: no step was needed", lambda r, m: r.errors == 0 and r.taken == 0),
    S(rf"errors fell to {NOW} or fewer {AFTER}", lambda r, m: r.errors <= int(m["now"]) and first(r, m)),
    S(rf"errors are {NOW} or fewer: no step was needed", lambda r, m: r.errors <= int(m["now"]) and r.taken == 0),
    S(rf"the loss fell below {NOW} {AFTER}", lambda r, m: r.loss < number(m["now"]) + 1e-9 and first(r, m)),
    S(rf"the loss is below {NOW}: no step was needed", lambda r, m: r.loss < number(m["now"]) + 1e-9 and r.taken == 0),
    S(rf"{STOPPED}the next one would leave the numbers a computer can hold",
      lambda r, m: r.ended.diverged and stopped(r, m)),
    S(rf"{STOPPED}errors are {NOW}, not (?P<not>\d+){STUCK}",
      lambda r, m: stopped(r, m) and whole(m["now"]) == r.errors > int(m["not"]) and unmoved(r, m)),
    S(rf"{STOPPED}the loss is (?P<loss>{NUMBER}), not below {NOW}{STUCK}", lambda r, m: loss(r, m)
      and number(m["loss"]) >= number(m["now"]) and unmoved(r, m)),
    S(rf"{STOPPED}the loss is (?P<loss>{NUMBER}), errors {NOW}",
      lambda r, m: loss(r, m) and whole(m["now"]) == r.errors),
)  # fmt: skip

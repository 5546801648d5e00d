"""Session: a problem being stepped down its loss, phase by phase. Pure: a move gives a new Session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from engine.session.history import History
from engine.session.state import State
from engine.training.problem import Parameters, Problem

__all__ = ["Frame", "Phase", "Session", "State"]


class Phase(IntEnum):
    """The lecture's three phases of a step."""

    LOSS = 1
    DIRECTION = 2
    UPDATE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One phase of a session, as it is shown.

    `parameters` are those on the screen: the state's own in (1) and (2), the updated ones in (3). `before` is the state
    of the step before, None at step 0.
    """

    step: int
    phase: Phase
    state: State
    before: State | None
    parameters: Parameters

    @property
    def problem(self) -> Problem:
        """The problem as set at this step."""
        return self.state.problem

    @property
    def achieved(self) -> float | None:
        """How the step before changed the loss; None where this state was not reached by a step."""
        if self.before is None or self.state.edited:
            return None
        return self.state.loss - self.before.loss


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """A place (step, phase) in a history of states, with the sessions that undo and redo would bring back.

    `diverged` says that the last step asked for was not taken, because its numbers would not be finite.
    """

    start: State
    history: History
    step: int = 0
    phase: Phase = Phase.LOSS
    undone: Session | None = None
    redone: Session | None = None
    diverged: bool = False

    @staticmethod
    def begin(problem: Problem, parameters: Parameters) -> Session:
        """A session at step 0 (1). Raises ValueError where the loss there is not a finite number."""
        state = State.of(problem, parameters)
        if not state.finite:
            raise ValueError("the loss at the starting values is not a finite number")
        return Session(state, History.of(state))

    @property
    def state(self) -> State:
        """The state of the present step."""
        return self.history.at(self.step)

    @property
    def frame(self) -> Frame:
        """What is shown at the present place."""
        state = self.state
        shown = state.updated if self.phase is Phase.UPDATE else state.parameters
        return Frame(self.step, self.phase, state, self.history.at(self.step - 1) if self.step else None, shown)

    @property
    def last_step(self) -> int:
        """The furthest step the present future has reached."""
        return len(self.history) - 1

    def moved(self, step: int, phase: Phase) -> Session:
        """The same session at another place it has already reached."""
        return replace(self, step=step, phase=phase, diverged=False)

    def reached(self) -> Session:
        """The same with the next step in its history; `diverged` where that step leaves the finite numbers."""
        if self.step < self.last_step:
            return self
        after = self.state.stepped()
        if after is not None:
            return replace(self, history=self.history.append(after))
        return self if self.diverged else replace(self, diverged=True)

    def future(self, state: State) -> Session:
        """A new future from here that begins with `state`: of the present step, or in (3), where the parameters of the
        next are on the screen, of that one. Undo brings the present session back.
        """
        phase = Phase.LOSS if self.phase is Phase.UPDATE else self.phase
        return Session(self.start, self.history.branch(state.step, state), state.step, phase, undone=self)

"""Session: a problem being stepped down its loss, phase by phase. Pure: a move gives a new Session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from engine.evaluate import Evaluation, evaluate
from engine.history import History
from engine.optimizers import gradient_descent
from engine.problem import Parameters, Problem


class Phase(IntEnum):
    """The lecture's three phases of a step."""

    LOSS = 1
    DIRECTION = 2
    UPDATE = 3


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """One step of a session: the problem as it was set then, the parameters, and what they evaluate to.

    `edited` says that a person set it, so that it was not reached by the step before it.
    """

    problem: Problem
    parameters: Parameters
    loss: float
    errors: int
    slopes: tuple[float, ...]
    edited: bool = False

    @staticmethod
    def of(problem: Problem, parameters: Parameters, edited: bool = False) -> State:
        """The state of `problem` at `parameters`, evaluated."""
        found = evaluate(problem, parameters)
        return State(problem, parameters, found.loss, found.errors, found.slopes, edited)

    @property
    def evaluation(self) -> Evaluation:
        """The per-point values behind the loss and the slopes."""
        return evaluate(self.problem, self.parameters)

    @property
    def updated(self) -> Parameters:
        """The parameters one step of gradient descent further."""
        return gradient_descent(self.parameters, self.slopes, self.problem.rate, self.problem.holds)

    @property
    def promise(self) -> float:
        """The change of the loss that the slopes promise for the step: -rate·|gradient|² over the free parameters."""
        free = (slope for slope, held in zip(self.slopes, self.problem.holds, strict=True) if not held)
        return -self.problem.rate * sum(slope * slope for slope in free)


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

    `diverged` says that the step asked for last would have left the finite numbers and was not taken.
    """

    start: State
    history: History[State]
    step: int = 0
    phase: Phase = Phase.LOSS
    undone: Session | None = None
    redone: Session | None = None
    diverged: bool = False

    @staticmethod
    def begin(problem: Problem, parameters: Parameters) -> Session:
        """A session at step 0 (1). Raises ValueError where the loss there is not a finite number."""
        state = State.of(problem, parameters)
        if not state.evaluation.finite:
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

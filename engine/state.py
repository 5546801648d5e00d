"""State: what a session knows at one step."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.evaluate import Evaluation, errors, evaluate, gradient, loss
from engine.numeric import moved
from engine.optimizers import gradient_descent
from engine.problem import Parameters, Problem


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """One step of a session: the problem as it was set then, the parameters, and what they evaluate to.

    `edited` says that a person set it, so that it was not reached by the step before it.
    """

    problem: Problem
    parameters: Parameters
    loss: float
    slopes: tuple[float, ...]
    edited: bool = False

    @staticmethod
    def of(problem: Problem, parameters: Parameters, edited: bool = False) -> State:
        """The state of `problem` at `parameters`, evaluated."""
        found, slopes = gradient(problem, parameters)
        return State(problem, parameters, found, slopes, edited)

    @property
    def finite(self) -> bool:
        """Whether the loss and every slope is a finite number."""
        return math.isfinite(self.loss) and all(map(math.isfinite, self.slopes))

    @property
    def errors(self) -> int:
        """How many points are wrong: a step does not need it, so it is counted when asked for."""
        return errors(self.problem, self.parameters)

    @property
    def evaluation(self) -> Evaluation:
        """The per-point values behind the loss and the slopes."""
        return evaluate(self.problem, self.parameters)

    @property
    def updated(self) -> Parameters:
        """The parameters one step of gradient descent further."""
        return gradient_descent(self.parameters, self.slopes, self.problem.rate, self.problem.holds)

    def stepped(self) -> State | None:
        """The state that the next step reaches; None where it leaves the finite numbers."""
        parameters = self.updated
        if not all(map(math.isfinite, parameters)):
            return None
        reached = State.of(self.problem, parameters)
        return reached if reached.finite else None

    @property
    def promise(self) -> float:
        """The change of the loss that the slopes promise for the step: -rate·|gradient|² over the free parameters."""
        free = (slope for slope, held in zip(self.slopes, self.problem.holds, strict=True) if not held)
        return -self.problem.rate * sum(slope * slope for slope in free)

    def change(self, index: int, by: float) -> float:
        """How the loss changes if parameter `index` is raised by `by` and the others stay."""
        return loss(self.problem, moved(self.parameters, index, by)) - self.loss

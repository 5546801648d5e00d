"""State: what a session knows at one step."""

from __future__ import annotations

from dataclasses import dataclass

from engine.evaluate import Evaluation, evaluate, loss
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

    def change(self, index: int, by: float) -> float:
        """How the loss changes if parameter `index` is raised by `by` and the others stay."""
        return loss(self.problem, moved(self.parameters, index, by)) - self.loss

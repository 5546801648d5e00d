"""State: what a session knows at one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.autodiff.numeric import moved
from engine.training.evaluate import Evaluation, errors, evaluate, gradient, loss
from engine.training.optimizers import Memory
from engine.training.problem import Parameters, Problem
from engine.training.steps import adder, batch_of, batch_slopes, changes, finite, stepper


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """One step of a session: the problem as it was set then, the parameters, and what they evaluate to.

    `loss` and `slopes` are of all points. `edited` says that a person set it, so that it was not reached by the step
    before it. `step`: its number; `memory`: what the optimizer remembers of the steps before.
    """

    problem: Problem
    parameters: Parameters
    loss: float
    slopes: tuple[float, ...]
    edited: bool
    step: int
    memory: Memory

    @staticmethod
    def of(
        problem: Problem, parameters: Parameters, edited: bool = False, step: int = 0, memory: Memory | None = None
    ) -> State:
        """The state of `problem` at `parameters`, evaluated; `memory` is as before a first step if none is given."""
        found, slopes = gradient(problem, parameters)
        if memory is None:
            memory = problem.optimizer.start(len(parameters))
        return State(problem, parameters, found, slopes, edited, step, memory)

    @property
    def finite(self) -> bool:
        """Whether the loss and every slope is a finite number."""
        return finite((self.loss, *self.slopes))

    @property
    def errors(self) -> int:
        """How many points are wrong: a step does not need it, so it is counted when asked for."""
        return errors(self.problem, self.parameters)

    @property
    def evaluation(self) -> Evaluation:
        """The per-point values behind the loss and the slopes."""
        return evaluate(self.problem, self.parameters)

    @property
    def batch(self) -> tuple[int, ...] | None:
        """The numbers, from 0, of the points that the step goes by; None for all."""
        return batch_of(self.problem, self.step)

    @property
    def batch_slopes(self) -> tuple[float, ...]:
        """The slopes that the step goes by: those of the loss of its batch, added up as that of all points is."""
        return batch_slopes(self.problem, self.step, self.parameters, self.slopes)

    @property
    def against(self) -> str:
        """What the step moves a parameter against, in a word or two: its slope, its velocity, or its batch's slope."""
        return self._of_batch(self.problem.optimizer.against)

    @property
    def all_against(self) -> str:
        """What it moves several parameters against: their slopes, their velocities, or their batch's slopes."""
        return self._of_batch(self.problem.optimizer.plural)

    @property
    def change(self) -> Parameters:
        """What the step adds to each parameter; 0 for those that are held."""
        return self._change(self.problem.settings)[0]

    @property
    def direction(self) -> Parameters:
        """The change of a step of rate 1: with another rate, a step goes that many times as far."""
        return self._change({**self.problem.settings, "rate": 1.0})[0]

    @property
    def updated(self) -> Parameters:
        """The parameters after the step."""
        return adder(self.problem)(self.parameters, self.change)

    def way(self, index: int) -> int:
        """Which way the step moves parameter `index`: +1 up, -1 down, 0 where the value after it is the same."""
        before, now = self.parameters[index], self.updated[index]
        return (now > before) - (now < before)

    @property
    def next_memory(self) -> Memory:
        """The optimizer's memory after the step."""
        return self._change(self.problem.settings)[1]

    @property
    def promise(self) -> float:
        """The change of the loss that the slopes promise for the step: slopes · change."""
        ways = zip(self.slopes, self.direction, self.problem.holds, strict=True)
        return self.problem.rate * sum(slope * way for slope, way, held in ways if not held)

    def stepped(self) -> State | None:
        """The state that the next step reaches; None where it leaves the finite numbers."""
        reached = self.after(1)
        return None if reached is self else reached

    def after(self, steps: int) -> State:
        """The state that so many steps reach, the last one before they leave the finite numbers; itself for none."""
        step, number = stepper(self.problem), self.step
        parameters, loss, slopes, memory = self.parameters, self.loss, self.slopes, self.memory
        while number < self.step + steps:
            reached = step(number, parameters, slopes, memory)
            if reached is None:
                break
            parameters, loss, slopes, memory = reached
            number += 1
        return self if number == self.step else State(self.problem, parameters, loss, slopes, False, number, memory)

    def raised(self, index: int, by: float) -> float:
        """How the loss changes if parameter `index` is raised by `by` and the others stay."""
        return loss(self.problem, moved(self.parameters, index, by)) - self.loss

    def _of_batch(self, against: str) -> str:
        return against if self.batch is None or self.problem.optimizer.against != "slope" else f"batch's {against}"

    def _change(self, settings: Mapping[str, Any]) -> tuple[Parameters, Memory]:
        """The change and the memory after it, with these settings."""
        return changes(self.problem, settings)(self.batch_slopes, self.memory)

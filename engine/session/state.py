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


@dataclass(frozen=True, slots=True)
class Given:
    """Slopes that a step goes along in place of the loss's own.

    `source`: whose they are, in a word; `slopes`: one for each parameter, None as long as they have not been given.
    """

    source: str
    slopes: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """One step of a session: the problem as it was set then, the parameters, and what they evaluate to.

    `loss` and `slopes` are of all points. `edited` says that a person set it, so that it was not reached by the step
    before it. `step`: its number; `memory`: what the optimizer remembers of the steps before;
    `given`: other slopes for the next step to go along, None where it goes by the loss's own.
    """

    problem: Problem
    parameters: Parameters
    loss: float
    slopes: tuple[float, ...]
    edited: bool
    step: int
    memory: Memory
    given: Given | None = None

    @staticmethod
    def of(
        problem: Problem,
        parameters: Parameters,
        edited: bool = False,
        step: int = 0,
        memory: Memory | None = None,
        given: Given | None = None,
    ) -> State:
        """The state of `problem` at `parameters`, evaluated; `memory` is as before a first step if none is given."""
        found, slopes = gradient(problem, parameters)
        if memory is None:
            memory = problem.optimizer.start(len(parameters))
        return State(problem, parameters, found, slopes, edited, step, memory, given)

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
        """The numbers, from 0, of the points that the step goes by; None for all, and where its slopes are given."""
        return batch_of(self.problem, self.step) if self.given is None else None

    @property
    def waits(self) -> bool:
        """Whether the step goes along slopes that have not been given yet: until then it cannot be taken."""
        return self.given is not None and self.given.slopes is None

    @property
    def step_slopes(self) -> tuple[float, ...]:
        """The slopes that the step goes by: the given ones, otherwise those of the loss of its batch, added up as that
        of all points is. All are 0 as long as it waits for them.
        """
        if self.given is not None:
            return self.given.slopes or (0.0,) * len(self.parameters)
        return batch_slopes(self.problem, self.step, self.parameters, self.slopes)

    @property
    def against(self) -> str:
        """What the step moves a parameter against, in a word or two: its slope, given slope or velocity."""
        return self._whose(self.problem.optimizer.against)

    @property
    def all_against(self) -> str:
        """What it moves several parameters against: their slopes, velocities, batch's slopes, given slopes."""
        return self._whose(self.problem.optimizer.plural)

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
        """The change of the loss that its slopes promise for the step: slopes · change."""
        return self.promised(self.slopes)

    def promised(self, slopes: tuple[float, ...]) -> float:
        """The change of the loss that such slopes promise for the step."""
        ways = zip(slopes, self.direction, self.problem.holds, strict=True)
        return self.problem.rate * sum(slope * way for slope, way, held in ways if not held)

    def stepped(self) -> State | None:
        """The state that the next step reaches; None where it leaves the finite numbers, or waits."""
        reached = self.after(1)
        return None if reached is self else reached

    def after(self, steps: int) -> State:
        """The state that so many steps reach, the last one before they leave the finite numbers, or that waits; itself
        for none.
        """
        given, along = self.given, None
        if given is not None:
            along = given.slopes
            steps = min(steps, 0 if self.waits else 1)  # the slopes after this step have yet to be given
        step, number = stepper(self.problem), self.step
        parameters, loss, slopes, memory = self.parameters, self.loss, self.slopes, self.memory
        while number < self.step + steps:
            reached = step(number, parameters, slopes, memory, along)
            if reached is None:
                break
            parameters, loss, slopes, memory = reached
            number += 1
        if number == self.step:
            return self
        return State(self.problem, parameters, loss, slopes, False, number, memory, given and Given(given.source))

    def raised(self, index: int, by: float) -> float:
        """How the loss changes if parameter `index` is raised by `by` and the others stay."""
        return loss(self.problem, moved(self.parameters, index, by)) - self.loss

    def _whose(self, against: str) -> str:
        if self.problem.optimizer.against != "slope":
            return against
        return f"given {against}" if self.given is not None else f"batch's {against}" if self.batch else against

    def _change(self, settings: Mapping[str, Any]) -> tuple[Parameters, Memory]:
        """The change and the memory after it, with these settings."""
        if self.waits:
            return (0.0,) * len(self.parameters), self.memory
        return changes(self.problem, settings)(self.step_slopes, self.memory)

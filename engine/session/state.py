"""State: what a session knows at one step."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from engine.autodiff.numeric import moved
from engine.training.batches import batch
from engine.training.evaluate import Evaluation, errors, evaluate, gradient, loss, slopes_of
from engine.training.optimizers import Memory
from engine.training.problem import Parameters, Problem


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
    def batch(self) -> tuple[int, ...] | None:
        """The numbers, from 0, of the points that the step goes by; None for all."""
        size, count = self.problem.settings["batch"], len(self.problem.data)
        return batch(self.problem.settings["seed"], self.step, count, size) if 0 < size < count else None

    @property
    def batch_slopes(self) -> tuple[float, ...]:
        """The slopes that the step goes by: those of the loss of its batch, added up as that of all points is."""
        points = self.batch
        return self.slopes if points is None else slopes_of(self.problem, self.parameters, points)

    @property
    def against(self) -> str:
        """What the step moves a parameter against, in a word or two: its slope, its velocity, or its batch's slope."""
        against = self.problem.optimizer.against
        return against if self.batch is None or against != "slope" else "batch's slope"

    @property
    def change(self) -> Parameters:
        """What the step adds to each parameter; 0 for those that are held."""
        return self._step(self.problem.settings)[0]

    @property
    def direction(self) -> Parameters:
        """The change of a step of rate 1: with another rate, a step goes that many times as far."""
        return self._step({**self.problem.settings, "rate": 1.0})[0]

    @property
    def updated(self) -> Parameters:
        """The parameters after the step."""
        return self._added(self.change)

    @property
    def next_memory(self) -> Memory:
        """The optimizer's memory after the step."""
        return self._step(self.problem.settings)[1]

    @property
    def promise(self) -> float:
        """The change of the loss that the slopes promise for the step: slopes · change."""
        ways = zip(self.slopes, self.direction, self.problem.holds, strict=True)
        return self.problem.rate * sum(slope * way for slope, way, held in ways if not held)

    def stepped(self) -> State | None:
        """The state that the next step reaches; None where it leaves the finite numbers."""
        change, memory = self._step(self.problem.settings)
        parameters = self._added(change)
        if not all(map(math.isfinite, chain(parameters, *memory))):
            return None
        reached = State.of(self.problem, parameters, step=self.step + 1, memory=memory)
        return reached if reached.finite else None

    def raised(self, index: int, by: float) -> float:
        """How the loss changes if parameter `index` is raised by `by` and the others stay."""
        return loss(self.problem, moved(self.parameters, index, by)) - self.loss

    def _step(self, settings: Mapping[str, Any]) -> tuple[Parameters, Memory]:
        """The change and the memory after it, with these settings. What is held counts as having no slope."""
        slopes, optimizer = self.batch_slopes, self.problem.optimizer
        if not self.problem.held:
            return optimizer.step(slopes, self.memory, settings)
        holds = self.problem.holds
        free = tuple(0.0 if held else slope for slope, held in zip(slopes, holds, strict=True))
        change, memory = optimizer.step(free, self.memory, settings)
        return tuple(0.0 if held else by for by, held in zip(change, holds, strict=True)), memory

    def _added(self, change: Parameters) -> Parameters:
        if not self.problem.held:
            return tuple(value + by for value, by in zip(self.parameters, change, strict=True))
        rows = zip(self.parameters, change, self.problem.holds, strict=True)
        return tuple(value if held else value + by for value, by, held in rows)

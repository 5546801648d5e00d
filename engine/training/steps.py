"""Steps: from one place to the next, as the problem's optimizer has it. What a step needs is looked up once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from operator import add
from typing import Any

from engine.replay.threads import per_thread
from engine.training.batches import batch
from engine.training.evaluate import gradient_of, slopes_of
from engine.training.optimizers import Memory
from engine.training.problem import Parameters, Problem

Slopes = tuple[float, ...]
Step = Callable[[int, Parameters, Slopes, Memory, Slopes | None], tuple[Parameters, float, Slopes, Memory] | None]
"""From the step's number, the parameters, their slopes, the memory, and slopes to go along in place of these, if there
are any, to the next parameters, their loss and slopes, both of all points, and the next memory; None where any of these
is not a finite number."""


@per_thread
def stepper(problem: Problem) -> Step:
    """The one way from a step to the next. It belongs to this thread."""
    gradient, change_of, added = gradient_of(problem), changes(problem, dict(problem.settings)), adder(problem)
    in_batches = batch_of(problem, 0) is not None

    def step(
        number: int, parameters: Parameters, slopes: Slopes, memory: Memory, given: Slopes | None
    ) -> tuple[Parameters, float, Slopes, Memory] | None:
        if given is not None:
            slopes = given
        elif in_batches:
            slopes = batch_slopes(problem, number, parameters, slopes)
        change, memory = change_of(slopes, memory)
        parameters = added(parameters, change)
        if not finite(parameters) or (memory and not all(map(finite, memory))):
            return None
        loss, slopes = gradient(parameters)
        return (parameters, loss, slopes, memory) if math.isfinite(loss) and finite(slopes) else None

    return step


def changes(problem: Problem, settings: Mapping[str, Any]) -> Callable[[Slopes, Memory], tuple[Parameters, Memory]]:
    """From slopes and memory to the change and the memory after it, with these settings; a held parameter's is 0."""
    step = problem.optimizer.step
    if not problem.held:
        return lambda slopes, memory: step(slopes, memory, settings)
    holds = problem.holds

    def change_of(slopes: Slopes, memory: Memory) -> tuple[Parameters, Memory]:
        # What is held counts as having no slope.
        free = tuple(0.0 if held else slope for slope, held in zip(slopes, holds, strict=True))
        change, memory = step(free, memory, settings)
        return tuple(0.0 if held else by for by, held in zip(change, holds, strict=True)), memory

    return change_of


def adder(problem: Problem) -> Callable[[Parameters, Parameters], Parameters]:
    """From parameters and a change to the parameters after it; held ones stay as they are, the sign of a 0 too."""
    if not problem.held:
        return lambda parameters, change: tuple(map(add, parameters, change))
    holds = problem.holds
    return lambda parameters, change: tuple(
        value if held else value + by for value, by, held in zip(parameters, change, holds, strict=True)
    )


def batch_of(problem: Problem, step: int) -> tuple[int, ...] | None:
    """The numbers, from 0, of the points that this step goes by; None for all."""
    size, count = problem.settings["batch"], len(problem.data)
    return batch(problem.settings["seed"], step, count, size) if 0 < size < count else None


def batch_slopes(problem: Problem, step: int, parameters: Parameters, slopes: Slopes) -> Slopes:
    """The slopes that this step goes by, where those of all points are `slopes`: those of the loss of its batch."""
    points = batch_of(problem, step)
    return slopes if points is None else slopes_of(problem, parameters, points)


def finite(values: tuple[float, ...]) -> bool:
    """Whether all are finite numbers: so they are where their sum is, which itself may overflow."""
    return math.isfinite(sum(values)) or all(map(math.isfinite, values))

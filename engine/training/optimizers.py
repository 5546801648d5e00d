"""Optimizers: how a step follows from the slopes, and what one step remembers for the next. A row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Memory = tuple[tuple[float, ...], ...]
"""One tuple a quantity that is remembered, with one number a parameter; () where nothing is."""
_Step = Callable[[tuple[float, ...], Memory, Mapping[str, Any]], tuple[tuple[float, ...], Memory]]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """An optimizer, in numbers and in words.

    `settings`: the names of its own rows of SETTINGS, the rate among them, to which its change is proportional.
    `start(count)`: the memory before the first step, for `count` parameters. `step(slopes, memory, settings)`: what the
    step adds to each parameter, and the memory after it; overflow gives inf or nan.
    `first`: a line for each thing that it computes before the new value of a parameter θ, and `new`: that value; in
    them `velocity` is that of the memory before, `velocity new` that after. `against`: what a parameter moves against,
    so that its change never has the sign of that, and `plural`: of several. `worked`: the new value as a format of the
    `value`, the `slope`, the settings by name and the `quantities` of the memory before.
    """

    name: str
    first: tuple[str, ...]
    new: str
    against: str
    plural: str
    worked: str
    settings: tuple[str, ...]
    quantities: tuple[str, ...]
    start: Callable[[int], Memory]
    step: _Step

    @property
    def title(self) -> str:
        """Its name as a sentence has it."""
        return self.name.replace("-", " ")

    @property
    def formula(self) -> tuple[str, ...]:
        """A line for each thing that it computes."""
        return (*self.first, f"θ new = {self.new}")


def _gradient_descent(
    slopes: tuple[float, ...], memory: Memory, settings: Mapping[str, Any]
) -> tuple[tuple[float, ...], Memory]:
    rate = settings["rate"]
    return tuple([-rate * slope for slope in slopes]), memory  # of a list: sooner there than of a generator


def _momentum(
    slopes: tuple[float, ...], memory: Memory, settings: Mapping[str, Any]
) -> tuple[tuple[float, ...], Memory]:
    rate, beta = settings["rate"], settings["beta"]
    velocity = tuple(beta * before + slope for before, slope in zip(memory[0], slopes, strict=True))
    return tuple(-rate * each for each in velocity), (velocity,)


OPTIMIZERS: dict[str, Optimizer] = {
    row.name: row
    for row in (
        Optimizer(
            "gradient-descent",
            first=(),
            new="θ - rate · dL/dθ",
            against="slope",
            plural="slopes",
            worked="{value} - {rate} · {slope}",
            settings=("rate",),
            quantities=(),
            start=lambda count: (),
            step=_gradient_descent,
        ),
        # As PyTorch has it (torch.optim.SGD with dampening 0): the rate multiplies the velocity, not the slope.
        # https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html
        Optimizer(
            "momentum",
            first=("velocity new = beta · velocity + dL/dθ",),
            new="θ - rate · velocity new",
            against="velocity",
            plural="velocities",
            worked="{value} - {rate} · ({slope} + {beta} · {velocity})",
            settings=("rate", "beta"),
            quantities=("velocity",),
            start=lambda count: ((0.0,) * count,),
            step=_momentum,
        ),
    )
}

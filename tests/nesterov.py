"""An optimizer for tests, to show that one is one row: Nesterov's momentum, as torch.optim.SGD has it."""

from collections.abc import Mapping
from typing import Any

from engine.training.optimizers import Memory, Optimizer


def _step(slopes: tuple[float, ...], memory: Memory, settings: Mapping[str, Any]) -> tuple[tuple[float, ...], Memory]:
    rate, beta = settings["rate"], settings["beta"]
    velocity = tuple(beta * before + slope for before, slope in zip(memory[0], slopes, strict=True))
    return tuple(-rate * (slope + beta * v) for slope, v in zip(slopes, velocity, strict=True)), (velocity,)


NESTEROV = Optimizer(
    "nesterov",
    first=("velocity new = beta · velocity + dL/dθ", "look-ahead = dL/dθ + beta · velocity new"),
    new="θ - rate · look-ahead",
    against="look-ahead",
    plural="look-aheads",
    worked="{value} - {rate} · ({slope} + {beta} · ({beta} · {velocity} + {slope}))",
    settings=("rate", "beta"),
    quantities=("velocity",),
    start=lambda count: ((0.0,) * count,),
    step=_step,
)

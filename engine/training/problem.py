"""Problem: everything a loss depends on but the parameters, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.training.datasets import Data
from engine.training.losses import POINT_LOSSES, PointLoss
from engine.training.models import Kind
from engine.training.optimizers import OPTIMIZERS, Optimizer
from engine.training.settings import SETTINGS, checked, settings_of

Parameters = tuple[float, ...]
Gradient = Callable[[Parameters], tuple[float, tuple[float, ...]]]
"""From parameters to the loss and its slopes."""


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Problem:
    """Data, a kind of model, its settings and the names of the held parameters, which a step leaves alone.

    `kind` may be given by its family's name. `settings` has a value for each setting that there is with its optimizer,
    the default where none was given; they may be given by name too, `Problem(data, "Linear", rate=0.5)`. Raises
    ValueError for anything else.
    """

    data: Data
    kind: Kind
    held: frozenset[str]
    settings: Mapping[str, Any]

    def __init__(
        self,
        data: Data,
        kind: str | Kind,
        *,
        held: frozenset[str] = frozenset(),
        settings: Mapping[str, Any] = MappingProxyType({}),
        **named: Any,
    ):
        given = {name: checked(name, value) for name, value in (dict(settings) | named).items()}
        optimizer = given.get("optimizer", SETTINGS["optimizer"].default)
        known = settings_of(optimizer)
        for name in given:
            if name not in known:
                raise ValueError(f"{OPTIMIZERS[optimizer].title} has no {name}")
        object.__setattr__(self, "data", data)
        object.__setattr__(self, "kind", kind if isinstance(kind, Kind) else Kind.of(kind))
        object.__setattr__(self, "held", held)
        object.__setattr__(
            self, "settings", MappingProxyType({name: given.get(name, SETTINGS[name].default) for name in known})
        )
        for name in held - set(self.names):
            raise ValueError(f"cannot hold {name!r}: {self.model} has {self.kind.named}")

    def having(self, name: str, value: object) -> Problem:
        """The problem with another value of a setting; the same object where that changes nothing.

        What only another optimizer had is forgotten with it. Raises ValueError for an unknown setting or value.
        """
        found = checked(name, value)
        if found == self.settings.get(name):
            return self
        known = settings_of(found) if name == "optimizer" else self.settings
        kept = {each: value for each, value in self.settings.items() if each in known}
        return replace(self, settings={**kept, name: found})

    @property
    def optimizer(self) -> Optimizer:
        """The row of OPTIMIZERS."""
        return OPTIMIZERS[self.settings["optimizer"]]

    @property
    def loss(self) -> str:
        """The point loss: a name of POINT_LOSSES."""
        return str(self.settings["loss"])

    @property
    def point_loss(self) -> PointLoss:
        """The row of POINT_LOSSES."""
        return POINT_LOSSES[self.loss]

    @property
    def reduction(self) -> str:
        """How the losses of the points add up: a name of REDUCTIONS."""
        return str(self.settings["reduction"])

    @property
    def rate(self) -> float:
        """How far a step goes; positive and finite."""
        return float(self.settings["rate"])

    @property
    def model(self) -> str:
        """The kind's name, as it is shown."""
        return self.kind.name

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters' names, in order."""
        return self.kind.parameters

    @property
    def holds(self) -> tuple[bool, ...]:
        """For each parameter, whether it is held."""
        return tuple(name in self.held for name in self.names)

    @property
    def scale(self) -> float:
        """What the sum over the points is multiplied by: 1, or 1/N for the mean."""
        return 1.0 if self.reduction == "sum" else 1.0 / len(self.data)


def comparable(problem: Problem, other: Problem) -> bool:
    """Whether a loss of one may be set beside a loss of the other: the same points, point loss and reduction."""
    if (problem.loss, problem.reduction) != (other.loss, other.reduction):
        return False
    return same_points(problem.data, other.data)


@lru_cache(maxsize=4)
def same_points(one: Data, other: Data) -> bool:
    """Whether both have the same points with the same labels, in the same order."""
    pairs = ((one.x1, other.x1), (one.x2, other.x2), (one.y, other.y))
    return one is other or all(np.array_equal(a, b) for a, b in pairs)

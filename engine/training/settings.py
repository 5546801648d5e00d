"""Settings: what a problem is set to besides its data, its model and what is held. A row each, read by all who ask.

The command line, scenario files, the editors, lectures and journals know a setting by its row alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from engine.names import named, nearest
from engine.training.losses import POINT_LOSSES, REDUCTIONS
from engine.training.optimizers import OPTIMIZERS


class SettingError(ValueError):
    """A value that a setting does not have, its text for a person; `name`: the setting's."""

    def __init__(self, name: str, what: str):
        super().__init__(what)
        self.name = name


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name, its default, whose type is that of every value, and what it is, in words.

    A value is one of `choices`, given in any case; or a number, `wanted` in words with an `example`, that `admits` is
    true of. An editor shows it in its `range`, and a key adds `nudge` to it; without one, both go by 1, 2, 5, 10 …
    """

    name: str
    default: Any
    help: str
    choices: Collection[str] = ()
    wanted: str = ""
    admits: Callable[[Any], bool] = bool
    example: str = ""
    range: tuple[float, float] = (0.0, 1.0)
    nudge: float | None = None

    def checked(self, value: object) -> Any:
        """The value as this setting keeps it. Raises SettingError where it is not one."""
        if isinstance(self.default, str):
            if (name := named(str(value), self.choices)) is None:
                raise SettingError(self.name, f"unknown {self.name} {value!r}; {nearest(str(value), self.choices)}")
            return name
        if isinstance(value, int) and isinstance(self.default, float):
            value = float(value)
        if type(value) is not type(self.default) or not self.admits(value):
            raise SettingError(self.name, f"the {self.name} must be {self.wanted}, not {value!r}")
        return value


_LARGEST = 10**9

SETTINGS: dict[str, Setting] = {
    row.name: row
    for row in (
        Setting("loss", "log-sigmoid", "the loss of one point", POINT_LOSSES),
        Setting("reduction", "sum", "how the losses of the points add up", REDUCTIONS),
        Setting("optimizer", "gradient-descent", "how a step follows from the slopes", OPTIMIZERS),
        Setting(
            "rate",
            0.1,
            "how far a step goes",
            wanted="a positive number",
            admits=lambda value: math.isfinite(value) and value > 0.0,
            example="0.1 or 5e-2",
            range=(0.001, 10.0),
        ),
        Setting(
            "beta",
            0.9,
            "how much of the velocity is kept",
            wanted="a number from 0 on, below 1",
            admits=lambda value: 0.0 <= value < 1.0,
            example="0.9",
            nudge=0.05,
        ),
        Setting(
            "batch",
            0,
            "how many points the slopes of a step are of, 0 for all",
            wanted="a whole number, 0 for all points",
            admits=lambda value: 0 <= value <= _LARGEST,
        ),
        Setting(
            "seed",
            0,
            "what the random order of the batches begins with",
            wanted="a whole number from 0 on",
            admits=lambda value: 0 <= value <= _LARGEST,
        ),
    )
}


def checked(name: str, value: object) -> Any:
    """A value of the setting called `name`. Raises ValueError, its text for a person, for an unknown one of either."""
    if name not in SETTINGS:
        raise ValueError(f"unknown setting {name!r}; {nearest(name, SETTINGS)}")
    return SETTINGS[name].checked(value)


def settings_of(optimizer: str) -> list[str]:
    """The names of the settings there are with this optimizer: all but those of others alone."""
    owned = {name for row in OPTIMIZERS.values() for name in row.settings}
    return [name for name in SETTINGS if name not in owned or name in OPTIMIZERS[optimizer].settings]

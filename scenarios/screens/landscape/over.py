"""What a look along one parameter and a look over two have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.session.session import Frame
from engine.training.evaluate import Evaluation, evaluate
from engine.training.problem import Parameters
from scenarios.screens.landscape.path import Path
from scenarios.screens.landscape.places import Interval


@dataclass(frozen=True, eq=False)
class Over:
    """L over one or two parameters, all others as they are on the screen.

    `frame`: the phase of the session that is shown; `axes`: the indices of the parameters; `spans`: from where to where
    each is looked at, `cursors`: the value of each that the cursor is at; `path`: the steps so far; `hidden`: the
    picture would give a prediction away.
    """

    frame: Frame
    axes: tuple[int, ...]
    spans: tuple[Interval, ...]
    cursors: tuple[float, ...]
    path: Path
    hidden: bool

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters it goes along."""
        return tuple(self.frame.problem.names[at] for at in self.axes)

    @cached_property
    def others(self) -> tuple[tuple[str, float], ...]:
        """All other parameters, by name, with their values."""
        values = enumerate(zip(self.frame.problem.names, self.frame.parameters, strict=True))
        return tuple(named for at, named in values if at not in self.axes)

    @cached_property
    def present(self) -> tuple[float, ...]:
        """The values on the screen of the parameters it goes along."""
        return tuple(self.frame.parameters[at] for at in self.axes)

    @property
    def away(self) -> bool:
        """Whether the cursor has left the present place."""
        return self.cursors != self.present

    @cached_property
    def there(self) -> Evaluation:
        """What there is at the cursor."""
        return evaluate(self.frame.problem, self.with_axes(self.cursors))

    def with_axes(self, values: tuple[float, ...]) -> Parameters:
        """All parameters, with these values of those it goes along."""
        changed = dict(zip(self.axes, values, strict=True))
        return tuple(changed.get(at, value) for at, value in enumerate(self.frame.parameters))

"""What a caption of the steps is about: the states of a workspace, reckoned anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.replay.program import Array
from engine.session.session import Frame, Phase, Session
from engine.session.state import State
from engine.training.problem import Problem
from scenarios.workspace.workspace import Workspace
from tests.scenarios.claims import reckoning
from tests.scenarios.claims.reckoning import Reckoned, loss_at, reckoned, replaced
from tests.scenarios.claims.sentences import counted, number, reads


@dataclass(frozen=True, eq=False)
class Seen:
    """A workspace; `now` and `shown` are reckoned at the state's parameters and at those on the screen, `was` at those
    of the step before.
    """

    workspace: Workspace

    @property
    def session(self) -> Session:
        return self.workspace.session

    @property
    def phase(self) -> Phase:
        return self.session.phase

    @cached_property
    def frame(self) -> Frame:
        return self.session.frame

    @property
    def state(self) -> State:
        return self.frame.state

    @property
    def problem(self) -> Problem:
        return self.state.problem

    @property
    def before(self) -> State:
        assert self.frame.before is not None
        return self.frame.before

    @property
    def now(self) -> Reckoned:
        return reckoned(self.problem, self.state.parameters)

    @property
    def shown(self) -> Reckoned:
        return reckoned(self.problem, self.frame.parameters)

    @property
    def was(self) -> Reckoned:
        return reckoned(self.before.problem, self.before.parameters)

    @property
    def index(self) -> int:
        return self.workspace.view.parameter

    @property
    def name(self) -> str:
        return self.problem.names[self.index]

    def of(self, name: str) -> int:
        return self.problem.names.index(name)

    @cached_property
    def change(self) -> Array:
        return reckoning.change(self.state)

    @property
    def rise(self) -> float:
        """How the step before changed the loss."""
        return self.now.loss - self.was.loss

    @property
    def noise(self) -> float:
        return self.now.noise + (self.was.noise if self.frame.before is not None else 0.0)

    def slope(self, name: str, text: str) -> bool:
        """Whether that is the slope of the parameter."""
        index = self.of(name)
        return reads(text, float(self.now.slopes[index]), float(self.now.slope_noise[index]))

    def way(self, name: str) -> int:
        """+1 where the step moves the parameter up, -1 where down, 0 where it stays as it is."""
        index = self.of(name)
        old = self.state.parameters[index]
        change = float(self.change[index])
        if abs(change) < 4.0 * np.spacing(abs(old)):
            return self.state.way(index)  # it is for the last bit to say
        return (change > 0.0) - (change < 0.0)

    def raised(self, index: int, by: float) -> float:
        return loss_at(self.problem, replaced(self.state.parameters, index, self.state.parameters[index] + by)) - (
            self.now.loss
        )

    @property
    def free(self) -> Array:
        return ~np.array(self.problem.holds)

    @property
    def stays(self) -> bool:
        """No parameter has another value after the step."""
        return all(self.way(name) == 0 for name in self.problem.names)


def shares(seen: Seen, text: str, found: Reckoned | None = None) -> bool:
    """How many points are wrong: `4 of 10 points are wrong`, `every point is on the correct side`."""
    found = seen.now if found is None else found
    if text == "every point is on the correct side":
        return found.errors == 0
    errors, total = (number(each) for each in text.replace(" points", "").split()[:3:2])
    return (errors, total) == (found.errors, len(found.m)) and errors > 0 and (" is " in text) == (errors == 1)


def points(text: str, found: Reckoned) -> bool:
    return counted(text) == found.errors


def listed_as(text: str, names: list[str]) -> bool:
    """Whether that lists these parameters: `w1, w2 and b`, `the other 5`, `6 other parameters`."""
    if counts := [word for word in text.split() if word.isdigit()]:
        return int(counts[0]) == len(names)
    return [each for part in text.split(" and ") for each in part.split(", ")] == names

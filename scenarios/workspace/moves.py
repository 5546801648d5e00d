"""Moves: what a person does in a workspace besides the moves of its session, as frozen values."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.session import moves
from engine.session.session import State
from scenarios.files.schema import Scenario
from scenarios.workspace.verdicts import Verdict
from scenarios.workspace.view import View


@dataclass(frozen=True, slots=True)
class Look:
    """Look at the workspace so."""

    view: View


@dataclass(frozen=True, slots=True)
class Predict:
    """Turn predict mode on or off; on begins a new score."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Say which way the selected parameter will move: +1 up, -1 down."""

    direction: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The present state is now in a file, as this scenario."""

    scenario: Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What a student's own package, `name`, answered: its slopes at `state`, None before it did, and a verdict on each
    row of the trace of `point`, () where none was asked for. Slopes of no state: it will not answer any more.
    `purpose`: what it does otherwise on purpose, for a person. `shared`: what is wrong in the trace, where each
    operation alone is right; "" where one of them is not.
    """

    name: str
    state: State | None = None
    slopes: Verdict | None = None
    point: int = 0
    trace: tuple[Verdict, ...] = ()
    purpose: str = ""
    shared: str = ""

    def of(self, state: State) -> bool:
        """Whether it has been asked about these parameters, or will never be."""
        if self.state is None:
            return self.slopes is not None
        return self.state.problem is state.problem and self.state.parameters == state.parameters

    @property
    def leading(self) -> tuple[float, ...] | None:
        """Its slopes where a step can go along them: None where it failed or gave one that is not finite."""
        found = None if self.slopes is None else self.slopes.derivatives
        return found if found is not None and all(map(math.isfinite, found)) else None


@dataclass(frozen=True, slots=True)
class Hear:
    """The student's package has answered."""

    heard: Heard


@dataclass(frozen=True, slots=True)
class Open:
    """Begin another scenario; undo brings the one before back as it was left. What is pinned stays pinned."""

    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Pin:
    """Pin the present session where it is, in place of what was pinned before."""


@dataclass(frozen=True, slots=True)
class Against:
    """Pin the start of a scenario instead."""

    scenario: Scenario


Move = moves.Move | Look | Predict | Answer | Kept | Hear | Open | Pin | Against

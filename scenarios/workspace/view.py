"""View: what a person looks at, apart from the session they look at. Frozen; everything a resume would need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from engine.training.problem import Problem
from scenarios.workspace.axes import Axis, Parameter, rows, within

EPSILONS = (1e-15, 1.0)
"""The smallest and the largest ε of a difference."""


T = TypeVar("T")


def cycled(now: T, among: Iterable[T], by: int = 1) -> T:
    """What stands `by` places after `now` among these, round and round."""
    known = list(among)
    return known[(known.index(now) + by) % len(known)]


class Screen(StrEnum):
    """The screens over a workspace."""

    FIT = "fit"
    DERIVE = "derive"
    TRACE = "trace"
    LANDSCAPE = "landscape"
    COMPARE = "compare"

    @property
    def of_phase(self) -> bool:
        """Whether the screen tells of the session's phase: its caption is of it, gives way to what interrupts the
        steps, and asks for a prediction before (2).
        """
        return self in (Screen.FIT, Screen.LANDSCAPE)


class Pane(StrEnum):
    """The panes of the fit screen, in the order of the tab key."""

    DATA = "data"
    PARAMETERS = "parameters"
    LOSS = "loss"
    SLOPE = "slope"


class LossView(StrEnum):
    """What the loss pane shows, in the order of the view key."""

    HISTORY = "history"
    LOG = "log scale"
    POINT = "point loss"
    ERRORS = "loss and errors"
    LEDGER = "ledger"


class Help(StrEnum):
    """What the help layer shows."""

    NONE = ""
    PANE = "this pane"
    KEYS = "all keys"


class Subject(StrEnum):
    """What the caption speaks of: the step, or the point that was just selected."""

    STEP = "step"
    POINT = "point"


class Derived(StrEnum):
    """What the large pane of the derive screen shows, in the order of the view key."""

    FUNCTION = "f"
    DERIVATIVE = "f and f'"
    RULES = "worked steps"


@dataclass(frozen=True, slots=True)
class DeriveView:
    """The function being looked at on the derive screen.

    `formula`: its text, which parses; `values`: the point, one number an argument; `domain`: (low, high) of each;
    `by`: the argument to differentiate by, from 0; `epsilon`: of its differences; `tangent`, `secant`: whether these
    are drawn; `rules`: how many worked steps are shown; `hidden`: black-box mode, in which only values are given.
    """

    formula: str = "sin(2*x)"
    values: tuple[float, ...] = (1.0,)
    domain: tuple[tuple[float, float], ...] = ((-1.0, 3.0),)
    by: int = 0
    epsilon: float = 0.5
    tangent: bool = True
    secant: bool = True
    shown: Derived = Derived.FUNCTION
    rules: int = 0
    hidden: bool = False


class Landscape(StrEnum):
    """What the landscape screen shows, in the order of the view key."""

    LOSS = "loss"
    ERRORS = "loss and errors"
    SURFACE = "two parameters"
    STEP = "along the step"

    @classmethod
    def _missing_(cls, value: object) -> Landscape | None:
        """The log scale had a view of its own, which journals and lectures may still name."""
        return cls.SURFACE if value == "two parameters, log scale" else None


@dataclass(frozen=True, slots=True)
class LandscapeView:
    """The loss along the parameter that is selected, over that one and a second, or along the step to come.

    `cursors`: where the cursor was moved to, for each axis along which it was; along all others it is at the present
    place and goes along with it. `spans`: the ranges that were chosen, for each axis for which one was; those of all
    other parameters are the editors', widened where the path has left them. `follow`: the ranges are as narrow as the
    path allows. `second`: the vertical parameter of the surface, by its index, None for the first other one.
    """

    shown: Landscape = Landscape.LOSS
    cursors: tuple[tuple[Axis, float], ...] = ()
    spans: tuple[tuple[Axis, tuple[float, float]], ...] = ()
    follow: bool = False
    second: int | None = None

    def within(self, count: int) -> LandscapeView:
        """The view of no more than `count` parameters; the same object where it has no more."""
        cursors, spans = within(self.cursors, count), within(self.spans, count)
        second = self.second if self.second is None or self.second < count else None
        if (len(cursors), len(spans), second) == (len(self.cursors), len(self.spans), self.second):
            return self
        return replace(self, cursors=cursors, spans=spans, second=second)


_FIRST = Parameter(0)


@dataclass(frozen=True, slots=True)
class View:
    """The place of a person's eyes.

    `row`: the selected row of the editors, a parameter's or a setting's; `parameter`: the one that the slope
    pane is about (the row, or the one before a setting was selected); `point`: the selected data point, None for none;
    `epsilon`: of the central difference; `focus`: the chosen pane, None before one was; `scroll`: lines the help layer
    is scrolled down; `derive`: the function on the derive screen; `trace_at`: how many places the trace has been
    walked; `trace_row`: the row chosen in it, None for the one the walk is at; `trace_formula`: the trace is of the
    derive screen's function, not of a point's loss; `landscape`: what the landscape screen shows of the loss; `large`:
    for a projector, the picture, one sentence and the number of the moment alone; `black`: nothing is shown.
    """

    screen: Screen = Screen.FIT
    row: Axis = _FIRST
    parameter: int = 0
    point: int | None = None
    epsilon: float = 1e-6
    focus: Pane | None = None
    zoomed: bool = False
    loss_view: LossView = LossView.HISTORY
    model_shown: bool = True
    distances: bool = False
    help: Help = Help.NONE
    scroll: int = 0
    subject: Subject = Subject.STEP
    derive: DeriveView = DeriveView()
    trace_at: int = 0
    trace_row: int | None = None
    trace_formula: bool = False
    landscape: LandscapeView = LandscapeView()
    large: bool = False
    black: bool = False

    def within(self, problem: Problem) -> View:
        """The view of a workspace with this problem, which may have had more parameters, points or settings; the same
        object where it looks at nothing that is gone.
        """
        last, known = len(problem.names) - 1, rows(problem)
        gone = self.row.index > last if isinstance(self.row, Parameter) else self.row not in known
        nearest = known[last if isinstance(self.row, Parameter) else last + 1]
        row = nearest if gone else self.row
        point = self.point if self.point is None or self.point < len(problem.data) else None
        landscape, parameter = self.landscape.within(last + 1), min(self.parameter, last)
        if (row, parameter, point) == (self.row, self.parameter, self.point) and landscape is self.landscape:
            return self
        return replace(self, row=row, parameter=parameter, point=point, landscape=landscape)

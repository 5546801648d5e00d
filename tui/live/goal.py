"""Goal: what a run of steps is to come to, and how its end is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.session.session import Session, State
from scenarios.numbers import given, plain

MOST_STEPS = 100_000  # of one run


@dataclass(frozen=True, slots=True)
class Goal:
    """Steps until `met` holds of a state, `most` at the most.

    `reached` says that it does, `errors reached 0`, and `short` what is still not so of a state: `the loss is 0.0405,
    not below -1`.
    """

    met: Callable[[State], bool]
    reached: str
    short: Callable[[State], str]
    most: int

    def told(self, session: Session, began: int, interrupted: bool) -> str:
        """How a run that began at step `began` ended; `interrupted`: by a key."""
        taken, now = session.step - began, f"step {session.step:,}"
        after = f"after {taken:,} step{'s' * (taken != 1)}{f', at {now}' if began else ''}"
        if self.met(session.state):
            return f"{self.reached} {after}" if taken else f"{self.reached}: no step was needed"
        if session.diverged:
            return f"stopped {after}: the next one would leave the numbers a computer can hold"
        return f"stopped {f'at {now}' if interrupted else after}: {self.short(session.state)}"


def no_errors() -> Goal:
    """Until no point is wrong."""
    short = "errors are {}, not 0".format
    return Goal(lambda state: state.errors == 0, "errors reached 0", lambda state: short(state.errors), MOST_STEPS)


def loss_below(value: float) -> Goal:
    """Until the loss is below `value`."""
    wanted = given(value)
    return Goal(
        lambda state: state.loss < value,
        f"the loss fell below {wanted}",
        lambda state: f"the loss is {_told_apart(state.loss, value)}, not below {wanted}",
        MOST_STEPS,
    )


def steps(count: int) -> Goal:
    """So many steps."""
    return Goal(
        lambda state: False, "", lambda state: f"the loss is {plain(state.loss)}, errors {state.errors:,}", count
    )


def _told_apart(loss: float, bound: float) -> str:
    """The loss in four decimals, or in all digits where it takes them to see that it is not below the bound."""
    text = plain(loss)
    return text if float(text) >= bound else repr(loss)

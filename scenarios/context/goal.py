"""Goal: what a run of steps is to come to, and how its end is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.session.session import Session, State
from scenarios.numbers import given, plain, read
from scenarios.screens.fit.stuck import stuck

MOST_STEPS = 100_000  # of one run
WANTED = "a number of steps, such as 100, or errors = 0, or loss < 5.5"


@dataclass(frozen=True, slots=True)
class Goal:
    """Steps until `met` holds of a state, `most` at the most.

    `reached` says that it came to hold, `errors fell to 2 or fewer`, `holds` that it does, `errors are 2 or fewer`, and
    `short` what is still not so of a state: `the loss is 0.0405, not below -1`.
    """

    met: Callable[[State], bool]
    reached: str
    holds: str
    short: Callable[[State], str]
    most: int

    def told(self, session: Session, began: int, interrupted: bool) -> str:
        """How a run that began at step `began` ended; `interrupted`: by a key."""
        taken, now = session.step - began, f"step {session.step:,}"
        after = f"after {taken:,} step{'s' * (taken != 1)}{f', at {now}' if began else ''}"
        if self.met(session.state):
            return f"{self.reached} {after}" if taken else f"{self.holds}: no step was needed"
        if session.diverged:
            return f"stopped {after}: the next one would leave the numbers a computer can hold"
        short = self.short(session.state)
        if self.ends(session) and not interrupted:
            held = all(session.state.problem.holds)
            short = f"{short}; nothing moves: all {'parameters are held' if held else 'slopes are 0'}"
        return f"stopped {f'at {now}' if interrupted else after}: {short}"

    def ends(self, session: Session) -> bool:
        """Whether nothing that is still to come could meet it: no parameter moves any more. Steps are taken all the
        same.
        """
        state = session.state
        return bool(self.reached) and not state.waits and state.batch is None and stuck(state)


def meant(text: str) -> Goal:
    """The goal that was typed: `500`, `5 steps`, `errors = 0`, `loss < 3`. Raises ValueError, its text what would be
    right.
    """
    asked = " ".join(text.lower().split())
    if found := re.fullmatch(r"errors? ?(?:(<=?|=) ?(.+))?", asked):
        return errors_at_most(_count(found[2] or "0", "write errors = 0") - (found[1] == "<"))
    if asked.startswith("loss"):
        found = re.fullmatch(r"loss ?<=? ?(.+)", asked)
        if found is None:
            raise ValueError("write loss < and a number, such as loss < 5.5")
        return loss_below(read(found[1], "write loss < and a number, such as loss < 5.5"))
    if found := re.fullmatch(r"(.+?) ?(?:steps?)?", asked):
        return steps(_count(found[1], f"write {WANTED}"))
    raise ValueError(f"write {WANTED}")


def _count(text: str, wanted: str) -> int:
    """The whole number, from 0, that was typed."""
    number = read(text, wanted)
    if number != int(number) or number < 0:
        raise ValueError("a whole number, please, such as 100")
    if number > MOST_STEPS:
        raise ValueError(f"one run takes {MOST_STEPS:,} steps at the most")
    return int(number)


def errors_at_most(count: int) -> Goal:
    """Until no more than so many points are wrong. Raises ValueError for fewer than none."""
    if count < 0:
        raise ValueError("there are never fewer than 0 errors; write errors = 0")
    return Goal(
        lambda state: state.errors <= count,
        f"errors fell to {count} or fewer" if count else "errors reached 0",
        f"errors are {count} or fewer" if count else "errors are 0",
        lambda state: f"errors are {state.errors}, not {count}",
        MOST_STEPS,
    )


def loss_below(value: float) -> Goal:
    """Until the loss is below `value`."""
    wanted = given(value)
    return Goal(
        lambda state: state.loss < value,
        f"the loss fell below {wanted}",
        f"the loss is below {wanted}",
        lambda state: f"the loss is {_told_apart(state.loss, value)}, not below {wanted}",
        MOST_STEPS,
    )


def steps(count: int) -> Goal:
    """So many steps."""
    return Goal(
        lambda state: False, "", "", lambda state: f"the loss is {plain(state.loss)}, errors {state.errors:,}", count
    )


def _told_apart(loss: float, bound: float) -> str:
    """The loss in four decimals, or in all digits where it takes them to see that it is not below the bound."""
    text = plain(loss)
    return text if float(text) >= bound else repr(loss)

"""What grading has found: checks, task by task, and what of it comes first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from scenarios.student.course import ASKED, TASKS, grouped, task_of
from scenarios.student.reference import Conventions
from scenarios.text import listed
from scenarios.workspace.verdicts import NOT_REACHED, Verdict

_MOST = 3  # checks that a line names


class Outcome(Enum):
    """What became of a check."""

    RIGHT = "right"
    WRONG = "wrong"
    HANGS = "hangs"
    SLOW = "too slow"
    UNWRITTEN = "not written yet"
    UNJUDGED = "not judged"


FAULTS = (Outcome.WRONG, Outcome.HANGS, Outcome.SLOW)
"""What must be fixed."""


@dataclass(frozen=True, slots=True)
class Example:
    """One thing tried: what was put in (`x * y at x = 2, y = -1`), what their code did (`gave 3`), what is right."""

    given: str
    got: str
    right: str


@dataclass(frozen=True, slots=True)
class Check:
    """One piece of one task.

    `direction` is forward, backward, or "" where there is only one way; `example` is the simplest that goes wrong, None
    where all is right or nothing was tried; `hint`: the cause that its numbers give away, if they do; `unwritten`: the
    functions it needs that are not written yet.
    """

    task: str
    name: str
    direction: str
    verdict: Verdict
    example: Example | None = None
    hint: str = ""
    unwritten: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """`relu, backward`."""
        return f"{self.name}, {self.direction}" if self.direction and self.direction not in self.name else self.name

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        if self.verdict.right:
            return Outcome.RIGHT
        if self.unwritten or self.verdict.unwritten:
            return Outcome.UNWRITTEN
        if self.verdict.hung:
            return Outcome.HANGS
        if self.verdict.slow:
            return Outcome.SLOW
        waits = self.verdict.text == NOT_REACHED or self.verdict.text.startswith("not asked")
        return Outcome.UNJUDGED if waits else Outcome.WRONG


@dataclass(frozen=True, slots=True)
class Report:
    """Every check, in the course's order, and the conventions they were judged by."""

    checks: tuple[Check, ...]
    conventions: Conventions

    @property
    def right(self) -> bool:
        """Whether every check is."""
        return all(check.verdict.right for check in self.checks)

    @property
    def first_wrong(self) -> Check | None:
        """The first check that is wrong, hangs or is too slow: what is not written yet is not wrong."""
        return next((check for check in self.checks if check.outcome in FAULTS), None)

    @property
    def tasks(self) -> tuple[str, ...]:
        """The tasks with something to say of them, in order: Module 0 only where it is needed and not written."""
        return tuple(task for task in TASKS if self.of(task) or self.to_write(task))

    def of(self, task: str) -> tuple[Check, ...]:
        """The checks of a task."""
        return tuple(check for check in self.checks if check.task == task)

    def to_write(self, task: str) -> tuple[str, ...]:
        """What a task asks for that is needed and not written yet, in the course's order."""
        needed = {name for check in self.checks if not check.verdict.right for name in check.unwritten}
        return tuple(name for name in ASKED[task] if name in needed)

    def status(self, task: str) -> str:
        """A task in one line: `right`, `wrong: exp, relu`, `to write: Scalar: log`."""
        checks = self.of(task)
        said: list[str] = []
        for outcome in FAULTS:
            if names := [check.name for check in checks if check.outcome is outcome]:
                more = [f"{len(names) - _MOST} more"] if len(names) > _MOST else []
                said.append(f"{outcome.value}: {listed([*names[:_MOST], *more])}")
        if missing := self.to_write(task):
            said.append(f"to write: {grouped(missing)}")
        elif texts := [check.verdict.text for check in checks if check.verdict.unwritten and not check.unwritten]:
            said.append(texts[0])
        return "; ".join(said) or self._waiting(checks)

    def _waiting(self, checks: tuple[Check, ...]) -> str:
        if all(check.verdict.right for check in checks):
            return Outcome.RIGHT.value
        before = {task_of(name): None for check in checks if not check.verdict.right for name in check.unwritten}
        right = sum(check.verdict.right for check in checks)
        waits = f"waits for {listed(sorted(before))}" if before else "not judged"
        return f"{right} of {len(checks)} right, the rest {waits}" if right else waits

    @property
    def counts(self) -> Counter[Outcome]:
        """How many checks had each outcome."""
        return Counter(check.outcome for check in self.checks)

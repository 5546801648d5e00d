"""A lecture, which is scenes made of beats; a Lesson, which is a lecture being given; and the moves of giving one."""

from __future__ import annotations

from dataclasses import dataclass

from engine.session.session import Session
from scenarios.files.schema import Scenario
from scenarios.workspace import moves
from scenarios.workspace.view import View


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the class: its kind, a row of `quiz.QUESTIONS`, and what it is about.

    `parameter` is the parameter's name, `by` the nudge; each kind uses those it needs.
    """

    kind: str
    parameter: str
    by: float


@dataclass(frozen=True, slots=True, eq=False)
class Beat:
    """One press of the space bar: `moves` set the screen up, `say` stands below it, "" for the live caption.

    With an `ask` the beat is a question, answered before the lecture goes on.
    """

    say: str
    moves: tuple[moves.Move, ...] = ()
    ask: Ask | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One picture of the lecture made live: it begins with `scenario` as it is in its file. `notes`: the lecturer's."""

    name: str
    title: str
    notes: str
    scenario: Scenario
    beats: tuple[Beat, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lecture:
    """Scenes in their order. `source` is the text of the file, from which the same lecture is read again."""

    name: str
    title: str
    summary: str
    scenes: tuple[Scene, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the class answered at a place: the option chosen, None where only the answer was shown."""

    scene: int
    beat: int
    option: int | None
    right: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A place in a lecture. After the last beat of the last scene there is one more place, its end.

    `away`: the lecture was left to try something. `choice`: the option chosen for an open question. `answers`: the
    first answer to each question. `arrived`, `seen`: the session and the view as the place was set up, None before it
    was.
    """

    lecture: Lecture
    scene: int = 0
    beat: int = 0
    away: bool = False
    choice: int | None = None
    answers: tuple[Answered, ...] = ()
    arrived: Session | None = None
    seen: View | None = None

    @property
    def here(self) -> Scene:
        """The present scene."""
        return self.lecture.scenes[self.scene]

    @property
    def now(self) -> Beat | None:
        """The present beat; None at the end."""
        return self.here.beats[self.beat] if self.beat < len(self.here.beats) else None

    @property
    def answer(self) -> Answered | None:
        """The answer given to the present beat's question, if any."""
        return next((found for found in self.answers if (found.scene, found.beat) == (self.scene, self.beat)), None)

    @property
    def open_question(self) -> Ask | None:
        """The present beat's question while it waits for an answer."""
        return self.now.ask if self.now is not None and self.answer is None and not self.away else None


@dataclass(frozen=True, slots=True)
class Teach:
    """Begin a lecture at a scene, counted from 0; undo brings back what was there before."""

    lecture: Lecture
    scene: int = 0


@dataclass(frozen=True, slots=True)
class GoTo:
    """To the first beat of a scene, counted from 0. Raises ValueError, when applied, where there is none."""

    scene: int


@dataclass(frozen=True, slots=True)
class ToBeat:
    """To a beat of the present scene, counted from 0. Raises ValueError, when applied, where there is none."""

    beat: int


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave the lecture as it stands to try something, or come back to it; the next one returns to what was tried."""


@dataclass(frozen=True, slots=True)
class StepAside:
    """Leave the lecture as it stands to try something else than what was tried before, which is forgotten."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose an answer to the open question, so many after the chosen one, or before it where `by` is negative. Where
    none is chosen, 1 is the first and -1 the last.
    """

    by: int


Move = moves.Move | Teach | GoTo | ToBeat | Leave | StepAside | Choose

"""The lecturer's notes: what to remember at this moment, what the class does not see, and what comes next."""

from __future__ import annotations

from scenarios.lesson import lesson
from scenarios.text import key
from scenarios.workspace.lectures import Beat, Lesson
from scenarios.workspace.workspace import Workspace


def heading(workspace: Workspace) -> str:
    """What the notes are about."""
    return lesson.heading(workspace.lesson) if workspace.lesson is not None else workspace.scenario.title


def notes(workspace: Workspace) -> list[tuple[str, str]]:
    """Paragraphs, each with a word for what it is: `notes`, `answer`, `screen`, `next`."""
    told: list[tuple[str, str]] = []
    given = workspace.lesson
    if workspace.view.black:
        told.append(("screen", "It is black; any key brings the picture back."))
    if given is not None and given.away:
        told.append(("screen", f"The lecture was left to try something; {key('leave')} comes back to it."))
    if (found := lesson.asked(workspace)) is not None:
        told.append(("answer", f"{found.options[found.right]}. {found.why}"))
    text = given.here.notes if given is not None else workspace.scenario.notes
    told += [("notes", " ".join(part.split())) for part in text.split("\n\n") if part.strip()]
    if given is not None:
        told.append(("next", _next(given)))
    return told


def _next(given: Lesson) -> str:
    """What the next press of the space bar brings."""
    here, scenes = given.here, given.lecture.scenes
    if given.open_question is not None:
        return "the answer."
    if given.beat + 1 < len(here.beats):
        return _told(here.beats[given.beat + 1])
    if given.scene + 1 < len(scenes):
        after = scenes[given.scene + 1]
        return f"{given.scene + 2}, {after.title}: {_told(after.beats[0])}"
    return "the end." if given.now is not None else "nothing; this is the end."


def _told(beat: Beat) -> str:
    if beat.ask is not None:
        return "a question to the class."
    return beat.say or "the model moves, and the caption says how."

"""Context: who hears the next key."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace


class Hearer(StrEnum):
    """Who hears keys besides the screens."""

    HELP = "help"
    QUESTION = "question"
    PREDICTION = "prediction"
    LECTURE = "lecture"
    EVERYWHERE = "everywhere"


def hearers(workspace: Workspace) -> tuple[Hearer | Screen, ...]:
    """Who hears a key, from the top: the first of them that has an action for its command carries it out."""
    return tuple(_hearers(workspace))


def _hearers(workspace: Workspace) -> Iterator[Hearer | Screen]:
    lesson = workspace.lesson
    if workspace.view.help:
        yield Hearer.HELP  # which lies over everything: nothing behind it is moved
        return
    if lesson is not None and lesson.open_question is not None:
        yield Hearer.QUESTION
    if workspace.predictions.asking and workspace.view.screen.of_phase:
        yield Hearer.PREDICTION
    if lesson is not None and not lesson.away:
        yield Hearer.LECTURE
    yield workspace.view.screen
    yield Hearer.EVERYWHERE

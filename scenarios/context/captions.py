"""The caption: one or two sentences for the moment a workspace is in, fit to be read aloud.

The first that has something to say speaks: a lecture's beat, what interrupts the steps, the screen.
"""

from __future__ import annotations

import re

from engine.session.session import Phase
from scenarios.context.hearers import Hearer, hearers
from scenarios.lesson import lesson
from scenarios.screens.leading import waiting
from scenarios.screens.stories import STORIES
from scenarios.text import key
from scenarios.workspace.workspace import Workspace


def caption(workspace: Workspace) -> str:
    """The caption of the present moment, plain text with the lecture's signs."""
    story = STORIES[workspace.view.screen]
    interrupted = _interrupted(workspace) if story.screen.of_phase else ""
    return lesson.caption(workspace) or heeded(workspace, interrupted or story.caption(workspace))


def heeded(workspace: Workspace, text: str) -> str:
    """A text of a screen's own without what it says of keys while a lecture's beat is shown: they go on
    in the lecture, or leave it.
    """
    if workspace.lesson is None or workspace.lesson.away:
        return text
    return _TAKEN.sub("", _TAKEN_CLAUSE.sub("", text)).rstrip()


def phase(workspace: Workspace) -> bool:
    """Whether the caption is of the session's phase."""
    return workspace.view.screen.of_phase and not lesson.caption(workspace)


def spelt_out(workspace: Workspace) -> bool:
    """Whether every sentence of the caption is needed: a lecture's own words, or a question before (2)."""
    return bool(lesson.caption(workspace)) or Hearer.PREDICTION in hearers(workspace)


def sentences(text: str) -> list[str]:
    """The sentences of a caption as it is read; the verdict on a prediction goes with the first."""
    first = _FIRST.match(text)
    if first is None:
        return [text] if text else []
    return [first[0], *sentences(text[first.end() :].strip())]


def chosen(text: str) -> list[list[str]]:
    """Which sentences of a caption, as it is read, are said, from all of them to what there must be room for: the last,
    which concludes. What to press is left out before the others are.
    """
    told = sentences(text)
    lasting = [each for each in told if not each.startswith("Press ")] or told
    return [told, lasting, [lasting[0], lasting[-1]], lasting[-1:]]


_FIRST = re.compile(r"(?:(?:Right!|Not this time\.)\s+)?.*?[.!?](?=\s|$)", re.DOTALL)
_KEY = "\x01(?!(?:up|down|explain|scenes|large)\x02)\\w+\x02"  # those of a lecture, of a prediction, stay
_TAKEN_CLAUSE = re.compile(
    f"(?:[:;] press|, or press) {_KEY}[^.\x03-\x05]*(?=[.])| [(]{_KEY}[)]|, move with the arrows"
)
_PART = r"(?:[^.!?\x03-\x05]|[.!?](?![\s\x03-\x05]|$))*"  # of a sentence
_TAKEN = re.compile(rf"{_PART}(?:{_KEY}|arrows){_PART}[.!?]\s*")


def _interrupted(workspace: Workspace) -> str:
    """A step that diverged, one that waits for slopes, or the question before (2)."""
    session = workspace.session
    if session.diverged:
        return (
            f"Diverged at step {session.step}: the next update would leave the numbers a computer can hold. "
            "All steps so far remain; go back, or lower the rate."
        )
    if session.phase is Phase.DIRECTION and (told := waiting(workspace)):
        return told
    if workspace.predictions.asking:
        name = session.state.problem.names[workspace.view.parameter]
        return (
            f"Which way will {name} move? Press {key('up')} if you think up, {key('down')} if you think down. "
            f"{key('forward')} shows the answer without counting."
        )
    return ""

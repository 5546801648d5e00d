"""Giving a lecture: moves from beat to beat, on top of those of a workspace. `apply` here is the outermost. Pure.

A beat is always shown as its file sets it up, whatever was looked at or tried before: the scene's scenario from its
start, then the moves of its beats up to this one. So going back, jumping and returning show exactly the same numbers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from engine.session import moves
from scenarios.lesson.quiz import Question, question
from scenarios.lesson.subject import left, picture
from scenarios.text import key
from scenarios.workspace.lectures import Answered, Choose, GoTo, Leave, Lecture, Lesson, Move, StepAside, Teach, ToBeat
from scenarios.workspace.moves import Hear, Look
from scenarios.workspace.view import Subject
from scenarios.workspace.workspace import Workspace, carry_out

# What changes nothing where no lecture is given.
_OF_LECTURES = GoTo | ToBeat | Leave | StepAside | Choose


class Option(NamedTuple):
    """An answer to choose: its text, whether it is chosen, and whether it is right, None while that is open."""

    text: str
    chosen: bool
    right: bool | None


def begin(lecture: Lecture) -> Workspace:
    """A workspace at the first beat of a lecture."""
    return _arrive(Workspace.of(lecture.scenes[0].scenario), Lesson(lecture))


def apply(workspace: Workspace, move: Move) -> Workspace:
    """The workspace after `move`; the same object where nothing changes. Raises ValueError as the moves below do."""
    if isinstance(move, Teach):
        return _arrive(replace(workspace, previous=workspace), Lesson(move.lecture, move.scene))
    lesson = workspace.lesson
    if lesson is None:
        return workspace if isinstance(move, _OF_LECTURES) else carry_out(workspace, move)
    match move:
        case GoTo(scene):
            if not 0 <= scene < len(lesson.lecture.scenes):
                raise ValueError(f"no scene {scene + 1}; the lecture has {len(lesson.lecture.scenes)}")
            return _arrive(workspace, _moved(lesson, scene, 0))
        case ToBeat(beat):
            if not 0 <= beat < len(lesson.here.beats):
                raise ValueError(f"no beat {beat + 1}; the scene has {len(lesson.here.beats)}")
            return _arrive(workspace, _moved(lesson, lesson.scene, beat))
        case Leave():
            return _leave(workspace, lesson)
        case StepAside():
            return _aside(workspace, lesson)
        case Choose(by):
            return _choose(workspace, lesson, by)
        case moves.Forward() if not lesson.away:
            return _on(workspace, lesson)
        case moves.Back() if not lesson.away:
            return _back(workspace, lesson)
    after = carry_out(workspace, move)
    if after is workspace or lesson.away or isinstance(move, Look | Hear):
        return after
    return _aside(after, lesson)  # changing a number leaves the lecture


def made_of(workspace: Workspace, move: Move) -> tuple[Move, ...]:
    """The moves, as a journal has them, that a person's `move` is made of: to look at another function, point or number
    than the beat speaks of leaves the lecture first.
    """
    lesson = workspace.lesson
    if lesson is None or lesson.away or not isinstance(move, Look):
        return (move,)
    return (StepAside(), move) if left(workspace.view, move.view) else (move,)


def number(lesson: Lesson) -> str:
    """The scene's place among all: `9/22`."""
    return f"{lesson.scene + 1}/{len(lesson.lecture.scenes)}"


def under_way(lesson: Lesson) -> bool:
    """Whether it has begun and is not over."""
    return lesson.now is not None and (lesson.scene, lesson.beat) != (0, 0)


def heading(lesson: Lesson) -> str:
    """The scene in a line: `9/22  Step 1: compute the loss`."""
    return f"{number(lesson)}  {lesson.here.title}"


def found(lecture: Lecture, text: str) -> list[int]:
    """The scenes that `text` means: by number from 1, by name, or by words of name and title; best first."""
    words = text.casefold().split()
    if not words:
        return []
    scenes = lecture.scenes
    if len(words) == 1 and words[0].isdecimal():
        number = int(words[0][:6]) - 1
        return [number] if 0 <= number < len(scenes) else []
    named = [index for index, scene in enumerate(scenes) if scene.name.casefold() == words[0]]
    told = [f"{scene.name} {scene.title}".casefold() for scene in scenes]
    fitting = [index for index, text in enumerate(told) if all(word in text for word in words)]
    return [*named, *(index for index in fitting if index not in named)]


def caption(workspace: Workspace) -> str:
    """The caption of a scene: the beat's own words, a question or its answer; "" for the live caption, as of a point
    that was selected, unless a question waits for its answer. In another picture than the beat's its words are not
    said: they may speak of what is no longer seen.
    """
    lesson = workspace.lesson
    if lesson is None or lesson.away:
        return ""
    if workspace.view.subject is Subject.POINT and lesson.open_question is None:
        return ""
    if lesson.now is None:
        return _end(lesson)
    ask, answer = asked(workspace), lesson.answer
    say = "" if elsewhere(workspace) else lesson.now.say
    if ask is None:
        return say
    if answer is None:
        return f"{say} {ask.text}".strip()
    verdict = "" if answer.option is None else "Right! " if answer.right else "Not this time. "
    return f"{verdict}{ask.why}"


def elsewhere(workspace: Workspace) -> bool:
    """Whether another picture is looked at than the one a beat has set up."""
    lesson = workspace.lesson
    if lesson is None or lesson.away or lesson.seen is None:
        return False
    return picture(workspace.view) != picture(lesson.seen)


def options(workspace: Workspace) -> tuple[Option, ...]:
    """The answers of the present question; () where there is none."""
    ask, lesson = asked(workspace), workspace.lesson
    if ask is None or lesson is None:
        return ()
    answer = lesson.answer
    chosen = lesson.choice if answer is None else answer.option
    return tuple(
        Option(text, index == chosen, None if answer is None else index == ask.right)
        for index, text in enumerate(ask.options)
    )


def _end(lesson: Lesson) -> str:
    right, counted = score(lesson)
    told = f"The end of {lesson.lecture.title!r}."
    if counted:
        told += f" You answered {right} of {counted} question{'s' * (counted > 1)} correctly."
    return f"{told} {key('back')} goes back, {key('scenes')} goes to any scene."


def asked(workspace: Workspace) -> Question | None:
    """The present beat's question, open or answered, at the state it was asked at; None where there is none."""
    lesson = workspace.lesson
    if lesson is None or lesson.away or lesson.now is None or lesson.now.ask is None:
        return None
    return question(workspace.session.state, lesson.now.ask)


def score(lesson: Lesson) -> tuple[int, int]:
    """How many questions were answered correctly, and how many were answered."""
    counted = [answer for answer in lesson.answers if answer.option is not None]
    return sum(answer.right for answer in counted), len(counted)


def _arrive(workspace: Workspace, lesson: Lesson) -> Workspace:
    """The lesson's place, set up anew. What a person chose for their eyes or their audience is kept."""
    scene = lesson.here
    arrived = Workspace.of(scene.scenario)
    for beat in scene.beats[: lesson.beat + 1]:
        for move in beat.moves:
            arrived = carry_out(arrived, move)
    view = replace(arrived.view, large=workspace.view.large)
    lesson = replace(lesson, arrived=arrived.session, seen=arrived.view)
    return replace(arrived, view=view, lesson=lesson, previous=workspace.previous, heard=workspace.heard)


def _moved(lesson: Lesson, scene: int, beat: int) -> Lesson:
    return replace(lesson, scene=scene, beat=beat, away=False, choice=None)


def _on(workspace: Workspace, lesson: Lesson) -> Workspace:
    if lesson.open_question is not None:
        return _answer(workspace, lesson)
    scenes = lesson.lecture.scenes
    if lesson.beat + 1 < len(lesson.here.beats):
        return _arrive(workspace, _moved(lesson, lesson.scene, lesson.beat + 1))
    if lesson.scene + 1 < len(scenes):
        return _arrive(workspace, _moved(lesson, lesson.scene + 1, 0))
    return workspace if lesson.now is None else _arrive(workspace, _moved(lesson, lesson.scene, lesson.beat + 1))


def _back(workspace: Workspace, lesson: Lesson) -> Workspace:
    if lesson.beat > 0:
        return _arrive(workspace, _moved(lesson, lesson.scene, lesson.beat - 1))
    if lesson.scene == 0:
        return workspace
    before = lesson.lecture.scenes[lesson.scene - 1]
    return _arrive(workspace, _moved(lesson, lesson.scene - 1, len(before.beats) - 1))


def _leave(workspace: Workspace, lesson: Lesson) -> Workspace:
    if lesson.away:
        return replace(_arrive(workspace, replace(lesson, away=False)), aside=workspace)
    if workspace.aside is not None:
        return workspace.aside
    return _aside(workspace, lesson)


def _aside(workspace: Workspace, lesson: Lesson) -> Workspace:
    """Out of the lecture, with nothing tried yet."""
    return workspace if lesson.away else replace(workspace, lesson=replace(lesson, away=True), aside=None)


def _choose(workspace: Workspace, lesson: Lesson, by: int) -> Workspace:
    if lesson.open_question is None:
        return workspace
    count = len(question(workspace.session.state, lesson.open_question).options)
    before = lesson.choice if lesson.choice is not None else -1 if by > 0 else count
    choice = min(max(before + by, 0), count - 1)
    return workspace if choice == lesson.choice else replace(workspace, lesson=replace(lesson, choice=choice))


def _answer(workspace: Workspace, lesson: Lesson) -> Workspace:
    """Take the chosen answer, or show the right one where none was chosen."""
    found = asked(workspace)
    assert found is not None  # a question is open
    answer = Answered(lesson.scene, lesson.beat, lesson.choice, lesson.choice == found.right)
    return replace(workspace, lesson=replace(lesson, choice=None, answers=(*lesson.answers, answer)))

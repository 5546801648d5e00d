"""Lecture files: read and checked beat by beat as they would be given. docs/lectures.md describes the format."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from scenarios.files.complaints import InputError, shaped
from scenarios.files.document import document
from scenarios.files.mistakes import Mending, mistakes
from scenarios.files.schema import (
    Scenario,
    ScenarioError,
    checked_line,
    checked_notes,
    in_order,
    known_name,
    placed,
)
from scenarios.lecture.setting import ViewTable, setting
from scenarios.lecture.wording import heard
from scenarios.lesson.quiz import QUESTIONS, question
from scenarios.text import clean_line, quoted
from scenarios.workspace.lectures import Ask, Beat, Lecture, Scene
from scenarios.workspace.moves import Move
from scenarios.workspace.workspace import Workspace, carry_out

MOST_SCENES = 200
MOST_BEATS = 100
MOST_ASKED = 140
"""Characters of what is said and asked in one beat: two lines, above the answers."""

_MENDING = Mending(
    stand_ins={
        "scene": lambda at: [{"name": "scene", "title": "title", "scenario": "model1", "beat": [{}]}],
        "name": lambda at: f"of-{re.sub('[^a-z0-9]+', '-', at)}",  # each scene has its own
        "scenario": lambda at: "model1",
        "beat": lambda at: [{}],
    },
    whole=re.compile(r".*\.ask"),  # what a question lacks could only be made up
    places=re.compile(r"scene\[\d+\]\.beat\[\d+\]"),
    parts=re.compile(r"scene\[\d+\]"),
)


class LectureTable(msgspec.Struct, forbid_unknown_fields=True):
    """A whole lecture file."""

    riserun: int
    title: str
    scene: list[dict[str, Any]]
    summary: str = ""


class SceneTable(msgspec.Struct, forbid_unknown_fields=True):
    """A scene."""

    name: str
    title: str
    scenario: str
    beat: list[dict[str, Any]]
    notes: str = ""


class AskTable(msgspec.Struct, forbid_unknown_fields=True):
    """A question."""

    kind: str
    parameter: str = ""
    by: float = 0.1


class BeatTable(msgspec.Struct, forbid_unknown_fields=True):
    """A beat."""

    say: str = ""
    do: list[str] = []
    screen: str | None = None
    view: dict[str, Any] = {}
    ask: dict[str, Any] | None = None


def parse(text: str, source: str, name: str, load: Callable[[str], Scenario]) -> Lecture:
    """The lecture that `text`, the content of the file `source`, describes; `load` finds a scene's scenario.

    Every beat is tried: its moves are made, its view is set, its question is asked. Raises ScenarioError for every text
    that does not describe a lecture that can be given, and no other exception.
    """
    try:
        return _lecture(document(text), clean_line(name), text, load)
    except InputError as error:
        raise ScenarioError(_in_words(placed(error, text, source))) from None


def wrong(text: str, source: str, load: Callable[[str], Scenario]) -> list[str]:
    """All that is wrong in a text that should describe a lecture, a line each, in the order of the text."""
    found = mistakes(text, lambda tables: _lecture(tables, "", text, load), _MENDING)
    return [_in_words(line) for line in in_order(found, text, source)]


def _lecture(tables: dict[str, Any], name: str, text: str, load: Callable[[str], Scenario]) -> Lecture:
    file = shaped(tables, LectureTable)
    if not 1 <= len(file.scene) <= MOST_SCENES:
        raise InputError("scene", f"a lecture has 1 to {MOST_SCENES} scenes, not {len(file.scene)}")
    scenes: list[Scene] = []
    for index, table in enumerate(file.scene):
        scenes.append(_scene(table, f"scene[{index}]", load, {scene.name for scene in scenes}))
    title, summary = checked_line("title", file.title), checked_line("summary", file.summary)
    return Lecture(name, title, summary, tuple(scenes), text)


def _scene(table: dict[str, Any], at: str, load: Callable[[str], Scenario], taken: set[str]) -> Scene:
    file = shaped(table, SceneTable, at)
    name = clean_line(file.name)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,39}", name):
        raise InputError(f"{at}.name", f"{at}.name must be a word of letters, digits, - and _, not {quoted(name)}")
    if name in taken:
        raise InputError(f"{at}.name", f"{at}.name: there is a scene called {name} already; another name is needed")
    try:
        scenario = load(file.scenario)
    except ScenarioError as error:
        raise InputError(f"{at}.scenario", f"{at}.scenario: {str(error).partition(chr(10))[0]}") from None
    if not 1 <= len(file.beat) <= MOST_BEATS:
        raise InputError(f"{at}.beat", f"{at} must have 1 to {MOST_BEATS} beats, not {len(file.beat)}")
    workspace, beats = Workspace.of(scenario), []
    for index, each in enumerate(file.beat):
        workspace, beat = _beat(each, f"{at}.beat[{index}]", workspace)
        beats.append(beat)
    title, notes = checked_line(f"{at}.title", file.title), checked_notes(f"{at}.notes", file.notes)
    return Scene(name, title, notes, scenario, tuple(beats))


def _beat(table: dict[str, Any], at: str, workspace: Workspace) -> tuple[Workspace, Beat]:
    """The beat, and the workspace after it."""
    file = shaped(table, BeatTable, at)
    made: list[Move] = []
    for place, words in enumerate(file.do):
        after = _made(words, workspace, f"{at}.do", place)
        made.append(heard(words))
        workspace = after
    if file.view or file.screen is not None:
        view = shaped(file.view, ViewTable, f"{at}.view")
        look = setting(workspace, file.screen, view, f"{at}.view")
        made.append(look)
        workspace = carry_out(workspace, look)
    say = checked_line(f"{at}.say", file.say)
    ask = _ask(file.ask, f"{at}.ask", workspace, say)
    return workspace, Beat(say, tuple(made), ask)


def _made(words: str, workspace: Workspace, key: str, place: int) -> Workspace:
    """The workspace after the move in `words`, at a `place` of its list; it must change something here."""
    shown = quoted(clean_line(words))
    try:
        after = carry_out(workspace, heard(words))
    except ValueError as error:
        raise InputError(key, f"{key}: {error}", item=place) from None
    if all(getattr(after, part) is getattr(workspace, part) for part in ("session", "pinned", "predictions")):
        told = f"{key}: {shown} does nothing here; leave it out, or move something first"
        raise InputError(key, told, item=place, follows=True)
    if after.session.diverged:
        raise InputError(key, f"{key}: {shown} leads to numbers that are not finite; use a smaller rate", item=place)
    return after


def _ask(table: dict[str, Any] | None, at: str, workspace: Workspace, say: str) -> Ask | None:
    """The question that follows what the beat says."""
    if table is None:
        return None
    file = shaped(table, AskTable, at)
    ask = Ask(known_name(file.kind, QUESTIONS, "question", f"{at}.kind"), file.parameter, file.by)
    try:
        text = question(workspace.session.state, ask).text
    except ValueError as error:
        raise InputError(at, f"{at}: {error}", follows=True) from None
    if say and len(say) + 1 + len(text) > MOST_ASKED:
        most = MOST_ASKED - 1 - len(text)
        raise InputError(
            at, f"{at}: at most {most} characters of say fit above {text!r}, not {len(say)}; use two beats"
        )
    return ask


def _in_words(message: str) -> str:
    """The places of scenes and beats as a person counts them: `scene 2, beat 1: say` for `scene[1].beat[0].say`."""

    def counted(found: re.Match[str]) -> str:
        scene, beat, key = found[1], found[2], found[3]
        words = f"scene {int(scene) + 1}" + (f", beat {int(beat) + 1}" if beat else "")
        return f"{words}: {key}" if key else words

    return re.sub(r"scene\[(\d+)\](?:\.beat\[(\d+)\])?(?:\.(\w+))?", counted, message)

"""What a journal's line says besides its number and its time: a move, and where a session begins, as plain values."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import Any, get_type_hints

import msgspec

from engine.names import nearest
from engine.session.moves import Along, Give
from engine.symbolic.formula import as_recorded
from engine.training.problem import Problem
from scenarios.files.schema import Scenario, ScenarioError, parse
from scenarios.files.writing import dump
from scenarios.lecture import file, wording
from scenarios.lesson import lesson
from scenarios.text import clean_line, quoted, shortened
from scenarios.workspace.axes import axis, number
from scenarios.workspace.lectures import Lecture, Move, Teach
from scenarios.workspace.moves import Against, Kept, Look, Open
from scenarios.workspace.view import DeriveView, Landscape, LandscapeView, View
from scenarios.workspace.workspace import Workspace, snapshot


class TellingError(Exception):
    """What is told cannot be understood; the text is for a person."""


class Told(msgspec.Struct):
    """The keys of a line that tell a move: `do`, its words or its kind, and what that kind carries."""

    do: str
    view: dict[str, Any] = {}
    name: str = ""
    scenario: str = ""
    lecture: dict[str, Any] = {}
    scene: int = 0
    slopes: tuple[str, ...] = ()


class _LectureTold(msgspec.Struct):
    """A lecture: its file's text, the scenarios it needs (name and text), and which of them each scene begins with."""

    name: str
    text: str
    scenarios: list[tuple[str, str]]
    scenes: list[int]


class _LandscapeTold(msgspec.Struct):
    """A LandscapeView, its axes by their numbers."""

    shown: Landscape = Landscape.LOSS
    cursors: tuple[tuple[int, float], ...] = ()
    spans: tuple[tuple[int, tuple[float, float]], ...] = ()
    follow: bool = False
    second: int | None = None

    @staticmethod
    def of(view: LandscapeView, problem: Problem) -> _LandscapeTold:
        cursors = tuple((number(at, problem), place) for at, place in view.cursors)
        spans = tuple((number(at, problem), span) for at, span in view.spans)
        return _LandscapeTold(view.shown, cursors, spans, view.follow, view.second)

    def view(self, problem: Problem) -> LandscapeView:
        cursors = tuple((axis(at, problem), place) for at, place in self.cursors)
        spans = tuple((axis(at, problem), span) for at, span in self.spans)
        return LandscapeView(self.shown, cursors, spans, self.follow, self.second)


def from_hex(text: str) -> float:
    """A hexadecimal float. Raises ValueError, or TellingError where it is beyond the floats."""
    try:
        return float.fromhex(text)
    except OverflowError:
        raise TellingError(f"{quoted(text)} is beyond all floating-point numbers") from None


def tell(move: Move, workspace: Workspace) -> dict[str, Any]:
    """The keys that tell `move`, made in `workspace`."""
    match move:
        case Look(view):
            return {"do": "look", "view": _view_told(view, workspace)}
        case Open(scenario):
            return {"do": "open", "name": scenario.name, "scenario": dump(scenario)}
        case Against(scenario):
            return {"do": "against", "name": scenario.name, "scenario": dump(scenario)}
        case Kept(scenario):
            return {"do": "kept", "name": scenario.name}
        case Along(source):
            return {"do": "along", "name": source}
        case Give(slopes):
            return {"do": "give", "slopes": [slope.hex() for slope in slopes]}
        case Teach(lecture, scene):
            return {"do": "teach", "lecture": _lecture_told(lecture), "scene": scene}
    words = wording.said(move)
    if words is None:
        raise TypeError(f"a journal has no way to say {type(move).__name__}")
    return {"do": words}


def understood(told: Told, workspace: Workspace) -> Move:
    """The move that is told in `workspace`. Raises TellingError, or ValueError with a text for a person."""
    match told.do:
        case "look":
            seen: dict[str, Any] = {name: _seen(name, value, workspace) for name, value in told.view.items()}
            return Look(replace(workspace.view, **seen))
        case "open":
            return Open(_scenario(told.scenario, told.name))
        case "against":
            return Against(_scenario(told.scenario, told.name))
        case "kept":
            return Kept(snapshot(workspace, clean_line(shortened(told.name))))
        case "along":
            return Along(clean_line(shortened(told.name)))
        case "give":
            return Give(tuple(map(from_hex, told.slopes)))
        case "teach":
            lecture = _lecture(told.lecture)
            if not 0 <= told.scene < len(lecture.scenes):
                raise TellingError(f"the lecture has no scene {told.scene + 1}")
            return Teach(lecture, told.scene)
    move: Move = wording.heard(told.do, wording.WORDS | wording.LECTURING)
    return move


def tell_beginning(workspace: Workspace) -> dict[str, Any]:
    """The keys that tell where a session begins: the lecture where one is given, else the scenario."""
    if workspace.lesson is not None:
        return {"lecture": _lecture_told(workspace.lesson.lecture)}
    return {"name": workspace.scenario.name, "scenario": dump(workspace.scenario)}


def begun(told: dict[str, Any]) -> Workspace:
    """The workspace that a session begins with. Raises TellingError."""
    if "lecture" in told:
        return lesson.begin(_lecture(told["lecture"]))
    found = _converted({**told, "do": ""}, Told, "the scenario")
    return Workspace.of(_scenario(found.scenario, found.name))


def _lecture_told(lecture: Lecture) -> dict[str, Any]:
    scenarios: list[tuple[str, str]] = []
    scenes = []
    for scene in lecture.scenes:
        entry = (scene.scenario.name, dump(scene.scenario))
        if entry not in scenarios:
            scenarios.append(entry)
        scenes.append(scenarios.index(entry))
    return {"name": lecture.name, "text": lecture.source, "scenarios": scenarios, "scenes": scenes}


def _lecture(told: object) -> Lecture:
    found: _LectureTold = _converted(told, _LectureTold, "the lecture")
    known = [_scenario(text, name) for name, text in found.scenarios]
    if not all(0 <= index < len(known) for index in found.scenes):
        raise TellingError("the lecture lacks a scenario")
    coming = (known[index] for index in found.scenes)

    def load(_: str) -> Scenario:
        # Scenes ask in their order; the names they ask by may have been those of files.
        scenario = next(coming, None)
        if scenario is None:
            raise ScenarioError("the lecture has more scenes than scenarios")
        return scenario

    try:
        return file.parse(found.text, "its lecture", shortened(found.name), load)
    except ScenarioError as error:
        raise TellingError(str(error)) from None


def _scenario(text: str, name: str) -> Scenario:
    try:
        return parse(text, "its scenario", shortened(name))
    except ScenarioError as error:
        raise TellingError(str(error)) from None


def _converted(value: object, shape: type[Any], what: str) -> Any:
    try:
        return msgspec.convert(value, shape)
    except (msgspec.ValidationError, RecursionError) as error:
        raise TellingError(f"{what} cannot be read ({shortened(str(error))})") from None


def _view_told(view: View, workspace: Workspace) -> dict[str, Any]:
    """The fields of the view that the workspace has otherwise; axes are numbers there."""
    problem = workspace.session.state.problem
    changes = {
        field.name: getattr(view, field.name)
        for field in fields(View)
        if getattr(view, field.name) != getattr(workspace.view, field.name)
    }
    if "row" in changes:
        changes["row"] = number(view.row, problem)
    if "landscape" in changes:
        changes["landscape"] = _LandscapeTold.of(view.landscape, problem)
    return changes


def _seen(name: str, value: object, workspace: Workspace) -> object:
    """The value of a field of View."""
    if name not in _view_types():
        raise TellingError(f"a view has no {quoted(name)}; {nearest(name, _view_types())}")
    seen, problem = _converted(value, _view_types()[name], name), workspace.session.state.problem
    if isinstance(seen, _LandscapeTold):
        return seen.view(problem)
    if isinstance(seen, DeriveView):
        return replace(seen, formula=as_recorded(seen.formula))
    return axis(seen, problem) if name == "row" else seen


@cache
def _view_types() -> dict[str, Any]:
    return {**get_type_hints(View), "row": int, "landscape": _LandscapeTold}

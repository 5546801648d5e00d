"""The questions that commands ask in the prompt: what an answer may be, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.derivative.study import study
from engine.session import moves
from engine.symbolic.formula import FormulaError
from engine.training import settings
from engine.training.problem import Problem
from engine.training.settings import SETTINGS
from scenarios.context import goal
from scenarios.context.actions import actions
from scenarios.context.goal import Goal
from scenarios.files.schema import ScenarioError
from scenarios.intervals import FARTHEST
from scenarios.lesson import lesson
from scenarios.library import store
from scenarios.numbers import given, read, read_point, signed
from scenarios.screens.derive.actions import moved, typed
from scenarios.screens.derive.function import at
from scenarios.shell import shell
from scenarios.text import shortened
from scenarios.workspace.axes import Axis, Parameter, Setting
from scenarios.workspace.lectures import GoTo, Move, Teach
from scenarios.workspace.moves import Kept, Look
from scenarios.workspace.workspace import Workspace, snapshot
from tui.commands import COMMANDS, NAMES, Command
from tui.screens.prompt import Question


def edit(workspace: Workspace, row: Axis, accept: Callable[[Move], None]) -> Question:
    """A value for a row of the editors."""
    frame = workspace.session.frame
    if isinstance(row, Setting):
        return _setting(SETTINGS[row.name], frame.problem, accept)
    assert isinstance(row, Parameter)  # the step has no row
    name = frame.problem.names[row.index]
    hint = f"a number; now {signed(frame.parameters[row.index])}. {_TAKES}"
    return Question(
        f"{name} =",
        lambda _: hint,
        lambda text: _refusal(lambda: read(text)),
        lambda text: accept(moves.Edit(name, read(text))),
    )


def _setting(row: settings.Setting, problem: Problem, accept: Callable[[Move], None]) -> Question:
    wanted = f"{row.wanted}, please, such as {row.example}"

    def check(text: str) -> str | None:
        return _refusal(lambda: read(text, wanted)) or (None if row.admits(read(text)) else wanted)

    hint = f"{row.wanted}; now {given(problem.settings[row.name])}. {_TAKES}"
    return Question(f"{row.name} =", lambda _: hint, check, lambda text: accept(moves.Set(row.name, read(text))))


def function(workspace: Workspace, accept: Callable[[Move], None]) -> Question:
    """A function for the derive screen."""

    def check(text: str) -> str | None:
        try:
            study(text)
        except FormulaError as error:
            return f"at column {error.column + 1}: {error.message}" if error.column else error.message
        return None

    return Question(
        "f =",
        lambda _: "such as sin(2x), f(x) = x^2 + 1, e^(-x^2/2), sin(x) + 2cos(y)",
        check,
        lambda text: accept(Look(replace(workspace.view, derive=typed(text)))),
    )


def place(workspace: Workspace, accept: Callable[[Move], None]) -> Question:
    """A point of the derive screen's function: a number an argument."""
    derive = workspace.view.derive
    names = study(derive.formula).names

    def there(text: str) -> tuple[float, ...]:
        return read_point(text, names, derive.values)

    def check(text: str) -> str | None:
        if refusal := _refusal(lambda: there(text)):
            return refusal
        return None if max(map(abs, there(text))) <= FARTHEST else f"none beyond {FARTHEST:g}, please"

    return Question(
        f"{', '.join(names)} =",
        lambda _: f"now {at(workspace)}",
        check,
        lambda text: accept(Look(replace(workspace.view, derive=moved(derive, there(text))))),
    )


def go(workspace: Workspace, accept: Callable[[Move], None]) -> Question:
    """A step to go to, among those reached."""
    last = workspace.session.last_step

    def check(text: str) -> str | None:
        fits = text.strip().isdecimal() and len(text) < 10 and int(text) <= last
        return None if fits else f"a whole number from 0 to {last}, the last step reached"

    return Question("go to step", lambda _: f"0 to {last}", check, lambda text: accept(moves.Seek(int(text))))


def scene(workspace: Workspace, accept: Callable[[Move], None]) -> Question:
    """A scene of the lecture, of the built-in one where none is given."""
    given_lesson = workspace.lesson
    lecture = given_lesson.lecture if given_lesson is not None else store.load_lecture(store.LECTURE)

    def found(text: str) -> list[int]:
        return lesson.found(lecture, text)

    def hint(text: str) -> str:
        scenes = [f"{index + 1} {lecture.scenes[index].title}" for index in found(text)[:3]]
        return "   ".join(scenes) or f"a number from 1 to {len(lecture.scenes)}, or words of a title, such as loss"

    def check(text: str) -> str | None:
        return None if found(text) else f"no such scene; a number from 1 to {len(lecture.scenes)}, or words of a title"

    def go_to(text: str) -> None:
        accept(GoTo(found(text)[0]) if given_lesson is not None else Teach(lecture, found(text)[0]))

    return Question("scene", hint, check, go_to)


def run(accept: Callable[[Goal], None]) -> Question:
    """How far to run: a number of steps, `errors = 0`, or `loss < value`."""

    def check(text: str) -> str | None:
        try:
            goal.meant(text)
        except ValueError as error:
            return str(error)
        return None

    return Question(
        "run until", lambda _: f"{goal.WANTED}; any key stops", check, lambda text: accept(goal.meant(text))
    )


def save(workspace: Workspace, accept: Callable[[Move, str], None], refuse: Callable[[str], None]) -> Question:
    """A name for the present state. A name that exists is asked for once more, with a ! behind it."""

    def check(text: str) -> str | None:
        name = text.strip()
        wrong = store.check_name(name.removesuffix("!"))
        if wrong is None and not name.endswith("!") and name in {entry.name for entry in store.entries()}:
            return f"{name} exists; type {name}! to replace it"
        return wrong

    def write(text: str) -> None:
        name = text.strip().removesuffix("!")
        scenario = snapshot(workspace, name)
        try:
            store.save(scenario, name, replace=text.strip().endswith("!"))
        except (ScenarioError, FileExistsError) as error:
            refuse(str(error))
        else:
            accept(Kept(scenario), f"saved as {name}; {NAMES['open']} or {shell(name)} opens it again")

    hint = f"letters, digits, - and _; it opens again with {NAMES['open']} or {shell('NAME')}"
    return Question("save as", lambda _: hint, check, write)


def command(workspace: Workspace, accept: Callable[[str], None]) -> Question:
    """A command, by any words of its name and its help, chosen among those that fit."""

    def found(text: str) -> list[Command]:
        words = text.lower().split()
        known = [command for command in COMMANDS if command.id in actions(workspace) and command.id != "palette"]
        fitting = [each for each in known if words and all(word in f"{each.id} {each.help}".lower() for word in words)]
        # The one that is called so first, then those whose names begin so.
        return sorted(fitting, key=lambda each: (each.id != words[0], not each.id.startswith(words[0])))

    def matches(text: str) -> list[tuple[str, str]]:
        return [(each.id, f"{each.shown:<10} {_first_part(each.help)}") for each in found(text)]

    def check(text: str) -> str | None:
        if not text.strip():
            return "type words of what the command does, such as hold"
        return None if found(text) else "no command is described by these words"

    hint = f"words of what it does, such as hold; {NAMES['up']} {NAMES['down']} choose among what is found"
    return Question("command", lambda _: hint, check, accept, matches)


def _first_part(text: str) -> str:
    """What stands before the first ; or :, as far as it has room in a list of the narrowest screen."""
    return shortened(text.partition(";")[0].partition(":")[0], _LONGEST)


def leaving(workspace: Workspace) -> str:
    """What is asked once before the person leaves, "" where nothing would be lost by it."""
    given_lesson, last = workspace.lesson, NAMES["quit"]
    if workspace.changed:
        return f"Unsaved changes: {last} quits anyway, {NAMES['save']} saves, any other key stays"
    if given_lesson is not None and lesson.under_way(given_lesson):
        return f"The lecture is at scene {lesson.number(given_lesson)}: {last} quits, any other key stays"
    return ""


_LONGEST = 56
_TAKES = f"{NAMES['accept']} takes it, {NAMES['close']} leaves it"


def _refusal(reading: Callable[[], object]) -> str | None:
    """What is wrong with what is read, None where nothing is."""
    try:
        reading()
    except ValueError as error:
        return str(error)
    return None

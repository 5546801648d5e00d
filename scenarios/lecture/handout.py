"""A lecture as a handout: Markdown, every scene with its picture as text and its numbers as the engine gives them."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.session import moves
from engine.training.evaluate import evaluate
from scenarios.context.captions import caption
from scenarios.lesson.lesson import apply, asked, begin
from scenarios.numbers import given, plain, signed
from scenarios.screens.derive.function import at as point_at
from scenarios.screens.derive.function import methods, written
from scenarios.screens.story import PHASES
from scenarios.workspace.lectures import GoTo, Lecture
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace

Picture = Callable[[Workspace], list[str]]


def handout(lecture: Lecture, picture: Picture, read: Callable[[str], str]) -> str:
    """The whole handout. `picture` draws what is on the screen as lines of text, `read` puts the names of
    keys into what is said."""
    parts = [f"# {_plain(lecture.title)}", _plain(lecture.summary)]
    at = begin(lecture)
    for index, scene in enumerate(lecture.scenes):
        beats = _beats(apply(at, GoTo(index)), len(scene.beats))
        parts += [f"## {index + 1}. {_plain(scene.title)}", *(_told(beat, read) for beat in beats)]
        parts += ["\n".join(["```text", *(line.rstrip() for line in picture(beats[-1])), "```"]), _numbers(beats[-1])]
    return "\n\n".join(part for part in parts if part) + "\n"


def _beats(at: Workspace, count: int) -> list[Workspace]:
    """The scene at each of its beats, questions with their answers shown."""
    beats = []
    for _ in range(count):
        if at.lesson is not None and at.lesson.open_question is not None:
            at = apply(at, moves.Forward())
        beats.append(at)
        at = apply(at, moves.Forward())
    return beats


def _told(at: Workspace, read: Callable[[str], str]) -> str:
    """What is said at a beat; a question with its answers."""
    if (found := asked(at)) is None:
        return _plain(read(caption(at)))
    said = at.lesson.now.say if at.lesson is not None and at.lesson.now is not None else ""
    asks = f"{_plain(said)} **{_plain(found.text)}** {_plain(' / '.join(found.options))}".lstrip()
    return f"{asks}\n\n> {_plain(found.options[found.right])}. {_plain(found.why)}"


def _numbers(at: Workspace) -> str:
    """The numbers behind the picture, in one line."""
    if at.view.screen is Screen.DERIVE:
        return f"*{_plain(written(at))}; {_plain(_derivatives(at))}*"
    frame = at.session.frame
    names, shown = frame.problem.names, frame.parameters
    values = ", ".join(f"{name} = {signed(value)}" for name, value in zip(names, shown, strict=True))
    found = evaluate(frame.problem, shown)
    place = f"step {frame.step} {PHASES[frame.phase]}"
    count = len(frame.problem.data)
    wrong = f"{found.errors} of {count:,} point{'s' * (count > 1)} wrong"
    told = f"{place}: {values}; loss {plain(found.loss)}, {wrong}; rate {given(frame.problem.rate)}"
    return f"*{_plain(told)}*"


def _derivatives(at: Workspace) -> str:
    derive = at.view.derive
    found = methods(derive)
    ways = (("symbols", found.symbols), ("central difference", found.central), ("autodiff", found.autodiff))
    told = ", ".join(f"{way} {signed(value, 6)}" for way, value in ways if value is not None)
    return f"{point_at(at)}, eps = {derive.epsilon:g}: {told or 'no derivative here'}"


def _plain(text: str) -> str:
    """The text with nothing in it that Markdown or a browser would read as a mark."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)

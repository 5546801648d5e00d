"""Workspaces for tests: built-in scenarios and small ones made on the spot, with moves carried out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from engine.session import moves
from engine.session.session import Phase
from engine.training import datasets
from engine.training.models import Kind
from engine.training.problem import Problem
from scenarios.context import captions
from scenarios.files.schema import Editor, Scenario
from scenarios.lesson import lesson
from scenarios.library import store
from scenarios.screens.stories import STORIES
from scenarios.text import with_keys
from scenarios.workspace.axes import Parameter, Setting
from scenarios.workspace.lectures import Move
from scenarios.workspace.moves import Look
from scenarios.workspace.view import Pane, Screen, Subject
from scenarios.workspace.workspace import Workspace

RATE = Setting("rate")
FORWARD, BACK, NEXT = moves.Forward(), moves.Back(), moves.NextStep()

# The keys that the stories name, as the table of commands has them: tests/tui/test_commands.py compares.
KEYS = {
    "forward": "space",
    "lead": "a",
    "back": "bksp",
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "accept": "enter",
    "lower": "-",
    "raise": "+",
    "edit": "e",
    "go": "g",
    "next_pane": "tab",
    "previous_pane": "shift+tab",
    "pin": "P",
    "zoom": "x",
    "view": "v",
    "smaller_epsilon": "<",
    "larger_epsilon": ">",
    "hold": "h",
    "predict": "y",
    "scenes": "S",
    "leave": "t",
    "open": "o",
}


@dataclass(frozen=True)
class Seeing:
    """Fields of the view with their new values: called with a workspace, the move that looks at it so."""

    changes: tuple[tuple[str, Any], ...]

    def __call__(self, workspace: Workspace) -> Look:
        """The move."""
        return Look(replace(workspace.view, **dict(self.changes)))


def move_in(workspace: Workspace, move: Move | Seeing) -> Move:
    """The move, made in a workspace where it depends on it."""
    return move(workspace) if isinstance(move, Seeing) else move


def apply(workspace: Workspace, move: Move | Seeing) -> Workspace:
    """The workspace after the move, or after the one that `look` makes there."""
    return lesson.apply(workspace, move_in(workspace, move))


def after(workspace: Workspace, made: Iterable[Move | Seeing]) -> Workspace:
    """The workspace after the moves."""
    for move in made:
        workspace = apply(workspace, move)
    return workspace


def opened(name: str, *made: Move | Seeing) -> Workspace:
    """A built-in scenario after the moves."""
    return after(_begun(name), made)


@cache
def _begun(name: str) -> Workspace:
    """A built-in scenario as it is opened: frozen, so that all tests can begin at the same one."""
    return Workspace.of(store.load(name))


def at(name: str, phase: Phase, *made: Move | Seeing) -> Workspace:
    """The same, gone on to a phase of the step reached."""
    return after(opened(name, *made), [FORWARD] * (phase - Phase.LOSS))


def scenario(
    points: Sequence[tuple[float, float, float]],
    parameters: tuple[float, ...],
    model: str | Kind = "Linear",
    **settings: Any,
) -> Scenario:
    """A scenario of these points, its bars from -2 to 2."""
    problem = Problem(datasets.data(points), model, **settings)
    return Scenario("own", "Own", "", "", problem, parameters, (Editor(-2.0, 2.0, 0.1),) * len(parameters))


def made(points: Sequence[tuple[float, float, float]], parameters: tuple[float, ...], **settings: Any) -> Workspace:
    """A workspace at the start of such a scenario."""
    return Workspace.of(scenario(points, parameters, **settings))


def many_points(count: int) -> list[tuple[float, float, float]]:
    """`count` points spread over the unit square, those above the diagonal labelled +1."""
    places = [((i * 0.618033988749895) % 1.0, (i * 0.7548776662466927) % 1.0) for i in range(count)]
    return [(x1, x2, 1.0 if x1 + x2 > 1.0 else -1.0) for x1, x2 in places]


def look(**changes: Any) -> Seeing:
    """Change these fields of the view, wherever it is."""
    return Seeing(tuple(changes.items()))


def explained(workspace: Workspace, subject: Pane | Screen) -> list[str]:
    """What `?` says of a pane of the fit screen, or of another screen."""
    chosen = {"screen": Screen.FIT, "focus": subject} if isinstance(subject, Pane) else {"screen": subject}
    seen = apply(workspace, look(**chosen))
    return [with_keys(paragraph, KEYS) for paragraph in STORIES[seen.view.screen].explanation(seen)]


def caption(workspace: Workspace) -> str:
    """The caption as it is read."""
    return with_keys(captions.caption(workspace), KEYS)


def choose(row: int | None, parameter: int | None = None) -> Seeing:
    """Select a parameter's row of the editors, or the rate's (None), and the slope pane's parameter with it."""
    return look(row=RATE if row is None else Parameter(row), parameter=row if parameter is None else parameter)


def point(index: int) -> Seeing:
    """Select a data point."""
    return look(point=index, subject=Subject.POINT)


COMPARE = look(screen=Screen.COMPARE)

_MODEL1 = store.load("model1")
STEEP = replace(_MODEL1, name="steep", problem=replace(_MODEL1.problem, loss="as-printed", rate=2e307))
"""Its second step leaves the numbers a computer can hold."""

"""Workspaces for tests: built-in scenarios and small ones made on the spot, with moves carried out."""

from collections.abc import Iterable, Sequence
from typing import Any

from engine import datasets, moves
from engine.problem import Problem
from engine.session import Phase
from scenarios import store
from scenarios.schema import Editor, Scenario
from scenarios.view import Subject
from scenarios.workspace import Look, Move, Workspace, apply

FORWARD, BACK, NEXT = moves.Forward(), moves.Back(), moves.NextStep()


def after(workspace: Workspace, made: Iterable[Move]) -> Workspace:
    """The workspace after the moves."""
    for move in made:
        workspace = apply(workspace, move)
    return workspace


def opened(name: str, *made: Move) -> Workspace:
    """A built-in scenario after the moves."""
    return after(Workspace.of(store.load(name)), made)


def at(name: str, phase: Phase, *made: Move) -> Workspace:
    """The same, gone on to a phase of the step reached."""
    return after(opened(name, *made), [FORWARD] * (phase - Phase.LOSS))


def scenario(
    points: Sequence[tuple[float, float, float]], parameters: tuple[float, ...], model: str = "Linear", **settings: Any
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


def choose(row: int, parameter: int | None = None) -> Look:
    """Select a row of the editors, and the slope pane's parameter with it."""
    return Look.at(row=row, parameter=row if parameter is None else parameter)


def point(index: int) -> Look:
    """Select a data point."""
    return Look.at(point=index, subject=Subject.POINT)

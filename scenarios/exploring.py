"""What keys do on the landscape screen: move the cursor, choose what is looked at and how much of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine import moves
from scenarios import ahead
from scenarios.axes import STEP, Parameter, placed
from scenarios.landscape import Interval, away, axes, cursor, index, second, span
from scenarios.moves import Look, Move
from scenarios.view import FARTHEST, Landscape, LandscapeView, clamped, cycled, told_apart
from scenarios.workspace import Workspace

_MOVES = 40  # presses of an arrow from one end of a range to the other


def _short(value: float) -> float:
    """Without what only rounding has added: -0.4 + 0.1 is -0.3."""
    return float(f"{clamped(value):.12g}")


def _ranged(workspace: Workspace, spans: dict[int, Interval]) -> LandscapeView:
    """The view with ranges of a person's choice, and so no longer following the path."""
    view = workspace.view.landscape
    kept = {at: span(workspace, at) for at in axes(workspace)} if view.follow else {}
    ranges = view.spans
    for at, chosen in {**kept, **spans}.items():
        ranges = placed(ranges, Parameter(at), chosen)
    return replace(view, spans=ranges, follow=False)


def _look(workspace: Workspace, landscape: LandscapeView) -> Look:
    return Look(replace(workspace.view, landscape=landscape))


def _choose(workspace: Workspace, index: int) -> Look:
    return Look(replace(workspace.view, row=Parameter(index), parameter=index))


def move(by: int) -> Callable[[Workspace], Look | None]:
    """Move the cursor right or left; along the step, the rate it is at."""

    def action(workspace: Workspace) -> Look | None:
        if ahead.shown(workspace):
            return _move_rate(workspace, by)
        return _moved(workspace, index(workspace), by)

    return action


def up_or_down(by: int) -> Callable[[Workspace], Look | None]:
    """On the surface move the cursor up (1) or down (-1), elsewhere choose the parameter above or below."""

    def action(workspace: Workspace) -> Look | None:
        if len(axes(workspace)) == 2:
            return _moved(workspace, second(workspace), by)
        chosen = min(max(index(workspace) - by, 0), len(workspace.session.state.problem.names) - 1)
        return _choose(workspace, chosen)

    return action


def _moved(workspace: Workspace, at: int, by: int) -> Look | None:
    """The cursor a fortieth of the range further, which follows it over its edge; None where that is so far out that
    the places of such a range could not be told apart.
    """
    low, high = span(workspace, at)
    value = _short(cursor(workspace, at) + by * (high - low) / _MOVES)
    shift, view = min(value - low, 0.0) or max(value - high, 0.0), workspace.view.landscape
    if shift:
        shifted = _short(low + shift), _short(high + shift)
        if not told_apart(*shifted):
            return None
        view = _ranged(workspace, {at: shifted})
    return _look(workspace, replace(view, cursors=placed(view.cursors, Parameter(at), value)))


def _move_rate(workspace: Workspace, by: int) -> Look | None:
    found = ahead.ray(workspace)
    if found is None:
        return None
    view, reach = workspace.view.landscape, float(found.rates[-1])
    value = _short(min(max(ahead.cursor(workspace) + by * reach / _MOVES, reach / _MOVES), reach))
    return _look(workspace, replace(view, cursors=placed(view.cursors, STEP, value)))


def zoom(by: int) -> Callable[[Workspace], Look | None]:
    """Halve the range, or double it; the cursor keeps its place on the screen."""

    def action(workspace: Workspace) -> Look | None:
        if ahead.shown(workspace):
            return ahead.zoom(workspace, by)
        factor, spans = 0.5 if by > 0 else 2.0, {}
        for at in axes(workspace):
            low, high = span(workspace, at)
            here = min(max(cursor(workspace, at), low), high)
            spans[at] = low, high = _short(here - (here - low) * factor), _short(here + (high - here) * factor)
            if not 1e-6 * max(1.0, abs(here)) <= high - low < FARTHEST:
                return None
        return _look(workspace, _ranged(workspace, spans))

    return action


def follow(workspace: Workspace) -> Look | None:
    """Let the ranges follow the path closely, or no longer; along the step there is no path."""
    view = workspace.view.landscape
    return None if ahead.shown(workspace) else _look(workspace, replace(view, follow=not view.follow))


def take(workspace: Workspace) -> Move | None:
    """Set the parameters, or the rate, to the cursor's values."""
    if ahead.shown(workspace):
        rate = ahead.cursor(workspace)
        return None if rate == workspace.session.state.problem.rate else moves.Set("rate", rate)
    if not away(workspace):
        return None
    names = workspace.session.state.problem.names
    values: list[Any] = [entry for at in axes(workspace) for entry in (names[at], cursor(workspace, at))]
    return moves.EditBoth(*values) if len(values) == 4 else moves.Edit(*values)


def next_view(workspace: Workspace) -> Look:
    """The next of the screen's views."""
    view = workspace.view.landscape
    return _look(workspace, replace(view, shown=cycled(view.shown, Landscape)))


def next_parameter(by: int) -> Callable[[Workspace], Look | None]:
    """On the surface: the next parameter up its side (1), or along its bottom (-1)."""

    def action(workspace: Workspace) -> Look | None:
        if len(axes(workspace)) < 2:
            return None
        count, (across, up) = len(workspace.session.state.problem.names), axes(workspace)
        now, other = (up, across) if by > 0 else (across, up)
        chosen = next(at % count for at in range(now + 1, now + count + 1) if at % count != other)
        if by > 0:
            return _look(workspace, replace(workspace.view.landscape, second=chosen))
        landscape = replace(workspace.view.landscape, second=up)
        return Look(replace(workspace.view, row=Parameter(chosen), parameter=chosen, landscape=landscape))

    return action


def back(workspace: Workspace) -> Look:
    """The cursor back to the present place, then the ranges back to the whole."""
    view = workspace.view.landscape
    changed = replace(view, cursors=()) if view.cursors else replace(view, spans=(), follow=False)
    return _look(workspace, changed)

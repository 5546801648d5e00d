"""What keys do on the landscape screen: move the cursor, choose what is looked at and how much of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from engine.session import moves
from scenarios.intervals import FARTHEST, clamped, told_apart
from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.over import Over
from scenarios.screens.landscape.places import Interval
from scenarios.screens.landscape.ray import Ray
from scenarios.screens.landscape.slice import Slice
from scenarios.screens.landscape.surface import Surface
from scenarios.screens.story import Reply
from scenarios.text import key
from scenarios.workspace.axes import STEP, Parameter, placed
from scenarios.workspace.moves import Look, Move
from scenarios.workspace.view import Landscape, LandscapeView, cycled
from scenarios.workspace.workspace import Workspace

_MOVES = 40  # presses of an arrow from one end of a range to the other
_NARROWEST = 1e-3  # of the size of its numbers: of a narrower range four decimals are the same at both ends
_FURTHEST = 1e12  # times the rate, and its inverse: as far as one can zoom


def _short(value: float) -> float:
    """Without what only rounding has added: -0.4 + 0.1 is -0.3."""
    return float(f"{clamped(value):.12g}")


def _ranged(view: LandscapeView, found: Over, spans: dict[int, Interval]) -> LandscapeView:
    """The view with ranges of a person's choice, and so no longer following the path."""
    kept = dict(zip(found.axes, found.spans, strict=True)) if view.follow else {}
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
        found = looked_at(workspace)
        return _move_rate(workspace, found, by) if isinstance(found, Ray) else _moved(workspace, found, 0, by)

    return action


def up_or_down(by: int) -> Callable[[Workspace], Look | None]:
    """On the surface move the cursor up (1) or down (-1), along a parameter choose the one above or below."""

    def action(workspace: Workspace) -> Look | None:
        found = looked_at(workspace)
        if isinstance(found, Surface):
            return _moved(workspace, found, 1, by)
        if isinstance(found, Ray):
            return None
        last = len(workspace.session.state.problem.names) - 1
        return _choose(workspace, min(max(workspace.view.parameter - by, 0), last))

    return action


def _moved(workspace: Workspace, found: Over, nth: int, by: int) -> Look | None:
    """The cursor a fortieth of the range further along the nth axis, which follows it over its edge; None where that is
    so far out that the places of such a range could not be told apart.
    """
    at, (low, high) = found.axes[nth], found.spans[nth]
    value = _short(found.cursors[nth] + by * (high - low) / _MOVES)
    shift, view = min(value - low, 0.0) or max(value - high, 0.0), workspace.view.landscape
    if shift:
        shifted = _short(low + shift), _short(high + shift)
        if not told_apart(*shifted):
            return None
        view = _ranged(view, found, {at: shifted})
    return _look(workspace, replace(view, cursors=placed(view.cursors, Parameter(at), value)))


def _move_rate(workspace: Workspace, found: Ray, by: int) -> Look | None:
    if found.course is None:
        return None
    view, reach = workspace.view.landscape, float(found.course.rates[-1])
    value = _short(min(max(found.cursor + by * reach / _MOVES, reach / _MOVES), reach))
    return _look(workspace, replace(view, cursors=placed(view.cursors, STEP, value)))


def zoom(by: int) -> Callable[[Workspace], Look | None]:
    """Halve the range, or double it; the cursor keeps its place on the screen."""

    def action(workspace: Workspace) -> Look | None:
        found = looked_at(workspace)
        if isinstance(found, Ray):
            return _zoom_rates(workspace, found, by)
        factor, spans = 0.5 if by > 0 else 2.0, {}
        for at, (low, high), cursor in zip(found.axes, found.spans, found.cursors, strict=True):
            here = min(max(cursor, low), high)
            start, end = _short(here - (here - low) * factor), _short(here + (high - here) * factor)
            if end - start >= FARTHEST or (by > 0 and end - start < _NARROWEST * max(1.0, abs(here))):
                return None
            spans[at] = start, end
        return _look(workspace, _ranged(workspace.view.landscape, found, spans))

    return action


def _zoom_rates(workspace: Workspace, found: Ray, by: int) -> Look | None:
    """Look half as far along the step, or twice."""
    if found.course is None:
        return None
    reach = float(found.course.rates[-1]) * (0.5 if by > 0 else 2.0)
    near, far = sorted((found.rate, found.course.best or found.rate))
    if not (near / _FURTHEST <= reach <= min(far * _FURTHEST, FARTHEST)) or not math.isfinite(reach):
        return None
    view = workspace.view.landscape
    return _look(workspace, replace(view, spans=placed(view.spans, STEP, (0.0, float(f"{reach:.12g}")))))


def follow(workspace: Workspace) -> Look | None:
    """Let the ranges follow the path closely, or no longer; along the step there is no path."""
    view = workspace.view.landscape
    return None if view.shown is Landscape.STEP else _look(workspace, replace(view, follow=not view.follow))


def take(workspace: Workspace) -> Move | None:
    """Set the parameters, or the rate, to the cursor's values."""
    match looked_at(workspace):
        case Ray(cursor=rate) as ray:
            return None if rate == ray.rate else moves.Set("rate", rate)
        case Surface(names=(across, up), cursors=(x, y), away=True):
            return moves.EditBoth(across, x, up, y)
        case Slice(names=(name,), cursors=(value,), away=True):
            return moves.Edit(name, value)
    return None


def next_view(workspace: Workspace) -> Look:
    """The next of the screen's views."""
    view = workspace.view.landscape
    return _look(workspace, replace(view, shown=cycled(view.shown, Landscape)))


def next_parameter(by: int) -> Callable[[Workspace], Look | None]:
    """On the surface: the next vertical parameter (1), or the next horizontal one (-1)."""

    def action(workspace: Workspace) -> Look | None:
        found = looked_at(workspace)
        if not isinstance(found, Surface):
            return None
        count, (across, up) = len(workspace.session.state.problem.names), found.axes
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


def _in_view(step: str, other: str) -> Reply:
    """One answer along the step, another in the other views."""
    return lambda workspace: step if workspace.view.landscape.shown is Landscape.STEP else other


_FAR = "this is as far as it goes"
_NO_CHOICE = f"along the step nothing is to be chosen; {key('view')} goes to the next view"
_ONE_PARAMETER = f"one parameter is seen here; {key('view')} goes to the view over two"
REPLIES: dict[str, Reply] = {
    "right": _FAR,
    "left": _FAR,
    "up": _in_view(_NO_CHOICE, "this is the first parameter"),
    "down": _in_view(_NO_CHOICE, "this is the last parameter"),
    "accept": f"the cursor is where the model is; {key('left')} {key('right')} move it",
    "next_pane": _in_view(_NO_CHOICE, _ONE_PARAMETER),
    "previous_pane": _in_view(_NO_CHOICE, _ONE_PARAMETER),
    "zoom": "along the step there is no path to follow",
    "close": "there is nothing to bring back: cursor and range are where they began",
}

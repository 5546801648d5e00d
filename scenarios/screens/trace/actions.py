"""What keys do on the trace screen: walk through the program, choose a row, choose the point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scenarios.screens.stepping import CHANGES, point
from scenarios.screens.story import Action, Reply
from scenarios.screens.trace.program import length, place, traced
from scenarios.text import key
from scenarios.workspace.moves import Look
from scenarios.workspace.workspace import Workspace


def walk(by: int) -> Callable[[Workspace], Look]:
    """On or back by one place."""

    def action(workspace: Workspace) -> Look:
        at = workspace.view.trace_at + by
        at = min(max(at, 0), length(traced(workspace)))
        return Look(replace(workspace.view, trace_at=at, trace_row=None))

    return action


def first(workspace: Workspace) -> Look:
    """To before the first operation."""
    return Look(replace(workspace.view, trace_at=0, trace_row=None))


def last(workspace: Workspace) -> Look:
    """To where every derivative is known."""
    return Look(replace(workspace.view, trace_at=length(traced(workspace)), trace_row=None))


def choose(by: int) -> Callable[[Workspace], Look]:
    """Choose the row above or below the one the chain rule is written for."""

    def action(workspace: Workspace) -> Look:
        program = traced(workspace)
        now = place(workspace, program).selected
        row = max(min(now + by, len(program.rows) - 1), 0)
        return Look(workspace.view if row == now else replace(workspace.view, trace_row=row))

    return action


def _point(by: int) -> Action:
    """Trace the next data point, where it is a point's loss that is traced."""
    following = point(by, shown=0)  # the trace is of the first point where none was selected
    return lambda workspace: None if workspace.view.trace_formula else following(workspace)


ACTIONS: dict[str, Action] = {
    **CHANGES,
    "forward": walk(1),
    "back": walk(-1),
    "up": choose(-1),
    "down": choose(1),
    "first": first,
    "last": last,
    "previous_point": _point(-1),
    "next_point": _point(1),
}
_OF_F = f"f is traced here; {key('trace')} traces the loss of a point"
_UNDEFINED = "f is not defined here, so there is no program to follow"


def _at_an_end(said: str) -> Reply:
    """What is said at an end of the program, where there is one."""
    return lambda workspace: said if traced(workspace).rows else _UNDEFINED


def _done(workspace: Workspace) -> str:
    if not traced(workspace).rows:
        return _UNDEFINED
    if workspace.view.trace_formula:
        return f"done; {key('derive')} for the function"
    return f"done; {key('next_step')} for the next step, {key('fit')} for fit"


def _no_point(workspace: Workspace) -> str:
    return _OF_F if workspace.view.trace_formula else "there is only one point"


REPLIES: dict[str, Reply] = {
    "forward": _done,
    "last": _done,
    "back": _at_an_end("this is the start of the program"),
    "first": _at_an_end("this is the start of the program"),
    "up": _at_an_end("this is the first row"),
    "down": _at_an_end("this is the last row"),
    "accept": f"there is nothing to take here; {key('forward')} goes on",
    "previous_point": _no_point,
    "next_point": _no_point,
}

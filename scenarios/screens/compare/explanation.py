"""What `?` says of two sessions side by side."""

from __future__ import annotations

from scenarios.numbers import less, plain, signed
from scenarios.screens.compare.caption import side_by_side
from scenarios.screens.compare.comparison import compared
from scenarios.text import key
from scenarios.workspace.workspace import Workspace


def explanation(workspace: Workspace) -> list[str]:
    """What `?` says of the compare screen."""
    found = compared(workspace)
    losses = plain(found.left_found.loss), plain(found.right_found.loss)
    texts = [
        f"On the left stands what is pinned, {found.pinned.name}, on the right the present state, "
        f"{workspace.scenario.name}. Both pictures have the same axes. {key('pin')} pins the present "
        "state in place of the "
        f"left one. Opening a scenario ({key('open')}) replaces the right one: so any two can be compared."
        if workspace.pinned is not None
        else f"Nothing is pinned, so the start of {workspace.scenario.name} stands on the left. {key('pin')} pins the "
        f"present state instead; then change the right one, step it, or open another scenario ({key('open')}).",
        f"{key('forward')} and {key('back')} step both here, each along its own steps; on the other "
        "screens only the present one "
        "moves, and the pinned one stays. Where one cannot go on, it waits for the other. Values are changed in the "
        "right one, in the row that is marked."
        if workspace.pinned is not None
        else f"{key('forward')} and {key('back')} step the right one. Once something is pinned they "
        "step both here, and on the other "
        "screens only the present one.",
        f"( ) are points on the wrong side. On the right, reversed are the points {_reversed(workspace)}.",
        "The tables show left → right, and the difference, right minus left. In (3) they are of the updated values, as "
        "the pictures are.",
    ]
    if found.apart:
        return [*texts, f"The losses, {losses[0]} and {losses[1]}, cannot be compared: {found.apart}."]
    return [
        *texts,
        "The difference of the losses:",
        f"  {losses[1]} {less(losses[0])} = {signed(found.change)}",
        f"A smaller loss need not mean fewer errors: there are {found.left_found.errors} on the left and "
        f"{found.right_found.errors} on the right. The errors count sides; the loss counts how far each point is "
        "from being surely right.",
    ]


def _reversed(workspace: Workspace) -> str:
    if side_by_side(workspace):
        return (
            "on different sides of the two: in [ ] those wrong on the left alone, in ( ) those wrong on the right alone"
        )
    return "that changed sides: in [ ] those that were wrong on the left and are now right, in ( ) those now wrong"

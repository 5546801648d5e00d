"""The compare screen: what is pinned and what is now, stepped together."""

from __future__ import annotations

from engine.session import moves
from scenarios.screens.compare.caption import caption, heading
from scenarios.screens.compare.explanation import explanation
from scenarios.screens.compare.moment import moment
from scenarios.screens.stepping import ROWS, STEPPED, STEPPING
from scenarios.screens.story import Story
from scenarios.workspace.lectures import Move
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace


def _last_step(workspace: Workspace) -> Move | None:
    """To the last step reached; of two, each to its own."""
    pinned = workspace.pinned
    return moves.Seek(max(workspace.session.last_step, pinned.session.last_step if pinned else 0))


STORY = Story(
    Screen.COMPARE,
    "the compare screen: what is pinned and what is now, stepped together",
    heading,
    caption,
    explanation,
    moment,
    {**STEPPING, **ROWS, "last": _last_step},
    {
        "forward": "phase",
        "back": "back",
        "explain": "why",
        "fit": "screens",
        "pin": "pin",
        "lower": "nudge",
        "right": "step",
        "up": "row",
    },
    replies=STEPPED,
)

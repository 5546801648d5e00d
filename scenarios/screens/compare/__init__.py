"""The compare screen: what is pinned and what is now, stepped together."""

from __future__ import annotations

from scenarios.screens.compare.caption import caption, explanation, heading
from scenarios.screens.stepping import ROWS, STEPPING
from scenarios.screens.story import Story
from scenarios.workspace.view import Screen

STORY = Story(
    Screen.COMPARE,
    "the compare screen: what is pinned and what is now, stepped together",
    heading,
    caption,
    explanation,
    {**STEPPING, **ROWS},
    {
        "forward": "phase",
        "back": "back",
        "right": "step",
        "up": "row",
        "lower": "nudge",
        "explain": "why",
        "pin": "pin",
    },
)

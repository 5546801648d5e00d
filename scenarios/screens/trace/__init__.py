"""The trace screen: the program of one point's loss, or of a function, operation by operation."""

from __future__ import annotations

from scenarios.screens.story import Story
from scenarios.screens.trace.actions import ACTIONS, REPLIES
from scenarios.screens.trace.moment import moment
from scenarios.screens.trace.program import caption, explanation, heading
from scenarios.workspace.view import Screen

STORY = Story(
    Screen.TRACE,
    "the trace screen: one point's program, operation by operation",
    heading,
    caption,
    explanation,
    moment,
    ACTIONS,
    {
        "forward": "operation",
        "back": "back",
        "explain": "why",
        "fit": "screens",
        "next_step": "next step",
        "up": "row",
        "previous_point": "point",
    },
    replies=REPLIES,
    worded=lambda workspace: {"next_step": "", "previous_point": ""} if workspace.view.trace_formula else {},
)

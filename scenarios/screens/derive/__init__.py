"""The derive screen: a function and its derivative three ways."""

from __future__ import annotations

from scenarios.screens.derive.actions import ACTIONS, REPLIES
from scenarios.screens.derive.caption import caption, heading
from scenarios.screens.derive.explanation import explanation
from scenarios.screens.derive.moment import moment
from scenarios.screens.story import Story
from scenarios.workspace.view import Screen

STORY = Story(
    Screen.DERIVE,
    "the derive screen: a function's derivative three ways",
    heading,
    caption,
    explanation,
    moment,
    ACTIONS,
    {
        "forward": "rule",
        "back": "back",
        "explain": "why",
        "fit": "screens",
        "right": "x",
        "accept": "trace",
        "edit": "function",
        "view": "view",
        "previous_point": "next f",
        "smaller_epsilon": "eps",
    },
    replies=REPLIES,
)

"""The fit screen: the model over its data, its parameters, its loss and its slopes, stepped phase by phase."""

from __future__ import annotations

from scenarios.screens.fit.actions import ACTIONS
from scenarios.screens.fit.caption import caption, heading
from scenarios.screens.fit.explanation import explanation
from scenarios.screens.fit.moment import moment
from scenarios.screens.stepping import STEPPED
from scenarios.screens.story import Story
from scenarios.workspace.view import Pane, Screen

STORY = Story(
    Screen.FIT,
    "the fit screen",
    heading,
    caption,
    explanation,
    moment,
    ACTIONS,
    {
        "forward": "phase",
        "back": "back",
        "explain": "why",
        "fit": "screens",
        "up": "choose",
        "lower": "nudge",
        "edit": "edit",
        "right": "step",
        "next_pane": "pane",
    },
    about=lambda workspace: workspace.view.focus or Pane.DATA,
    replies=STEPPED,
)

"""The landscape screen: the loss along a parameter, over two, along the step."""

from __future__ import annotations

from scenarios.screens.landscape.actions import (
    REPLIES,
    back,
    follow,
    move,
    next_parameter,
    next_view,
    take,
    up_or_down,
    zoom,
)
from scenarios.screens.landscape.caption import caption, heading
from scenarios.screens.landscape.explanation import explanation
from scenarios.screens.landscape.moment import moment
from scenarios.screens.stepping import STEPPING
from scenarios.screens.story import Live, Story
from scenarios.workspace.moves import Predict
from scenarios.workspace.view import Landscape, Screen

_WORDED = {
    Landscape.SURFACE: {"up": "cursor", "next_pane": "parameter"},
    Landscape.STEP: {"right": "rate", "up": "", "accept": "take it"},
}
STORY = Story(
    Screen.LANDSCAPE,
    "the landscape screen: the loss along a parameter, over two, along the step",
    heading,
    caption,
    explanation,
    moment,
    {
        **STEPPING,
        "right": move(1),
        "left": move(-1),
        "up": up_or_down(1),
        "down": up_or_down(-1),
        "accept": take,
        "lower": zoom(-1),
        "raise": zoom(1),
        "next_pane": next_parameter(1),
        "previous_pane": next_parameter(-1),
        "zoom": follow,
        "edit": Live("parameter"),  # no row is a setting's here
        "view": next_view,
        "predict": lambda _: Predict(),
        "close": back,
    },
    {
        "forward": "phase",
        "back": "back",
        "explain": "why",
        "view": "view",
        "right": "cursor",
        "up": "choose",
        "next_pane": "",
        "lower": "zoom",
        "fit": "screens",
    },
    replies=REPLIES,
    worded=lambda workspace: _WORDED.get(workspace.view.landscape.shown, {}),
)

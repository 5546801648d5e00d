"""The number of the moment, to be read from afar: what a question asks for, otherwise the screen's own."""

from __future__ import annotations

from engine.training.evaluate import evaluate
from scenarios.context.captions import phase
from scenarios.context.hearers import Hearer, hearers
from scenarios.lesson import lesson
from scenarios.screens.stories import STORIES
from scenarios.screens.story import Moment
from scenarios.workspace.workspace import Workspace

_OPEN = "?"


def moment(workspace: Workspace) -> Moment:
    """Of a question the number that it asks for, "?" until it is answered; none at a lecture's end, nor of a question
    after something else than a number.
    """
    if Hearer.PREDICTION in hearers(workspace):
        return Moment(f"slope in {workspace.session.state.problem.names[workspace.view.parameter]}", _OPEN)
    if (given := workspace.lesson) is not None and lesson.caption(workspace):
        if (asked := lesson.asked(workspace)) is not None:
            return Moment(asked.number, _OPEN if asked.number and given.open_question is not None else asked.value)
        if given.now is None:
            return Moment("", "")
    return STORIES[workspace.view.screen].moment(workspace)


def standing(workspace: Workspace) -> str:
    """Where the steps stand, where the number is one of theirs: `step 30  2 wrong`."""
    if not phase(workspace):
        return ""
    now = workspace.session.frame
    counted = f"  {evaluate(now.problem, now.parameters).errors:,} wrong" if workspace.view.model_shown else ""
    return f"step {now.step:,}{counted}"

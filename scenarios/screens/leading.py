"""Whose slopes lead: a student's package gives those that the steps go along, or riserun's lead again."""

from __future__ import annotations

from engine.session.moves import Along
from scenarios.screens.hearing import answered
from scenarios.text import key, shortened
from scenarios.workspace.verdicts import MOST_POINTS
from scenarios.workspace.workspace import Workspace

_LONGEST = 16  # of a name, where it stands in a sentence


def lead(workspace: Workspace) -> tuple[Along | None, str]:
    """The move that lets the package's slopes lead, or riserun's where they do not; and what is said of it, or why
    there is none.
    """
    heard, count = workspace.heard, len(workspace.session.state.problem.data)
    if workspace.session.state.given is not None:
        return Along(""), f"the steps go along riserun's slopes again; {key('undo')} undoes that"
    if heard is None and workspace.lesson is not None and not workspace.lesson.away:
        return None, f"{key('lead')} chooses an answer, and no question is open"
    if heard is None:
        return None, "start with --autodiff PACKAGE, and the steps can go along your own slopes"
    if count > MOST_POINTS:
        return None, f"{called(heard.name)} is asked about {MOST_POINTS} of the {count:,} points: too few to lead"
    told = f"the steps go along {called(heard.name)}'s slopes from here; {key('lead')} again: along riserun's"
    return Along(heard.name), told


def leader(workspace: Workspace) -> str:
    """Whose slopes lead, where they are not riserun's own: `minitorch's slopes`."""
    given = workspace.session.state.given
    return f"{called(given.source)}'s slopes" if given is not None else ""


def called(source: str) -> str:
    """A name as a sentence has it."""
    return shortened(source, _LONGEST)


def waiting(workspace: Workspace) -> str:
    """Why the next step cannot be taken yet; "" where it can."""
    given = workspace.session.state.given
    if given is None or not workspace.session.state.waits:
        return ""
    return refusal(workspace) or f"Asking {called(given.source)} for its slopes…"


def stopped(workspace: Workspace) -> str:
    """The same in a line, for a message."""
    given = workspace.session.state.given
    if given is None or not refusal(workspace):
        return waiting(workspace)
    return f"no step: {called(given.source)} gave no slopes; {key('lead')} goes on with riserun's"


def refusal(workspace: Workspace) -> str:
    """Why slopes will not come for the next step; "" where they are there, or on their way."""
    state = workspace.session.state
    if state.given is None or not state.waits:
        return ""
    name, back = called(state.given.source), f"Press {key('lead')} for riserun's."
    if workspace.heard is None or workspace.heard.name != state.given.source:
        return f"This step goes along {name}'s slopes, and {name} is not here to give them. {back}"
    heard = answered(workspace)
    if heard is None or heard.slopes is None or heard.leading is not None:
        return ""
    failed = heard.slopes.text if heard.slopes.derivatives is None else "gave a slope that is no number"
    return f"No step: {name} {failed}. {back}"

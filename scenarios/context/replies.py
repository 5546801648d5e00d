"""What is answered to a key of which nothing is seen: why it had nothing to do, or what it changed out of sight.

A screen's own answers are in its Story, by the id of the command; here are those that hold on every screen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from engine.session.session import Phase
from engine.training.evaluate import evaluate, feet
from scenarios.context.actions import ANSWERS, actions
from scenarios.context.hearers import Hearer, hearers
from scenarios.context.moment import moment
from scenarios.screens.leading import stopped
from scenarios.screens.stories import STORIES
from scenarios.screens.story import Reply
from scenarios.text import key, listed
from scenarios.workspace.view import Derived, Landscape, Pane, Screen
from scenarios.workspace.workspace import Workspace


def reply(before: Workspace, after: Workspace, id: str) -> str:
    """What is said of a command between these workspaces, for one line, with marks of keys; "" where it is seen."""
    if id not in actions(before):
        if before.view.help:
            return f"{key('close')} closes the help first"
        if id in _CHOOSING and Hearer.QUESTION in hearers(before):
            return _no_such_answer(before)
        return _not_in_scene(id) if Hearer.LECTURE in hearers(before) else _elsewhere(id)
    if not _nothing_done(before, after):
        return _out_of_sight(before, after, id)
    found = next((own[id] for own in _replies(after) if id in own), f"{key(id)} has nothing to do here")
    return found if isinstance(found, str) else found(after)


def _replies(workspace: Workspace) -> list[Mapping[str, Reply]]:
    """The answers of those who hear the key, from the top, then the general ones."""
    heard = (
        STORIES[each].replies if isinstance(each, Screen) else _HEARERS.get(each, {}) for each in hearers(workspace)
    )
    return [*heard, _EVERYWHERE]


def _nothing_done(before: Workspace, after: Workspace) -> bool:
    """Whether the command changed nothing, but for what the caption speaks of and a question that was withdrawn."""
    same = all(getattr(before, name) is getattr(after, name) for name in ("session", "scenario", "pinned", "lesson"))
    seen = replace(before.view, subject=after.view.subject)
    asked = after.predictions.asking and not before.predictions.asking
    return same and seen == after.view and before.predictions.on == after.predictions.on and not asked


def _no_such_answer(workspace: Workspace) -> str:
    """For a letter or a number behind the last answer to a question."""
    letters = [key(id) for id in ANSWERS if id in actions(workspace)]
    return f"the answers here are {listed(letters)}; {key('leave')} leaves the lecture"


def _not_in_scene(id: str) -> str:
    """For a command that the screen of a lecture's scene does not have."""
    if id in (*ANSWERS, "lead"):  # which have one key
        return f"{key(id)} chooses an answer, and no question is open"
    return f"{key(id)} does nothing in this scene; {key('explain')} shows the keys"


def _elsewhere(id: str) -> str:
    """For a command that this screen does not have: those that do."""
    if id in ANSWERS:
        return f"{key(id)} chooses an answer, and no question is open"
    having = [each for each in Screen if id in STORIES[each].actions]
    if not having:
        return f"{key(id)} does nothing here; {key('explain')} shows the keys"
    if len(having) == len(Screen) - 1:
        return f"{key(id)} works on every screen but this one"
    return f"{key(id)} works on {listed([f'{each} ({key(each)})' for each in having])}, not here"


def _out_of_sight(before: Workspace, after: Workspace, id: str) -> str:
    """What was changed that this screen does not show; "" where it is seen, or another screen is."""
    screen, view = before.view.screen, after.view
    if id == "pin":
        return _pinned(after)
    if id == "large":
        return f"this is seen once {key('close')} closes the help" if view.help else ""
    if screen is not view.screen or _elsewhere_in_lecture(before, after) or before.view.black != view.black:
        return ""
    if before.predictions.on != after.predictions.on:
        on, ends = f"predictions are on: {key('forward')} asks before it shows (2)", f"{key('predict')} ends this"
        return f"{on}; {ends}" if after.predictions.on else "predictions are off"
    if Hearer.PREDICTION in hearers(before) and id in ("up", "down"):
        return ""  # the answer takes the question's place
    if view.large and id in _IN_TABLES.get(screen, ()) and _same_number(before, after):
        return f"this is not seen here; {key('large')} brings all panes back"
    if screen is Screen.DERIVE:
        zoomed = id in ("lower", "raise") and view.derive.shown is Derived.RULES
        return f"this zooms the picture of f; {key('view')} goes to it" if zoomed else _stepped(before, after)
    if id not in _GOING and _completed(before, after):
        return f"step {before.session.step} was completed first; this is step {after.session.step} now"
    if screen is Screen.TRACE:
        return _stepped(before, after) if view.trace_formula else _same_trace(before, after, id)
    if screen is Screen.LANDSCAPE:
        return _not_in_landscape(before, after)
    if id == "distances" and (reason := _without_distances(after)):
        return reason
    return _in_another_pane(before, after, id) if screen is Screen.FIT else ""


def _pinned(workspace: Workspace) -> str:
    on_compare = workspace.view.screen is Screen.COMPARE
    where = "it stands on the left now" if on_compare else f"{key('compare')} shows it beside what follows"
    return f"Pinned {workspace.scenario.name}, step {workspace.session.step}: {where}"


def _completed(before: Workspace, after: Workspace) -> bool:
    """Whether the change was made of the next step, because in (3) this one is taken already."""
    then, now = before.session, after.session
    return then.phase is Phase.UPDATE and now.phase is Phase.LOSS and now.step == then.step + 1


def _elsewhere_in_lecture(before: Workspace, after: Workspace) -> bool:
    """Whether another beat is shown, or an answer, or the lecture again; not where it was only left."""
    if (then := before.lesson) is None or (now := after.lesson) is None:
        return after.lesson is not before.lesson
    places = [(each.scene, each.beat, each.choice, each.answers) for each in (then, now)]
    return places[0] != places[1] or (then.away and not now.away)


def _stepped(before: Workspace, after: Workspace) -> str:
    """Where only a function is seen, the model was moved."""
    if (loss := after.session.frame.problem.loss) != before.session.frame.problem.loss:
        return f"the model's point loss is {loss} now; {key('fit')} shows it"
    moved = before.session is not after.session
    return f"the model is at step {after.session.step} now; {key('fit')} shows it" if moved else ""


def _same_trace(before: Workspace, after: Workspace, id: str) -> str:
    then, now = before.session.state, after.session.state
    if id in ("previous_point", "next_point") and len(now.problem.data) == 1:
        return "there is only one point"
    if now.problem.loss != then.problem.loss:
        return f"the point loss is {now.problem.loss} now; {key(id)} again for the next" if id == "loss" else ""
    stayed = then.parameters == now.parameters and before.scenario is after.scenario and then is not now
    return f"the model is at step {after.session.step} now, with the same values" if stayed else ""


def _not_in_landscape(before: Workspace, after: Workspace) -> str:
    if after.predictions.asking:
        return f"the curve is hidden until the question is answered; {key('close')} withdraws it"
    then, now = before.session.state.problem, after.session.state.problem
    if names := sorted(then.held ^ now.held):
        are = "is" if len(names) == 1 else "are"
        return f"{listed(names)} {are} {'held now' if set(names) <= now.held else 'free again'}"
    flat = all(now.holds) and then is not now and after.view.landscape.shown is Landscape.STEP
    return "every parameter is held, so nothing is seen of it along the step" if flat else ""


def _without_distances(workspace: Workspace) -> str:
    """Why no distance is drawn, whether they are to be shown or not; "" where one is."""
    frame = workspace.session.frame
    if not workspace.view.model_shown:
        return f"the distances are hidden with the model; {key('model')} shows both"
    found = feet(frame.problem, frame.parameters)
    if found is None:
        return "distances are to one straight line, and this model has no single one"
    if not all(map(math.isfinite, found[0].tolist())):
        return "there is no line from which a distance could be measured"
    wrong = evaluate(frame.problem, frame.parameters).wrong
    return "" if wrong.any() else "no point is wrong, so there is no distance to show"


def _same_number(before: Workspace, after: Workspace) -> bool:
    """Whether the picture and the number for a projector stay as they are."""
    derive = after.view.derive
    drawn = derive.shown is Derived.FUNCTION and derive.secant
    return moment(before) == moment(after) and not (after.view.screen is Screen.DERIVE and drawn)


def _in_another_pane(before: Workspace, after: Workspace, id: str) -> str:
    """In which pane it is seen, where that one is not in sight: others fill the screen, or it is a projector's."""
    view, focus = after.view, after.view.focus
    if before.view.zoomed != view.zoomed and view.large and focus is Pane.DATA:
        return f"the data pane is the picture, zoomed or not; {key('next_pane')} brings another back"
    pane = _SHOWN_IN.get(id, focus)
    asked = after.predictions.asking or Hearer.QUESTION in hearers(after)
    if id in ("previous_point", "next_point") and (asked or after.session.diverged):
        pane = Pane.DATA  # the caption has something else to say
    if id in ("up", "down") and (focus is not Pane.SLOPE or before.view.parameter == view.parameter):
        pane = Pane.PARAMETERS
    alone = view.zoomed and not (view.large and focus is Pane.DATA)
    in_sight = {focus} if alone else {focus, Pane.DATA} if view.large else set(Pane)
    if pane is focus or pane in in_sight:
        return ""
    back = f"{key('next_pane')} brings it back" if view.large else f"{key('zoom')} brings all panes back"
    return f"this is seen in the {pane} pane; {back}"


# What a projector's picture may not show.
_IN_TABLES = {
    Screen.DERIVE: ("smaller_epsilon", "larger_epsilon"),
    Screen.COMPARE: ("up", "down", "hold"),
}
_SHOWN_IN = {
    "view": Pane.LOSS,
    "distances": Pane.DATA,
    "model": Pane.DATA,
    "smaller_epsilon": Pane.SLOPE,
    "larger_epsilon": Pane.SLOPE,
}


def _no_step(workspace: Workspace) -> str:
    """Why a step is not taken: its slopes have not come, or it would diverge."""
    return stopped(workspace) or f"the next update would diverge; {key('back')} goes back, or lower the rate"


def _last(workspace: Workspace) -> str:
    return f"step {workspace.session.last_step} is the last one reached; {key('next_step')} goes on"


def _undone(workspace: Workspace) -> str:
    return "nothing of yours to undo: the scene sets this up" if workspace.as_set_up else "nothing to undo"


def _nothing_to_close(workspace: Workspace) -> str:
    rest = f"{key('large')} brings all panes back" if workspace.view.large else f"{key('quit')} quits"
    return f"there is nothing to close; {rest}"


# What chooses an answer to a question has keys that otherwise lead to screens.
_CHOOSING = (*ANSWERS, *Screen)
# What goes to another step or brings another session back, and changes nothing of a step.
_GOING = ("forward", "next_step", "right", "last", "undo", "redo")
_START = "this is the start"
_EVERYWHERE: dict[str, Reply] = {
    "forward": _no_step,
    "next_step": _no_step,
    "right": _no_step,
    "back": _START,
    "previous_step": "this is step 0, the first one",
    "left": "this is step 0, the first one",
    "first": "this is step 0, the first one",
    "last": _last,
    "go": f"step 0 is the only one reached so far; {key('next_step')} goes on to the next",
    "up": "this is the first row",
    "down": "this is the last row",
    "accept": f"there is nothing to take here; {key('explain')} shows the keys",
    "lower": "this is as far as it goes",
    "raise": "this is as far as it goes",
    "smaller_epsilon": "eps is as small as it can be",
    "larger_epsilon": "eps is as large as it can be",
    "restart": _START,
    "undo": _undone,
    "redo": "nothing to redo",
    "leave": f"no lecture is open; {key('scenes')} opens it",
    "close": _nothing_to_close,
    **{screen.value: f"this is the {screen} screen" for screen in Screen},
}
_HEARERS: dict[Hearer | Screen, dict[str, Reply]] = {
    Hearer.HELP: dict.fromkeys(("next_pane", "previous_pane"), f"this is all there is; {key('close')} closes the help"),
    Hearer.PREDICTION: {"accept": f"answer with {key('up')} or {key('down')}; {key('forward')} shows which it is"},
    Hearer.QUESTION: {
        **dict.fromkeys(("up", "left"), "this is the first answer"),
        **dict.fromkeys(("down", "right"), "this is the last answer"),
        **dict.fromkeys(ANSWERS, f"this answer is chosen already; {key('accept')} gives it"),
        "accept": f"no answer is chosen; {key('up')} {key('down')} choose, {key('forward')} shows the right one",
    },
    Hearer.LECTURE: {
        **dict.fromkeys(("forward", "right"), f"this is the end of the lecture; {key('scenes')} goes to any scene"),
        **dict.fromkeys(("back", "left"), "this is the first beat of the lecture"),
        "first": "this is the first beat of the scene",
        "last": "this is the last beat of the scene",
        "close": f"this is the picture as the beat shows it; {key('quit')} quits",
        "accept": f"there is no question to answer; {key('forward')} goes on",
    },
}

"""What a key does besides a screen's own: for what is open over the screen, for a lecture, and everywhere."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import replace

from engine.session import moves
from scenarios.context.hearers import Hearer, hearers
from scenarios.lesson.lesson import options
from scenarios.screens.hearing import why
from scenarios.screens.stories import STORIES
from scenarios.screens.story import LIVE, Action, Live
from scenarios.workspace.lectures import Choose, Leave, Move, ToBeat
from scenarios.workspace.moves import Answer, Look, Pin
from scenarios.workspace.view import Help, Pane, Screen, Subject
from scenarios.workspace.workspace import Workspace


def actions(workspace: Workspace) -> Mapping[str, Action]:
    """What every key does here, by the id of its command: as the first of those who hear it would have it."""
    known = hearers(workspace)
    heard = ChainMap(*(_of(hearer, workspace) for hearer in known))
    # A number is an answer to a question, and never a screen there.
    return heard if Hearer.QUESTION not in known else {id: heard[id] for id in heard if id not in set(Screen)}


def here(workspace: Workspace) -> Mapping[str, Action]:
    """Those of them that are not the same everywhere."""
    return ChainMap(*(_of(hearer, workspace) for hearer in hearers(workspace) if hearer is not Hearer.EVERYWHERE))


def _of(hearer: Hearer | Screen, workspace: Workspace) -> dict[str, Action]:
    """The actions of one who hears keys."""
    if hearer is not Hearer.QUESTION:
        return _ACTIONS[hearer]
    return dict(zip(ANSWERS, map(answer, range(len(options(workspace)))), strict=False)) | _ACTIONS[hearer]


def footer(workspace: Workspace) -> Mapping[str, str]:
    """The footer's word for the commands that are of most use here, by their ids, the most useful first."""
    heard = hearers(workspace)
    if Hearer.HELP in heard:
        return _HELP_FOOTER
    if Hearer.QUESTION in heard:
        chosen = workspace.lesson is not None and workspace.lesson.choice is not None
        return _QUESTION_FOOTER | ({"forward": "answer"} if chosen else {})
    if Hearer.LECTURE in heard:
        return _LECTURE_FOOTER
    story, led = STORIES[workspace.view.screen], workspace.session.state.given is not None
    words = {id: word for id, word in {**story.footer, **story.worded(workspace)}.items() if word}
    if "lead" not in story.actions or not (led or workspace.heard):
        return words
    told = {"explain": why(workspace)} if "explain" in story.footer else {}
    return {"lead": "riserun's" if led else "your slopes", **words, **told}


def show(screen: Screen) -> Action:
    """Go to a screen."""
    return lambda workspace: Look(replace(workspace.view, screen=screen, help=Help.NONE, scroll=0, trace_formula=False))


def answer(option: int) -> Action:
    """Choose an answer to the open question, counted from 0."""

    def action(workspace: Workspace) -> Move | None:
        chosen = workspace.lesson.choice if workspace.lesson is not None else None
        return Choose(option - (-1 if chosen is None else chosen))

    return action


def give(workspace: Workspace) -> Move | None:
    """The chosen answer to the open question, where one is chosen."""
    return None if workspace.lesson is None or workspace.lesson.choice is None else moves.Forward()


def to_beat(beat: int) -> Action:
    """To a beat of the scene, counted from 0, or from -1 backwards, where it is not the present one."""

    def action(workspace: Workspace) -> Move | None:
        if (lesson := workspace.lesson) is None:
            return None
        to = beat % len(lesson.here.beats)
        return None if to == lesson.beat else ToBeat(to)

    return action


def close_help(workspace: Workspace) -> Move | None:
    """Back to what is under it."""
    return Look(replace(workspace.view, help=Help.NONE, scroll=0))


def explain(workspace: Workspace) -> Move | None:
    """Open the help layer, turn it to all keys, close it."""
    following = {Help.NONE: Help.PANE, Help.PANE: Help.KEYS, Help.KEYS: Help.NONE}
    return Look(
        replace(workspace.view, help=following[workspace.view.help], scroll=0, focus=workspace.view.focus or Pane.DATA)
    )


def other_pane(id: str) -> Action:
    """The explanation of another pane, where the screen has several to explain."""

    def action(workspace: Workspace) -> Move | None:
        view = workspace.view
        if view.screen is not Screen.FIT or view.help is not Help.PANE:
            return None
        explained = replace(view, focus=view.focus or Pane.DATA)
        return STORIES[Screen.FIT].actions[id](replace(workspace, view=explained))

    return action


def close(workspace: Workspace) -> Move | None:
    """The zoomed pane, or else the selected point, or else the chosen pane; first a prediction asked for elsewhere."""
    view = workspace.view
    if workspace.predictions.asking:
        return moves.Back()
    if view.zoomed:
        return Look(replace(view, zoomed=False))
    if view.point is not None:
        return Look(replace(view, point=None, subject=Subject.STEP))
    return Look(replace(view, focus=None))


def as_set_up(workspace: Workspace) -> Move | None:
    """The picture of a lecture's beat as the beat has set it up, whatever of it was looked at meanwhile."""
    if workspace.lesson is None or (seen := workspace.lesson.seen) is None:
        return None
    return Look(replace(seen, large=workspace.view.large))


def large(workspace: Workspace) -> Move | None:
    """For a projector, or as it was."""
    return Look(replace(workspace.view, large=not workspace.view.large))


def black(workspace: Workspace) -> Move | None:
    """Nothing shown."""
    return Look(replace(workspace.view, black=True))


def lit(workspace: Workspace) -> Look:
    """The picture again, after that."""
    return Look(replace(workspace.view, black=False))


ANSWERS = ("answer_1", "answer_2", "answer_3", "answer_4")
"""The commands that choose an answer to a question, in the order of the answers."""

SCROLLING = ("up", "down", "back", "forward", "first", "last")
"""The commands that scroll the help: by a line, by a page, to an end."""

_OVER_ALL: dict[str, Action] = {
    "explain": explain,
    **{screen.value: show(screen) for screen in Screen},
    "large": large,
    "black": black,
    **dict.fromkeys(("suspend", "redraw", "quit"), LIVE),
}
"""Whatever is open, the help too."""

_ACTIONS: dict[Hearer | Screen, dict[str, Action]] = {
    Hearer.HELP: {
        **_OVER_ALL,
        **{id: Live(f"scroll {id}") for id in SCROLLING},
        "next_pane": other_pane("next_pane"),
        "previous_pane": other_pane("previous_pane"),
        "close": close_help,
    },
    Hearer.QUESTION: {
        **dict.fromkeys(("up", "left"), lambda _: Choose(-1)),
        **dict.fromkeys(("down", "right"), lambda _: Choose(1)),
        "accept": give,
    },
    Hearer.PREDICTION: {"up": lambda _: Answer(1), "down": lambda _: Answer(-1), "close": lambda _: moves.Back()},
    Hearer.LECTURE: {
        **dict.fromkeys(("forward", "right"), lambda _: moves.Forward()),
        **dict.fromkeys(("back", "left"), lambda _: moves.Back()),
        "first": to_beat(0),
        "last": to_beat(-1),
        "close": as_set_up,
    },
    Hearer.EVERYWHERE: {
        **_OVER_ALL,
        "next_step": lambda _: moves.NextStep(),
        "previous_step": lambda _: moves.PreviousStep(),
        "accept": lambda _: None,
        "leave": lambda _: Leave(),
        "close": close,
        "pin": lambda _: Pin(),
        **dict.fromkeys(("go", "scenes", "open", "save", "palette"), LIVE),
    },
    **{screen: story.actions for screen, story in STORIES.items()},
}
_HELP_FOOTER = {
    "forward": "page down",
    "back": "page up",
    "up": "line",
    "fit": "screens",
    "close": "close",
    "quit": "quit",
}
_LECTURE_FOOTER = {
    "forward": "on",
    "back": "back",
    "explain": "why",
    "fit": "screens",
    "scenes": "scenes",
    "leave": "try something",
    "large": "large",
    "black": "black",
}
_QUESTION_FOOTER = {
    "answer_1": "choose",
    "accept": "answer",
    "forward": "show it",
    "back": "back",
    "explain": "why",
    "scenes": "scenes",
    "leave": "try something",
}

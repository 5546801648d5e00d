"""What a key does besides a screen's own: for what is open over the screen, for a lecture, and everywhere."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import replace

from engine.session import moves
from scenarios.context.hearers import Hearer, hearers
from scenarios.screens.stories import STORIES
from scenarios.screens.story import LIVE, Action
from scenarios.workspace.lectures import Choose, Leave, Move
from scenarios.workspace.moves import Answer, Look
from scenarios.workspace.view import Help, Pane, Screen, Subject
from scenarios.workspace.workspace import Workspace


def actions(workspace: Workspace) -> Mapping[str, Action]:
    """What every key does here, by the id of its command: as the first of those who hear it would have it."""
    return ChainMap(*(_ACTIONS[hearer] for hearer in hearers(workspace)))


def footer(workspace: Workspace) -> Mapping[str, str]:
    """The footer's word for the commands that are of most use here, by their ids."""
    return _LECTURE_FOOTER if Hearer.LECTURE in hearers(workspace) else STORIES[workspace.view.screen].footer


def show(screen: Screen) -> Action:
    """Go to a screen."""
    return lambda workspace: Look(replace(workspace.view, screen=screen, help=Help.NONE, scroll=0, trace_formula=False))


def scroll(by: int) -> Action:
    """The help layer, by a line."""
    return lambda workspace: Look(replace(workspace.view, scroll=max(workspace.view.scroll + by, 0)))


def close_help(workspace: Workspace) -> Move | None:
    """Back to what is under it."""
    return Look(replace(workspace.view, help=Help.NONE, scroll=0))


def explain(workspace: Workspace) -> Move | None:
    """Open the help layer, turn it to all keys, close it."""
    following = {Help.NONE: Help.PANE, Help.PANE: Help.KEYS, Help.KEYS: Help.NONE}
    return Look(
        replace(workspace.view, help=following[workspace.view.help], scroll=0, focus=workspace.view.focus or Pane.DATA)
    )


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


def large(workspace: Workspace) -> Move | None:
    """The caption large, or as it was."""
    return Look(replace(workspace.view, large=not workspace.view.large))


def black(workspace: Workspace) -> Move | None:
    """Nothing shown."""
    return Look(replace(workspace.view, black=True))


HELP: dict[str, Action] = {"up": scroll(-1), "down": scroll(1), "close": close_help}
_ACTIONS: dict[Hearer | Screen, dict[str, Action]] = {
    Hearer.HELP: HELP,
    Hearer.QUESTION: {"up": lambda _: Choose(-1), "down": lambda _: Choose(1), "accept": lambda _: moves.Forward()},
    Hearer.PREDICTION: {"up": lambda _: Answer(1), "down": lambda _: Answer(-1), "close": lambda _: moves.Back()},
    Hearer.LECTURE: {"forward": lambda _: moves.Forward(), "back": lambda _: moves.Back()},
    Hearer.EVERYWHERE: {
        "next_step": lambda _: moves.NextStep(),
        "previous_step": lambda _: moves.PreviousStep(),
        "accept": lambda _: None,
        "explain": explain,
        **{screen.value: show(screen) for screen in Screen},
        "leave": lambda _: Leave(),
        "large": large,
        "black": black,
        "close": close,
        **dict.fromkeys(("pin", "go", "scenes", "open", "save", "palette", "suspend", "redraw", "quit"), LIVE),
    },
    **{screen: story.actions for screen, story in STORIES.items()},
}
_LECTURE_FOOTER = {
    "forward": "on",
    "back": "back",
    "up": "choose",
    "explain": "why",
    "scenes": "scenes",
    "leave": "try something",
    "large": "large",
    "black": "black",
}

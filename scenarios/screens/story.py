"""Story: all that is said of a screen, and what keys do on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.session.session import Phase
from scenarios.workspace.lectures import Move
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace

PHASES = {Phase.LOSS: "(1) loss", Phase.DIRECTION: "(2) direction", Phase.UPDATE: "(3) update"}

Action = Callable[[Workspace], Move | None]
"""What a key does: the move it makes in a workspace, None for no move there."""


@dataclass(frozen=True, slots=True)
class Live:
    """The action of a command that the live application carries out: it asks, plays, opens. `entry`: what it does, by
    its name there; "" for what it does everywhere, which is called like the command.
    """

    entry: str = ""

    def __call__(self, workspace: Workspace) -> Move | None:
        """No move by itself."""
        return None


LIVE = Live()


Reply = str | Callable[[Workspace], str]
"""What is answered to a key that had nothing to do: a sentence for one line, with marks of keys."""


class Heading(NamedTuple):
    """A screen in a line: its `name`, what it is `about`, and the `place` in its story."""

    name: str
    about: str
    place: str


class Moment(NamedTuple):
    """The number of the moment, to be read from afar: `what` it is, and its `value` as it is written everywhere, a word
    where there is none, "" where it is not to be shown yet.

    `side`: 1.0 or -1.0 for a number that is above or below 0 on the side of the × or of the ○, 0.0 for any other.
    """

    what: str
    value: str
    side: float = 0.0


@dataclass(frozen=True, slots=True)
class Story:
    """A screen. `help` says what its key does; `explanation` are paragraphs, one that begins with a blank is a formula
    and keeps its line; `moment` is the number that is read from the last row.

    `actions`: by the id of a command, those of this screen alone; `footer`: the word that stands in the footer for the
    commands that are of most use here, the most useful first and that of FIT for the way to all screens; `worded`:
    other words that some of them have now, "" where nothing would be seen of them. `about`: what the explanation is of.
    `replies`: why a command had nothing to do, where this screen knows it better than `scenarios/context/replies.py`.
    """

    screen: Screen
    help: str
    heading: Callable[[Workspace], Heading]
    caption: Callable[[Workspace], str]
    explanation: Callable[[Workspace], list[str]]
    moment: Callable[[Workspace], Moment]
    actions: dict[str, Action]
    footer: Mapping[str, str]
    about: Callable[[Workspace], str] = lambda workspace: workspace.view.screen
    replies: Mapping[str, Reply] = field(default_factory=dict)
    worded: Callable[[Workspace], Mapping[str, str]] = lambda workspace: {}

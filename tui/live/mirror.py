"""Mirror: a picture that is not one's own, followed or replayed, until the person leaves it and comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scenarios.context.actions import SCROLLING, lit
from scenarios.lesson.lesson import apply
from scenarios.screens.story import Action
from scenarios.workspace.moves import Look
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES
from tui.live.feed import Feed, Picture
from tui.live.helping import no_further, scrolled
from tui.live.shell import Shell

_HELP_FIELDS = ("help", "scroll", "focus")  # of the view, which one's own help sets over what is mirrored
_LEFT = f"your own; {NAMES['leave']} returns"


class Mirror:
    """Shows what `feed` has come to while it is `on`, with one's own help over it; `say` has what keys are told."""

    def __init__(self, app: Shell, feed: Feed, say: Callable[[str], None]):
        self.on = True
        self._app, self._feed, self._say = app, feed, say
        self._help: dict[str, Any] = {}  # fields of the view that open the help

    @property
    def leavable(self) -> bool:
        """Whether the person may leave it to try something."""
        return self._feed.leavable

    def begin(self) -> None:
        """Show what comes."""
        self._app.role = self._feed.role
        self._feed.begin(Picture(self._show, self._say, self._label, self._app.shown))

    def stop(self) -> None:
        """Show nothing more."""
        self._feed.stop()

    def turn(self) -> Workspace:
        """Leave, for a workspace of one's own that begins where the picture is, or come back; the one to show then."""
        self.on, self._help = not self.on, {}
        self._app.role = self._feed.role if self.on else ""
        self._app.source = self._feed.label if self.on else _LEFT
        self._feed.attended(self.on)
        there = self._feed.workspace
        return there if self.on else apply(there, lit(there))

    def look_on(self, id: str, action: Action) -> None:
        """What a key does: what the feed makes of it, or one's own help."""
        if id == "explain" or (self._help and id in ("close", *SCROLLING)):
            before = self._app.workspace
            assert before is not None  # it is shown
            move = scrolled(self._app, id) if id in SCROLLING else action(before)
            if not isinstance(move, Look):
                self._say(no_further(id))
                return
            self._help = {name: getattr(move.view, name) for name in _HELP_FIELDS} if move.view.help else {}
            self._show(self._feed.workspace)
        elif not self._feed.take(id):
            self._say(self._feed.refusal)

    def _show(self, workspace: Workspace) -> None:
        """What the feed has come to, unless the person has left it, and their own help over it."""
        if self.on:
            self._app.workspace = replace(workspace, view=replace(workspace.view, **self._help))

    def _label(self, text: str) -> None:
        if self.on:
            self._app.source = text

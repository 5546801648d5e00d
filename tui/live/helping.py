"""Scrolling the help, which takes the size of the screen it is read on."""

from __future__ import annotations

from dataclasses import replace

from scenarios.workspace.moves import Look
from tui.commands import NAMES
from tui.live.shell import Shell
from tui.screens.stage import Stage


def scrolled(app: Shell, id: str) -> Look | None:
    """The move of a command that scrolls the help; None where it goes no further."""
    workspace, stage = app.workspace, app.screen
    assert workspace is not None
    assert isinstance(stage, Stage)  # the help is over it
    to = stage.scrolled(workspace, id)
    return None if to == workspace.view.scroll else Look(replace(workspace.view, scroll=to))


def no_further(id: str) -> str:
    """What is said of a command that scrolls the help where it goes no further."""
    return f"the help {'starts' if id in ('up', 'back', 'first') else 'ends'} here; {NAMES['close']} closes it"

"""The help layer: an explanation of a pane, or all keys."""

from __future__ import annotations

from scenarios.context.actions import actions
from scenarios.screens.stories import STORIES
from scenarios.workspace.view import Help
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES, read, within_reach
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, frame, row, wrap
from tui.terminal import Terminal


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The layer as `height` rows of `width` cells, scrolled as the view says."""
    story = STORIES[workspace.view.screen]
    if workspace.view.help is Help.KEYS:
        title, body = "all keys", _keys(workspace, width - 4)
    else:
        title, body = f"why: {story.about(workspace)}", _explanation(story.explanation(workspace), width - 4, terminal)
    room = height - 2
    top = min(workspace.view.scroll, max(len(body) - room, 0))
    more = "↓ more   " if top + room < len(body) else ""
    again = "all keys" if workspace.view.help is Help.PANE else "close"
    foot = row((f"{more}{NAMES['explain']} {again}   {NAMES['close']} close", DIM))
    return frame(row((title, BOLD)), body[top : top + room], width, height, True, foot)


def _explanation(paragraphs: list[str], cells: int, terminal: Terminal) -> list[Row]:
    rows: list[Row] = []
    for paragraph in paragraphs:
        formula = paragraph.startswith(" ")
        if rows and not formula:
            rows.append(row(""))
        lines = wrap(said(read(paragraph), terminal.unicode).strip(), cells - (4 if formula else 0))
        rows += [row(" " + ("    " if formula else ""), (line, ACCENT if formula else TEXT)) for line in lines]
    return rows


def _keys(workspace: Workspace, cells: int) -> list[Row]:
    indent = " " * 15
    rows: list[Row] = []
    for command in within_reach(actions(workspace)):
        first, *others = wrap(command.help, cells - len(indent))
        rows.append(row((f" {command.shown:<14}", BOLD), first))
        rows += [row(indent + line) for line in others]
    return rows

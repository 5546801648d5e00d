"""The help layer: an explanation of a pane, or all keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scenarios.context.actions import actions, here
from scenarios.context.captions import heeded
from scenarios.screens.stories import STORIES
from scenarios.workspace.view import Help, Screen
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES, Command, read, within_reach
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, frame, row, wrap
from tui.terminal import Terminal

_INDENT = 15  # cells of a key before what it does
_FRAME = 2  # rows of the frame


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The layer as `height` rows of `width` cells, scrolled as the view says."""
    keys, room = workspace.view.help is Help.KEYS, height - _FRAME
    title = "all keys" if keys else f"why: {STORIES[workspace.view.screen].about(workspace)}"
    body = _body(workspace, width - 4, terminal)
    top = min(workspace.view.scroll, max(len(body) - room, 0))
    more = f"↓ more   {NAMES['forward']} page   " if top + room < len(body) else ""
    again = "close" if keys else "all keys"
    foot = row((f"{more}{NAMES['explain']} {again}   {NAMES['close']} close", DIM))
    return frame(row((title, BOLD)), body[top : top + room], width, height, True, foot)


def scrolled(workspace: Workspace, width: int, height: int, terminal: Terminal, id: str) -> int:
    """The first row shown of a layer of that size after one of the SCROLLING commands; it ends where the text does."""
    room = height - _FRAME
    end = max(len(_body(workspace, width - 4, terminal)) - room, 0)
    now, page = min(workspace.view.scroll, end), room - 1
    to = {"up": now - 1, "down": now + 1, "back": now - page, "forward": now + page, "first": 0, "last": end}[id]
    return min(max(to, 0), end)


def _body(workspace: Workspace, cells: int, terminal: Terminal) -> list[Row]:
    if workspace.view.help is Help.KEYS:
        return _keys(replace(workspace, view=replace(workspace.view, help=Help.NONE)), cells)
    paragraphs = STORIES[workspace.view.screen].explanation(workspace)
    return _explanation([told for each in paragraphs if (told := heeded(workspace, each))], cells, terminal)


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
    """The keys that are heard: those of the present screen first, then the way to the others, then the rest."""
    known = within_reach(actions(workspace))
    screen, ways = workspace.view.screen, [each.value for each in Screen]
    own = here(workspace)
    groups = {
        f"on {screen}": [each for each in known if each.id in own],
        "to another screen": [each for each in known if each.id in ways],
        "on every screen": [each for each in known if each.id not in own and each.id not in ways],
    }
    return [line for title, commands in groups.items() for line in _group(title, commands, cells)]


def _group(title: str, commands: Sequence[Command], cells: int) -> list[Row]:
    rows = [row((f" {title}", ACCENT))]
    for command in commands:
        first, *others = wrap(command.help, cells - _INDENT)
        rows.append(row((f" {command.alone:<{_INDENT - 1}}", BOLD), first))
        rows += [row(" " * _INDENT + line) for line in others]
    return [*rows, row("")]

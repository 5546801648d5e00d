"""The notes pane: the lecturer's own, on a second terminal."""

from __future__ import annotations

from scenarios.lesson.notes import heading, notes
from scenarios.workspace.workspace import Workspace
from tui.commands import read
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, TEXT, Row, frame, row, wrap
from tui.terminal import Terminal

_WORD = 9  # cells of the word before a paragraph


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells."""
    body: list[Row] = []
    for word, text in notes(workspace):
        body.append(row(""))
        lines = wrap(said(read(text), terminal.unicode), width - _WORD - 4)
        body += [
            row((f" {word if index == 0 else '':<{_WORD}}", ACCENT), (line, BOLD if word == "answer" else TEXT))
            for index, line in enumerate(lines)
        ]
    title = row((f"notes  {said(heading(workspace), terminal.unicode)}", BOLD))
    return frame(title, body, width, height, True)

"""`riserun handout`: a lecture as Markdown, drawn as the class saw it."""

from __future__ import annotations

import argparse

from scenarios.files.schema import ScenarioError
from scenarios.lecture.handout import Picture, handout
from scenarios.library import store
from scenarios.workspace.workspace import Workspace
from tui.command_line.parsers import write
from tui.commands import read
from tui.errors import UsageError
from tui.plots.glyphs import drawn
from tui.plots.rows import plain
from tui.screens import stage
from tui.terminal import Depth, Terminal

_WIDTH, _HEIGHT = 80, 20


def run(options: argparse.Namespace) -> int:
    """Write the handout of `options.lecture` into `options.output`, or to standard output."""
    try:
        drawn_as = picture(Terminal(Depth.NONE, not options.ascii))
        text = handout(store.load_lecture(options.lecture), drawn_as, read)
    except ScenarioError as error:
        raise UsageError(str(error)) from None
    write(text, options.output)
    return 0


def picture(terminal: Terminal) -> Picture:
    """What draws a workspace as the lines that `terminal` would show."""

    def lines(workspace: Workspace) -> list[str]:
        return [plain(drawn(row, terminal.unicode)) for row in stage.picture(workspace, _WIDTH, _HEIGHT, terminal)]

    return lines

"""`riserun export`: a picture, a text, the numbers or a recording of a journal, without a terminal."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from tui.command_line.parsers import for_reading, write

if TYPE_CHECKING:
    from scenarios.workspace.workspace import Workspace
    from tui.terminal import Terminal


def run(options: argparse.Namespace) -> int:
    """Write the journal in another form; 1 where a line of it could not be taken, and what came before was written."""
    terminal = for_reading(options)  # before Textual is imported, which reads the environment then
    from tui.command_line.cast import cast
    from tui.command_line.picture import size_of
    from tui.command_line.records import csv_of
    from tui.live.feed import without_long_pauses
    from tui.live.start import adopted, journal, moments

    size = size_of(options.size)
    reader, workspaces, times = moments(journal(options.file))
    last = workspaces[-1]
    assert reader.header is not None
    if options.format == "csv":
        text = csv_of(last.session.history.items(), last.session.state.problem.names)
    elif options.format == "cast":
        text = asyncio.run(cast(reader.header, workspaces, without_long_pauses(times), size, terminal))
    else:
        text = _picture(last, size, options.format, terminal)
    write(text, options.output)
    for note in filter(None, (adopted(reader), reader.problem)):
        print(f"riserun: {note}", file=sys.stderr)
    return 1 if reader.problem else 0


def _picture(workspace: Workspace, size: tuple[int, int], form: str, terminal: Terminal) -> str:
    from tui.command_line.picture import picture
    from tui.live.app import RiserunApp
    from tui.live.start import Start

    app = RiserunApp(terminal, lambda: Start(workspace))
    return asyncio.run(picture(app, size, [], form, workspace.scenario.name))

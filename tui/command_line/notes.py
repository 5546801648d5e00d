"""`riserun notes`: the lecturer's notes beside the session that runs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.command_line.application import open_application
from tui.command_line.follow import await_session
from tui.command_line.share import running

if TYPE_CHECKING:
    from tui.live.start import Start


def run(options: argparse.Namespace) -> int:
    """Show the notes on a session."""
    source, reader = await_session(options.file or str(running().path))

    def start() -> Start:
        from tui.live.start import noted

        return noted(source, reader)

    return open_application(options, start)

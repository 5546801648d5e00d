"""`riserun replay`: a recorded session, played."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.command_line.application import open_application
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.live.start import Start


def run(options: argparse.Namespace) -> int:
    """Play a journal, the last one where none is named."""
    if not 0.01 <= options.speed <= 1000.0:
        raise UsageError(f"--speed takes a number from 0.01 to 1000, not {options.speed:g}")

    def start() -> Start:
        from tui.live.start import journal, replayed

        return replayed(journal(options.file), options.speed)

    return open_application(options, start)

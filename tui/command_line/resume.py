"""`riserun resume`: going on with a session that was cut off."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.command_line.application import open_application

if TYPE_CHECKING:
    from tui.live.start import Start


def run(options: argparse.Namespace) -> int:
    """Go on with a session that was cut off."""

    def start() -> Start:
        from tui.live.start import resumed

        return resumed(options.file)

    return open_application(options, start)

"""`riserun`: the application, on a scenario or a lecture."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.command_line.application import open_application

if TYPE_CHECKING:
    from tui.live.start import Start


def run(options: argparse.Namespace) -> int:
    """Open the application."""

    def start() -> Start:
        from tui.live.start import begun

        return begun(options.scenario, options.against, options.autodiff)

    return open_application(options, start)

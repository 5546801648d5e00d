"""The application, opened on the terminal."""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.shell import shell
from tui.errors import UsageError
from tui.terminal import answers, detect, prepare

if TYPE_CHECKING:
    from tui.live.start import Start


def open_application(options: argparse.Namespace, start: Callable[[], Start]) -> int:
    """Run the application on the terminal; `start` is called when it has painted its first line."""
    gc.disable()  # until the application is open: nothing that is imported is garbage
    terminal = detect(os.environ, options.color, options.ascii, options.theme, options.palette, options.detail)
    prepare(terminal, os.environ)
    from tui.driver import Driver, TerminalError, attach

    try:
        attach()
    except TerminalError as error:
        raise UsageError(f"{error}. Without one there are {shell('show')} and {shell('fit')}.") from None
    from tui.live.app import RiserunApp

    asks = options.theme == "auto" and answers(terminal, os.environ)
    app = RiserunApp(terminal, start, adapts=options.detail == "auto", asks=asks, driver_class=Driver)
    app.run(mouse=False)
    if app.failure:
        raise UsageError(app.failure)
    return app.return_code or 0

"""`riserun show`: the screen after some keys, without a terminal."""

from __future__ import annotations

import argparse
import asyncio

from tui.command_line.parsers import for_reading, write


def run(options: argparse.Namespace) -> int:
    """Draw the screen after `options.keys`, as text or svg, into a file or on standard output."""
    terminal = for_reading(options)  # before Textual is imported, which reads the environment then
    from tui.command_line.picture import key_named, picture, size_of
    from tui.live.app import RiserunApp
    from tui.live.start import shown

    size, keys = size_of(options.size), [key_named(key) for key in options.keys.split()]
    app = RiserunApp(terminal, lambda: shown(options.scenario, options.against))
    write(asyncio.run(picture(app, size, keys, options.format, options.scenario)), options.output)
    return 0

"""The commands that open the application: on a scenario, on a journal, on another's session; and what is made of one.

Standard library only up to the moment a command needs more.
"""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.parsers import add_output_option, add_terminal_options, for_reading, new_parser
from tui.terminal import detect, prepare

if TYPE_CHECKING:
    from tui.start import Start


def open_application(options: argparse.Namespace, start: Callable[[], Start]) -> int:
    """Run the application on the terminal; `start` is called when it has painted its first line."""
    gc.disable()  # until the application is open: nothing that is imported is garbage
    terminal = detect(os.environ, options.color, options.ascii)
    prepare(terminal, os.environ)
    from tui.driver import Driver, TerminalError, attach

    try:
        attach()
    except TerminalError as error:
        raise UsageError(f"{error}. Without one there are riserun show and riserun fit.") from None
    from tui.app import RiserunApp

    app = RiserunApp(terminal, start, driver_class=Driver)
    app.run(mouse=False)
    if app.failure:
        raise UsageError(app.failure)
    return app.return_code or 0


def resume_parser() -> argparse.ArgumentParser:
    """The options of `riserun resume`."""
    parser = new_parser("resume", "Go on where the last session was cut off: screen, selection and history.")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the journal of another session")
    add_terminal_options(parser)
    return parser


def resume(options: argparse.Namespace) -> int:
    """Go on with a session that was cut off."""

    def start() -> Start:
        from tui.start import resumed

        return resumed(options.file)

    return open_application(options, start)


def replay_parser() -> argparse.ArgumentParser:
    """The options of `riserun replay`."""
    parser = new_parser("replay", "Play a recorded session: space pauses, ( ) change the speed, t takes over.")
    parser.add_argument("file", type=Path, metavar="FILE", help="a journal")
    parser.add_argument("--speed", type=float, default=1.0, help="times as fast as it was recorded (default: 1)")
    add_terminal_options(parser)
    return parser


def replay(options: argparse.Namespace) -> int:
    """Play a journal."""
    if not 0.01 <= options.speed <= 1000.0:
        raise UsageError(f"--speed takes a number from 0.01 to 1000, not {options.speed:g}")

    def start() -> Start:
        from tui.start import replayed

        return replayed(options.file, options.speed)

    return open_application(options, start)


def follow_parser() -> argparse.ArgumentParser:
    """The options of `riserun follow`."""
    parser = new_parser("follow", "Mirror a session that someone shares; t leaves it to try something.")
    parser.add_argument("file", metavar="FILE", help="what riserun share names, or - for standard input")
    add_terminal_options(parser)
    return parser


def follow(options: argparse.Namespace) -> int:
    """Mirror a session."""

    from tui.mirror import await_session

    source, reader = await_session(options.file)

    def start() -> Start:
        from tui.start import followed

        return followed(source, reader)

    return open_application(options, start)


def notes_parser() -> argparse.ArgumentParser:
    """The options of `riserun notes`."""
    parser = new_parser("notes", "The lecturer's notes, on a second terminal beside the session that runs.")
    parser.add_argument("file", nargs="?", metavar="FILE", help="what riserun share names, for a session elsewhere")
    add_terminal_options(parser)
    return parser


def notes(options: argparse.Namespace) -> int:
    """Show the notes on a session."""
    from tui.command_line.share import running
    from tui.mirror import await_session

    source, reader = await_session(options.file or str(running().path))

    def start() -> Start:
        from tui.start import noted

        return noted(source, reader)

    return open_application(options, start)


def share_parser() -> argparse.ArgumentParser:
    """The options of `riserun share`."""
    parser = new_parser("share", "Let others follow the session that runs in another terminal.")
    parser.add_argument("-o", "--output", metavar="FILE", help="a readable copy there; - for standard output")
    return parser


def share(options: argparse.Namespace) -> int:
    """Let a session be followed."""
    from tui.command_line.share import share

    return share(options)


def export_parser() -> argparse.ArgumentParser:
    """The options of `riserun export`."""
    parser = new_parser("export", "Make a picture, a text, numbers or a recording of a journal.")
    parser.add_argument("file", type=Path, metavar="FILE", help="a journal")
    about = "the last screen (svg, text), the numbers of every step (csv), or an asciicast v2 recording (cast)"
    parser.add_argument("--format", choices=("svg", "text", "csv", "cast"), required=True, help=about)
    parser.add_argument("--size", default="80x24", metavar="COLSxROWS")
    add_output_option(parser)
    add_terminal_options(parser)
    return parser


def export(options: argparse.Namespace) -> int:
    """Write a journal in another form."""
    terminal = for_reading(options)
    from tui.export import export as write

    return write(options, terminal)

"""`riserun follow`: the session of another, mirrored."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

from scenarios.journal.reader import Reader
from tui.command_line.application import open_application
from tui.errors import UsageError
from tui.live.feed import Source, catch_up

if TYPE_CHECKING:
    from tui.live.start import Start

_POLL = 0.2  # seconds between two looks at a journal


def run(options: argparse.Namespace) -> int:
    """Mirror a session."""
    source, reader = await_session(options.file)

    def start() -> Start:
        from tui.live.start import followed

        return followed(source, reader)

    return open_application(options, start)


def await_session(file: str) -> tuple[Source, Reader]:
    """The journal to follow, `-` being standard input, once its first line has come. Until then the terminal stays as
    it is, for the password that ssh may ask for. Raises UsageError where no session comes.
    """
    if file == "-" and os.isatty(0):
        raise UsageError("follow - reads from a pipe, as in: ssh HOST riserun share -o - | riserun follow -")
    try:
        source = Source(os.dup(0) if file == "-" else os.open(file, os.O_RDONLY | os.O_NONBLOCK))
    except OSError as error:
        raise UsageError(f"cannot follow {file}: {error.strerror}") from None
    reader, waiting = Reader(), False
    while reader.workspace is None:
        catch_up(source, reader, 1.0)
        if wrong := reader.problem or source.gone:
            raise UsageError(f"cannot follow {file}: {wrong.partition(';')[0]}")
        if reader.workspace is None:
            if not waiting:
                print("riserun: waiting for the session to begin; ctrl+c ends that", file=sys.stderr)
            waiting = True
            time.sleep(_POLL)
    return source, reader

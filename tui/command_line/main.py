"""The command line. Standard library only up to the moment a command needs more, so that every start is quick."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from tui.command_line import options
from tui.errors import UsageError

COMMANDS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "resume": options.resume,
    "sessions": options.sessions,
    "replay": options.replay,
    "share": options.share,
    "follow": options.follow,
    "notes": options.notes,
    "export": options.export,
    "list": options.list_,
    "check": options.check,
    "derive": options.derive,
    "fit": options.fit,
    "show": options.show,
    "handout": options.handout,
    "grade": options.grade,
}
"""The commands and their options. The module of a command's name carries it out: `run(given)`, which is its status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status: 0 done, 1 not all was right, 2 not understood, 130 interrupted."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    named = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a ○ where the locale has none is a ?, not the end
    try:
        given = (COMMANDS[named] if named else options.run)().parse_args(arguments[1:] if named else arguments)
        status: int = import_module(f"tui.command_line.{named or 'run'}").run(given)
        sys.stdout.flush()
    except UsageError as error:
        print(f"riserun: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        # Other files are spoken of where they are read and written: it is the standard output that takes no more.
        # What is still buffered would fail once more at exit, so it goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # the reader has seen enough
        print(f"riserun: cannot write to standard output: {error.strerror}", file=sys.stderr)
        return 2
    return status

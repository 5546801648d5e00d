"""What all commands of the command line have: parsers, options, and where their output goes. Standard library only."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from tui.errors import UsageError
from tui.terminal import Terminal, detect, prepare


class Parser(argparse.ArgumentParser):
    """Says in one line what was not understood, and where to read more."""

    def error(self, message: str) -> NoReturn:
        """End with it."""
        self.exit(2, f"riserun: {message}\nTry: {self.prog} --help\n")


class Version(argparse.Action):
    """Prints the version."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"riserun {version('riserun')}")
        parser.exit()


def new_parser(name: str, about: str, **options: str) -> argparse.ArgumentParser:
    """The parser of `riserun name`; `about` is what its help says first."""
    return Parser(
        prog=f"riserun {name}".strip(),
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        **options,  # type: ignore[arg-type]
    )


def add_terminal_options(parser: argparse.ArgumentParser) -> None:
    """The options that say what a drawing may be made of."""
    depths = ("auto", "true", "256", "16", "none")
    parser.add_argument("--color", choices=depths, default="auto", help="how many colours to use (default: auto)")
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII alone")


def add_output_option(parser: argparse.ArgumentParser) -> None:
    """The option that says where the output goes; see `write`."""
    about = "write there instead of to standard output"
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=about)


def write(text: str, output: Path | None) -> None:
    """Into the file, or to standard output without one. Raises UsageError where it cannot be written."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror}") from None


def for_reading(options: argparse.Namespace) -> Terminal:
    """The terminal to draw for: the reader's, not the one that the command happens to run in."""
    color = "true" if options.color == "auto" else options.color
    terminal = Terminal(detect({}, color).depth, unicode=not options.ascii)
    prepare(terminal, os.environ)
    return terminal

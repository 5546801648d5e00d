"""Parsers of the command line, as all commands have them. Standard library only."""

from __future__ import annotations

import argparse
import os
from typing import NoReturn

from tui.terminal import Terminal, detect, prepare


class Parser(argparse.ArgumentParser):
    """Says what was not understood in one line, and where there is more."""

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
    """What a drawing may be made of."""
    depths = ("auto", "true", "256", "16", "none")
    parser.add_argument("--color", choices=depths, default="auto", help="how many colours to use (default: auto)")
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII alone")


def for_reading(options: argparse.Namespace) -> Terminal:
    """A drawing is made for whoever reads it, not for the terminal it happens to be made in."""
    color = "true" if options.color == "auto" else options.color
    terminal = Terminal(detect({}, color).depth, unicode=not options.ascii)
    prepare(terminal, os.environ)
    return terminal

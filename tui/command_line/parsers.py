"""What all commands of the command line have: parsers, options, and where their output goes. Standard library only."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn

from tui.errors import UsageError
from tui.terminal import Depth, Detail, Palette, Terminal, Theme, detect, prepare


class Parser(argparse.ArgumentParser):
    """Says in one line what was not understood, and where to read more.

    With `of_signs` what begins with one minus and is no option is an argument, as in `riserun derive -x^2`; and what
    follows an option that takes a value is always its value, `--rate -pi` too.
    """

    def __init__(self, *, of_signs: bool = False, **options: Any):
        self._of_signs = of_signs
        self._takes: dict[str, bool] = {}
        super().__init__(**options)

    def add_argument(self, *names: str, **options: Any) -> argparse.Action:
        """The same, noted."""
        action = super().add_argument(*names, **options)
        self._takes |= dict.fromkeys(action.option_strings, action.nargs != 0)
        return action

    def parse_args(self, args: Sequence[str], namespace: Any = None) -> Any:  # type: ignore[override]
        """The same, of arguments put so that argparse takes each for what it is."""
        options: list[str] = []
        others: list[str] = []
        rest = iter(args)
        for argument in rest:
            if argument == "--":
                others += rest
            elif not re.match("-[^-]", argument) or argument in self._takes:
                options.append(argument)
            elif options and options[-1].startswith("--") and self._takes.get(options[-1]):
                options[-1] += f"={argument}"
            else:
                (others if self._of_signs else options).append(argument)
        return super().parse_args([*options, *(["--", *others] if others else [])], namespace)

    def error(self, message: str) -> NoReturn:
        """End with it."""
        self.exit(2, f"riserun: {message}\nTry: {self.prog} --help\n")


class Version(argparse.Action):
    """Prints the version."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"riserun {version('riserun')}")
        parser.exit()


def number(text: str) -> float:
    """The number that an option is given."""
    from scenarios.numbers import A_NUMBER

    return _read(text, "a number", A_NUMBER)


def whole(text: str) -> int:
    """The whole number that an option is given."""
    wanted = "write one such as 100"
    found = _read(text, "a whole number", wanted)
    if not found.is_integer():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number; {wanted}")
    return int(found)


def _read(text: str, what: str, wanted: str) -> float:
    from scenarios.numbers import read  # a start that reads no number is quicker without

    try:
        return read(text, wanted)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not {what}; {error}") from None


def new_parser(name: str, about: str, **options: Any) -> Parser:
    """The parser of `riserun name`; `about` is what its help says first."""
    return Parser(
        prog=f"riserun {name}".strip(),
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        **options,
    )


def add_terminal_options(parser: argparse.ArgumentParser) -> None:
    """The options that say what a drawing may be made of."""
    depths, themes, palettes, details = (_values(each) for each in (Depth, Theme, Palette, Detail))
    about = "how many colours to use (default: auto)"
    parser.add_argument("--color", choices=("auto", *depths), default="auto", help=about)
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII alone")
    about = "signs on a dark or on a light ground (default: as the terminal's is)"
    parser.add_argument("--theme", choices=("auto", *themes), default="auto", help=about)
    about = "the classes in red and blue, or in colours that the colour-blind tell apart (default: lecture)"
    parser.add_argument("--palette", choices=palettes, default="lecture", help=about)
    about = "how fine shades are (default: as fine as the line to the terminal allows)"
    parser.add_argument("--detail", choices=("auto", *details), default="auto", help=about)


def _values(options: type[Enum]) -> list[str]:
    return [each.value for each in options]


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
    detail = "plain" if options.format == "text" else options.detail  # a text has no shades to be cut in halves
    terminal = detect({"LANG": "UTF-8"}, color, options.ascii, options.theme, options.palette, detail)
    prepare(terminal, os.environ)
    return terminal

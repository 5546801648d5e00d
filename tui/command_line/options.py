"""What each command may be given. Standard library only: a command's own module is imported when it runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.command_line.parsers import Version, add_output_option, add_terminal_options, new_parser, number, whole

_EXAMPLES = """\
examples:
  riserun                          open the lecture's model1 and press space
  riserun overshoot                open another scenario (riserun list names them)
  riserun lecture                  the lecture itself, scene by scene
  riserun my/class.toml            open a file of your own, a scenario or a lecture
  riserun model2 --against model1  two scenarios side by side
  riserun resume                   go on with the session that was cut off
  riserun sessions                 the sessions that were recorded, the last one first
  riserun list                     the scenarios, one a line
  riserun check my/class.toml      is a scenario file all right?
  riserun fit model1 --steps 100   the numbers of each step, without a screen
  riserun show model1 --keys "space space"   the screen after these keys, as text
  riserun derive "sin(2x)" --at x=1   a derivative three ways
  riserun handout lecture -o notes.md   the lecture for the class to keep
  riserun grade minitorch          your own Module 1: what is right, and what is wrong first
"""


def run() -> argparse.ArgumentParser:
    """The options of `riserun`."""
    about = "Rise over run, one key at a time: step a model down its loss."
    about += "\n\nother commands: resume, sessions, replay, share, follow, notes, export,"
    about += "\nlist, check, derive, fit, show, handout, grade"
    parser = new_parser("", about, epilog=_EXAMPLES)
    parser.add_argument("scenario", nargs="?", default="model1", help="a name (riserun list), lecture, or a TOML file")
    _add_against(parser)
    parser.add_argument("--autodiff", metavar="PACKAGE", help="a Module 1 of your own, compared at every step")
    add_terminal_options(parser)
    parser.add_argument("--version", action=Version, nargs=0, help="show the version and exit")
    return parser


def resume() -> argparse.ArgumentParser:
    """The options of `riserun resume`."""
    parser = new_parser("resume", "Go on where the last session was cut off: screen, selection and history.")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the journal of another session")
    add_terminal_options(parser)
    return parser


def replay() -> argparse.ArgumentParser:
    """The options of `riserun replay`."""
    parser = new_parser("replay", "Play a recorded session: space pauses, ( ) change the speed, t takes over.")
    _add_journal(parser)
    parser.add_argument("--speed", type=number, default=1.0, help="times as fast as it was recorded (default: 1)")
    add_terminal_options(parser)
    return parser


def share() -> argparse.ArgumentParser:
    """The options of `riserun share`."""
    parser = new_parser("share", "Let others follow the session that runs in another terminal.")
    parser.add_argument("-o", "--output", metavar="FILE", help="a readable copy there; - for standard output")
    return parser


def follow() -> argparse.ArgumentParser:
    """The options of `riserun follow`."""
    parser = new_parser("follow", "Mirror a session that someone shares; t leaves it to try something.")
    parser.add_argument("file", metavar="FILE", help="what riserun share names, or - for standard input")
    add_terminal_options(parser)
    return parser


def notes() -> argparse.ArgumentParser:
    """The options of `riserun notes`."""
    parser = new_parser("notes", "The lecturer's notes, on a second terminal beside the session that runs.")
    parser.add_argument("file", nargs="?", metavar="FILE", help="what riserun share names, for a session elsewhere")
    add_terminal_options(parser)
    return parser


def export() -> argparse.ArgumentParser:
    """The options of `riserun export`."""
    parser = new_parser("export", "Make a picture, a text, numbers or a recording of a journal.")
    _add_journal(parser)
    about = "the last screen (svg, text), the numbers of every step (csv), or an asciicast v2 recording (cast)"
    parser.add_argument("--format", choices=("svg", "text", "csv", "cast"), required=True, help=about)
    parser.add_argument("--size", default="80x24", metavar="COLSxROWS")
    add_output_option(parser)
    add_terminal_options(parser)
    return parser


def sessions() -> argparse.ArgumentParser:
    """The options of `riserun sessions`."""
    return new_parser("sessions", "The sessions that were recorded: what resume, replay and export take.")


def list_() -> argparse.ArgumentParser:
    """The options of `riserun list`."""
    return new_parser("list", "The scenarios that can be opened by name.")


def check() -> argparse.ArgumentParser:
    """The options of `riserun check`."""
    parser = new_parser("check", "Say whether scenario and lecture files are all right, and what is not.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    return parser


def derive() -> argparse.ArgumentParser:
    """The options of `riserun derive`."""
    about = "A function's derivative; at a point by symbols, central difference and autodiff."
    parser = new_parser("derive", about, of_signs=True)
    parser.add_argument("formula", help='such as "sin(2x)", "-x^2" or "f(x, y) = sin(x) + 2cos(y)"')
    parser.add_argument("--at", metavar="x=1[,y=pi/2]", help="a value for each argument")
    parser.add_argument("--by", metavar="NAME", help="the argument to differentiate with respect to (default: each)")
    parser.add_argument("--epsilon", type=number, default=1e-6, help="of the central difference (default: 1e-6)")
    parser.add_argument("--steps", action="store_true", help="show the worked steps")
    parser.add_argument("--json", action="store_true", help="a JSON object, steps included")
    return parser


def fit() -> argparse.ArgumentParser:
    """The options of `riserun fit`."""
    from engine.training.losses import POINT_LOSSES  # the command's own module needs it anyway; no other start should

    parser = new_parser("fit", "Step a scenario without a screen: one record a step, from step 0.")
    parser.add_argument("scenario")
    parser.add_argument("--steps", type=whole, required=True, metavar="N")
    parser.add_argument("--rate", type=number, help="instead of the scenario's")
    parser.add_argument("--loss", help=f"instead of the scenario's: {', '.join(POINT_LOSSES)}")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a value to begin with; repeatable"
    )
    parser.add_argument("--last", action="store_true", help="the record of the last step alone")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="a JSON object a line")
    form.add_argument("--csv", dest="form", action="store_const", const="csv")
    return parser


def show() -> argparse.ArgumentParser:
    """The options of `riserun show`."""
    parser = new_parser("show", "Draw the screen after some keys, without a terminal.")
    parser.add_argument("scenario", nargs="?", default="model1")
    _add_against(parser)
    parser.add_argument("--size", default="80x24", metavar="COLSxROWS")
    parser.add_argument("--keys", default="", help='separated by blanks, such as "space space right"')
    parser.add_argument("--format", choices=("text", "svg"), default="text")
    add_output_option(parser)
    add_terminal_options(parser)
    return parser


def handout() -> argparse.ArgumentParser:
    """The options of `riserun handout`."""
    parser = new_parser("handout", "A lecture as Markdown: every scene with its picture as text and its numbers.")
    parser.add_argument("lecture", nargs="?", default="lecture", help="lecture, or a TOML file (default: lecture)")
    add_output_option(parser)
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII alone")
    return parser


def grade() -> argparse.ArgumentParser:
    """The options of `riserun grade`."""
    parser = new_parser("grade", "Check your own Module 1, task by task: right, wrong first, or still to write.")
    parser.add_argument("package", metavar="PACKAGE", help="its minitorch folder, its repository, or a name to import")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def _add_journal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a journal (default: the last session's)")


def _add_against(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--against", metavar="SCENARIO", help="another one, to compare it with side by side")

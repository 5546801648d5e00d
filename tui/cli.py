"""The command line. Standard library only up to the moment a command needs more, so that every start is quick."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui import sessions
from tui.errors import UsageError
from tui.parsers import Version, add_output_option, add_terminal_options, for_reading, new_parser
from tui.sessions import open_application

if TYPE_CHECKING:
    from tui.start import Start

_EXAMPLES = """\
examples:
  riserun                          open the lecture's model1 and press space
  riserun overshoot                open another scenario (riserun list names them)
  riserun lecture                  the lecture itself, scene by scene
  riserun my/class.toml            open a file of your own, a scenario or a lecture
  riserun model2 --against model1  two scenarios side by side
  riserun resume                   go on with the session that was cut off
  riserun list                     the scenarios, one a line
  riserun check my/class.toml      is a scenario file all right?
  riserun fit model1 --steps 100   the numbers of each step, without a screen
  riserun show model1 --keys "space space"   the screen after these keys, as text
  riserun derive "sin(2x)" --at x=1   a derivative three ways
  riserun handout lecture -o notes.md   the lecture for the class to keep
  riserun grade minitorch          your own Module 1: what is right, and what is wrong first
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status: 0 done, 1 not all was right, 2 not understood, 130 interrupted."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    named = _COMMANDS.get(arguments[0]) if arguments else None
    build, run = named or (_run_parser, _run)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a ○ where the locale has none is a ?, not the end
    try:
        status = run(build().parse_args(arguments[1:] if named else arguments))
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


def _run_parser() -> argparse.ArgumentParser:
    about = "Rise over run, one key at a time: step a model down its loss."
    about += "\n\nother commands: resume, replay, share, follow, notes, export,"
    about += "\nlist, check, derive, fit, show, handout, grade"
    parser = new_parser("", about, epilog=_EXAMPLES)
    parser.add_argument("scenario", nargs="?", default="model1", help="a name (riserun list), lecture, or a TOML file")
    _add_against(parser)
    parser.add_argument("--autodiff", metavar="PACKAGE", help="a Module 1 of your own, compared at every step")
    add_terminal_options(parser)
    parser.add_argument("--version", action=Version, nargs=0, help="show the version and exit")
    return parser


def _add_against(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--against", metavar="SCENARIO", help="another one, to compare it with side by side")


def _run(options: argparse.Namespace) -> int:
    def start() -> Start:
        from tui.start import begun

        return begun(options.scenario, options.against, options.autodiff)

    return open_application(options, start)


def _list_parser() -> argparse.ArgumentParser:
    return new_parser("list", "The scenarios that can be opened by name.")


def _list(options: argparse.Namespace) -> int:
    from scenarios import store
    from scenarios.schema import ScenarioError

    for entry in store.entries():
        try:
            about = store.load(entry.name).summary
        except ScenarioError as error:
            about = f"cannot be opened: {str(error).splitlines()[0]}"
        print(f"{entry.name:<14} {about}{'' if entry.builtin else '  (own)'}")
    return 0


def _check_parser() -> argparse.ArgumentParser:
    parser = new_parser("check", "Say whether scenario and lecture files are all right, and what is not.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    return parser


def _check(options: argparse.Namespace) -> int:
    from scenarios import store
    from scenarios.schema import ScenarioError

    status = 0
    for name in options.files:
        try:
            about = _checked_lecture(name) if store.is_lecture(name) else _checked_scenario(name)
        except ScenarioError as error:
            print(error)
            status = 1
        else:
            print(f"{name}: ok, {about}")
    return status


def _checked_scenario(name: str) -> str:
    from scenarios import store

    scenario = store.load(name)
    return f"{scenario.title!r}, {scenario.problem.model}, {len(scenario.problem.data):,} points"


def _checked_lecture(name: str) -> str:
    from scenarios import store

    lecture = store.load_lecture(name)
    scenes, beats = len(lecture.scenes), sum(len(scene.beats) for scene in lecture.scenes)
    return f"{lecture.title!r}, {scenes} scene{'s' * (scenes > 1)}, {beats} beat{'s' * (beats > 1)}"


def _fit_parser() -> argparse.ArgumentParser:
    parser = new_parser("fit", "Step a scenario without a screen: one record a step, from step 0.")
    parser.add_argument("scenario")
    parser.add_argument("--steps", type=int, required=True, metavar="N")
    parser.add_argument("--rate", type=float, help="instead of the scenario's")
    parser.add_argument("--loss", help="instead of the scenario's: log-sigmoid, ReLU or as-printed")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a starting value; repeatable")
    parser.add_argument("--last", action="store_true", help="the record of the last step alone")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="a JSON object a line")
    form.add_argument("--csv", dest="form", action="store_const", const="csv")
    return parser


def _fit(options: argparse.Namespace) -> int:
    from tui.command_line.fit import fit

    return fit(options)


def _show_parser() -> argparse.ArgumentParser:
    parser = new_parser("show", "Draw the screen after some keys, without a terminal.")
    parser.add_argument("scenario", nargs="?", default="model1")
    _add_against(parser)
    parser.add_argument("--size", default="80x24", metavar="COLSxROWS")
    parser.add_argument("--keys", default="", help='separated by blanks, such as "space space right"')
    parser.add_argument("--format", choices=("text", "svg"), default="text")
    add_output_option(parser)
    add_terminal_options(parser)
    return parser


def _show(options: argparse.Namespace) -> int:
    terminal = for_reading(options)
    from tui.headless import show

    return show(options, terminal)


def _handout_parser() -> argparse.ArgumentParser:
    parser = new_parser("handout", "A lecture as Markdown: every scene with its picture as text and its numbers.")
    parser.add_argument("lecture", nargs="?", default="lecture", help="lecture, or a TOML file (default: lecture)")
    add_output_option(parser)
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII alone")
    return parser


def _handout(options: argparse.Namespace) -> int:
    from tui.handout import handout

    return handout(options)


def _grade_parser() -> argparse.ArgumentParser:
    parser = new_parser("grade", "Check your own Module 1, operation by operation, and name what is wrong.")
    parser.add_argument("package", metavar="PACKAGE", help="its minitorch folder, its repository, or a name to import")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def _grade(options: argparse.Namespace) -> int:
    from tui.grade import grade

    return grade(options)


def _derive_parser() -> argparse.ArgumentParser:
    parser = new_parser("derive", "A function's derivative by symbols, by differences and by autodiff, at a point.")
    parser.add_argument("formula", help='such as "sin(2x)" or "sin(x) + 2cos(y)"')
    parser.add_argument("--at", required=True, metavar="x=1[,y=2]", help="a value for each argument")
    parser.add_argument("--by", metavar="NAME", help="the argument to derive by (default: each)")
    parser.add_argument("--epsilon", type=float, default=1e-6, help="of the central difference (default: 1e-6)")
    parser.add_argument("--steps", action="store_true", help="show the worked steps")
    parser.add_argument("--json", action="store_true", help="a JSON object, steps included")
    return parser


def _derive(options: argparse.Namespace) -> int:
    from tui.derive import derive

    return derive(options)


_COMMANDS: dict[str, tuple[Callable[[], argparse.ArgumentParser], Callable[[argparse.Namespace], int]]] = {
    "resume": (sessions.resume_parser, sessions.resume),
    "replay": (sessions.replay_parser, sessions.replay),
    "share": (sessions.share_parser, sessions.share),
    "follow": (sessions.follow_parser, sessions.follow),
    "notes": (sessions.notes_parser, sessions.notes),
    "export": (sessions.export_parser, sessions.export),
    "list": (_list_parser, _list),
    "check": (_check_parser, _check),
    "derive": (_derive_parser, _derive),
    "fit": (_fit_parser, _fit),
    "show": (_show_parser, _show),
    "handout": (_handout_parser, _handout),
    "grade": (_grade_parser, _grade),
}

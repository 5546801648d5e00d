"""The lines round the panes: header, caption, footer."""

from __future__ import annotations

from collections.abc import Callable

from scenarios import comparing, deriving, lesson, surveying, tracing
from scenarios.narrate import PHASES, caption
from scenarios.numbers import given
from scenarios.view import Screen
from scenarios.workspace import Workspace
from tui.commands import COMMANDS, LECTURE
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, row, rule, spread, width, wrap
from tui.terminal import Terminal

_OF_A_PHASE = (Screen.FIT, Screen.LANDSCAPE)  # the screens whose caption speaks of the phase


def header(workspace: Workspace, cells: int, terminal: Terminal, playing: bool, source: str = "") -> list[Row]:
    """What is on the screen, and where in its story. `source`: where the picture comes from, if it is not one's own."""
    about, place = _HEADERS[workspace.view.screen](workspace)
    left: Row = row((" riserun  ", ACCENT), *((said(text, terminal.unicode), ink) for text, ink in about))
    if workspace.lesson is not None:
        title = (f"{said(lesson.heading(workspace.lesson), terminal.unicode)}  ", BOLD)
        back = (f"t: back to {lesson.number(workspace.lesson)}  ", ACCENT)
        left = row((" riserun  ", ACCENT), *((back, *left[1:2]) if workspace.lesson.away else (title,)))
    origin = row((f"  {source}  " if source else "", ACCENT))
    counted = row((_score(workspace), DIM))
    right = row(("> " if playing else "", ACCENT), (place, BOLD))
    if workspace.lesson is not None:  # a long title is worth more than the score, and is cut with a blank behind it
        counted = counted if width((*left, *origin, *counted, *right)) <= cells else row(" ")
    return [spread(left, (*origin, *counted, *right), cells)]


def _fit_header(workspace: Workspace) -> tuple[Row, str]:
    now = workspace.session.frame
    problem = now.problem
    about = f"{problem.model}  {problem.loss}, {problem.reduction}  rate {given(problem.rate)}"
    return row((f"{workspace.scenario.name}  ", BOLD), about), f"step {now.step}  {PHASES[now.phase]} "


def _derive_header(workspace: Workspace) -> tuple[Row, str]:
    place = f"{deriving.at(workspace)}   eps = {workspace.view.derive.epsilon:g} "
    return row(("derive  ", BOLD), deriving.heading(workspace)), place


def _trace_header(workspace: Workspace) -> tuple[Row, str]:
    name = "" if workspace.view.trace_formula else f"{workspace.scenario.name}, "
    return row(("trace  ", BOLD), f"{name}{tracing.subject(workspace)}"), f"{tracing.progress(workspace)} "


def _compare_header(workspace: Workspace) -> tuple[Row, str]:
    return row(("compare  ", BOLD), comparing.heading(workspace)), f"{PHASES[workspace.session.phase]} "


def _landscape_header(workspace: Workspace) -> tuple[Row, str]:
    about = row((f"{workspace.scenario.name}  ", BOLD), surveying.heading(workspace))
    return about, f"step {workspace.session.step}  {PHASES[workspace.session.phase]} "


_HEADERS: dict[Screen, Callable[[Workspace], tuple[Row, str]]] = {
    Screen.FIT: _fit_header,
    Screen.DERIVE: _derive_header,
    Screen.TRACE: _trace_header,
    Screen.LANDSCAPE: _landscape_header,
    Screen.COMPARE: _compare_header,
}


def _score(workspace: Workspace) -> str:
    """What was predicted, or answered in a lecture's questions, so far."""
    predictions, given_lesson = workspace.predictions, workspace.lesson
    if given_lesson is not None and (counted := lesson.score(given_lesson))[1]:
        return f"quiz {counted[0]} of {counted[1]}  "
    return f"predicted {predictions.right} of {predictions.asked}  " if predictions.on else ""


def caption_rows(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """The caption in `height` rows, the sign of its phase before it."""
    large = workspace.view.large
    of_phase = workspace.view.screen in _OF_A_PHASE and not lesson.caption(workspace)
    mark = PHASES[workspace.session.phase].split()[0] if of_phase else ""
    lead = f"{'   ' if large else ' '}{mark} " if mark else "   " if large else " "
    options = [_options(workspace, terminal)] if lesson.options(workspace) else []
    room = height - len(options) - large
    lines = wrap(said(caption(workspace), terminal.unicode), cells - 2 * len(lead) if large else cells - len(lead) - 1)
    ink = BOLD if large else TEXT
    rows = [row((lead if index == 0 else " " * len(lead), ACCENT), (line, ink)) for index, line in enumerate(lines)]
    if large:
        spaced = [each for line in rows for each in (row(""), line)]
        rows = [row(rule(cells)), *(spaced if len(spaced) <= room else rows)]
    rows = rows[: height - len(options)]
    return rows + [row("")] * (height - len(options) - len(rows)) + options


def _options(workspace: Workspace, terminal: Terminal) -> Row:
    """The answers of a question side by side, the chosen one marked; afterwards the right one too."""
    line: Row = ((" ", TEXT),)
    for option in lesson.options(workspace):
        sign = "▸" if option.chosen else " "
        verdict = " (right)" if option.right else ""
        ink = ACCENT if option.chosen or option.right else TEXT
        line += ((said(f" {sign} {option.text}{verdict}  ", terminal.unicode), ink),)
    return line


def footer(workspace: Workspace, cells: int, message: str, role: str = "") -> list[Row]:
    """A message, the first-run line, or the keys that are of use here; `role`: why they are other ones than usual."""
    if message:
        return [row((f" {message}", ACCENT))]
    place = role or (LECTURE if lesson.in_lecture(workspace) else workspace.view.screen)
    if place == Screen.FIT and workspace.session.last_step == 0 and not workspace.session.undone:
        keys = row((" press space", ACCENT), " for the next phase; bksp goes back, ? explains, q quits")
        return [keys]
    line: Row = ((" ", TEXT),)
    for command in COMMANDS:
        label = command.label.get(place, "")
        entry = row((f"{command.shown} ", BOLD), (f"{label}  ", DIM))
        if label and width(line) + width(entry) <= cells + 1:
            line += entry
    return [line]

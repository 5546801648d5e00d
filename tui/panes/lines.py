"""The lines round the panes: header, caption, footer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.context import actions
from scenarios.context.captions import caption, phase
from scenarios.context.hearers import Hearer, hearers
from scenarios.lesson import lesson
from scenarios.screens.hearing import why
from scenarios.screens.leading import leader
from scenarios.screens.stories import STORIES
from scenarios.screens.story import PHASES
from scenarios.text import key
from scenarios.workspace.lectures import Lesson
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tui.commands import COMMANDS, NAMES, Command, read
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Ink, Row, fit, row, spread, whole, width_of, wrap
from tui.terminal import Terminal

_FIRST = {
    "explain": "why",
    Screen.FIT: "screens",
    "lead": "",
    "quit": "quit",
    "up": "row",
    "next_pane": "pane",
    "view": "view",
    "zoom": "zoom",
    "back": "back",
}
"""The keys of the first line, the most useful first."""
_SENSE = 12  # cells in which the beginning of what is too long still says something
_GAP = 2  # blanks, at the least, between what is on the left of the header and what is on its right


def header(workspace: Workspace, cells: int, terminal: Terminal, playing: bool, source: str = "") -> list[Row]:
    """What is on the screen, and where in its story. `source`: where the picture comes from, if it is not one's own."""
    name, about, place = STORIES[workspace.view.screen].heading(workspace)
    called = (f"{said(name, terminal.unicode)}  ", BOLD)
    left: Row = row((" riserun  ", ACCENT), called)
    if workspace.lesson is not None:
        title = (f"{said(lesson.heading(workspace.lesson), terminal.unicode)}  ", BOLD)
        back = (f"{_back(workspace.lesson)}  ", ACCENT)
        left = row((" riserun  ", ACCENT), *((back, called) if workspace.lesson.away else (title,)))
    origin = row((f"  {source}  " if source else "", ACCENT))
    counted = row((_score(workspace), DIM))
    led = row((f"{each}  " if (each := said(leader(workspace), terminal.unicode)) else "", ACCENT))
    right = row(("> " if playing else "", ACCENT), (f"{place} ", BOLD))
    over = width_of((*left, *origin, *led, *counted, *right)) - cells
    if workspace.lesson is not None:
        counted = row(" ") if over > 0 else counted  # a lecture's long title is worth more than the score
        if not workspace.lesson.away:
            left = fit(left, min(width_of(left), cells - width_of((*origin, *led, *counted, *right)) - _GAP))
    else:
        described, room = row(said(about, terminal.unicode)), -over - _GAP
        left += whole(described, room) if room >= min(_SENSE, width_of(described)) else ()
    return [spread(left, (*origin, *led, *counted, *right), cells)]


def scene(workspace: Workspace, cells: int, terminal: Terminal) -> list[Row]:
    """The scene of a lecture, or the way back to it; nothing else is worth a projector's last line."""
    given = workspace.lesson
    text = "" if given is None else _back(given) if given.away else lesson.heading(given)
    return [fit(row((f" {said(text, terminal.unicode)}", DIM)), cells)]


def _back(given: Lesson) -> str:
    return f"{NAMES['leave']}: back to {lesson.number(given)}"


def _score(workspace: Workspace) -> str:
    """What was predicted, or answered in a lecture's questions, so far."""
    predictions, given_lesson = workspace.predictions, workspace.lesson
    if given_lesson is not None and (counted := lesson.score(given_lesson))[1]:
        return f"quiz {counted[0]} of {counted[1]}  "
    return f"predicted {predictions.right} of {predictions.asked}  " if predictions.on else ""


def caption_rows(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """The caption in `height` rows, the sign of its phase before it."""
    mark = PHASES[workspace.session.phase].split()[0] if phase(workspace) else ""
    lead = f" {mark} " if mark else " "
    options = [_options(workspace, terminal)] if lesson.options(workspace) else []
    lines = wrap(said(read(caption(workspace)), terminal.unicode), cells - len(lead) - 1)
    rows = [row((lead if index == 0 else " " * len(lead), ACCENT), (line, TEXT)) for index, line in enumerate(lines)]
    lost, rows = rows[height - len(options) :], rows[: height - len(options)]
    if lost:
        rows[-1] = fit(row(*rows[-1], " …"), min(width_of(rows[-1]) + 2, cells))
    return rows + [row("")] * (height - len(options) - len(rows)) + options


def _options(workspace: Workspace, terminal: Terminal) -> Row:
    """The answers of a question side by side, the chosen one marked; afterwards the right one too."""
    line: Row = ((" ", TEXT),)
    for id, option in zip(actions.ANSWERS, lesson.options(workspace), strict=False):
        sign = "▸" if option.chosen else " "
        verdict = " (right)" if option.right else ""
        ink = ACCENT if option.chosen or option.right else TEXT
        line += ((said(f" {sign} {NAMES[id]} {option.text}{verdict}  ", terminal.unicode), ink),)
    return line


def footer(workspace: Workspace, cells: int, message: str, role: str = "") -> list[Row]:
    """A message, the first-run line, or the keys that are of use here; `role`: why they are other ones than usual."""
    if message:
        return [row((f" {message}", ACCENT))]
    own = not role and not {Hearer.HELP, Hearer.PREDICTION, Hearer.LECTURE} & {*hearers(workspace)}
    if own and workspace.view.screen is Screen.FIT and not (workspace.session.last_step or workspace.session.undone):
        first = row((read(f" press {key('forward')}"), ACCENT), " for the next phase; ")
        return [row(*first, _first_keys(workspace, cells - width_of(first)))]
    words = {command.id: command.role.get(role, "") for command in COMMANDS} if role else actions.footer(workspace)
    return [row((" ", TEXT), *_fitting(words, cells))]


def _first_keys(workspace: Workspace, cells: int) -> str:
    """What else there is to press at the start: as much of it as there is room for, the most useful first."""
    known = {command.id: command for command in COMMANDS}
    words, kept = _FIRST, list[str]()
    if workspace.heard is not None:
        words = _FIRST | {"explain": why(workspace), "lead": "your slopes"}
    for id, word in words.items():
        entry = f"{_shown(known[id])} {word}"
        if word and len(", ".join([*kept, entry])) <= cells:
            kept.insert(0 if id == "lead" else len(kept), entry)
    return ", ".join(kept)


def _fitting(words: Mapping[str, str], cells: int) -> Iterator[tuple[str, Ink]]:
    """The entries that have room, in the order of the table; where not all have, the most useful ones."""
    known = {command.id: command for command in COMMANDS}
    arrows = words.get("right", "") if words.get("right") == words.get("up") else ""
    if arrows:
        words = {id: word for id, word in words.items() if id != "up"}
    names = {id: _shown(known[id]) for id in words} | ({"right": "arrows"} if arrows else {})
    entries = {id: row((f"{names[id]} ", BOLD), (f"{word}  ", DIM)) for id, word in words.items() if word}
    room, kept = cells + 1, set[str]()
    for id, entry in entries.items():
        if width_of(entry) < room:
            room -= width_of(entry)
            kept.add(id)
    return (span for id in known if id in kept for span in entries[id])


_SCREENS = next(command for command in COMMANDS if command.id == Screen.FIT)


def _shown(command: Command) -> str:
    """The keys as the footer names them: those of the screens in one."""
    return f"{command.shown}-{len(Screen)}" if command is _SCREENS else command.shown

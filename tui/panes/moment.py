"""What is read from the last row: the number of the moment in large digits, and what is said of it."""

from __future__ import annotations

import re
from itertools import zip_longest

from scenarios.context import actions
from scenarios.context.captions import caption, chosen, phase, sentences, spelt_out
from scenarios.context.moment import moment, standing
from scenarios.lesson import lesson
from scenarios.screens.story import PHASES
from scenarios.workspace.workspace import Workspace
from tui.commands import NAMES, read
from tui.plots.digits import large
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, CIRCLE, CROSS, DIM, TEXT, Ink, Row, fit, row, spread, width_of, wrap
from tui.terminal import Terminal

_MARGIN = 1
_EQUATION = re.compile(r"(?<=\b\w) = (?=[+-]?\d)")  # m = 0.5 stays in one line
_AIRY = 7  # rows from which on the lines of a sentence stand apart


def draw(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """What the number is, in a line with where the steps stand and the sign of their phase, and the number, as `height`
    rows of `cells`.
    """
    what, value, side = moment(workspace)
    ink = CROSS if side > 0.0 else CIRCLE if side < 0.0 else BOLD
    told = row(" " * _MARGIN, (said(what, terminal.unicode), BOLD))
    rows = [spread(told, _standing(workspace, cells - width_of(told)), cells)]
    digits = large(value, cells - 2 * _MARGIN, height - 1, terminal.unicode)
    rows += [row(" " * _MARGIN, (line, ink)) for line in digits or [value]]
    return [fit(line, cells) for line in [*rows, *[row("")] * height][:height]]


def _standing(workspace: Workspace, room: int) -> Row:
    """The step, the errors and the sign of the phase, as many of them as have room, the last ones first."""
    mark = row((PHASES[workspace.session.phase].split()[0] if phase(workspace) else "", ACCENT), " " * _MARGIN)
    words = standing(workspace).split("  ")
    told = (row((f"{'  '.join(words[from_:])}  ", DIM), *mark) for from_ in range(len(words)))
    return next((each for each in told if width_of(each) + 2 <= room), mark)


def draw_sentence(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """The caption, of its sentences those that have room, all of a lecture's own words and of a question, as `height`
    rows of `cells`.
    """
    options = _options(workspace, cells, terminal)
    text = read(caption(workspace))
    ways = [_lines(each, cells, terminal) for each in ([sentences(text)] if spelt_out(workspace) else chosen(text))]
    if len(_joined(ways[0])) + 1 + len(options) > height:
        options = _paired(options, cells)
    room = height - len(options)
    lines = next((each for each in ways if len(_joined(each)) <= room), ways[-1])
    rows = next((each for each in _spaced(lines, height) if len(each) < room), _joined(lines))
    lost, rows = rows[room:], rows[:room]
    if lost and rows:
        rows[-1] = fit(row(*rows[-1], " …"), min(width_of(rows[-1]) + 2, cells))
    rows += [row("")] * (bool(options) and len(rows) < room)
    return [fit(line, cells) for line in [*rows, *options, *[row("")] * height][:height]]


def _spaced(texts: list[list[Row]], height: int) -> list[list[Row]]:
    """The lines of the texts with air between them, from most to least; in few rows there is no air to be given."""
    blank = [row("")]
    loose = [_joined([[line] for line in text], blank) for text in texts]
    return [*([_joined(loose, 2 * blank)] if height >= _AIRY else []), _joined(texts, blank)]


def _joined(parts: list[list[Row]], between: list[Row] | None = None) -> list[Row]:
    return [line for part in parts for line in (*(between or []), *part)][len(between or []) :]


def _lines(texts: list[str], cells: int, terminal: Terminal) -> list[list[Row]]:
    """The lines of the sentences, the first bold, the others after it in one piece."""
    parts = [(" ".join(part), ink) for part, ink in ((texts[:1], BOLD), (texts[1:], TEXT)) if part]
    return [_wrapped(text, ink, cells, terminal) for text, ink in parts]


def _wrapped(text: str, ink: Ink, cells: int, terminal: Terminal) -> list[Row]:
    text = _EQUATION.sub("\xa0=\xa0", said(text, terminal.unicode))  # wrap breaks at blanks alone
    lines = [line.replace("\xa0", " ") for line in wrap(text, cells - 2 * _MARGIN)]
    return [row(" " * _MARGIN, (line, ink)) for line in lines]


def _options(workspace: Workspace, cells: int, terminal: Terminal) -> list[Row]:
    """The answers of a question, each in a line; the chosen one marked, afterwards the right one too."""
    rows: list[Row] = []
    for id, option in zip(actions.ANSWERS, lesson.options(workspace), strict=False):
        ink = ACCENT if option.chosen or option.right else TEXT
        verdict = " (right)" if option.right else ""
        text = said(f"{'▸' if option.chosen else ' '} {NAMES[id]} {option.text}{verdict}", terminal.unicode)
        rows.append(row(" " * _MARGIN, (text, ink)))
    return rows


def _paired(options: list[Row], cells: int) -> list[Row]:
    """Two answers to a line, where each has room for it."""
    half = cells // 2
    if any(width_of(option) > half for option in options):
        return options
    return [row(*fit(one, half), *(other or ())) for one, other in zip_longest(options[::2], options[1::2])]

"""The lines round the panes: header, caption, footer."""

from __future__ import annotations

from scenarios.narrate import PHASES, caption
from scenarios.numbers import given
from scenarios.workspace import Workspace
from tui.commands import COMMANDS
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, row, spread, width, wrap
from tui.terminal import Terminal


def header(workspace: Workspace, cells: int, terminal: Terminal, playing: bool) -> list[Row]:
    """What is on the screen, and where in its story."""
    now = workspace.session.frame
    problem = now.problem
    left = row(
        (" riserun  ", ACCENT),
        (f"{workspace.scenario.name}  ", BOLD),
        f"{problem.model}  {problem.loss}, {problem.reduction}  rate {given(problem.rate)}",
    )
    predictions = workspace.predictions
    score = f"predicted {predictions.right} of {predictions.asked}  " if predictions.on else ""
    place = f"step {now.step}  {said(PHASES[now.phase], terminal.unicode)} "
    return [spread(left, row((score, DIM), ("> " if playing else "", ACCENT), (place, BOLD)), cells)]


def caption_rows(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """The caption in `height` rows, the sign of its phase before it."""
    mark = said(PHASES[workspace.session.phase].split()[0], terminal.unicode)
    indent = len(mark) + 2
    lines = wrap(said(caption(workspace), terminal.unicode), cells - indent - 1)[:height]
    rows = [row((f" {mark} " if index == 0 else " " * indent, ACCENT), line) for index, line in enumerate(lines)]
    return rows + [row("")] * (height - len(rows))


def footer(workspace: Workspace, cells: int, message: str) -> list[Row]:
    """A message, the first-run line, or the keys that are of use here."""
    if message:
        return [row((f" {message}", ACCENT))]
    if workspace.session.last_step == 0 and not workspace.session.undone:
        keys = row((" press space", ACCENT), " for the next phase; bksp goes back, ? explains, q quits")
        return [keys]
    line: Row = ((" ", TEXT),)
    for command in COMMANDS:
        entry = row((f"{command.shown} ", BOLD), (f"{command.label}  ", DIM))
        if command.label and width(line) + width(entry) <= cells + 1:
            line += entry
    return [line]

"""The lines round the panes: header, caption, footer."""

from __future__ import annotations

from scenarios import deriving, surveying, tracing
from scenarios.narrate import PHASES, caption
from scenarios.numbers import given
from scenarios.view import Screen
from scenarios.workspace import Workspace
from tui.commands import COMMANDS
from tui.plots.glyphs import said
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, row, spread, width, wrap
from tui.terminal import Terminal

_STEPPED = (Screen.FIT, Screen.LANDSCAPE)


def header(workspace: Workspace, cells: int, terminal: Terminal, playing: bool) -> list[Row]:
    """What is on the screen, and where in its story."""
    now = workspace.session.frame
    problem = now.problem
    left = row(
        (" riserun  ", ACCENT),
        (f"{workspace.scenario.name}  ", BOLD),
        f"{problem.model}  {problem.loss}, {problem.reduction}  rate {given(problem.rate)}",
    )
    if workspace.view.screen is Screen.DERIVE:
        derive = workspace.view.derive
        left = row((" riserun  ", ACCENT), ("derive  ", BOLD), said(deriving.heading(workspace), terminal.unicode))
        return [spread(left, row((f"{deriving.at(workspace)}   eps = {derive.epsilon:g} ", BOLD)), cells)]
    if workspace.view.screen is Screen.TRACE:
        name = "" if workspace.view.trace_formula else f"{workspace.scenario.name}, "
        about = said(f"{name}{tracing.subject(workspace)}", terminal.unicode)
        left = row((" riserun  ", ACCENT), ("trace  ", BOLD), about)
        return [spread(left, row((f"{tracing.progress(workspace)} ", BOLD)), cells)]
    if workspace.view.screen is Screen.LANDSCAPE:
        left = row((" riserun  ", ACCENT), (f"{workspace.scenario.name}  ", BOLD), surveying.heading(workspace))
    predictions = workspace.predictions
    score = f"predicted {predictions.right} of {predictions.asked}  " if predictions.on else ""
    place = f"step {now.step}  {PHASES[now.phase]} "
    return [spread(left, row((score, DIM), ("> " if playing else "", ACCENT), (place, BOLD)), cells)]


def caption_rows(workspace: Workspace, cells: int, height: int, terminal: Terminal) -> list[Row]:
    """The caption in `height` rows, the sign of its phase before it."""
    mark = PHASES[workspace.session.phase].split()[0] if workspace.view.screen in _STEPPED else ""
    lead = f" {mark} " if mark else " "
    lines = wrap(said(caption(workspace), terminal.unicode), cells - len(lead) - 1)[:height]
    rows = [row((lead if index == 0 else " " * len(lead), ACCENT), line) for index, line in enumerate(lines)]
    return rows + [row("")] * (height - len(rows))


def footer(workspace: Workspace, cells: int, message: str) -> list[Row]:
    """A message, the first-run line, or the keys that are of use here."""
    if message:
        return [row((f" {message}", ACCENT))]
    on_fit = workspace.view.screen is Screen.FIT
    if on_fit and workspace.session.last_step == 0 and not workspace.session.undone:
        keys = row((" press space", ACCENT), " for the next phase; bksp goes back, ? explains, q quits")
        return [keys]
    line: Row = ((" ", TEXT),)
    for command in COMMANDS:
        label = command.label.get(workspace.view.screen, "")
        entry = row((f"{command.shown} ", BOLD), (f"{label}  ", DIM))
        if label and width(line) + width(entry) <= cells + 1:
            line += entry
    return [line]

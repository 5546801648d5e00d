"""The parameters pane: a row for each parameter and one for each setting of the optimizer."""

from __future__ import annotations

import math

from engine.session.session import Phase
from engine.training import settings
from engine.training.models import Group
from engine.training.settings import SETTINGS
from scenarios.numbers import given, limit, signed
from scenarios.screens.fit.led import wrong
from scenarios.screens.fit.stuck import hardly
from scenarios.workspace.axes import Parameter, Setting
from scenarios.workspace.view import Pane
from scenarios.workspace.workspace import Workspace
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Ink, Row, frame, row
from tui.terminal import Terminal


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells; rows scroll to keep the selected one in sight."""
    problem, view = workspace.session.frame.problem, workspace.view
    kind, names = problem.kind, problem.optimizer.settings
    name_width = max(4, *map(len, kind.parameters))
    bar = width - 2 - (3 + name_width + 1) - 9 - 11
    shown = kind.folded(view.parameter)
    rows = [_parameter(workspace, each, name_width, bar) if isinstance(each, int) else group(each) for each in shown]
    rows += [_setting(workspace, SETTINGS[name], name_width, bar) for name in names]
    room = height - 2 if height > 2 else 1
    below = isinstance(view.row, Setting) and len(shown) + names.index(view.row.name)
    selected = shown.index(view.row.index) if isinstance(view.row, Parameter) else int(below)
    top = max(0, min(selected - room + 1, len(rows) - room))
    return frame(_title(workspace, name_width, bar), rows[top:], width, height, view.focus is Pane.PARAMETERS)


def group(folded: Group) -> Row:
    """Many parameters in a row: the name they have in common, and how many they are."""
    return row("   ", (f"{folded.name}  ", TEXT), (f"{folded.count} parameter{'s' * (folded.count > 1)}", DIM))


def _title(workspace: Workspace, name_width: int, bar: int) -> Row:
    ranges = {(editor.low, editor.high) for editor in workspace.scenario.editors}
    limits = f"{limit(min(ranges)[0])}..{limit(min(ranges)[1])}" if len(ranges) == 1 else "in its range"
    phase = workspace.session.phase
    slope = "slope" if workspace.session.state.given is None else "its slope"  # whose they are, the header says
    last = {Phase.LOSS: "", Phase.DIRECTION: slope, Phase.UPDATE: "before"}[phase]
    # The heading begins two cells into the pane; each word stands over its column.
    start = "parameters".ljust(3 + name_width + 1 + 9 - 2)
    return row(f"{start}{limits.center(max(bar, 0))[: max(bar, 0)]} {last:>8}".rstrip())


def _parameter(workspace: Workspace, index: int, name_width: int, bar: int) -> Row:
    now, editor = workspace.session.frame, workspace.scenario.editors[index]
    name, value, old = now.problem.names[index], now.parameters[index], now.state.parameters[index]
    selected, held = workspace.view.row == Parameter(index), name in now.problem.held
    place = (value - editor.low) / (editor.high - editor.low)
    moved = now.phase is Phase.UPDATE and value != old
    old_place = (old - editor.low) / (editor.high - editor.low) if moved else None
    return row(
        (" ▸ " if selected else "   ", ACCENT),
        (name.ljust(name_width + 1), ACCENT if selected else Ink()),
        (f"{signed(value):>8} ", BOLD if moved else Ink()),
        *_bar(place, bar, old_place),
        *_slope(workspace, index, moved, held),
    )


def _slope(workspace: Workspace, index: int, moved: bool, held: bool) -> Row:
    """After (2), the slope, a given one where such lead, and which way the parameter will move, if that will be seen;
    in (3), what it was before.
    """
    now = workspace.session.frame
    mark = ("h", DIM) if held else (" ", DIM)
    if now.phase is Phase.LOSS:
        return row(" " * 10, mark)
    if now.phase is Phase.UPDATE:
        return row((f" {signed(now.state.parameters[index]):>8} ", DIM), mark)
    if now.state.waits:
        return row((f" {'...':>8} ", DIM), mark)
    given = now.state.given is not None
    slope = now.state.step_slopes[index] if given else now.state.slopes[index]
    ink = ACCENT if given and now.problem.names[index] in wrong(workspace) else TEXT
    if (way := now.state.way(index)) and not hardly(now.state, index):
        mark = ("↓" if way < 0 else "↑", ACCENT)
    return row((f" {signed(slope):>8} ", ink), mark)


def _setting(workspace: Workspace, setting: settings.Setting, name_width: int, bar: int) -> Row:
    value, selected = (
        workspace.session.frame.problem.settings[setting.name],
        workspace.view.row == Setting(setting.name),
    )
    # What goes by the series 1, 2, 5 has a logarithmic bar.
    low, high, place = (math.log10(each) if setting.nudge is None else each for each in (*setting.range, value))
    return row(
        (" ▸ " if selected else "   ", ACCENT),
        (setting.name.ljust(name_width + 1), ACCENT if selected else Ink()),
        f" {given(value):<7} ",
        *_bar((place - low) / (high - low), bar, None),
    )


def _bar(place: float, cells: int, old_place: float | None) -> Row:
    """The value's place in its range; an arrow at the end where it lies outside."""
    if cells < 3:
        return row(" " * max(cells, 0))
    track = ["─"] * cells
    if old_place is not None and 0.0 <= old_place <= 1.0:
        track[round(old_place * (cells - 1))] = "○"
    if 0.0 <= place <= 1.0:
        at, sign = round(place * (cells - 1)), "●"
    else:
        at, sign = (0, "←") if place < 0.0 else (cells - 1, "→")
    return row(("".join(track[:at]), DIM), (sign, ACCENT), ("".join(track[at + 1 :]), DIM))

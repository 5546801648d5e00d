"""The ledger: a row for each point, with its loss and its part of a slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from engine.replay.program import Array
from engine.session.session import Phase
from scenarios.numbers import aligned, signed
from scenarios.workspace.workspace import Workspace
from tui.plots.bars import bar, scale_of
from tui.plots.cells import Limits
from tui.plots.colours.themes import FIELD
from tui.plots.rows import ACCENT, BOLD, DIM, Ink, Row, point_sign, row
from tui.terminal import Terminal

_NARROWEST = len(signed(-0.5)) + 2  # of a column of numbers, in cells
_BARS = (3, 20)  # of a bar, the fewest and the most


class _Widths(NamedTuple):
    """The cells of the columns: the point, y, a number, and the bars beside the loss and beside the part."""

    point: int
    y: int
    value: int
    loss: int
    part: int


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """A column of numbers, one for each point, and of bars beside them, which have 0 cells where there are none."""

    name: str
    values: Array
    total: float | None
    cells: int = 0
    scale: Limits = (0.0, 0.0)

    @property
    def gap(self) -> int:
        """The cells beside a number."""
        return self.cells + 1 if self.cells else 0


def ledger(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """One row a point with y, m, loss and its part of the selected slope, and the sums, which are shown elsewhere.

    In (3) they are those before the update. Where not all points fit, those around the selected one are shown. Where
    there is room loss and part are bars too, on a scale of all points: it stands still while a step is looked at.
    """
    state, selected = workspace.session.state, workspace.view.point
    data, wrong = state.problem.data, state.evaluation.wrong
    widths = _widths(len(data), workspace.session.phase is not Phase.LOSS, width)
    columns = _columns(workspace, widths)
    room = max(height - 2, 0)
    top = min(max((selected or 0) - room // 2, 0), max(len(data) - room, 0))
    shown = range(top, min(top + room, len(data)))
    written = [aligned(each.values[top : shown.stop].tolist()) for each in columns]
    rows = [_head(workspace, columns, widths)]
    for point, *texts in zip(shown, *written, strict=True):
        line = row(
            ("▸" if point == selected else " ", ACCENT),
            ("(" if wrong[point] else " ", BOLD),
            point_sign(data.y[point]),
            (")" if wrong[point] else " ", BOLD),
            f"{point + 1:>{widths.point - 4}}{f'{data.y[point]:+.0f}' if widths.y else '':>{widths.y}}",
        )
        ink = Ink(f"field{FIELD if data.y[point] > 0.0 else -FIELD:+d}")  # a bar in a sign's ink would outshine it
        for each, text in zip(columns, texts, strict=True):
            drawn = bar(float(each.values[point]), each.scale, each.cells, ink, terminal)
            line += row(f"{text:>{widths.value}}{' ' if each.cells else ''}", *drawn)
        rows.append(line)
    more = f" {len(data):,} points" if len(data) > room else ""
    before = widths.point + widths.y + widths.value - 4
    sums = "".join(f"{signed(each.total):>{widths.value}}{'':{each.gap}}" for each in columns if each.total is not None)
    return [*rows, row((f"{more:<{before}} sum{sums}", BOLD))]


def _columns(workspace: Workspace, widths: _Widths) -> list[_Column]:
    state, index = workspace.session.state, workspace.view.parameter
    found = state.evaluation
    losses, cells = found.point_losses, widths.loss
    columns = [
        _Column("m", found.m, None),
        _Column("loss", losses, state.loss, cells, scale_of(losses) if cells else (0.0, 0.0)),
    ]
    if workspace.session.phase is not Phase.LOSS:
        parts, cells = found.contribution(index), widths.part
        name = f"dL/d{state.problem.names[index]}"
        columns.append(_Column(name, parts, state.slopes[index], cells, scale_of(parts) if cells else (0.0, 0.0)))
    return columns


def _head(workspace: Workspace, columns: list[_Column], widths: _Widths) -> Row:
    what = "before" if workspace.session.phase is Phase.UPDATE else "point"
    head = f"{what:>{widths.point}}{'y' if widths.y else '':>{widths.y}}"
    return row((head + "".join(f"{each.name:>{widths.value}}{'':{each.gap}}" for each in columns), DIM))


def _widths(points: int, parts: bool, width: int) -> _Widths:
    """Numbers first: y, which the sign says too, gives way where they would be cut, and for bars, which stand in the
    same cells before the parts are shown.
    """
    point, (fewest, most) = 5 + max(len(str(points)), 2), _BARS
    free = width - point - 3 * _NARROWEST
    if free >= 2 * fewest + 3:
        y, value = (3, _NARROWEST + 2) if free >= 2 * fewest + 16 else (0, _NARROWEST)
        free -= y + 3 * (value - _NARROWEST)
        loss = min((free - 3) // 2, most)  # a blank before each, and one at the end
        return _Widths(point, y, value, loss, min(free - 3 - loss, most))
    values = 3 if parts else 2
    y = 3 if width >= point + 3 + values * _NARROWEST else 0
    return _Widths(point, y, min((width - point - y) // values, _NARROWEST + 2), 0, 0)

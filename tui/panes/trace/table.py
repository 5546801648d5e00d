"""The trace pane: a program operation by operation, values going forward, derivatives coming back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.autodiff.primitives import PRIMITIVES
from engine.derivative.trace import Role, Trace, TraceRow
from engine.training.models import Group
from scenarios.numbers import signed
from scenarios.screens import hearing
from scenarios.screens.trace.program import Place, or_none, output, place, short, title, traced
from scenarios.text import shortened
from scenarios.workspace.verdicts import NOT_REACHED, Verdict
from scenarios.workspace.workspace import Workspace
from tui.commands import read
from tui.panes.parameters import group
from tui.panes.trace.boxes import boxes, whole
from tui.plots.glyphs import said
from tui.plots.graph.wires import wires
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, fit, frame, row, wrap
from tui.terminal import Terminal


class _Columns(NamedTuple):
    """The cells of the columns whose width depends on the room."""

    operation: int
    inputs: int
    local: int
    derivative: int


_TABLE = 78
_WIDE, _NARROW, _HEARD = _Columns(14, 12, 19, 12), _Columns(12, 12, 19, 9), _Columns(12, 10, 18, 9)
_BESIDE = _Columns(14, 11, 17, 11)  # a picture
_MARKS = 3  # what a student's package made of a row
_TEXT_LINES = 3


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells: the table, the chain rule in words, and beside them the program as
    boxes, where there is room for these, otherwise as wires, where there is room for those. For a projector the boxes
    alone, where all of them have room.
    """
    program = traced(workspace)
    here = place(workspace, program)
    inner = width - 2
    name = row(said(title(workspace), terminal.unicode))
    if workspace.view.large and whole(program, (inner, height - 2)):
        alone = boxes(program, here, output(workspace), (inner, height - 2), terminal)
        return frame(name, alone, width, height, True)
    # The marks have their column before they come, so that the picture stays in its place.
    table = 9 + 9 + sum(_BESIDE) + _MARKS * (workspace.heard is not None)
    picture = boxes(program, here, output(workspace), (inner - table - 1, height - 2), terminal)
    columns = _BESIDE if picture else _columns(inner, bool(hearing.rows(workspace, program)))
    cells = table if picture else inner
    rows = _shown(workspace, program, here)
    words = [line for text in here.words[1:] for line in wrap(said(read(text), terminal.unicode), cells - 2)]
    # They may take what the rows leave free; what is cut all the same is marked.
    under = max(_TEXT_LINES, min(len(words), height - 3 - len(rows)))
    words = words if len(words) <= under else [*words[: under - 1], f"{words[under - 1][: cells - 4]} …"]
    room = height - 3 - under
    top = _top(len(rows), room, rows.index(here.selected) if here.selected in rows else 0)
    shown = rows[top : top + room]
    graph = [] if picture else _graph(program, here, inner - _TABLE - 2)
    body = [_head(here, columns), *_rows(workspace, program, here, shown, columns)]
    if graph:
        drawn = [graph[index] if isinstance(index, int) else () for index in shown]
        body = [body[0], *((*fit(line, _TABLE), *wire) for line, wire in zip(body[1:], drawn, strict=True))]
    body += [row("")] * (room - len(shown))
    body += [row(f" {line}") for line in words]
    if picture:
        body += [row("")] * (height - 2 - len(body))
        body = [(*fit(line, cells + 1), *boxed) for line, boxed in zip(body, picture, strict=True)]
    more = f"rows {top + 1} to {top + len(shown)} of {len(rows)}" if len(shown) < len(rows) else ""
    return frame(name, body, width, height, True, row((more, DIM)) if more else ())


def _rows(
    workspace: Workspace, program: Trace, here: Place, shown: Sequence[int | Group], columns: _Columns
) -> Iterator[Row]:
    heard, fault = hearing.rows(workspace, program), hearing.fault(workspace, program)
    for index in shown:
        if isinstance(index, int):
            yield row(*_line(program.rows[index], index, here, columns), *_heard(heard, fault, index, here))
        else:
            yield group(index)


def _columns(inner: int, heard: bool) -> _Columns:
    if inner >= _TABLE - _MARKS * (not heard):
        return _WIDE
    return _HEARD if heard else _NARROW


def _shown(workspace: Workspace, program: Trace, here: Place) -> tuple[int | Group, ...]:
    """The rows of the program; of a model with many parameters, theirs are folded by group."""
    if workspace.view.trace_formula:
        return tuple(range(len(program.rows)))
    kind = workspace.session.state.problem.kind
    return (*kind.folded(here.selected), *range(len(kind.parameters), len(program.rows)))


def _head(here: Place, columns: _Columns) -> Row:
    left = f"{'':<9}{'operation':<{columns.operation}}{'inputs':<{columns.inputs}}{'value':>9}"
    left += f"{'local slope':>{columns.local}}"
    derivative = here.derivative if len(here.derivative) <= columns.derivative else "d/d(row)"
    return row((f"{left}{derivative:>{columns.derivative}}", DIM))


def _line(entry: TraceRow, index: int, here: Place, columns: _Columns) -> Row:
    """One row of the table; what has not been reached is left empty."""
    selected = index == here.selected
    ink = TEXT if entry.role is not Role.DATA else DIM
    alias = f"  = {entry.alias}" if entry.alias else ""
    label = PRIMITIVES[entry.operation].label if entry.role is Role.OPERATION else entry.operation
    operation = f"{label}{alias}"
    value = signed(entry.value) if index < here.forward else ""
    local = _local(entry) if index < here.forward else ""
    back = or_none(entry.derivative) if index in here.reached else ""
    return row(
        (" ▸ " if selected else "   ", ACCENT),
        (f"{shortened(entry.label, 5):<6}", ACCENT if selected else ink),
        (f"{shortened(operation, columns.operation - 1):<{columns.operation}}", ink),
        (f"{shortened(', '.join(entry.inputs), columns.inputs - 1):<{columns.inputs}}", ink),
        (f"{value:>9}", BOLD if index == here.forward - 1 and not here.reached else ink),
        (f"{local:>{columns.local}}", DIM),
        (f"{back:>{columns.derivative}}", BOLD if selected and here.reached else TEXT),
    )


def _heard(heard: tuple[Verdict, ...], fault: hearing.Fault | None, index: int, here: Place) -> Row:
    """What the student's own package made of the row: ok, NO for another value or derivative, !! where the operation is
    at fault, -- where it did not come.
    """
    at_fault = fault is not None and index == fault.row
    if at_fault and (index in here.reached or (fault and fault.forward and index < here.forward)):
        return row((" !!", ACCENT))
    if not heard or index not in here.reached:
        return ()
    if heard[index].text == NOT_REACHED:
        return row((" --", DIM))
    return row((" ok", DIM) if heard[index].right else (" NO", ACCENT))


def _local(entry: TraceRow) -> str:
    """The local slopes; where an input takes no derivative, the other one is named."""
    slopes = [(name, slope) for name, slope in zip(entry.inputs, entry.local, strict=True) if slope is not None]
    if len(slopes) == len(entry.inputs):
        return ", ".join(short(slope) for _, slope in slopes)
    return ", ".join(f"/{shortened(name, 5)} {short(slope)}" for name, slope in slopes)


def _top(total: int, room: int, selected: int) -> int:
    """The first row in sight: the selected one in the middle where all do not fit."""
    return max(0, min(selected - room // 2, total - room))


def _graph(program: Trace, here: Place, room: int) -> list[Row]:
    """The graph beside the table, a wire for each value on its way to where it is used; [] where there is no room."""
    drawn = wires(program) if room > 0 else []
    if not drawn or max(map(len, drawn)) > room:
        return []
    return [row(("  " + text, ACCENT if index == here.selected else DIM)) for index, text in enumerate(drawn)]

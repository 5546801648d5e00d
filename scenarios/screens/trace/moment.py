"""The number of the moment on the trace screen: what the walk has come to."""

from __future__ import annotations

from scenarios.numbers import signed
from scenarios.screens.story import Moment
from scenarios.screens.trace.program import or_none, output, place, traced
from scenarios.workspace.workspace import Workspace


def moment(workspace: Workspace) -> Moment:
    """The value of the row the chain rule is written for, on the way back its derivative; none of one not reached."""
    program, of = traced(workspace), output(workspace)
    if not program.rows:
        return Moment(of, "none")
    here = place(workspace, program)
    row = program.rows[here.selected]
    if here.selected in here.reached:
        return Moment(f"d{of}/d{row.name}", or_none(row.derivative))
    return Moment(f"value of {row.name}", signed(row.value) if here.selected < here.forward else "")

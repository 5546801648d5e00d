"""What is said of a student's own package: how far off its numbers are, and which operation made them so."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.autodiff.primitives import PRIMITIVES
from engine.derivative.trace import Role, Trace, TraceRow
from engine.session.session import Phase
from scenarios.numbers import signed
from scenarios.text import key
from scenarios.workspace.moves import Heard
from scenarios.workspace.verdicts import NOT_REACHED, Verdict
from scenarios.workspace.workspace import Workspace


def answered(workspace: Workspace) -> Heard | None:
    """What the package said of the present step; None where there is none, or it has not said it yet."""
    heard = workspace.heard
    return heard if heard is not None and heard.slopes is not None and heard.of(workspace.session.state) else None


@dataclass(frozen=True, slots=True)
class Fault:
    """What first goes wrong in a trace: the row at fault, None where each is right by itself; what is said of it in a
    line, and at full length; `forward`: it is the row's own value.
    """

    row: int | None
    text: str
    whole: str
    forward: bool = False


def rows(workspace: Workspace, program: Trace) -> tuple[Verdict, ...]:
    """The package's verdict on each row of the traced program; () where it has not said any."""
    heard, view = answered(workspace), workspace.view
    if heard is None or view.trace_formula or heard.point != (view.point or 0):
        return ()
    return heard.trace if len(heard.trace) == len(program.rows) else ()


def fault(workspace: Workspace, program: Trace) -> Fault | None:
    """The first operation at fault: the first that has another value, otherwise the first, on the way back, from which
    another derivative comes.
    """
    found = rows(workspace, program)
    value = next((index for index, each in enumerate(found) if each.apart and each.apart[0] and _told(each)), None)
    if value is not None:
        return _in_value(program, value, found[value])
    for index in program.backward:
        if found and found[index].apart[-1:] > (0.0,):
            return _in_derivative(workspace, program, index, found[index])
    return None


def _waiting(workspace: Workspace) -> str | None:
    """What is said below a trace while the package is asked about it; None where it is not."""
    heard = workspace.heard
    if heard is None or workspace.view.trace_formula or (heard.state is None and heard.slopes is not None):
        return None
    here = answered(workspace) is not None and heard.point == (workspace.view.point or 0) and heard.trace
    return None if here else f"Asking {heard.name}…"


def spoken(workspace: Workspace, program: Trace) -> str | None:
    """What is said of the package below a trace; None where there is none."""
    if (waits := _waiting(workspace)) is not None:
        return waits
    heard, found = answered(workspace), rows(workspace, program)
    if heard is None or workspace.view.trace_formula:
        return None
    if not found or all(verdict.value is None for verdict in found):
        failed = found[-1].text if found else heard.slopes.text if heard.state is None and heard.slopes else ""
        return f"{heard.name} {failed}." if failed else None
    if (wrong := fault(workspace, program)) is not None:
        return f"!! {heard.name}{':' if wrong.row is None else ','} {wrong.text}"
    if heard.slopes is not None and any(heard.slopes.apart) and len(workspace.session.state.problem.data) > 1:
        return (
            f"{heard.name}: every row of this point is right. What is wrong shows where several points are added up: "
            "riserun grade looks for it."
        )
    return f"{heard.name}: every row is right."


def spoken_forward(workspace: Workspace, program: Trace, computed: int) -> str | None:
    """The same on the way forward, where so many rows have their value: of an operation at fault that is among them."""
    if (waits := _waiting(workspace)) is not None:
        return waits
    heard, wrong = answered(workspace), fault(workspace, program)
    if heard is None or wrong is None or not wrong.forward or (wrong.row or 0) >= computed:
        return None
    return f"!! {heard.name}, {wrong.text}"


def of_trace(workspace: Workspace, program: Trace) -> list[str]:
    """What `?` adds on the trace screen: how to read the marks, and what went wrong at full length."""
    heard, found = answered(workspace), rows(workspace, program)
    if heard is None or not found:
        return []
    texts = [
        f"The last column is {heard.name}'s: ok where its value and its derivative are right, NO where one is not, !! "
        "at the operation that is at fault, -- where it did not come. A wrong derivative of a row comes from the "
        "operation that uses the row."
    ]
    if (wrong := fault(workspace, program)) is not None:
        texts.append(f"{heard.name}, {wrong.whole}")
    return texts


def of_slopes(workspace: Workspace) -> list[str]:
    """What `?` adds to the slope pane; before (2) no number is told, only a failure."""
    heard, state, index = answered(workspace), workspace.session.state, workspace.view.parameter
    if heard is None or heard.slopes is None:
        return []
    name, theirs, verdict = state.problem.names[index], heard.slopes.derivatives, heard.slopes
    if theirs is None:
        return [f"{heard.name}, your own package, {verdict.whole}."]
    if workspace.session.phase is Phase.LOSS:
        return []
    given = f"  {heard.name}: dL/d{name} = {signed(theirs[index], 6)}"
    if verdict.right:
        purpose = f" ({heard.purpose}; what follows from it is right)" if heard.purpose else ""
        return [f"Your own package has the right slopes{purpose}:", given]
    if not verdict.apart[index]:
        return ["Your own package has the same slope here, but not everything is right:", given, f"  {verdict.whole}"]
    return [
        f"Your own package has another slope, off by {verdict.apart[index]:.1e}; {key('trace')} shows which operation "
        "is at fault:",
        given,
    ]


def why(workspace: Workspace) -> str:
    """What `?` tells on the fit screen, for its footer."""
    heard = answered(workspace)
    wrong = heard is not None and heard.slopes is not None and not heard.slopes.right
    return "what is wrong" if wrong and of_slopes(workspace) else "why"


def _told(verdict: Verdict) -> bool:
    """Not only because an operation before it raised."""
    return verdict.text != NOT_REACHED


def _in_value(program: Trace, index: int, verdict: Verdict) -> Fault:
    entry = program.rows[index]
    if verdict.value is None:
        who = called(entry)
        return Fault(index, f"{who} {verdict.text}.", f"{who} {verdict.whole}.", forward=True)
    text = f"{called(entry)}: its value is {signed(verdict.value)}, the right one {signed(entry.value)}."
    return Fault(index, text, text, forward=True)


def _in_derivative(workspace: Workspace, program: Trace, index: int, verdict: Verdict) -> Fault:
    """The derivative of a row is wrong, those of the operations that use it are right: it is one of these, unless each
    is right by itself.
    """
    entry, heard = program.rows[index], workspace.heard
    users = list(dict.fromkeys(use.user for use in entry.uses)) or [index]
    who = " or ".join(called(program.rows[user]) for user in users)
    what = f"dL{(workspace.view.point or 0) + 1}/d{entry.name}"
    right, theirs = signed(entry.derivative), None if verdict.derivatives is None else verdict.derivatives[0]
    if theirs is not None and _one_use(program, entry, theirs):
        told = f"{what} = {signed(theirs)} is of one of its {len(entry.uses)} uses alone; all add up to {right}."
        return Fault(index, told, told)
    if heard is not None and heard.shared:
        return Fault(None, f"{heard.shared}.", f"for {what}: {verdict.whole}; {heard.shared}.")
    if theirs is None:
        return Fault(users[0], f"{who}, for {what}: {verdict.text}.", f"{who}, for {what}: {verdict.whole}.")
    told = f"{who} gives {what} = {signed(theirs)}; the right one is {right}."
    return Fault(users[0], told, told)


def _one_use(program: Trace, entry: TraceRow, theirs: float) -> bool:
    """Whether it is what one of several uses contributes: they were not added up."""
    shares = [program.rows[use.user].derivative * use.slope for use in entry.uses]
    return len(shares) > 1 and any(math.isclose(theirs, share, rel_tol=1e-5) for share in shares)


def called(entry: TraceRow) -> str:
    """A row as it is spoken of: `v6 (log sigmoid)`, `b`."""
    if entry.role is not Role.OPERATION:
        return entry.label
    return f"{entry.label} ({PRIMITIVES[entry.operation].label})"

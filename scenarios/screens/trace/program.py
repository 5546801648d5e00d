"""Where a person is in a trace, and what is said there: forward through the values, back through the derivatives."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.autodiff.primitive import UNDEFINED
from engine.derivative.study import study
from engine.derivative.trace import Role, Trace, trace_expression, trace_point
from engine.session.session import Phase
from engine.symbolic.lack import Lack
from engine.training.models import MOST_NAMED
from scenarios.numbers import signed
from scenarios.screens.derive.broken import no_number
from scenarios.screens.derive.function import at as at_point
from scenarios.screens.derive.function import written
from scenarios.screens.hearing import of_trace, spoken, spoken_forward
from scenarios.screens.story import Heading
from scenarios.text import first_that_fits, key, sign
from scenarios.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a trace.

    `forward`: how many rows have their value; `reached`: the rows whose derivative is known; `selected`: the row the
    chain rule is written for; `derivative`: the heading over the derivatives; `words`: what is said about it.
    """

    forward: int
    reached: frozenset[int]
    selected: int
    derivative: str
    words: tuple[str, ...]


_FEW = 4  # derivatives of many that are named


def traced(workspace: Workspace) -> Trace:
    """The program on the trace screen: the loss of the selected point (the first where none is), or the function of the
    derive screen; a program without rows where that is not defined.
    """
    state, derive = workspace.session.state, workspace.view.derive
    if not workspace.view.trace_formula:
        return trace_point(state.problem, state.parameters, workspace.view.point or 0)
    f = study(derive.formula)
    try:
        return trace_expression(f.expression, tuple(zip(f.names, derive.values, strict=True)))
    except UNDEFINED:
        return Trace(())


def output(workspace: Workspace) -> str:
    """What the program computes, by its short name: `L2`, the loss of the second point, or `f`."""
    return "f" if workspace.view.trace_formula else f"L{(workspace.view.point or 0) + 1}"


def length(program: Trace) -> int:
    """How many places there are after the first: one for each operation forward, one for each derivative back."""
    return program.operations + len(program.backward)


def subject(workspace: Workspace) -> str:
    """What is traced, in a line."""
    if workspace.view.trace_formula:
        return f"{written(workspace)} at {at_point(workspace)}"
    state, index = workspace.session.state, workspace.view.point or 0
    data = state.problem.data
    where = f"({data.x1[index]:.4f}, {data.x2[index]:.4f})"
    return f"point {index + 1} of {len(data)}: {sign(data.y[index])}  {where}  y {data.y[index]:+.0f}"


def title(workspace: Workspace) -> str:
    """What the program computes, as a formula."""
    if workspace.view.trace_formula:
        return f"the program of {written(workspace)}"
    when = ", before the update" if workspace.session.phase is Phase.UPDATE else ""
    return f"the program of {output(workspace)} = {workspace.session.state.problem.point_loss.formula}{when}"


def heading(workspace: Workspace) -> Heading:
    """What is traced, and how far."""
    name = "" if workspace.view.trace_formula else f"{workspace.scenario.name}  "
    return Heading("trace", f"{name}{subject(workspace)}", progress(workspace))


def progress(workspace: Workspace) -> str:
    """How far the walk has come: `forward 3 of 7`, `back 2 of 10`."""
    program, at = traced(workspace), workspace.view.trace_at
    if at <= program.operations:
        return f"forward {at} of {program.operations}"
    return f"back {at - program.operations} of {len(program.backward)}"


def caption(workspace: Workspace) -> str:
    """What is said of the present place: the chain rule with its numbers, once the walk is on its way back."""
    return place(workspace, traced(workspace)).words[0]


def place(workspace: Workspace, program: Trace) -> Place:
    """The place the view names, in `program`."""
    at = min(workspace.view.trace_at, length(program))
    back = max(at - program.operations, 0)
    reached = program.backward[:back]
    forward = program.leaves + min(at, program.operations)
    selected = reached[-1] if reached else max(forward - 1, 0) if at else 0
    loss = output(workspace)
    if workspace.view.trace_row is not None:
        selected = min(workspace.view.trace_row, max(len(program.rows) - 1, 0))
    return Place(
        forward, frozenset(reached), selected, f"d{loss}/d(row)", _words(workspace, program, reached, selected, loss)
    )


def _words(workspace: Workspace, program: Trace, reached: tuple[int, ...], selected: int, loss: str) -> tuple[str, ...]:
    if not program.rows:
        derive = workspace.view.derive
        start = no_number(study(derive.formula).lack(*derive.values) or Lack.UNDEFINED)
        where = f"at {at_point(workspace)}, so there is no program to follow."
        return (first_that_fits(f"{start} {where}", f"{start} here."),)
    if not reached:
        at = workspace.view.trace_at
        told = spoken_forward(workspace, program, program.leaves + min(at, program.operations)) if at else None
        return (_forward(program, at), told) if told else (_forward(program, at),)
    words = [_back(workspace, program, selected, reached)]
    if (heard := spoken(workspace, program)) is not None:
        words.append(heard)
    known = [program.rows[index] for index in reached if program.rows[index].role is Role.PARAMETER]
    if known:
        named = [f"d{loss}/d{row.label} = {or_none(row.derivative)}" for row in reversed(known)]
        more = [f"and {len(named) - _FEW} more"] if len(named) > MOST_NAMED else []
        words.append("   ".join([*named[:_FEW], *more] if more else named))
    if len(known) == len(program.derivatives) and not workspace.view.trace_formula:
        words.append(_sum(workspace))
    return tuple(words)


def _back(workspace: Workspace, program: Trace, selected: int, reached: tuple[int, ...]) -> str:
    """What is said of the chosen row on the way back."""
    if selected in reached:
        return chain_rule(workspace, program, selected)
    name = program.rows[selected].name
    if selected in program.backward:
        return f"{name} has not been reached yet."
    return f"{name} takes no derivative: only parameters and operations do."


def or_none(slope: float) -> str:
    """A slope with its sign; a word where there is none."""
    return signed(slope) if math.isfinite(slope) else "none"


def short(slope: float) -> str:
    """A local slope: `+1` and `-1`, which most are, without their decimals."""
    return f"{slope:+.0f}" if slope in (1.0, -1.0) else or_none(slope)


def _forward(program: Trace, at: int) -> str:
    if at == 0 and program.operations:
        return (
            f"The leaves have their values. Press {key('forward')} to carry out the program, one operation at a time."
        )
    if at < program.operations:
        return "Each operation remembers its inputs and how steep it is in each of them: its local slopes."
    output = program.rows[-1]
    done = "The program is done" if program.operations else "The program has no operation"
    back = f" Press {key('forward')} to come back through its derivatives." if program.backward else ""
    return f"{done}: its value is {signed(output.value)}.{back}"


def chain_rule(workspace: Workspace, program: Trace, index: int) -> str:
    """The chain rule at one row, with its numbers; each place a value is used in contributes."""
    entry, loss = program.rows[index], output(workspace)
    name = entry.name
    if not entry.uses:
        if entry is program.rows[-1]:
            return f"The output's derivative in itself is 1: d{loss}/d{name} = +1.0000."
        return f"{name} is not used by the program: d{loss}/d{name} = {signed(0.0)}."
    users = [program.rows[use.user] for use in entry.uses]
    rule = " + ".join(f"d{loss}/d{user.name} · d{user.name}/d{name}" for user in users)
    numbers = " + ".join(
        f"{signed(user.derivative)} · {signed(use.slope)}" for user, use in zip(users, entry.uses, strict=True)
    )
    if not math.isfinite(entry.derivative):
        return (
            f"d{loss}/d{name} has no number here: a slope on the way is not defined, or too small or large for a float."
        )
    start, total = f"chain rule at {name}:  d{loss}/d{name}", signed(entry.derivative)
    shorter = (
        [f"{start}: each of the {len(users)} uses of {name} contributes; they add up to {total}"] if users[1:] else []
    )
    return first_that_fits(
        f"{start} = {rule} = {numbers} = {total}", f"{start} = {numbers} = {total}", *shorter, f"{start} = {total}"
    )


def _sum(workspace: Workspace) -> str:
    state, index = workspace.session.state, workspace.view.parameter
    total, name = len(state.problem.data), state.problem.names[index]
    if total == 1:
        return f"This is the only point: its dL/d{name} is the slope on the fit screen, {signed(state.slopes[index])}."
    how = "add up to" if state.problem.reduction == "sum" else "have the mean"
    told = f"One of {total:,} points: the {total:,} dL/d{name} {how} {signed(state.slopes[index])}, the slope"
    return first_that_fits(f"{told} on the fit screen.", f"{told} on fit.")


def explanation(workspace: Workspace) -> list[str]:
    """What `?` says of the trace screen."""
    program, of_f = traced(workspace), workspace.view.trace_formula
    what, leaves = ("f", "its arguments") if of_f else ("the loss of one point", "the parameters, and the point's data")
    loss = output(workspace)
    texts = [
        f"This is the program that computes {what}, an operation a row. Above the operations stand their leaves: "
        f"{leaves}. Going forward, each operation computes its value from its inputs and notes its local slopes: how "
        "its value changes when one input changes a little.",
        f"Going back, each row gets d{loss}/d(row): how {'f' if of_f else 'the loss'} changes when that row's value "
        "changes a little. The output has 1. Every other row asks the rows that use it for their derivative times "
        "their local slope, and adds these up. That is the chain rule:",
        f"  d{loss}/d(row) = sum over its uses of  d{loss}/d(user) · d(user)/d(row)",
        f"One backward pass reaches every row once: {_counted(program.operations, 'operation')} give"
        f"{'s' * (program.operations == 1)} {_all(len(program.derivatives))}, whereas central differences would run "
        "the whole program twice for each of them.",
    ]
    texts.append(
        "Where there is room, the program stands beside its rows as a picture: values go down along its lines, and "
        "derivatives come back up. Where a line branches, its value is used more than once; where it passes under "
        "another line, it is interrupted."
    )
    if not of_f:
        texts.append(_ledger(workspace))
    if program.rows and workspace.view.trace_at >= program.operations:
        texts += ["With this moment's numbers:", f"  {chain_rule(workspace, program, program.backward[-1])}"]
    return texts + of_trace(workspace, program)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _all(derivatives: int) -> str:
    return "the derivative" if derivatives == 1 else f"all {derivatives} derivatives"


def _ledger(workspace: Workspace) -> str:
    """How the derivatives of this point belong to the slopes that are shown, and to those of the step."""
    problem = workspace.session.state.problem
    count, rows = len(problem.data), "this point's row of the ledger"
    if count == 1:
        told = "The parameters' derivatives are those of the only point: the slopes on fit."
    elif problem.reduction == "sum":
        told = (
            f"The parameters' derivatives are {rows}; added up over all points they are the slopes on the fit screen."
        )
    else:
        told = (
            f"The parameters' derivatives, divided by the {count:,} points, are {rows}; their means over all points "
            "are the slopes on fit."
        )
    batch = workspace.session.state.batch
    return told if batch is None else f"{told} The step itself goes by the {len(batch):,} points of its batch alone."

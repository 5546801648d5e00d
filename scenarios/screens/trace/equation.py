"""Rows of a trace as equations: `v1 = w1 · x1`."""

from __future__ import annotations

from collections.abc import Sequence

from engine.autodiff.primitives import PRIMITIVES
from engine.derivative.trace import Role, Trace, TraceRow


def equations(program: Trace, rows: Sequence[int]) -> list[str]:
    """What each of the rows makes of its inputs; of a leaf its name alone."""
    aliases = {row.label: row.alias for row in program.rows if row.alias}
    written = []
    for index in rows:
        entry = program.rows[index]
        text = entry.name
        if entry.role is Role.OPERATION:
            text += f" = {_made(entry, [aliases.get(label, label) for label in entry.inputs])}"
        written.append(text)
    return written


def _made(entry: TraceRow, inputs: list[str]) -> str:
    operation = PRIMITIVES[entry.operation]
    sign = operation.sign.replace("*", "·")
    if not sign:
        return f"{operation.shown}({', '.join(inputs)})"
    if len(inputs) == 1:
        return sign + inputs[0]
    return sign.join(inputs) if sign == "^" else f" {sign} ".join(inputs)

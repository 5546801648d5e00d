"""The sentences of the trace screen."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

from engine.derivative.study import study
from engine.derivative.trace import Role, Trace, TraceRow
from scenarios.screens.trace.program import traced
from scenarios.workspace.workspace import Workspace
from tests.scenarios.claims.reckoning import reckoned
from tests.scenarios.claims.sentences import NUMBER, Match, Sentence, reads
from tests.scenarios.claims.slopes import WHERE as AT
from tests.scenarios.claims.slopes import Derivation, lacks, place

OUTPUT = r"(?:f|L\d+)"
ROW = r"[\w.]+"


@dataclass(frozen=True, eq=False)
class Walked:
    """A workspace on the trace screen, and the program that it walks through."""

    workspace: Workspace

    @cached_property
    def program(self) -> Trace:
        return traced(self.workspace)

    @property
    def of_f(self) -> bool:
        return self.workspace.view.trace_formula

    @property
    def output(self) -> str:
        return "f" if self.of_f else f"L{(self.workspace.view.point or 0) + 1}"

    @property
    def at(self) -> int:
        return self.workspace.view.trace_at

    @property
    def derivation(self) -> Derivation:
        return Derivation(self.workspace)

    @property
    def value(self) -> float | None:
        """What the program computes."""
        if self.of_f:
            return study(self.workspace.view.derive.formula)(*self.workspace.view.derive.values)
        state = self.workspace.session.state
        found = reckoned(state.problem, state.parameters)
        return float(found.losses[self.workspace.view.point or 0] / state.problem.scale)

    def slope(self, name: str) -> float | None:
        """The derivative in a leaf."""
        if self.of_f:
            derive = self.workspace.view.derive
            return self.derivation.exact.slope(derive.values, study(derive.formula).names.index(name))
        state = self.workspace.session.state
        found = reckoned(state.problem, state.parameters)
        parts = found.parts[self.workspace.view.point or 0] / state.problem.scale
        return float(parts[state.problem.names.index(name)])

    def row(self, name: str) -> TraceRow:
        rows = [row for row in self.program.rows if name in (row.alias, row.label)]
        assert len(rows) == 1, name
        return rows[0]

    def reached(self) -> list[TraceRow]:
        back = max(self.at - self.program.operations, 0)
        return [self.program.rows[index] for index in self.program.backward[:back]]


def right(w: Walked, name: str, text: str) -> bool:
    """The derivative of a row: a leaf's by other means, an operation's by the sum over its uses."""
    row = w.row(name)
    if row.role is Role.PARAMETER and (slope := w.slope(row.label)) is not None:
        return reads(text, slope, 1e-9 + 1e-6 * abs(slope))
    if row.uses:
        total = sum(w.program.rows[use.user].derivative * use.slope for use in row.uses)
        return reads(text, total, 1e-12 + 1e-9 * abs(total))
    return reads(text, 1.0)


def rule(w: Walked, m: Match) -> bool:
    """The chain rule, its numbers, and their sum, to what is lost in writing them."""
    if m["o"] != w.output or m["o2"] != w.output or m["p"] != m["p2"] or not right(w, m["p"], m["total"]):
        return False
    terms = [each.split(" · ") for each in (m["numbers"] or "").split(" + ")] if m["numbers"] else []
    uses = w.row(m["p"]).uses
    if terms and len(terms) != len(uses):
        return False
    return all(
        reads(one, w.program.rows[use.user].derivative, 1e-12) and reads(other, use.slope, 1e-12)
        for (one, other), use in zip(terms, uses, strict=False)
    ) and (not m["rule"] or ruled(w, m["p"], m["rule"]))


def ruled(w: Walked, name: str, text: str) -> bool:
    users = []
    for each in text.split(" + "):
        parts = re.fullmatch(rf"d{OUTPUT}/d({ROW}) · d({ROW})/d({ROW})", each)
        if parts is None or parts[1] != parts[2] or parts[3] != name:
            return False
        users.append(w.row(parts[1]))
    return users == [w.program.rows[use.user] for use in w.row(name).uses]


def done(w: Walked, m: Match) -> bool:
    value = w.value
    return value is not None and reads(m[1], value, 1e-9 * abs(value)) and w.at == w.program.operations


def not_reached(w: Walked, m: Match) -> bool:
    row = w.row(m[1])
    return row.role in (Role.PARAMETER, Role.OPERATION) and row not in w.reached() and w.at > w.program.operations


def nothing(w: Walked, m: Match) -> bool:
    """A derivative without a number, or one that is lost on the way."""
    return not math.isfinite(w.row(m[2]).derivative) and m[1] == w.output


S = Sentence[Walked]
TERM = rf"{NUMBER} · {NUMBER}"
TRACE = (
    S(r"The leaves have their values\.", lambda w, m: w.at == 0),
    S(r"Press space to carry out the program, one operation at a time\.", lambda w, m: w.program.operations > 0),
    S(r"Each operation remembers its inputs and how steep it is in each of them: its local slopes\.",
      lambda w, m: 0 < w.at < w.program.operations),
    S(r"The program (?:is done|has no operation): its value is <N>\.", done),
    S(r"Press space to come back through its derivatives\.", lambda w, m: bool(w.program.backward)),
    S(rf"The output's derivative in itself is 1: d({OUTPUT})/d({ROW}) = \+1\.0000\.", lambda w, m: m[1] == w.output
      and w.row(m[2]) is w.program.rows[-1]),
    S(rf"({ROW}) is not used by the program: d({OUTPUT})/d({ROW}) = \+0\.0000\.", lambda w, m: m[2] == w.output
      and m[1] == m[3] and not w.row(m[1]).uses and w.slope(m[1]) in (0.0, None)),
    S(rf"({ROW}) has not been reached yet\.", not_reached),
    S(rf"({ROW}) takes no derivative: only parameters and operations do\.", lambda w, m: w.at > w.program.operations
      and w.row(m[1]).role in (Role.DATA, Role.CONSTANT)),
    S(rf"d({OUTPUT})/d({ROW}) has no number here: a slope on the way is not defined, or too small or large for a "
      rf"float\.",
      nothing),
    S(rf"chain rule at (?P<p>{ROW}):  d(?P<o>(?P<o2>{OUTPUT}))/d(?P<p2>{ROW})(?: = (?P<rule>d{OUTPUT}/d{ROW} · "
      rf"d{ROW}/d{ROW}"
      rf"(?: \+ d{OUTPUT}/d{ROW} · d{ROW}/d{ROW})*))?(?: = (?P<numbers>{TERM}(?: \+ {TERM})*))? = "
      rf"(?P<total>{NUMBER})", rule),
    S(rf"chain rule at ({ROW}):  d({OUTPUT})/d({ROW}): each of the (\d+) uses of ({ROW}) contributes; they add up to "
      rf"<N>",
      lambda w, m: m[1] == m[3] == m[5] and m[2] == w.output and int(m[4]) == len(w.row(m[1]).uses) and right(w, m[1],
      m[6])),
    S(rf"f (is not defined|overflows|underflows) (?:at {AT}, so there is no program to follow|here)\.", lambda w, m:
      w.value is None and lacks(w.derivation, m[1], w.derivation.x) and (m[2] is None or place(w.derivation, m[2]))),
)  # fmt: skip

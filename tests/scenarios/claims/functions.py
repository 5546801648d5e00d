"""Random functions, looked at in every way at every kind of place."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from engine.autodiff.primitives import TABLE
from engine.derivative.standing import SERIES
from engine.derivative.study import study
from engine.symbolic import text as written
from engine.symbolic.formula import FormulaError
from scenarios.screens.derive import actions
from scenarios.workspace.view import Derived, Screen
from scenarios.workspace.workspace import Workspace
from tests.scenarios.claims import walks
from tests.strategies import random_expressions
from tests.workspaces import apply, look, opened

PLACES = (0.0, 1.0, -1.0, 0.3, -2.5, 5.0, 20.0, -700.0, 1000.0, 1e8, 1e16, 1e200, 1e-9, 1e-16, -0.1)
KNOWN = (
    "sin(2x)", "x^2", "x^3", "exp(x)", "sigmoid(x)", "relu(x)", "relu(x)^2", "abs(x)", "step(x)", "step(x - 1)",
      "1/x", "sqrt(x)",
    "log(x)", "x^0", "x^x", "sqrt(x^2)", "sqrt(abs(x))", "max(x, 2x)", "min(x, 1)", "log(2/x^343)", "log(exp(x))",
      "eq(x, 0)",
    "tan(x)", "tanh(x)", "x*y", "sin(x) + 2cos(y)", "x^y", "x/(1 + x^2)", "abs(x - 1) + abs(x)", "step(x) + relu(y)",
      "3", "x",
    "exp(exp(x))", "log_sigmoid(x)", "sin(1/x)", "abs(x*y)", "relu(1 - x)", "x*abs(x)", "1e300*x",
      "sin(x)^2 + cos(x)^2",
)  # fmt: skip
GAPS = ("(x^2-1)/(x-1)", "sin(x)/x", "sqrt(x-5)", "sqrt(1-x^2)", "log(x-2)", "x/abs(x)", "1/x", "sqrt(-x)", "x^x")
ROWS = [row for row in TABLE if row.name not in ("lt", "le", "eq")]  # of two numbers that only rounding makes the same


@cache
def formulas() -> tuple[str, ...]:
    """Functions that a person can type: those of the lecture and random ones."""
    found = []
    for each in map(written, random_expressions(3, 200, rows=ROWS)):
        try:
            study(each)
        except FormulaError:
            continue
        found.append(each)
    return (*KNOWN * 4, *found)


def seen(seed: int) -> Workspace:
    """A function, at a point, with an ε, in a view."""
    chance = random.Random(seed)
    formula = chance.choice(formulas())
    view = actions.typed(formula)
    names = study(formula).names
    changes = {
        "by": chance.randrange(len(names)),
        "epsilon": chance.choice((0.5, 0.1, 1e-6, *SERIES)),
        "shown": chance.choice((*[Derived.FUNCTION] * 4, Derived.DERIVATIVE, Derived.RULES)),
        "tangent": chance.random() < 0.85,
        "secant": chance.random() < 0.85,
        "hidden": chance.random() < 0.1,
        "rules": chance.randrange(5),
    }
    places = PLACES if formula in KNOWN else PLACES[:9]  # what is far out, random functions lose in rounding
    derive = replace(actions.moved(view, tuple(chance.choice(places) for _ in names)), **changes)
    return opened("model1", look(screen=Screen.DERIVE, derive=derive))


def walk(first: int, last: int) -> Iterator[Workspace]:
    """Those of these seeds."""
    return (seen(seed) for seed in range(first, last))


def gaps() -> Iterator[Workspace]:
    """Functions that are not defined everywhere, at places where they are and are not."""
    for formula in GAPS:
        for x in (0.0, 1.0, -1.0, -0.5, 2.0, -5.0, 40.0):
            yield opened("model1", look(screen=Screen.DERIVE, derive=actions.moved(actions.typed(formula), (x,))))


def traced(seed: int) -> Iterator[Workspace]:
    """Places of a trace, of a function or of a point's loss: where the walk is, and at a row that is chosen."""
    chance = random.Random(seed)
    of_f = seed % 2 == 0
    if of_f:
        workspace = seen(seed)
    else:
        *_, workspace = walks.walk(seed, length=chance.randrange(6))
    count, point = 60, chance.randrange(len(workspace.session.state.problem.data))
    for _ in range(8):
        row = chance.choice((None, None, chance.randrange(6)))
        at = chance.choice((0, chance.randrange(count), count))
        yield apply(workspace, look(screen=Screen.TRACE, trace_formula=of_f, trace_at=at, trace_row=row, point=point))

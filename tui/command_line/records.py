"""Steps as text: a JSON object, a line of CSV or a row of a table each, numbers of the first two to the last bit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from itertools import chain

from engine.session.state import State
from scenarios.numbers import signed

Record = Callable[[int, State], str]
"""The text of a step, with the end of its line, by its number and its state, whose numbers are finite."""

_FORMS: dict[str | None, Callable[[tuple[str, ...]], tuple[str, Record]]]


def form(name: str | None, names: tuple[str, ...]) -> tuple[str, Record]:
    """The heading and the record of a form, `json`, `csv` or None for the table, for parameters of these names."""
    return _FORMS[name](names)


def csv_of(states: Iterable[State], names: tuple[str, ...]) -> str:
    """All of these steps as CSV, from step 0 on."""
    heading, record = form("csv", names)
    return "".join(chain([heading], (record(step, state) for step, state in enumerate(states))))


def _json(names: tuple[str, ...]) -> tuple[str, Record]:
    """Made of one template: an encoder that walks a dict again for each step takes twice as long."""
    numbers = ", ".join(json.dumps(name).replace("%", "%%") + ": %r" for name in names)
    template = f'{{"step": %d, "loss": %r, "errors": %d, "parameters": {{{numbers}}}, "derivatives": {{{numbers}}}}}\n'
    return "", lambda step, state: template % (step, state.loss, state.errors, *state.parameters, *state.slopes)


def _csv(names: tuple[str, ...]) -> tuple[str, Record]:
    file = io.StringIO()
    groups = (f"{group}.{name}" for group in ("parameters", "derivatives") for name in names)
    csv.writer(file, lineterminator="\n").writerow(["step", "loss", "errors", *groups])
    template = "%d,%r,%d" + ",%r" * (2 * len(names)) + "\n"
    return (
        file.getvalue(),
        lambda step, state: template % (step, state.loss, state.errors, *state.parameters, *state.slopes),
    )


def _table(names: tuple[str, ...]) -> tuple[str, Record]:
    titles = (*names, *(f"dL/d{name}" for name in names))
    heading = f"{'step':>6}{'loss':>12}{'errors':>8}" + "".join(f"{title:>12}" for title in titles)

    def record(step: int, state: State) -> str:
        numbers = "".join(f"{signed(value):>12}" for value in (*state.parameters, *state.slopes))
        return f"{step:>6}{state.loss:>12.6f}{state.errors:>8}{numbers}\n"

    return heading + "\n", record


_FORMS = {"json": _json, "csv": _csv, None: _table}

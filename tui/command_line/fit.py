"""`riserun fit`: the numbers of each step, without a screen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from engine.names import named, nearest
from engine.session import moves
from engine.session.session import Session
from engine.session.state import State
from engine.training.settings import SETTINGS
from scenarios.files.schema import Scenario, ScenarioError
from scenarios.library import store
from tui.command_line.parsers import number, whole
from tui.command_line.records import form
from tui.errors import UsageError


def run(options: argparse.Namespace) -> int:
    """Print a record for each step from 0 to `options.steps`, or of the last alone; 1 where a step diverged before."""
    if options.steps < 0:
        raise UsageError(f"--steps must be 0 or more, not {options.steps}")
    start = _start(_load(options.scenario), options)
    heading, record = form(options.form, start.problem.names)
    sys.stdout.write(heading)
    if options.last:
        reached = start.after(options.steps)
        step = reached.step - start.step
        sys.stdout.write(record(step, reached))
    else:
        for step, reached in enumerate(islice(_descent(start), options.steps + 1)):
            sys.stdout.write(record(step, reached))
    if step < options.steps:
        print(f"riserun: diverged at step {step}: the next update leaves the finite numbers", file=sys.stderr)
        return 1
    return 0


def _descent(state: State | None) -> Iterator[State]:
    """The state and those that the steps from it reach, up to where one leaves the finite numbers."""
    while state is not None:
        yield state
        state = state.stepped()


def _load(name: str) -> Scenario:
    try:
        return store.load(name)
    except ScenarioError as error:
        raise UsageError(str(error)) from None


def _start(scenario: Scenario, options: argparse.Namespace) -> State:
    """The state at step 0, as the scenario and the options say."""
    session = Session.begin(scenario.problem, scenario.parameters)
    names = session.state.problem.names
    changes: list[moves.Move] = []
    settings: dict[str, Any] = {}
    for setting in options.set:
        name, equals, text = setting.partition("=")
        if not equals:
            raise UsageError(f"--set takes NAME=VALUE, such as {names[-1]}=-0.5, not {setting!r}")
        if (known := _known("parameter", name.strip(), (*names, *SETTINGS))) in names:
            changes.append(moves.Edit(known, _value(f"--set {name}", text, float)))
        else:
            settings[known] = _value(f"--set {name}", text, type(SETTINGS[known].default))
    settings |= {name: value for name in ("rate", "loss") if (value := getattr(options, name)) is not None}
    # In the order of their rows: which settings there are depends on those before them.
    changes += [moves.Set(name, settings[name]) for name in SETTINGS if name in settings]
    try:
        for change in changes:
            session = moves.apply(session, change)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return session.state


def _known(what: str, name: str, names: tuple[str, ...]) -> str:
    known = named(name, names)
    if known is None:
        raise UsageError(f"unknown {what} {name!r}; {nearest(name, names)}")
    return known


def _value(what: str, text: str, kind: type[Any]) -> Any:
    """The text as a number, or as it is where a name is wanted."""
    try:
        return text if kind is str else (whole if kind is int else number)(text)
    except argparse.ArgumentTypeError as error:
        raise UsageError(f"{what}: {error}") from None

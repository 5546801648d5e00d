"""What riserun does without a terminal: numbers step by step, and the screen as text or as a picture."""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import re
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from difflib import get_close_matches
from typing import Any, TextIO

from textual.keys import Keys, _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip

from engine import moves
from engine.session import Session, State
from engine.settings import SETTINGS
from scenarios import store
from scenarios.numbers import signed
from scenarios.schema import Scenario, ScenarioError
from scenarios.text import nearest
from tui.app import RiserunApp
from tui.errors import UsageError
from tui.parsers import write
from tui.start import shown
from tui.terminal import Terminal

_LARGEST_SIDE = 1000


def fit(options: argparse.Namespace) -> int:
    """Print a record for each step from 0 to `options.steps`; 1 where a step diverged before."""
    if options.steps < 0:
        raise UsageError(f"--steps must be 0 or more, not {options.steps}")
    session = _session(_load(options.scenario), options)
    record = {"json": _write_json, "csv": write_csv, None: _write_table}[options.form]
    last = record(session, _steps(session, options.steps))
    if last < options.steps:
        print(f"riserun: diverged at step {last}: the next update leaves the finite numbers", file=sys.stderr)
        return 1
    return 0


def show(options: argparse.Namespace, terminal: Terminal) -> int:
    """Draw the screen after `options.keys`, as text or svg, into a file or on standard output."""
    size, keys = size_of(options.size), [_key(key) for key in options.keys.split()]
    app = RiserunApp(terminal, lambda: shown(options.scenario, options.against))
    drawn = asyncio.run(picture(app, size, keys, options.format, options.scenario))
    write(drawn, options.output)
    return 0


def _load(name: str) -> Scenario:
    try:
        return store.load(name)
    except ScenarioError as error:
        raise UsageError(str(error)) from None


def _session(scenario: Scenario, options: argparse.Namespace) -> Session:
    """A session that starts as the scenario and the options say."""
    session = Session.begin(scenario.problem, scenario.parameters)
    names = session.state.problem.names
    changes: list[moves.Move] = []
    settings: dict[str, Any] = {}
    for setting in options.set:
        name, equals, text = setting.partition("=")
        if not equals:
            raise UsageError(f"--set takes NAME=VALUE, such as {names[-1]}=-0.5, not {setting!r}")
        if (known := _known("parameter", name.strip(), (*names, *SETTINGS))) in names:
            changes.append(moves.Edit(known, _number(f"--set {name}", text, float)))
        else:
            settings[known] = _number(f"--set {name}", text, type(SETTINGS[known].default))
    settings |= {name: value for name in ("rate", "loss") if (value := getattr(options, name)) is not None}
    # In the order of their rows: which settings there are depends on those before them.
    changes += [moves.Set(name, settings[name]) for name in SETTINGS if name in settings]
    try:
        for change in changes:
            session = moves.apply(session, change)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return session


def _known(what: str, name: str, names: tuple[str, ...]) -> str:
    if name in names:
        return name
    raise UsageError(f"unknown {what} {name!r}; {nearest(name, names)}")


def _number(what: str, text: str, kind: type[Any]) -> Any:
    """The text as a number, or as it is where a name is wanted."""
    try:
        return kind(text)
    except ValueError:
        raise UsageError(f"{what}: {text!r} is not a {'whole ' if kind is int else ''}number") from None


def _steps(session: Session, count: int) -> Iterator[State]:
    yield session.state
    for _ in range(count):
        session = moves.apply(session, moves.NextStep())
        if session.diverged:
            return
        yield session.state


def _record(step: int, state: State) -> dict[str, Any]:
    names = state.problem.names
    return {
        "step": step,
        "loss": state.loss,
        "errors": state.errors,
        "parameters": dict(zip(names, state.parameters, strict=True)),
        "derivatives": dict(zip(names, state.slopes, strict=True)),
    }


def _write_json(session: Session, steps: Iterator[State]) -> int:
    last = 0
    for last, state in enumerate(steps):
        print(json.dumps(_record(last, state), allow_nan=False))
    return last


def write_csv(session: Session, steps: Iterable[State], file: TextIO | None = None) -> int:
    """A header and a line a step, numbers to the last bit; the number of the last step."""
    names = session.state.problem.names
    writer, last = csv.writer(file or sys.stdout, lineterminator="\n"), 0
    groups = [f"{group}.{name}" for group in ("parameters", "derivatives") for name in names]
    writer.writerow(["step", "loss", "errors", *groups])
    for last, state in enumerate(steps):
        writer.writerow([last, repr(state.loss), state.errors, *map(repr, (*state.parameters, *state.slopes))])
    return last


def _write_table(session: Session, steps: Iterator[State]) -> int:
    names = session.state.problem.names
    print(
        "".join(
            [
                f"{'step':>6}{'loss':>12}{'errors':>8}",
                *(f"{n:>12}" for n in names),
                *(f"{'dL/d' + n:>12}" for n in names),
            ]
        )
    )
    last = 0
    for last, state in enumerate(steps):
        numbers = "".join(f"{signed(value):>12}" for value in (*state.parameters, *state.slopes))
        print(f"{last:>6}{state.loss:>12.6f}{state.errors:>8}{numbers}")
    return last


def size_of(text: str) -> tuple[int, int]:
    """Columns and rows of a size such as 80x24. Raises UsageError for a text that is none."""
    found = re.fullmatch(r"(\d{1,4})x(\d{1,4})", text)
    if not found or not all(0 < int(side) <= _LARGEST_SIDE for side in found.groups()):
        raise UsageError(f"--size takes COLUMNSxROWS up to {_LARGEST_SIDE}, such as 80x24, not {text!r}")
    return int(found[1]), int(found[2])


_SAID_AS = {"bksp": "backspace", "esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "return": "enter"}


def _key(name: str) -> str:
    """Textual's name of a key given by name or as the character itself."""
    if len(name) == 1:
        return _character_to_key(name)
    name = _SAID_AS.get(name, name)
    known = [key.value for key in Keys]
    if name not in known:
        near = get_close_matches(name, known, 1)
        raise UsageError(f"--keys: no key is called {name!r}{f'; did you mean {near[0]}?' if near else ''}")
    return name


async def picture(app: RiserunApp, size: tuple[int, int], keys: list[str], form: str, name: str) -> str:
    """The screen of the application after these keys, as text or svg."""
    async with piloted(app, size) as pilot:
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        if form == "svg":
            # Rich names a font on the web; a picture of ours fetches nothing.
            return re.sub(r",\s*url\([^)]*\) format\([^)]*\)", "", app.export_screenshot(title=f"riserun {name}"))
        return "\n".join(strip.text.rstrip() for strip in strips(app)) + "\n"


@asynccontextmanager
async def piloted(app: RiserunApp, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
    """The application run without a terminal. Raises UsageError where it cannot open what it was given."""
    async with app.run_test(size=size) as pilot:
        await app.settled.wait()
        if app.failure:
            raise UsageError(app.failure)
        yield pilot


def strips(app: RiserunApp) -> list[Strip]:
    """The lines on its screen: what Textual itself exports a picture from; there is no public way to them."""
    return app.screen._compositor.render_strips()

"""Who hears a key: what every command of the table does on every screen, whatever is open there."""

import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from scenarios.context.actions import actions
from scenarios.lecture import wording
from scenarios.lesson.lesson import begin
from scenarios.screens.story import Live
from scenarios.workspace.moves import Look, Pin, Predict
from scenarios.workspace.view import (
    Derived,
    DeriveView,
    Help,
    Landscape,
    LandscapeView,
    LossView,
    Pane,
    Screen,
    Subject,
    View,
)
from scenarios.workspace.workspace import Workspace
from tests.scenarios.lectures import lecture
from tests.workspaces import BACK, FORWARD, NEXT, RATE, Seeing, after, apply, look, opened
from tui.commands import COMMANDS

# Set to write the record instead of comparing with it; look at the difference before it is committed:
#     RISERUN_GOLDENS=write .venv/bin/pytest -n 0 tests/tui/test_context.py
_WRITE = os.environ.get("RISERUN_GOLDENS") == "write"
_RECORD = Path(__file__).parent / "keys.txt"

PLAIN = "plain"
PLACES: dict[str, list[Seeing]] = {
    "fit": [look(screen=Screen.FIT)],
    "fit, rate chosen": [look(screen=Screen.FIT, row=RATE)],
    "fit, point and pane": [look(screen=Screen.FIT, point=3, subject=Subject.POINT, focus=Pane.SLOPE, zoomed=True)],
    "fit, ledger": [look(screen=Screen.FIT, loss_view=LossView.LEDGER)],
    "derive": [look(screen=Screen.DERIVE)],
    "derive, rules": [look(screen=Screen.DERIVE, derive=DeriveView(shown=Derived.RULES, rules=1))],
    "derive, hidden": [look(screen=Screen.DERIVE, derive=DeriveView(hidden=True))],
    "trace": [look(screen=Screen.TRACE, trace_at=3)],
    "trace of f": [look(screen=Screen.TRACE, trace_formula=True)],
    "landscape": [look(screen=Screen.LANDSCAPE)],
    "landscape over two": [look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.SURFACE))],
    "landscape along the step": [look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.STEP))],
    "compare": [look(screen=Screen.COMPARE)],
}


def contexts() -> dict[str, Workspace]:
    """What may be open over a place."""
    given = begin(lecture())
    stepped = opened("model1", NEXT, NEXT, FORWARD)
    return {
        PLAIN: stepped,
        "at its start": opened("model1"),
        "pinned": after(stepped, [BACK, Pin(), NEXT]),
        "help": apply(stepped, look(help=Help.PANE)),
        "all keys": apply(stepped, look(help=Help.KEYS, scroll=2)),
        "asking": opened("model1", NEXT, Predict(), FORWARD),
        "asking, help": opened("model1", NEXT, Predict(), FORWARD, look(help=Help.PANE)),
        "told": given,
        "question": apply(given, FORWARD),
        "question, help": after(given, [FORWARD, look(help=Help.PANE)]),
        "left": after(given, [FORWARD, NEXT]),
    }


def outcome(workspace: Workspace, id: str) -> str:
    """What the command does: its move, with the fields of the view that become others, and whether anything does."""
    action = actions(workspace).get(id)
    if action is None:
        return ""
    if isinstance(action, Live):
        return "the application"
    move = action(workspace)
    if move is None:
        return "nothing"
    try:
        same = apply(workspace, move) is workspace
    except ValueError:
        return f"{wording.said(move)} refused"
    if isinstance(move, Look):
        seen = [
            f"{field.name} {getattr(move.view, field.name)!s}"
            for field in fields(View)
            if getattr(move.view, field.name) != getattr(workspace.view, field.name)
        ]
        return ", ".join(["look", *seen])
    return f"{wording.said(move)}{' (no change)' if same else ''}"


def lines() -> Iterator[str]:
    """For every place all commands, and for each context over it those that do something else there."""
    for place, looks in PLACES.items():
        plain: dict[str, str] = {}
        for context, workspace in contexts().items():
            here = after(workspace, looks)
            found = {command.id: outcome(here, command.id) for command in COMMANDS}
            yield f"[{place}; {context}]"
            yield from (f"{id}: {told}" for id, told in found.items() if told and plain.get(id) != told)
            yield from (f"{id}: not here" for id, told in found.items() if not told and plain.get(id))
            plain = plain or found


@pytest.mark.skipif(_WRITE, reason="written")
def test_every_key_does_in_every_context_what_it_did() -> None:
    assert "\n".join(lines()) + "\n" == _RECORD.read_text(encoding="utf-8")


if _WRITE:
    _RECORD.write_text("\n".join(lines()) + "\n", encoding="utf-8")

"""Who hears a key: what every command of the table does on every screen, whatever is open there."""

import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from scenarios.context.actions import actions
from scenarios.lecture import wording
from scenarios.screens.story import Live
from scenarios.workspace.moves import Look
from scenarios.workspace.view import (
    View,
)
from scenarios.workspace.workspace import Workspace
from tests.tui.contexts import PLACES, contexts
from tests.workspaces import after, apply
from tui.commands import COMMANDS

# Set to write the record instead of comparing with it; look at the difference before it is committed:
#     RISERUN_GOLDENS=write .venv/bin/pytest -n 0 tests/tui/test_context.py
_WRITE = os.environ.get("RISERUN_GOLDENS") == "write"
_RECORD = Path(__file__).parent / "keys.txt"


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

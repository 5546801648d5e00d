"""`riserun sessions`: the sessions that were recorded, the last one first."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from scenarios.journal.folder import entries, folder
from scenarios.shell import program


def run(options: argparse.Namespace) -> int:
    """Print two lines for each that has a move in it: what it is, and its file. 1 where they cannot be looked up."""
    try:
        next(folder().iterdir(), None)
    except FileNotFoundError:
        pass  # there will be one with the first session
    except OSError as error:
        print(f"riserun: {_shown(folder())} cannot be read: {error.strerror}", file=sys.stderr)
        return 1
    now, found = datetime.now(), [entry for entry in entries() if entry.moves]
    for entry in found:
        moves = "1 move" if entry.moves == 1 else f"{entry.moves:,} moves"
        print(f"{entry.name}, {moves}, {entry.fate(now)}\n  {_shown(entry.path)}")
    if not found:
        print(f"no session yet; {program()} begins one")
    return 0


def _shown(path: Path) -> str:
    """The path as short as a shell takes it."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (RuntimeError, ValueError):  # no home folder; not in it
        return str(path)

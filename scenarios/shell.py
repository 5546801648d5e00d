"""How a message names a command of riserun, so that it works in the shell where the message is read."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path


def shell(arguments: str) -> str:
    """The command with these arguments: `riserun list`, or `.venv/bin/riserun list` where no `riserun` is found."""
    return f"{program()} {arguments}"


@cache
def program() -> str:
    """What to type for the running program."""
    return named(Path(sys.argv[0]), shutil.which("riserun"))


def named(started: Path, found: str | None) -> str:
    """What to type for a program that was started as `started`, where the shell finds `found` by its name."""
    if started.name != "riserun" or (found and Path(found).resolve() == started.resolve()):
        return "riserun"
    with suppress(OSError, ValueError):  # no present folder; not in it
        return str(started.relative_to(Path.cwd()))
    return str(started)

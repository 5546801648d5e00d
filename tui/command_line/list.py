"""`riserun list`: the scenarios that can be opened by name."""

from __future__ import annotations

import argparse

from scenarios.files.schema import ScenarioError
from scenarios.library import store


def run(options: argparse.Namespace) -> int:
    """Print a line for each."""
    for entry in store.entries():
        try:
            about = store.load(entry.name).summary
        except ScenarioError as error:
            about = f"cannot be opened: {str(error).splitlines()[0]}"
        print(f"{entry.name:<14} {about}{'' if entry.builtin else '  (own)'}")
    return 0

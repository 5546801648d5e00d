"""Writes what docs and README take from the program itself: keys, functions and pictures. `make docs` runs it."""

from __future__ import annotations

import re
from pathlib import Path

from engine.symbolic.expression import FUNCTIONS
from tui.command_line.main import main
from tui.commands import COMMANDS

DOCS = Path(__file__).parent
PICTURES = (
    ("fit", "model1", "space"),
    ("lecture", "lecture", "S 1 2 enter space space space space"),
)


def keys() -> str:
    """docs/keys.md: the command table as a table."""
    rows = [f"| `{command.shown}` | {', '.join(command.keys)} | {command.help} |" for command in COMMANDS]
    head = (
        "# Keys",
        "",
        "Written by `make docs` from the one table in `tui/commands.py`. The second column has Textual's names of all",
        "keys that do the same.",
        "",
        "| key | all its keys | what it does |",
        "|---|---|---|",
    )
    return "\n".join([*head, *rows]) + "\n"


def formulas() -> str:
    """docs/formulas.md with the functions of the table of operations in their row."""
    names = " ".join(FUNCTIONS)
    return re.sub(
        r"(?<=\| functions \| those of the table of operations: `)[^`]+",
        names,
        (DOCS / "formulas.md").read_text(encoding="utf-8"),
    )


if __name__ == "__main__":
    (DOCS / "keys.md").write_text(keys(), encoding="utf-8")
    (DOCS / "formulas.md").write_text(formulas(), encoding="utf-8")
    for name, scenario, keys_pressed in PICTURES:
        main(["show", scenario, "--keys", keys_pressed, "--format", "svg", "-o", str(DOCS / f"{name}.svg")])

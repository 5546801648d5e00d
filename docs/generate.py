"""Writes what docs and README take from the program itself: the keys and the pictures. `make docs` runs it."""

from __future__ import annotations

from pathlib import Path

from tui.cli import main
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


if __name__ == "__main__":
    (DOCS / "keys.md").write_text(keys(), encoding="utf-8")
    for name, scenario, keys_pressed in PICTURES:
        main(["show", scenario, "--keys", keys_pressed, "--format", "svg", "-o", str(DOCS / f"{name}.svg")])

"""Writes what docs and README take from the program itself: keys, names and pictures. `make docs` runs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from engine.symbolic.expression import FUNCTIONS
from engine.training.datasets import SOURCES
from engine.training.losses import POINT_LOSSES, REDUCTIONS
from engine.training.models import FAMILIES
from engine.training.optimizers import OPTIMIZERS
from engine.training.settings import SETTINGS
from scenarios.files.schema import key_of
from scenarios.workspace.view import Derived, Landscape, LossView, Pane, Screen
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
        "keys that do the same. The answers to a question have their keys while it is open; at other times these are",
        "those of the commands further down.",
        "",
        "| key | all its keys | what it does |",
        "|---|---|---|",
    )
    return "\n".join([*head, *rows]) + "\n"


def formulas() -> str:
    """docs/formulas.md with the functions of the table of operations in their row."""
    return _written("formulas", {"| functions | those of the table of operations: ": f"`{' '.join(FUNCTIONS)}`"})


def scenarios() -> str:
    """docs/scenarios.md with the losses, sources of data, families, optimizers and settings that there are."""
    sets = _either([name for name, source in SOURCES.items() if source.fixed], quote='"')
    drawn = _either([name for name, source in SOURCES.items() if not source.fixed], quote='"')
    text = _written(
        "scenarios",
        {
            "the loss of a point: ": _either(POINT_LOSSES, quote='"'),
            "how the points' losses add up: ": _either(REDUCTIONS, quote='"'),
            "| `data.set` | text | | ": f"points that are always the same, {sets}, or that are drawn, {drawn}",
            "| `model.kind` | text | required | ": _either(FAMILIES, quote='"'),
        },
    )
    rows = [_setting(name) for name in SETTINGS if name not in ("loss", "reduction")]
    return re.sub(r"(\| `optimizer\.[^\n]+\n)+", lambda _: "".join(rows), text, count=1)


def _setting(name: str) -> str:
    """The row of a setting of the optimizer."""
    row = SETTINGS[name]
    kind = "text" if row.choices else row.wanted.removeprefix("a ")
    default = f'"{row.default}"' if row.choices else row.default
    owners = [each.title for each in OPTIMIZERS.values() if name in each.settings]
    about = f"of {' and '.join(owners)}: {row.help}" if owners and len(owners) < len(OPTIMIZERS) else row.help
    chosen = f": {_either(row.choices, quote=chr(34))}" if row.choices else ""
    return f"| `{key_of(name)}` | {kind} | `{default}` | {about}{chosen} |\n"


def lectures() -> str:
    """docs/lectures.md with the screens, panes and views that there are."""
    return _written(
        "lectures",
        {
            "| `screen` | ": _either(Screen),
            "| `pane`, `zoom` | ": f"{_either(Pane)}; whether it fills the screen",
            "| `loss` | the loss pane's view: ": _either(LossView),
            "| `shown`, `rules`, `hidden` | derive: ": f"{_either(Derived)}; how many steps; "
            "whether the formula is hidden",
            "| `landscape` | landscape: ": _either(Landscape),
        },
    )


def _either(names: Iterable[str], quote: str = "") -> str:
    *others, last = (f"`{quote}{name}{quote}`" for name in names)
    return f"{', '.join(others)} or {last}" if others else last


def _written(document: str, cells: dict[str, str]) -> str:
    """The document with what it takes from the program: behind each of these beginnings, up to the end of its cell."""
    text = (DOCS / f"{document}.md").read_text(encoding="utf-8")
    for before, made in cells.items():
        text, count = re.subn(rf"(?<={re.escape(before)})[^|\n]+(?= \|)", lambda _, made=made: made, text)
        if count != 1:
            raise ValueError(f"{document}.md has {count} places that begin with {before!r}")
    return text


if __name__ == "__main__":
    (DOCS / "keys.md").write_text(keys(), encoding="utf-8")
    for document in (formulas, scenarios, lectures):
        (DOCS / f"{document.__name__}.md").write_text(document(), encoding="utf-8")
    for name, scenario, keys_pressed in PICTURES:
        main(["show", scenario, "--keys", keys_pressed, "--format", "svg", "-o", str(DOCS / f"{name}.svg")])

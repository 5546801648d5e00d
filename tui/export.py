"""`riserun export`: a picture, a text, the numbers or a recording of a journal, without a terminal."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from scenarios.journal import Header
from scenarios.workspace import Workspace
from tui.app import RiserunApp
from tui.command_line.records import csv_of
from tui.feed import without_long_pauses
from tui.headless import picture, piloted, size_of, strips
from tui.parsers import write
from tui.start import Start, adopted, moments
from tui.terminal import Depth, Terminal

_FRAME = 1 / 30  # seconds: what changes faster is one frame of the recording
_TERMS = {Depth.TRUE: "xterm-256color", Depth.C256: "xterm-256color", Depth.C16: "xterm", Depth.NONE: "vt100"}


def export(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the journal in another form; 1 where a line of it could not be taken, and what came before was written."""
    size = size_of(options.size)
    reader, workspaces, times = moments(options.file)
    assert reader.header is not None
    if options.format == "csv":
        session = workspaces[-1].session
        text = csv_of(session.history.items(), session.state.problem.names)
    elif options.format == "cast":
        text = asyncio.run(_cast(reader.header, workspaces, without_long_pauses(times), size, terminal))
    else:
        text = asyncio.run(
            picture(_app(workspaces[-1], terminal), size, [], options.format, workspaces[-1].scenario.name)
        )
    write(text, options.output)
    for note in filter(None, (adopted(reader), reader.problem)):
        print(f"riserun: {note}", file=sys.stderr)
    return 1 if reader.problem else 0


def _app(workspace: Workspace, terminal: Terminal) -> RiserunApp:
    return RiserunApp(terminal, lambda: Start(workspace))


async def _cast(
    header: Header, workspaces: Sequence[Workspace], times: Sequence[float], size: tuple[int, int], terminal: Terminal
) -> str:
    """The recording in the format asciicast v2: a header, then a line a frame with the rows that changed."""
    app, before = _app(workspaces[0], terminal), [""] * size[1]
    lines = [json.dumps(_head(header, size, terminal))]
    async with piloted(app, size) as pilot:
        for index, (workspace, time) in enumerate(zip(workspaces, times, strict=True)):
            if index and index + 1 < len(times) and times[index + 1] - time < _FRAME:
                continue
            app.workspace = workspace
            await pilot.pause()
            rows = [strip.render(app.console) for strip in strips(app)]
            codes = "".join(
                f"\x1b[{number};1H{row}"
                for number, (row, old) in enumerate(zip(rows, before, strict=True), 1)
                if row != old
            )
            if codes:
                begin = "" if index else "\x1b[?25l\x1b[2J"
                lines.append(json.dumps([round(time, 3), "o", begin + codes], ensure_ascii=False))
            before = rows
    return "\n".join(lines) + "\n"


def _head(header: Header, size: tuple[int, int], terminal: Terminal) -> dict[str, object]:
    head: dict[str, object] = {"version": 2, "width": size[0], "height": size[1]}
    with suppress(ValueError, OverflowError):
        head["timestamp"] = int(datetime.fromisoformat(header.began).timestamp())
    return {**head, "title": f"riserun {header.workspace.scenario.name}", "env": {"TERM": _TERMS[terminal.depth]}}

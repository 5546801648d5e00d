"""A journal as a recording for asciinema: asciicast v2."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from scenarios.journal.reader import Header
from scenarios.workspace.workspace import Workspace
from tui.command_line.picture import piloted, strips
from tui.live.app import RiserunApp
from tui.live.start import Start
from tui.terminal import Depth, Terminal

_FRAME = 1 / 30  # seconds: what changes faster is one frame of the recording
_TERMS = {Depth.TRUE: "xterm-256color", Depth.C256: "xterm-256color", Depth.C16: "xterm", Depth.NONE: "vt100"}


async def cast(
    header: Header, workspaces: Sequence[Workspace], times: Sequence[float], size: tuple[int, int], terminal: Terminal
) -> str:
    """The recording in the format asciicast v2: a header, then a line a frame with the rows that changed."""
    app, before = RiserunApp(terminal, lambda: Start(workspaces[0])), [""] * size[1]
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

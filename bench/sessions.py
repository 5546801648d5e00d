"""Long sessions: what they weigh in the program, how soon any of their steps is there again, and without a screen."""

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from bench.program import Program
from bench.table import Row
from engine.session import moves
from scenarios.context.captions import caption
from scenarios.library import store
from scenarios.workspace.workspace import Workspace, carry_out
from tui.command_line.main import main

_STEPS, _SEEKS = 100_000, 200
_STORIES = ("model1", "split")  # 3 and 6 parameters
_DRAWN, _STOPPED = b"press space", f"step {_STEPS}".encode()


def measure() -> Iterator[Row]:
    """The program at 120x40 after a run of so many steps, and seeks in a session of as many."""
    for story in _STORIES:
        rest, memory = _memory(story)
        yield Row(
            f"{story}, memory after {_STEPS:,} steps", memory, "MB", 100, None, f"whole program; first {rest:.0f}"
        )
        yield Row(f"{story}, slowest of {_SEEKS} seeks in them", _slowest_seek(story), "ms", 50, None, "not drawn")
    for options, goal in ((("--json",), 15), (("--json", "--last"), 6)):
        yield Row(f"riserun fit model1 {' '.join(options)}, a step", _fitted(*options), "us", None, goal)


def _memory(story: str) -> tuple[float, float]:
    """Megabytes of the program at its start and after a run, all views of the loss pane and an early step drawn."""
    with Program([sys.executable, "-m", "tui", story], (120, 40)) as program:
        program.painted(_DRAWN)
        program.settled(0.3)
        rest = program.memory()
        for key in f"R{_STEPS}\r":
            program.press(key.encode())
        program.painted(_STOPPED)
        for key in (b"v", b"v", b"v", b"v", b"v", b"g", b"1", b"\r"):
            program.press(key)
        return rest, program.memory()


def _slowest_seek(story: str) -> float:
    """Milliseconds to a step and what is said of it."""
    workspace = Workspace.of(store.load(story))
    for _ in range(_STEPS):
        workspace = carry_out(workspace, moves.NextStep())
    source, slowest = random.Random(1), 0.0
    for _ in range(_SEEKS):
        start = time.perf_counter()
        caption(carry_out(workspace, moves.Seek(source.randrange(_STEPS))))
        slowest = max(slowest, 1000 * (time.perf_counter() - start))
    return slowest


def _fitted(*options: str) -> float:
    """Microseconds a step of `riserun fit`, the best of five runs."""
    found = []
    for _ in range(5):
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            start = time.perf_counter()
            main(["fit", "model1", "--steps", f"{_STEPS}", *options])
            found.append(1e6 * (time.perf_counter() - start) / _STEPS)
    return min(found)

"""riserun on a terminal beside an empty Textual application, alternately in one run."""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import fmean, median, quantiles

import numpy as np

from bench.program import Painted, Program
from bench.table import Row
from engine.training.datasets import data
from engine.training.problem import Problem
from scenarios.files.schema import Editor, Scenario
from scenarios.files.writing import dump

_EMPTY = [sys.executable, "-m", "bench.empty_app"]
_RISERUN = [sys.executable, "-m", "tui"]
_EMPTY_PAINTED, _RISERUN_PAINTED, _RISERUN_DRAWN = b"keys 0", b"riserun", b"press space"

_SMALL, _LARGE = (80, 24), (120, 40)
_ON, _BACK = b" ", b"\x7f"
_PHASES = (_ON, _ON, _ON, _ON, _BACK)  # a lecture goes on, and now and then back
_STORIES = ("model1", "split")  # split has the most parameters and the longest line to move
_NOTHING = (b"k", _BACK, b"\x1b[H")  # no command; back and home at the start
_STARTS, _KEYS, _IDLE = 15, 120, 5.0
_CROWD, _CROWD_KEYS = 100_000, 30


def measure() -> Iterator[Row]:
    """All of it, a row at a time."""
    for rows in (_start, _phase, _crowd, _bytes, _idle):
        yield from rows()


def _start() -> Iterator[Row]:
    for _ in range(2):  # the first start writes the .pyc files, the second finds them in the page cache
        _starts()
    starts = [_starts() for _ in range(_STARTS)]
    empty, painted, drawn = (median(times) for times in zip(*starts, strict=True))
    yield Row("first paint of the empty app", empty, "ms")
    yield Row("first paint, to the empty app's", painted / empty, "times", 1.3, None, f"{painted:.0f} ms")
    yield Row("everything drawn, to its first paint", drawn / empty, "times", 2.5, 2, f"{drawn:.0f} ms")


def _starts() -> tuple[float, float, float]:
    """Milliseconds to the empty app's first paint, and to riserun's first and last one."""
    with Program(_EMPTY, _LARGE) as program:
        empty = program.painted(_EMPTY_PAINTED)
    with Program(_RISERUN, _LARGE) as program:
        painted = program.painted(_RISERUN_PAINTED)
        drawn = program.painted(_RISERUN_DRAWN)  # the last of it, where nothing follows
        return empty, painted, max(drawn, program.settled().ms)


def _phase() -> Iterator[Row]:
    pairs: list[tuple[Painted, Painted]] = []
    with _both(_LARGE) as (empty, riserun):
        for key in _some_phases(_KEYS):
            pairs.append((empty.press(key), riserun.press(key)))
    lines, phases = ([painted.ms for painted in column] for column in zip(*pairs, strict=True))
    line, phase = median(lines), median(phases)
    slow = quantiles(phases, n=10)[-1]
    yield Row("one line of the empty app, key to last byte", line, "ms")
    yield Row(
        "one phase at 120x40, to that line", phase / line, "times", 6, 4, f"{phase:.1f} ms; one in ten over {slow:.1f}"
    )


def _crowd() -> Iterator[Row]:
    """Very many points beside the lecture's ten, in the view of the loss pane that draws every one of them too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "crowd.toml")
        path.write_text(dump(_of_many_points(_CROWD)), encoding="utf-8")
        with (
            _ready(_RISERUN, _RISERUN_DRAWN, _LARGE) as few,
            _ready([*_RISERUN, str(path)], _RISERUN_DRAWN, _LARGE) as many,
        ):
            for view in ("loss history", "point losses"):
                pairs = [(few.press(key, 0.25).ms, many.press(key, 0.25).ms) for key in _some_phases(_CROWD_KEYS)]
                own, crowd = map(fmean, zip(*pairs, strict=True))
                what = f"phase, {_CROWD:,} points, {view}, to the lecture's"
                yield Row(what, crowd / own, "times", 20, None, f"means: {crowd:.1f} and {own:.1f} ms")
                for program in (few, many) * 2:
                    program.press(b"v", 0.25)


def _of_many_points(count: int) -> Scenario:
    x1, x2 = np.random.default_rng(1).uniform(size=(2, count)).round(4)
    points = zip(x1, x2, np.where(x1 + x2 > 1.0, 1.0, -1.0), strict=True)
    problem = Problem(data(points), "Linear", reduction="mean")
    return Scenario("crowd", "Crowd", "", "", problem, (1.0, 1.0, -0.9), (Editor(-2.0, 2.0, 0.1),) * 3)


def _bytes() -> Iterator[Row]:
    for color, limit in (("true", 4000), ("256", 4000), ("16", None), ("none", None)):
        sent: list[int] = []
        for story in _STORIES:
            with _ready([*_RISERUN, story, "--color", color, "--detail", "plain"], _RISERUN_DRAWN, _SMALL) as riserun:
                sent += [riserun.press(key).bytes for key in _some_phases(25)]
        note = f"the most of any; median {median(sent):.0f}"
        yield Row(f"one phase at 80x24, plain, --color {color}", max(sent), "bytes", limit, None, note)


def _idle() -> Iterator[Row]:
    with _both(_SMALL) as (empty, riserun):
        answers = [riserun.press(key).bytes for key in _NOTHING]
        yield Row("a key that changes nothing, which it says", max(answers), "bytes", 400)
        programs = (empty, riserun)
        before = [program.wakeups() for program in programs]
        sent = riserun.settled(_IDLE).bytes
        woken = [(program.wakeups() - count) / _IDLE for program, count in zip(programs, before, strict=True)]
        yield Row(f"idle for {_IDLE:g} s", sent, "bytes", 0)
        yield Row("idle, threads woken in a second", woken[1], "times", None, None, f"empty app {woken[0]:.3g}")
        memory = [program.memory() for program in programs]
        yield Row("resident memory at 80x24", memory[1], "MB", None, None, f"empty app {memory[0]:.0f}")


def _some_phases(count: int) -> Iterable[bytes]:
    return islice(cycle(_PHASES), count)


@contextmanager
def _both(size: tuple[int, int]) -> Iterator[tuple[Program, Program]]:
    with _ready(_EMPTY, _EMPTY_PAINTED, size) as empty, _ready(_RISERUN, _RISERUN_DRAWN, size) as riserun:
        yield empty, riserun


@contextmanager
def _ready(argv: list[str], text: bytes, size: tuple[int, int]) -> Iterator[Program]:
    """The program once it has painted `text` and all that comes with it."""
    with Program(argv, size) as program:
        program.painted(text)
        program.settled(0.3)
        yield program

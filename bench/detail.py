"""What a picture costs in each detail, and what a person at the end of a slow line sees of it."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from statistics import median

from bench.link import Link
from bench.program import QUESTION, Painted, Program
from bench.table import Row

_EMPTY = [sys.executable, "-m", "bench.empty_app"]
_RISERUN = [sys.executable, "-m", "tui"]
_DRAWN = b"press space"
_STORIES = ("model1", "split")
_PHASES = (b" ", b" ", b" ", b" ", b"\x7f")
_SMALL, _LARGE = (80, 24), (120, 40)
_LIMITS = ((_SMALL, "plain", 4000), (_SMALL, "fine", 12_000), (_LARGE, "plain", None), (_LARGE, "fine", 30_000))

_RATE, _WAY = 20e3, 0.2  # of the slow line: bytes a second, seconds there and back
_HELD, _REPEAT, _TURNS = 60, 1 / 30, 5  # keys while one is held down, seconds between them, how often it is held
_HALF = "▀".encode()  # that only fine pictures have
_STEP = re.compile(rb"step (\d+)")


def measure() -> Iterator[Row]:
    """All of it, a row at a time."""
    for rows in (_phases, _landscape, _slow):
        yield from rows()


def _phases() -> Iterator[Row]:
    for size, detail, limit in _LIMITS:
        sent: list[int] = []
        for story in _STORIES:
            with _ready([*_RISERUN, story, "--detail", detail], size) as program:
                sent += [program.press(key).bytes for key in islice(cycle(_PHASES), 25)]
        what = f"one phase at {size[0]}x{size[1]}, {detail}"
        yield Row(what, max(sent), "bytes", limit, None, f"the most of any; median {median(sent):.0f}")
    with (
        Program(_EMPTY, _LARGE) as empty,
        _ready([*_RISERUN, "--detail", "plain"], _LARGE) as plain,
        _ready([*_RISERUN, "--detail", "fine"], _LARGE) as fine,
    ):
        empty.painted(b"keys 0")
        empty.settled(0.3)
        times = [[each.press(key).ms for each in (empty, plain, fine)] for key in islice(cycle(_PHASES), 90)]
    line, *phases = (median(column) for column in zip(*times, strict=True))
    for detail, phase in zip(("plain", "fine"), phases, strict=True):
        what = f"one phase at 120x40, {detail}, to the empty app's line"
        yield Row(what, phase / line, "times", 6, 4, f"{phase:.1f} and {line:.1f} ms")


def _landscape() -> Iterator[Row]:
    for detail in ("plain", "fine"):
        first: list[Painted] = []
        for _ in range(5):
            with _ready([*_RISERUN, "--detail", detail], _LARGE) as program:
                program.press(b" ")
                first.append(program.press(b"4"))
        what, sent = f"the landscape's first picture at 120x40, {detail}", median(painted.bytes for painted in first)
        yield Row(what, median(painted.ms for painted in first), "ms", 40, None, f"{sent:.0f} bytes")


def _slow() -> Iterator[Row]:
    """Over a line that is quick until everything is drawn, slow while keys are held down, and quick again."""
    with Link([*_RISERUN, "model1"], _SMALL) as link:
        link.wait(4.0)
        link.rate, link.way = _RATE, _WAY
        frames = _frames(link, lambda: link.type(b"n"), 3.0)  # a whole step, which moves the line
        fine = [number for number, frame in enumerate(frames, 1) if _HALF in frame]
        yield Row("slow line: frames until it is plain", max(fine, default=0), "", 2)
        yield Row("slow line: what changing to plain sends", len(frames[-1]), "bytes")
        written, seen, pictures = zip(*(_hold(link) for _ in range(_TURNS)), strict=True)
        what = f"slow line: {_HELD} keys held, the last to the last byte written"
        note = f"the longest of {_TURNS}; on the screen {median(seen):.2f} s after it was pressed"
        yield Row(what, max(written), "s", 0.5, None, note)
        yield Row("slow line: pictures of them", median(pictures), "", None, None, "the others were skipped")
        lost = (3 + _TURNS * _HELD) // 3 - int(_STEP.findall(b"".join(data for _, _, data in link.sent))[-1])
        yield Row("slow line: steps that were lost or doubled", abs(lost), "", 0)
        link.rate, link.way = 1e9, 0.001
        frames = _frames(link, lambda: [(link.type(b" "), link.wait(0.1)) for _ in range(40)], 0.5)
        back = next((number for number, frame in enumerate(frames, 1) if _HALF in frame), 0)
        yield Row("quick again: phases until it is fine", back, "", None, None, f"{len(frames[back - 1]):,} bytes")


def _hold(link: Link) -> tuple[float, float, int]:
    """Hold a key down: seconds from the arrival of the last one to the last byte written, from its press to the last
    byte on the screen, and how many pictures there were.
    """
    before = len(link.sent)
    for _ in range(_HELD):
        pressed = link.type(b" ")
        link.wait(_REPEAT)
    link.wait(2.0)
    written, there, _ = link.sent[-1]
    pictures = b"".join(data for _, _, data in link.sent[before:]).count(QUESTION)
    return written - pressed - link.way / 2, there - pressed, pictures


def _frames(link: Link, act: Callable[[], object], seconds: float) -> list[bytes]:
    """What comes of `act`, by frames."""
    before = len(link.sent)
    act()
    link.wait(seconds)
    return b"".join(data for _, _, data in link.sent[before:]).split(QUESTION)[:-1]


@contextmanager
def _ready(argv: list[str], size: tuple[int, int]) -> Iterator[Program]:
    with Program(argv, size) as program:
        program.painted(_DRAWN)
        program.settled(0.3)
        yield program

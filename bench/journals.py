"""The journal: what writing it adds to a phase, what followers cost the session they follow, how soon it is resumed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.program import Program
from bench.table import Row
from engine.session import moves
from scenarios.journal.folder import entries
from scenarios.journal.reader import Reader
from scenarios.journal.recorder import Recording
from scenarios.lesson.lesson import apply
from scenarios.library import store
from scenarios.workspace.lectures import Move
from scenarios.workspace.workspace import Workspace
from tui.live.app import RiserunApp
from tui.live.feed import Source, catch_up
from tui.live.start import begun
from tui.terminal import Depth, Terminal

_MOVES, _PHASES, _BLOCKS = 10_000, 300, 10
_KEYS = (b" ", b" ", b" ", b" ", b"\x7f")
_FOLLOWERS, _FOLLOWING = 60, 2  # sessions that follow, and the processes they are in
_STORY: tuple[Move, ...] = (moves.Forward(), moves.Forward(), moves.Forward(), moves.Forward(), moves.Back())


def measure() -> Iterator[Row]:
    """In a state folder of its own."""
    with _own_folder():
        writing, phase = asyncio.run(_share())
        note = f"{1000 * writing:.0f} us of {phase:.1f} ms, not sent to a terminal"
        yield Row("writing the journal, of a phase at 80x24", 100 * writing / phase, "%", 5, None, note)
        with_, without = _followed()
        yield Row(f"a phase with {_FOLLOWERS} followers, to one without", with_ / without, "times", 1.1)
        for what, story in (("phases", _STORY), ("steps", (moves.NextStep(),))):
            yield Row(f"resume of {_MOVES:,} {what}", _resume(story), "s", 1)


@contextmanager
def _own_folder() -> Iterator[None]:
    before = os.environ.get("XDG_STATE_HOME")
    with TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        try:
            yield
        finally:
            os.environ.pop("XDG_STATE_HOME")
            if before is not None:
                os.environ["XDG_STATE_HOME"] = before


async def _share() -> tuple[float, float]:
    """Milliseconds of writing a move down, and of a phase from its key to its rows without that."""
    spent: list[float] = []
    record = Recording.record

    def timed(self: Recording, move: Move, before: Workspace, after: Workspace) -> None:
        start = time.perf_counter()
        record(self, move, before, after)
        spent.append(time.perf_counter() - start)

    Recording.record = timed  # type: ignore[method-assign]
    app = RiserunApp(Terminal(Depth.TRUE, unicode=True), lambda: begun("model1"))
    phases = []
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await app.settled.wait()
            await pilot.pause()
            for move in islice(cycle(_STORY), _PHASES):
                start = time.perf_counter()
                app._control.make(move)  # type: ignore[union-attr]
                phases.append(time.perf_counter() - start)
                await pilot.pause()
    finally:
        Recording.record = record  # type: ignore[method-assign]
    return 1000 * median(spent), 1000 * median(took - wrote for took, wrote in zip(phases, spent, strict=True))


def _followed() -> tuple[float, float]:
    """Milliseconds of a phase in a real terminal, by turns with followers and while they stand still."""
    times: dict[bool, list[float]] = {True: [], False: []}
    env = {"XDG_STATE_HOME": os.environ["XDG_STATE_HOME"]}
    with Program([sys.executable, "-m", "tui"], (80, 24), env) as lecturer:
        lecturer.painted(b"press space")
        lecturer.settled(0.3)
        path = str(entries()[0].path)
        argv = [sys.executable, "-c", "import sys; from bench.journals import follow; follow(*sys.argv[1:])"]
        share = str(_FOLLOWERS // _FOLLOWING)
        followers = [
            subprocess.Popen([*argv, path, share], stdout=subprocess.PIPE, text=True) for _ in range(_FOLLOWING)
        ]
        try:
            for follower in followers:
                assert follower.stdout is not None
                follower.stdout.readline()  # all of them are there
            for block in range(2 * _BLOCKS):
                watched = block % 2 == 0
                for follower in followers:
                    follower.send_signal(signal.SIGCONT if watched else signal.SIGSTOP)
                lecturer.settled(0.5)  # those that stood still catch up
                times[watched] += [lecturer.press(key).ms for key in _KEYS]
        finally:
            for follower in followers:
                follower.kill()
                follower.communicate()
    return median(times[True]), median(times[False])


def follow(path: str, count: str) -> None:
    """Follow a journal so many times over, for ever."""
    followers = [(Source(os.open(path, os.O_RDONLY)), Reader()) for _ in range(int(count))]
    told = False
    while True:
        for source, reader in followers:
            catch_up(source, reader, 1.0)
        if not told:
            print("following", flush=True)
            told = True
        time.sleep(0.2)


def _resume(story: tuple[Move, ...]) -> float:
    """Seconds until a session of so many moves is there again."""
    now = Workspace.of(store.load("model1"))
    recorder = Recording.begin(now)
    for move in islice(cycle(story), _MOVES):
        after = apply(now, move)
        recorder.record(move, now, after)
        now = after
    recorder.end(quit=False)
    path: Path = entries()[0].path
    start = time.perf_counter()
    resumed, reader = Recording.resume(path)
    took = time.perf_counter() - start
    assert reader.lines == _MOVES + 1
    resumed.end(quit=True)
    path.unlink()
    return took

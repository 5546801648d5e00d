"""Feeds: where the workspace on the screen comes from when it is not this person's: a replay, or a session followed."""

from __future__ import annotations

import asyncio
import os
import select
import stat
import time
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from scenarios.journal.reader import Reader
from scenarios.text import key
from scenarios.workspace.workspace import Workspace
from tui.commands import FOLLOW, NAMES, NOTES, REPLAY, read
from tui.errors import told
from tui.live.tasks import Task

LONGEST_PAUSE = 3.0
"""Seconds: nobody watches a replay think."""

_POLL = 0.2  # seconds between two looks at a file
_TICK = 0.2  # seconds between two looks at a replay's clock
_MOMENT = 0.02  # seconds of reading between two frames
_PIECE = 2**16
_FASTEST, _SLOWEST = 64.0, 1 / 16


@dataclass(frozen=True, slots=True)
class Picture:
    """What a feed may do with the application: `show` a workspace, `say` something in the footer, change its `label` in
    the header, and wait until what was painted has been `shown`.
    """

    show: Callable[[Workspace], None]
    say: Callable[[str], None]
    label: Callable[[str], None]
    shown: Callable[[], Awaitable[None]]


class Feed(ABC):
    """Moves the picture on by itself; `workspace` is where it has come to, and goes on while nobody looks.

    `refusal` is what a key is told that has no meaning while the picture is not this person's; `leavable` says whether
    they may leave it to try something; `role` names its keys in the command table.
    """

    refusal: str
    role: str
    leavable = True

    def __init__(self, workspace: Workspace):
        self.workspace = workspace
        self._picture: Picture | None = None
        self._attended = True
        self._task = Task(self._ended)
        self._failure = ""

    @property
    @abstractmethod
    def label(self) -> str:
        """A few words for the header."""

    @abstractmethod
    async def _run(self, picture: Picture) -> None:
        """Move the picture on."""

    def begin(self, picture: Picture) -> None:
        """Start moving the picture."""
        self._picture = picture
        picture.label(self.label)
        self._go()

    def stop(self) -> None:
        """Stop for good, or until `_go`."""
        self._task.stop()

    def take(self, id: str) -> bool:
        """Whether the command of that id means something to the feed, which has then done it."""
        return False

    def attended(self, here: bool) -> None:
        """The person is back, or has gone to try something of their own."""
        self._attended = here

    def _go(self) -> None:
        assert self._picture is not None
        self._failure = ""
        self._task.start(partial(self._run, self._picture))

    def _ended(self, error: Exception | None) -> None:
        if error is not None and self._picture is not None:
            self._failure = f"internal error ({told(error)}); this is its last picture"
            self._picture.label(self.label)
            self._picture.say(self._failure)


class Replay(Feed):
    """Plays recorded workspaces, each `times` seconds after the first, with no pause longer than LONGEST_PAUSE.

    `ending` is said at the end.
    """

    refusal = read(
        f"this is a replay: {key('forward')} pauses, {key('slower')} {key('faster')} change its speed, "
        f"{key('leave')} takes over"
    )
    role = REPLAY

    def __init__(self, workspaces: Sequence[Workspace], times: Sequence[float], speed: float, ending: str):
        super().__init__(workspaces[0])
        self._workspaces = workspaces
        self._times = without_long_pauses(times)
        self._speed = speed
        self._ending = ending
        self._at = 0.0
        self._paused = False

    @property
    def label(self) -> str:
        """`> replay 0:12 of 1:40`."""
        return (
            f"{'||' if self._paused or self._failure else '>'} replay {_clock(self._at)} of {_clock(self._times[-1])}"
        )

    def take(self, id: str) -> bool:
        """Pause and go on, slower and faster."""
        assert self._picture is not None
        if id in ("slower", "faster"):
            self._speed = min(max(self._speed * (2.0 if id == "faster" else 0.5), _SLOWEST), _FASTEST)
            self._picture.say(f"{self._speed:.3g} times as fast as it was recorded")
        elif id in ("play", "forward"):
            self._pause(self._task.running)
        else:
            return False
        return True

    def attended(self, here: bool) -> None:
        """It waits for the person, and goes on from where they left it."""
        super().attended(here)
        if not here or self._at < self._times[-1]:
            self._pause(not here)

    def _pause(self, paused: bool) -> None:
        assert self._picture is not None
        self._paused = paused
        self._picture.label(self.label)
        if paused:
            self.stop()
        else:
            if self._at >= self._times[-1]:
                self._at = 0.0  # at its end it begins again
            self._go()

    async def _run(self, picture: Picture) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            # Those that are due at once, as after a slow frame, are one frame.
            place = bisect_right(self._times, self._at) - 1
            if self._workspaces[place] is not self.workspace:
                self.workspace = self._workspaces[place]
                picture.show(self.workspace)
                await picture.shown()
            picture.label(self.label)
            if place == len(self._times) - 1:
                break
            before = clock()
            await asyncio.sleep(min((self._times[place + 1] - self._at) / self._speed, _TICK))
            self._at = min(self._at + (clock() - before) * self._speed, self._times[place + 1])
        self._paused = True
        picture.label(self.label)
        picture.say(self._ending)


class Follow(Feed):
    """Mirrors a journal as it grows."""

    refusal = f"you are following: {NAMES['leave']} to try something of your own"
    role = FOLLOW

    def __init__(self, source: Source, reader: Reader):
        super().__init__(reader.reached())
        self._source = source
        self._reader = reader
        self._told = ""

    @property
    def label(self) -> str:
        """Whether the session is still there."""
        return "session ended" if self._reader.ended else "session lost" if self._over else "following"

    @property
    def _over(self) -> str:
        """Why no more will come; "" while it may."""
        return self._failure or self._reader.problem or self._source.gone

    async def _run(self, picture: Picture) -> None:
        while True:
            reading = catch_up(self._source, self._reader, _MOMENT)
            if self._reader.workspace is not None and self._reader.workspace is not self.workspace:
                self.workspace = self._reader.workspace
                if self._attended:
                    picture.show(self.workspace)
                    await picture.shown()
            self._tell(picture)
            if reading:
                await asyncio.sleep(0)
            elif self._over:
                return
            else:
                await asyncio.sleep(_POLL)

    def _tell(self, picture: Picture) -> None:
        """Say what has become of the session, when it becomes something else."""
        ended = "the session has ended; this is its last picture" if self._reader.ended else ""
        if (news := ended or self._over) != self._told:
            self._told = news
            picture.label(self.label)
            picture.say(news)


class Notes(Follow):
    """Follows for the lecturer's notes, which are there to be read."""

    refusal = f"these are the notes; the session goes on in its own terminal. {NAMES['quit']} quits"
    role = NOTES
    leavable = False


class Source:
    """A journal that arrives: a file that grows, or a pipe. `gone` says why no more will come, "" while it may."""

    def __init__(self, file: int):
        self.gone = ""
        self._file = file
        self._at = 0
        self._regular = stat.S_ISREG(os.fstat(file).st_mode)

    def read(self) -> bytes:
        """Some of what has arrived and was not read yet, without waiting for more."""
        if self.gone or not select.select([self._file], [], [], 0)[0]:
            return b""
        try:
            data = os.read(self._file, _PIECE)
            status = os.fstat(self._file)
        except OSError as error:  # a shared folder that is no longer there
            self.gone = f"the journal is gone ({error.strerror}); this is its last picture"
            return b""
        self._at += len(data)
        if not data:
            self.gone = self._lost(status)
        return data

    def _lost(self, status: os.stat_result) -> str:
        if not self._regular:
            return "the connection to the session was closed; this is its last picture"
        if status.st_nlink == 0 or status.st_size < self._at:
            return "the session's journal was removed; this is its last picture"
        return ""


def catch_up(source: Source, reader: Reader, seconds: float) -> bool:
    """Read what has arrived, for so long at the most; whether there may be more at once."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not reader.step():
            data = source.read()
            if not data or reader.problem:
                return False
            reader.feed(data)
    return True


def without_long_pauses(times: Sequence[float]) -> list[float]:
    """The same times, from 0, without pauses longer than LONGEST_PAUSE, and never backwards."""
    pauses = (min(max(after - before, 0.0), LONGEST_PAUSE) for before, after in pairwise(times))
    return list(accumulate(pauses, initial=0.0))


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"

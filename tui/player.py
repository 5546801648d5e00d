"""Player: play and run, paced by what the terminal has shown, stopped at once by any key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from engine import moves
from scenarios.lesson import Move
from scenarios.workspace import Workspace

if TYPE_CHECKING:
    from tui.questions import Until

_SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # phases a second
_MOMENT = 0.02  # seconds of stepping between two frames of a run


class Player:
    """Moves a workspace on by itself while its task runs.

    `get` and `set` are the application's workspace, `do` makes a move in one; `shown` waits until what was painted has
    reached the terminal, so that on a slow link no frames pile up behind the key that stops them.
    """

    def __init__(
        self,
        get: Callable[[], Workspace | None],
        do: Callable[[Workspace, Move], Workspace],
        set: Callable[[Workspace], None],
        shown: Callable[[], Awaitable[None]],
        ended: Callable[[], None],
    ):
        self._get, self._do, self._set, self._shown, self._ended = get, do, set, shown, ended
        self._task: asyncio.Task[None] | None = None
        self._speed = _SPEEDS.index(2.0)

    @property
    def playing(self) -> bool:
        """Whether it is moving the workspace."""
        return self._task is not None

    def stop(self) -> None:
        """Stop at once."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._ended()

    def play(self) -> None:
        """Play phase by phase until stopped, or until a step cannot be taken or a question is open."""
        self._start(self._play())

    def run(self, until: Until, most: int) -> None:
        """Take steps until `until` holds of the state reached, `most` at the most."""
        self._start(self._run(until, most))

    def change_speed(self, by: int) -> float:
        """One speed up or down; the new one in phases a second."""
        self._speed = min(max(self._speed + by, 0), len(_SPEEDS) - 1)
        return _SPEEDS[self._speed]

    def _start(self, work: Awaitable[None]) -> None:
        self.stop()
        self._task = asyncio.ensure_future(self._until_done(work))

    async def _until_done(self, work: Awaitable[None]) -> None:
        await work
        self._task = None
        self._ended()

    async def _play(self) -> None:
        while (workspace := self._get()) is not None:
            after = self._do(workspace, moves.Forward())
            self._set(after)
            if after.session.diverged or after.predictions.asking:
                return
            await self._shown()
            await asyncio.sleep(1.0 / _SPEEDS[self._speed])

    async def _run(self, until: Until, most: int) -> None:
        """Between two frames as many steps as fit into a moment, so that a key is never waited for."""
        clock = asyncio.get_running_loop().time
        while (workspace := self._get()) is not None:
            deadline = clock() + _MOMENT
            while not (over := _over(workspace, until, most)) and clock() < deadline:
                workspace, most = self._do(workspace, moves.NextStep()), most - 1
            self._set(workspace)
            if over:
                return
            await self._shown()
            await asyncio.sleep(0)


def _over(workspace: Workspace, until: Until, most: int) -> bool:
    return most <= 0 or workspace.session.diverged or until(workspace.session.state)

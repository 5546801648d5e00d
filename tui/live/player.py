"""Player: play and run, paced by what the terminal has shown, stopped at once by any key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from engine.session import moves
from engine.session.session import State
from scenarios.workspace.lectures import Move
from scenarios.workspace.workspace import Workspace
from tui.errors import told
from tui.live.tasks import Task

Until = Callable[[State], bool]

_SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # phases a second
MOST_STEPS = 100_000  # of one run
_MOMENT = 0.02  # seconds of stepping between two frames of a run


class Player:
    """Moves a workspace on by itself while its task runs.

    `get` and `set` are the application's workspace, `do` makes a move in one; `shown` waits until what was painted has
    reached the terminal, so that on a slow link no frames pile up behind the key that stops them. `ended` is called at
    the end, with what went wrong or "".
    """

    def __init__(
        self,
        get: Callable[[], Workspace | None],
        do: Callable[[Workspace, Move], Workspace],
        set: Callable[[Workspace], None],
        shown: Callable[[], Awaitable[None]],
        ended: Callable[[str], None],
    ):
        self._get, self._do, self._set, self._shown, self._ended = get, do, set, shown, ended
        self._task = Task(self._over)
        self._speed = _SPEEDS.index(2.0)
        self._short = False

    @property
    def playing(self) -> bool:
        """Whether it is moving the workspace."""
        return self._task.running

    def stop(self) -> None:
        """Stop at once."""
        if self._task.stop():
            self._ended("")

    def play(self) -> None:
        """Play phase by phase until stopped, or until a step cannot be taken or a question is open."""
        self.stop()
        self._short = False
        self._task.start(self._play)

    def run(self, until: Until, most: int) -> None:
        """Take steps until `until` holds of the state reached, `most` at the most."""
        self.stop()
        self._short = False
        self._task.start(partial(self._run, until, most))

    def change_speed(self, by: int) -> float:
        """One speed up or down; the new one in phases a second."""
        self._speed = min(max(self._speed + by, 0), len(_SPEEDS) - 1)
        return _SPEEDS[self._speed]

    def _over(self, error: Exception | None) -> None:
        if error is not None:
            self._ended(f"it stopped here: internal error ({told(error)})")
        else:
            self._ended(f"stopped after {MOST_STEPS:,} steps, as many as one run takes" if self._short else "")

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
        clock, longest = asyncio.get_running_loop().time, most >= MOST_STEPS
        while (workspace := self._get()) is not None:
            deadline = clock() + _MOMENT
            while not (over := _reached(workspace, until, most)) and clock() < deadline:
                workspace, most = self._do(workspace, moves.NextStep()), most - 1
            self._set(workspace)
            if over:
                self._short = longest and most <= 0 and not until(workspace.session.state)
                return
            await self._shown()
            await asyncio.sleep(0)


def _reached(workspace: Workspace, until: Until, most: int) -> bool:
    return most <= 0 or workspace.session.diverged or until(workspace.session.state)

"""Player: play and run, paced by what the terminal has shown, stopped at once by any key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from engine.session import moves
from scenarios.context.goal import Goal
from scenarios.numbers import plain
from scenarios.screens.leading import refusal, stopped
from scenarios.screens.story import PHASES
from scenarios.workspace.lectures import Move
from scenarios.workspace.workspace import Workspace
from tui.errors import told
from tui.live.tasks import Task

_SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # phases a second
_MOMENT = 0.02  # seconds of stepping between two frames of a run


class Player:
    """Moves a workspace on by itself while its task runs.

    `get` and `set` are the application's workspace, `do` makes a move in one; `shown` waits until what was painted has
    reached the terminal, so that on a slow link no frames pile up behind the key that stops them. `ended` is called at
    the end, with a sentence that says where it ended and why, `going` between two frames of a run, with how far it is.
    """

    def __init__(
        self,
        get: Callable[[], Workspace | None],
        do: Callable[[Workspace, Move], Workspace],
        set: Callable[[Workspace], None],
        shown: Callable[[], Awaitable[None]],
        ended: Callable[[str], None],
        going: Callable[[str], None],
    ):
        self._get, self._do, self._set, self._shown, self._ended = get, do, set, shown, ended
        self._going = going
        self._changed = asyncio.Event()
        self._task = Task(self._over)
        self._speed = _SPEEDS.index(2.0)
        self._goal: Goal | None = None  # of the run; None while it plays
        self._began = 0

    @property
    def playing(self) -> bool:
        """Whether it is moving the workspace."""
        return self._task.running

    def stop(self) -> None:
        """Stop at once."""
        if self._task.stop():
            self._ended(self._told(interrupted=True))

    def play(self) -> None:
        """Play phase by phase until stopped, or until a step cannot be taken or a question is open."""
        self.stop()
        self._goal = None
        self._task.start(self._play)

    def run(self, goal: Goal) -> None:
        """Take steps until the goal is met, or as many as it takes at the most."""
        self.stop()
        self._goal = goal
        self._began = workspace.session.step if (workspace := self._get()) is not None else 0
        self._task.start(partial(self._run, goal))

    def changed(self) -> None:
        """To be called when the workspace was set: a step that waits for slopes may have them now."""
        self._changed.set()

    def change_speed(self, by: int) -> float:
        """One speed up or down; the new one in phases a second."""
        self._speed = min(max(self._speed + by, 0), len(_SPEEDS) - 1)
        return _SPEEDS[self._speed]

    def _over(self, error: Exception | None) -> None:
        broken = f"it stopped here: internal error ({told(error)})" if error is not None else ""
        self._ended(broken or self._told(interrupted=False))

    def _told(self, interrupted: bool) -> str:
        """Where and why it ended."""
        if (workspace := self._get()) is None:
            return ""
        session = workspace.session
        if refusal(workspace):
            return stopped(workspace)
        if self._goal is not None:
            return self._goal.told(session, self._began, interrupted)
        where = f"stopped at step {session.step:,}, {PHASES[session.phase]}"
        if session.diverged:
            return f"{where}: the next step would leave the numbers a computer can hold"
        return f"{where}: a question is open" if workspace.predictions.asking else where

    async def _play(self) -> None:
        while (workspace := self._get()) is not None:
            after = self._do(workspace, moves.Forward())
            self._set(after)
            if after.session.diverged or after.predictions.asking or refusal(after):
                return
            await self._shown()
            await asyncio.sleep(1.0 / _SPEEDS[self._speed])

    async def _run(self, goal: Goal) -> None:
        """Between two frames as many steps as fit into a moment, so that a key is never waited for."""
        clock, left = asyncio.get_running_loop().time, goal.most
        while (workspace := self._get()) is not None:
            deadline = clock() + _MOMENT
            while not (over := left <= 0 or _ends(workspace, goal)) and clock() < deadline:
                if workspace.session.state.waits:
                    break  # for slopes that are given in the meantime
                workspace, left = self._do(workspace, moves.NextStep()), left - 1
            self._set(workspace)
            if over:
                return
            session = workspace.session
            self._going(f"at step {session.step:,}: the loss is {plain(session.state.loss)}; any key stops")
            await self._shown()
            if (now := self._get()) is not None and now.session.state.waits:
                self._changed.clear()
                await self._changed.wait()
            await asyncio.sleep(0)


def _ends(workspace: Workspace, goal: Goal) -> bool:
    session = workspace.session
    return session.diverged or bool(refusal(workspace)) or goal.met(session.state) or goal.ends(session)

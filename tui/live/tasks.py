"""Task: the one way to do something in the background of the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Task:
    """One piece of work at a time, which ends by itself, fails, or is stopped.

    `over` is called when it has ended by itself: with None, or with the error that ended it.
    """

    def __init__(self, over: Callable[[Exception | None], None]):
        self._over = over
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return self._task is not None

    def start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin this work, in place of any other."""
        self.stop()
        self._task = asyncio.ensure_future(self._done(work))

    def stop(self) -> bool:
        """Stop at once; whether there was something to stop."""
        task, self._task = self._task, None
        return task is not None and task.cancel()

    async def _done(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        failure: Exception | None = None
        try:
            await work()
        except Exception as error:
            failure = error
        self._task = None
        self._over(failure)

"""The application: one workspace, the commands that move it, and the screens that show it.

Neither numpy nor plotext is imported here: one line is painted at once, and the rest is imported behind it.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from tui.errors import UsageError, told
from tui.live.shell import Shell
from tui.terminal import Terminal

if TYPE_CHECKING:
    from scenarios.workspace.workspace import Workspace
    from tui.live.control import Control
    from tui.live.start import Start


class RiserunApp(Shell, inherit_bindings=False):
    """Opens what `start` gives, which is called once what it needs can be imported, and shows it."""

    def __init__(self, terminal: Terminal, start: Callable[[], Start], **options: Any):
        super().__init__(terminal, **options)
        self.failure = ""
        self.settled = asyncio.Event()  # opened, or failed to
        self._start = start
        self._control: Control | None = None
        self._awake = False  # takes keys: there is a workspace, and a screen that shows it
        self._early: list[events.Key | events.Paste] = []

    def compose(self) -> ComposeResult:
        """The first paint."""
        yield Static(" riserun", markup=False)

    def on_mount(self) -> None:
        """Import and load behind the first paint."""
        self.run_worker(self._load, thread=True, exit_on_error=True)

    async def on_event(self, event: events.Event) -> None:
        """Every key and every paste is taken here, to its end, before the next is looked at.

        Textual would hand it to a widget and from there upwards again, which takes turns: of several that come at once,
        as over a slow connection, one would overtake the other.
        """
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
        elif self.leaving:
            pass  # ten thousand keys that were held down would be taken before the end of the application
        elif self._awake:
            self._take(event)
        else:
            self._early.append(event)

    def on_unmount(self) -> None:
        """Nothing of ours outlives the application. It was left where nothing else, such as a signal, has ended it."""
        if self._control is not None:
            self._control.close(left=not self.return_code)

    def _load(self) -> None:
        # NumPy would start a thread for each processor, which takes longer than anything that is asked of them here.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from scenarios.files.schema import ScenarioError
        from scenarios.student.client import StudentError
        from tui.live.control import Control

        try:
            begun = self._start()
            self.call_from_thread(self._open, Control(self, begun))
        except (ScenarioError, StudentError, UsageError) as error:
            self.call_from_thread(self._fail, str(error))
        except Exception as error:  # no class should have to read a traceback
            self.call_from_thread(self._fail, f"it could not be opened: internal error ({told(error)})")
        else:
            self._afterwards(begun)

    def _afterwards(self, begun: Start) -> None:
        """What need not be there before the first picture."""
        try:
            message = begun.afterwards()
        except Exception as error:
            message = f"internal error ({told(error)}); the session goes on"
        if message:
            self.call_from_thread(self._mention, message, begun.workspace)

    def _open(self, control: Control) -> None:
        if not gc.isenabled():  # as the command line starts it; what is imported stays, so it is never looked through
            gc.freeze()
            gc.enable()
        self._control = control
        with ExitStack() as held:
            held.enter_context(self.batch_update())
            control.begin()
            self.call_after_refresh(self._catch_up, held.pop_all())
        self.settled.set()

    def _catch_up(self, held: ExitStack) -> None:
        """Paint, when Textual has arranged everything: it would do so in between as well. Then do what was typed while
        nothing could be done yet.
        """
        held.close()
        self.screen.refresh()
        self._awake = True
        for event in self._early:
            # Enter, before the terminal was ours, came as a line feed.
            early = isinstance(event, events.Key) and event.key == "ctrl+j"
            self._take(events.Key("enter", None) if early else event)

    def _take(self, event: events.Key | events.Paste) -> None:
        assert self._control is not None  # it is ready
        if isinstance(event, events.Key):
            self._control.press(event.key, event.character)
        else:
            self._control.paste(event.text)

    def _mention(self, message: str, at: Workspace) -> None:
        if self.workspace is at and not self.message:
            self.message = message

    def _fail(self, reason: str) -> None:
        self.failure = reason
        self.settled.set()
        self.exit(return_code=2)

"""The application: one workspace, the commands that move it, and the screens that show it.

Neither numpy nor plotext is imported here: one line is painted at once, and the rest is imported behind it.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, ComposeResult
from textual.filter import LineFilter, NoColor
from textual.reactive import var
from textual.widgets import Static

from tui.terminal import Depth, Terminal

if TYPE_CHECKING:
    from scenarios.workspace import Workspace
    from tui.control import Control
    from tui.start import Start


class RiserunApp(App[None], inherit_bindings=False):
    """Opens a scenario by name or path, and shows it; `autodiff` is a student's own package to compare with,
    `against` a second scenario, pinned and shown beside it. `start` takes the scenarios' place: it is called, once what
    it needs can be imported, for the session to begin with.

    Textual's own ctrl+q, which asks nothing, is left out.
    """

    TITLE = "riserun"
    CSS = "Screen { background: ansi_default; color: ansi_default; }"
    ENABLE_COMMAND_PALETTE = False  # opened by a command of our own table, not by Textual's key

    workspace: var[Workspace | None] = var(None)
    message: var[str] = var("")
    playing: var[bool] = var(False)
    source: var[str] = var("")
    role: var[str] = var("")

    def __init__(
        self,
        scenario: str,
        terminal: Terminal,
        autodiff: str | None = None,
        against: str | None = None,
        start: Callable[[], Start] | None = None,
        **options: Any,
    ):
        super().__init__(ansi_color=True, **options)
        self.terminal = terminal
        self.failure = ""
        self.settled = asyncio.Event()  # opened, or failed to
        self._scenario = scenario
        self._autodiff = autodiff
        self._against = against
        self._start = start
        self._control: Control | None = None
        self._early: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """The first paint."""
        yield Static(" riserun", markup=False)

    def on_mount(self) -> None:
        """Import and load behind the first paint."""
        self.run_worker(self._load, thread=True, exit_on_error=True)

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's own widgets keep bold and reverse, and lose their colours, where there is to be no colour."""
        filters = list(super().get_line_filters())
        return [*filters, NoColor()] if self.terminal.depth is Depth.NONE else filters

    def action_command(self, id: str) -> None:
        """Carry out the command of that id; every key comes through here."""
        if self._control is not None:
            self._control.run(id)

    def on_key(self, event: events.Key) -> None:
        """Any key stops play, one that is no command too; one that was typed ahead is the prompt's, or waits."""
        if self._control is None:
            self._early.append(event)
        elif self._control.typed_ahead(event):
            event.prevent_default()
        else:
            self._control.pressed(event.key)

    def on_unmount(self) -> None:
        """Nothing of ours outlives the application. It was left where nothing else, such as a signal, has ended it."""
        if self._control is not None:
            self._control.close(left=not self.return_code)

    def watch_workspace(self) -> None:
        """What a student's package makes of it is asked for behind the drawing."""
        if self._control is not None:
            self._control.listen()

    def _load(self) -> None:
        # NumPy would start a thread for each processor, which takes longer than anything that is asked of them here.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from scenarios.schema import ScenarioError
        from scenarios.student import Student, StudentError
        from tui import start
        from tui.control import Control
        from tui.errors import UsageError, told

        try:
            begun = self._start() if self._start else start.shown(self._scenario, self._against)
            student = Student(self._autodiff) if self._autodiff else None
        except (ScenarioError, StudentError, UsageError) as error:
            self.failure = str(error)
            self.call_from_thread(self._fail)
            return
        except Exception as error:  # a fault of ours: no class should have to read a traceback
            self.failure = f"it could not be opened; this is a fault of riserun ({told(error)})"
            self.call_from_thread(self._fail)
            return
        self.call_from_thread(self._open, Control(self, begun.recording, begun.feed, student), begun)
        if message := begun.afterwards():
            self.call_from_thread(self._mention, message, begun.workspace)

    def _open(self, control: Control, begun: Start) -> None:
        if not gc.isenabled():  # as the command line starts it; what is imported stays, so it is never looked through
            gc.freeze()
            gc.enable()
        self._control = control
        self.workspace = begun.workspace
        self.message = begun.message
        control.show(begun.notes)
        self.call_after_refresh(self._catch_up)
        self.settled.set()

    def _catch_up(self) -> None:
        """What was typed while nothing could be done yet; enter, before the terminal was ours, came as a line feed."""
        for event in self._early:
            self.post_message(events.Key("enter" if event.key == "ctrl+j" else event.key, event.character))

    def _mention(self, message: str, at: Workspace) -> None:
        if self.workspace is at and not self.message:
            self.message = message

    def _fail(self) -> None:
        self.settled.set()
        self.exit(return_code=2)

"""Listener: what a student's own package makes of the numbers shown, asked for in a thread so that no key waits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Lock

from textual.worker import get_current_worker

from engine.session.moves import Give
from engine.session.session import State
from scenarios.screens.leading import stopped
from scenarios.student.client import Student
from scenarios.text import clean_line, shortened
from scenarios.workspace.moves import Hear, Heard
from scenarios.workspace.verdicts import Verdict, failure
from scenarios.workspace.view import Screen
from tui.commands import read
from tui.errors import told
from tui.live.shell import Shell


class Listener:
    """Asks `student` about the shell's workspace and hands each answer on as a move; `say` has what went wrong."""

    def __init__(self, shell: Shell, student: Student, make: Callable[[Hear | Give], None], say: Callable[[str], None]):
        self._shell, self._student, self._make, self._say = shell, student, make, say
        self._name = clean_line(shortened(student.name))
        self._failed = False
        self._last: tuple[State, Verdict] | None = None
        self._one = Lock()

    def listen(self) -> None:
        """Ask about what is shown and not yet answered."""
        workspace = self._shell.workspace
        if workspace is None or self._failed:
            return
        point = workspace.view.point or 0
        tracing = workspace.view.screen is Screen.TRACE and not workspace.view.trace_formula
        heard = workspace.heard
        if heard is not None and heard.of(workspace.session.state):
            if self._gives(workspace.session.state, heard):
                return
            if not tracing or (heard.point == point and heard.trace):
                return
        elif heard is None:
            self._make(Hear(Heard(self._name)))
            return
        work = partial(self._hear, workspace.session.state, point, tracing)
        self._shell.run_worker(work, thread=True, exclusive=True, group="student")

    def _gives(self, state: State, heard: Heard) -> bool:
        """Whether the present step waited for these slopes; it has them now."""
        awaited = state.waits and state.given is not None and state.given.source == heard.name
        if not awaited or heard.leading is None:
            return False
        self._make(Give(heard.leading))
        return True

    def close(self) -> None:
        """Let go of the package."""
        self._student.close()

    def _slopes(self, state: State) -> Verdict:
        """The slopes there, asked for once: where they hang, a second time would double what the person waits."""
        with self._one:
            if self._last is None or self._last[0] is not state:
                self._last = state, self._student.slopes(state.problem, state.parameters)
            return self._last[1]

    def _hear(self, state: State, point: int, tracing: bool) -> None:
        try:
            slopes = self._slopes(state)
            if get_current_worker().is_cancelled:
                return
            trace = self._student.trace(state.problem, state.parameters, point) if tracing else ()
            back = any(row.apart[-1:] > (0.0,) for row in trace)
            shared = self._student.shared(state.problem, state.parameters, point) if back else ""
            purpose = self._student.conventions.said
            heard = partial(self._answered, Heard(self._name, state, slopes, point, trace, purpose, shared))
        except Exception as error:  # in a thread it would end the application
            heard = partial(self._fail, error)
        if not get_current_worker().is_cancelled:
            self._shell.call_from_thread(heard)

    def _answered(self, heard: Heard) -> None:
        workspace = self._shell.workspace
        if workspace is None or not heard.of(workspace.session.state):
            return
        asking = read(stopped(workspace))
        try:
            self._make(Hear(heard))
            if asking and self._shell.message == asking:
                self._say(read(stopped(self._shell.workspace or workspace)))  # it is not asked any more
        except Exception as error:  # it would go back to the thread
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._failed = True
        self.close()
        name, why = self._name, f"is not asked any more: internal error ({told(error)})"
        with suppress(Exception):  # it may be this move that fails; said it is in any case
            self._make(Hear(Heard(name, slopes=failure(why))))
        self._say(f"{name} {why}")

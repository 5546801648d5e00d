"""The line to a student's package: its process, asked one question at a time and started again after its death."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from engine.autodiff.primitives import PRIMITIVES, TABLE
from scenarios.student.package import Source, StudentError, unusable
from scenarios.student.process import NoAnswerError, StudentProcess
from scenarios.workspace.verdicts import NONSENSE, Reading, line

_GREATER = PRIMITIVES["lt"].methods[1:]  # the course's gt, for us lt the other way round
_METHODS = {**{row.name: row.course for row in TABLE}, "gt": _GREATER}
_TIMES = {"run": 2, "trace": 4, "walk": 2}  # how often a question may take its seconds: once for each half, and so on
_MARGIN = 0.1


class Answer(msgspec.Struct):
    """What `worker.py` and `serving.py` send; a key that was not sent is empty."""

    id: int
    values: list[Reading] = []
    derivatives: list[Reading] = []
    failed: str = ""
    unwritten: dict[str, bool] = {}
    mistakes: list[list[Reading]] = []
    again: list[Reading] = []
    fault: str = ""
    common: str = ""


class Connection:
    """What `Student` asks; its arguments are Student's. Raises StudentError where the package cannot be imported."""

    def __init__(self, source: Source, seconds: float, megabytes: int, loading: float, wanted: Sequence[str]):
        self._source, self._wanted = source, wanted
        self._seconds, self._megabytes, self._loading = seconds, megabytes, loading
        self._lock = threading.Lock()
        self._process: StudentProcess | None = None
        self._asked = 0
        self._closed = False
        self.deaths = 0
        self.spent = 0.0
        self.unwritten: Mapping[str, bool] = {}
        try:
            with self._lock:
                self._started()
        except NoAnswerError as gone:
            raise StudentError(unusable(source, str(gone))) from None

    @property
    def name(self) -> str:
        """What the package is called."""
        return self._source.name

    def close(self) -> None:
        """End the process, now. Questions asked later, or waiting in another thread, get a verdict that says so."""
        self._closed = True
        process = self._process
        if process is not None:
            process.interrupt()
        with self._lock:
            self._drop()

    def ask(self, ask: str, **request: Any) -> Answer:
        """The answer. Raises NoAnswerError without one; the next question then starts the process again."""
        with self._lock:
            if self._closed:
                raise NoAnswerError("was not asked: riserun has closed it")
            process, begun = self._started(), time.monotonic()
            try:
                return self._exchange(process, ask, {"seconds": self._seconds, **request})
            finally:
                self.spent += time.monotonic() - begun

    def _started(self) -> StudentProcess:
        """The process, with the package imported. Raises NoAnswerError where that fails."""
        if self._process is None:
            self._process = StudentProcess(self._megabytes, max(max(_TIMES.values()) * self._seconds, self._loading))
            source = {"name": self._source.name, "file": self._source.file, "folder": self._source.folder}
            answer = self._exchange(self._process, "load", {**source, "methods": _METHODS, "asked": self._wanted})
            if answer.failed:
                self._drop()
                raise NoAnswerError(line(answer.failed))
            self.unwritten = answer.unwritten
        return self._process

    def _exchange(self, process: StudentProcess, ask: str, request: dict[str, Any]) -> Answer:
        self._asked += 1
        message = json.dumps({"id": self._asked, "ask": ask, **request}).encode()
        # The process itself keeps the time, and goes on living. What cannot be stopped so is killed, soon after.
        seconds = self._loading if ask == "load" else _TIMES.get(ask, 1) * self._seconds + _MARGIN
        try:
            answer = _decoded(process.ask(message, seconds))
            if answer.id != self._asked:
                raise NoAnswerError(NONSENSE)
        except NoAnswerError:
            self.deaths += 1
            self._drop()
            raise
        return answer

    def _drop(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None


def _decoded(line: bytes) -> Answer:
    try:
        return msgspec.json.decode(line, type=Answer)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise NoAnswerError(NONSENSE) from None


def begun(gone: NoAnswerError) -> Answer:
    """What had been sent when the process was gone."""
    try:
        return _decoded(gone.part + b"}")
    except NoAnswerError:
        return Answer(0)

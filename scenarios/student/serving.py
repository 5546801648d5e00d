"""The loop of the process that a student's code runs in: requests come from one pipe, answers go into another.

`process.py` starts it and owns the other ends. A request and its answer are one JSON object each, on a line of its own;
an answer is sent part by part, so that what was known before a crash is known after it.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, NoReturn

from scenarios.student.guards import backstop, bound, complaint
from scenarios.student.worker import Package, Part
from scenarios.student.written import unwritten


def serve(requests: int, answers: int, megabytes: int, longest: int) -> NoReturn:
    """Answer until there are no more requests, and end the process.

    `requests` and `answers` are descriptors. The process takes at most so many megabytes; left alone with a question
    for longer than `longest` seconds it ends.
    """
    bound(megabytes)
    process, package = os.getpid(), None
    with open(requests, "rb") as lines, open(answers, "wb") as out:
        try:
            for line in lines:
                request = json.loads(line)
                number, ask = request.pop("id"), request.pop("ask")
                backstop(longest)
                parts: Iterable[Part]
                if ask == "load":
                    package, parts = _loaded(**request)
                else:
                    parts = getattr(package, ask)(**request)
                _send(out, number, parts, process)
                signal.alarm(0)
        finally:
            # At once: otherwise their exit handlers would still run, and their threads be waited for.
            os._exit(1)


def _loaded(asked: Sequence[str], **source: Any) -> tuple[Package | None, list[Part]]:
    try:
        package = Package(**source)
        return package, [("unwritten", unwritten(package.module, asked))]
    except BaseException as error:
        return None, [("failed", complaint(error))]


def _send(out: BinaryIO, number: int, parts: Iterable[Part], process: int) -> None:
    text = f'{{"id": {number}'
    for key, value in parts:
        if os.getpid() != process:
            os._exit(0)  # their code has forked, and this is the copy
        out.write(f'{text}, "{key}": {json.dumps(value)}'.encode())
        out.flush()
        text = ""
    out.write(f"{text}}}\n".encode())
    out.flush()

"""What stands between `worker.py` and a student's code: limits, time, and words for what went wrong. It runs there.

A *reading* is a finite number, the text nan, inf or -inf, None, or a complaint: what the student's code did instead of
giving a number, as the predicate of a sentence ("raised ZeroDivisionError: ...").
"""

from __future__ import annotations

import math
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from numbers import Real

Reading = float | str | None

_HERE = os.path.dirname(__file__)  # noqa: PTH120 - pathlib would double the time this process takes to start
_LONGEST = 2000


class ComplaintError(Exception):
    """The student's code gave something other than it should; the text is the complaint."""


class HungError(BaseException):
    """The student's code was stopped because it took longer than `seconds`."""

    def __init__(self, seconds: float):
        super().__init__(f"took longer than {seconds:g} s")
        self.seconds = seconds


def bound(megabytes: int) -> None:
    """Bound what this process may take, before any code of the student's runs."""
    limits = (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_FSIZE, 16 << 20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),  # no forks; a superuser is exempt, and is left to the killing of the group
    )
    for kind, most in limits:
        with suppress(ValueError, OSError):  # a system that does not know the limit, or has a lower one
            resource.setrlimit(kind, (most, most))


def backstop(seconds: int) -> None:
    """End this process after `seconds` if riserun, which keeps the time, is no longer there to do it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    highest = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, highest))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise HungError in what is done here once it takes longer.

    What catches that and goes on is left to riserun, and to the backstop, whose alarm comes `seconds` later at most.
    """

    def stop(*_: object) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        raise HungError(seconds)

    left, _ = signal.getitimer(signal.ITIMER_REAL)
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, max(left, seconds))
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(left, seconds))


def reading(value: object) -> Reading:
    """A number as it is sent, or the complaint about a value that is not a number."""
    if not isinstance(value, Real):
        return f"gave {kind(value)}, not a number"
    number = float(value)
    return number if math.isfinite(number) else str(number)


def kind(value: object) -> str:
    """What a value is: `None`, `a bool`."""
    return "None" if value is None else f"a {type(value).__name__}"


def complaint(error: BaseException) -> str:
    """What was raised and where. Never raises: the error is the student's, and so may its text be."""
    if isinstance(error, (ComplaintError, HungError)):
        return str(error)
    name, place, trace = "", "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        file = code.co_filename
        if os.path.dirname(file) != _HERE and not file.startswith("<"):  # noqa: PTH120
            name, place = code.co_qualname, f" ({os.path.basename(file)}:{trace.tb_lineno})"  # noqa: PTH119
        trace = trace.tb_next
    if isinstance(error, NotImplementedError):
        return f"is not written yet: {name.rpartition('<locals>.')[2]}{place}"
    try:
        said = str(error)
        if isinstance(error, ImportError) and error.path:
            said = said.replace(f" ({error.path})", "")  # the place says it, shorter
        if "(most likely due to a circular import)" in said:  # shorter, so that the place has room
            said = said.replace("partially initialized module ", "").partition(" (most")[0] + ", a circular import"
        said = said[:_LONGEST]
    except BaseException:
        said = "(and its text cannot be read)"
    text = f"raised {type(error).__name__}{': ' if said else ''}{said}{place}"
    return text.encode("utf-8", "replace").decode()  # without lone surrogates, which JSON cannot carry

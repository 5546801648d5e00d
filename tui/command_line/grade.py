"""`riserun grade`: a student's own Module 1, checked without a screen."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator
from typing import Any

from scenarios.student.client import Student, StudentError
from scenarios.student.course import TASKS
from scenarios.student.grading import SECONDS, WANTED, grade
from scenarios.student.report import FAULTS, Check, Outcome, Report
from tui.errors import UsageError

_WIDTH, _MARGIN = 80, 25
_COUNTED = {
    Outcome.WRONG: "wrong",
    Outcome.HANGS: "hanging",
    Outcome.SLOW: "too slow",
    Outcome.UNJUDGED: "not judged",
    Outcome.UNWRITTEN: "waiting for what is not written yet",
}


def run(options: argparse.Namespace) -> int:
    """Print a line for each task, then what the first wrong check did; 0 where all is right, otherwise 1."""
    try:
        with Student(options.package, seconds=SECONDS, wanted=WANTED) as student:
            report = grade(student)
    except StudentError as error:
        raise UsageError(str(error)) from None
    if options.json:
        print(json.dumps(_record(options.package, report)))
    else:
        print("\n".join(_lines(report)))
    return 0 if report.right else 1


def _lines(report: Report) -> Iterator[str]:
    for task in report.tasks:
        start = f"{task}  {TASKS[task]}".ljust(_MARGIN)
        yield _wrapped(report.status(task), start, " " * _MARGIN)
    yield ""
    if report.conventions.said:
        said = report.conventions.said
        yield _wrapped(f"{_ended(said[0].upper() + said[1:])} That counts as right.")
    wrong = report.first_wrong
    if wrong is not None:
        yield from _first(wrong)
    yield _wrapped(_end(report))


def _first(wrong: Check) -> Iterator[str]:
    """The first wrong check: what went in, what came out, what is right, and the cause that the number gives away."""
    first = {Outcome.HANGS: "to hang", Outcome.SLOW: "too slow"}.get(wrong.outcome, "wrong")
    yield _wrapped(f"First {first}: {wrong.title} (task {wrong.task}).")
    if wrong.example is not None:
        yield _wrapped(f"{wrong.example.given} {wrong.example.got}.", "  ", "  ")
        if wrong.outcome is Outcome.WRONG:
            yield _wrapped(f"Right is {wrong.example.right}.", "  ", "  ")
    if wrong.hint:
        yield _wrapped(f"Hint: {_ended(wrong.hint)}", "  ", "  ")


def _end(report: Report) -> str:
    """How much is right, and what to do next."""
    counts, total = report.counts, len(report.checks)
    if report.right:
        return f"All {total} checks are right."
    right = counts[Outcome.RIGHT]
    parts = [f"{counts[outcome]} {text}" for outcome, text in _COUNTED.items() if counts[outcome]]
    said = f"{right} of {total} checks {'is' if right == 1 else 'are'} right, {', '.join(parts)}." if right else ""
    if report.first_wrong is not None:
        several = sum(counts[outcome] for outcome in FAULTS) > 1
        return f"{said} Fix this one first: others may follow from it." if several else said
    if counts[Outcome.UNJUDGED] and not counts[Outcome.UNWRITTEN]:
        return f"{said} {_unjudged(report)}"
    task = next((task for task in report.tasks if report.to_write(task)), "")
    return (
        f"{said} Nothing is wrong so far; write {report.to_write(task)[0]} next (task {task}).".strip()
        if task
        else said
    )


def _unjudged(report: Report) -> str:
    why = next(check.verdict.text for check in report.checks if check.outcome is Outcome.UNJUDGED)
    return _ended(why[0].upper() + why[1:])


def _ended(text: str) -> str:
    return text if text.endswith("?") else f"{text}."


def _wrapped(text: str, first: str = "", others: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=others, break_on_hyphens=False, break_long_words=False
    )


def _record(package: str, report: Report) -> dict[str, Any]:
    first, known = report.first_wrong, report.conventions
    return {
        "package": package,
        "right": report.right,
        "conventions": {"log_adds": known.log, "log_back_adds": known.log_back, "text": known.said},
        "tasks": [
            {
                "task": task,
                "title": TASKS[task],
                "right": all(check.verdict.right for check in report.of(task)) and not report.to_write(task),
                "text": report.status(task),
                "to_write": list(report.to_write(task)),
            }
            for task in report.tasks
        ],
        "first_wrong": _check_record(first) if first else None,
        "checks": [_check_record(check) for check in report.checks],
    }


def _check_record(check: Check) -> dict[str, Any]:
    record: dict[str, Any] = {
        "task": check.task,
        "name": check.name,
        "direction": check.direction or None,
        "right": check.verdict.right,
        "outcome": check.outcome.value,
        "text": check.verdict.text,
    }
    if check.example is not None:
        record["example"] = {"given": check.example.given, "got": check.example.got, "right": check.example.right}
    if check.hint:
        record["hint"] = check.hint
    return record

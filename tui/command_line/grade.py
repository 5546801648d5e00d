"""`riserun grade`: a student's own Module 1, checked without a screen."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from scenarios.student.client import Student, StudentError
from scenarios.student.grading import Check, Report, checks
from tui.errors import UsageError


def run(options: argparse.Namespace) -> int:
    """Print a line for each check, then what the first wrong one did; 0 where all is right, otherwise 1."""
    try:
        with Student(options.package) as student:
            made: list[Check] = []
            for check in checks(student):
                made.append(check)
                if not options.json:
                    print(f"{check.name:<26}{check.direction:<10}{check.verdict.text}")
                    sys.stdout.flush()
    except StudentError as error:
        raise UsageError(str(error)) from None
    report = Report(tuple(made))
    print(json.dumps(_record(options.package, report)) if options.json else "\n" + _summary(report))
    return 0 if report.right else 1


def _summary(report: Report) -> str:
    wrong = report.first_wrong
    if wrong is None:
        return f"All {len(report.checks)} are right."
    name = f"{wrong.name}, {wrong.direction}" if wrong.direction else wrong.name
    count = sum(not check.verdict.right for check in report.checks)
    others = f" ({count} of {len(report.checks)} are not right; fix this one first.)" if count > 1 else ""
    if wrong.example is None:
        return f"The first wrong one is {name}: {wrong.verdict.text}.{others}"
    example = wrong.example
    return f"The first wrong one is {name}.{others}\n{example.given} {example.got}.\nRight is {example.right}."


def _record(package: str, report: Report) -> dict[str, Any]:
    first = report.first_wrong
    return {
        "package": package,
        "right": report.right,
        "first_wrong": _check_record(first) if first else None,
        "checks": [_check_record(check) for check in report.checks],
    }


def _check_record(check: Check) -> dict[str, Any]:
    record: dict[str, Any] = {
        "name": check.name,
        "direction": check.direction or None,
        "right": check.verdict.right,
        "text": check.verdict.text,
    }
    if check.example is not None:
        record["example"] = {"given": check.example.given, "got": check.example.got, "right": check.example.right}
    return record

"""What came of one question to a student's package: its passes forward and backward, and riserun's own way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.workspace.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Passes:
    """A program run forward and backward on their Scalars: a verdict on each, and the numbers that are right.

    `asked` is the question, and `scale` what its answers are multiplied by.
    """

    forward: Verdict
    backward: Verdict
    value: float
    derivatives: tuple[float, ...]
    asked: Mapping[str, Any] = field(default_factory=dict)
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Walk:
    """The way back of a program that riserun goes itself, along what the backward of each operation gives.

    `fault`: what is wrong with an operation, otherwise `common`: with what all of them use; "" where nothing certain
    is. `alone` is the verdict on the derivatives. `from_one`, `ahead`: what comes out where derivatives begin at 1, and
    where each operation is handed the output's derivative; `again`: a verdict on their backward(1.0), if it was asked.
    """

    fault: str
    common: str
    alone: Verdict
    from_one: tuple[float, ...] = ()
    ahead: tuple[float, ...] = ()
    again: Verdict | None = None

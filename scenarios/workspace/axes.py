"""Axes: what a row of the editors sets, and what the landscape goes along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from engine.training.problem import Problem

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the model, by its index."""

    index: int


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the problem, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """The direction of the step to come, along which the rate is the distance."""


Axis = Parameter | Setting | Step

STEP = Step()


def rows(problem: Problem) -> tuple[Axis, ...]:
    """The rows of the editors: the parameters, and below them the settings of the optimizer."""
    return _rows(len(problem.names), problem.optimizer.settings)


@lru_cache(maxsize=16)
def _rows(count: int, settings: tuple[str, ...]) -> tuple[Axis, ...]:
    return *map(Parameter, range(count)), *map(Setting, settings)


def number(axis: Axis, problem: Problem) -> int:
    """The axis as a journal has it: -1 for the step, otherwise the place of its row."""
    match axis:
        case Parameter(index):
            return index
        case Setting():
            known = rows(problem)
            return known.index(axis) if axis in known else len(known)
        case Step():
            return -1


def axis(number: int, problem: Problem) -> Axis:
    """The axis that a journal means by this number; one that there is not is a parameter that there is not."""
    known = rows(problem)
    return STEP if number == -1 else known[number] if 0 <= number < len(known) else Parameter(number)


def placed(pairs: Iterable[tuple[Axis, V]], at: Axis, value: V) -> tuple[tuple[Axis, V], ...]:
    """The pairs with `value` at that axis, in one order, whichever was placed first."""
    return tuple(sorted({**dict(pairs), at: value}.items(), key=lambda pair: _order(pair[0])))


def within(pairs: tuple[tuple[Axis, V], ...], count: int) -> tuple[tuple[Axis, V], ...]:
    """The pairs without those of parameters that there are not, where there are `count`."""
    return tuple(pair for pair in pairs if not isinstance(pair[0], Parameter) or pair[0].index < count)


def _order(axis: Axis) -> tuple[int, int, str]:
    match axis:
        case Step():
            return 0, 0, ""
        case Parameter(index):
            return 1, index, ""
        case Setting(name):
            return 2, 0, name

"""Points with labels: the lecture's ten, their hard relabelling, and the course's six sets, each a row of SOURCES."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.names import named, nearest
from engine.replay.program import Array
from engine.training.settings import Setting

Point = tuple[float, float]


class PointError(ValueError):
    """A point that is none, its text for a person; `point`: which one it is, from 1."""

    def __init__(self, point: int, what: str):
        super().__init__(what)
        self.point = point


@dataclass(frozen=True, slots=True)
class Drawn:
    """How points were drawn: the name of a row of SOURCES, how many, the seed, and how far they were displaced."""

    name: str
    count: int
    seed: int = 0
    noise: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """N labelled points as read-only columns of shape (N,): x1, x2 and y in {-1, +1}.

    `source`: what they were drawn from, None for points of one's own. Build it with `data`, or draw it with `drawn`.
    """

    source: Drawn | None
    x1: Array
    x2: Array
    y: Array

    def __len__(self) -> int:
        return len(self.y)


def data(points: Iterable[tuple[float, float, float]], source: Drawn | None = None) -> Data:
    """Data from (x1, x2, label) rows, with labels all of -1/+1 or all of 0/1.

    Raises ValueError for an empty set, and PointError for a number that is not finite, a label of another kind, or
    labels of both kinds.
    """
    rows = list(points)
    if not rows:
        raise ValueError("there are no points: at least one is needed")
    table = np.array(rows, dtype=np.float64)
    finite = np.isfinite(table).all(axis=1)
    if not finite.all():
        bad = int(np.argmin(finite)) + 1
        raise PointError(bad, f"point {bad} has a number that is not finite")
    labels = table[:, 2]
    known = np.isin(labels, (-1.0, 0.0, 1.0))
    if not known.all():
        bad = int(np.argmin(known)) + 1
        raise PointError(bad, f"point {bad} has the label {labels[bad - 1]:g}; labels are +1 and -1 (or 1 and 0)")
    zeros, minuses = labels == 0.0, labels == -1.0
    if zeros.any() and minuses.any():
        zero, minus = int(np.argmax(zeros)) + 1, int(np.argmax(minuses)) + 1
        both = f"point {zero} has 0, point {minus} has -1"
        raise PointError(zero, f"the labels mix two kinds ({both}); use +1 and -1, or 1 and 0")
    columns = [np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]), np.where(labels > 0.0, 1.0, -1.0)]
    for column in columns:
        column.flags.writeable = False
    return Data(source, *columns)


Rows = list[tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where points come from: `draw(count, random)` with anything that has `random()`, as the course draws them.

    `limits`: the range of both axes; `fixed`: there are `count` points, always the same.
    """

    name: str
    draw: Callable[[int, Any], Rows]
    limits: tuple[float, float] = (0.0, 1.0)
    count: int = 50
    fixed: bool = False

    def make(self, count: int, seed: int, noise: float) -> Rows:
        """Rows (x1, x2, label), the same ones for the same seed; each point displaced, after it was labelled, by a
        normal deviate of standard deviation `noise` in x1 and in x2.
        """
        source = random.Random(seed)
        rows = self.draw(count, source)
        if noise:
            rows = [(x1 + source.gauss(0.0, noise), x2 + source.gauss(0.0, noise), label) for x1, x2, label in rows]
        return rows


def drawn(name: str, **settings: Any) -> Data:
    """The points of a row of SOURCES; `settings` are rows of DRAWING by name.

    Raises SettingError for a value that one of these does not have, and ValueError, its text for a person, for an
    unknown source, or for settings where it takes none.
    """
    known = named(name, SOURCES)
    if known is None:
        raise ValueError(f"unknown set {name!r}; {nearest(name, SOURCES)}")
    row = SOURCES[known]
    if settings and row.fixed:
        raise ValueError(f"{name} has always the same points")
    checked = {key: DRAWING[key].checked(value) for key, value in settings.items()}
    found = Drawn(row.name, **{"count": row.count, **checked})
    return data(row.make(found.count, found.seed, found.noise), found)


def limits_of(points: Data) -> tuple[float, float] | None:
    """The range of both axes that their source is drawn over; None for points of one's own."""
    return None if points.source is None else SOURCES[points.source.name].limits


def lecture() -> Data:
    """The lecture's ten points: +1 where x1 + x2 > 1."""
    return drawn("lecture")


def hard() -> Data:
    """The next ten points of the same generator: +1 where x1 < 0.2 or x1 > 0.8, so no single line will do."""
    return drawn("hard")


def _lecture(count: int, source: Any) -> Rows:
    return [(x1, x2, 1.0 if x1 + x2 > 1 else -1.0) for x1, x2 in _twenty()[:count]]


def _hard(count: int, source: Any) -> Rows:
    return [(x1, x2, 1.0 if x1 < 0.2 or x1 > 0.8 else -1.0) for x1, x2 in _twenty()[count:]]


def _twenty() -> list[Point]:
    source = random.Random(10)
    return [(source.random(), source.random()) for _ in range(20)]


def _labelled(inside: Callable[[float, float], bool]) -> Callable[[int, Any], Rows]:
    def draw(count: int, source: Any) -> Rows:
        points = [(source.random(), source.random()) for _ in range(count)]
        return [(x1, x2, int(inside(x1, x2))) for x1, x2 in points]

    return draw


def _spiral(count: int, source: Any) -> Rows:
    half = count // 2
    turns = [10.0 * i / half for i in range(5, 5 + half)]
    arm: Rows = [(t * math.cos(t) / 20.0 + 0.5, t * math.sin(t) / 20.0 + 0.5, 0) for t in turns]
    return arm + [(-t * math.sin(-t) / 20.0 + 0.5, -t * math.cos(-t) / 20.0 + 0.5, 1) for t in turns]


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source("lecture", _lecture, count=10, fixed=True),
        Source("hard", _hard, count=10, fixed=True),
        Source("Simple", _labelled(lambda x1, x2: x1 < 0.5)),
        Source("Diag", _labelled(lambda x1, x2: x1 + x2 < 0.5)),
        Source("Split", _labelled(lambda x1, x2: x1 < 0.2 or x1 > 0.8)),
        Source("Xor", _labelled(lambda x1, x2: (x1 < 0.5 < x2) or (x2 < 0.5 < x1))),
        Source("Circle", _labelled(lambda x1, x2: (x1 - 0.5) ** 2 + (x2 - 0.5) ** 2 > 0.1)),
        Source("Spiral", _spiral, limits=(-0.1, 1.1)),
    )
}
"""The lecture's two, and the course's six, whose labels are 0 and 1."""

DRAWING: dict[str, Setting] = {
    row.name: row
    for row in (
        Setting(
            "count",
            50,
            "how many points",
            wanted="a whole number from 2 to 100,000",
            admits=lambda value: 2 <= value <= 100_000,
        ),
        Setting(
            "seed",
            0,
            "which points",
            wanted="a whole number from 0 to 2^53",
            admits=lambda value: 0 <= value <= 2**53,
        ),
        Setting(
            "noise",
            0.0,
            "how far the points are displaced",
            wanted="a number from 0 to 1",
            admits=lambda value: 0.0 <= value <= 1.0,
        ),
    )
}

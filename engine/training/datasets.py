"""Points with labels: the lecture's ten, their hard relabelling, and the course's generators."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from engine.replay.program import Array

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """N labelled points as read-only columns of shape (N,): x1, x2 and y in {-1, +1}.

    `name` is the built-in set's name, or "" for points of one's own. Build it with `data`.
    """

    name: str
    x1: Array
    x2: Array
    y: Array

    def __len__(self) -> int:
        return len(self.y)


def data(points: Iterable[tuple[float, float, float]], name: str = "") -> Data:
    """Data from (x1, x2, label) rows, with labels all of -1/+1 or all of 0/1.

    Raises ValueError, saying which row, for an empty set, a number that is not finite or a label of another kind.
    """
    rows = list(points)
    if not rows:
        raise ValueError("there are no points: at least one is needed")
    table = np.array(rows, dtype=np.float64)
    finite = np.isfinite(table).all(axis=1)
    if not finite.all():
        raise ValueError(f"point {int(np.argmin(finite)) + 1} has a number that is not finite")
    labels = table[:, 2]
    known = np.isin(labels, (-1.0, 0.0, 1.0))
    if not known.all():
        bad = int(np.argmin(known))
        raise ValueError(f"point {bad + 1} has the label {labels[bad]:g}; labels are +1 and -1 (or 1 and 0)")
    zeros, minuses = labels == 0.0, labels == -1.0
    if zeros.any() and minuses.any():
        both = f"point {int(np.argmax(zeros)) + 1} has 0, point {int(np.argmax(minuses)) + 1} has -1"
        raise ValueError(f"the labels mix two kinds ({both}); use +1 and -1, or 1 and 0")
    columns = [np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]), np.where(labels > 0.0, 1.0, -1.0)]
    for column in columns:
        column.flags.writeable = False
    return Data(name, *columns)


def lecture() -> Data:
    """The lecture's ten points: +1 where x1 + x2 > 1."""
    points = _seeded(20)[:10]
    return data(((x1, x2, 1 if x1 + x2 > 1 else -1) for x1, x2 in points), "lecture")


def hard() -> Data:
    """The next ten points of the same generator: +1 where x1 < 0.2 or x1 > 0.8, so no single line separates them."""
    points = _seeded(20)[10:]
    return data(((x1, x2, 1 if x1 < 0.2 or x1 > 0.8 else -1) for x1, x2 in points), "hard")


SETS: dict[str, Callable[[], Data]] = {"lecture": lecture, "hard": hard}


def _seeded(count: int) -> list[Point]:
    source = random.Random(10)
    return [(source.random(), source.random()) for _ in range(count)]


def _uniform(count: int) -> list[Point]:
    return [(random.random(), random.random()) for _ in range(count)]


def _labelled(inside: Callable[[float, float], bool]) -> Callable[[int], list[tuple[float, float, int]]]:
    return lambda count: [(x1, x2, int(inside(x1, x2))) for x1, x2 in _uniform(count)]


def _spiral(count: int) -> list[tuple[float, float, int]]:
    half = count // 2
    turns = [10.0 * i / half for i in range(5, 5 + half)]
    arm = [(t * math.cos(t) / 20.0 + 0.5, t * math.sin(t) / 20.0 + 0.5, 0) for t in turns]
    other = [(-t * math.sin(-t) / 20.0 + 0.5, -t * math.cos(-t) / 20.0 + 0.5, 1) for t in turns]
    return arm + other


GENERATORS: dict[str, Callable[[int], list[tuple[float, float, int]]]] = {
    "Simple": _labelled(lambda x1, x2: x1 < 0.5),
    "Diag": _labelled(lambda x1, x2: x1 + x2 < 0.5),
    "Split": _labelled(lambda x1, x2: x1 < 0.2 or x1 > 0.8),
    "Xor": _labelled(lambda x1, x2: (x1 < 0.5 < x2) or (x2 < 0.5 < x1)),
    "Circle": _labelled(lambda x1, x2: (x1 - 0.5) ** 2 + (x2 - 0.5) ** 2 > 0.1),
    "Spiral": _spiral,
}
"""The course's generators: N -> rows (x1, x2, 0 or 1). All but Spiral draw from `random` in the unit square."""

"""Batches: the points that the slopes of one step are of. A pure function, so that every step can be computed again."""

from __future__ import annotations

import random
from functools import lru_cache

import numpy as np


def batch(seed: int, step: int, count: int, size: int) -> tuple[int, ...]:
    """The numbers, from 0, of the points in batch `step` of `size` points out of `count`, in rising order.

    Batch after batch goes once through all points in a random order, then through another order. So the last batch of
    each round is smaller where `size` does not divide `count`. A `size` of 0, or of `count` and more, is all points.
    """
    if not 0 < size < count:
        return tuple(range(count))
    rounds, place = divmod(step, -(-count // size))
    return tuple(sorted(_order(seed, rounds, count)[place * size : (place + 1) * size]))


@lru_cache(maxsize=4)
def _order(seed: int, rounds: int, count: int) -> list[int]:
    # Of all that `random` offers, `random()` alone is promised to give the same numbers in every version of Python.
    source = random.Random(f"{seed} {rounds}")
    order: list[int] = np.argsort(np.array([source.random() for _ in range(count)]), kind="stable").tolist()
    return order

"""Times of several programs, alternately in one run, once they agree."""

import gc
import random
import time
from collections.abc import Callable, Mapping
from statistics import median

import numpy as np

from bench.speed.workloads import Array

Times = Mapping[str, list[float]]


def agree(found: Mapping[str, Array], tolerance: float = 1e-9) -> None:
    """Raises ArithmeticError where two of the answers are not the same."""
    (first, expected), *others = found.items()
    for name, values in others:
        off = float(np.max(np.abs(values - expected) / np.maximum(1.0, np.abs(expected))))
        if not off <= tolerance:
            raise ArithmeticError(f"{name} and {first} differ by {off:.3g}")


def by_turns(programs: Mapping[str, Callable[[], object]], rounds: int = 60, block: float = 0.002) -> Times:
    """Seconds that one run of each program took, once in each round.

    In a round each program runs for about `block` seconds, after one run that is not counted, in random order, so
    that no rhythm of the machine falls on the same one each time. The garbage collector is on, as it is where programs
    run, and is emptied before each, so that nobody pays for another's garbage.
    """
    order, chance = list(programs), random.Random(1)
    counts = {name: max(1, round(block / _warm_seconds(run))) for name, run in programs.items()}
    times: dict[str, list[float]] = {name: [] for name in programs}
    gc.freeze()  # what has been imported is not looked through again and again
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            gc.collect()
            programs[name]()
            times[name].append(_seconds(programs[name], counts[name]))
    gc.unfreeze()
    return times


def ratio(times: Times, above: str, below: str) -> float:
    """How many times as long the one took as the other: the median over the rounds."""
    return median(one / other for one, other in zip(times[above], times[below], strict=True))


def microseconds(times: Times, name: str) -> float:
    """The median."""
    return 1e6 * median(times[name])


def _warm_seconds(run: Callable[[], object]) -> float:
    run()  # which may compile
    return _seconds(run, 3)


def _seconds(run: Callable[[], object], count: int) -> float:
    start = time.perf_counter()
    for _ in range(count):
        run()
    return (time.perf_counter() - start) / count

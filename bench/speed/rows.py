"""The rows of `python -m bench speed`. Nothing is timed before all ways to a gradient agree."""

import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from bench.speed import eager, idiomatic, replayed, tuned
from bench.speed.measure import Times, agree, by_turns, microseconds, ratio
from bench.speed.peers import peer
from bench.speed.workloads import GRADIENTS, H2, H10, TANH, W1, W1_500, Gradient, Workload, slopes
from bench.table import Row

_TUNED = {W1: (1.35, 1.15), W1_500: (1.35, 1.15), H10: (1.2, 1.08), TANH: (1.2, 1.08)}  # limit and goal
_PEERS = {"torch": (12.0, 15.0), "jax": (1.5, 2.5), "autograd": (None, None)}
_PEERS_ON = (W1, H2, H10)
_COUNTS = (10, 100, 1000, 10_000, 100_000, 1_000_000)
_GROWING = ((2, 1), (2, 2, 2, 1), (2, 10, 10, 1), (2, 32, 32, 1))


def measure() -> Iterator[Row | str]:
    """All of it, a row at a time."""
    for rows in (_eager, _gradients, _grids, _beginning, _growth):
        yield from rows()


def _eager() -> Iterator[Row | str]:
    """Before any other peer is loaded: what a collection of garbage costs depends on all that is loaded."""
    micrograd = peer("micrograd")
    if micrograd is None:
        yield _left_out("micrograd")
        return
    for workload in (W1, H10):
        ways = {"eager": eager.gradient(workload), "micrograd": micrograd.gradient(workload)}
        agree(slopes(ways))
        times = by_turns(_runs(ways), rounds=25, block=0.02)
        yield _faster("micrograd", "eager", times, workload, (4.5, 6.0))


def _gradients() -> Iterator[Row | str]:
    peers = {name: peer(name) for name in _PEERS}
    yield from (_left_out(name) for name, module in peers.items() if module is None)
    for workload in GRADIENTS:
        ways = {
            "replay": replayed.gradient(workload),
            "tuned NumPy": tuned.gradient(workload),
            "NumPy": idiomatic.gradient(workload),
            **{name: module.gradient(workload) for name, module in peers.items() if module is not None},
        }
        agree(slopes(ways))
        times = by_turns(_runs(ways))
        yield _beside_tuned("gradient", workload.name, times, *_TUNED.get(workload, (None, None)))
        yield _faster("NumPy", "replay", times, workload, (None, None))
        for name, bounds in _PEERS.items():
            if name in times:
                yield _faster(name, "replay", times, workload, bounds if workload in _PEERS_ON else (None, None))
        if "torch" in times:  # what there is to be had from NumPy
            yield _faster("torch", "tuned NumPy", times, workload, (None, None))


def _grids() -> Iterator[Row | str]:
    for workload in (W1, H10):
        name = "Linear" if workload is W1 else workload.name
        yield _against_tuned("field 120x48", name, replayed.field(workload), tuned.field(workload), 1.15, 1.0)
    yield _against_tuned("100 epochs", "H10", replayed.epochs(H10), tuned.epochs(H10), 1.15, 1.0)
    line = (W1_500.x, W1_500.y, 0.2)
    ours, theirs = replayed.landscape(*line), tuned.landscape(*line)
    yield _against_tuned("landscape 120x48", "500 points", ours, theirs, 1.2, None)


def _beginning() -> Iterator[Row | str]:
    times = by_turns({"build": lambda: replayed.build(H10)})
    yield Row("record and build, H10", microseconds(times, "build") / 1000, "ms", 3, 1)


def _growth() -> Iterator[Row | str]:
    yield ""
    yield _line("ns per point, of points:", [f"{count:,}" for count in _COUNTS] + ["held"])
    for sizes in _GROWING:
        cells = []
        for count in _COUNTS:
            way = replayed.gradient(Workload("", sizes, count))
            times = by_turns({"replay": way.run}, rounds=15)
            cells.append(_given(1000 * microseconds(times, "replay") / count))
        yield _line("-".join(map(str, sizes)), [*cells, f"{_columns_held(sizes):.3g}"])
    yield "held: memory in columns of N numbers, the data's own three left out"


def _columns_held(sizes: tuple[int, ...], count: int = 100_000) -> float:
    workload = Workload("", sizes, count)
    workload.x, workload.y  # noqa: B018  made before it is looked at
    tracemalloc.start()
    total = replayed.build(workload)
    total.gradient(workload.theta)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / (8 * count)


def _against_tuned(
    what: str,
    of: str,
    ours: Callable[[], Any],
    theirs: Callable[[], Any],
    limit: float,
    goal: float | None,
) -> Row:
    agree({"tuned NumPy": np.array(theirs()), "replay": ours()})
    return _beside_tuned(what, of, by_turns({"replay": ours, "tuned NumPy": theirs}), limit, goal)


def _beside_tuned(what: str, of: str, times: Times, limit: float | None, goal: float | None) -> Row:
    value, note = ratio(times, "replay", "tuned NumPy"), _note(times, "replay", "tuned NumPy")
    return Row(f"{what}, {of}: replay to tuned NumPy", value, "times", limit, goal, note)


def _faster(peer: str, ours: str, times: Times, workload: Workload, bounds: tuple[float | None, float | None]) -> Row:
    what = f"gradient, {workload.name}: {ours} faster than {peer}"
    return Row(what, ratio(times, peer, ours), "times", *bounds, _note(times, ours, peer), at_least=True)


def _runs(ways: Mapping[str, Gradient]) -> dict[str, Callable[[], object]]:
    return {name: way.run for name, way in ways.items()}


def _note(times: Times, *names: str) -> str:
    return " and ".join(_given(microseconds(times, name)) for name in names) + " µs"


def _given(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _left_out(name: str) -> str:
    return f"{name} is not installed here: its rows are left out"


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<24}" + "".join(f"{cell:>11}" for cell in cells)

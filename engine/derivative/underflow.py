"""Where a backward pass loses a slope: it is too small for a float, becomes 0, and would have met a large one.

log(2/x^343) at 5 is such a program: one slope is about -1e-480, and what follows makes -68.6 of it, but 0 of 0.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

from engine.autodiff.backpropagation import topological_order
from engine.autodiff.primitive import UNDEFINED, Primitive
from engine.autodiff.primitives import TABLE
from engine.autodiff.scalar import Scalar
from engine.symbolic.lack import vanishes

_LEAST = 5e-324  # what a vanished slope may have been, at most
_FELT = 1e-9  # of the result


def spoilt(output: Scalar, leaf: Scalar, slope: float) -> bool:
    """Whether d output / d leaf, computed as `slope`, may be another number because slopes on the way vanished."""
    order = topological_order(output)
    derivatives, doubts = dict.fromkeys(map(id, order), 0.0), dict.fromkeys(map(id, order), 0.0)
    derivatives[id(output)] = 1.0
    for node in reversed(order):
        if node.primitive is None:
            continue
        for index, entry in enumerate(node.inputs):
            if isinstance(entry, Scalar):
                local, vanished = _local(node, index)
                derivatives[id(entry)] += derivatives[id(node)] * local
                doubt = abs(derivatives[id(node)]) * _LEAST if vanished else 0.0
                doubts[id(entry)] += doubts[id(node)] * abs(local) + doubt
    return not doubts[id(leaf)] <= _FELT * max(1.0, abs(slope))


def vanished(node: Scalar) -> bool:
    """Whether the value of a Scalar is 0 only because what it should be is too small for a float."""
    return node.primitive is not None and vanishes(node.primitive, _values(node), node.value)


def _values(node: Scalar) -> tuple[float, ...]:
    return tuple(entry.value if isinstance(entry, Scalar) else entry for entry in node.inputs)


def _local(node: Scalar, index: int) -> tuple[float, bool]:
    """d node / d input `index`, nan where it does not exist, and whether it is 0 because something in it vanished."""
    assert node.primitive is not None
    values, gone = _values(node), [vanished(node)]
    try:
        local = node.primitive.rules[index](_watching(gone), values, node.value)
    except UNDEFINED:
        return math.nan, False
    return local, local == 0.0 and any(gone)


def _watching(gone: list[bool]) -> SimpleNamespace:
    """The operations on floats; each notes whether its value vanished."""

    def watched(row: Primitive) -> Any:
        def call(*inputs: float) -> float:
            out = row.value(*inputs)
            gone.append(vanishes(row, inputs, out))
            return out

        return call

    return SimpleNamespace(**{row.name: watched(row) for row in TABLE})

"""Backpropagation over the history of a Scalar: whole, or one operation at a time.

Nothing is written into a Scalar: derivatives are returned, so asking twice gives the same answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.autodiff.primitive import UNDEFINED
from engine.autodiff.primitives import FLOATS
from engine.autodiff.scalar import Scalar


def topological_order(output: Scalar) -> list[Scalar]:
    """Every Scalar that `output` was made from, inputs before what they made, `output` last.

    Iterative, so that a chain of 100,000 operations does not reach Python's recursion limit.
    """
    order: list[Scalar] = []
    seen: set[int] = set()
    stack: list[Scalar | None] = [output]  # None: the inputs of the Scalar below it are done
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())  # type: ignore[arg-type]
        elif id(node) not in seen:
            seen.add(id(node))
            stack += (node, None)
            for entry in (node.right, node.left):
                if isinstance(entry, Scalar):
                    stack.append(entry)
    return order


@dataclass(frozen=True, slots=True)
class BackwardStep:
    """The chain rule at one operation.

    `derivative` is d output / d node; `local[i]` is d node / d input i; what flows into input i is their product.
    Positions that hold a plain number have None: a constant takes no derivative.
    """

    node: Scalar
    derivative: float
    local: tuple[float | None, ...]


def backward_steps(output: Scalar, seed: float = 1.0) -> Iterator[BackwardStep]:
    """The chain rule applied operation by operation, from `output` back to the leaves (which have no `local`).

    A local slope that does not exist there is nan, and so is every derivative that it goes into.
    """
    derivatives: dict[int, float] = {id(output): seed}
    for node in reversed(topological_order(output)):
        derivative = derivatives[id(node)]
        local = _known_slopes(node)
        for entry, slope in zip(node.inputs, local, strict=True):
            if isinstance(entry, Scalar) and slope is not None:
                derivatives[id(entry)] = derivatives.get(id(entry), 0.0) + derivative * slope
        yield BackwardStep(node, derivative, local)


def local_derivatives(node: Scalar) -> tuple[float | None, ...]:
    """d node / d input, for each input that is a Scalar; None where the input is a plain number; () for a leaf.

    Raises as the operations do on floats where one does not exist.
    """
    if node.primitive is None:
        return ()
    return tuple(_local(node, index) if isinstance(entry, Scalar) else None for index, entry in enumerate(node.inputs))


def _local(node: Scalar, index: int) -> float:
    assert node.primitive is not None
    values = tuple(entry.value if isinstance(entry, Scalar) else entry for entry in node.inputs)
    slope: float = node.primitive.rules[index](FLOATS, values, node.value)
    return slope


def _known_slopes(node: Scalar) -> tuple[float | None, ...]:
    """`local_derivatives`, nan for each that does not exist."""
    try:
        return local_derivatives(node)
    except UNDEFINED:
        slopes: list[float | None] = []
        for index, entry in enumerate(node.inputs):
            try:
                slopes.append(_local(node, index) if isinstance(entry, Scalar) else None)
            except UNDEFINED:
                slopes.append(math.nan)
        return tuple(slopes)


def derivatives(output: Scalar, wrt: Sequence[Scalar], seed: float = 1.0) -> tuple[float, ...]:
    """d output / d each of `wrt`, in one backward pass; 0 for a Scalar that `output` does not depend on.

    The same numbers as `backward_steps`, without the steps. It goes from depth to depth and adds up what flows into
    each Scalar; the sum is complete when its depth is reached.
    """
    layers: list[dict[Scalar, float]] = [{} for _ in range(output.depth)]
    layers.append({output: seed})
    for layer in layers[:0:-1]:
        for node, derivative in layer.items():
            left_slope, right_slope = node.left_slope, node.right_slope
            if left_slope is None and right_slope is None:
                left_slope, right_slope = _slopes(node)
            if left_slope is not None:
                entry = node.left
                below = layers[entry.depth]
                if entry in below:
                    below[entry] += derivative * left_slope
                else:
                    below[entry] = derivative * left_slope
            if right_slope is not None:
                entry = node.right
                below = layers[entry.depth]
                if entry in below:
                    below[entry] += derivative * right_slope
                else:
                    below[entry] = derivative * right_slope
    found = [layers[leaf.depth].get(leaf, 0.0) if leaf.depth <= output.depth else 0.0 for leaf in wrt]
    return tuple(slope + 0.0 for slope in found)  # there is no -0 among derivatives


def _slopes(node: Scalar) -> tuple[float | None, float | None]:
    """`local_derivatives` of an operation, with None in place of an input that it does not have."""
    if node.right is None and node.primitive is not None and type(node.left) is Scalar:
        return node.primitive.rules[0](FLOATS, (node.left.value,), node.value), None
    left, right, *_ = (*local_derivatives(node), None)
    return left, right

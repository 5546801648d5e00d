"""NumPy tuned by hand to its limit, the yardstick: the fewest calls, every one into an array made beforehand.

A layer is one product of [weights | bias] with a block whose last row is ones, forward and backward; labels, signs and
1/N are multiplied into what is known beforehand. As stable as everything it is compared with: finite at m = ±1000.
"""

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from bench.speed.workloads import EPOCHS, GRID, RATE, Array, Gradient, Workload

_LINE = 64  # bytes that the processor fetches at once: an array that begins with one is read faster
_ZERO, _ONE = np.zeros(()), np.ones(())
_Loss = Callable[[Array], float]


def gradient(workload: Workload) -> Gradient:
    """The loss is answered, the slopes are written into one array."""
    theta, slopes = _aligned(workload.theta), _array(workload.theta.shape)
    run = (_line if len(workload.sizes) == 2 else _network)(workload, theta, slopes)
    return Gradient(run, lambda _: slopes)


def epochs(workload: Workload) -> Callable[[], Array]:
    """Gradient descent from theta."""
    theta, slopes, step = (_array(workload.theta.shape) for _ in range(3))
    run, rate = _network(workload, theta, slopes), np.array(RATE)

    def descend() -> Array:
        theta[:] = workload.theta
        for _ in range(EPOCHS):
            run()
            np.multiply(slopes, rate, step)
            np.subtract(theta, step, theta)
        return theta

    return descend


def field(workload: Workload) -> Callable[[], Array]:
    """m over the grid, (len(x2), len(x1))."""
    x1, x2 = GRID
    shape = (len(x2), len(x1))
    column = _aligned(np.stack([x2, np.ones_like(x2)]))
    first, *others = map(_aligned, workload.layers(workload.theta))
    along, across = _array((len(first), len(x1))), _array((len(first), len(x2)))
    weight, rest, row = first[:, :1], first[:, 1:], x1[None]
    blocks = [_array((units + 1, len(x1) * len(x2)), 1.0) for units in workload.sizes[1:]]
    sums = blocks[0][:-1].reshape(len(first), *shape)
    relus = [block[:-1] for block in blocks[:-1]]
    zeros = [_array(hidden.shape) for hidden in relus]
    dot, maximum, top = np.dot, np.maximum, across[:, :, None]
    steps = list(zip(others, blocks, [block[:-1] for block in blocks[1:]], relus, zeros, strict=False))
    answer = blocks[-1][0].reshape(shape)

    def run() -> Array:
        dot(weight, row, along)  # what depends on x1 and what on x2 meet only in their sum
        dot(rest, column, across)
        np.add(top, along[:, None], sums)
        for layer, block, out, hidden, zeros in steps:
            maximum(hidden, zeros, out=hidden)
            dot(layer, block, out)
        return answer

    return run


def landscape(x: Array, y: Array, bias: float) -> Callable[[], Array]:
    """The mean log-loss of the line (w1, w2, b) over the grid's values of w1 and w2, (len(w2), len(w1))."""
    w1, w2 = GRID
    count = len(y)
    first, second, ground = _aligned(np.outer(w1, -y * x[0])), _aligned(-y * x[1]), _aligned(-y * bias)
    answer, share = np.empty((len(w2), len(w1))), _array(count, 1.0 / count)
    pieces = np.array_split(np.arange(len(w1)), max(1, first.nbytes // 2**17))  # of what the inner cache holds
    parts = [slice(piece[0], piece[-1] + 1) for piece in pieces]
    room = _array((max(map(len, pieces)), count))
    steps = [(first[part], room[: part.stop - part.start], part) for part in parts]
    add, exp, log1p, dot = np.add, np.exp, np.log1p, np.dot

    def run() -> Array:
        for index, weight in enumerate(w2):
            rest = second * weight + ground
            for products, u, part in steps:
                add(products, rest, u)
                exp(u, u)
                log1p(u, u)
                dot(u, share, answer[index, part])
        if not np.isfinite(answer).all():  # e^u was too large somewhere: the longer stable way
            for index, weight in enumerate(w2):
                np.dot(np.logaddexp(_ZERO, first + (second * weight + ground)), share, answer[index])
        return answer

    return run


def _array(shape: int | tuple[int, ...], fill: float | Array = 0.0) -> Array:
    """An array that begins with a cache line."""
    raw = np.empty(int(np.prod(shape)) + _LINE // 8)
    start = -raw.ctypes.data % _LINE // 8
    array = raw[start : start + int(np.prod(shape))].reshape(shape)
    array[...] = fill
    return array


def _aligned(array: Array) -> Array:
    return _array(array.shape, array)


def _line(workload: Workload, theta: Array, slopes: Array) -> Callable[[], float]:
    count = workload.count
    signed = _aligned(-workload.y * np.vstack([workload.x, np.ones(count)]))  # u = -y·m = theta · signed
    shared = _aligned(signed / count).T
    dot, u, g = np.dot, _array(count), _array(count)
    loss = _log_loss(u, g)

    def run() -> float:
        dot(theta, signed, u)
        value = loss(u)
        dot(g, shared, slopes)
        return value

    return run


def _log_loss(u: Array, g: Array) -> _Loss:
    """The mean of log(1 + e^u); its slope σ(u) goes into g. Where e^u overflows, the longer stable way."""
    dot, exp, log, add, divide, isfinite = np.dot, np.exp, np.log, np.add, np.divide, math.isfinite
    share, sums, losses = _array(len(u), 1.0 / len(u)), _array(len(u)), _array(len(u))

    def run(u: Array) -> float:
        exp(u, g)
        add(g, _ONE, sums)
        log(sums, losses)
        divide(g, sums, g)
        value = dot(losses, share)
        return value if isfinite(value) else stable(u)

    def stable(u: Array) -> float:
        np.logaddexp(_ZERO, u, losses)
        np.subtract(u, losses, g)
        exp(g, g)
        return dot(losses, share)

    return run


def _network(workload: Workload, theta: Array, slopes: Array) -> Callable[[], float]:
    """Two hidden layers."""
    count, (_, units1, units2, _) = workload.count, workload.sizes
    layer1, layer2, layer3 = workload.layers(theta)
    slopes1, slopes2, slopes3 = workload.layers(slopes)
    row3, slope3, weights3 = layer3[0], slopes3[0], layer3[:, :-1].T
    back2 = layer2[:, :-1].T
    block0 = _aligned(np.vstack([workload.x, np.ones(count)]))
    block1, block2 = _array((units1 + 1, count), 1.0), _array((units2 + 1, count), 1.0)
    hidden1, hidden2 = block1[:-1], block2[:-1]
    flow1, flow2 = _array(hidden1.shape), _array(hidden2.shape)
    kink1, kink2 = _array(hidden1.shape), _array(hidden2.shape)
    across0, across1 = _aligned(block0.T), block1.T
    m, g = _array(count), _array(count)
    flow3 = g[None]
    dot, multiply = np.dot, np.multiply
    activate, passes = (_relu, _relu_passes) if workload.activation == "relu" else (_tanh, _tanh_passes)
    activate1, activate2 = activate(hidden1), activate(hidden2)
    passes1, passes2 = passes(hidden1, kink1), passes(hidden2, kink2)
    loss = _signed_log_loss(workload.y, g) if workload.loss == "log" else _squared_loss(workload.y, g)

    def run() -> float:
        dot(layer1, block0, hidden1)
        activate1()
        dot(layer2, block1, hidden2)
        activate2()
        dot(row3, block2, m)
        value = loss(m)
        dot(block2, g, slope3)
        dot(weights3, flow3, flow2)
        passes2()
        multiply(flow2, kink2, flow2)
        dot(flow2, across1, slopes2)
        dot(back2, flow2, flow1)
        passes1()
        multiply(flow1, kink1, flow1)
        dot(flow1, across0, slopes1)
        return value

    return run


def _signed_log_loss(y: Array, g: Array) -> _Loss:
    u, sign, back = _array(len(y)), _aligned(-y), _aligned(-y / len(y))
    loss, multiply = _log_loss(u, g), np.multiply

    def run(m: Array) -> float:
        multiply(m, sign, u)
        value = loss(u)
        multiply(g, back, g)
        return value

    return run


def _squared_loss(y: Array, g: Array) -> _Loss:
    off, twice, share = _array(len(y)), np.array(2.0 / len(y)), 1.0 / len(y)
    subtract, multiply, dot = np.subtract, np.multiply, np.dot

    def run(m: Array) -> float:
        subtract(m, y, off)
        multiply(off, twice, g)
        return dot(off, off) * share

    return run


def _relu(hidden: Array) -> Callable[[], object]:
    return partial(np.maximum, hidden, _array(hidden.shape), out=hidden)  # an array: with a number it is slower


def _relu_passes(hidden: Array, kink: Array) -> Callable[[], object]:
    return partial(np.sign, hidden, kink)  # what relu let through is positive


def _tanh(hidden: Array) -> Callable[[], object]:
    return partial(np.tanh, hidden, hidden)


def _tanh_passes(hidden: Array, kink: Array) -> Callable[[], object]:
    multiply, subtract = np.multiply, np.subtract

    def run() -> None:
        multiply(hidden, hidden, kink)
        subtract(_ONE, kink, kink)

    return run

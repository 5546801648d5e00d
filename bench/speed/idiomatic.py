"""NumPy as one would write it: the formulas line by line, stable, and nothing said about where results go."""

from functools import partial

import numpy as np

from bench.speed.workloads import Array, Gradient, Workload


def gradient(workload: Workload) -> Gradient:
    """The loss and the slopes by hand-written backpropagation."""
    return Gradient(partial(_loss_and_slopes, workload, workload.theta), lambda answer: answer[1])


def _loss_and_slopes(workload: Workload, theta: Array) -> tuple[float, Array]:
    relu, log, y = workload.activation == "relu", workload.loss == "log", workload.y
    layers, rows = workload.layers(theta), [workload.x]
    for layer in layers[:-1]:
        z = layer[:, :-1] @ rows[-1] + layer[:, -1:]
        rows.append(np.maximum(z, 0.0) if relu else np.tanh(z))
    m = (layers[-1][:, :-1] @ rows[-1] + layers[-1][:, -1:])[0]
    loss = np.mean(np.logaddexp(0.0, -y * m)) if log else np.mean((m - y) ** 2)
    flow = (-y * np.exp(-y * m - np.logaddexp(0.0, -y * m)) if log else 2.0 * (m - y))[None] / len(y)
    slopes: list[Array] = []
    for layer, row in zip(reversed(layers), reversed(rows), strict=True):
        slopes.append(np.hstack([flow @ row.T, flow.sum(axis=1, keepdims=True)]).ravel())
        if row is not workload.x:
            flow = (layer[:, :-1].T @ flow) * ((row > 0.0) if relu else (1.0 - row**2))
    return float(loss), np.concatenate(slopes[::-1])

"""HIPS autograd."""

from typing import Any

import autograd.numpy as np
from autograd import value_and_grad

from bench.speed.workloads import Gradient, Workload


def gradient(workload: Workload) -> Gradient:
    """One function of theta, differentiated."""
    x, y, theta = workload.x, workload.y, workload.theta

    def loss(theta: Any) -> Any:
        row, start = x, 0
        for inputs, units in zip(workload.sizes, workload.sizes[1:], strict=False):
            end = start + units * (inputs + 1)
            layer = theta[start:end].reshape(units, inputs + 1)
            start = end
            row = np.dot(layer[:, :-1], row) + layer[:, -1:]
            if units > 1:
                row = np.maximum(row, 0.0) if workload.activation == "relu" else np.tanh(row)
        m = row[0]
        return np.mean(np.logaddexp(0.0, -y * m) if workload.loss == "log" else (m - y) ** 2)

    both = value_and_grad(loss)
    return Gradient(lambda: both(theta), lambda answer: answer[1])

"""JAX, compiled, in float64 on the CPU with one thread."""

from typing import Any

import jax
import jax.numpy as np

from bench.speed.workloads import Gradient, Workload

jax.config.update("jax_enable_x64", True)


def gradient(workload: Workload) -> Gradient:
    """One compiled function of theta; the data are constants to the compiler."""
    x, y, theta = np.asarray(workload.x), np.asarray(workload.y), np.asarray(workload.theta)

    def loss(theta: Any) -> Any:
        row, start = x, 0
        for inputs, units in zip(workload.sizes, workload.sizes[1:], strict=False):
            end = start + units * (inputs + 1)
            layer = theta[start:end].reshape(units, inputs + 1)
            start = end
            row = layer[:, :-1] @ row + layer[:, -1:]
            if units > 1:
                row = jax.nn.relu(row) if workload.activation == "relu" else np.tanh(row)
        m = row[0]
        return np.mean(-jax.nn.log_sigmoid(y * m) if workload.loss == "log" else (m - y) ** 2)

    both = jax.jit(jax.value_and_grad(loss))
    return Gradient(lambda: jax.block_until_ready(both(theta)), lambda answer: answer[1])

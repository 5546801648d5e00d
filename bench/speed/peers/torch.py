"""PyTorch, eager, on the CPU with one thread."""

import numpy as np
import torch
from torch.nn import functional

from bench.speed.workloads import Array, Gradient, Workload

torch.set_num_threads(1)


def gradient(workload: Workload) -> Gradient:
    """Tensors are made once; each run sets the gradients aside, goes forward, and goes back."""
    x, y = torch.from_numpy(workload.x.T.copy()), torch.from_numpy(workload.y)
    layers = [
        (torch.tensor(layer[:, :-1], requires_grad=True), torch.tensor(layer[:, -1], requires_grad=True))
        for layer in workload.layers(workload.theta)
    ]
    parameters = [parameter for layer in layers for parameter in layer]
    activate = torch.relu if workload.activation == "relu" else torch.tanh
    linear = functional.linear

    def run() -> torch.Tensor:
        for parameter in parameters:
            parameter.grad = None
        row = x
        for weight, bias in layers[:-1]:
            row = activate(linear(row, weight, bias))
        m = linear(row, *layers[-1]).squeeze(1)
        loss = -functional.logsigmoid(y * m).mean() if workload.loss == "log" else functional.mse_loss(m, y)
        loss.backward()
        return loss

    def slopes(_: torch.Tensor) -> Array:
        return np.concatenate([torch.column_stack([w.grad, b.grad]).numpy().ravel() for w, b in layers])

    return Gradient(run, slopes)

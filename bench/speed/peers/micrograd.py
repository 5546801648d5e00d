"""micrograd, a value at a time. It has no logarithm of σ and no tanh: they are added as its own operations are made."""

import math

import numpy as np
from micrograd.engine import Value

from bench.speed.workloads import Array, Functions, Gradient, Workload
from engine.autodiff import operators


def gradient(workload: Workload) -> Gradient:
    """The parameters are made once; each run sets their gradients to zero, as its README's training does."""
    parameters, points = [Value(value) for value in workload.theta.tolist()], workload.points

    def run() -> Value:
        for parameter in parameters:
            parameter.grad = 0
        loss = workload.mean_loss(parameters, points, _FUNCTIONS)
        loss.backward()
        return loss

    def slopes(_: Value) -> Array:
        return np.array([parameter.grad for parameter in parameters])

    return Gradient(run, slopes)


def _log_sigmoid(value: Value) -> Value:
    out = Value(operators.log_sigmoid(value.data), (value,), "log_sigmoid")

    def _backward() -> None:
        value.grad += operators.sigmoid(-value.data) * out.grad

    out._backward = _backward
    return out


def _tanh(value: Value) -> Value:
    out = Value(math.tanh(value.data), (value,), "tanh")

    def _backward() -> None:
        value.grad += (1 - out.data**2) * out.grad

    out._backward = _backward
    return out


_FUNCTIONS: Functions = {
    "relu": Value.relu,
    "tanh": _tanh,
    "log_sigmoid": _log_sigmoid,
}

"""riserun's Scalars: the program run a value at a time, then one backward pass."""

import numpy as np

from bench.speed.workloads import Gradient, Workload
from engine.autodiff.backpropagation import derivatives
from engine.autodiff.scalar import Scalar


def gradient(workload: Workload) -> Gradient:
    """The graph is made anew in each run."""
    values, points = workload.theta.tolist(), workload.points

    def run() -> tuple[float, ...]:
        leaves = [Scalar(value) for value in values]
        return derivatives(workload.mean_loss(leaves, points), leaves)

    return Gradient(run, np.array)

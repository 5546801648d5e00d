"""riserun's replay: the program of one point recorded once and run over all of them."""

from collections.abc import Callable
from functools import partial

from bench.speed.workloads import COLUMNS, EPOCHS, GRID, RATE, Array, Gradient, Workload
from engine.autodiff.scalar import Scalar
from engine.replay.graph import record
from engine.replay.program import Total, Values
from engine.training.datasets import data
from engine.training.evaluate import losses_over
from engine.training.problem import Problem


def gradient(workload: Workload) -> Gradient:
    """Recorded once, replayed."""
    return Gradient(partial(build(workload).gradient, workload.theta), lambda answer: answer[1])


def build(workload: Workload) -> Total:
    """All that precedes the first gradient: the program of one point is recorded and made ready for N."""
    columns = dict(zip(COLUMNS, (*workload.x, workload.y), strict=True))

    def program(*values: Scalar) -> Scalar:
        return workload.point_loss(values[:-3])(*values[-3:])

    return Total(record(program, workload.names, COLUMNS), columns, scale=1.0 / workload.count)


def epochs(workload: Workload) -> Callable[[], Array]:
    """Gradient descent from theta."""
    return partial(build(workload).descend, workload.theta, RATE, EPOCHS)


def field(workload: Workload) -> Callable[[], Array]:
    """m over the grid, (len(x2), len(x1))."""
    x1, x2 = GRID

    def program(*values: Scalar) -> Scalar:
        return workload.model(values[:-2])(*values[-2:])

    graph = record(program, workload.names, COLUMNS[:2])
    return partial(Values(graph, {"x1": x1[None, :], "x2": x2[:, None]}).at, workload.theta)


def landscape(x: Array, y: Array, bias: float) -> Callable[[], Array]:
    """The mean log-loss of the line (w1, w2, b) over the grid's values of w1 and w2, (len(w2), len(w1))."""
    problem = Problem(data(zip(*x, y, strict=True)), "Linear", reduction="mean")
    return partial(losses_over, problem, (0.0, 0.0, bias), (0, 1), *GRID)

"""The one way to get loss, slopes, field and per-point values of a Problem.

The model and the point loss are recorded once as a Graph and replayed over all points at once. A model that cannot be
recorded, because it asks for the value of a Scalar, is run point by point on Scalars instead: slower, and as right.
`compiled(problem).gradient(parameters)` is the shortest way to loss and slopes alone, for whoever needs them often.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar

import numpy as np

from engine.autodiff import derivatives
from engine.datasets import Data
from engine.graph import BranchError, Graph, record
from engine.losses import POINT_LOSSES
from engine.models import Kind
from engine.numeric import central_difference
from engine.problem import Parameters, Problem
from engine.replay import Along, Array, Mask, Total, Values, backward, forward
from engine.scalar import Scalar

# Numbers in a column of `_errors`: a few of them fit the fast memory of a core.
_AT_ONCE = 16_384
_DATA = ("x1", "x2", "y")

Given = ParamSpec("Given")
Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A Problem at given parameters. Arrays are read-only; N points, P parameters.

    `m` (N,): the model's value at each point; `point_losses` (N,): each point's part of the loss, reduction included,
    so that they sum to `loss`; `wrong` (N,): whether y·m <= 0 (a point on the line counts as wrong).
    """

    problem: Problem
    parameters: Parameters
    m: Array
    point_losses: Array
    loss: float
    slopes: tuple[float, ...]
    wrong: Mask

    @property
    def errors(self) -> int:
        """How many points are wrong."""
        return int(np.count_nonzero(self.wrong))

    def contribution(self, index: int) -> Array:
        """Each point's part of the slope in one parameter, (N,), reduction included: they sum to `slopes[index]`."""
        return _contribution(self.problem, self.parameters, index)

    @property
    def finite(self) -> bool:
        """Whether the loss and every slope is a finite number."""
        return math.isfinite(self.loss) and all(map(math.isfinite, self.slopes))


@lru_cache(maxsize=32)
def evaluate(problem: Problem, parameters: Parameters) -> Evaluation:
    """Loss, slopes and per-point values at `parameters`."""
    m, losses = _point_by_point(problem, parameters)
    with np.errstate(all="ignore"):
        wrong = ~(problem.data.y * m > 0.0)
        losses = losses * problem.scale
    if eager_reason(problem):
        with np.errstate(all="ignore"):
            loss = float(losses.sum())
            slopes = _contributions(problem, parameters).sum(axis=0) * problem.scale
    else:
        loss, slopes = compiled(problem).gradient(parameters)
    wrong.flags.writeable = False
    return Evaluation(problem, parameters, _read_only(m), _read_only(losses), loss, tuple(slopes.tolist()), wrong)


def compiled(problem: Problem) -> Total:
    """Loss and slopes as a compiled program of this thread, made once for the data, the model and the loss.

    Raises BranchError for a model that runs point by point.
    """
    return _total(problem.kind, problem.loss, problem.data, problem.scale)


def eager_reason(problem: Problem) -> str | None:
    """Why this problem runs point by point on Scalars (`model.py line 12 asks ...`); None where it is replayed."""
    found = _recorded(problem.kind, problem.loss)
    return found.where if isinstance(found, BranchError) else None


def loss(problem: Problem, parameters: Sequence[float]) -> float:
    """L at `parameters`, to the last bit as `evaluate` has it."""
    if eager_reason(problem):
        return evaluate(problem, tuple(parameters)).loss
    return compiled(problem).gradient(parameters)[0]


def losses_at(problem: Problem, thetas: Array) -> Array:
    """L at each row of `thetas` (K, P); shape (K,)."""
    return _losses(problem, thetas)


def losses_along(problem: Problem, parameters: Parameters, index: int, values: Array) -> Array:
    """L with parameter `index` at each of `values` (K,) and the others as given; shape (K,)."""
    return _losses(problem, _varied(parameters, (index, values)))


def losses_over(
    problem: Problem, parameters: Parameters, indices: tuple[int, int], values_i: Array, values_j: Array
) -> Array:
    """L with parameters i and j of `indices` at each pair of values; shape (len(values_j), len(values_i))."""
    return _losses(problem, _over(parameters, indices, values_i, values_j)).reshape(len(values_j), len(values_i))


def errors_along(problem: Problem, parameters: Parameters, index: int, values: Array) -> Array:
    """The number of wrong points with parameter `index` at each of `values` (K,); shape (K,)."""
    return _errors(problem, _varied(parameters, (index, values)))


def slope_by_difference(problem: Problem, parameters: Parameters, index: int, epsilon: float) -> float:
    """dL/dθ in parameter `index` by central difference: two losses."""
    slope: float = central_difference(lambda *vals: loss(problem, vals), *parameters, arg=index, epsilon=epsilon)
    return slope


def field(problem: Problem, parameters: Parameters, x1: Array, x2: Array) -> Array:
    """m over a grid of shape (len(x2), len(x1)): row i is at x2[i]. Not finite where the model overflows."""
    if isinstance(_recorded(problem.kind), BranchError):
        return np.array([[_eager(problem, parameters, a, b, 1.0)[0] for a in x1.tolist()] for b in x2.tolist()])
    return _values(problem.kind, x1.tobytes(), x2.tobytes()).at(parameters)


def feet(problem: Problem, parameters: Parameters) -> tuple[Array, Array] | None:
    """The foot (x1, x2), each (N,), of every point's perpendicular on the decision boundary.

    None where the boundary is not one straight line: another kind of model, or both weights zero.
    """
    weights = [parameters[index] for index in problem.kind.weights]
    length = sum(weight * weight for weight in weights)
    if not length > 0.0:
        return None
    m = evaluate(problem, parameters).m
    with np.errstate(all="ignore"):
        return problem.data.x1 - m * weights[0] / length, problem.data.x2 - m * weights[1] / length


def point_loss(name: str, m: Array, y: float) -> Array:
    """The point loss called `name` at each m (K,) for a point labelled `y`."""
    return _full(forward(_point_loss_graph(name), {"m": m, "y": y})[-1], m.shape)


def _per_thread(make: Callable[Given, Found]) -> Callable[Given, Found]:
    """`make`, keeping what it made for each thread apart: compiled programs write into arrays of their own."""
    local = threading.local()

    def found(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        if not hasattr(local, "kept"):
            local.kept = lru_cache(maxsize=16)(make)
        kept: Found = local.kept(*args, **kwargs)
        return kept

    return found


@_per_thread
def _total(kind: Kind, loss: str, data: Data, scale: float) -> Total:
    return Total(_graph(kind, loss), _columns(data), scale)


@_per_thread
def _along(kind: Kind, loss: str, data: Data, scale: float, most: int) -> Along:
    return Along(_graph(kind, loss), _columns(data), scale, most)


@_per_thread
def _values(kind: Kind, x1: bytes, x2: bytes) -> Values:
    return Values(_graph(kind), {"x1": np.frombuffer(x1)[None, :], "x2": np.frombuffer(x2)[:, None]})


def _losses(problem: Problem, thetas: Array) -> Array:
    if eager_reason(problem):
        return np.array([_point_by_point(problem, tuple(at))[1].sum() for at in thetas.tolist()]) * problem.scale
    return _along(problem.kind, problem.loss, problem.data, problem.scale, len(thetas)).at(thetas)


def _errors(problem: Problem, thetas: Array) -> Array:
    # As `evaluate` counts them, in the model's own order of operations: a point on the line is there to the last bit.
    y, many = problem.data.y, max(1, _AT_ONCE // len(problem.data))
    same = (thetas == thetas[0]).all(axis=0)  # what does not vary need not be multiplied again for each row
    found: list[int] = []
    for start in range(0, len(thetas), many):
        some = thetas[start : start + many]
        if eager_reason(problem):
            m = np.array([_point_by_point(problem, tuple(at))[0] for at in some.tolist()])
        else:
            slots = {name: some[0, i] if same[i] else some[:, i, None] for i, name in enumerate(problem.names)}
            m = forward(_graph(problem.kind), {**slots, **_columns(problem.data)})[-1]
        with np.errstate(all="ignore"):
            right = np.broadcast_to(y * m > 0.0, (len(some), len(y)))
        found += (len(y) - np.count_nonzero(right, axis=1)).tolist()
    return np.array(found)


def _varied(parameters: Parameters, *changes: tuple[int, Array]) -> Array:
    """Parameters (K, P), some of them changed to values (K,)."""
    thetas = np.tile(np.array(parameters, dtype=np.float64), (len(changes[0][1]), 1))
    for index, values in changes:
        thetas[:, index] = values
    return thetas


def _over(parameters: Parameters, indices: tuple[int, int], values_i: Array, values_j: Array) -> Array:
    (i, j), count = indices, (len(values_i), len(values_j))
    return _varied(parameters, (i, np.tile(values_i, count[1])), (j, np.repeat(values_j, count[0])))


def _point_by_point(problem: Problem, parameters: Parameters) -> tuple[Array, Array]:
    """m and the point loss, not scaled, of every point; (N,) each."""
    data, shape = problem.data, problem.data.y.shape
    if eager_reason(problem):
        rows = [_eager(problem, parameters, *point)[:2] for point in _points(data)]
        m, losses = np.array(rows).T
        return m, losses
    m = forward(_graph(problem.kind), {**dict(zip(problem.names, parameters, strict=True)), **_columns(data)})[-1]
    return _full(m, shape), _full(forward(_point_loss_graph(problem.loss), {"m": m, "y": data.y})[-1], shape)


@lru_cache(maxsize=8)
def _contribution(problem: Problem, parameters: Parameters, index: int) -> Array:
    data, names = problem.data, problem.names
    if eager_reason(problem):
        part = _contributions(problem, parameters)[:, index]
    else:
        graph = _graph(problem.kind, problem.loss)
        values = forward(graph, {**dict(zip(names, parameters, strict=True)), **_columns(data)})
        part = _full(backward(graph, values, names[index : index + 1])[0], data.y.shape)
    return _read_only(part * problem.scale)


def _contributions(problem: Problem, parameters: Parameters) -> Array:
    """d point loss / d parameter, not scaled, (N, P), of a model that runs point by point."""
    return np.array([_eager(problem, parameters, *point)[2] for point in _points(problem.data)])


def _eager(problem: Problem, parameters: Parameters, *point: float) -> tuple[float, float, tuple[float, ...]]:
    """m, the point loss and its slopes at one point, on Scalars; nan where they are not defined or overflow."""
    leaves = [Scalar(value) for value in parameters]
    try:
        m = _scalar(problem.kind.build(leaves)(*map(Scalar, point[:2])))
    except (ArithmeticError, ValueError):
        m = Scalar(math.nan)
    try:
        output = _scalar(POINT_LOSSES[problem.loss].program(m, Scalar(point[2])))
        return m.value, output.value, derivatives(output, leaves)
    except (ArithmeticError, ValueError):
        return m.value, math.nan, (math.nan,) * len(leaves)


def _scalar(value: Any) -> Scalar:
    return value if isinstance(value, Scalar) else Scalar(value)


def _points(data: Data) -> list[tuple[float, float, float]]:
    return list(zip(data.x1.tolist(), data.x2.tolist(), data.y.tolist(), strict=True))


def _columns(data: Data) -> dict[str, Array]:
    return {"x1": data.x1, "x2": data.x2, "y": data.y}


def _full(values: Any, shape: tuple[int, ...]) -> Array:
    return np.array(np.broadcast_to(np.asarray(values, dtype=np.float64), shape))


def _read_only(array: Array) -> Array:
    array.flags.writeable = False
    return array


def _graph(kind: Kind, loss: str = "") -> Graph:
    """The graph of a kind of model, or of the loss of one point with it. Raises BranchError where there is none."""
    found = _recorded(kind, loss)
    if isinstance(found, BranchError):
        raise found
    return found


@lru_cache
def _recorded(kind: Kind, loss: str = "") -> Graph | BranchError:
    """Recorded once for the shape of the program, whatever the values; or why it cannot be."""

    def program(*leaves: Scalar) -> Scalar:
        x1, x2, *label = leaves[len(kind.parameters) :]
        m: Scalar = kind.build(leaves[: len(kind.parameters)])(x1, x2)
        return POINT_LOSSES[loss].program(m, *label) if loss else m

    try:
        return record(program, kind.parameters, _DATA if loss else _DATA[:2])
    except BranchError as error:
        return error


@lru_cache
def _point_loss_graph(loss: str) -> Graph:
    return record(POINT_LOSSES[loss].program, (), ("m", "y"))

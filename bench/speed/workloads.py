"""What is measured: the gradient of a mean loss over N points, of networks of fully connected layers.

Everything is float64. The parameters of a layer are the rows [weights | bias] of its units, all in one vector theta.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import islice, pairwise, starmap
from operator import add, methodcaller, mul
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
COLUMNS = ("x1", "x2", "y")
Functions = Mapping[str, Callable[[Any], Any]]
FUNCTIONS: Functions = {name: methodcaller(name) for name in ("relu", "tanh", "log_sigmoid")}


@dataclass(frozen=True, eq=False)
class Workload:
    """A network of `sizes` (inputs, hidden layers, 1) with an `activation` after each hidden layer, on N points.

    `loss`: "log" for -log σ(y·m), "squared" for (m - y)².
    """

    name: str
    sizes: tuple[int, ...]
    count: int
    activation: str = "relu"
    loss: str = "log"

    @cached_property
    def theta(self) -> Array:
        """The parameters, (P,)."""
        return np.random.default_rng(7).normal(
            0.0, 0.7, sum(units * (inputs + 1) for inputs, units in pairwise(self.sizes))
        )

    @cached_property
    def x(self) -> Array:
        """The points, (2, N)."""
        return np.random.default_rng(8).normal(size=(2, self.count))

    @cached_property
    def y(self) -> Array:
        """Their labels, (N,), +1 and -1."""
        noise = np.random.default_rng(9).normal(0.0, 0.1, self.count)
        return np.where(self.x[0] * self.x[1] > noise, 1.0, -1.0)

    @property
    def points(self) -> list[tuple[float, float, float]]:
        """(x1, x2, y) of each point, as Python's floats."""
        return list(zip(*self.x.tolist(), self.y.tolist(), strict=True))

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each parameter."""
        return tuple(f"p{index}" for index in range(len(self.theta)))

    def layers(self, theta: Array) -> list[Array]:
        """Each layer's [weights | bias], (units, inputs + 1): views into `theta`."""
        shapes = [(units, inputs + 1) for inputs, units in pairwise(self.sizes)]
        ends = np.cumsum([units * inputs for units, inputs in shapes])[:-1]
        return [part.reshape(shape) for part, shape in zip(np.split(theta, ends), shapes, strict=True)]

    def model(self, parameters: Sequence[Any], functions: Functions = FUNCTIONS) -> Callable[[Any, Any], Any]:
        """m(x1, x2) of one point, one value at a time, of parameters of any kind."""
        entries = iter(parameters)
        layers = [
            [(list(islice(entries, inputs)), next(entries)) for _ in range(units)]
            for inputs, units in pairwise(self.sizes)
        ]
        *hidden, ((last, bias),) = layers
        activate = functions[self.activation]

        def m(x1: Any, x2: Any) -> Any:
            row = [x1, x2]
            for units in hidden:
                row = [activate(reduce(add, map(mul, weights, row)) + shift) for weights, shift in units]
            return reduce(add, map(mul, last, row)) + bias

        return m

    def point_loss(self, parameters: Sequence[Any], functions: Functions = FUNCTIONS) -> Callable[[Any, Any, Any], Any]:
        """The loss(x1, x2, y) of one point, one value at a time."""
        m, log_sigmoid = self.model(parameters, functions), functions["log_sigmoid"]
        if self.loss == "log":
            return lambda x1, x2, y: -log_sigmoid(y * m(x1, x2))

        def squared(x1: Any, x2: Any, y: Any) -> Any:
            off = m(x1, x2) - y
            return off * off

        return squared

    def mean_loss(
        self, parameters: Sequence[Any], points: Iterable[Sequence[Any]], functions: Functions = FUNCTIONS
    ) -> Any:
        """The mean loss, one value at a time."""
        return reduce(add, starmap(self.point_loss(parameters, functions), points)) * (1.0 / self.count)


class Gradient(NamedTuple):
    """One way to a workload's gradient: `run()` is what is timed, `slopes(answer)` reads (P,) from what it answered."""

    run: Callable[[], Any]
    slopes: Callable[[Any], Array]


def slopes(ways: Mapping[str, Gradient]) -> dict[str, Array]:
    """What each of them answers, in an array of its own."""
    return {name: np.array(way.slopes(way.run()), dtype=np.float64) for name, way in ways.items()}


W1 = Workload("W1, 50 points", (2, 1), 50)
W1_500 = Workload("W1, 500 points", (2, 1), 500)
H2 = Workload("H2", (2, 2, 2, 1), 50)
H10 = Workload("H10", (2, 10, 10, 1), 50)
TANH = Workload("tanh", (2, 4, 2, 1), 250, "tanh", "squared")
GRADIENTS = (W1, W1_500, H2, H10, TANH)

GRID = (np.linspace(-2.0, 2.0, 120), np.linspace(-2.0, 2.0, 48))
"""x1 (120,) and x2 (48,) of the field, and the values of two parameters in the landscape."""
EPOCHS, RATE = 100, 0.1

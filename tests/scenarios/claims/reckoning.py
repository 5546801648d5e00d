"""What claims are held against: m, losses, slopes and steps, reckoned in plain NumPy, without the engine's programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from engine.replay.program import Array, Mask
from engine.session.state import State
from engine.training.problem import Problem

EPS = float(np.finfo(float).eps)


def _sigmoid(m: Array) -> Array:
    return np.exp(-np.logaddexp(0.0, -m))


LOSSES: dict[str, tuple[Callable[[Array, Array], Array], Callable[[Array, Array], Array]]] = {
    "log-sigmoid": (lambda m, y: np.logaddexp(0.0, -y * m), lambda m, y: -y * _sigmoid(-y * m)),
    "ReLU": (lambda m, y: np.maximum(-y * m, 0.0), lambda m, y: np.where(-y * m > 0.0, -y, 0.0)),
    "hinge": (lambda m, y: np.maximum(1.0 - y * m, 0.0), lambda m, y: np.where(1.0 - y * m > 0.0, -y, 0.0)),
    "as-printed": (lambda m, y: -y * np.logaddexp(0.0, -m), lambda m, y: y * _sigmoid(-m)),
}
"""By the point loss's name: the loss of a point, and its slope in m."""


def _linear(w: Array, x1: Array, x2: Array) -> tuple[Array, Array]:
    return w[0] * x1 + w[1] * x2 + w[2], np.array([x1, x2, np.ones_like(x1)]).T


def _split(w: Array, x1: Array, x2: Array) -> tuple[Array, Array]:
    (one, d_one), (other, d_other) = _linear(w[:3], x1, x2), _linear(w[3:], x1, x2)
    return one * other, np.hstack([d_one * other[:, None], d_other * one[:, None]])


_ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "relu": (lambda z: np.maximum(z, 0.0), lambda z: (z > 0.0).astype(float)),
    "tanh": (np.tanh, lambda z: 1.0 - np.tanh(z) ** 2),
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * _sigmoid(-z)),
}


def _network(w: Array, x1: Array, x2: Array, layers: tuple[int, ...], activation: str) -> tuple[Array, Array]:
    f, df = _ACTIVATIONS[activation]
    first, seen, values = 0, [], np.array([x1, x2]).T
    for number, (inputs, outputs) in enumerate(pairwise(layers), 1):
        weights = w[first : first + inputs * outputs].reshape(inputs, outputs)
        z = values @ weights + w[first + inputs * outputs : first + (inputs + 1) * outputs]
        seen.append((first, inputs, outputs, weights, values, z))
        first += (inputs + 1) * outputs
        values = f(z) if number < len(layers) - 1 else z
    found, back = np.zeros((len(x1), len(w))), np.ones((len(x1), 1))
    for at, inputs, outputs, weights, values_in, z in reversed(seen):
        back = back if at + (inputs + 1) * outputs == len(w) else back * df(z)
        found[:, at : at + inputs * outputs] = (values_in[:, :, None] * back[:, None, :]).reshape(len(x1), -1)
        found[:, at + inputs * outputs : at + (inputs + 1) * outputs] = back
        back = back @ weights.T
    return values[:, 0], found


@dataclass(frozen=True, eq=False)
class Reckoned:
    """A problem at parameters. `m`, `losses` (N,), reduction included; `dm` (N, P): the slopes of m; `rough` (N,): what
    rounding may have made of m.
    """

    problem: Problem
    parameters: tuple[float, ...]
    m: Array
    dm: Array
    losses: Array
    rough: Array

    @property
    def loss(self) -> float:
        return float(self.losses.sum())

    @cached_property
    def parts(self) -> Array:
        """Each point's part of each slope, (N, P)."""
        steep = LOSSES[self.problem.loss][1](self.m, self.problem.data.y)
        return steep[:, None] * self.dm * self.problem.scale

    @property
    def slopes(self) -> Array:
        return self.parts.sum(axis=0)

    @property
    def wrong(self) -> Mask:
        return ~(self.problem.data.y * self.m > 0.0)

    @property
    def errors(self) -> int:
        return int(self.wrong.sum())

    @cached_property
    def noise(self) -> float:
        """What rounding may have made of the loss."""
        y, (_, steep) = self.problem.data.y, LOSSES[self.problem.loss]
        slopes = np.maximum(np.abs(steep(self.m - self.rough, y)), np.abs(steep(self.m + self.rough, y)))
        return float((16.0 * EPS * np.abs(self.losses) + self.rough * slopes * self.problem.scale).sum())

    @cached_property
    def slope_noise(self) -> Array:
        """The same of the slopes, (P,): as much as a point's m may turn its loss's slope, and m's own."""
        y, (_, steep) = self.problem.data.y, LOSSES[self.problem.loss]
        turn = np.abs(steep(self.m + self.rough, y) - steep(self.m - self.rough, y))
        each = np.abs(self.dm) * (turn + 16.0 * EPS)[:, None] * self.problem.scale
        return each.sum(axis=0) + 64.0 * EPS * np.abs(self.parts).sum(axis=0)


@lru_cache(maxsize=4096)
def reckoned(problem: Problem, parameters: tuple[float, ...]) -> Reckoned:
    """The problem there."""
    kind, data, w = problem.kind, problem.data, np.array(parameters)
    with np.errstate(all="ignore"):
        if kind.family == "Network":
            m, dm = _network(w, data.x1, data.x2, tuple(kind.settings["layers"]), kind.settings["activation"])
        else:
            m, dm = {"Linear": _linear, "Split": _split}[kind.family](w, data.x1, data.x2)
        losses = LOSSES[problem.loss][0](m, data.y) * problem.scale
        rough = 8.0 * EPS * (np.abs(dm * w).sum(axis=1) + np.abs(m))
        return Reckoned(problem, parameters, m, dm, losses, rough)


def loss_at(problem: Problem, parameters: tuple[float, ...]) -> float:
    return reckoned(problem, parameters).loss


def replaced(parameters: tuple[float, ...], index: int, value: float) -> tuple[float, ...]:
    return (*parameters[:index], value, *parameters[index + 1 :])


def step_slopes(state: State) -> Array:
    """The slopes that a step goes by: of all points, of its batch, or those that were given."""
    if state.given is not None:
        return np.array(state.given.slopes or (0.0,) * len(state.parameters))
    found = reckoned(state.problem, state.parameters)
    if state.batch is None:
        return found.slopes
    some = found.parts[list(state.batch)].sum(axis=0)
    return some if state.problem.reduction == "sum" else some * len(found.m) / len(state.batch)


def against(state: State) -> Array:
    """What a step of rate 1 takes off each parameter: the slopes it goes by, or the velocity that they make."""
    slopes, settings = step_slopes(state), state.problem.settings
    if settings["optimizer"] == "momentum":
        slopes = settings["beta"] * np.array(state.memory[0]) + slopes
    return np.where(state.problem.holds, 0.0, slopes)


def change(state: State) -> Array:
    """What the step adds to each parameter."""
    return -state.problem.rate * against(state)


def promise(state: State) -> float:
    """What the slopes of the loss promise for the step."""
    return float(reckoned(state.problem, state.parameters).slopes @ change(state))

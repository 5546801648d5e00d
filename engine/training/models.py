"""The models: each written once, as ordinary Python on whatever values its parameters hold."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from engine.autodiff.module import Module, Parameter
from engine.names import named, nearest
from engine.training.settings import Setting


class Linear(Module):
    """m = w1·x1 + w2·x2 + b: the lecture's model, its decision boundary a straight line."""

    def __init__(self, w1: Any, w2: Any, b: Any):
        super().__init__()
        self.w1 = Parameter(w1)
        self.w2 = Parameter(w2)
        self.b = Parameter(b)

    def forward(self, x1: Any, x2: Any) -> Any:
        """m at the point (x1, x2)."""
        return self.w1.value * x1 + self.w2.value * x2 + self.b.value


class Split(Module):
    """m = m1·m2, the product of two lines: the course's "Model 2"."""

    def __init__(self, m1: Linear, m2: Linear):
        super().__init__()
        self.m1 = m1
        self.m2 = m2

    def forward(self, x1: Any, x2: Any) -> Any:
        """m at the point (x1, x2)."""
        return self.m1.forward(x1, x2) * self.m2.forward(x1, x2)


class Dense(Module):
    """Several sums of weighted inputs, named as in the course: weight_i_j from input i to output j, then bias_j."""

    def __init__(self, inputs: int, outputs: int, values: Iterable[Any]):
        super().__init__()
        given = iter(values)
        self.weights = [
            [self.add_parameter(f"weight_{i}_{j}", next(given)) for j in range(outputs)] for i in range(inputs)
        ]
        self.bias = [self.add_parameter(f"bias_{j}", next(given)) for j in range(outputs)]

    def forward(self, inputs: Sequence[Any]) -> list[Any]:
        """The value of each output."""
        outputs = [bias.value for bias in self.bias]
        for x, row in zip(inputs, self.weights, strict=True):
            for j, weight in enumerate(row):
                outputs[j] = outputs[j] + x * weight.value
        return outputs


class Network(Module):
    """The course's network: layers of the given sizes, an activation (a method of Scalar) after each but the last."""

    def __init__(self, sizes: Sequence[int], values: Iterable[Any], activation: str = "relu"):
        super().__init__()
        given = iter(values)
        self.activation = activation
        for number, (inputs, outputs) in enumerate(pairwise(sizes), 1):
            setattr(self, f"layer{number}", Dense(inputs, outputs, given))

    def forward(self, x1: Any, x2: Any) -> Any:
        """m at the point (x1, x2)."""
        values: list[Any] = [x1, x2]
        *hidden, last = self.modules()
        for layer in hidden:
            values = [getattr(value, self.activation)() for value in layer.forward(values)]
        return last.forward(values)[0]


@dataclass(frozen=True, slots=True)
class Group:
    """Parameters that belong together: those from `first` on, as many as their `shape` has places."""

    name: str
    first: int
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return math.prod(self.shape)

    @property
    def indices(self) -> range:
        """Which they are."""
        return range(self.first, self.first + self.count)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of model: the names of its parameters in order, how to build it afresh from their values, its formula.

    `family`, `settings`: the row of FAMILIES it is of, and what makes it this one. `groups`: all parameters, part by
    part. `initial`: the values to start with, () where a person has to give them. `weights` names the two parameters at
    a right angle to the boundary where that is one straight line, else (). `boundary`: what a sentence calls it, ""
    where there need not be one.
    """

    name: str
    parameters: tuple[str, ...]
    build: Callable[[Sequence[Any]], Module]
    formula: str
    weights: tuple[int, ...] = ()
    boundary: str = ""
    family: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    initial: tuple[float, ...] = ()

    def folded(self, index: int) -> tuple[int | Group, ...]:
        """What a table has a row for: each parameter, or, of many, each group, and the parameters of the one that
        `index` is in.
        """
        if len(self.parameters) <= MOST_NAMED:
            return tuple(range(len(self.parameters)))
        rows: list[int | Group] = []
        for group in self.groups:
            rows += [group, *(group.indices if index in group.indices else ())]
        return tuple(rows)

    @property
    def named(self) -> str:
        """The parameters as a message names them: all, or the first and the last of many."""
        if len(self.parameters) <= MOST_NAMED:
            return ", ".join(self.parameters)
        return f"{self.parameters[0]}, …, {self.parameters[-1]}"

    @staticmethod
    def of(family: str, settings: Mapping[str, Any] = MappingProxyType({})) -> Kind:
        """The kind of a row of FAMILIES with these settings, its own where none are given; always the same object.

        Raises ValueError, its text for a person, for an unknown family or setting, or a value that is not one.
        """
        if (name := named(family, FAMILIES)) is None:
            raise ValueError(f"unknown model {family!r}; {nearest(family, FAMILIES)}")
        row = FAMILIES[name]
        known = {each.name: each for each in row.settings}
        for name in settings:
            if name not in known:
                raise ValueError(f"{family} has no {name}")
        given = {name: each.checked(settings.get(name, each.default)) for name, each in known.items()}
        return _made(row, tuple(given.items()))


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds of one program: `make` is called with the settings by name, each a row. `starts`: they have `initial`."""

    name: str
    make: Callable[..., Kind]
    settings: tuple[Setting, ...] = ()
    starts: bool = False


@lru_cache(maxsize=64)
def _made(family: Family, settings: tuple[tuple[str, Any], ...]) -> Kind:
    kind = family.make(**dict(settings))
    return replace(kind, family=family.name, settings=MappingProxyType(dict(settings)))


def _linear() -> Kind:
    names = ("w1", "w2", "b")
    formula, groups = "m = w1·x1 + w2·x2 + b", (Group("line", 0, (3,)),)
    return Kind("Linear", names, lambda v: Linear(*v), formula, (0, 1), "the line", groups=groups)


def _split() -> Kind:
    return Kind(
        "Split",
        ("m1.w1", "m1.w2", "m1.b", "m2.w1", "m2.w2", "m2.b"),
        lambda v: Split(Linear(*v[:3]), Linear(*v[3:])),
        "m = (m1.w1·x1 + m1.w2·x2 + m1.b) · (m2.w1·x1 + m2.w2·x2 + m2.b)",
        boundary="the lines",
        groups=(Group("m1", 0, (3,)), Group("m2", 3, (3,))),
    )


def _network(layers: tuple[int, ...], activation: str = "relu", seed: int = 0) -> Kind:
    """A network of these layers; where it starts is drawn from (-1, 1), as in the course.

    Its parameters have short names, since they stand in columns: `w1_03` is the course's `layer1.weight_0_3`.
    """
    names: list[str] = []
    formula, groups, first = "x1, x2", [], 0
    between = "" if max(layers) <= 10 else "_"
    for number, (inputs, outputs) in enumerate(pairwise(layers), 1):
        formula = f"layer{number}({formula})"
        formula = f"{activation}({formula})" if number < len(layers) - 1 else formula
        groups += [
            Group(f"layer{number}.weight", first, (inputs, outputs)),
            Group(f"layer{number}.bias", first + inputs * outputs, (outputs,)),
        ]
        names += [f"w{number}_{i}{between}{j}" for i in range(inputs) for j in range(outputs)]
        names += [f"b{number}_{j}" for j in range(outputs)]
        first += (inputs + 1) * outputs
    source = random.Random(seed)
    return Kind(
        f"Network {'-'.join(map(str, layers))} {activation}",
        tuple(names),
        lambda values: Network(layers, values, activation),
        f"m = {formula}",
        groups=tuple(groups),
        initial=tuple(2.0 * (source.random() - 0.5) for _ in names),
    )


def _count(layers: Sequence[int]) -> int:
    return sum((inputs + 1) * outputs for inputs, outputs in pairwise(layers))


def _leads(layers: Any) -> bool:
    """Whether these are the layers of a network from x1 and x2 to one m."""
    if not all(type(size) is int and size > 0 for size in layers) or len(layers) < 2:
        return False
    return layers[0] == 2 and layers[-1] == 1 and _count(layers) <= MOST_PARAMETERS


MOST_NAMED = 12
"""More parameters are not named one by one, nor has each a row of its own."""
MOST_PARAMETERS = 2_000
"""A network has no more: each is an operation of the program, a row of a table and a name."""
ACTIVATIONS = ("relu", "tanh", "sigmoid")
"""Methods of a Scalar."""

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family("Linear", _linear),
        Family("Split", _split),
        Family(
            "Network",
            _network,
            (
                Setting(
                    "layers",
                    (2, 10, 10, 1),
                    "how many values there are after each layer, x1 and x2 first",
                    wanted=f"a list from 2 to 1, as in [2, 10, 10, 1], of at most {MOST_PARAMETERS:,} parameters",
                    admits=_leads,
                ),
                Setting("activation", "relu", "what each hidden value goes through", ACTIVATIONS),
                Setting(
                    "seed",
                    0,
                    "of the values to start with",
                    wanted="a whole number from 0 to 2^53",
                    admits=lambda value: 0 <= value <= 2**53,
                ),
            ),
            starts=True,
        ),
    )
}


def network(hidden: int) -> Kind:
    """The course's network 2 → hidden → hidden → 1 with relu."""
    return Kind.of("Network", {"layers": (2, hidden, hidden, 1)})

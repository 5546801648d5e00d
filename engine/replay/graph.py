"""Graph: the program of one point, recorded from Scalars. Structure only, no values in it."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from engine.autodiff.backpropagation import topological_order
from engine.autodiff.methods import attach
from engine.autodiff.primitives import Primitive
from engine.autodiff.scalar import Scalar


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named slot for a number that fitting changes."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A named slot for a column of data: it has another value at every point."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A number the program itself contains."""

    value: float


@dataclass(frozen=True, slots=True)
class Operation:
    """A primitive applied to earlier nodes, given by their index in the graph."""

    primitive: Primitive
    inputs: tuple[int, ...]


Leaf = Parameter | Column
Node = Leaf | Constant | Operation


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in an order in which inputs come before what is made of them; the last one is the output.

    `parameters` and `columns` name all slots of the program, in its order, including those that do not affect the
    output. Raises ValueError for nodes that are not such a program: an input that does not come before its operation, a
    wrong number of inputs, a slot that is unknown or has two nodes, a node that does not affect the output.
    """

    nodes: tuple[Node, ...]
    parameters: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.nodes:
            raise ValueError("a graph needs at least one node, its output")
        used = {len(self.nodes) - 1}
        leaves: set[Leaf] = set()
        for index, node in enumerate(self.nodes):
            if isinstance(node, Operation):
                if len(node.inputs) != len(node.primitive.rules):
                    raise ValueError(f"node {index}: {node.primitive.name} takes {node.primitive.arity} inputs")
                if min(node.inputs) < 0 or max(node.inputs) >= index:
                    raise ValueError(f"node {index}: its inputs {node.inputs} do not all come before it")
                used.update(node.inputs)
            elif isinstance(node, (Parameter, Column)):
                if node in leaves:
                    raise ValueError(f"node {index}: the slot {node.name!r} has two nodes")
                leaves.add(node)
        known = {*map(Parameter, self.parameters), *map(Column, self.columns)}
        if strange := leaves - known:
            raise ValueError(f"there is no slot for {', '.join(sorted(str(leaf) for leaf in strange))}")
        if len(used) < len(self.nodes):
            dead = next(index for index in range(len(self.nodes)) if index not in used)
            raise ValueError(f"node {dead} does not affect the output")

    def merged(self) -> Graph:
        """The same program with equal sub-expressions computed once."""
        nodes: list[Node] = []
        index: dict[Any, int] = {}
        place: list[int] = []
        for node in self.nodes:
            key: Any = node
            if type(node) is Operation:
                inputs = tuple([place[source] for source in node.inputs])
                key = (node.primitive.name, inputs)
                if inputs != node.inputs:
                    node = Operation(node.primitive, inputs)
            elif isinstance(node, Constant):
                key = repr(node.value)  # tells 0.0 from -0.0
            if key not in index:
                index[key] = len(nodes)
                nodes.append(node)
            place.append(index[key])
        return self if len(nodes) == len(self.nodes) else Graph(tuple(nodes), self.parameters, self.columns)


class BranchError(Exception):
    """A program asked for the value of a Scalar while it was recorded, so that no single graph represents it.

    `where` says where in the person's own code: "model.py line 12 asks `if m > 0`".
    """

    def __init__(self, where: str):
        self.where = where
        super().__init__(
            f"{where}, and the answer differs from point to point. Write it without a branch: x.relu(), x.step(), "
            "or a comparison as a factor, as in (x > 0) * a + (x <= 0) * b"
        )


def record(program: Callable[..., Scalar], parameters: Sequence[str], columns: Sequence[str] = ()) -> Graph:
    """The graph of `program(*parameters, *columns)`, as written, without what does not affect its result.

    The program is run once on Scalars that have no value. Raises BranchError where it asks for one (`if x > 0`,
    `max(x, y)`, `x.value`), TypeError where it returns something other than a Scalar.
    """
    leaves: list[Leaf] = [*map(Parameter, parameters), *map(Column, columns)]
    slots = [Recorded() for _ in leaves]
    output = program(*slots)
    if not isinstance(output, Scalar):
        raise TypeError(f"the program returned {type(output).__name__}, not a Scalar: does it use its inputs?")
    nodes: list[Node] = []
    index: dict[int, int] = {}
    named = dict(zip(map(id, slots), leaves, strict=True))
    constants: dict[str, int] = {}

    def constant(value: float) -> int:
        if repr(value) not in constants:
            constants[repr(value)] = len(nodes)
            nodes.append(Constant(value))
        return constants[repr(value)]

    for scalar in topological_order(output):
        primitive = scalar.primitive
        if primitive is not None:
            inputs = [
                index[id(entry)] if isinstance(entry, Scalar) else constant(float(entry)) for entry in scalar.inputs
            ]
            index[id(scalar)] = len(nodes)
            nodes.append(Operation(primitive, tuple(inputs)))
        elif id(scalar) in named:
            index[id(scalar)] = len(nodes)
            nodes.append(named[id(scalar)])
        else:
            index[id(scalar)] = constant(scalar.value)
    return Graph(tuple(nodes), tuple(parameters), tuple(columns))


class Recorded(Scalar):
    """A Scalar that knows how it is made but has no value: asking for one raises BranchError."""

    __slots__ = ()

    def __init__(self, primitive: Primitive | None = None, inputs: tuple[Scalar | float, ...] = ()):
        self.primitive = primitive
        self.left, self.right = (*inputs, None, None)[:2]

    @property
    def value(self) -> NoReturn:  # type: ignore[override]
        """There is none."""
        raise BranchError(_where(sys._getframe(1), "reads a value"))

    def __bool__(self) -> NoReturn:
        raise BranchError(_where(sys._getframe(1), "asks"))

    def __repr__(self) -> str:
        return f"Recorded({self.primitive.name if self.primitive else 'slot'})"

    __hash__ = object.__hash__


def apply(primitive: Primitive, *inputs: Scalar | float) -> Recorded:
    """The Recorded that `primitive` makes of `inputs`, as `scalar.apply` makes a Scalar."""
    return Recorded(primitive, inputs)


attach(Recorded, apply, Scalar)

_OWN = {
    str(Path(__file__).parents[1] / name)
    for name in ("replay/graph.py", "autodiff/scalar.py", "autodiff/methods.py", "autodiff/module.py")
}


def _where(frame: FrameType | None, does: str) -> str:
    """What the code that asked does, with its file and line; frames of our own files are skipped."""
    while frame is not None and frame.f_back is not None and frame.f_code.co_filename in _OWN:
        frame = frame.f_back
    assert frame is not None
    code = frame.f_code.co_filename
    line = linecache.getline(code, frame.f_lineno).strip().rstrip(":")
    return f"{Path(code).name} line {frame.f_lineno} {does}" + (f" `{line}`" if line else " for a value")

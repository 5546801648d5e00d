"""What hypothesis draws from: numbers, programs, problems, moves."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from engine.autodiff import scalar
from engine.autodiff.primitives import PRIMITIVES, TABLE, Primitive
from engine.autodiff.scalar import Scalar
from engine.replay import graph
from engine.replay.graph import Recorded
from engine.session import moves
from engine.session.session import Session
from engine.symbolic import expression
from engine.symbolic.expression import Expression, number, symbol, symbols
from engine.training import datasets
from engine.training.losses import POINT_LOSSES, REDUCTIONS
from engine.training.optimizers import OPTIMIZERS
from engine.training.problem import Problem
from tests.kinds import MODELS


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """Floats of an interval, its ends among them."""
    return st.floats(low, high, allow_nan=False)


small_floats = between(-100.0, 100.0)

# Operations that a program may apply to any value; the others get their operands squashed into their domain.
TOTAL = ("neg", "add", "sub", "mul", "sin", "cos", "tanh", "sigmoid", "log_sigmoid")


@dataclass(frozen=True)
class Program:
    """A random program of `arity` Scalars: each line an operation on earlier values (by index) or numbers."""

    arity: int
    lines: tuple[tuple[str, tuple[int | float, ...]], ...]

    def __call__(self, *inputs: Scalar) -> Scalar:
        """The value of the last line."""
        return self.values(*inputs)[-1]

    def values(self, *inputs: Scalar) -> list[Scalar]:
        """The inputs and the value of every line."""
        found = list(inputs)
        for line, (name, operands) in enumerate(self.lines):
            chosen: list[Any] = [found[entry] if isinstance(entry, int) else entry for entry in operands]
            if name not in TOTAL:
                boxes = PRIMITIVES[name].boxes
                box = boxes[line % len(boxes)]
                chosen = [_squashed(entry, *interval) for entry, interval in zip(chosen, box, strict=True)]
            found.append(_apply(name, *chosen))
        return found


def _squashed(operand: Scalar | float, low: float, high: float) -> Scalar:
    return low + (high - low) * _apply("sigmoid", operand)


def _apply(name: str, *operands: Any) -> Scalar:
    recorded = any(isinstance(operand, Recorded) for operand in operands)
    return (graph.apply if recorded else scalar.apply)(PRIMITIVES[name], *operands)


@st.composite
def programs(draw: st.DrawFn, arity: int = 2, most_lines: int = 7) -> Program:
    """Programs whose first operand is always a Scalar; the others may be numbers."""
    lines = []
    for line in range(draw(st.integers(1, most_lines))):
        primitive = draw(st.sampled_from(TABLE))
        earlier = st.integers(0, arity + line - 1)
        others = draw(
            st.lists(earlier | between(-2.0, 2.0), min_size=primitive.arity - 1, max_size=primitive.arity - 1)
        )
        lines.append((primitive.name, (draw(earlier), *others)))
    return Program(arity, tuple(lines))


@cache  # a strategy costs more to make than to draw from
def parameters(model: str) -> st.SearchStrategy[tuple[float, ...]]:
    """Values for every parameter of a kind of model."""
    return st.tuples(*[between(-3.0, 3.0)] * len(MODELS[model].parameters))


@cache
def problems() -> st.SearchStrategy[Problem]:
    """Problems on a built-in set, every kind of model, loss and reduction among them."""
    return st.builds(
        Problem,
        st.sampled_from(("hard", "lecture")).map(datasets.drawn),
        st.sampled_from(sorted(MODELS)),
        loss=st.sampled_from(sorted(POINT_LOSSES)),
        reduction=st.sampled_from(REDUCTIONS),
        rate=between(0.01, 1.0),
        optimizer=st.sampled_from(sorted(OPTIMIZERS)),
        batch=st.sampled_from((0, 0, 3, 10)),
    )


@st.composite
def starts(draw: st.DrawFn) -> Session:
    """Sessions at step 0."""
    problem = draw(problems())
    return Session.begin(problem, draw(parameters(problem.model)))


@cache
def navigations() -> st.SearchStrategy[moves.Move]:
    """Moves that only go to another place."""
    going = (moves.Forward(), moves.Forward(), moves.NextStep(), moves.Back(), moves.PreviousStep())
    return st.sampled_from(going) | st.builds(moves.Seek, st.integers(-1, 6))


@cache
def changes(names: tuple[str, ...]) -> st.SearchStrategy[moves.Move]:
    """Moves that begin a new future, for a model with parameters of these names."""
    return st.one_of(
        st.builds(moves.Edit, st.sampled_from(names), between(-3.0, 3.0)),
        st.builds(moves.EditBoth, st.just(names[0]), between(-3.0, 3.0), st.just(names[-1]), between(-3.0, 3.0)),
        st.builds(moves.Set, st.just("rate"), between(0.01, 1.0)),
        st.builds(moves.Set, st.just("optimizer"), st.sampled_from(sorted(OPTIMIZERS))),
        st.builds(moves.Set, st.just("batch"), st.integers(0, 11)),
        st.builds(moves.Set, st.just("seed"), st.integers(0, 3)),
        st.builds(moves.Set, st.just("loss"), st.sampled_from(sorted(POINT_LOSSES))),
        st.builds(moves.Hold, st.sampled_from(names)),
        st.builds(moves.Along, st.sampled_from(("", "theirs"))),
        st.just(moves.Restart()),
    )


@cache
def journeys(names: tuple[str, ...], most: int = 20) -> st.SearchStrategy[list[moves.Move]]:
    """Lists of moves of every kind, half of them only going to another place."""
    memory = st.sampled_from((moves.Undo(), moves.Redo()))
    slopes = st.builds(moves.Give, st.tuples(*[between(-3.0, 3.0)] * len(names)))
    kinds = st.sampled_from((navigations(), navigations(), changes(names), slopes, memory))
    return st.lists(kinds.flatmap(lambda kind: kind), min_size=most // 3, max_size=most)


# Numbers that floats add and multiply exactly, so that an expression and its simplification are 0 at the same places.
_EXACT = (0.0, 1.0, 2.0, 3.0, 0.5, -1.0, -2.0)
_EXPONENTS = (2.0, 3.0, 4.0, 1.0, 0.0, -1.0, -2.0, 0.5)


def random_expression(source: random.Random, depth: int, rows: Sequence[Primitive] = TABLE) -> Expression:
    """An expression in x and y of random operations, at most `depth` deep; where it is defined is left to chance."""
    if depth == 0 or source.random() < 0.1:
        return symbol(source.choice("xy")) if source.random() < 0.7 else number(source.choice(_EXACT))
    primitive = source.choice([row for row in rows for _ in range(3 if row.arity == 2 else 1)])
    inputs = [random_expression(source, depth - 1, rows) for _ in range(primitive.arity)]
    if primitive.name == "pow" and source.random() < 0.8:
        inputs[1] = number(source.choice(_EXPONENTS))
    return expression.apply(primitive, *inputs)


def random_expressions(seed: int, count: int, depth: int = 4, rows: Sequence[Primitive] = TABLE) -> list[Expression]:
    """`count` different expressions that have a symbol, the same ones for a seed every time."""
    source, found = random.Random(seed), dict[Expression, None]()
    while len(found) < count:
        candidate = random_expression(source, depth, rows)
        if symbols(candidate):
            found[candidate] = None
    return list(found)

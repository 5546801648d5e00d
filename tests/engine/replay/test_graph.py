"""Recording: the structure of a program, and nothing of its values."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from engine.autodiff.primitives import PRIMITIVES
from engine.autodiff.scalar import Scalar
from engine.replay.graph import BranchError, Column, Constant, Graph, Operation, Parameter, record
from tests.strategies import Program, programs

W, X = Parameter("w"), Column("x")


def names(graph: Graph) -> list[str]:
    return [node.primitive.name for node in graph.nodes if isinstance(node, Operation)]


@given(programs())
def test_a_program_is_recorded_as_a_valid_graph(program: Program) -> None:
    graph = record(program, ("x",), ("y",))
    assert isinstance(graph.nodes[-1], Operation)
    assert Graph(graph.nodes, ("x",), ("y",)) == graph == record(program, ("x",), ("y",))


def test_the_lectures_model_node_by_node() -> None:
    graph = record(lambda w, x: w * x + 1, ("w",), ("x",))
    mul, add = (PRIMITIVES[name] for name in ("mul", "add"))
    assert graph.nodes == (W, X, Operation(mul, (0, 1)), Constant(1.0), Operation(add, (2, 3)))


def test_equal_constants_share_a_node_and_the_two_zeros_do_not() -> None:
    assert record(lambda x: (x + 2) * 2.0 + Scalar(2.0), (), ("x",)).nodes.count(Constant(2.0)) == 1
    zeros = record(lambda x: (x + 0.0) * -0.0, (), ("x",))
    assert sum(isinstance(node, Constant) for node in zeros.nodes) == 2
    assert zeros.merged() == zeros


def test_a_square_has_its_input_twice() -> None:
    assert record(lambda x: x * x, (), ("x",)).nodes[-1].inputs == (0, 0)  # type: ignore[union-attr]


def test_a_program_that_answers_its_input() -> None:
    assert record(lambda x: x, (), ("x",)) == Graph((X,), (), ("x",))


def test_a_program_must_answer_a_scalar() -> None:
    with pytest.raises(TypeError, match=r"float, not a Scalar"):
        record(lambda x: 1.0, (), ("x",))  # type: ignore[arg-type, return-value]


def test_what_does_not_matter_is_dropped() -> None:
    def program(w: Scalar, x: Scalar) -> Scalar:
        (w * x).exp()
        return x.sin()

    graph = record(program, ("w",), ("x",))
    assert names(graph) == ["sin"]
    assert (graph.parameters, graph.columns) == (("w",), ("x",)), "the slots stay known"


def test_equal_parts_are_merged() -> None:
    graph = record(lambda w, x: (w * x + 1).exp() + (w * x + 1).exp() * (x * w), ("w",), ("x",))
    assert names(graph.merged()) == ["mul", "add", "exp", "mul", "mul", "add"]
    assert len(graph.nodes) > len(graph.merged().nodes)


@pytest.mark.parametrize(
    ("nodes", "wrong"),
    [
        ((), "at least one node"),
        ((X, Operation(PRIMITIVES["sin"], (1,))), "do not all come before"),
        ((X, Operation(PRIMITIVES["sin"], (-1,))), "do not all come before"),
        ((X, Operation(PRIMITIVES["add"], (0,))), "add takes 2 inputs"),
        ((X, X, Operation(PRIMITIVES["add"], (0, 1))), "has two nodes"),
        ((Parameter("v"),), "no slot"),
        ((Column("w"),), "no slot"),
        ((X, W, Operation(PRIMITIVES["sin"], (0,))), "node 1 does not affect"),
    ],
)
def test_what_is_no_program_is_refused(nodes: Any, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        Graph(nodes, ("w",), ("x",))


def _asks_if(w: Scalar, x: Scalar) -> Scalar:
    m = w * x
    if m > 0.5:
        return m
    return -m


ASKING: dict[str, Callable[[Scalar, Scalar], Any]] = {
    "if m > 0.5": _asks_if,
    "max(w, x)": lambda w, x: max(w, x),
    "w if x else x": lambda w, x: w if x else x,
    "w and x": lambda w, x: w and x,
    "x in [w]": lambda w, x: x * (x in [w]),
    "reads a value": lambda w, x: w if x.value > 0 else x,
}


@pytest.mark.parametrize("asked", ASKING)
def test_a_branch_is_noticed_with_its_line(asked: str) -> None:
    with pytest.raises(BranchError) as caught:
        record(ASKING[asked], ("w",), ("x",))
    code = ASKING[asked].__code__
    line = code.co_firstlineno + (2 if asked == "if m > 0.5" else 0)
    assert caught.value.where.startswith(f"test_graph.py line {line} ")
    assert asked in caught.value.where
    assert "x.relu(), x.step()" in str(caught.value)


def test_comparisons_as_numbers_are_no_branches() -> None:
    assert names(record(lambda w, x: (x > 0) * w + (x <= 0) * -w, ("w",), ("x",))) == [
        "lt", "mul", "le", "neg", "mul", "add",
    ]  # fmt: skip

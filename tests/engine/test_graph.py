"""Recording: the structure of a program, and nothing of its values."""

import pytest
from hypothesis import given

from engine.graph import Constant, Graph, Input, Operation, record
from engine.scalar import Scalar
from tests.strategies import Program, programs


@given(programs())
def test_inputs_come_before_what_is_made_of_them(program: Program) -> None:
    graph = record(program, ("x", "y"), (0.5, 0.5))
    for index, node in enumerate(graph.nodes):
        if isinstance(node, Operation):
            assert len(node.inputs) == node.primitive.arity
            assert all(0 <= source < index for source in node.inputs)
    assert isinstance(graph.nodes[-1], Operation)


@given(programs())
def test_the_structure_does_not_depend_on_the_values(program: Program) -> None:
    assert record(program, ("x", "y"), (0.5, 0.5)) == record(program, ("x", "y"), (-1.0, 0.25))


def test_the_lectures_model_node_by_node() -> None:
    graph = record(lambda w, x: w * x + 1, ("w", "x"), (0.5, 0.5))
    assert graph.nodes[:2] == (Input("w"), Input("x"))
    assert [node.primitive.name for node in graph.nodes if isinstance(node, Operation)] == ["mul", "add"]
    assert graph.nodes[-1].inputs[0] == 2
    assert graph.nodes[graph.nodes[-1].inputs[1]] == Constant(1.0)


def test_equal_constants_share_a_node() -> None:
    graph = record(lambda x: (x + 2) * 2.0 + Scalar(2.0), ("x",), (0.5,))
    assert graph.nodes.count(Constant(2.0)) == 1
    assert len(graph.nodes) == 5


def test_a_square_has_its_input_twice() -> None:
    graph = record(lambda x: x * x, ("x",), (0.5,))
    assert graph.nodes[-1].inputs == (0, 0)


def test_a_program_that_answers_its_input() -> None:
    assert record(lambda x: x, ("x",), (0.5,)) == Graph((Input("x"),))


def test_a_program_must_answer_a_scalar() -> None:
    with pytest.raises(TypeError, match=r"float, not a Scalar"):
        record(lambda x: 1.0, ("x",), (0.5,))

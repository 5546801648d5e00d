"""Replay on columns: the eager Scalars' values and derivatives, a thousand at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autodiff import derivatives
from engine.graph import Graph, Input, Operation, record
from engine.losses import POINT_LOSSES
from engine.models import MODELS
from engine.primitives import PRIMITIVES
from engine.replay import backward, forward
from engine.scalar import Scalar
from tests.strategies import Program, programs


def eager(program: Callable[..., Scalar], rows: np.ndarray) -> np.ndarray:
    """For each row of inputs, the value and the derivative in each input; shape (N, 1 + inputs)."""
    found = []
    for row in rows.tolist():
        leaves = [Scalar(value) for value in row]
        out = program(*leaves)
        found.append((out.value, *derivatives(out, leaves)))
    return np.array(found)


def replayed(graph: Graph, names: Sequence[str], rows: np.ndarray) -> np.ndarray:
    """The same by one forward and one backward pass."""
    values = forward(graph, dict(zip(names, rows.T, strict=True)))
    columns = [values[-1], *backward(graph, values, names)]
    return np.stack([np.broadcast_to(column, len(rows)) for column in columns], axis=1)


def assert_same(found: np.ndarray, expected: np.ndarray) -> None:
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=1e-12 * max(1e-300, np.abs(expected).max()))


def random_rows(seed: int, count: int, width: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1.5, 1.5, (count, width))


@given(programs(), st.integers(0, 1000), st.sampled_from((1, 2, 3)))
def test_random_programs(program: Program, seed: int, count: int) -> None:
    rows = random_rows(seed, count, 2)
    assert_same(replayed(record(program, ("x", "y"), (0.5, 0.5)), ("x", "y"), rows), eager(program, rows))


@settings(max_examples=5)
@given(programs(arity=3, most_lines=12))
def test_random_programs_over_a_thousand_points(program: Program) -> None:
    names, rows = ("x", "y", "z"), random_rows(7, 1000, 3)
    assert_same(replayed(record(program, names, (0.5,) * 3), names, rows), eager(program, rows))


@pytest.mark.parametrize("count", [1, 2, 3, 1000])
@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize("model", MODELS)
def test_models_and_losses(model: str, loss: str, count: int) -> None:
    kind = MODELS[model]
    names = (*kind.parameters, "x1", "x2", "y")

    def program(*leaves: Any) -> Any:
        *parameters, x1, x2, y = leaves
        return POINT_LOSSES[loss].program(kind.build(parameters)(x1, x2), y)

    rows = random_rows(count, count, len(names))
    rows[:, -1] = np.sign(rows[:, -1])
    assert_same(replayed(record(program, names, (0.5,) * len(names)), names, rows), eager(program, rows))


def test_slots_broadcast() -> None:
    """A parameter of shape (K, 1) against a column of shape (N,) is K programs at once."""
    graph = record(lambda w, x: w * x, ("w", "x"), (0.5, 0.5))
    w, x = np.array([[1.0], [2.0]]), np.array([3.0, 4.0, 5.0])
    values = forward(graph, {"w": w, "x": x})
    np.testing.assert_array_equal(values[-1], w * x)
    np.testing.assert_array_equal(np.broadcast_to(backward(graph, values, ["w"])[0], (2, 3)), [x, x])


def test_only_what_is_wanted_is_answered() -> None:
    graph = record(
        lambda x, y: x * 2 + y,
        (
            "x",
            "y",
        ),
        (0.5, 0.5),
    )
    values = forward(graph, {"x": np.ones(2), "y": np.ones(2)})
    assert backward(graph, values, ["y", "absent"]) == [1.0, 0.0]


def test_what_is_not_wanted_is_not_differentiated() -> None:
    def untouchable(ops: Any, inputs: Any, out: Any) -> Any:
        raise AssertionError("asked for a derivative that nobody wants")

    mul = replace(PRIMITIVES["mul"], rules=(PRIMITIVES["mul"].rules[0], untouchable))
    graph = Graph((Input("x"), Input("y"), Operation(mul, (0, 1))))
    values = forward(graph, {"x": np.array([2.0]), "y": np.array([5.0])})
    assert backward(graph, values, ["x"])[0] == 5.0


@pytest.mark.parametrize("last", [(1, 0), (1, 1)])
def test_overflow_gives_no_warning(last: tuple[int, int]) -> None:
    program = Program(1, (("mul", (0, 0)), ("mul", last)))
    graph = record(program, ["x"], [0.5])
    values = forward(graph, {"x": np.array([1e200, -1e200])})
    assert not np.isfinite(values[-1]).any()
    assert not np.isfinite(backward(graph, values, ["x"])[0]).any()


def test_an_output_that_is_an_input() -> None:
    values = forward(Graph((Input("x"),)), {"x": np.arange(3.0)})
    assert backward(Graph((Input("x"),)), values, ["x"]) == [1.0]
    np.testing.assert_array_equal(values[-1], [0.0, 1.0, 2.0])

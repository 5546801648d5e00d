"""Replay on columns: the eager Scalars' values and derivatives, a thousand at a time."""

import random
import threading
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autodiff import scalar
from engine.autodiff.backpropagation import backward_steps, derivatives
from engine.autodiff.primitives import PRIMITIVES, TABLE, Primitive
from engine.autodiff.scalar import Scalar
from engine.replay.graph import Column, Graph, Operation, apply, record
from engine.replay.lift import Affine, lift
from engine.replay.program import Along, Total, Values, backward, forward
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind, network
from tests.kinds import MODELS
from tests.strategies import Program, programs

KINDS = [
    *MODELS.values(),
    network(1),
    network(2),
    network(10),
    Kind.of("Network", {"layers": (2, 4, 2, 1), "activation": "tanh"}),
    Kind.of("Network", {"layers": (2, 1)}),
]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
each_loss = pytest.mark.parametrize("loss", POINT_LOSSES)


def eager(program: Callable[..., Scalar], rows: np.ndarray) -> tuple[np.ndarray, float]:
    """For each row of inputs, the value and the derivative in each input, (N, 1 + inputs); the largest number met."""
    found, largest = [], 1e-300
    for row in rows.tolist():
        leaves = [Scalar(value) for value in row]
        out = program(*leaves)
        found.append((out.value, *derivatives(out, leaves)))
        met = [number for step in backward_steps(out) for number in (step.node.value, step.derivative)]
        largest = max(largest, *map(abs, met))
    return np.array(found), largest


def walked(graph: Graph, rows: np.ndarray) -> np.ndarray:
    """The same by one forward and one backward walk."""
    names = (*graph.parameters, *graph.columns)
    values = forward(graph, dict(zip(names, rows.T, strict=True)))
    columns = [values[-1], *backward(graph, values, names)]
    return np.stack([np.broadcast_to(column, len(rows)) for column in columns], axis=1)


def columns(graph: Graph, rows: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(graph.columns, rows.T, strict=True))


def random_rows(seed: int, count: int, width: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1.5, 1.5, (count, width))


def with_theta(theta: Sequence[float], rows: np.ndarray) -> np.ndarray:
    return np.hstack([np.tile(theta, (len(rows), 1)), rows])


def loss_of(kind: Kind, loss: str) -> Callable[..., Any]:
    count = len(kind.parameters)
    return lambda *v: POINT_LOSSES[loss].program(kind.build(v[:count])(*v[count : count + 2]), v[-1])


def points(count: int, seed: int = 3) -> np.ndarray:
    rows = random_rows(seed, count, 3)
    rows[:, 2] = np.sign(rows[:, 2])
    return rows


def total_of(kind: Kind, loss: str, rows: np.ndarray) -> Total:
    graph = record(loss_of(kind, loss), kind.parameters, ("x1", "x2", "y"))
    return Total(graph, columns(graph, rows), 1 / len(rows))


@given(programs(), st.integers(0, 1000), st.sampled_from((1, 2, 3)))
def test_random_programs_point_by_point(program: Program, seed: int, count: int) -> None:
    rows = random_rows(seed, count, 2)
    expected, largest = eager(program, rows)
    found = walked(record(program, (), ("x", "y")), rows)
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=1e-12 * largest)


@settings(max_examples=200)
@given(programs(arity=3, most_lines=12), st.integers(0, 1000), st.sampled_from((1, 2, 3, 50)))
def test_random_programs_compiled(program: Program, seed: int, count: int) -> None:
    """Two parameters and a column: the total and its slopes, the values, and the total along a parameter."""
    theta, rows = random_rows(seed, 1, 2)[0], random_rows(seed + 1, count, 1)
    expected, largest = eager(program, with_theta(theta, rows))
    graph = record(program, ("v", "w"), ("x",))
    loss, slopes = Total(graph, columns(graph, rows), 1 / count).gradient(theta)
    near = {"rtol": 0.0, "atol": 1e-12 * largest}
    np.testing.assert_allclose([loss, *slopes], expected.mean(axis=0)[:3], **near)
    np.testing.assert_allclose(Values(graph, columns(graph, rows)).at(theta), expected[:, 0], **near)
    along = Along(graph, columns(graph, rows), 1 / count, 2).at(np.array([theta, -theta, theta]))
    np.testing.assert_allclose(along[[0, 2]], loss, **near)


@settings(max_examples=5)
@given(programs(arity=3, most_lines=12))
def test_random_programs_over_a_thousand_points(program: Program) -> None:
    theta, rows = random_rows(7, 1, 2)[0], random_rows(8, 1000, 1)
    expected, largest = eager(program, with_theta(theta, rows))
    graph = record(program, ("v", "w"), ("x",))
    loss, slopes = Total(graph, columns(graph, rows), 1 / 1000).gradient(theta)
    np.testing.assert_allclose([loss, *slopes], expected.mean(axis=0)[:3], rtol=0.0, atol=1e-12 * largest)


@pytest.mark.parametrize("count", [1, 2, 3, 1000])
@each_loss
@each_kind
def test_models_and_losses(kind: Kind, loss: str, count: int) -> None:
    theta, rows = random_rows(count, 1, len(kind.parameters))[0], points(count)
    found, slopes = total_of(kind, loss, rows).gradient(theta)
    some = rows if count < 1000 or len(theta) < 30 else None
    graph = record(loss_of(kind, loss), kind.parameters, ("x1", "x2", "y"))
    by_walk = walked(graph, with_theta(theta, rows))
    largest = max(1.0, np.abs(by_walk).max())
    np.testing.assert_allclose([found, *slopes], by_walk.mean(axis=0)[:-3], rtol=0.0, atol=1e-12 * largest)
    if some is not None:
        expected, largest = eager(loss_of(kind, loss), with_theta(theta, rows))
        np.testing.assert_allclose([found, *slopes], expected.mean(axis=0)[:-3], rtol=0.0, atol=1e-12 * largest)


def _layers(source: random.Random) -> tuple[list[str], Callable[..., Any]]:
    """Layers that are not quite a network: biases and weights missing, shared or used twice, rows treated apart."""
    sizes = [2, *(source.randint(1, 4) for _ in range(source.randint(1, 3)))]
    names: list[str] = []

    def weight() -> int:
        if names and source.random() < 0.03:
            return source.randrange(len(names))
        names.append(f"p{len(names)}")
        return len(names) - 1

    layers = []
    for inputs, outputs in pairwise(sizes):
        biased, own = source.random() < 0.8, source.random() < 0.1
        each = [
            ([(i, weight()) for i in range(inputs) if source.random() < 0.97], weight() if biased or own else None)
            for _ in range(outputs)
        ]
        layers.append((each, source.choice(["relu", "tanh", "sin", "square", "mixed", "half", "none", "gated"])))

    def done(kind: str, values: list[Any], p: Sequence[Any], x: Sequence[Any]) -> list[Any]:
        if kind == "mixed":
            return [value.tanh() if j % 2 else value.relu() for j, value in enumerate(values)]
        each: dict[str, Callable[[Any], Any]] = {
            "square": lambda value: value * value,
            "half": lambda value: 0.5 * value,
            "none": lambda value: value,
            "gated": lambda value: value.sigmoid() * p[0] + x[0],
        }
        return [each[kind](value) if kind in each else getattr(value, kind)() for value in values]

    def program(*leaves: Any) -> Any:
        p, x = leaves[: len(names)], leaves[len(names) : -1]
        values = list(x)
        for each, kind in layers:
            sums = []
            for weights, bias in each:
                value = 0.0 if bias is None else p[bias]
                for i, at in weights:
                    value = value + values[i] * p[at]
                sums.append(value if not isinstance(value, float) else x[1])
            values = done(kind, sums, p, x)
        m = values[0]
        for value in values[1:]:
            m = m * value
        return -(leaves[-1] * m).log_sigmoid()

    return names, program


@pytest.mark.parametrize("seed", range(150))
def test_all_kinds_of_layers(seed: int) -> None:
    """What the affine maps are made of is found or not; the answer is the same."""
    source = random.Random(seed)
    names, program = _layers(source)
    graph = record(program, names, ("x1", "x2", "y"))
    theta, rows = random_rows(seed, 1, len(names))[0], points(source.choice((1, 2, 7)), seed)
    expected = walked(graph, with_theta(theta, rows))
    near = {"rtol": 0.0, "atol": 1e-12 * max(1.0, np.abs(expected).max())}
    total = Total(graph, columns(graph, rows), 1 / len(rows))
    for _ in range(2):  # the second run finds the arrays as the first one left them
        found, slopes = total.gradient(theta)
        np.testing.assert_allclose([found, *slopes], expected.mean(axis=0)[: 1 + len(names)], **near)
    np.testing.assert_allclose(Values(graph, columns(graph, rows)).at(theta), expected[:, 0], **near)
    thetas = np.array([theta, 0.5 * theta, theta])
    along = Along(graph, columns(graph, rows), 1 / len(rows), 2).at(thetas)
    np.testing.assert_allclose(along, [total.gradient(at)[0] for at in thetas], **near)


@pytest.mark.parametrize("seed", range(50))
def test_blocks_of_points_give_what_all_points_give(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    source = random.Random(seed)
    names, program = _layers(source)
    graph = record(program, names, ("x1", "x2", "y"))
    theta, rows = random_rows(seed, 1, len(names))[0], points(10, seed)
    thetas = np.array([theta, 0.5 * theta, theta])
    found: list[list[np.ndarray]] = []
    for size in (10, 3, 3):
        monkeypatch.setattr("engine.replay.program._BLOCK", size)
        total = Total(graph, columns(graph, rows), 1 / 10)
        total.gradient(-theta)
        values = Values(graph, columns(graph, rows)).at(theta)
        along = Along(graph, columns(graph, rows), 1 / 10, 2).at(thetas)
        loss, slopes = total.gradient(theta)
        descended = total.descend(theta, 0.1, 2)
        found.append([np.array(loss), slopes, values, along, descended])
    whole, blocks, again = found
    for expected, answer, same in zip(whole, blocks, again, strict=True):
        np.testing.assert_allclose(answer, expected, rtol=1e-11, atol=1e-11)
        np.testing.assert_array_equal(answer, same)


def test_blocks_of_programs_that_do_not_depend_on_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.replay.program._BLOCK", 2)
    graph, x = record(lambda w, x: x + w * x, ("w",), ("x",)), np.arange(5.0)
    assert [np.sum(part) for part in Total(graph, {"x": x}).gradient([2.0])] == [30.0, 10.0]
    graph = record(lambda w, x: x * x, ("w",), ("x",))
    for _ in range(2):
        assert [np.sum(part) for part in Total(graph, {"x": x}).gradient([2.0])] == [30.0, 0.0]
    assert Values(graph, {"x": x}).at([2.0]).tolist() == [0.0, 1.0, 4.0, 9.0, 16.0]


def test_blocks_far_from_the_line_are_finite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.replay.program._BLOCK", 2)
    found, slopes = total_of(MODELS["Linear"], "log-sigmoid", points(5)).gradient((0.0, 0.0, 1000.0))
    monkeypatch.undo()
    expected, wanted = total_of(MODELS["Linear"], "log-sigmoid", points(5)).gradient((0.0, 0.0, 1000.0))
    np.testing.assert_allclose([found, *slopes], [expected, *wanted], rtol=1e-12)


def test_what_is_on_the_way_is_held_for_one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wider network has no more columns as long as the data."""
    monkeypatch.setattr("engine.replay.program._BLOCK", 1024)
    held = []
    for hidden in (2, 20):
        rows = points(40 * 1024)
        tracemalloc.start()
        total = total_of(network(hidden), "log-sigmoid", rows)
        held.append(tracemalloc.get_traced_memory()[0] / rows[:, 0].nbytes)
        tracemalloc.stop()
        del total
    assert max(held) < 12
    assert held[1] < held[0] + 4


def test_networks_are_lifted_to_one_map_a_layer() -> None:
    for hidden in (2, 10):
        kind = network(hidden)
        steps = lift(record(loss_of(kind, "log-sigmoid"), kind.parameters, ("x1", "x2", "y")).merged())
        assert [step.rows for step in steps if isinstance(step, Affine)] == [hidden, hidden, 0]
        assert len(steps) == 11, "three slots, three maps, two relus, and the three operations of the loss"


def test_one_model_used_twice() -> None:
    kind = MODELS["Linear"]

    def program(*v: Any) -> Any:
        m = kind.build(v[:3])
        return m(*v[3:]) * m(*v[3:])

    graph = record(program, kind.parameters, ("x1", "x2"))
    theta, rows = (0.5, -1.0, 0.25), random_rows(1, 9, 2)
    found, slopes = Total(graph, columns(graph, rows)).gradient(theta)
    expected, _ = eager(program, with_theta(theta, rows))
    np.testing.assert_allclose([found, *slopes], expected.sum(axis=0)[:4], rtol=1e-12)


@each_loss
@each_kind
@pytest.mark.parametrize("m", [-1000.0, 1000.0])
def test_far_from_the_line_all_is_finite(kind: Kind, loss: str, m: float) -> None:
    theta = np.zeros(len(kind.parameters))
    theta[-1] = m  # the bias of the last sum is m where all else is 0
    rows, total = points(5), total_of(kind, loss, points(5))
    found, slopes = total.gradient(theta)
    expected, _ = eager(loss_of(kind, loss), with_theta(theta, rows))
    np.testing.assert_allclose([found, *slopes], expected.mean(axis=0)[:-3], rtol=1e-12, atol=1e-12)
    graph = record(loss_of(kind, loss), kind.parameters, ("x1", "x2", "y"))
    along = Along(graph, columns(graph, rows), 1 / 5, 3).at(np.array([theta, 0 * theta]))
    assert along[0] == pytest.approx(found, rel=1e-12)


def test_small_losses_keep_their_digits() -> None:
    """At m = 40 the loss is e^-40, and so is its slope: 1 - σ in floats would be 0."""
    found, slopes = total_of(MODELS["Linear"], "log-sigmoid", np.array([[0.0, 0.0, 1.0]])).gradient((0.0, 0.0, 40.0))
    assert found == pytest.approx(np.exp(-40.0), rel=1e-12, abs=0.0)
    assert slopes[2] == pytest.approx(-np.exp(-40.0), rel=1e-12, abs=0.0)


def test_overflow_is_inf_or_nan_without_a_warning() -> None:
    total = total_of(network(2), "ReLU", points(5))
    found, slopes = total.gradient(np.full(15, 1e300))
    assert not np.isfinite(found)
    assert not np.isfinite(slopes).all()
    assert total.gradient(np.full(15, 0.5))[0] == total_of(network(2), "ReLU", points(5)).gradient(np.full(15, 0.5))[0]


def test_nan_is_not_lost_in_a_relu() -> None:
    """inf - inf on the way must not end as a loss of 0."""
    found, _ = total_of(MODELS["Linear"], "ReLU", np.array([[1.0, 1.0, 1.0]])).gradient((np.inf, -np.inf, 0.0))
    assert np.isnan(found)
    graph = record(lambda w, x: (w - w).relu() * x, ("w",), ("x",))
    assert np.isnan(Total(graph, {"x": np.ones(2)}).gradient([np.inf])[0])


def test_at_the_kink_of_a_relu_the_slope_is_0() -> None:
    """At -0.0 too, and at each place of a long column, which NumPy takes in pieces."""
    graph = record(lambda w, x: (w * x).relu(), ("w",), ("x",))
    for kink in (0.0, -0.0):
        for count in range(1, 20):
            x = np.full(count, kink)
            assert Total(graph, {"x": x}).gradient([1.0]) == (0.0, 0.0)
            x = np.where(np.arange(count) % 2, 1.0, kink)
            assert Total(graph, {"x": x}).gradient([1.0]) == (x.sum(), x.sum())
    graph = record(lambda w, b, x: (w * x + b).relu(), ("w", "b"), ("x",))
    for b, slope in ((0.0, 0), (-0.0, 0), (5e-324, 7), (-5e-324, 0)):
        assert Total(graph, {"x": np.full(7, -0.0)}).gradient([1.0, b])[1][1] == slope


@pytest.mark.parametrize("exponent", [-1, 0, 0.5, 1, 2, 3])
def test_powers(exponent: float) -> None:
    def program(w: Any, x: Any) -> Any:
        return (w * x) ** exponent + w**exponent / x

    graph, rows = record(program, ("w",), ("x",)), np.array([[0.5], [1.0], [1.5]])
    found, slopes = Total(graph, columns(graph, rows)).gradient([1.25])
    expected, _ = eager(program, with_theta([1.25], rows))
    np.testing.assert_allclose([found, *slopes], expected.sum(axis=0)[:2], rtol=1e-14)


@pytest.mark.parametrize("kind", [MODELS["Linear"], network(2)], ids=lambda kind: kind.name)
def test_another_number_of_parameters_is_refused(kind: Kind) -> None:
    """One alone too, which NumPy would give to every parameter."""
    names, columns_of = kind.parameters, ("x1", "x2")
    graph = record(lambda *v: kind.build(v[:-2])(*v[-2:]), names, columns_of)
    data = columns(graph, points(3)[:, :2])
    total, along = total_of(kind, "ReLU", points(3)), Along(graph, data, 1.0, 2)
    asks: list[Callable[[Any], Any]] = [
        total.gradient,
        lambda theta: total.descend(theta, 0.1, 1),
        Values(graph, data).at,
        lambda theta: along.at(np.array([theta, theta])),
    ]
    for ask in asks:
        for wrong in (1, 20):
            with pytest.raises(ValueError, match=f"there are {len(names)} parameters, not {wrong}:"):
                ask([0.5] * wrong)
        ask([0.5] * len(names))


def test_equal_parameters_give_equal_bits() -> None:
    kind, rows = network(10), points(50)
    theta = random_rows(2, 1, 151)[0]
    first, again = (total_of(kind, "log-sigmoid", rows) for _ in range(2))
    found = first.gradient(theta)
    first.gradient(-theta)
    for other in (first.gradient(theta), again.gradient(theta), again.gradient(tuple(theta.tolist()))):
        assert other[0] == found[0]
        np.testing.assert_array_equal(other[1], found[1])


def test_what_is_answered_is_the_callers_own() -> None:
    for kind in (MODELS["Linear"], network(2)):
        total = total_of(kind, "log-sigmoid", points(5))
        theta = np.full(len(kind.parameters), 0.3)
        for answer in (
            lambda at, total=total: total.gradient(at)[1],
            lambda at, total=total: total.descend(at, 0.1, 2),
        ):
            found = answer(theta)
            kept = found.copy()
            answer(-theta)
            np.testing.assert_array_equal(found, kept)
            found[:] = 7.0
            np.testing.assert_array_equal(answer(theta), kept)
    graph = record(lambda w, x: w * x, ("w",), ("x",))
    values = Values(graph, {"x": np.ones(3)})
    first = values.at([2.0])
    assert values.at([3.0]).tolist() == [3.0] * 3
    assert first.tolist() == [2.0] * 3


@each_kind
def test_descending_is_stepping(kind: Kind) -> None:
    total = total_of(kind, "log-sigmoid", points(7))
    theta = start = random_rows(5, 1, len(kind.parameters))[0]
    for _ in range(10):
        theta = theta - 0.1 * total.gradient(theta)[1]
    np.testing.assert_allclose(total.descend(start, 0.1, 10), theta, rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(total.descend(start, 0.1, 0), start)


def test_values_over_a_grid() -> None:
    for kind in KINDS:
        graph = record(lambda *v, kind=kind: kind.build(v[:-2])(*v[-2:]), kind.parameters, ("x1", "x2"))
        x1, x2 = np.linspace(0.0, 1.0, 5)[None, :], np.linspace(-1.0, 1.0, 3)[:, None]
        theta = random_rows(4, 1, len(kind.parameters))[0]
        expected = forward(graph, {**dict(zip(kind.parameters, theta, strict=True)), "x1": x1, "x2": x2})[-1]
        found = Values(graph, {"x1": x1, "x2": x2}).at(theta)
        assert found.shape == (3, 5)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def test_a_value_that_is_the_same_everywhere() -> None:
    graph = record(lambda w, x: w * 2, ("w",), ("x",))
    assert Values(graph, {"x": np.ones((2, 3))}).at([1.5]).tolist() == [[3.0] * 3] * 2
    found, slopes = Total(graph, {"x": np.ones(4)}).gradient([1.5])
    assert (found, slopes.tolist()) == (12.0, [8.0])
    graph = record(lambda w, x: x, ("w",), ("x",))
    found, slopes = Total(graph, {"x": np.arange(4.0)}).gradient([1.5])
    assert (found, slopes.tolist()) == (6.0, [0.0])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_at_kinks_and_ties_the_slopes_are_those_of_scalars(row: Primitive) -> None:
    def program(w: Any, *inputs: Any) -> Any:
        return (scalar.apply if type(w) is Scalar else apply)(row, w * inputs[0], *inputs[1:])

    for place in product((-1.0, 0.0, 1.0), repeat=row.arity):
        try:
            expected, _ = eager(program, np.array([[1.0, *place]]))
        except (ValueError, ZeroDivisionError):
            continue
        names = ("x", "y")[: row.arity]
        graph = record(program, ("w",), names)
        found, (slope,) = Total(graph, {name: np.full(3, at) for name, at in zip(names, place, strict=True)}).gradient(
            [1.0]
        )
        np.testing.assert_allclose([found, slope], 3.0 * expected[0, :2], rtol=1e-14, err_msg=str(place))


def test_a_new_row_of_the_table_needs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    cube = Primitive(
        "cube", lambda x: x**3, lambda x: x**3, (lambda ops, x, out: ops.mul(3.0, ops.mul(x[0], x[0])),), ((-2.0, 2.0),)
    )
    monkeypatch.setitem(PRIMITIVES, cube.name, cube)
    graph = record(lambda a, x: apply(cube, a * x), ("a",), ("x",))
    x = np.linspace(-1.0, 1.0, 7)
    loss, (slope,) = Total(graph, {"x": x}, 1.0).gradient((2.0,))
    assert loss == pytest.approx(float(((2.0 * x) ** 3).sum()), abs=1e-12)
    assert slope == pytest.approx(float((3.0 * (2.0 * x) ** 2 * x).sum()), abs=1e-12)
    np.testing.assert_allclose(Values(graph, {"x": x}).at((2.0,)), (2.0 * x) ** 3)


def test_a_program_without_columns() -> None:
    graph = record(lambda w: w * w + w.relu(), ("w",))
    found, slopes = Total(graph, {}, 0.5).gradient([3.0])
    assert (found, slopes.tolist()) == (6.0, [3.5])
    assert Values(graph, {}).at([3.0]) == 12.0
    assert Along(graph, {}, 0.5, 2).at(np.array([[3.0], [2.0], [1.0]])).tolist() == [6.0, 3.0, 1.0]


def test_two_threads() -> None:
    """Each with a program of its own."""
    theta = random_rows(6, 1, 151)[0]
    kind, rows = network(10), points(50)
    expected = total_of(kind, "log-sigmoid", rows).gradient(theta)[1]
    found: list[bool] = []

    def work(sign: float) -> None:
        total = total_of(kind, "log-sigmoid", rows)
        for _ in range(200):
            total.gradient(-theta)
            found.append(bool((total.gradient(theta)[1] == expected).all()))

    threads = [threading.Thread(target=work, args=(sign,)) for sign in (1.0, -1.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 400


def test_slots_broadcast() -> None:
    """A parameter of shape (K, 1) against a column of shape (N,) is K programs at once."""
    graph = record(lambda w, x: w * x, ("w",), ("x",))
    w, x = np.array([[1.0], [2.0]]), np.array([3.0, 4.0, 5.0])
    values = forward(graph, {"w": w, "x": x})
    np.testing.assert_array_equal(values[-1], w * x)
    np.testing.assert_array_equal(np.broadcast_to(backward(graph, values, ["w"])[0], (2, 3)), [x, x])


def test_only_what_is_wanted_is_answered() -> None:
    graph = record(lambda x, y: x * 2 + y, (), ("x", "y"))
    values = forward(graph, {"x": np.ones(2), "y": np.ones(2)})
    assert backward(graph, values, ["y", "absent"]) == [1.0, 0.0]


def test_what_is_not_wanted_is_not_differentiated() -> None:
    def untouchable(ops: Any, inputs: Any, out: Any) -> Any:
        raise AssertionError("asked for a derivative that nobody wants")

    mul = replace(PRIMITIVES["mul"], rules=(PRIMITIVES["mul"].rules[0], untouchable))
    graph = Graph((Column("x"), Column("y"), Operation(mul, (0, 1))), (), ("x", "y"))
    values = forward(graph, {"x": np.array([2.0]), "y": np.array([5.0])})
    assert backward(graph, values, ["x"])[0] == 5.0


@pytest.mark.parametrize("last", [(1, 0), (1, 1)])
def test_overflow_gives_no_warning(last: tuple[int, int]) -> None:
    program = Program(1, (("mul", (0, 0)), ("mul", last)))
    graph = record(program, (), ["x"])
    values = forward(graph, {"x": np.array([1e200, -1e200])})
    assert not np.isfinite(values[-1]).any()
    assert not np.isfinite(backward(graph, values, ["x"])[0]).any()


def test_an_output_that_is_an_input() -> None:
    graph = Graph((Column("x"),), (), ("x",))
    values = forward(graph, {"x": np.arange(3.0)})
    assert backward(graph, values, ["x"]) == [1.0]
    np.testing.assert_array_equal(values[-1], [0.0, 1.0, 2.0])

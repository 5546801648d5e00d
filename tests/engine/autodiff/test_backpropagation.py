"""Backpropagation: against differences, on shared and deep graphs, at the far ends."""

import gc
import math
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.autodiff.backpropagation import backward_steps, derivatives, local_derivatives, topological_order
from engine.autodiff.numeric import central_difference
from engine.autodiff.scalar import Scalar
from engine.training.losses import POINT_LOSSES
from tests.strategies import Program, between, programs

inputs = st.tuples(between(-1.5, 1.5), between(-1.5, 1.5))


def test_the_derivative_of_a_square() -> None:
    x = Scalar(3.0)
    assert derivatives(x * x, [x]) == (6.0,)
    assert derivatives(x * x + 1, [x]) == (6.0,)


def test_a_shared_scalar_is_counted_on_every_path() -> None:
    x = Scalar(2.0)
    shared = x * 3
    assert derivatives(shared * shared + shared, [x, shared]) == (39.0, 13.0)


def test_what_was_made_of_the_output_has_derivative_0() -> None:
    x = Scalar(2.0)
    output = x * 2
    assert derivatives(output, [output * x, x]) == (0.0, 2.0)


def test_scalars_of_an_earlier_graph_serve_in_another() -> None:
    x, w = Scalar(2.0), Scalar(3.0)
    early = (w * x).tanh() * x
    for _ in range(3):  # in between, other graphs of the same Scalars
        derivatives(early * w, [w])
    late = early + x * early
    slope = (1 - math.tanh(6.0) ** 2) * 4
    assert derivatives(late, [w, early]) == pytest.approx((3 * slope, 3.0), rel=1e-12)
    assert derivatives(early, [w]) == pytest.approx((slope,), rel=1e-12)


def test_threads_do_not_disturb_each_other() -> None:
    shared = Scalar(0.5)

    def slope(power: int) -> float:
        out = Scalar(1.0)
        for _ in range(power):
            out = out * shared
        return derivatives(out, [shared])[0]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(slope, list(range(40)) * 10))
    assert found == pytest.approx([power * 0.5 ** (power - 1) for power in range(40)] * 10, rel=1e-12)


def test_memory_does_not_grow_where_nothing_collects_garbage() -> None:
    """No cycles, and nothing that keeps a list of what was made: a Scalar goes with the last who holds it."""
    w, x = Scalar(0.3), Scalar(2.0)

    def steps(count: int) -> int:
        for _ in range(count):
            derivatives(-(w * x + 0.5 - x / 3).log_sigmoid(), [w])
            (w * x).exp()  # a value that no derivative is asked of
        return sys.getallocatedblocks()

    gc.disable()
    try:
        before = steps(5_000)  # until Python's own free lists are full
        assert steps(10_000) - before < 100
    finally:
        gc.enable()


def test_what_the_output_does_not_depend_on_has_derivative_0() -> None:
    x, other = Scalar(2.0), Scalar(5.0)
    assert derivatives(x * 2, [other, x]) == (0.0, 2.0)


def test_the_output_itself_has_the_seed() -> None:
    x = Scalar(2.0)
    assert derivatives(x, [x], seed=7.0) == (7.0,)


def test_a_chain_of_100_000_operations() -> None:
    x = out = Scalar(1.0)
    for _ in range(100_000):
        out = out + x
    assert out.value == 100_001.0
    assert derivatives(out, [x]) == (100_001.0,)


@given(programs(), inputs)
def test_derivatives_agree_with_central_differences(program: Program, at: tuple[float, float]) -> None:
    leaves = [Scalar(value) for value in at]
    values = program.values(*leaves)
    assume(all(abs(entry.value) < 10.0 for entry in values))
    found = derivatives(values[-1], leaves)
    for arg, slope in enumerate(found):
        expected = central_difference(lambda *vals: program(*map(Scalar, vals)).value, *at, arg=arg, epsilon=1e-5)
        assert slope == pytest.approx(expected, rel=1e-5, abs=1e-6)


@given(programs(most_lines=12), inputs)
def test_the_whole_pass_finds_what_its_steps_find(program: Program, at: tuple[float, float]) -> None:
    """The steps ask the table for every slope; the whole pass takes those that were noted down."""
    leaves = [Scalar(value) for value in at]
    values = program.values(*leaves)
    steps = {id(step.node): step.derivative for step in backward_steps(values[-1])}
    assert derivatives(values[-1], values) == pytest.approx([steps.get(id(entry), 0.0) for entry in values], rel=1e-12)


@given(programs(), inputs)
def test_asking_twice_gives_the_same(program: Program, at: tuple[float, float]) -> None:
    leaves = [Scalar(value) for value in at]
    out = program(*leaves)
    assert derivatives(out, leaves) == derivatives(out, leaves)


@given(programs(), inputs, between(-2.0, 2.0))
def test_derivatives_are_proportional_to_the_seed(program: Program, at: tuple[float, float], seed: float) -> None:
    leaves = [Scalar(value) for value in at]
    out = program(*leaves)
    expected = [seed * slope for slope in derivatives(out, leaves)]
    assert derivatives(out, leaves, seed) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@given(programs(), inputs)
def test_the_order_has_inputs_first_and_each_scalar_once(program: Program, at: tuple[float, float]) -> None:
    out = program(*map(Scalar, at))
    order = topological_order(out)
    place = {id(node): index for index, node in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] is out
    for node in order:
        assert all(place[id(entry)] < place[id(node)] for entry in node.inputs if isinstance(entry, Scalar))


@given(programs(), inputs)
def test_what_flows_into_a_scalar_sums_to_its_derivative(program: Program, at: tuple[float, float]) -> None:
    out = program(*map(Scalar, at))
    steps = list(backward_steps(out, seed=2.0))
    flows: dict[int, float] = {id(out): 2.0}
    for step in steps:
        assert step.local == local_derivatives(step.node)
        for entry, slope in zip(step.node.inputs, step.local, strict=True):
            assert (slope is not None) == isinstance(entry, Scalar)
            if slope is not None:
                flows[id(entry)] = flows.get(id(entry), 0.0) + step.derivative * slope
    assert {id(step.node): step.derivative for step in steps} == flows


def test_steps_go_from_the_output_to_the_leaves() -> None:
    x, y = Scalar(2.0), Scalar(5.0)
    product = x * y
    out = product + 1
    steps = list(backward_steps(out))
    assert [step.node for step in steps[:2]] == [out, product]
    assert [(step.derivative, step.local) for step in steps] == [
        (1.0, (1.0, None)),
        (1.0, (5.0, 2.0)),
        *leaves(5.0, 2.0),
    ]


def leaves(at_x: float, at_y: float) -> list[tuple[float, tuple[()]]]:
    return [(at_y, ()), (at_x, ())]


@pytest.mark.parametrize(
    ("m", "y", "slope"), [(1000.0, 1, 0.0), (-1000.0, 1, -1.0), (1000.0, -1, 1.0), (-1000.0, -1, 0.0)]
)
def test_the_loss_is_stable_at_a_thousand(m: float, y: int, slope: float) -> None:
    leaf = Scalar(m)
    loss = POINT_LOSSES["log-sigmoid"].program(leaf, y)
    assert loss.value == (0.0 if slope == 0.0 else 1000.0)
    assert derivatives(loss, [leaf]) == (slope,)


def test_sigmoid_has_slope_a_quarter_at_0_and_none_far_out() -> None:
    for at, slope in ((0.0, 0.25), (1000.0, 0.0), (-1000.0, 0.0)):
        x = Scalar(at)
        assert derivatives(x.sigmoid(), [x]) == (slope,)


def test_a_constant_is_not_differentiated() -> None:
    """The derivative of x^2 in its exponent is log x, which has none at -3: it must not be asked for."""
    x = Scalar(-3.0)
    assert derivatives(x**2, [x]) == (-6.0,)
    with pytest.raises(ValueError, match=r"domain|positive"):
        derivatives(x ** Scalar(2.0), [x])


def test_comparisons_stop_the_derivative() -> None:
    x = Scalar(1.0)
    assert derivatives((x < 2.0) * x, [x]) == (1.0,)
    for none in (x < 2.0, -(x < 2.0), (-x).relu() * -1.0):
        assert math.copysign(1.0, derivatives(none, [x])[0]) == 1.0

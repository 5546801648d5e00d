"""The optimizers' arithmetic, as pure functions of slopes and memory."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.training.optimizers import OPTIMIZERS, Optimizer
from engine.training.settings import SETTINGS
from tests.strategies import between, small_floats

GRADIENT_DESCENT, MOMENTUM = OPTIMIZERS["gradient-descent"], OPTIMIZERS["momentum"]
slopes_of_two = st.tuples(small_floats, small_floats)


@given(slopes_of_two, between(1e-3, 10.0))
def test_gradient_descent_goes_against_the_slopes(slopes: tuple[float, ...], rate: float) -> None:
    change, memory = GRADIENT_DESCENT.step(slopes, GRADIENT_DESCENT.start(2), {"rate": rate})
    assert change == tuple(-rate * slope for slope in slopes)
    assert memory == ()


def test_overflow_is_not_an_error() -> None:
    assert GRADIENT_DESCENT.step((-1e300,), (), {"rate": 1e300})[0] == (math.inf,)


@given(st.lists(slopes_of_two, min_size=1, max_size=6), between(1e-3, 10.0), between(0.0, 0.99))
def test_momentum_is_as_pytorch_documents_it(steps: list[tuple[float, ...]], rate: float, beta: float) -> None:
    # torch.optim.SGD: the first buffer is the gradient, from then on b = beta·b + g; and p = p - lr·b.
    memory, buffer = MOMENTUM.start(2), None
    for slopes in steps:
        change, memory = MOMENTUM.step(slopes, memory, {"rate": rate, "beta": beta})
        buffer = slopes if buffer is None else tuple(beta * b + g for b, g in zip(buffer, slopes, strict=True))
        assert memory == (buffer,)
        assert change == tuple(-rate * b for b in buffer)


@given(slopes_of_two, between(1e-3, 10.0))
def test_without_a_past_or_without_beta_momentum_is_gradient_descent(slopes: tuple[float, ...], rate: float) -> None:
    plain = GRADIENT_DESCENT.step(slopes, (), {"rate": rate})[0]
    assert MOMENTUM.step(slopes, MOMENTUM.start(2), {"rate": rate, "beta": 0.9})[0] == plain
    assert MOMENTUM.step(slopes, ((3.0, -4.0),), {"rate": rate, "beta": 0.0})[0] == plain


@pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_what_a_row_says_of_itself_holds(row: Optimizer) -> None:
    settings = {name: SETTINGS[name].default for name in row.settings}
    slopes, memory = (0.5, -2.0), tuple((1.0, 0.25) for _ in row.quantities)
    assert list(map(len, row.start(2))) == [2] * len(row.quantities)
    change, after = row.step(slopes, memory, settings)
    assert list(map(len, after)) == list(map(len, memory))
    # The change is proportional to the rate.
    doubled = row.step(slopes, memory, {**settings, "rate": 2.0 * settings["rate"]})[0]
    assert doubled == pytest.approx([2.0 * by for by in change])
    # What the caption works out is what is done.
    quantities = zip(row.quantities, memory, strict=True)
    values = {"value": 7.0, "slope": slopes[0], **settings, **{name: each[0] for name, each in quantities}}
    worked = row.worked.format(**values).replace("·", "*")
    assert eval(worked) == pytest.approx(7.0 + change[0])

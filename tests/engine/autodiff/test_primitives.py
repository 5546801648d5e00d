"""The table of primitives, tested by looping over it: a new row tests itself."""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from engine.autodiff.numeric import central_difference
from engine.autodiff.primitive import Facts, Sign, Symmetry
from engine.autodiff.primitives import COLUMNS, FLOATS, PRIMITIVES, TABLE, Primitive
from engine.symbolic import expression
from engine.symbolic.domain import facts

each = pytest.mark.parametrize("primitive", TABLE, ids=lambda primitive: primitive.name)


def grid(primitive: Primitive, points: int = 9) -> Iterator[tuple[float, ...]]:
    """Inputs all over the boxes, a little inside their ends."""
    for box in primitive.boxes:
        yield from product(*(np.linspace(low + 1e-3, high - 1e-3, points).tolist() for low, high in box))


def columns(primitive: Primitive) -> tuple[np.ndarray, ...]:
    return tuple(np.array(list(grid(primitive))).T)


def test_names_are_unique() -> None:
    assert len(PRIMITIVES) == len(TABLE)


@each
def test_every_part_of_a_row_has_the_same_number_of_inputs(primitive: Primitive) -> None:
    assert {primitive.arity} == {len(box) for box in primitive.boxes}
    assert primitive.arity in (1, 2)  # a Scalar keeps a left and a right
    assert 1 <= len(primitive.methods) <= primitive.arity
    inputs = next(grid(primitive))
    assert isinstance(primitive.value(*inputs), float)
    for wrong in ((), (*inputs, 1.0)):
        with pytest.raises(TypeError):
            primitive.value(*wrong)


@each
def test_a_column_has_the_value_of_each_float(primitive: Primitive) -> None:
    found = primitive.column(*columns(primitive))
    expected = [primitive.value(*inputs) for inputs in grid(primitive)]
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, expected, rtol=1e-14, atol=1e-15)


@each
def test_each_derivative_agrees_with_a_second_method(primitive: Primitive) -> None:
    for inputs in grid(primitive):
        out = primitive.value(*inputs)
        for arg, rule in enumerate(primitive.rules):
            expected = central_difference(primitive.value, *inputs, arg=arg)
            assert rule(FLOATS, inputs, out) == pytest.approx(expected, rel=1e-7, abs=1e-7), (inputs, arg)


@each
def test_each_derivative_is_the_same_on_columns(primitive: Primitive) -> None:
    inputs = columns(primitive)
    out = primitive.column(*inputs)
    for rule in primitive.rules:
        found = np.broadcast_to(rule(COLUMNS, inputs, out), out.shape)
        expected = [rule(FLOATS, row, primitive.value(*row)) for row in grid(primitive)]
        np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-15)


# Values of each sign, without the floats at which a power or a product is inexact.
_OF_SIGN = {
    Sign.ANY: (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0),
    Sign.NONNEGATIVE: (0.0, 0.5, 1.0, 3.0),
    Sign.POSITIVE: (0.5, 1.0, 3.0),
}


def known(number: float) -> Facts:
    """The Facts of a number."""
    return facts(expression.number(number))


def attempt(primitive: Primitive, inputs: tuple[float, ...]) -> float | None:
    """The value; None where there is none."""
    try:
        return primitive.value(*inputs)
    except (ValueError, ZeroDivisionError):
        return None


@each
def test_what_is_claimed_of_definition_and_sign_holds(primitive: Primitive) -> None:
    """For inputs of which the sign is known, or, one after another, the value."""
    kinds: list[tuple[Facts, tuple[float, ...]]] = [(Facts(True, sign), of) for sign, of in _OF_SIGN.items()]
    kinds += [(known(number), (number,)) for number in _OF_SIGN[Sign.ANY]]
    for chosen in product(kinds, repeat=primitive.arity):
        of = [entry for entry, _ in chosen]
        values = [attempt(primitive, inputs) for inputs in product(*(inputs for _, inputs in chosen))]
        assert not primitive.algebra.defined(*of) or None not in values, of
        least = min((value for value in values if value is not None), default=1.0)
        sign = primitive.algebra.sign(*of)
        assert sign is Sign.ANY or least > 0.0 or (least == 0.0 and sign is Sign.NONNEGATIVE), of


@each
def test_what_is_claimed_of_zeros_minuses_and_exact_values_holds(primitive: Primitive) -> None:
    algebra, some = primitive.algebra, _OF_SIGN[Sign.ANY]
    for inputs in product(some, repeat=primitive.arity):
        found = attempt(primitive, inputs)
        if 0.0 in algebra.nonzero(FLOATS, *inputs):
            assert found is None, inputs
        if algebra.symmetry is not Symmetry.NONE:
            mirrored = attempt(primitive, (-inputs[0],))
            assert mirrored is not None
            assert found == (-mirrored if algebra.symmetry is Symmetry.ODD else mirrored)
        exact = algebra.exact(*map(Fraction, inputs))
        assert exact is None or exact == found, inputs


@each
def test_an_operation_jumps_just_where_its_row_says_so(primitive: Primitive) -> None:
    """All over its inputs, so that a row that jumps without saying where is found too."""
    places = product(np.linspace(-3.0, 3.0, 25).tolist(), repeat=primitive.arity)
    apart = 0.0
    for inputs in places:
        here, *beside = (attempt(primitive, (inputs[0] + shift, *inputs[1:])) for shift in (0.0, -1e-9, 1e-9))
        apart = max([apart, *(abs(here - value) for value in beside if here is not None and value is not None)])
    assert primitive.jumps == (apart > 0.1)
    assert not primitive.jumps or primitive.switch is not None


@pytest.mark.parametrize(
    ("name", "far_left", "far_right"),
    [("sigmoid", 0.0, 1.0), ("log_sigmoid", -1000.0, 0.0), ("relu", 0.0, 1000.0), ("tanh", -1.0, 1.0)],
)
def test_values_and_derivatives_are_finite_at_a_thousand(name: str, far_left: float, far_right: float) -> None:
    primitive = PRIMITIVES[name]
    ends = np.array([-1000.0, 1000.0])
    with np.errstate(under="ignore"):  # e^-1000 is 0, and that is what is meant
        out = primitive.column(ends)
        slopes = primitive.rules[0](COLUMNS, (ends,), out)
    np.testing.assert_array_equal(out, [far_left, far_right])
    assert [primitive.value(end) for end in ends] == [far_left, far_right]
    assert [primitive.rules[0](FLOATS, (end,), primitive.value(end)) for end in ends] == slopes.tolist()
    assert all(map(math.isfinite, slopes))


def test_log_sigmoid_keeps_what_a_difference_would_lose() -> None:
    """log σ(x) = -e^-x to first order: at 40, 1 - σ is 0 in floats, and its logarithm's slope must not be."""
    log_sigmoid = PRIMITIVES["log_sigmoid"]
    small = math.exp(-40.0)
    assert log_sigmoid.value(40.0) == pytest.approx(-small, rel=1e-12, abs=0.0)
    assert log_sigmoid.rules[0](FLOATS, (40.0,), -small) == pytest.approx(small, rel=1e-12, abs=0.0)


@each
def test_at_kinks_and_ties_too_each_derivative_is_the_same_on_columns(primitive: Primitive) -> None:
    places = [
        inputs
        for inputs in product(_OF_SIGN[Sign.ANY], repeat=primitive.arity)
        if 0.0 not in primitive.algebra.nonzero(FLOATS, *inputs) and attempt(primitive, inputs) is not None
    ]
    for rule in primitive.rules:
        for inputs in places:
            try:
                expected = rule(FLOATS, inputs, primitive.value(*inputs))
            except (ValueError, ZeroDivisionError):  # sqrt is defined at 0 and has no slope there
                continue
            at = tuple(map(np.float64, inputs))
            assert rule(COLUMNS, at, primitive.column(*at)) == pytest.approx(expected, rel=1e-13), inputs


@pytest.mark.parametrize(
    ("name", "inputs", "slopes"),
    [
        ("relu", (0.0,), (0.0,)),
        ("abs", (0.0,), (0.0,)),
        ("abs", (-2.0,), (-1.0,)),
        ("max", (1.0, 1.0), (0.0, 1.0)),
        ("min", (1.0, 1.0), (0.0, 1.0)),
    ],
)
def test_what_is_agreed_on_at_a_kink(name: str, inputs: tuple[float, ...], slopes: tuple[float, ...]) -> None:
    row = PRIMITIVES[name]
    assert tuple(rule(FLOATS, inputs, row.value(*inputs)) for rule in row.rules) == slopes


def test_a_comparison_is_exact_at_equality() -> None:
    at_one = {name: PRIMITIVES[name].value(1.0, 1.0) for name in ("lt", "le", "eq")}
    assert at_one == {"lt": 0.0, "le": 1.0, "eq": 1.0}
    assert {name: float(PRIMITIVES[name].column(np.float64(1.0), np.float64(1.0))) for name in at_one} == at_one

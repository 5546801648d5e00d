"""Where a function has no value: its holes, and where it has values again."""

import pytest

from engine.derivative.gaps import Begin, Hole, begin, hole_at, holes
from engine.derivative.study import study


@pytest.mark.parametrize(
    ("formula", "x", "limit"),
    [
        ("(x^2-1)/(x-1)", 1.0, 2.0),
        ("sin(x)/x", 0.0, 1.0),
        ("(1-cos(x))/x^2", 0.0, 0.5),
        ("x^2/abs(x)", 0.0, 0.0),
    ],
)
def test_a_hole(formula: str, x: float, limit: float) -> None:
    f = study(formula)
    assert hole_at(f, (x,), 0) == Hole(x, limit)
    assert holes(f, (0.7,), 0, -3.0, 3.0) == (Hole(x, limit),)


@pytest.mark.parametrize("formula", ["1/x", "1/x^2", "x/abs(x)", "sin(1/x)", "log(x)", "x^2", "tan(x)"])
def test_what_is_none(formula: str) -> None:
    assert hole_at(study(formula), (0.0,), 0) is None
    assert holes(study(formula), (0.7,), 0, -3.0, 3.0) == ()


@pytest.mark.parametrize(
    ("formula", "x", "found"),
    [
        ("sqrt(x-5)", 1.0, Begin(5.0, 1, included=True)),
        ("log(x)", -1.0, Begin(0.0, 1, included=False)),
        ("sqrt(1-x^2)", 2.0, Begin(1.0, -1, included=True)),
        ("1/x", 0.0, None),
        ("sqrt(-1-x^2)", 0.0, None),
        ("sin(x)", 0.0, None),
    ],
)
def test_where_it_has_values_again(formula: str, x: float, found: Begin | None) -> None:
    assert begin(study(formula), (x,), 0) == found

"""What a function is asked of again and again."""

import numpy as np
import pytest

from engine.derivative.breaks import sides_of_kink
from engine.derivative.study import study, three_ways


@pytest.mark.parametrize(
    ("formula", "x", "sides"),
    [
        ("relu(x)", 0.0, (0.0, 1.0)),
        ("abs(x)", 0.0, (-1.0, 1.0)),
        ("max(x, 0)", 0.0, (0.0, 1.0)),
        ("min(x, 2x)", 0.0, (2.0, 1.0)),
        ("||x| - 1|", 1.0, (-1.0, 1.0)),
        ("abs(1000x)", 0.0, (-1000.0, 1000.0)),
    ],
)
def test_at_a_kink_the_slopes_of_both_sides_are_found(formula: str, x: float, sides: tuple[float, float]) -> None:
    assert sides_of_kink(study(formula), (x,), 0) == pytest.approx(sides, abs=1e-6, rel=1e-6)


@pytest.mark.parametrize(
    ("formula", "x"),
    [("sin(2x)", 1.0), ("x^2", 0.0), ("1/x", 0.01), ("relu(x)^2", 0.0), ("exp(10x)", 1.0), ("abs(x)", 0.5),
     ("1/x", 0.0), ("log(x)", 0.0), ("step(x)", 0.0), ("3", 1.0)],
)  # fmt: skip
def test_elsewhere_there_is_none(formula: str, x: float) -> None:
    assert sides_of_kink(study(formula), (x,), 0) is None


@pytest.mark.parametrize(
    ("formula", "slopes"), [("log(x)", [None, None, 0.5]), ("x/x", [0.0, None, 0.0]), ("x*sqrt(x)", [None, 0.0, 4.5])]
)
def test_a_derivative_is_drawn_where_the_function_is(formula: str, slopes: list[float | None]) -> None:
    f, places = study(formula), [-1.0, 0.0, 2.0 if formula != "x*sqrt(x)" else 9.0]
    derivative = f.differentiated[0]
    assert derivative is not None
    found = f.where_defined(derivative.derivative, {"x": np.array(places)})
    assert [None if np.isnan(slope) else slope for slope in found.tolist()] == slopes
    for x, slope in zip(places, slopes, strict=True):
        assert three_ways(f, (x,), 0, 1e-6).symbols == slope

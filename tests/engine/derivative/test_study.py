"""What a function is asked of again and again."""

import pytest

from engine.derivative.breaks import sides_of_kink
from engine.derivative.study import study


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

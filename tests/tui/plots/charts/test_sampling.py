"""A function sampled for a picture: its ends, its poles, and what is too fine for the columns."""

from collections.abc import Callable

import numpy as np
import pytest

from engine.replay.program import Array
from tui.plots.charts.sampling import Curve, around, curve


def drawn(of: Callable[[Array], Array], ends: tuple[float, float] = (-3.0, 3.0)) -> Curve:
    with np.errstate(all="ignore"):
        return curve(of, ends, 40, 12)


@pytest.mark.parametrize(
    ("of", "ends"),
    [
        (lambda x: np.sqrt(1.0 - x**2), (-1.0, 1.0)),
        (lambda x: x ** (1 / 3), (0.0, 3.0)),
        (np.sqrt, (0.0, 3.0)),
        (lambda x: np.sqrt(x - 0.1234), (0.1234, 3.0)),
    ],
)
def test_a_curve_is_drawn_up_to_where_the_function_ends(
    of: Callable[[Array], Array], ends: tuple[float, float]
) -> None:
    found = drawn(of)
    known = np.isfinite(found.y)
    assert (found.x[known][0], found.x[known][-1]) == pytest.approx(ends, abs=1e-8)
    assert found.limits is not None
    assert found.limits[0] == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize(
    "of",
    [
        lambda x: 1.0 / x,
        lambda x: 1.0 / (x - 1.0),
        np.tan,
        lambda x: 1.0 / np.sin(x),
        lambda x: 1.0 / x**2,
        lambda x: 1.0 / (x**2 - 1.0) ** 2,
    ],
)
def test_a_pole_does_not_flatten_the_rest(of: Callable[[Array], Array]) -> None:
    limits = drawn(of).limits
    assert limits is not None
    assert max(map(abs, limits)) < 8.0


@pytest.mark.parametrize(
    ("of", "limits"),
    [(np.exp, (np.exp(-3.0), np.exp(3.0))), (lambda x: x**3, (-27.0, 27.0)), (np.sin, (-1.0, 1.0))],
)
def test_without_a_pole_all_of_the_curve_is_shown(of: Callable[[Array], Array], limits: tuple[float, float]) -> None:
    assert drawn(of).limits == pytest.approx(limits, abs=1e-3)


def test_one_place_alone_is_no_curve() -> None:
    found = drawn(lambda x: np.where((x > 0.0) | (x == -3.0), x, np.nan))
    assert found.x[np.isfinite(found.y)][0] == pytest.approx(0.0, abs=1e-8)


def test_a_curve_too_fine_for_the_columns_is_filled() -> None:
    found = drawn(lambda x: np.sin(100.0 * x))
    known = np.isfinite(found.y)
    lowest, highest = np.sort(found.y[known])[[len(found.y[known]) // 2 - 10, len(found.y[known]) // 2 + 10]]
    assert lowest < -0.99
    assert highest > 0.99
    assert np.diff(np.flatnonzero(~known)).max() <= 2 * 40  # a longer run is thinned, which would make waves of its own


def test_a_mark_is_always_shown_and_an_end_that_is_not_far_off() -> None:
    assert around([(0.0, 1.0)], [20.0], []) == (0.0, 20.0)
    assert around([(0.0, 1.0), None], [], [2.0, -50.0]) == (0.0, 2.0)
    assert around([None], [], []) == (-1.0, 1.0)

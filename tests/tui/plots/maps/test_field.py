"""The decision field and the line m = 0 as cells and dots."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.replay.program import Array
from tui.plots.cells import dashes, dot_centres
from tui.plots.maps import field

UNIT = (0.0, 1.0)


def line(w1: float, w2: float, b: float) -> field.Field:
    return lambda x1, x2: w1 * x1[None, :] + w2 * x2[:, None] + b


def circle(x1: Array, x2: Array) -> Array:
    return (x1[None, :] - 0.5) ** 2 + (x2[:, None] - 0.5) ** 2 - 0.1


def logit(p: float) -> float:
    return math.log(p / (1.0 - p))


@pytest.mark.parametrize("step", range(4))
def test_levels_are_steps_of_an_eighth_of_sigma(step: int) -> None:
    edge = 0.5 + step / 8
    just_above, just_below = logit(edge + 1e-9), logit(min(edge + 0.125, 1.0 - 1e-15) - 1e-9)
    assert field.levels(np.array([just_above, just_below]), 4).tolist() == [step + 1] * 2
    assert field.levels(-np.array([just_above, just_below]), 4).tolist() == [-step - 1] * 2
    assert field.levels(np.array([just_above, just_below]), 16).tolist() == [4 * step + 1, 4 * step + 4]


@given(st.floats(allow_nan=False), st.integers(1, 32))
def test_the_level_has_the_sign_of_m(m: float, of: int) -> None:
    level = int(field.levels(np.array([m]), of)[0])
    assert np.sign(level) == np.sign(m)
    assert abs(level) <= of


def test_no_number_has_no_level() -> None:
    assert field.levels(np.array([np.nan, 0.0, np.inf, -np.inf, 1e308]), 4).tolist() == [0, 0, 4, -4, 4]


def test_halves_that_the_line_parts_are_of_their_middle_and_others_as_they_are() -> None:
    m = np.array([[-1.0, -1.0, 2.0, np.nan], [3.0, -2.0, -4.0, 1.0], [1.0, 1e308, -1e308, np.inf], [2.0] * 4])
    found = field.one_side(m)
    assert found[:2].tolist()[0][:3] == [1.0, -1.0, -1.0]
    assert found[:2].tolist()[1][:3] == [1.0, -2.0, -1.0]
    assert found[2:].tolist() == [[1.0, 1e308, -5e307, np.inf], [2.0, 2.0, -5e307, 2.0]]
    assert np.isnan(found[0, 3])


def where(dots: field.Mask, cells: tuple[int, int]) -> list[tuple[float, float]]:
    """The dots' places in the unit square."""
    x, y = dot_centres(UNIT, cells[0], 2), dot_centres(UNIT, cells[1], 4)[::-1]
    return [(float(x[column]), float(y[row])) for row, column in np.argwhere(dots)]


@pytest.mark.parametrize("b", [-0.4, -1.0, -1.4])
def test_the_dots_of_a_line_lie_on_it_and_leave_no_gap(b: float) -> None:
    dots = field.zero_dots(line(1.0, 1.0, b), UNIT, UNIT, 34, 17)
    assert dots.shape == (68, 68)
    dot = 1.0 / (2 * 16.5)
    assert all(abs(x1 + x2 + b) <= dot for x1, x2 in where(dots, (34, 17)))
    rows = np.flatnonzero(dots.any(axis=1))
    assert len(rows) >= 20
    assert (np.diff(rows) == 1).all()


@pytest.mark.parametrize(("w1", "w2", "axis"), [(1.0, 0.0, 0), (0.0, 1.0, 1)])
def test_an_upright_line_is_two_dots_wide(w1: float, w2: float, axis: int) -> None:
    dots = field.zero_dots(line(w1, w2, -0.5), UNIT, UNIT, 33, 17)
    assert dots.any(axis=axis).sum() == 2
    assert dots.sum() == 2 * dots.shape[axis]


def test_a_steep_line_has_no_steps() -> None:
    """Of two dots in a row it was a ladder that jumped a dot sideways; in the lecture's split it is seen."""
    dots = field.zero_dots(line(1.0, 0.08, -0.5), UNIT, UNIT, 33, 17)
    middles = [float(np.flatnonzero(row).mean()) for row in dots]
    assert max(abs(np.diff(middles))) <= 0.5
    assert {int(row.sum()) for row in dots} == {2, 3}


@pytest.mark.parametrize(("w1", "w2"), [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.3)])
def test_a_dashed_line_is_as_broad_with_gaps(w1: float, w2: float) -> None:
    model = line(w1, w2, -0.5 * (w1 + w2))
    whole, dashed = (field.zero_dots(model, UNIT, UNIT, 34, 17, each) for each in (False, True))
    assert not (dashed & ~whole).any()
    assert 0.4 < dashed.sum() / whole.sum() < 0.6


def test_a_circle_is_closed_and_round() -> None:
    dots = field.zero_dots(circle, UNIT, UNIT, 40, 20)
    places = where(dots, (40, 20))
    radii = [math.hypot(x1 - 0.5, x2 - 0.5) for x1, x2 in places]
    assert min(radii) > math.sqrt(0.1) - 0.03
    assert max(radii) < math.sqrt(0.1) + 0.03
    angles = {round(math.degrees(math.atan2(x2 - 0.5, x1 - 0.5)) / 15) % 24 for x1, x2 in places}
    assert angles == set(range(24))


@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, np.nan, np.inf])
def test_where_nothing_changes_sign_there_is_no_line(value: float) -> None:
    flat = field.zero_dots(lambda x1, x2: np.full((len(x2), len(x1)), value), UNIT, UNIT, 8, 4)
    assert not flat.any()


def test_a_model_that_overflows_draws_its_line_only_between_numbers() -> None:
    def model(x1: Array, x2: Array) -> Array:
        m = np.broadcast_to(x1[None, :] - 0.5, (len(x2), len(x1))).copy()
        m[: len(x2) // 2] = np.nan
        return m

    dots = field.zero_dots(model, UNIT, UNIT, 8, 4)
    assert dots.any(axis=1).tolist() == [True] * 8 + [False] * 8


def test_broad_is_a_dot_wider_down_and_to_the_right() -> None:
    dots = np.zeros((4, 6), dtype=bool)
    dots[1, 2] = dots[3, 5] = True
    assert np.argwhere(field.broad(dots)).tolist() == [[1, 2], [1, 3], [2, 2], [2, 3], [3, 5]]


def test_a_dash_at_a_right_angle_looks_like_one() -> None:
    # A cell is twice as high as wide, a dot is square: 34 x 17 cells make the unit square 68 x 68 dots.
    dots = dashes([(0.75, 0.75, 0.25, 0.25)], UNIT, UNIT, 34, 17)
    rows, columns = np.nonzero(dots)
    assert (abs((67 - rows) - columns) <= 1).all()
    boundary = field.zero_dots(line(1.0, 1.0, -1.0), UNIT, UNIT, 34, 17)
    line_rows, line_columns = np.nonzero(boundary)
    assert (abs(line_rows - line_columns) <= 2).all()


@pytest.mark.parametrize(
    ("w1", "w2", "b", "sign"), [(1, 1, -1, "\\"), (1, -1, 0, "/"), (1, 0, -0.5, "|"), (0, 1, -0.5, "-")]
)
def test_strokes_lean_as_the_line_does(w1: float, w2: float, b: float, sign: str) -> None:
    model = line(w1, w2, b)
    dots = field.zero_dots(model, UNIT, UNIT, 20, 20)
    signs = field.strokes(dots, model, UNIT, UNIT)
    assert {found for row in signs for found in row.values()} == {sign}
    assert max(len(row) for row in signs) == (20 if sign == "-" else 1)
    assert sum(len(row) for row in signs) == 20


def test_the_smallest_plots_do_not_fail() -> None:
    for width, height in ((1, 1), (1, 5), (5, 1)):
        model = line(1.0, 1.0, -1.0)
        dots = field.zero_dots(model, UNIT, UNIT, width, height)
        assert dots.shape == (4 * height, 2 * width)
        assert len(field.strokes(dots, model, UNIT, UNIT)) == height
        assert dashes([(0, 0, 1, 1)], UNIT, UNIT, width, height).shape == dots.shape

"""The loss over two parameters: its halves of cells, its scale, its contours, its minimum, the way down."""

import numpy as np
import pytest

from engine.session import moves
from engine.training.evaluate import loss
from scenarios.screens.landscape.surface import Heights, Lowest, surface
from scenarios.workspace.view import Landscape
from scenarios.workspace.workspace import Workspace
from tests.scenarios.screens.landscape.looking import TWO, W2_HELD
from tests.workspaces import FORWARD, NEXT, after, apply, choose, made, many_points, opened

RELU = moves.Set("loss", "ReLU")


def heights(workspace: Workspace, columns: int = 30, lines: int = 20) -> Heights:
    return surface(workspace).heights(columns, lines)


def lowest(workspace: Workspace) -> Lowest:
    found = surface(workspace).lowest(heights(workspace))
    assert found is not None
    return found


def test_every_half_of_a_cell_is_the_loss_there() -> None:
    found = heights(opened("model1", TWO), 9, 5)
    assert found.across[[0, -1]].tolist() == [-2.0, 2.0]
    # The centre of a cell lies between its halves: those of the outer cells on the ends of the range.
    assert ((found.up[::2] + found.up[1::2]) / 2.0).tolist() == pytest.approx([-2.0, -1.0, 0.0, 1.0, 2.0])
    for line, w1 in enumerate(found.up):
        for column, b in enumerate(found.across):
            problem = opened("model1").session.state.problem
            assert found.losses[line, column] == pytest.approx(loss(problem, (w1, 1.0, b)), rel=1e-12)


def test_contours_are_round_losses_and_lie_where_the_losses_do() -> None:
    for workspace, most in ((opened("model1", TWO), 8), (opened("split", *[NEXT] * 30, TWO), 8)):
        found = heights(workspace, 40, 12)
        assert 3 <= len(found.contours) <= most
        assert all(found.low < value < found.high for value in found.contours)
        assert all(len(f"{value:g}") <= 3 for value in found.contours)
        order = np.argsort(found.losses, axis=None)
        assert (np.diff(found.places.ravel()[order]) >= 0.0).all()
        assert np.interp(found.contours, found.losses.ravel()[order], found.places.ravel()[order]) == pytest.approx(
            found.lines, abs=0.02
        )


def test_the_scale_is_logarithmic_where_the_valley_would_be_one_shade() -> None:
    assert not heights(opened("model1", TWO)).logarithmic  # 5.4 to 18
    apart = heights(opened("split", *[NEXT] * 30, TWO))  # 2.2 to 80, a third of it below 10
    assert apart.logarithmic
    assert apart.contours == (5.0, 10.0, 20.0, 50.0)
    assert np.median(apart.places) > 0.5 > np.median((apart.losses - apart.low) / (apart.high - apart.low))
    huge = heights(opened("model1", moves.Edit("w2", 1e9), choose(1), TWO))
    assert huge.logarithmic
    assert huge.high / huge.low > 100.0


@pytest.mark.parametrize(
    ("point", "w2s"),
    [
        ((3.0, 1.0, 1.0), (-6.5, -6.3, -6.2, -5.5)),  # a few of the losses are low, but they are ever farther apart
        ((1.0, 1.0, 1.0), (-2.0, -1.5, -1.2, -1.1)),  # less than a hundred times, and ever more of them are low
    ],
)
def test_a_scale_is_logarithmic_from_a_hundred_times_or_a_quarter_in_the_lowest_eighth(
    point: tuple[float, float, float], w2s: tuple[float, ...]
) -> None:
    for w2 in w2s:
        found = heights(apply(made([point], (0.0, w2, 0.0)), TWO))
        low = float(np.mean(found.losses < found.losses.min() + (found.losses.max() - found.losses.min()) / 8))
        assert found.logarithmic == (found.losses.max() > 100 * found.losses.min() or low > 1 / 4), (w2, low)


def test_losses_of_which_one_is_negative_have_a_scale_that_is_not() -> None:
    negative = heights(apply(made([(0.5, 0.5, 1.0)], (1.0, 1.0, 0.0), loss="as-printed"), TWO))
    assert negative.low < 0.0
    assert not negative.logarithmic
    assert np.isfinite(negative.places).all()


def test_a_loss_of_0_has_a_place_on_a_logarithmic_scale() -> None:
    found = heights(opened("zeros", RELU, TWO), 31, 21)
    assert found.logarithmic
    assert found.places.min() == 0.0
    assert np.isfinite(found.places).all()


def test_where_all_losses_are_alike_there_is_neither_contour_nor_minimum() -> None:
    workspace = apply(made([(0.0, 0.0, 1.0)], (0.0, 0.0, 0.0)), TWO)
    workspace = apply(workspace, TWO)
    level = surface(apply(apply(workspace, choose(0)), TWO))
    found = level.heights(30, 20)  # over w1 and w2, of a point at 0, 0
    assert found.contours == ()
    assert set(found.places.ravel().tolist()) == {0.0}
    assert level.lowest(found) is None


def test_the_minimum_is_found_between_the_cells() -> None:
    workspace = opened("split", TWO)
    problem, found = workspace.session.state.problem, lowest(workspace)
    assert found.edge == ""
    there = surface(workspace).with_axes((found.across, found.up))
    assert found.loss == pytest.approx(loss(problem, there), abs=1e-12)
    for off in (-1e-4, 1e-4):
        for each in ((found.across + off, found.up), (found.across, found.up + off)):
            assert loss(problem, surface(workspace).with_axes(each)) > found.loss
    wide = surface(workspace).lowest(heights(workspace, 60, 40))  # the same whatever the size of the picture
    assert wide is not None
    assert wide[:2] == pytest.approx(found[:2], abs=1e-5)


def test_what_is_lowest_on_an_edge_says_on_which() -> None:
    assert lowest(opened("model1", TWO)).edge == "upper"
    assert lowest(opened("model1", moves.Edit("w2", -2.0), choose(0), TWO)).edge in ("left", "right", "upper", "lower")


def test_of_a_level_bottom_the_middle_is_marked() -> None:
    found = lowest(opened("zeros", RELU, TWO))
    assert found[:3] == (pytest.approx(0.0, abs=1e-5), pytest.approx(0.0, abs=1e-5), pytest.approx(0.0, abs=1e-5))


def test_the_view_on_a_log_scale_of_old_is_this_one() -> None:
    assert Landscape("two parameters, log scale") is Landscape.SURFACE


def test_of_many_points_the_losses_are_taken_as_straight_between_some() -> None:
    workspace = after(made(many_points(20_000), (1.0, 1.0, -0.4)), [TWO])
    found, problem = surface(workspace).heights(60, 30), workspace.session.state.problem
    for line, column in ((0, 0), (29, 59), (14, 40), (7, 21)):
        exact = loss(problem, (float(found.up[line]), 1.0, float(found.across[column])))
        assert found.losses[line, column] == pytest.approx(exact, rel=0.1)


def test_the_arrow_is_minus_the_gradient_from_phase_2_on() -> None:
    assert surface(opened("model1", TWO)).downhill is None
    assert surface(opened("model1", FORWARD, TWO)).downhill == (
        (-0.4, 1.0), (pytest.approx(-0.5579069), pytest.approx(-0.024398, abs=1e-6))
    )  # fmt: skip
    assert surface(opened("model1", FORWARD, FORWARD, TWO)).downhill is None  # w2 moved too
    assert surface(opened("model1", W2_HELD, FORWARD, FORWARD, TWO)).downhill is not None

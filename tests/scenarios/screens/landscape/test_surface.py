"""The loss over two parameters: its cells, their levels, the way down."""

import numpy as np
import pytest

from engine.session import moves
from engine.training.evaluate import loss
from scenarios.screens.landscape.surface import LEVELS, surface
from tests.scenarios.screens.landscape.looking import (
    LOG,
    TWO,
    W2_HELD,
)
from tests.workspaces import FORWARD, Seeing, after, apply, made, many_points, opened


def test_every_cell_is_the_loss_there() -> None:
    found = surface(opened("model1", TWO)).heights(9, 5)
    assert (found.across[[0, -1]].tolist(), found.up[[0, -1]].tolist()) == ([-2.0, 2.0], [-2.0, 2.0])
    for line, w1 in enumerate(found.up):
        for column, b in enumerate(found.across):
            problem = opened("model1").session.state.problem
            assert found.losses[line, column] == pytest.approx(loss(problem, (w1, 1.0, b)), rel=1e-12)


@pytest.mark.parametrize("seeing", [TWO, LOG])
def test_a_level_lies_between_its_bounds(seeing: Seeing) -> None:
    found = surface(opened("model1", seeing)).heights(30, 20)
    assert len(found.bounds) == LEVELS + 1
    assert set(found.levels.ravel().tolist()) == set(range(LEVELS))
    bounds = np.array(found.bounds)
    assert (bounds[found.levels] <= found.losses + 1e-9).all()
    assert (found.losses <= bounds[found.levels + 1] + 1e-9).all()
    place = np.log(bounds) if seeing is LOG else bounds
    assert np.diff(place) == pytest.approx(np.ptp(place) / LEVELS, rel=0.5)
    assert all(len(f"{bound:.12g}".replace(".", "")) <= 3 for bound in found.bounds[1:-1])


def test_the_lowest_cell_is_named_only_inside() -> None:
    beyond = surface(opened("model1", TWO)).heights(30, 20)
    assert beyond.lowest is None
    valley = surface(opened("zeros", moves.Set("loss", "ReLU"), TWO)).heights(31, 21)
    assert valley.lowest == (pytest.approx(0.0), pytest.approx(0.0))


def test_what_has_no_logarithm_has_no_level() -> None:
    negative = made([(0.5, 0.5, 1.0)], (1.0, 1.0, 0.0), loss="as-printed")
    assert surface(apply(negative, LOG)).heights(9, 5).bounds == ()
    some = surface(opened("zeros", moves.Set("loss", "ReLU"), LOG)).heights(31, 21)
    assert some.levels.min() == -1
    assert some.bounds[0] > 0.0


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

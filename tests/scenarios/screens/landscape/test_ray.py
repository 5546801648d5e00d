"""The loss along the step to come: the rate, the best one, and the places that are shown."""

import pytest

from engine.session import moves
from scenarios.screens.landscape import actions
from scenarios.screens.landscape.places import Mark
from scenarios.screens.landscape.ray import ray
from scenarios.workspace.view import Screen
from tests.scenarios.screens.landscape.looking import LEFT, RIGHT, STEP, W2_HELD, did
from tests.workspaces import NEXT, apply, caption, explained, made, opened


def test_the_ray_begins_at_the_loss_and_the_rate_is_where_the_step_comes_to() -> None:
    workspace = opened("model1", STEP)
    found = ray(workspace).course
    assert found is not None
    assert found.losses[0] == pytest.approx(5.776592485398551)
    assert (found.best, found.least) == (pytest.approx(1.0335, abs=1e-3), pytest.approx(5.541719, abs=1e-6))
    assert found.rates[-1] == 2.0
    here = ray(workspace).place(0.1, Mark.ALONG)
    after_step = apply(workspace, NEXT).session.state
    assert (here.loss, here.errors) == (after_step.loss, after_step.errors)


def test_what_is_held_stays() -> None:
    workspace = opened("model1", W2_HELD, moves.Hold("w1"), STEP)
    assert ray(workspace).place(1.0, Mark.ALONG).parameters == (1.0, 1.0, pytest.approx(-0.4 - 0.5579069))


def test_without_a_slope_there_is_no_step_to_look_along() -> None:
    workspace = opened("zeros", moves.Set("loss", "ReLU"), STEP)
    assert ray(workspace).course is None
    assert "no step to look along" in caption(workspace)
    assert all(action(workspace) is None for action in (RIGHT, actions.zoom(1), actions.take))
    assert explained(workspace, Screen.LANDSCAPE)


def test_the_numbers_are_of_start_and_best_wherever_the_cursor_is() -> None:
    workspace = opened("model1", STEP)
    found = ray(workspace).course
    assert found is not None
    places = ray(workspace).numbered(5)
    assert [place.value for place in places if place.mark is not Mark.LOWEST] == [0.0, 0.5, 1.5, 2.0]
    assert [place.loss for place in places if place.mark is Mark.LOWEST] == [pytest.approx(found.least)]
    assert [place.value for place in ray(workspace).moving] == [0.1]
    moved = ray(did(workspace, *[RIGHT] * 9))
    assert [place.value for place in moved.numbered(5)] == [place.value for place in places]


def test_the_chosen_rate_stays_marked_when_the_cursor_leaves_it() -> None:
    workspace = did(opened("model1", STEP), *[RIGHT] * 6)
    places = {place.mark: place.value for place in ray(workspace).moving}
    assert places == {Mark.CURSOR: 0.4, Mark.CHOSEN: 0.1}


@pytest.mark.parametrize(("name", "rate"), [("model1", 1e9), ("zeros", 1e8), ("model1", 1e308)])
def test_the_best_rate_is_found_however_much_too_long_the_chosen_one_is(name: str, rate: float) -> None:
    found, near = (ray(opened(name, *more, STEP)).course for more in ((moves.Set("rate", rate),), ()))
    assert found is not None
    assert near is not None
    assert found.best == pytest.approx(near.best, rel=1e-5)
    assert f"{found.best:.3g} would have been best" in caption(opened(name, moves.Set("rate", rate), STEP))


@pytest.mark.parametrize(("rate", "end"), [(0.1, 2.0), (15.0, 50.0), (25.0, 2.0), (1e308, 2.0), (0.04, 0.5)])
def test_the_best_rate_is_told_from_0_however_long_the_chosen_one_is(rate: float, end: float) -> None:
    workspace = opened("model1", moves.Set("rate", rate), STEP)
    found = ray(workspace).course
    assert found is not None
    assert found.rates[-1] == end
    zoomed = ray(did(workspace, actions.zoom(1))).course
    assert zoomed is not None
    assert zoomed.rates[-1] == end / 2.0
    moved = ray(did(workspace, LEFT))
    assert moved.cursor == pytest.approx(min(rate - end / 40.0, end))


def test_where_no_rate_lowers_the_loss_it_says_so() -> None:
    # So far out a step is lost in the rounding of the parameters.
    workspace = apply(made([(0.5, 0.5, -1.0)], (1e20, 1.0, 0.0)), STEP)
    told = "Along this direction no rate up to 0.2 lowers the loss: at rate 0.1 the step comes to 5.0e+19, from "
    assert caption(workspace) == f"{told}5.0e+19."
    assert "No rate up to 0.2 lowers the loss" in "".join(explained(workspace, Screen.LANDSCAPE))

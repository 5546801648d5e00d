"""The loss over two parameters and along the step: numbers, keys and words."""

import textwrap
from dataclasses import replace

import numpy as np
import pytest

from engine import moves
from engine.evaluate import loss
from engine.losses import POINT_LOSSES
from scenarios import ahead, exploring, landscape, surveying
from scenarios.axes import RATE, Parameter
from scenarios.axes import STEP as STEP_AHEAD
from scenarios.landscape import Mark
from scenarios.looking import fits
from scenarios.moves import Move, Predict
from scenarios.store import BUILTIN
from scenarios.surface import LEVELS, downhill, surface
from scenarios.view import Landscape, LandscapeView, Screen
from scenarios.workspace import Workspace
from tests.workspaces import (
    FORWARD,
    NEXT,
    Seeing,
    after,
    apply,
    caption,
    choose,
    explained,
    look,
    made,
    many_points,
    opened,
)

W2_HELD = moves.Hold("w2")
TWO = look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.SURFACE))
LOG = look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.LOG))
STEP = look(screen=Screen.LANDSCAPE, landscape=LandscapeView(Landscape.STEP))


def did(workspace: Workspace, *actions: object) -> Workspace:
    """After actions; one that has no move there leaves it as it is."""
    for action in actions:
        move: Move | None = action(workspace)  # type: ignore[operator]
        workspace = workspace if move is None else apply(workspace, move)
    return workspace


RIGHT, LEFT, UP, DOWN = exploring.move(1), exploring.move(-1), exploring.up_or_down(1), exploring.up_or_down(-1)


# Two parameters.


def test_every_cell_is_the_loss_there() -> None:
    found = surface(opened("model1", TWO), 9, 5)
    assert (found.across[[0, -1]].tolist(), found.up[[0, -1]].tolist()) == ([-2.0, 2.0], [-2.0, 2.0])
    for line, w1 in enumerate(found.up):
        for column, b in enumerate(found.across):
            problem = opened("model1").session.state.problem
            assert found.losses[line, column] == pytest.approx(loss(problem, (w1, 1.0, b)), rel=1e-12)


@pytest.mark.parametrize("seeing", [TWO, LOG])
def test_a_level_lies_between_its_bounds(seeing: Seeing) -> None:
    found = surface(opened("model1", seeing), 30, 20)
    assert len(found.bounds) == LEVELS + 1
    assert set(found.levels.ravel().tolist()) == set(range(LEVELS))
    bounds = np.array(found.bounds)
    assert (bounds[found.levels] <= found.losses + 1e-9).all()
    assert (found.losses <= bounds[found.levels + 1] + 1e-9).all()
    ratios, steps = bounds[1:] / bounds[:-1], np.diff(bounds)
    even = (ratios if seeing is LOG else steps).tolist()
    assert even == pytest.approx([even[0]] * LEVELS)


def test_the_lowest_cell_is_named_only_inside() -> None:
    beyond = surface(opened("model1", TWO), 30, 20)
    assert beyond.lowest is None
    valley = surface(opened("zeros", moves.Set("loss", "ReLU"), TWO), 31, 21)
    assert valley.lowest == (pytest.approx(0.0), pytest.approx(0.0))


def test_what_has_no_logarithm_has_no_level() -> None:
    negative = made([(0.5, 0.5, 1.0)], (1.0, 1.0, 0.0), loss="as-printed")
    assert surface(apply(negative, LOG), 9, 5).bounds == ()
    some = surface(opened("zeros", moves.Set("loss", "ReLU"), LOG), 31, 21)
    assert some.levels.min() == -1
    assert some.bounds[0] > 0.0


def test_of_many_points_the_losses_are_taken_as_straight_between_some() -> None:
    workspace = after(made(many_points(20_000), (1.0, 1.0, -0.4)), [TWO])
    found, problem = surface(workspace, 60, 30), workspace.session.state.problem
    for line, column in ((0, 0), (29, 59), (14, 40), (7, 21)):
        exact = loss(problem, (float(found.up[line]), 1.0, float(found.across[column])))
        assert found.losses[line, column] == pytest.approx(exact, rel=0.1)


def test_the_arrow_is_minus_the_gradient_from_phase_2_on() -> None:
    assert downhill(opened("model1", TWO)) is None
    assert downhill(opened("model1", FORWARD, TWO)) == (
        (-0.4, 1.0), (pytest.approx(-0.5579069), pytest.approx(-0.024398, abs=1e-6))
    )  # fmt: skip
    assert downhill(opened("model1", FORWARD, FORWARD, TWO)) is None  # w2 moved too
    assert downhill(opened("model1", W2_HELD, FORWARD, FORWARD, TWO)) is not None


def test_the_path_lies_on_the_surface_while_the_third_was_held() -> None:
    held, free = (opened("model1", *hold, *[NEXT] * 50, TWO) for hold in ((W2_HELD,), ()))
    assert landscape.path(held).on.all()
    assert surveying.apart(held) == "50 steps on this surface"
    assert not landscape.path(free).on.any()
    assert surveying.apart(free) == "50 steps on other surfaces: w2 moved too"


def test_the_arrows_move_the_cursor_in_both_and_enter_takes_both_at_once() -> None:
    workspace = did(opened("model1", TWO), LEFT, LEFT, UP, UP, UP, DOWN)
    assert landscape.there(workspace).parameters == (1.2, 1.0, -0.6)
    assert exploring.take(workspace) == moves.EditBoth("b", -0.6, "w1", 1.2)
    taken = did(workspace, exploring.take)
    assert taken.session.state.parameters == (1.2, 1.0, -0.6)
    assert caption(apply(taken, look(screen=Screen.FIT))).startswith("w1 is now +1.2000 and b is now -0.6000: the")
    assert apply(taken, moves.Undo()).session.state.parameters == (1.0, 1.0, -0.4)
    assert exploring.take(opened("model1", TWO)) is None


def test_tab_changes_what_is_up_the_side_and_shift_tab_what_is_across() -> None:
    workspace = opened("model1", TWO)
    seen = [landscape.axes(did(workspace, *[exploring.next_parameter(1)] * count)) for count in range(3)]
    assert seen == [(2, 0), (2, 1), (2, 0)]
    seen = [landscape.axes(did(workspace, *[exploring.next_parameter(-1)] * count)) for count in range(3)]
    assert seen == [(2, 0), (1, 0), (2, 0)]
    split = did(opened("split", TWO), *[exploring.next_parameter(1)] * 4, exploring.next_parameter(-1))
    assert landscape.axes(split) == (0, 4)
    assert exploring.next_parameter(1)(opened("model1")) is None


def test_zoom_and_pan_of_both_ranges() -> None:
    workspace = did(opened("model1", TWO), exploring.zoom(1))
    assert [landscape.span(workspace, at) for at in (2, 0)] == [(-1.2, 0.8), (-0.5, 1.5)]
    panned = did(workspace, *[UP] * 12)
    assert landscape.span(panned, 0) == (-0.4, 1.6)
    assert landscape.span(panned, 2) == (-1.2, 0.8)
    assert landscape.span(did(panned, exploring.back, exploring.back), 0) == (-2.0, 2.0)


def test_on_request_the_ranges_follow_the_path_until_they_are_chosen() -> None:
    workspace = did(opened("model1", W2_HELD, *[NEXT] * 50, TWO), exploring.follow)
    for at in (2, 0):
        low, high = landscape.span(workspace, at)
        walked = [workspace.session.history.at(step).parameters[at] for step in range(51)]
        assert low < min(walked) < max(walked) < high
        assert high - low < 2.0 * (max(walked) - min(walked))
    zoomed = did(workspace, exploring.zoom(-1))
    assert not zoomed.view.landscape.follow
    assert landscape.span(zoomed, 2)[1] > landscape.span(workspace, 2)[1]
    assert landscape.span(did(workspace, exploring.follow), 2) == (-2.0, 2.0)


# Along the step.


def test_the_ray_begins_at_the_loss_and_the_rate_is_where_the_step_comes_to() -> None:
    workspace = opened("model1", STEP)
    found = ahead.ray(workspace)
    assert found is not None
    assert found.losses[0] == pytest.approx(5.776592485398551)
    assert (found.best, found.least) == (pytest.approx(1.0335, abs=1e-3), pytest.approx(5.541719, abs=1e-6))
    assert found.rates[-1] == 2.0
    here = ahead.place(workspace, 0.1)
    after_step = apply(workspace, NEXT).session.state
    assert (here.loss, here.errors) == (after_step.loss, after_step.errors)


def test_what_is_held_stays() -> None:
    workspace = opened("model1", W2_HELD, moves.Hold("w1"), STEP)
    assert ahead.parameters_at(workspace, 1.0) == (1.0, 1.0, pytest.approx(-0.4 - 0.5579069))


def test_without_a_slope_there_is_no_step_to_look_along() -> None:
    workspace = opened("zeros", moves.Set("loss", "ReLU"), STEP)
    assert ahead.ray(workspace) is None
    assert "no step to look along" in caption(workspace)
    assert all(action(workspace) is None for action in (RIGHT, exploring.zoom(1), exploring.take))
    assert explained(workspace, Screen.LANDSCAPE)


def test_the_pictures_are_of_start_rate_and_best() -> None:
    workspace = opened("model1", STEP)
    found = ahead.ray(workspace)
    assert found is not None
    places = {place.mark: place for place in ahead.places(workspace, found, 5)}
    assert (places[Mark.PRESENT].value, places[Mark.CURSOR].value) == (0.0, 0.1)
    assert places[Mark.LOWEST].loss == pytest.approx(found.least)


def test_the_chosen_rate_stays_marked_when_the_cursor_leaves_it() -> None:
    workspace = did(opened("model1", STEP), *[RIGHT] * 6)
    found = ahead.ray(workspace)
    assert found is not None
    places = {place.mark: place.value for place in ahead.places(workspace, found, 5)}
    assert (places[Mark.CURSOR], places[Mark.CHOSEN]) == (0.4, 0.1)


def test_the_cursors_rate_is_taken_as_the_rate() -> None:
    workspace = did(opened("model1", STEP), RIGHT, RIGHT)
    assert ahead.cursor(workspace) == 0.2
    taken = did(workspace, exploring.take)
    assert taken.session.state.problem.rate == 0.2
    assert exploring.take(taken) is None
    assert ahead.cursor(did(opened("model1", STEP), *[LEFT] * 90)) == 0.05


def test_one_can_look_further_along_the_step_and_less_far() -> None:
    for by, end in ((1, 1.0), (-1, 4.0)):
        found = ahead.ray(did(opened("model1", STEP), exploring.zoom(by)))
        assert found is not None
        assert found.rates[-1] == end
        far = did(opened("model1", STEP), *[exploring.zoom(by)] * 3000)
        assert ahead.ray(far) is not None


@pytest.mark.parametrize(("name", "rate"), [("model1", 1e9), ("zeros", 1e8), ("model1", 1e308)])
def test_the_best_rate_is_found_however_much_too_long_the_chosen_one_is(name: str, rate: float) -> None:
    found, near = (ahead.ray(opened(name, *more, STEP)) for more in ((moves.Set("rate", rate),), ()))
    assert found is not None
    assert near is not None
    assert found.best == pytest.approx(near.best, rel=1e-5)
    assert f"{found.best:.3g} would have been best" in caption(opened(name, moves.Set("rate", rate), STEP))


def test_where_no_rate_lowers_the_loss_it_says_so() -> None:
    # So far out a step is lost in the rounding of the parameters.
    workspace = apply(made([(0.5, 0.5, -1.0)], (1e20, 1.0, 0.0)), STEP)
    told = "Along this direction no rate up to 0.2 lowers the loss: at rate 0.1 the step comes to 5.0e+19, from "
    assert caption(workspace) == f"{told}5.0e+19."
    assert "No rate up to 0.2 lowers the loss" in "".join(explained(workspace, Screen.LANDSCAPE))


# The words.

CAPTIONS = {
    "two": (
        opened("model1", TWO),
        "The loss over b and w1, w2 as it is; ● is here, 5.7766. The arrows move the cursor, tab changes what is up "
        "the side.",
    ),
    "slopes": (
        opened("model1", FORWARD, TWO),
        "The slopes are +0.5579 in b, +0.0244 in w1. The arrow points against both, straight downhill.",
    ),
    "held": (
        opened("model1", moves.Hold("w1"), FORWARD, TWO),
        "The slopes are +0.5579 in b, +0.0244 in w1. The arrow points against both, straight downhill. But w1 is held.",
    ),
    "another surface": (
        opened("model1", FORWARD, FORWARD, TWO),
        "The step took b to -0.4558 and w1 to +0.9976; w2 moved too, so this is another surface than before.",
    ),
    "cursor": (
        did(opened("model1", TWO), *[LEFT] * 5),
        "At b = -0.9000, w1 = +1.0000 the loss is 5.7863, up 0.0098 from the present place, and no point is wrong. "
        "enter takes them.",
    ),
    "short step": (
        opened("model1", STEP),
        "At rate 0.1 the step takes 10 % of what would have been best along this direction: rate 1.03 would bring the "
        "loss to 5.5417.",
    ),
    "long step": (
        opened("overshoot", STEP),
        "At rate 1 the step is 2.29 times too long and comes to 5.8261: rate 0.437 would have been best along this "
        "direction, with 5.7079.",
    ),
    "another rate": (
        did(opened("model1", STEP), RIGHT),
        "At rate 0.15 the step would come to a loss of 5.7139, with 4 points wrong. enter sets this rate.",
    ),
    "no end": (
        opened("model1", moves.Set("loss", "as-printed"), STEP),
        "Along this step the loss falls for as far as one can look: no rate is too long. It is 0.1.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CAPTIONS)
def test_a_caption(name: str) -> None:
    workspace, text = CAPTIONS[name]
    assert caption(workspace) == text


@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize("name", BUILTIN)
def test_no_caption_is_longer_than_two_lines_of_80_columns(name: str, loss: str) -> None:
    for seeing in (TWO, STEP):
        for moved in ([], [FORWARD], [FORWARD, FORWARD], [moves.Set("rate", 10.0), *[NEXT] * 5, FORWARD]):
            workspace = after(opened(name), [seeing, moves.Set("loss", loss), *moved])
            for each in (workspace, did(workspace, RIGHT, UP)):
                assert len(textwrap.wrap(caption(each), 74, break_on_hyphens=False)) <= 2, caption(each)


@pytest.mark.parametrize("seeing", [TWO, STEP])
def test_a_prediction_is_not_given_away(seeing: Seeing) -> None:
    asked = opened("model1", seeing, Predict())
    told = caption(asked) + "".join(explained(asked, Screen.LANDSCAPE))
    assert not any(number in told for number in ("0.5579", "1.03", "5.5417"))


def test_the_explanations_have_this_moments_numbers() -> None:
    over = "\n".join(explained(opened("model1", FORWARD, TWO), Screen.LANDSCAPE))
    assert "L(b = -0.4000, w1 = +1.0000) = 5.7766, 4 points wrong" in over
    assert "-(+0.5579, +0.0244) = (-0.5579, -0.0244)" in over
    assert "as they are: w2 = 1." in over
    along = "\n".join(explained(opened("model1", FORWARD, STEP), Screen.LANDSCAPE))
    for number in ("rate 0.1: 5.7766 becomes 5.7337", "rate 1.034: 5.7766 becomes 5.5417", "rate 0.1: -0.0450"):
        assert number in along


def test_every_view_of_the_screen_is_reached_and_left_by_its_key() -> None:
    workspace, seen = opened("model1", look(screen=Screen.LANDSCAPE)), []
    for _ in Landscape:
        seen.append(workspace.view.landscape.shown)
        workspace = did(workspace, exploring.next_view)
    assert seen == list(Landscape)
    assert workspace.view.landscape.shown is Landscape.LOSS


def test_a_second_parameter_that_a_scenario_does_not_have_is_the_first_other_one() -> None:
    view = replace(LandscapeView(Landscape.SURFACE), second=5)
    assert landscape.axes(opened("model1", choose(0), look(landscape=view))) == (0, 1)
    assert landscape.axes(opened("split", choose(0), look(landscape=view))) == (0, 5)


# As a journal keeps it.


@pytest.mark.parametrize(
    ("view", "wrong"),
    [
        (
            LandscapeView(
                Landscape.STEP, ((STEP_AHEAD, 0.5), (Parameter(2), -0.9)), ((STEP_AHEAD, (0.0, 2.0)),), second=1
            ),
            None,
        ),
        (LandscapeView(cursors=((Parameter(-2), 0.5),)), "is of a parameter that there is not"),
        (LandscapeView(cursors=((RATE, 0.5),)), "is of a parameter that there is not"),
        (LandscapeView(second=3), "has a second parameter that there is not"),
        (LandscapeView(cursors=((STEP_AHEAD, 0.0),)), "has a rate that is not above 0"),
        (LandscapeView(spans=((STEP_AHEAD, (-2.0, -1.0)),)), "has a rate that is not above 0"),
    ],
)
def test_a_view_from_a_file_is_held_against_the_scenario(view: LandscapeView, wrong: str | None) -> None:
    workspace = opened("model1")
    complaint = fits(replace(workspace.view, landscape=view), workspace)
    assert complaint == (None if wrong is None else f"landscape {wrong}")

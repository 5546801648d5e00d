"""The landscape screen's numbers, keys and words."""

import textwrap
from dataclasses import replace

import numpy as np
import pytest

from engine import moves
from engine.datasets import hard
from engine.losses import POINT_LOSSES
from engine.session import Phase, State
from scenarios import exploring, landscape, surveying
from scenarios.axes import Parameter
from scenarios.landscape import Mark
from scenarios.moves import Answer, Move, Predict
from scenarios.path import path_of
from scenarios.store import BUILTIN
from scenarios.view import Landscape, LandscapeView, Screen
from scenarios.workspace import Workspace
from tests.workspaces import FORWARD, NEXT, after, apply, at, caption, choose, explained, look, made, opened

HERE = look(screen=Screen.LANDSCAPE)
HELD = (moves.Hold("w1"), moves.Hold("w2"))
ERRORS = look(landscape=LandscapeView(Landscape.ERRORS))


def looking(name: str, *made: Move) -> Workspace:
    return opened(name, *made, HERE)


def did(workspace: Workspace, *actions: object) -> Workspace:
    """After actions; one that has no move there leaves it as it is."""
    for action in actions:
        move: Move | None = action(workspace)  # type: ignore[operator]
        workspace = workspace if move is None else apply(workspace, move)
    return workspace


RIGHT, LEFT = exploring.move(1), exploring.move(-1)
IN, OUT = exploring.zoom(1), exploring.zoom(-1)

# The numbers.


def test_along_b_as_the_notes_have_it() -> None:
    workspace = looking("model1")
    least = landscape.lowest(workspace)
    assert least is not None
    assert (least.value, least.loss) == (pytest.approx(-0.643667, abs=1e-6), pytest.approx(5.707944, abs=5e-7))
    assert (least.errors, least.mark) == (4, Mark.LOWEST)
    assert landscape.fewest(workspace) == (0, pytest.approx(-1.000292, abs=1e-6), pytest.approx(-0.848442, abs=1e-6))
    values, losses = landscape.curve(workspace)
    assert (values[0], values[-1], len(values)) == (-2.0, 2.0, 400)
    assert float(losses.min()) == pytest.approx(5.707944, abs=1e-4)
    assert landscape.errors(workspace).min() == 0.0


def test_the_present_place_is_the_one_on_the_screen() -> None:
    assert landscape.present(looking("model1", *HELD)) == -0.4
    in_update = after(looking("model1", *HELD), [FORWARD, FORWARD])
    assert landscape.present(in_update) == pytest.approx(-0.4558, abs=5e-5)


# The range.


def test_the_range_is_the_editors_and_stands_still_while_the_path_stays_in_it() -> None:
    workspace = looking("model1")
    for _ in range(60):
        assert landscape.span(workspace) == (-2.0, 2.0)
        workspace = apply(workspace, NEXT)


def test_a_path_that_leaves_the_range_widens_it_by_doubling() -> None:
    workspace, spans = looking("model1", moves.Set("rate", 50.0)), []
    for _ in range(12):
        workspace = apply(workspace, NEXT)
        low, high = landscape.span(workspace)
        assert low <= landscape.present(workspace) <= high
        spans.append((low, high))
    assert 2 <= len(set(spans)) <= 6
    assert landscape.span(apply(workspace, moves.Seek(0))) == spans[-1]  # going back, the range stays
    assert landscape.span(looking("model1", moves.Edit("b", -2.3))) == (-3.0, 2.0)
    assert landscape.span(looking("model1", moves.Edit("b", 9.0))) == (-2.0, 10.0)


def test_a_chosen_range_is_kept_for_its_parameter_alone() -> None:
    workspace = did(looking("model1"), IN)
    assert landscape.span(workspace) == (-1.2, 0.8)
    assert landscape.span(apply(workspace, choose(0))) == (-2.0, 2.0)
    assert landscape.span(did(workspace, OUT)) == (-2.0, 2.0)
    assert landscape.span(did(workspace, exploring.back)) == (-2.0, 2.0)


# The path.


def test_with_the_others_held_every_step_lies_on_the_curve() -> None:
    workspace = looking("model1", *HELD, *[NEXT] * 5)
    path = landscape.path(workspace)
    assert path.parameters[:, 2][:2].tolist() == pytest.approx([-0.4, -0.4558], abs=5e-5)
    assert path.on.all()
    curve = [landscape.place(workspace, value).loss for value in path.parameters[:, 2]]
    assert path.losses.tolist() == pytest.approx(curve, rel=1e-12)
    assert surveying.apart(workspace) == "5 steps on this curve"


def test_where_others_moved_the_steps_lie_on_other_curves_and_it_says_which() -> None:
    workspace = looking("model1", NEXT, NEXT)
    assert landscape.path(workspace).on.tolist() == [False, False]
    assert surveying.apart(workspace) == "2 steps on other curves: w1 and w2 moved too"
    assert surveying.apart(looking("split", NEXT)) == "1 step on another curve: 5 other parameters moved too"
    assert surveying.apart(looking("model1", moves.Hold("w1"), NEXT)) == "1 step on another curve: w2 moved too"
    assert surveying.apart(looking("model1")) == "no step yet"


def test_steps_taken_since_the_others_were_held_are_on_the_curve() -> None:
    workspace = looking("model1", NEXT, NEXT, *HELD, NEXT, NEXT)
    assert landscape.path(workspace).on.tolist() == [False, False, True, True]
    assert surveying.apart(workspace) == "4 steps, some on other curves: w1 and w2 moved too"


def test_another_point_loss_is_another_curve() -> None:
    workspace = looking("model1", *HELD, NEXT, moves.Set("loss", "ReLU"))
    assert landscape.path(workspace).on.tolist() == [False]
    assert "the point loss was another" in surveying.apart(workspace)


def test_the_loss_over_other_points_is_another_curve() -> None:
    workspace = looking("model1", *HELD, NEXT)
    session = workspace.session
    assert path_of(session, (2,)).on.tolist() == [True]
    there = State.of(replace(session.state.problem, data=hard()), session.state.parameters)
    session = replace(session, history=session.history.branch(1, there))
    assert path_of(session, (2,)).on.tolist() == [False]


def test_in_update_the_old_place_is_part_of_the_path() -> None:
    assert landscape.path(at("model1", Phase.UPDATE, *HELD)).parameters[:, 2].tolist() == [-0.4]
    assert landscape.path(at("model1", Phase.DIRECTION, *HELD)).parameters[:, 2].tolist() == []


def test_of_a_long_path_only_some_steps_are_looked_at() -> None:
    workspace = looking("model1", *[NEXT] * 900)
    values = landscape.path(workspace).parameters[:, 2]
    history = workspace.session.history
    assert 200 <= len(values) <= 400
    assert values.tolist() == [history.at(step).parameters[2] for step in range(0, 900, 900 // len(values))]


def test_another_future_has_another_path() -> None:
    """What is remembered of the steps of one session is not taken for those of another."""
    workspace = looking("model1", *[NEXT] * 6)
    landscape.path(workspace)
    other = after(workspace, [moves.Seek(2), moves.Edit("b", 0.25), *[NEXT] * 6])
    steps = [other.session.history.at(step).parameters for step in range(8)]
    assert landscape.path(other).parameters.tolist() == [list(values) for values in steps]
    assert landscape.path(workspace).parameters[:, 2].tolist() != [values[2] for values in steps][:6]


def test_a_future_that_ends_at_the_same_place_has_a_path_of_its_own() -> None:
    q = moves.EditBoth("w1", 0.5, "b", 0.75)
    workspace = looking("model1", NEXT, q)
    assert landscape.path(workspace).parameters[0].tolist() == [1.0, 1.0, -0.4]
    other = after(workspace, [moves.Seek(0), moves.Edit("b", -0.3), NEXT, q])
    assert landscape.path(other).parameters[0].tolist() == [1.0, 1.0, -0.3]


# Tangent and pictures.


def test_the_tangent_is_there_from_phase_2_on_and_in_3_only_on_its_own_curve() -> None:
    touching = (-0.4, pytest.approx(5.776592485398551), pytest.approx(0.5579069))
    assert landscape.tangent(at("model1", Phase.LOSS)) is None
    assert landscape.tangent(at("model1", Phase.DIRECTION)) == touching
    assert landscape.tangent(at("model1", Phase.UPDATE)) is None
    assert landscape.tangent(at("model1", Phase.UPDATE, *HELD)) == touching


@pytest.mark.parametrize("count", [1, 2, 5, 8])
def test_the_pictures_are_in_order_with_the_present_one_among_them(count: int) -> None:
    for workspace in (looking("model1"), looking("split", NEXT), did(looking("model1", ERRORS), RIGHT, RIGHT)):
        places = landscape.places(workspace, count)
        values = [place.value for place in places]
        assert len(places) == count
        assert values == sorted(set(values))
        assert [place.value for place in places if place.mark is Mark.PRESENT] == [landscape.present(workspace)]


def test_pictures_of_the_lowest_place_and_of_no_errors() -> None:
    places = {place.mark: place for place in landscape.places(looking("model1", ERRORS), 5)}
    assert places[Mark.LOWEST].errors == 4
    assert places[Mark.FEWEST].errors == 0
    assert places[Mark.FEWEST].loss > places[Mark.LOWEST].loss
    assert Mark.FEWEST not in {place.mark for place in landscape.places(looking("model1"), 5)}


def test_a_picture_outside_the_range_is_not_taken() -> None:
    workspace = looking("model1", look(landscape=LandscapeView(spans=((Parameter(2), (0.5, 1.5)),))))
    assert all(0.5 <= place.value <= 1.5 for place in landscape.places(workspace, 5))


# The keys.


def test_the_cursor_follows_the_present_place_until_it_is_moved_and_after_escape() -> None:
    workspace = apply(looking("model1"), NEXT)
    assert landscape.cursor(workspace) == landscape.present(workspace)
    moved = did(looking("model1"), LEFT, LEFT)
    assert landscape.cursor(moved) == -0.6
    assert landscape.cursor(apply(moved, NEXT)) == -0.6
    assert not landscape.away(did(moved, exploring.back))


def test_over_the_edge_the_range_follows_the_cursor() -> None:
    workspace = did(looking("model1"), *[LEFT] * 20)
    assert landscape.cursor(workspace) == -2.4
    assert landscape.span(workspace) == (-2.4, 1.6)


def test_taking_the_cursors_value_is_an_edit_that_undo_takes_back() -> None:
    workspace = did(looking("model1"), *[LEFT] * 5)
    taken = did(workspace, exploring.take)
    assert taken.session.state.parameters == (1.0, 1.0, -0.9)
    assert (taken.session.state.errors, landscape.away(taken)) == (0, False)
    assert apply(taken, moves.Undo()).session.state.parameters == (1.0, 1.0, -0.4)
    assert exploring.take(looking("model1")) is None


def test_zoom_keeps_the_cursor_where_it_stands_and_stops_at_the_limits() -> None:
    workspace = looking("model1")
    for zoom in (IN, OUT):
        far = did(workspace, *[zoom] * 2000)
        low, high = landscape.span(far)
        assert low < -0.4 < high
        assert (-0.4 - low) / (high - low) == pytest.approx(0.4, abs=1e-3)
        assert exploring.zoom(1 if zoom is IN else -1)(far) is None


def test_choosing_takes_the_editors_row_along_and_has_no_row_for_the_rate() -> None:
    workspace = did(looking("model1", choose(3, 2)), exploring.up_or_down(1))
    assert (workspace.view.row, workspace.view.parameter) == (Parameter(1), 1)
    assert did(workspace, *[exploring.up_or_down(-1)] * 9).view.row == Parameter(2)
    assert did(workspace, *[exploring.up_or_down(1)] * 9).view.row == Parameter(0)


# The words.

CAPTIONS = {
    "start": (
        looking("model1"),
        "Along b alone the loss is lowest at -0.6437: 5.7079, 0.0686 below the present place, with 4 points wrong. "
        "v shows the errors too.",
    ),
    "disagree": (
        looking("model1", ERRORS),
        "Loss and errors disagree: the loss is lowest at -0.6437, with 4 points wrong; the fewest errors, 0, are from "
        "-1.0003 to -0.8484.",
    ),
    "agree": (
        looking("model1", ERRORS, moves.Set("loss", "ReLU")),
        "Loss and errors agree: the loss is lowest at -0.9244, with no point wrong; nowhere along b are there fewer.",
    ),
    "downhill": (
        looking("model1", FORWARD),
        "The slope is +0.5579: downhill is to the left. The lowest place, at -0.6437, is 0.2437 away; the slope alone "
        "does not tell how far.",
    ),
    "step": (
        looking("model1", *HELD, FORWARD, FORWARD),
        "b went from -0.4000 to -0.4558 along the curve, 23 % of the way to the lowest place: the loss falls 0.0277.",
    ),
    "other curve": (
        looking("model1", FORWARD, FORWARD),
        "b went from -0.4000 to -0.4558, but w1 and w2 moved too: this is the curve through the new place, and it is "
        "not the one before.",
    ),
    "overshoot": (
        looking("overshoot", FORWARD, FORWARD),
        "b went from -0.4000 to -0.9579 along the curve, over the lowest place at -0.6437 to its other side: the loss "
        "rises 0.0495.",
    ),
    "cursor": (
        did(looking("model1"), *[LEFT] * 5),
        "At b = -0.9000 the loss is 5.7863, up 0.0098 from the present place, and no point is wrong. enter takes it.",
    ),
    "outside": (
        looking("model1", look(landscape=LandscapeView(spans=((Parameter(2), (-0.6, 1.0)),)))),
        "Along b the loss falls on to the left end of this range, 5.7102 at b = -0.6000. Press - to see more of it.",
    ),
    "as printed": (
        looking("model1", moves.Set("loss", "as-printed")),
        "Along b the loss falls on to the left end of this range, -0.9494 at b = -2.0000. As printed on the slide, it "
        "has no lowest place.",
    ),
    "flat": (
        Workspace.of(made([(0.0, 1.0, 1.0)], (1.0, 1.0, -0.4)).scenario),
        "Along w1 the loss is flat: 0.4375 all over this range, so no step can gain by it.",
    ),
    "lowest": (
        looking("zeros", moves.Set("loss", "ReLU")),
        "Along b alone the present place is as good as the lowest: 0.0000; 10 points are wrong.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CAPTIONS)
def test_a_caption(name: str) -> None:
    workspace, text = CAPTIONS[name]
    if name == "flat":
        workspace = after(workspace, [HERE, choose(0)])
    assert caption(workspace) == text


def test_where_the_loss_is_no_number_it_says_so() -> None:
    workspace = after(made([(1e300, 1.0, -1.0)], (0.0, 1.0, 0.0)), [HERE, choose(0)])
    far = apply(workspace, look(landscape=LandscapeView(spans=((Parameter(0), (1e10, 1e12)),))))
    assert landscape.lowest(far) is None
    assert "no number a computer can hold" in caption(far)
    assert explained(far, Screen.LANDSCAPE)


@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize("name", BUILTIN)
def test_no_caption_is_longer_than_two_lines_of_80_columns(name: str, loss: str) -> None:
    for view in Landscape:
        shown = look(landscape=LandscapeView(view))
        for moved in ([], [FORWARD], [FORWARD, FORWARD], [moves.Set("rate", 10.0), *[NEXT] * 5, FORWARD]):
            for parameter in range(len(opened(name).scenario.parameters)):
                workspace = after(opened(name), [HERE, moves.Set("loss", loss), choose(parameter), shown, *moved])
                for each in (workspace, did(workspace, RIGHT)):
                    assert len(textwrap.wrap(caption(each), 74, break_on_hyphens=False)) <= 2, caption(each)


def test_a_prediction_is_not_given_away() -> None:
    asked = looking("model1", Predict())
    assert landscape.hidden(asked)
    assert "-0.6437" not in caption(asked) + "".join(explained(asked, Screen.LANDSCAPE))
    assert "Which way will b move?" in caption(apply(asked, FORWARD))
    answered = after(asked, [FORWARD, Answer(-1)])
    assert not landscape.hidden(answered)
    assert "-0.6437" in caption(answered)


def test_a_step_that_diverges_is_said_here_too() -> None:
    workspace = looking("model1", moves.Set("rate", 1e308), NEXT, NEXT)
    assert caption(workspace).startswith("Diverged")


def test_the_explanation_has_this_moments_numbers() -> None:
    text = "\n".join(explained(looking("model1", FORWARD), Screen.LANDSCAPE))
    for number in ("L(b = -0.4000) = 5.7766", "L(b = -0.6437) = 5.7079, 4 points wrong", "w1 = 1, w2 = 1"):
        assert number in text
    assert "T(b) = 5.7766 +0.5579 · (b - -0.4000)" in text
    assert "the fewest are 0, for b from -1.0003 to -0.8484" in text


def test_the_curve_is_of_the_shown_parameters() -> None:
    workspace = looking("model1", NEXT)
    values, losses = landscape.curve(workspace)
    here = landscape.present(workspace)
    assert np.interp(here, values, losses) == pytest.approx(workspace.session.state.loss, abs=1e-3)

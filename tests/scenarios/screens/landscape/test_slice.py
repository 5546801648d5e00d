"""The loss along a parameter: its lowest place, its tangent, and the places that are shown."""

import numpy as np
import pytest

from engine.session.session import Phase
from scenarios.screens.landscape.places import Mark
from scenarios.screens.landscape.slice import sliced
from scenarios.workspace.axes import Parameter
from scenarios.workspace.view import Landscape, LandscapeView
from tests.scenarios.lectures import place, walk
from tests.scenarios.screens.landscape.looking import ERRORS, HELD, RIGHT, did, looking
from tests.workspaces import FORWARD, NEXT, after, at, look


def test_along_b_as_the_notes_have_it() -> None:
    workspace = looking("model1")
    least = sliced(workspace).lowest
    assert least is not None
    assert (least.value, least.loss) == (pytest.approx(-0.643667, abs=1e-6), pytest.approx(5.707944, abs=5e-7))
    assert (least.errors, least.mark) == (4, Mark.LOWEST)
    assert sliced(workspace).curve.fewest == (0, pytest.approx(-1.000292, abs=1e-6), pytest.approx(-0.848442, abs=1e-6))
    curve = sliced(workspace).curve
    values, losses = curve.values, curve.losses
    assert (values[0], values[-1], len(values)) == (-2.0, 2.0, 400)
    assert float(losses.min()) == pytest.approx(5.707944, abs=1e-4)
    assert sliced(workspace).curve.errors.min() == 0.0


def test_the_present_place_is_the_one_on_the_screen() -> None:
    assert sliced(looking("model1", *HELD)).present[0] == -0.4
    in_update = after(looking("model1", *HELD), [FORWARD, FORWARD])
    assert sliced(in_update).present[0] == pytest.approx(-0.4558, abs=5e-5)


def test_the_curve_is_of_the_shown_parameters() -> None:
    workspace = looking("model1", NEXT)
    curve = sliced(workspace).curve
    values, losses = curve.values, curve.losses
    here = sliced(workspace).present[0]
    assert np.interp(here, values, losses) == pytest.approx(workspace.session.state.loss, abs=1e-3)


def test_the_tangent_is_there_from_phase_2_on_and_in_3_only_on_its_own_curve() -> None:
    touching = (-0.4, pytest.approx(5.776592485398551), pytest.approx(0.5579069))
    assert sliced(at("model1", Phase.LOSS)).tangent is None
    assert sliced(at("model1", Phase.DIRECTION)).tangent == touching
    assert sliced(at("model1", Phase.UPDATE)).tangent is None
    assert sliced(at("model1", Phase.UPDATE, *HELD)).tangent == touching


@pytest.mark.parametrize("count", [1, 2, 5, 8])
def test_the_numbered_places_go_from_end_to_end_in_order(count: int) -> None:
    for workspace in (looking("model1"), looking("split", NEXT), did(looking("model1", ERRORS), RIGHT, RIGHT)):
        values = [place.value for place in sliced(workspace).numbered(count)]
        assert len(values) == count
        assert values == sorted(set(values))
        assert count < 5 or (values[0], values[-1]) == (-2.0, 2.0)


def test_the_numbered_places_stay_while_the_model_walks_past_them_and_the_cursor_too() -> None:
    seen = [sliced(workspace) for workspace in walk() if place(workspace)[0] == "step-3"]
    along = [each for each in seen if not each.with_errors]
    assert len({each.here.value for each in along}) == 5
    for count in (4, 5, 7):
        assert len({tuple((each.value, each.loss) for each in found.numbered(count)) for found in along}) == 1
    assert [each.value for each in along[0].numbered(7)] == pytest.approx(
        [-1.7, -1.45, -1.2, -0.95, -0.643667, -0.45, -0.2], abs=1e-6
    )
    moved = sliced(did(looking("model1"), RIGHT, RIGHT))
    assert [each.value for each in moved.numbered(4)] == [each.value for each in sliced(looking("model1")).numbered(4)]


def test_the_numbered_places_are_where_points_change_sides_and_one_is_where_the_errors_are_fewest() -> None:
    for count in (4, 5, 7):
        places = sliced(looking("model1")).numbered(count)
        assert [place.errors for place in places if place.value > -0.3] == [4]  # all is red from there on
        assert 0 in [place.errors for place in places]


def test_where_there_is_no_minimum_and_nowhere_fewer_errors_no_place_is_said_to_be_one() -> None:
    falling = look(landscape=LandscapeView(Landscape.ERRORS, spans=((Parameter(2), (0.5, 1.5)),)))
    found = sliced(looking("model1", falling))
    assert found.valley is None
    assert {place.mark for place in found.numbered(5)} == {Mark.ALONG}


def test_the_present_place_and_the_cursors_move() -> None:
    assert [each.value for each in sliced(looking("model1")).moving] == [-0.4]
    moved = sliced(did(looking("model1"), RIGHT))
    assert [(each.mark, each.value) for each in moved.moving] == [(Mark.PRESENT, -0.4), (Mark.CURSOR, -0.3)]
    assert moved.at_cursor.errors == 4


def test_pictures_of_the_lowest_place_and_of_no_errors() -> None:
    places = {place.mark: place for place in sliced(looking("model1", ERRORS)).numbered(4)}
    assert places[Mark.LOWEST].errors == 4
    assert places[Mark.FEWEST].errors == 0
    assert places[Mark.FEWEST].loss > places[Mark.LOWEST].loss
    assert Mark.FEWEST not in {place.mark for place in sliced(looking("model1")).numbered(4)}


def test_a_picture_outside_the_range_is_not_taken() -> None:
    workspace = looking("model1", look(landscape=LandscapeView(spans=((Parameter(2), (0.5, 1.5)),))))
    assert all(0.5 <= place.value <= 1.5 for place in sliced(workspace).numbered(4))

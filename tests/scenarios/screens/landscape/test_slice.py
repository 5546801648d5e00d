"""The loss along a parameter: its lowest place, its tangent, and the places that are shown."""

import numpy as np
import pytest

from engine.session.session import Phase
from scenarios.screens.landscape.places import Mark
from scenarios.screens.landscape.slice import sliced
from scenarios.workspace.axes import Parameter
from scenarios.workspace.view import LandscapeView
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
def test_the_pictures_are_in_order_with_the_present_one_among_them(count: int) -> None:
    for workspace in (looking("model1"), looking("split", NEXT), did(looking("model1", ERRORS), RIGHT, RIGHT)):
        places = sliced(workspace).places(count)
        values = [place.value for place in places]
        assert len(places) == count
        assert values == sorted(set(values))
        assert [place.value for place in places if place.mark is Mark.PRESENT] == [sliced(workspace).present[0]]


def test_pictures_of_the_lowest_place_and_of_no_errors() -> None:
    places = {place.mark: place for place in sliced(looking("model1", ERRORS)).places(5)}
    assert places[Mark.LOWEST].errors == 4
    assert places[Mark.FEWEST].errors == 0
    assert places[Mark.FEWEST].loss > places[Mark.LOWEST].loss
    assert Mark.FEWEST not in {place.mark for place in sliced(looking("model1")).places(5)}


def test_a_picture_outside_the_range_is_not_taken() -> None:
    workspace = looking("model1", look(landscape=LandscapeView(spans=((Parameter(2), (0.5, 1.5)),))))
    assert all(0.5 <= place.value <= 1.5 for place in sliced(workspace).places(5))

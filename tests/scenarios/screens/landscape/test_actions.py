"""The keys of the landscape screen."""

import pytest

from engine.session import moves
from scenarios.numbers import plain
from scenarios.screens.landscape import actions
from scenarios.screens.landscape.looked import looked_at
from scenarios.screens.landscape.ray import Ray, ray
from scenarios.screens.landscape.slice import sliced
from scenarios.screens.landscape.surface import surface
from scenarios.workspace.axes import Parameter
from scenarios.workspace.view import Landscape, LandscapeView, Screen
from tests.scenarios.screens.landscape.looking import DOWN, HERE, IN, LEFT, OUT, RIGHT, STEP, TWO, UP, did, looking
from tests.workspaces import NEXT, apply, caption, choose, look, opened


def test_the_cursor_follows_the_present_place_until_it_is_moved_and_after_escape() -> None:
    workspace = apply(looking("model1"), NEXT)
    assert sliced(workspace).cursors[0] == sliced(workspace).present[0]
    moved = did(looking("model1"), LEFT, LEFT)
    assert sliced(moved).cursors[0] == -0.6
    assert sliced(apply(moved, NEXT)).cursors[0] == -0.6
    assert not sliced(did(moved, actions.back)).away


def test_over_the_edge_the_range_follows_the_cursor() -> None:
    workspace = did(looking("model1"), *[LEFT] * 20)
    assert sliced(workspace).cursors[0] == -2.4
    assert sliced(workspace).spans[0] == (-2.4, 1.6)


def test_taking_the_cursors_value_is_an_edit_that_undo_takes_back() -> None:
    workspace = did(looking("model1"), *[LEFT] * 5)
    taken = did(workspace, actions.take)
    assert taken.session.state.parameters == (1.0, 1.0, -0.9)
    assert (taken.session.state.errors, sliced(taken).away) == (0, False)
    assert apply(taken, moves.Undo()).session.state.parameters == (1.0, 1.0, -0.4)
    assert actions.take(looking("model1")) is None


def test_zoom_keeps_the_cursor_where_it_stands_and_stops_at_the_limits() -> None:
    workspace = looking("model1")
    for zoom in (IN, OUT):
        far = did(workspace, *[zoom] * 2000)
        low, high = sliced(far).spans[0]
        assert low < -0.4 < high
        assert (-0.4 - low) / (high - low) == pytest.approx(0.4, abs=1e-3)
        assert zoom(far) is None


def test_zoomed_in_as_far_as_it_goes_the_places_are_still_told_apart_in_four_decimals() -> None:
    for workspace in (looking("model1"), opened("split", moves.Edit("m2.b", 1000.0), HERE), opened("model1", TWO)):
        found = looked_at(did(workspace, *[IN] * 60))
        assert not isinstance(found, Ray)
        for low, high in found.spans:
            assert len({plain(low + (high - low) * share / 4) for share in range(5)}) == 5


def test_out_of_a_range_that_is_narrower_than_it_zooms_one_comes_by_zooming() -> None:
    narrow = LandscapeView(spans=((Parameter(2), (-0.40001, -0.39999)),))
    workspace = opened("model1", choose(3, 2), look(screen=Screen.LANDSCAPE, landscape=narrow))
    assert IN(workspace) is None
    assert sliced(did(workspace, OUT)).spans[0] == (-0.40002, -0.39998)


def test_choosing_takes_the_editors_row_along_and_has_no_row_for_the_rate() -> None:
    workspace = did(looking("model1", choose(3, 2)), actions.up_or_down(1))
    assert (workspace.view.row, workspace.view.parameter) == (Parameter(1), 1)
    assert did(workspace, *[actions.up_or_down(-1)] * 9).view.row == Parameter(2)
    assert did(workspace, *[actions.up_or_down(1)] * 9).view.row == Parameter(0)


def test_the_arrows_move_the_cursor_in_both_and_enter_takes_both_at_once() -> None:
    workspace = did(opened("model1", TWO), LEFT, LEFT, UP, UP, UP, DOWN)
    assert surface(workspace).there.parameters == (1.2, 1.0, -0.6)
    assert actions.take(workspace) == moves.EditBoth("b", -0.6, "w1", 1.2)
    taken = did(workspace, actions.take)
    assert taken.session.state.parameters == (1.2, 1.0, -0.6)
    assert caption(apply(taken, look(screen=Screen.FIT))).startswith("w1 is now +1.2000 and b is now -0.6000: the")
    assert apply(taken, moves.Undo()).session.state.parameters == (1.0, 1.0, -0.4)
    assert actions.take(opened("model1", TWO)) is None


def test_tab_changes_what_is_up_the_side_and_shift_tab_what_is_across() -> None:
    workspace = opened("model1", TWO)
    seen = [surface(did(workspace, *[actions.next_parameter(1)] * count)).axes for count in range(3)]
    assert seen == [(2, 0), (2, 1), (2, 0)]
    seen = [surface(did(workspace, *[actions.next_parameter(-1)] * count)).axes for count in range(3)]
    assert seen == [(2, 0), (1, 0), (2, 0)]
    split = did(opened("split", TWO), *[actions.next_parameter(1)] * 4, actions.next_parameter(-1))
    assert surface(split).axes == (0, 4)
    assert actions.next_parameter(1)(opened("model1")) is None


def test_zoom_and_pan_of_both_ranges() -> None:
    workspace = did(opened("model1", TWO), actions.zoom(1))
    assert [surface(workspace).spans[(2, 0).index(at)] for at in (2, 0)] == [(-1.2, 0.8), (-0.5, 1.5)]
    panned = did(workspace, *[UP] * 12)
    assert surface(panned).spans[(2, 0).index(0)] == (-0.4, 1.6)
    assert surface(panned).spans[(2, 0).index(2)] == (-1.2, 0.8)
    assert surface(did(panned, actions.back, actions.back)).spans[(2, 0).index(0)] == (-2.0, 2.0)


def test_the_cursors_rate_is_taken_as_the_rate() -> None:
    workspace = did(opened("model1", STEP), RIGHT, RIGHT)
    assert ray(workspace).cursor == 0.2
    taken = did(workspace, actions.take)
    assert taken.session.state.problem.rate == 0.2
    assert actions.take(taken) is None
    assert ray(did(opened("model1", STEP), *[LEFT] * 90)).cursor == 0.05


def test_one_can_look_further_along_the_step_and_less_far() -> None:
    for by, end in ((1, 1.0), (-1, 4.0)):
        found = ray(did(opened("model1", STEP), actions.zoom(by))).course
        assert found is not None
        assert found.rates[-1] == end
        far = did(opened("model1", STEP), *[actions.zoom(by)] * 3000)
        assert ray(far).course is not None


def test_every_view_of_the_screen_is_reached_and_left_by_its_key() -> None:
    workspace, seen = opened("model1", look(screen=Screen.LANDSCAPE)), []
    for _ in Landscape:
        seen.append(workspace.view.landscape.shown)
        workspace = did(workspace, actions.next_view)
    assert seen == list(Landscape)
    assert workspace.view.landscape.shown is Landscape.LOSS

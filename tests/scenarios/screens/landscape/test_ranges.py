"""What is looked at: along which parameters, and from where to where."""

from dataclasses import replace

from engine.session import moves
from scenarios.screens.landscape import actions
from scenarios.screens.landscape.slice import sliced
from scenarios.screens.landscape.surface import surface
from scenarios.workspace.view import Landscape, LandscapeView
from tests.scenarios.screens.landscape.looking import (
    IN,
    OUT,
    TWO,
    W2_HELD,
    did,
    looking,
)
from tests.workspaces import NEXT, apply, choose, look, opened


def test_the_range_is_the_editors_and_stands_still_while_the_path_stays_in_it() -> None:
    workspace = looking("model1")
    for _ in range(60):
        assert sliced(workspace).spans[0] == (-2.0, 2.0)
        workspace = apply(workspace, NEXT)


def test_a_path_that_leaves_the_range_widens_it_by_doubling() -> None:
    workspace, spans = looking("model1", moves.Set("rate", 50.0)), []
    for _ in range(12):
        workspace = apply(workspace, NEXT)
        low, high = sliced(workspace).spans[0]
        assert low <= sliced(workspace).present[0] <= high
        spans.append((low, high))
    assert 2 <= len(set(spans)) <= 6
    assert sliced(apply(workspace, moves.Seek(0))).spans[0] == spans[-1]  # going back, the range stays
    assert sliced(looking("model1", moves.Edit("b", -2.3))).spans[0] == (-3.0, 2.0)
    assert sliced(looking("model1", moves.Edit("b", 9.0))).spans[0] == (-2.0, 10.0)


def test_a_chosen_range_is_kept_for_its_parameter_alone() -> None:
    workspace = did(looking("model1"), IN)
    assert sliced(workspace).spans[0] == (-1.2, 0.8)
    assert sliced(apply(workspace, choose(0))).spans[0] == (-2.0, 2.0)
    assert sliced(did(workspace, OUT)).spans[0] == (-2.0, 2.0)
    assert sliced(did(workspace, actions.back)).spans[0] == (-2.0, 2.0)


def test_on_request_the_ranges_follow_the_path_until_they_are_chosen() -> None:
    workspace = did(opened("model1", W2_HELD, *[NEXT] * 50, TWO), actions.follow)
    for at in (2, 0):
        low, high = surface(workspace).spans[(2, 0).index(at)]
        walked = [workspace.session.history.at(step).parameters[at] for step in range(51)]
        assert low < min(walked) < max(walked) < high
        assert high - low < 2.0 * (max(walked) - min(walked))
        assert len(f"{low!r}{high!r}") <= 12  # round, to the last bit
    zoomed = did(workspace, actions.zoom(-1))
    assert not zoomed.view.landscape.follow
    assert surface(zoomed).spans[(2, 0).index(2)][1] > surface(workspace).spans[(2, 0).index(2)][1]
    assert surface(did(workspace, actions.follow)).spans[(2, 0).index(2)] == (-2.0, 2.0)


def test_a_second_parameter_that_a_scenario_does_not_have_is_the_first_other_one() -> None:
    view = replace(LandscapeView(Landscape.SURFACE), second=5)
    assert surface(opened("model1", choose(0), look(landscape=view))).axes == (0, 1)
    assert surface(opened("split", choose(0), look(landscape=view))).axes == (0, 5)

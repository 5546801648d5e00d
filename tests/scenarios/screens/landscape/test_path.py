"""The steps so far, and which of them lie on the curve or the surface."""

from dataclasses import replace

import pytest

from engine.session import moves
from engine.session.session import Phase, State
from engine.training.datasets import hard
from scenarios.screens.landscape.caption import apart
from scenarios.screens.landscape.path import path_of
from scenarios.screens.landscape.places import Mark
from scenarios.screens.landscape.slice import sliced
from scenarios.screens.landscape.surface import surface
from tests.scenarios.screens.landscape.looking import (
    HELD,
    TWO,
    W2_HELD,
    looking,
)
from tests.workspaces import NEXT, after, at, opened


def test_with_the_others_held_every_step_lies_on_the_curve() -> None:
    workspace = looking("model1", *HELD, *[NEXT] * 5)
    path = sliced(workspace).path
    assert path.parameters[:, 2][:2].tolist() == pytest.approx([-0.4, -0.4558], abs=5e-5)
    assert path.on.all()
    curve = [sliced(workspace).curve.places([(value, Mark.ALONG)])[0].loss for value in path.parameters[:, 2]]
    assert path.losses.tolist() == pytest.approx(curve, rel=1e-12)
    assert apart(sliced(workspace)) == "5 steps on this curve"


def test_where_others_moved_the_steps_lie_on_other_curves_and_it_says_which() -> None:
    workspace = looking("model1", NEXT, NEXT)
    assert sliced(workspace).path.on.tolist() == [False, False]
    assert apart(sliced(workspace)) == "2 steps, seen from b alone  (w1 and w2 moved too)"
    assert apart(sliced(looking("split", NEXT))) == "1 step, seen from m2.b alone  (5 other parameters moved too)"
    assert apart(sliced(looking("model1", moves.Hold("w1"), NEXT))) == "1 step, seen from b alone  (w2 moved too)"
    assert apart(sliced(looking("model1"))) == "no step yet"


def test_steps_taken_since_the_others_were_held_are_on_the_curve() -> None:
    workspace = looking("model1", NEXT, NEXT, *HELD, NEXT, NEXT)
    assert sliced(workspace).path.on.tolist() == [False, False, True, True]
    assert apart(sliced(workspace)) == "4 steps, some seen from b alone  (w1 and w2 moved too)"


def test_another_point_loss_is_another_curve() -> None:
    workspace = looking("model1", *HELD, NEXT, moves.Set("loss", "ReLU"))
    assert sliced(workspace).path.on.tolist() == [False]
    assert "the point loss was another" in apart(sliced(workspace))


def test_the_loss_over_other_points_is_another_curve() -> None:
    workspace = looking("model1", *HELD, NEXT)
    session = workspace.session
    assert path_of(session, (2,)).on.tolist() == [True]
    there = State.of(replace(session.state.problem, data=hard()), session.state.parameters)
    session = replace(session, history=session.history.branch(1, there))
    assert path_of(session, (2,)).on.tolist() == [False]


def test_in_update_the_old_place_is_part_of_the_path() -> None:
    assert sliced(at("model1", Phase.UPDATE, *HELD)).path.parameters[:, 2].tolist() == [-0.4]
    assert sliced(at("model1", Phase.DIRECTION, *HELD)).path.parameters[:, 2].tolist() == []


def test_of_a_long_path_only_some_steps_are_looked_at() -> None:
    workspace = looking("model1", *[NEXT] * 900)
    values = sliced(workspace).path.parameters[:, 2]
    history = workspace.session.history
    assert 200 <= len(values) <= 400
    assert values.tolist() == [history.at(step).parameters[2] for step in range(0, 900, 900 // len(values))]


def test_another_future_has_another_path() -> None:
    """What is remembered of the steps of one session is not taken for those of another."""
    workspace = looking("model1", *[NEXT] * 6)
    assert sliced(workspace).path.count == 6
    other = after(workspace, [moves.Seek(2), moves.Edit("b", 0.25), *[NEXT] * 6])
    steps = [other.session.history.at(step).parameters for step in range(8)]
    assert sliced(other).path.parameters.tolist() == [list(values) for values in steps]
    assert sliced(workspace).path.parameters[:, 2].tolist() != [values[2] for values in steps][:6]


def test_a_future_that_ends_at_the_same_place_has_a_path_of_its_own() -> None:
    q = moves.EditBoth("w1", 0.5, "b", 0.75)
    workspace = looking("model1", NEXT, q)
    assert sliced(workspace).path.parameters[0].tolist() == [1.0, 1.0, -0.4]
    other = after(workspace, [moves.Seek(0), moves.Edit("b", -0.3), NEXT, q])
    assert sliced(other).path.parameters[0].tolist() == [1.0, 1.0, -0.3]


def test_the_path_lies_on_the_surface_while_the_third_was_held() -> None:
    held, free = (opened("model1", *hold, *[NEXT] * 50, TWO) for hold in ((W2_HELD,), ()))
    assert surface(held).path.on.all()
    assert apart(surface(held)) == "50 steps on this surface"
    assert not surface(free).path.on.any()
    assert apart(surface(free)) == "50 steps, seen from b and w1 alone  (w2 moved too)"

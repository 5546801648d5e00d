"""Captions: one for each case, with the numbers of the moment, and short enough for the screen."""

import pytest

from engine.session import moves
from scenarios.workspace.view import Pane
from scenarios.workspace.workspace import Workspace
from tests.branching import WHY
from tests.scenarios.screens.fit_captions import CASES
from tests.workspaces import BACK, FORWARD, NEXT, after, caption, choose, explained, made, many_points, opened, point


@pytest.mark.parametrize(("workspace", "text"), CASES.values(), ids=CASES)
def test_the_caption(workspace: Workspace, text: str) -> None:
    assert caption(workspace) == text


def test_a_new_move_turns_from_the_point_to_the_step_again() -> None:
    told = opened("model1", point(1), FORWARD)
    assert caption(told).startswith("Raise b")


def test_undo_tells_of_the_state_it_brings_back() -> None:
    assert caption(opened("model1", NEXT, moves.Edit("b", 0.0), moves.Undo())) == caption(opened("model1", NEXT))


def test_back_tells_the_same_story_backwards() -> None:
    there = [caption(opened("model1", *[FORWARD] * count)) for count in range(8)]
    back = [caption(opened("model1", *[FORWARD] * 7, *[BACK] * count)) for count in range(8)]
    assert back == there[::-1]


def test_a_slope_that_leaves_the_numbers_is_said_not_shown() -> None:
    far = made([(1.0, 1.0, 1.0), (0.0, 0.0, -1.0)], (1e200, 1.0, -1.0, 1.0, 1.0, 1.0), model="Split")
    for index in range(6):
        told = caption(after(far, [choose(index), FORWARD]))
        assert "nan" not in told


@pytest.mark.usefixtures("bent")
def test_a_model_that_runs_point_by_point_is_said() -> None:
    start = made(many_points(10), (1.0, -0.4), model="Branching")
    assert caption(start).endswith(f"It is computed point by point: {WHY}.")
    assert "point by point" not in caption(made(many_points(10), (1.0, -0.4), model="Smooth"))
    shown = explained(after(start, [FORWARD]), Pane.SLOPE)
    assert any(f"no one formula: {WHY}" in line for line in shown)

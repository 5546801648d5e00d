"""Goals: what may be typed, and how a run to it is told."""

import re

import pytest

from engine.session import moves
from scenarios.context.goal import Goal, meant, steps
from tests.workspaces import opened


def reached(goal: Goal) -> str:
    """What is told of a run to it from the start of model1."""
    session, left = opened("model1").session, goal.most
    while left and not goal.met(session.state):
        session, left = moves.apply(session, moves.NextStep()), left - 1
    return goal.told(session, 0, interrupted=False)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("5 steps", "stopped after 5 steps: the loss is 5.5989, errors 4"),
        ("1 step", "stopped after 1 step: the loss is 5.7337, errors 4"),
        ("errors", "errors reached 0 after 83 steps"),
        ("ERRORS=0", "errors reached 0 after 83 steps"),
        ("errors = 2", "errors fell to 2 or fewer after 30 steps"),
        ("errors < 3", "errors fell to 2 or fewer after 30 steps"),
        ("Loss<5", "the loss fell below 5 after 29 steps"),
        ("loss < 21/4", "the loss fell below 5.25 after 18 steps"),
        ("loss < 100", "the loss is below 100: no step was needed"),
    ],
)
def test_it_may_be_asked_in_more_than_one_way(typed: str, told: str) -> None:
    assert reached(meant(typed)) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "write a number of steps, such as 100, or errors = 0, or loss < 5.5"),
        ("foo", "write a number of steps, such as 100, or errors = 0, or loss < 5.5"),
        ("-3", "a whole number, please, such as 100"),
        ("1.5 steps", "a whole number, please, such as 100"),
        ("1e9", "one run takes 100,000 steps at the most"),
        ("errors == 0", "write errors = 0"),
        ("errors < 0", "there are never fewer than 0 errors; write errors = 0"),
        ("loss", "write loss < and a number, such as loss < 5.5"),
        ("loss = 3", "write loss < and a number, such as loss < 5.5"),
        ("loss < nan", "write loss < and a number, such as loss < 5.5"),
    ],
)
def test_what_is_no_goal_is_met_with_what_would_be_one(typed: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        meant(typed)


def test_a_run_that_a_key_has_stopped_says_where_it_is() -> None:
    session = moves.apply(opened("model1").session, moves.NextStep())
    assert steps(7).told(session, 0, interrupted=True) == "stopped at step 1: the loss is 5.7337, errors 4"

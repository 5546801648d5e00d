"""What two sessions differ by: the lecture's numbers, and what is said where there is nothing to subtract."""

from dataclasses import replace

import pytest

from engine.session import moves
from scenarios.files.schema import Scenario
from scenarios.library import store
from scenarios.screens.compare import comparison
from scenarios.screens.compare.caption import heading, side_by_side
from scenarios.workspace.moves import Against, Move, Open, Pin
from scenarios.workspace.view import Screen
from scenarios.workspace.workspace import Workspace
from tests.workspaces import (
    BACK,
    COMPARE,
    FORWARD,
    NEXT,
    STEEP,
    after,
    caption,
    explained,
    many_points,
    opened,
    scenario,
)

MODEL1, MODEL2, SPLIT = (store.load(name) for name in ("model1", "model2", "split"))


def against(right: Scenario, left: Scenario, *made: Move) -> Workspace:
    return after(Workspace.of(right), [Against(left), COMPARE, *made])


def test_update_bias_as_on_the_slide() -> None:
    found = comparison.compared(against(MODEL2, MODEL1))
    assert found.left_found.loss == pytest.approx(5.776592485398551, rel=1e-14)
    assert found.right_found.loss == pytest.approx(5.731993915131546, rel=1e-14)
    assert found.change == pytest.approx(-0.044598570267005, rel=1e-10)
    assert (found.left_found.errors, found.right_found.errors, found.apart) == (4, 4, "")
    assert heading(against(MODEL2, MODEL1, NEXT)).about == "model1 step 1 → model2 step 1"


HELD = moves.Hold("w1"), moves.Hold("w2")
ZERO = scenario([(0.0, 0.0, 1.0)], (0.0, 0.0, 0.0))


def relabelled(**settings: object) -> Scenario:
    return replace(MODEL1, name="other", problem=replace(MODEL1.problem, **settings))


SAID: dict[str, tuple[Workspace, str]] = {
    "one parameter": (
        against(MODEL2, MODEL1),
        "model2's loss is 0.0446 below model1's; all points are on the same sides.",
    ),
    "its slopes": (
        against(MODEL2, MODEL1, FORWARD),
        "The slope in b is +0.5579 against +0.3330: in both, b will go down.",
    ),
    "slopes that differ": (
        against(MODEL1, MODEL1, moves.Edit("b", -0.8), FORWARD),
        "The slope in b is +0.5579 against -0.3728: on the left b will go down, on the right it will go up.",
    ),
    "points that changed sides": (
        against(MODEL1, MODEL1, moves.Edit("b", -0.8)),
        "b went from -0.4000 to -0.8000: the loss fell by 0.0396 to 5.7370; 2 points changed sides: ○ 2 and ○ 9 are "
        "now right.",
    ),
    "both ways": (
        against(MODEL1, MODEL1, moves.Edit("b", -1.5)),
        "b went from -0.4000 to -1.5000: the loss rose by 0.8172 to 6.5938; 9 points changed sides, 4 now right and "
        "5 now wrong.",
    ),
    "a step": (
        after(opened("model1"), [Pin(), NEXT, COMPARE]),
        "w1, w2 and b moved: the loss fell by 0.0429 to 5.7337; no point changed sides.",
    ),
    "two that were stepped side by side": (
        after(opened("step-1"), [*HELD, Pin(), moves.Edit("b", -1.45), COMPARE, NEXT]),
        "b is -1.2551 against -1.2934: the loss is 0.0585 below the pinned one's; all points are on the same sides.",
    ),
    "side by side, more of them": (
        after(opened("model1"), [Pin(), moves.Edit("b", -0.8), COMPARE, NEXT]),
        "w1, w2 and b differ: the loss is 0.0854 below the pinned one's; 1 point is on different sides: ○ 9 is right "
        "in the present one.",
    ),
    "many parameters": (
        after(opened("split"), [Pin(), *[FORWARD] * 2, COMPARE]),
        "6 of 6 parameters moved: the loss fell by 0.1939 to 6.1184; no point changed sides.",
    ),
    "nothing yet": (
        against(MODEL1, MODEL1),
        "Both are the same model: its loss is 5.7766. Change the right one with - and +, or open another with o.",
    ),
    "pinned, and stepped": (
        after(opened("model1"), [COMPARE, Pin(), FORWARD]),
        "Both are the same model: the slope in b is +0.5579, and b will go down.",
    ),
    "pinned, and updated": (
        after(opened("model1"), [COMPARE, Pin(), FORWARD, FORWARD]),
        "Both are the same model: after the update its loss is 5.7337.",
    ),
    "another rate": (
        against(MODEL1, MODEL1, moves.Set("rate", 0.5)),
        "The parameters are the same in both, and so is the loss, 5.7766. But the rate is 0.1 on the left and 0.5 on "
        "the right: press space.",
    ),
    "another is held": (
        against(MODEL1, MODEL1, moves.Hold("b")),
        "The parameters are the same in both, and so is the loss, 5.7766. Different parameters are held (h): press "
        "space to see what that makes of it.",
    ),
    "another loss": (
        against(MODEL1, MODEL1, moves.Set("loss", "as-printed")),
        "The losses, 5.7766 and -0.0849, cannot be compared: log-sigmoid against as-printed. No point changed sides.",
    ),
    "another reduction": (
        against(relabelled(reduction="mean"), MODEL1),
        "The losses, 5.7766 and 0.5777, cannot be compared: sum against mean. All points are on the same sides.",
    ),
    "other points": (
        against(SPLIT, MODEL1),
        "The losses, 5.7766 and 6.3122, cannot be compared: different points. Wrong are 4 of 10 on the left, 2 of 10 "
        "on the right.",
    ),
    "another model": (
        against(replace(SPLIT, problem=replace(SPLIT.problem, data=MODEL1.problem.data)), MODEL1),
        "split's loss is 1.2234 above model1's; 9 points are on different sides, 4 right and 5 wrong in split.",
    ),
    "two scenarios and few points": (
        against(replace(MODEL1, name="other", parameters=(1.0, 1.0, -0.8)), MODEL1),
        "other's loss is 0.0396 below model1's; 2 points are on different sides: ○ 2 and ○ 9 are right in other.",
    ),
    "nothing pinned": (
        opened("model1", COMPARE),
        "Nothing is pinned, so the start of model1 stands on the left; the right one is still the same. Press space "
        "and watch it, or pin it with P.",
    ),
    "against the start": (
        opened("model1", COMPARE, NEXT),
        "w1, w2 and b moved: the loss fell by 0.0429 to 5.7337; no point changed sides. The left is the start: nothing "
        "is pinned (P).",
    ),
    "the left has diverged": (
        against(MODEL1, STEEP, *[NEXT] * 3),
        "The pinned steep diverged at step 1 and waits there. The present model1, at step 3, can go on: its loss is "
        "5.6628.",
    ),
    "the right has diverged": (
        against(STEEP, MODEL1, *[NEXT] * 3),
        "The present steep diverged at step 1 and waits there. The pinned model1, at step 3, can go on: its loss is "
        "5.6628.",
    ),
    "it has, with nothing pinned": (
        after(Workspace.of(STEEP), [COMPARE, *[NEXT] * 3]),
        "Diverged at step 1: the next update would leave the numbers a computer can hold. Go back, or lower the rate.",
    ),
    "a loss that does not see it": (
        against(ZERO, ZERO, moves.Edit("w1", 1.0)),
        "w1 went from +0.0000 to +1.0000: the loss stays at 0.6931; no point changed sides.",
    ),
    "both have": (
        against(STEEP, STEEP, *[NEXT] * 3),
        "Both have diverged: the next update would leave the numbers a computer can hold. Go back from here.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_what_is_said(name: str) -> None:
    workspace, words = SAID[name]
    assert caption(workspace) == words


def test_back_it_says_the_same() -> None:
    workspace = against(MODEL2, MODEL1)
    assert caption(after(workspace, [FORWARD] * 7 + [BACK] * 7)) == caption(workspace)


def test_the_start_is_the_sessions_own_whatever_was_opened_before() -> None:
    workspace = opened("model1", NEXT, Open(MODEL2), moves.Edit("b", 1.0), COMPARE)
    assert comparison.left_of(workspace).session.frame.parameters == (1.0, 1.0, -0.5)


def test_a_hundred_thousand_points_are_counted() -> None:
    many = scenario(many_points(100_000), (1.0, 1.0, -1.0))
    words = caption(against(many, many, moves.Edit("b", -0.5)))
    assert words.endswith("37,501 points changed sides, 0 now right and 37,501 now wrong.")


@pytest.mark.parametrize("name", SAID)
def test_it_is_explained_with_the_numbers(name: str) -> None:
    workspace, _ = SAID[name]
    texts = "\n".join(explained(workspace, Screen.COMPARE))
    assert ("cannot be compared" in texts) == bool(comparison.compared(workspace).apart)
    if name == "one parameter":
        assert "  5.7320 - 5.7766 = -0.0446" in texts
    two = side_by_side(workspace)
    assert ("changed sides" in texts, "different sides of the two" in texts) == (not two, two)
    assert ("Nothing is pinned" in texts) == (workspace.pinned is None)

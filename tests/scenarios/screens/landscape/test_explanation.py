"""What `?` says of the landscape, and what neither it nor the caption gives away."""

import pytest

from scenarios.screens.landscape.slice import sliced
from scenarios.workspace.moves import Answer, Predict
from scenarios.workspace.view import Screen
from tests.scenarios.screens.landscape.looking import STEP, TWO, looking
from tests.workspaces import FORWARD, Seeing, after, apply, caption, choose, explained, opened


def test_a_prediction_is_not_given_away() -> None:
    asked = looking("model1", Predict())
    assert sliced(asked).hidden
    assert "-0.6437" not in caption(asked) + "".join(explained(asked, Screen.LANDSCAPE))
    assert "Which way will b move?" in caption(apply(asked, FORWARD))
    answered = after(asked, [FORWARD, Answer(-1)])
    assert not sliced(answered).hidden
    assert "-0.6437" in caption(answered)
    assert caption(answered).startswith("Right! The slope")
    assert caption(after(asked, [FORWARD, Answer(1)])).startswith("Not this time. The slope")
    assert caption(after(asked, [FORWARD, Answer(1), choose(1)])).startswith("The slope is -0.3710")


def test_the_explanation_has_this_moments_numbers() -> None:
    text = "\n".join(explained(looking("model1", FORWARD), Screen.LANDSCAPE))
    for number in ("L(b = -0.4000) = 5.7766", "L(b = -0.6437) = 5.7079, 4 points wrong", "w1 = 1, w2 = 1"):
        assert number in text
    assert "T(b) = 5.7766 +0.5579 · (b + 0.4000)" in text
    assert "the fewest are 0, for b from -1.0003 to -0.8484" in text


@pytest.mark.parametrize("seeing", [TWO, STEP])
def test_a_prediction_is_not_given_away_by_the_other_views(seeing: Seeing) -> None:
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

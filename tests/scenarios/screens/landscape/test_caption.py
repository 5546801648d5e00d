"""What is said of the landscape."""

import textwrap

import pytest

from engine.session import moves
from engine.training.losses import POINT_LOSSES
from scenarios.library.store import BUILTIN
from scenarios.screens.landscape.slice import sliced
from scenarios.workspace.axes import Parameter
from scenarios.workspace.view import Landscape, LandscapeView, Screen
from scenarios.workspace.workspace import Workspace
from tests.scenarios.screens.landscape.looking import (
    ERRORS,
    HELD,
    HERE,
    LEFT,
    RIGHT,
    STEP,
    TWO,
    UP,
    did,
    looking,
)
from tests.workspaces import FORWARD, NEXT, after, apply, caption, choose, explained, look, made, opened

BATCHED = [(0.5, 0.5, 1.0), (0.9, 0.5, -1.0)]
ALONG = {
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
        "Loss and errors agree: the loss is lowest from -1.0003 to -0.8484, with no point wrong.",
    ),
    "a level bottom": (
        looking("model1", moves.Set("loss", "ReLU")),
        "Along b alone the loss is lowest from -1.0003 to -0.8484: 0.0000, 1.5116 below the present place. v shows"
        " the errors too.",
    ),
    "a level bottom, slopes": (
        looking("model1", moves.Set("loss", "ReLU"), FORWARD),
        "The slope is +4.0000: downhill is to the left. The level bottom, from -1.0003 to -0.8484, is 0.4484 away.",
    ),
    "a level bottom, part of the way": (
        looking("model1", *HELD, moves.Set("loss", "ReLU"), moves.Set("rate", 0.05), FORWARD, FORWARD),
        "b went from -0.4000 to -0.6000 along the curve, 45% of the way to the level bottom: the loss fell by "
        "0.8000.",
    ),
    "a level bottom, reached": (
        looking("model1", *HELD, moves.Set("loss", "ReLU"), moves.Set("rate", 0.12), FORWARD, FORWARD),
        "b went from -0.4000 to -0.8800 along the curve, to where the loss is lowest, from -1.0003 to -0.8484: the"
        " loss fell by 1.5116.",
    ),
    "a level bottom, beyond": (
        looking("model1", *HELD, moves.Set("loss", "ReLU"), moves.Set("rate", 0.2), FORWARD, FORWARD),
        "b went from -0.4000 to -1.2000 along the curve, over the level bottom from -1.0003 to -0.8484 to its "
        "other side: the loss fell by 1.0848.",
    ),
    "agree, far too wide to have seen all": (
        looking("model1", ERRORS, moves.Edit("w2", 1e9), choose(1)),
        "Loss and errors agree: the loss is lowest at +1.8001, with 4 points wrong; no value of w2 that was looked at "
        "leaves fewer.",
    ),
    "good in the digits shown": (
        looking("model1", moves.Edit("b", -0.644)),
        "Along b alone the present place is, in the digits shown, as good as the minimum: 5.7079; 4 points are wrong.",
    ),
    "least, in a wide range": (
        looking("model1", moves.Edit("b", 1e6)),
        "Along b alone the loss is lowest at -0.6437: 5.7079, 3999997 below the present place, with 4 points wrong. "
        "v shows the errors too.",
    ),
    "downhill": (
        looking("model1", FORWARD),
        "The slope is +0.5579: downhill is to the left. The minimum, at -0.6437, is 0.2437 away; the slope alone "
        "does not tell how far.",
    ),
    "step": (
        looking("model1", *HELD, FORWARD, FORWARD),
        "b went from -0.4000 to -0.4558 along the curve, 23% of the way to the minimum: the loss fell by 0.0277.",
    ),
    "other curve": (
        looking("model1", FORWARD, FORWARD),
        "b went from -0.4000 to -0.4558, but w1 and w2 moved too: this is the curve through the new place, and it is "
        "not the one before.",
    ),
    "other curve, held": (
        looking("model1", moves.Hold("b"), FORWARD, FORWARD),
        "b stays at -0.4000, but w1 and w2 moved: this is another curve.",
    ),
    "overshoot": (
        looking("overshoot", FORWARD, FORWARD),
        "b went from -0.4000 to -0.9579 along the curve, over the minimum at -0.6437 to its other side: the loss "
        "rose by 0.0495.",
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
        "has no minimum.",
    ),
    "held here": (
        looking("model1", HERE, moves.Hold("b")),
        "b is held: its slope is still computed, but no step moves it.",
    ),
    "let go here": (
        looking("model1", HERE, moves.Hold("b"), moves.Hold("b")),
        "b is free again: the next step moves it against its slope.",
    ),
    "flat": (
        after(made([(0.0, 1.0, 1.0)], (1.0, 1.0, -0.4)), [HERE, choose(0)]),
        "Along w1 the loss is flat: 0.4375 all over this range, so no step can gain by it.",
    ),
    "lowest": (
        looking("zeros", moves.Set("loss", "ReLU")),
        "Along b alone the present place is as good as the minimum: 0.0000; 10 points are wrong.",
    ),
}  # fmt: skip  # fmt: skip


OTHERS = {
    "two": (
        opened("model1", TWO),
        "The loss over b and w1, with w2 = 1; ● is here, 5.7766. The arrows move the cursor, tab chooses the "
        "vertical parameter.",
    ),
    "slopes": (
        opened("model1", FORWARD, TWO),
        "The slopes are +0.5579 in b, +0.0244 in w1. The arrow points against both, straight downhill.",
    ),
    "held": (
        opened("model1", moves.Hold("w1"), FORWARD, TWO),
        "The slopes are +0.5579 in b, +0.0244 in w1. The arrow points against both, straight downhill. But w1 is held.",
    ),
    "another surface": (
        opened("model1", FORWARD, FORWARD, TWO),
        "The step took b to -0.4558 and w1 to +0.9976; w2 moved too, so this is another surface than before.",
    ),
    "cursor": (
        did(opened("model1", TWO), *[LEFT] * 5),
        "At b = -0.9000, w1 = +1.0000 the loss is 5.7863, up 0.0098 from the present place, and no point is wrong. "
        "enter takes them.",
    ),
    "a level bottom": (
        opened("model1", moves.Set("loss", "ReLU"), STEP),
        "At rate 0.1 the step comes to 0.0000, the lowest along this direction: every rate from 0.0826 to 0.104 "
        "comes to that.",
    ),
    "a level bottom, a short step": (
        opened("model1", moves.Set("loss", "ReLU"), moves.Set("rate", 0.01), STEP),
        "At rate 0.01 the step takes 12% of what would have been best along this direction: every rate from 0.0826"
        " to 0.104 would bring the loss to 0.0000.",
    ),
    "a level bottom, a long step": (
        opened("step-1", moves.Set("loss", "ReLU"), STEP),
        "At rate 0.1 the step is 16% too long and comes to 0.2064: every rate from 0.0626 to 0.0862 would "
        "have been best, with 0.0000.",
    ),
    "no best rate": (
        opened("circles", STEP),
        "Along this step there is no best rate: from rate 574 on the loss is 0.0000 at every rate looked at, up to"
        " 1.64e+03.",
    ),
    "a batch without a slope": (
        after(made(BATCHED, (1.0, 0.0, 0.0), loss="ReLU", batch=1, seed=0), [STEP]),
        "There is no step to look along: no parameter moves from here. The batch's slopes are all 0.",
    ),
    "short step": (
        opened("model1", STEP),
        "At rate 0.1 the step takes 10% of what would have been best along this direction: rate 1.03 would bring the "
        "loss to 5.5417.",
    ),
    "long step": (
        opened("overshoot", STEP),
        "At rate 1 the step is 2.29 times as long as the best one and comes to 5.8261: rate 0.437 would have been "
        "best, with 5.7079.",
    ),
    "another rate": (
        did(opened("model1", STEP), RIGHT),
        "At rate 0.15 the step would come to a loss of 5.7139, with 4 points wrong. enter sets this rate.",
    ),
    "no end": (
        opened("model1", moves.Set("loss", "as-printed"), STEP),
        "Along this step there is no best rate: the loss falls at every rate looked at, up to a million times 0.1.",
    ),
}  # fmt: skip  # fmt: skip


@pytest.mark.parametrize(("workspace", "text"), [*ALONG.values(), *OTHERS.values()], ids=[*ALONG, *OTHERS])
def test_a_caption(workspace: Workspace, text: str) -> None:
    assert caption(workspace) == text


def test_where_the_loss_is_no_number_it_says_so() -> None:
    workspace = after(made([(1e300, 1.0, -1.0)], (0.0, 1.0, 0.0)), [HERE, choose(0)])
    far = apply(workspace, look(landscape=LandscapeView(spans=((Parameter(0), (1e10, 1e12)),))))
    assert sliced(far).lowest is None
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


@pytest.mark.parametrize("loss", POINT_LOSSES)
@pytest.mark.parametrize("name", BUILTIN)
def test_no_caption_of_the_other_views_is_longer_than_two_lines_of_80_columns(name: str, loss: str) -> None:
    for seeing in (TWO, STEP):
        for moved in ([], [FORWARD], [FORWARD, FORWARD], [moves.Set("rate", 10.0), *[NEXT] * 5, FORWARD]):
            workspace = after(opened(name), [seeing, moves.Set("loss", loss), *moved])
            for each in (workspace, did(workspace, RIGHT, UP)):
                assert len(textwrap.wrap(caption(each), 74, break_on_hyphens=False)) <= 2, caption(each)


def test_a_step_that_diverges_is_said_here_too() -> None:
    workspace = looking("model1", moves.Set("rate", 1e308), NEXT, NEXT)
    assert caption(workspace).startswith("Diverged")

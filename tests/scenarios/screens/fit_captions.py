"""What the captions of the fit screen say: a workspace and its words for each case."""

from engine.session import moves
from engine.training.models import Kind
from scenarios.workspace.moves import Answer, Predict
from scenarios.workspace.workspace import Workspace, snapshot
from tests.workspaces import BACK, FORWARD, NEXT, after, choose, made, many_points, opened, point

NETWORK = Kind.of("Network", {"layers": (2, 3, 1), "activation": "relu", "seed": 1})
RELU, PRINTED = moves.Set("loss", "ReLU"), moves.Set("loss", "as-printed")
HOLD_ALL = [moves.Hold(name) for name in ("w1", "w2", "b")]
MOMENTUM = moves.Set("optimizer", "momentum")
TINY, FAST = moves.Set("rate", 1e-300), moves.Set("rate", 1e308)
ON_AN_AXIS = [(0.5, 0.0, 1.0), (0.2, 0.0, -1.0)]
ON_A_KINK = [(0.0, 0.2, 1.0), (0.0, 0.7, 1.0), (0.5, 0.5, -1.0)]
ONE_CLASS = [(0.1, 0.2, 1.0), (0.5, 0.6, 1.0), (0.9, 0.1, 1.0)]
WALKED = 80  # by then b of update-bias stands at -0.6437, where the slope is 0


def started(workspace: Workspace) -> Workspace:
    """The present state as a scenario of its own, at its beginning."""
    return Workspace.of(snapshot(workspace, "own"))


CASES: dict[str, tuple[Workspace, str]] = {
    "the start": (
        opened("model1"),
        "The loss is 5.7766, the sum over 10 points; 4 of 10 points are wrong. Press space: which way is down?",
    ),
    "the start, mean": (
        made([(0.0, 0.0, 1.0), (1.0, 1.0, -1.0)], (0.0, 0.0, 0.0), reduction="mean"),
        "The loss is 0.6931, the mean over 2 points; every m is 0, so no point is on a side yet, and all 2 "
        "count as wrong. Press space: which way is down?",
    ),
    "the start, all right": (
        started(opened("model1", moves.Edit("b", -0.9))),
        "The loss is 5.7863, the sum over 10 points; every point is on the correct side. "
        "Press space: which way is still downhill?",
    ),
    "one point wrong": (
        made([(0.5, 0.5, 1.0), (0.25, 0.5, -1.0)], (1.0, 0.0, 0.0)),
        "The loss is 1.3000, the sum over 2 points; 1 of 2 points is wrong. Press space: which way is down?",
    ),
    "only ×": (
        made(ONE_CLASS, (1.0, 1.0, 0.0)),
        "There is only one class: all 3 points are ×. The loss, 1.1550, falls by pushing m above 0 everywhere; "
        "there is nothing to separate.",
    ),
    "only ○": (
        made([(x1, x2, -1.0) for x1, x2, _ in ONE_CLASS], (1.0, 1.0, 0.0)),
        "There is only one class: all 3 points are ○. The loss, 3.5550, falls by pushing m below 0 everywhere; "
        "there is nothing to separate.",
    ),
    "slopes": (
        opened("model1", FORWARD),
        "Raise b by 0.1 and the loss rises 0.0668; lower it and it falls 0.0446. "
        "The slope is +0.5579, so b will go down.",
    ),
    "slopes of another": (
        opened("model1", choose(1), FORWARD),
        "Raise w2 by 0.1 and the loss falls 0.0345; lower it and it rises 0.0398. "
        "The slope is -0.3710, so w2 will go up.",
    ),
    "update": (
        opened("model1", FORWARD, FORWARD),
        "b steps against its slope: -0.4000 − 0.1 × +0.5579 = -0.4558. "
        "The slopes promise that the loss falls by 0.0450.",
    ),
    "a step": (
        opened("model1", NEXT),
        "The loss is 5.7337, down 0.0429; the slopes promised 0.0450. "
        "The errors are still 4: the line moved, but no point changed sides.",
    ),
    "a step of a network, which need not have a boundary": (
        after(made(many_points(10), NETWORK.initial, model=NETWORK, rate=1e-4), [NEXT]),
        "The loss is 9.0380, down 0.0026; the slopes promised 0.0026. The errors are still 6: no point changed sides.",
    ),
    "fewer errors": (
        opened("step-1", NEXT),
        "The loss is 5.8524, down 0.7414; the slopes promised 0.9101. Now 2 of 10 points are wrong.",
    ),
    "as many errors, others": (
        opened("split", moves.Set("rate", 1.0), NEXT, NEXT),
        "The loss is 6.3223, down 0.0133; the slopes promised 15.7919. "
        "The errors are still 4, but no longer of the same points.",
    ),
    "all right at last": (
        opened("model1", *[NEXT] * 83),
        "The loss is 4.1798, down 0.0115; the slopes promised 0.0115. "
        "Every point is right. The loss can still fall, because |m| grows.",
    ),
    "overshoot": (
        opened("overshoot", NEXT, NEXT),
        "The loss is 5.9301, up 0.1040; the slope promised a fall of 0.5721. "
        "The step was too long: half of it would have lowered the loss.",
    ),
    "the loss rises, the errors fall": (
        opened("overshoot", NEXT),
        "The loss is 5.8261, up 0.0495; the slope promised a fall of 0.3113. "
        "Yet errors fell from 4 to 0: they count sides, not how far off.",
    ),
    "the loss falls, the errors rise": (
        opened("step-1", NEXT, NEXT, NEXT),
        "The loss is 5.4243, down 0.1305; the slopes promised 0.1544. "
        "Yet errors rose from 0 to 1: they count sides, not how far off.",
    ),
    "flat": (
        opened("update-bias", *[NEXT] * WALKED, FORWARD),
        "The slope in b is +2.8e-10: almost 0, so b will hardly move. Along b the loss is almost flat here.",
    ),
    "flat, the others not": (
        opened("model1", moves.Edit("b", -0.643667), *[FORWARD] * 2),
        "b hardly moves, its slope was -5.4e-07; w1 and w2 move. The slopes promise that the loss falls by 0.0465.",
    ),
    "flat, the others held": (
        opened("update-bias", moves.Edit("b", -0.6437), *[FORWARD] * 2),
        "Too little to be seen: no parameter moved by more than 7.8e-06. "
        "All slopes of the free parameters are almost 0.",
    ),
    "stuck from the start": (
        started(opened("zeros", RELU)),
        "The loss is 0.0000, the sum over 10 points. "
        "Stuck: relu is flat at m = 0, so its slope is 0 although 10 of 10 points are wrong.",
    ),
    "a slope of 0": (
        after(made(ON_AN_AXIS, (1.0, 1.0, 0.0)), [choose(1), FORWARD]),
        "The slope in w2 is 0: along w2 the loss is flat here, and w2 will not move.",
    ),
    "a slope of 0, update": (
        after(made(ON_AN_AXIS, (1.0, 1.0, 0.0)), [choose(1), FORWARD, FORWARD]),
        "w2 does not move, its slope was 0; w1 and b move. The slopes promise that the loss falls by 0.0036.",
    ),
    "stuck, slopes": (
        opened("zeros", RELU, FORWARD),
        "All slopes of the free parameters are 0. "
        "Stuck: relu is flat at m = 0, so its slope is 0 although 10 of 10 points are wrong.",
    ),
    "stuck, update": (
        opened("zeros", RELU, FORWARD, FORWARD),
        "No parameter moved. Stuck: relu is flat at m = 0, so its slope is 0 although 10 of 10 points are wrong.",
    ),
    "stuck, next": (
        opened("zeros", RELU, NEXT),
        "The loss is 0.0000, as before: nothing moved. "
        "Stuck: relu is flat at m = 0, so its slope is 0 although 10 of 10 points are wrong.",
    ),
    "ReLU comes to its end": (
        opened("model1", RELU, NEXT),
        "The loss is 0.0000, down 1.5116; the slopes promised 2.1509. "
        "The ReLU loss is 0 once every point is right: there is nothing left to improve.",
    ),
    "ReLU at its end": (
        opened("model1", RELU, NEXT, NEXT),
        "The loss is 0.0000, as before: nothing moved. "
        "The ReLU loss is 0 once every point is right: there is nothing left to improve.",
    ),
    "all held": (
        opened("model1", *HOLD_ALL, FORWARD),
        "All parameters are held; press h to let one go.",
    ),
    "steps too small to count": (
        opened("model1", TINY, FORWARD),
        "The slope in b is +0.5579, but b will not move. The step, rate × slope, is too small for a computer to add.",
    ),
    "steps too small, next": (
        opened("model1", TINY, NEXT),
        "The loss is 5.7766, as before: nothing moved. The step, rate × slope, is too small for a computer to add.",
    ),
    "as printed, slopes": (
        opened("model1", PRINTED, FORWARD),
        "The slope is +0.1882, so b will go down. "
        "But the loss as printed pushes × towards m below 0 and ○ towards m above 0.",
    ),
    "as printed, by luck": (
        opened("model1", PRINTED, *[NEXT] * 6),
        "The loss is -0.6315, down 0.1490; errors fell from 3 to 0, by luck. "
        "The loss as printed pushes × and ○ to the wrong sides.",
    ),
    "as printed, the wrong way": (
        opened("model1", PRINTED, *[NEXT] * 7),
        "The loss is -0.8239, down 0.1925; errors rose from 0 to 4. "
        "The loss as printed pushes × and ○ to the wrong sides.",
    ),
    "as printed, after 40 steps": (
        opened("model1", PRINTED, *[NEXT] * 40),
        "The loss is -39.9153, down 1.3571; the errors are still 6. "
        "The loss as printed pushes × and ○ to the wrong sides.",
    ),
    "held, slopes": (
        opened("update-bias", choose(0), FORWARD),
        "The slope in w1 is +0.0244, but w1 is held: the step will leave it alone.",
    ),
    "held, update": (
        opened("update-bias", choose(0), FORWARD, FORWARD),
        "w1 is held and stays at +1.0000; b moves. The slope promises that the loss falls by 0.0311.",
    ),
    "one of many held": (
        opened("split", moves.Hold("m1.b"), choose(2), FORWARD, FORWARD),
        "m1.b is held and stays at -1.5000; the other 5 move. The slopes promise that the loss falls by 0.1650.",
    ),
    "diverged": (
        opened("model1", NEXT, FAST, NEXT, NEXT),
        "Diverged at step 2: the next update would leave the numbers a computer can hold. "
        "All steps so far remain; go back, or lower the rate.",
    ),
    "a value": (
        opened("model1", moves.Edit("b", -0.5)),
        "b is now -0.5000: the loss is 5.7320, down 0.0446, and 4 of 10 points are wrong.",
    ),
    "a value that errors like and the loss does not": (
        opened("model1", moves.Edit("b", -0.9)),
        "b is now -0.9000: the loss is 5.7863, up 0.0098, and every point is on the correct side.",
    ),
    "a value, come back to later": (
        opened("model1", moves.Edit("b", -0.5), NEXT, moves.Edit("b", 0.0), NEXT, moves.Seek(0)),
        "b is now -0.5000: the loss is 5.7320, down 0.0446, and 4 of 10 points are wrong.",
    ),
    "a value in (3) is the next step's": (
        opened("model1", FORWARD, FORWARD, moves.Edit("b", -0.5)),
        "b is now -0.5000: the loss is 5.7154, and 4 of 10 points are wrong.",
    ),
    "a rate": (
        opened("model1", moves.Set("rate", 0.5)),
        "The rate is now 0.5: a step moves each parameter by rate × slope, against it.",
    ),
    "a loss": (
        opened("model1", RELU),
        "The point loss is now ReLU: the loss is 1.5116, and 4 of 10 points are wrong.",
    ),
    "a hold": (
        opened("model1", moves.Hold("b")),
        "b is held: its slope is still computed, but no step moves it.",
    ),
    "let go": (
        opened("update-bias", moves.Hold("w1")),
        "w1 is free again: the next step moves it against its slope.",
    ),
    "a point": (
        opened("model1", point(1)),
        "Point 2, ○ at (0.578, 0.206): m = +0.3842, above 0, the side of the ×, which is wrong; its loss is 0.9036. "
        "Its distance to the line is 0.2717.",
    ),
    "a point that is right": (
        opened("model1", point(2)),
        "Point 3, × at (0.813, 0.824): m = +1.2369, above 0, the side of the ×, which is right; its loss is 0.2549. "
        "Its distance to the line is 0.8746.",
    ),
    "a point on no line": (
        opened("zeros", point(0)),
        "Point 1, × at (0.571, 0.429): m = +0.0000, neither above nor below 0, which counts as wrong; its loss "
        "is 0.6931.",
    ),
    "a point of two lines": (
        opened("split", point(1)),
        "Point 2, × at (0.133, 0.768): m = -0.2402, below 0, the side of the ○, which is wrong; its loss is 0.8204.",
    ),
    "a point far away": (
        after(made([(1e300, -12345.0, 1.0), (0.0, 0.0, -1.0)], (0.0, 0.0, 0.5)), [point(0)]),
        "Point 1, × at (1e+300, -12345): m = +0.5000, above 0, the side of the ×, which is right; its loss is 0.4741.",
    ),
    "a question": (
        opened("model1", Predict(), FORWARD),
        "Which way will b move? Press ↑ if you think up, ↓ if you think down. space shows the answer without counting.",
    ),
    "a right answer": (
        opened("model1", Predict(), FORWARD, Answer(-1)),
        "Right! Raise b by 0.1 and the loss rises 0.0668; lower it and it falls 0.0446. "
        "The slope is +0.5579, so b will go down.",
    ),
    "a wrong answer": (
        opened("model1", Predict(), FORWARD, Answer(1)),
        "Not this time. Raise b by 0.1 and the loss rises 0.0668; lower it and it falls 0.0446. "
        "The slope is +0.5579, so b will go down.",
    ),
    "a right answer, of another parameter": (
        opened("model1", Predict(), FORWARD, Answer(-1), choose(1)),
        "Raise w2 by 0.1 and the loss falls 0.0345; lower it and it rises 0.0398. "
        "The slope is -0.3710, so w2 will go up.",
    ),
    "a wrong answer, of another parameter": (
        opened("model1", Predict(), FORWARD, Answer(1), choose(1)),
        "Raise w2 by 0.1 and the loss falls 0.0345; lower it and it rises 0.0398. "
        "The slope is -0.3710, so w2 will go up.",
    ),
    "a wrong answer, looked at again": (
        opened("model1", Predict(), FORWARD, Answer(1), choose(1), FORWARD, BACK, choose(2)),
        "Not this time. Raise b by 0.1 and the loss rises 0.0668; lower it and it falls 0.0446. "
        "The slope is +0.5579, so b will go down.",
    ),
    "an answer of almost no way": (
        opened("update-bias", *[NEXT] * WALKED, Predict(), FORWARD, Answer(1)),
        "Not this time. The slope in b is +2.8e-10: almost 0, so b will go down, but hardly. "
        "Along b the loss is almost flat here.",
    ),
    "a valley narrower than the nudge": (
        opened("losses", FORWARD),
        "Raise b by 0.01 and the loss falls 0.0004; lower it and it rises 0.0005. "
        "The slope is -0.0461, so b will go up.",
    ),
    "a kink": (
        after(made(ON_A_KINK, (1.0, 0.0, 0.0), loss="ReLU"), [FORWARD]),
        "Raise b by 0.1 and the loss rises 0.1000; lower it and it rises 0.1000: a kink. "
        "Autodiff picks slope +1.0000 by convention, so b will go down.",
    ),
    "no nudge is seen": (
        after(made([(0.5, 0.5, -1.0)], (1e20, 1.0, 0.0), rate=1e20), [choose(0), FORWARD]),
        "The slope is +0.5000, so w1 will go down.",
    ),
    "momentum begins": (
        opened("model1", MOMENTUM, FORWARD),
        "The slope in b is +0.5579; against its velocity, which begins as the slope, b will go down.",
    ),
    "momentum": (
        opened("model1", MOMENTUM, NEXT, FORWARD),
        "The slope in b is +0.4640; against its velocity, +0.9661, b will go down.",
    ),
    "a step too short to be seen": (
        opened("model1", moves.Set("rate", 1e-6), NEXT),
        "The loss is 5.7766, down 4.5e-07: no parameter moved by more than 5.6e-07.",
    ),
    "a rate that moves nothing, a slope of almost 0": (
        opened("update-bias", TINY, moves.Edit("b", -0.6437), FORWARD),
        "The slope in b is -0.0001, but b will not move. The step, rate × slope, is too small for a computer to add.",
    ),
    "a wrong answer, as printed": (
        opened("split", PRINTED, Predict(), FORWARD, Answer(1)),
        "Not this time. The slope is +0.7125, so m2.b will go down. "
        "But the loss as printed pushes × towards m below 0 and ○ towards m above 0.",
    ),
}

"""What is said of points: of one, and of how many are wrong."""

from __future__ import annotations

import math

from engine.training.datasets import Data
from engine.training.evaluate import evaluate, feet
from scenarios.numbers import plain, signed
from scenarios.text import sign
from scenarios.workspace.workspace import Workspace


def wrong(errors: int, total: int) -> str:
    """How many points are wrong, in words: `4 of 10 points are wrong`."""
    if errors == 0:
        return "every point is on the correct side"
    return f"{errors} of {total:,} points {'is' if errors == 1 else 'are'} wrong"


def errors_went(before: int, now: int) -> str:
    """How the number of errors changed, in words."""
    if before == now:
        return f"the errors are still {now}"
    return f"errors {'rose' if now > before else 'fell'} from {before} to {now}"


def point(workspace: Workspace, index: int) -> str:
    """Where a point lies, on which side of the model, and what it costs."""
    now = workspace.session.frame
    data, found = now.problem.data, evaluate(now.problem, now.parameters)
    m, y = float(found.m[index]), float(data.y[index])
    if not workspace.view.model_shown:
        return f"Point {index + 1}, {sign(y)} at {_place(data, index)}, has the label {y:+.0f}."
    side = f"above 0, the side of the {sign(m)}" if m > 0 else f"below 0, the side of the {sign(m)}"
    verdict = "wrong" if found.wrong[index] else "right"
    its_loss = float(found.point_losses[index]) / now.problem.scale
    where = f"{side}, which is {verdict}" if m else "neither above nor below 0, which counts as wrong"
    text = f"Point {index + 1}, {sign(y)} at {_place(data, index)}: m = {signed(m)}, {where}"
    text += f"; its loss is {plain(its_loss)}."
    if (foot := feet(now.problem, now.parameters)) is not None:
        distance = math.hypot(float(foot[0][index] - data.x1[index]), float(foot[1][index] - data.x2[index]))
        text += f" Its distance to the line is {plain(distance)}." if math.isfinite(distance) else ""
    return text


def _place(data: Data, index: int) -> str:
    return f"({plain(float(data.x1[index]), 3)}, {plain(float(data.x2[index]), 3)})"

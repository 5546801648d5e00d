"""The losses of one point, as programs on m (the model's value) and y (its label, +1 or -1), and how they add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Program = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class PointLoss:
    """A point loss: its program, its formula, the two curves a ○ (y = -1) and an × (y = +1) sit on, what is said of it.

    `worked`: the formula as a format of the numbers `m`, `y`, `margin`, which is y·m, and `minus`, which is -y·m.
    `falls_on`: it falls for ever, however right a point is. `zero_once`: when it is 0 for every point, from "once" on;
    "" where it never is. `flat_at_zero`: what makes its slope 0 at m = 0, where a point is wrong; "" where it is not.
    `bounded`: there is a number that it is never below. `misprint`: where it stands on the slide by mistake, so that
    its slopes push points to the wrong side, a sentence that says what is wrong.
    """

    name: str
    program: Program
    formula: str
    circle: str
    cross: str
    worked: str
    falls_on: bool = False
    zero_once: str = ""
    flat_at_zero: str = ""
    bounded: bool = True
    misprint: str = ""


POINT_LOSSES: dict[str, PointLoss] = {
    loss.name: loss
    for loss in (
        PointLoss(
            "log-sigmoid",
            lambda m, y: -(y * m).log_sigmoid(),
            "-log σ(y·m)",
            "log(1 + e^m)",
            "log(1 + e^-m)",
            "-log σ({margin})",
            falls_on=True,
        ),
        PointLoss(
            "ReLU",
            lambda m, y: (-(y * m)).relu(),
            "relu(-y·m)",
            "relu(m)",
            "relu(-m)",
            "relu({minus})",
            zero_once="once every point is right",
            flat_at_zero="relu",
        ),
        # The slide's code, misprints and all: the label multiplies the loss instead of m, and an extra minus
        # flips every ×. Kept so that a lecturer can show why it fails.
        PointLoss(
            "as-printed",
            lambda m, y: y * m.log_sigmoid(),
            "y·log σ(m)",
            "-log σ(m)",
            "log σ(m)",
            "{y}·log σ({m})",
            bounded=False,
            misprint="As printed on the slide, y multiplies the loss instead of m, and the extra minus flips every ×.",
        ),
    )
}

REDUCTIONS: tuple[str, ...] = ("sum", "mean")

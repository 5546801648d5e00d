"""The losses of one point, as programs on m (the model's value) and y (its label, +1 or -1), and how they add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Program = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class PointLoss:
    """A point loss: its program, its formula, and the two curves a ○ (y = -1) and an × (y = +1) sit on.

    `worked`: the formula as a format of the numbers `m`, `y`, `margin`, which is y·m, and `minus`, which is -y·m.
    """

    name: str
    program: Program
    formula: str
    circle: str
    cross: str
    worked: str


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
        ),
        PointLoss("ReLU", lambda m, y: (-(y * m)).relu(), "relu(-y·m)", "relu(m)", "relu(-m)", "relu({minus})"),
        # The slide's code, misprints and all: the label multiplies the loss instead of m, and an extra minus
        # flips every ×. Kept so that a lecturer can show why it fails.
        PointLoss(
            "as-printed", lambda m, y: y * m.log_sigmoid(), "y·log σ(m)", "-log σ(m)", "log σ(m)", "{y}·log σ({m})"
        ),
    )
}

REDUCTIONS: tuple[str, ...] = ("sum", "mean")

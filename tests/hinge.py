"""A point loss for tests, to show that one is one row: the hinge loss, of support vector machines."""

from engine.training.losses import PointLoss

HINGE = PointLoss(
    "hinge",
    lambda m, y: (1.0 - y * m).relu(),
    "relu(1 - y·m)",
    "relu(1 + m)",
    "relu(1 - m)",
    "relu(1 - {margin})",
    zero_once="once every y·m is 1 or more",
)

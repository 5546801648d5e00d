"""The mathematics of riserun: models, losses, derivatives, sessions. Imports numpy and the standard library only."""

from engine.numeric import central_difference, derivative, forward_difference
from engine.scalar import Scalar

__all__ = ["Scalar", "central_difference", "derivative", "forward_difference"]

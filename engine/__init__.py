"""The mathematics of riserun: models, losses, derivatives, sessions. Imports numpy and the standard library only."""

from engine.autodiff.numeric import central_difference, derivative, forward_difference
from engine.autodiff.scalar import Scalar

__all__ = ["Scalar", "central_difference", "derivative", "forward_difference"]

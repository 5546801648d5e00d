"""A model that cannot be replayed, beside the same one that can."""

from functools import partial
from typing import Any

from engine.autodiff.module import Module, Parameter
from engine.training.models import Kind


class Bent(Module):
    """m = w·x1 + x2 + b, twice as steep where it is positive."""

    def __init__(self, w: Any, b: Any, branches: bool):
        super().__init__()
        self.w, self.b, self.branches = Parameter(w), Parameter(b), branches

    def forward(self, x1: Any, x2: Any) -> Any:
        """m at the point (x1, x2)."""
        m = self.w.value * x1 + x2 + self.b.value
        if not self.branches:
            return (m > 0) * m * 2 + (m <= 0) * m
        if m > 0:
            return m * 2
        return m


def _build(branches: bool, values: Any) -> Bent:
    return Bent(*values, branches)


BRANCHING, SMOOTH = (
    Kind(name, ("w", "b"), partial(_build, branches), "m = w·x1 + x2 + b, bent where it is 0")
    for name, branches in (("Branching", True), ("Smooth", False))
)
"""Kinds to put into FAMILIES for a test."""
WHY = f"branching.py line {Bent.forward.__code__.co_firstlineno + 5} asks `if m > 0`"

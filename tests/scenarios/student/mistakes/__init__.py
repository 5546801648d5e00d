"""Mistakes in the solved scaffold, by what they are made in."""

from tests.scenarios.student.mistakes import difference, graph, operations
from tests.scenarios.student.mistakes.mistake import Mistake

USUAL: dict[str, Mistake] = {**difference.USUAL, **operations.USUAL, **graph.USUAL}
MISTAKES: dict[str, Mistake] = {**USUAL, **difference.RARE, **operations.RARE, **graph.RARE}

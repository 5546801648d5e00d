"""What a row of the tables of mistakes says."""

from tests.students import Patch

Mistake = tuple[list[Patch], str, str, str]
"""The mistake in the solved scaffold; what is named first; the numbers that show it; the beginning of the hint."""

BACKPROPAGATE = "every operation is right by itself: look at backpropagate"
"""The beginning of the hint where the way back through the graph is at fault."""

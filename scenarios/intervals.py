"""Places along an axis that is looked at, and intervals of them: as far out, and as near together, as floats allow."""

import math

FARTHEST = 1e300
"""No place that is looked at lies further out: from there to its opposite is still a number."""
INTERVAL = "[low, high], finite and low below high, so far that the places between can be told apart"
"""What a range of places that are looked at must be."""
_NARROWEST = 1e-9  # of a range, to the size of its numbers


def clamped(value: float) -> float:
    """The place itself, or the farthest on its side that is looked at."""
    return min(max(value, -FARTHEST), FARTHEST)


def told_apart(low: float, high: float) -> bool:
    """Whether `low` to `high` is such a range: its places are as many as a picture has, and none is too far out."""
    reach = max(abs(low), abs(high))
    return math.isfinite(reach) and reach <= FARTHEST and high - low > max(_NARROWEST * reach, 1.0 / FARTHEST)

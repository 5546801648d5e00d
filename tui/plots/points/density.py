"""Many points on a plane: how many of which class lie in each cell, as one sign. NumPy only, no terminal."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from tui.plots.points.signs import Places
from tui.plots.rows import CIRCLE, CROSS, Overlay, Span

# By class, from one point to a full cell: shapes that tell the classes apart without colour.
_WEIGHTS: dict[bool, tuple[Span, ...]] = {
    False: (("○", CIRCLE._replace(bold=False)), ("○", CIRCLE), ("●", CIRCLE)),
    True: (("×", CROSS._replace(bold=False)), ("×", CROSS), ("╳", CROSS)),
}


@lru_cache(maxsize=8)
def density(places: Places) -> Overlay:
    """The points of each cell as one sign: of the class that has more there, the heavier the more points there are,
    measured by the fullest cell. Where the other class has at least a third of them, every other cell shows that one.
    """
    width, height = places.width, places.height
    column, line = places.cells()
    of_class = (line * width + column) * 2 + (places.y > 0.0)
    counts = np.bincount(of_class, minlength=2 * width * height).reshape(height, width, 2)
    total = counts.sum(axis=2)
    weights = np.ceil(total / total.max() * len(_WEIGHTS[True])).astype(int) - 1
    crosses = counts[..., 1] * 2 > total
    crosses ^= (counts.min(axis=2) * 3 >= total) & (np.indices(total.shape).sum(axis=0) % 2 == 0)
    overlay: Overlay = [{} for _ in range(height)]
    for at, along in np.argwhere(total).tolist():
        overlay[at][along] = _WEIGHTS[bool(crosses[at, along])][weights[at, along]]
    return overlay

"""Bars of one row: how large a number is among others, seen before it is read."""

from __future__ import annotations

import math

import numpy as np

from engine.replay.program import Array
from tui.plots.cells import Limits
from tui.plots.rows import Ink, Row, Span
from tui.terminal import Depth, Terminal

_EIGHTHS: tuple[str, ...] = ("", *"▏▎▍▌▋▊▉")
_UNREVERSED = str.maketrans("▏▎▍▌▋▊▉", "██▐▐▐▐ ")


def scale_of(values: Array) -> Limits:
    """The scale of bars for all of these values: from the lowest of them to the highest, with 0 on it."""
    finite = values[np.isfinite(values)]
    return float(finite.min(initial=0.0)), float(finite.max(initial=0.0))


def bar(value: float, scale: Limits, cells: int, ink: Ink, terminal: Terminal) -> Row:
    """A bar in `cells`: from where 0 lies on the scale to the left for a negative value, to the right for others."""
    low, high = scale
    before = _before_zero(scale, cells)
    unit = max(-low / before if before else 0.0, high / (cells - before) if cells > before else 0.0)
    filled = 0.0 if unit == 0.0 or math.isnan(value) else min(abs(value) / unit, cells)
    if value < 0.0:
        left = _to_the_left(min(filled, before), ink, terminal)
        return ((" " * (before - len(left[0][0]) - len(left[1][0])), ink), *left, (" " * (cells - before), ink))
    return ((" " * before + _to_the_right(min(filled, cells - before)).ljust(cells - before), ink),)


def _before_zero(scale: Limits, cells: int) -> int:
    """The cells for what is negative, at least one on either side that has values."""
    low, high = scale
    if low == 0.0 or high == 0.0:
        return 0 if low == 0.0 else cells
    return min(max(round(cells / (1.0 + high / -low)), 1), cells - 1)


def _to_the_right(filled: float) -> str:
    whole, part = divmod(round(8.0 * filled), 8)
    return "█" * whole + _EIGHTHS[part]


def _to_the_left(filled: float, ink: Ink, terminal: Terminal) -> tuple[Span, Span]:
    """The begun cell and the whole ones. Unicode fills a cell from its left only: from its right it is the rest of it,
    reversed.
    """
    whole, part = divmod(round(8.0 * filled), 8)
    rest, blocks = _EIGHTHS[8 - part] if part else "", ("█" * whole, ink)
    if not terminal.unicode or terminal.depth is Depth.NONE:
        return (unreversed(rest), ink), blocks
    return (rest, ink._replace(reverse=True)), blocks


def unreversed(rest: str) -> str:
    """What shows a reversed begun cell where nothing can be reversed, as in bare text: a whole cell, a half or none."""
    return rest.translate(_UNREVERSED)

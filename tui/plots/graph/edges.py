"""The lines between layers of boxes: each value has one, which branches to what uses it.

A branching is drawn as such (`├┬┴┤┼`); where one value's line passes under another's it is interrupted: `─│─`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tui.plots.graph.layers import Item

Cell = tuple[int, int]
"""Row and column."""
_UP, _RIGHT, _DOWN, _LEFT = 1, 2, 4, 8
_SIGNS = dict(zip((5, 10, 6, 12, 3, 9, 7, 13, 14, 11, 15), "│─┌┐└┘├┤┬┴┼", strict=True))
LABEL = 8
"""Cells of a local slope."""


class Label(NamedTuple):
    """Room for a local slope beside the end of an edge; `left`: it stands left of the line, and ends there."""

    row: int
    column: int
    left: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """One value on its way from the box of `source` to the box of `user`, where it is the input `port` of those that
    are drawn.

    `cells`: the signs of its line, the last one where it gets there; `label`: None where there is no room.
    """

    source: int
    user: int
    port: int
    cells: tuple[tuple[Cell, str], ...]
    label: Label | None


def tracks(layer: Sequence[Item]) -> dict[int, int] | None:
    """On which row of the gap below the layer, from 0, the line of each item turns, by the item's x, where it is not
    straight; None where there is no such order.
    """
    ends = {item.x: [lower.x + port for lower, port in item.below] for item in layer if item.below}
    left = sorted((min(x, *to), max(x, *to), x) for x, to in ends.items() if any(end != x for end in to))
    found: dict[int, int] = {}
    row = 0
    while left:
        reached, waiting = -2, {x for _, _, x in left}
        for first, last, x in left:
            # A line that goes down where another one comes from turns below it.
            if first > reached + 1 and not (waiting - {x}).intersection(ends[x]):
                found[x], reached = row, last
        if waiting.isdisjoint(found):
            return None
        left = [entry for entry in left if entry[2] not in found]
        row += 1
    return found


class Gap(NamedTuple):
    """The rows between two layers, from `top` to before `bottom`, and the row of each track."""

    top: int
    bottom: int
    tracks: dict[int, int]

    def cells(self, start: int, end: int) -> list[Cell]:
        """From one column above to another below."""
        if start == end:
            return [(row, start) for row in range(self.top, self.bottom)]
        turn = self.top + self.tracks[start]
        step = 1 if end > start else -1
        down = [(row, start) for row in range(self.top, turn)]
        across = [(turn, column) for column in range(start, end + step, step)]
        return down + across + [(row, end) for row in range(turn + 1, self.bottom)]


def drawn(items: Iterable[Item], gaps: Sequence[Gap], width: int, height: int) -> tuple[list[str], list[Edge]]:
    """All lines as rows of text, and each edge; `gaps` are those below each layer but the last."""
    paths = [_path(user, number, gaps) for user in items if not user.wire for number in range(len(user.above))]
    signs = _crossed(paths)
    rows = [[" "] * width for _ in range(height)]
    for (row, column), (_, sign) in signs.items():
        rows[row][column] = sign
    taken = {*signs}
    edges = []
    for source, user, port, left, cells in paths:
        shown = tuple((cell, signs[cell][1]) for cell in cells if signs[cell][0] == source)
        label = _label(cells[-1], left, taken, width)
        edges.append(Edge(source, user, port, shown, label))
    return ["".join(row) for row in rows], edges


_Path = tuple[int, int, int, bool, list[Cell]]
"""The node it is of, the one it goes to, as which input, whether it ends left of its middle, and its cells."""


def _path(user: Item, number: int, gaps: Sequence[Gap]) -> _Path:
    upper, port = user.above[number]
    end, layer, cells = user.x + port, user.layer, list[Cell]()
    while True:
        cells = gaps[layer - 1].cells(upper.x, end) + cells
        if not upper.wire:
            return upper.node, user.node, number, port < 0, cells
        layer, end = upper.layer, upper.x
        beside = range(gaps[layer - 1].bottom, gaps[layer].top)
        cells = [(row, end) for row in beside] + cells
        upper = upper.above[0][0]


def _crossed(paths: Iterable[_Path]) -> dict[Cell, tuple[int, str]]:
    """The sign of each cell, and whose line it belongs to."""
    arms: dict[Cell, dict[int, int]] = {}
    for source, _, _, _, cells in paths:
        (top, left), (bottom, right) = cells[0], cells[-1]
        for one, other in pairwise([(top - 1, left), *cells, (bottom + 1, right)]):
            to, back = _arms(one, other)
            for cell, arm in ((one, to), (other, back)):
                own = arms.setdefault(cell, {})
                own[source] = own.get(source, 0) | arm
        for outside in ((top - 1, left), (bottom + 1, right)):
            arms[outside].pop(source)
    upright = _UP | _DOWN
    found = {}
    for cell, own in arms.items():
        if own:
            source = next((each for each, mask in own.items() if mask == upright), next(iter(own)))
            found[cell] = source, _SIGNS[own[source]]
    return found


def _arms(one: Cell, other: Cell) -> tuple[int, int]:
    if one[1] == other[1]:
        return _DOWN, _UP
    return (_RIGHT, _LEFT) if other[1] > one[1] else (_LEFT, _RIGHT)


def _label(end: Cell, left: bool, taken: set[Cell], width: int) -> Label | None:
    """Room for a label beside the end, now taken; on the outer side where both are free."""
    row, column = end
    for on_left in (left, not left):
        first = column - 1 - LABEL if on_left else column + 2
        cells = [(row, at) for at in range(first - 1, first + LABEL + 1) if at != column]
        if first >= 0 and first + LABEL <= width and taken.isdisjoint(cells):
            taken.update(cells)
            return Label(row, first, on_left)
    return None

"""A program's graph in layers, from the inputs down to the output: where its boxes stand, and how its edges run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from tui.plots.graph.edges import Edge, Gap, drawn, tracks
from tui.plots.graph.layers import layered, linked, place

_MORE = 2  # rows at most that a gap is given beyond what it needs


class Node(NamedTuple):
    """A box: what goes into it, in its order, by the places of those nodes, all before it; `height` in rows."""

    inputs: tuple[int, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph as large as it is asked for.

    `boxes`: row and column of the upper left cell of each node; `edges`: how each value goes from its box to those that
    use it; `lines`: all of them as text, as many as there are rows.
    """

    boxes: tuple[tuple[int, int], ...]
    edges: tuple[Edge, ...]
    lines: tuple[str, ...]


@lru_cache(maxsize=64)
def graph(nodes: tuple[Node, ...], box: int, width: int, height: int, tight: bool = False) -> Graph | None:
    """The graph of the nodes, each a box of `box` cells (an odd number), in `width` x `height` cells; None where that
    is not enough.

    An edge that turns ends with a row straight down, which may have a label; a `tight` graph has no row for that.
    """
    inputs = [node.inputs for node in nodes]
    on = layered(inputs, box, width)
    if on is None:
        return None
    tall = [max(nodes[node].height for node in layer) for layer in on]
    if sum(tall) + len(on) - 1 > height:
        return None
    layers = linked(inputs, on, box)
    place(layers, width)
    found = [tracks(layer) for layer in layers[:-1]]
    turns = [each for each in found if each is not None]
    gaps = [max(1, _count(each) + (not tight)) for each in turns]
    if (spare := height - sum(tall) - sum(gaps)) < 0 or len(turns) < len(found):
        return None
    more = min(spare // max(len(gaps), 1), _MORE)
    tops = [0, *accumulate(own + gap + more for own, gap in zip(tall, gaps, strict=False))]
    between = [Gap(top + own, below, each) for top, own, below, each in zip(tops, tall, tops[1:], turns, strict=False)]
    lines, edges = drawn([item for layer in layers for item in layer], between, width, height)
    corners = {
        item.node: (tops[item.layer] + tall[item.layer] - nodes[item.node].height, item.x - box // 2)
        for layer in layers
        for item in layer
        if not item.wire
    }
    return Graph(tuple(corners[node] for node in range(len(nodes))), tuple(edges), tuple(lines))


def _count(turns: dict[int, int]) -> int:
    """How many rows the lines of a gap turn on."""
    return max(turns.values(), default=-1) + 1

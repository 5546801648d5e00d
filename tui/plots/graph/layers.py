"""Boxes in layers: on which one each stands, in which order there, and how far to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, combinations, pairwise

_SWEEPS = 6
_BETWEEN = 1  # blanks between neighbours at least
_STRAIGHT = (1.0, 2.0, 8.0)  # how much a link wants to be straight, by how many of its ends are wires


@dataclass(eq=False, slots=True)
class Item:
    """What has a place in a layer: a node's box, or, where `wire`, its value on the way past that layer.

    `x`: its middle. `above` and `below`: the items it is linked to, with how far from the middle of the lower one the
    link ends.
    """

    node: int
    layer: int
    width: int
    wire: bool = False
    x: int = 0
    above: list[tuple[Item, int]] = field(default_factory=list)
    below: list[tuple[Item, int]] = field(default_factory=list)


def linked(inputs: Sequence[Sequence[int]], layers: Sequence[Sequence[int]], width: int) -> list[list[Item]]:
    """What stands on each layer, in an order with few crossings: the boxes, `width` cells wide, of the nodes that are
    there, and the wires of values that go past.
    """
    layer_of = {node: layer for layer, nodes in enumerate(layers) for node in nodes}
    boxes = [Item(node, layer_of[node], width) for node in range(len(inputs))]
    items = [*boxes]
    for box in boxes:
        uses = [(boxes[user], port) for user, entries in enumerate(inputs) for port in _ports(box.node, entries, width)]
        last, upper = max((user.layer for user, _ in uses), default=0), box
        for layer in range(box.layer + 1, last + 1):
            links = [(user, port) for user, port in uses if user.layer == layer]
            if layer < last:
                links.append((Item(box.node, layer, 1, wire=True), 0))
                items.append(links[-1][0])
            for lower, port in links:
                lower.above.append((upper, port))
                upper.below.append((lower, port))
            upper = links[-1][0]
    for item in items:
        item.above.sort(key=lambda link: link[1])
    return _ordered(items, boxes)


def layered(inputs: Sequence[Sequence[int]], width: int, room: int) -> list[list[int]] | None:
    """Which nodes stand on each layer, from the top, each `width` cells wide, in `room` cells; `inputs` are what goes
    into each, all of them before it. None where there is too little room.

    Chosen from below, those with most above them first: each stands as near to what uses it as there is room, so that
    links are short.
    """
    users: list[set[int]] = [set() for _ in inputs]
    above = [0] * len(inputs)
    for node, entries in enumerate(inputs):
        for source in entries:
            users[source].add(node)
            above[node] = max(above[node], above[source] + 1)
    done: set[int] = set()
    layers: list[list[int]] = []
    open_ends = {node for node in range(len(inputs)) if not users[node]}
    while open_ends:
        # Each box takes its width and a blank, each wire past them a cell and a blank.
        most = (room + _BETWEEN - (1 + _BETWEEN) * len(open_ends)) // (width - 1)
        ready = [node for node in sorted(open_ends, key=lambda node: (-above[node], node)) if users[node] <= done]
        if most < 1:
            return None
        layers.append(ready[:most])
        done.update(layers[-1])
        open_ends = (open_ends - done) | {source for node in layers[-1] for source in inputs[node]}
    return layers[::-1]


def _ports(source: int, entries: Sequence[int], width: int) -> list[int]:
    """How far from the middle of a box its links from `source` end; two of them so far apart that a box with a wire
    beside it can stand right above.
    """
    return [(2 * at - len(entries) + 1) * (width + 5) // 4 for at, entry in enumerate(entries) if entry == source]


def _ordered(items: Sequence[Item], boxes: Sequence[Item]) -> list[list[Item]]:
    """The layers with few crossings: first as the formula is read, then each by the middle of its neighbours."""
    layers: list[list[Item]] = [[] for _ in range(max(item.layer for item in items) + 1)]
    seen: set[int] = set()

    def visit(item: Item) -> None:
        if id(item) not in seen:
            seen.add(id(item))
            for upper, _ in item.above:
                visit(upper)
            layers[item.layer].append(item)

    for box in reversed(boxes):
        visit(box)
    best, fewest = layers, _crossings(layers)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        layers = [[*layer] for layer in layers]
        down = sweep % 2 == 0
        for layer in layers if down else reversed(layers):
            place = {id(item): at for row in layers for at, item in enumerate(row)}
            means = {id(item): _mean(item, place, down) for item in layer}
            layer.sort(key=lambda item: means[id(item)])
        if (count := _crossings(layers)) < fewest:
            best, fewest = layers, count
    return best


def _mean(item: Item, place: dict[int, int], down: bool) -> float:
    links = item.above if down else item.below
    return sum(place[id(other)] for other, _ in links) / len(links) if links else place[id(item)]


def _crossings(layers: Sequence[Sequence[Item]]) -> int:
    count = 0
    for upper, lower in pairwise(layers):
        place = {id(item): at for at, item in enumerate(upper)}
        starts = [place[id(above)] for item in lower for above, _ in item.above]
        count += sum(one > other for one, other in combinations(starts, 2))
    return count


def place(layers: Sequence[Sequence[Item]], room: int) -> None:
    """Give every item its x, within `room` cells, so that links are as straight as they can be."""
    for layer in layers:
        _settle(layer, [(room // 2, 1.0)] * len(layer), room)
    for _ in range(_SWEEPS):
        for down in (True, False):
            for layer in layers if down else reversed(layers):
                _settle(layer, [_wanted(item, down, not down) for item in layer], room)
    for layer in reversed(layers):
        _settle(layer, [_wanted(item, False, True) for item in layer], room)


def _wanted(item: Item, above: bool, below: bool) -> tuple[float, float]:
    """Where its neighbours would have it, and how much they want it."""
    links = [(other.x - port, _pull(item, other)) for other, port in item.above if above]
    links += [(other.x + port, _pull(item, other)) for other, port in item.below if below]
    pull = sum(weight for _, weight in links)
    return (sum(x * weight for x, weight in links) / pull, pull) if links else (item.x, 0.1)


def _pull(item: Item, other: Item) -> float:
    return _STRAIGHT[item.wire + other.wire]


def _settle(layer: Sequence[Item], wanted: Sequence[tuple[float, float]], room: int) -> None:
    """Each item as near to where it is wanted as those beside it allow: least squares, in the order of the layer."""
    apart = [(one.width + other.width) // 2 + _BETWEEN for one, other in pairwise(layer)]
    offsets = list(accumulate(apart, initial=0))
    blocks: list[tuple[float, float, int]] = []  # mean, weight, count of those that touch
    for (x, weight), offset in zip(wanted, offsets, strict=True):
        block = (x - offset, weight, 1)
        while blocks and blocks[-1][0] >= block[0]:
            mean, before, count = blocks.pop()
            total = before + block[1]
            block = ((mean * before + block[0] * block[1]) / total, total, count + block[2])
        blocks.append(block)
    low, high = layer[0].width // 2, room - 1 - layer[-1].width // 2 - offsets[-1]
    spots = [min(max(round(mean), low), high) for mean, _, count in blocks for _ in range(count)]
    for item, spot, offset in zip(layer, spots, offsets, strict=True):
        item.x = spot + offset

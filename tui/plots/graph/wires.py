"""A graph as wires beside its rows: each value runs down its own column to the rows that use it."""

from __future__ import annotations

from functools import lru_cache

from engine.derivative.trace import Trace


@lru_cache(maxsize=4)
def wires(program: Trace) -> list[str]:
    """One line of text a row. `●` is where a value is made, `┤` where it is used and goes on, `┘` where it is used last
    (or the `●` of what it goes into), `╡` and `╛` where it is used twice at once, as by x * x. Data and constants have
    no wire.
    """
    lanes: list[int | None] = []  # which row's value runs in each column
    last = {index: max(use.user for use in row.uses) for index, row in enumerate(program.rows) if row.uses}
    lines = []
    for index in range(len(program.rows)):
        edges = {lane: _edges(program, source, index) for lane, source in enumerate(lanes) if source is not None}
        used = {lane: count for lane, count in edges.items() if count}
        ends = {lane for lane in used if last[lanes[lane] or 0] == index}
        for lane in ends:
            # One that is used twice at once keeps its column for this line: what is made there would hide it.
            lanes[lane] = None if used[lane] == 1 else lanes[lane]
        made = index in last or index == len(program.rows) - 1
        own = _lane(lanes, index) if made else None
        for lane in ends - {own}:
            lanes[lane] = None
        lines.append(_line(lanes, used, ends, own))
        if own is not None and index not in last:
            lanes[own] = None
    return lines


def _edges(program: Trace, source: int, user: int) -> int:
    return sum(use.user == user for use in program.rows[source].uses)


def _lane(lanes: list[int | None], index: int) -> int:
    """The first free column, now taken by this row's value."""
    lane = lanes.index(None) if None in lanes else len(lanes)
    lanes[lane : lane + 1] = [index]
    return lane


def _line(lanes: list[int | None], used: dict[int, int], ends: set[int], own: int | None) -> str:
    signs = []
    for lane, source in enumerate(lanes):
        if lane == own:
            sign = "●"
        elif lane in used:
            twice = used[lane] > 1
            sign = ("╛" if twice else "┘") if lane in ends else ("╡" if twice else "┤")
        else:
            sign = "│" if source is not None else " "
        signs.append(sign)
    # A used wire turns into the row: the stretch from the made value to it passes under what lies between.
    cells = []
    reach = [lane for lane in (*used, *([own] if own is not None else [])) if lane is not None]
    for lane, sign in enumerate(signs):
        inside = len(reach) > 1 and min(reach) <= lane < max(reach)
        crossed = "─" if sign == " " and inside and lane not in reach else sign
        cells.append(crossed + ("─" if inside else " "))
    return "".join(cells).rstrip()

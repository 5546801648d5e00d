"""A traced program as a picture: a box for each operation, values going down, derivatives coming back up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from engine.autodiff.primitives import PRIMITIVES
from engine.derivative.trace import Role, Trace
from scenarios.numbers import signed
from scenarios.screens.trace.equation import equations
from scenarios.screens.trace.program import Place, or_none, short
from scenarios.text import shortened
from tui.plots.glyphs import said
from tui.plots.graph.edges import LABEL, Edge
from tui.plots.graph.picture import Graph, Node, graph
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Ink, Row, Span, fit, row
from tui.terminal import Terminal

LEAST = (39, 14)
"""Cells and rows for two boxes beside each other, and for three above each other under a line of text."""
_NUMBER = 8  # cells


class _Shape(NamedTuple):
    """How large a box is: cells, and rows within."""

    cells: int
    rows: int


_SMALL, _LARGE = _Shape(19, 1), _Shape(23, 2)
_TRIED = ((_LARGE, False), (_SMALL, False), (_SMALL, True))
"""In which boxes a whole program is drawn, and whether tightly: the first for which there is room."""


class _Picture(NamedTuple):
    """Rows of the program, where they are drawn, and in which shape."""

    rows: tuple[int, ...]
    graph: Graph
    shape: _Shape


_Mark = tuple[int, int, str, Ink]
"""A text at a row and a column."""


def boxes(program: Trace, here: Place, output: str, size: tuple[int, int], terminal: Terminal) -> list[Row]:
    """The picture as `size` = (cells, rows): the whole program, or, where it has no room, the part around the chosen
    row; [] where there is no program or less than LEAST.
    """
    cells, height = size
    if not program.rows or cells < LEAST[0] or height < LEAST[1]:
        return []
    around = _taking(program, here.selected)
    found = _picture(program, around, cells, height - 1)
    marks = [*_edges(program, here, found), *_boxes(program, here, output, found, terminal)]
    told = _told(program, around, output, found) or " Beside the lines: local slopes." * bool(here.reached)
    return [fit(row((told, DIM)), cells), *_rows(found.graph, marks)]


def whole(program: Trace, size: tuple[int, int]) -> bool:
    """Whether the picture has room for all of the program."""
    cells, height = size
    return bool(program.rows) and any(
        _laid_out(program, {*program.backward}, shape, (cells, height - 1), tight) for shape, tight in _TRIED
    )


def _taking(program: Trace, selected: int) -> int:
    """The chosen row, or, where it takes no derivative and so has no box, the first one that uses it."""
    entry = program.rows[selected]
    if entry.role in (Role.PARAMETER, Role.OPERATION):
        return selected
    return next((index for index, row in enumerate(program.rows) if entry.label in row.inputs), selected)


def _told(program: Trace, around: int, output: str, found: _Picture) -> str:
    entry = program.rows[around]
    if not {use.user for use in entry.uses} <= {*found.rows}:
        return f" {entry.name} is used {len(entry.uses)} times: too many to draw."
    if len(found.rows) < len(program.backward):
        return f" The part around {entry.name}, of {program.operations} operations."
    return f" In a box: its value, then d{output}/d(row)." if found.shape is _SMALL else ""


def _rows(drawn: Graph, marks: list[_Mark]) -> list[Row]:
    """The lines, with the marks over them."""
    over: dict[int, list[_Mark]] = {}
    for mark in sorted(marks, key=lambda mark: mark[:2]):
        over.setdefault(mark[0], []).append(mark)
    rows = []
    for index, line in enumerate(drawn.lines):
        spans: list[Span] = []
        at = 0
        for _, column, text, ink in over.get(index, ()):
            spans += [(line[at:column], DIM), (text, ink)]
            at = column + len(text)
        rows.append(tuple(span for span in (*spans, (line[at:], DIM)) if span[0]))
    return rows


def _edges(program: Trace, here: Place, found: _Picture) -> Iterator[_Mark]:
    """What is in use now: the values that go into the chosen row, and on the way back the derivatives it asks for; and
    the local slopes of all that was asked for so far.
    """
    back = here.selected in here.reached
    marked: dict[tuple[int, int], str] = {}
    for edge in found.graph.edges:
        source, user = found.rows[edge.source], found.rows[edge.user]
        used = here.selected == (source if here.reached else user) and (back or not here.reached)
        if used:
            marked |= {**dict(edge.cells), edge.cells[-1][0]: "↑" if back else "↓"}
        if edge.label and source in here.reached:
            slope = short(_slope(program, found, edge))
            text = f"{slope:>{LABEL}}" if edge.label.left else f"{slope:<{LABEL}}"
            yield edge.label.row, edge.label.column, text, ACCENT if used else TEXT
    yield from ((*cell, sign, ACCENT) for cell, sign in marked.items())


def _slope(program: Trace, found: _Picture, edge: Edge) -> float:
    user = found.rows[edge.user]
    slopes = [slope for slope in program.rows[user].local if slope is not None]
    drawn = [slope for source, slope in zip(_sources(program)[user], slopes, strict=True) if source in found.rows]
    return drawn[edge.port]


def _boxes(program: Trace, here: Place, output: str, found: _Picture, terminal: Terminal) -> Iterator[_Mark]:
    goes_on = {found.rows[edge.source] for edge in found.graph.edges}
    for index, (top, left), title in zip(found.rows, found.graph.boxes, _titles(program, output, found), strict=True):
        entry, selected = program.rows[index], index == here.selected
        framed, ink = entry.role is Role.OPERATION, ACCENT if selected else DIM
        title = said(title, terminal.unicode)
        within = _within(program, here, index, output, found.shape)
        inner = found.shape.cells - 2
        if framed:
            edge = ("━" if selected else "─") * (inner - 2 - len(title))
            yield top, left, f"┌{edge[:1]} ", ink
            yield top, left + 2 + len(edge[:1]), title, BOLD if selected else TEXT
            yield top, left + 2 + len(edge[:1]) + len(title), f" {edge[1:]}┐", ink
            joint = "┬" if index in goes_on else "─"
            yield top + len(within) + 1, left, f"└{joint:─^{inner}}┘", ink
        else:
            before = " " * ((found.shape.cells - len(title)) // 2 - 2)
            yield top, left, f"{before}{'▸' if selected else ' '} {title}", ACCENT if selected else TEXT
        for below, spans in enumerate(within, 1):
            at = left
            for text, own in ((" │"[framed], ink), *spans, (" │"[framed], ink)):
                yield top + below, at, text, own
                at += len(text)


def _titles(program: Trace, output: str, found: _Picture) -> Iterator[str]:
    """What each box is called: what it makes of its inputs, the last row also what it is the program of, where that
    fits.
    """
    for index, text in zip(found.rows, equations(program, found.rows), strict=True):
        entry, last = program.rows[index], index == len(program.rows) - 1
        named = f"{entry.name} {PRIMITIVES[entry.operation].label}" if entry.role is Role.OPERATION else text
        fitting = [each for each in (f"{text} = {output}" * last, text, named) if len(each) <= found.shape.cells - 4]
        yield next(filter(None, fitting), shortened(named, found.shape.cells - 4))


def _within(program: Trace, here: Place, index: int, output: str, shape: _Shape) -> list[Row]:
    """The rows in a box: its value and its derivative, each once it is there."""
    entry = program.rows[index]
    value = signed(entry.value) if index < here.forward else ""
    derivative = or_none(entry.derivative) if index in here.reached else ""
    new = min(here.reached, default=here.forward - 1) == index
    inks = (BOLD if new and not here.reached else TEXT, BOLD if new and here.reached else TEXT)
    if shape.rows == 1:
        return [row((f"{value:>{_NUMBER}}", inks[0]), (f" {derivative:<{_NUMBER}}", inks[1]))]
    names = ("value", f"d{output}/d{entry.name}")
    inner = shape.cells - 2
    return [
        row((f" {shortened(name, inner - _NUMBER - 3):<{inner - _NUMBER - 2}}", DIM), (f"{number:>{_NUMBER}} ", ink))
        for name, number, ink in zip(names, (value, derivative), inks, strict=True)
    ]


@lru_cache(maxsize=64)
def _picture(program: Trace, around: int, cells: int, height: int) -> _Picture:
    """The whole program, in the largest boxes there is room for, or as much around a row as there is."""
    size, all_rows = (cells, height), {*program.backward}
    for shape, tight in _TRIED:
        if found := _laid_out(program, all_rows, shape, size, tight):
            return found
    found = None
    for part in _parts(program, around):
        if (larger := _laid_out(program, part, _SMALL, size, tight=False)) is None:
            break
        found = larger
    assert found is not None, "a row and its inputs have room where LEAST has"
    return found


def _parts(program: Trace, around: int) -> Iterator[set[int]]:
    """Parts of the program, from a row and its inputs on: one step more up through inputs and down through users each
    time.
    """
    above, below, part = {around}, {around}, {around, *_sources(program)[around]}
    while above or below:
        yield part
        above = {source for row in above for source in _sources(program)[row]}
        below = {use.user for row in below for use in program.rows[row].uses}
        part = part | above | below


def _most(cells: int, height: int) -> int:
    """No more boxes than these have room."""
    return (cells + 1) // (_SMALL.cells + 1) * (height // (_SMALL.rows + 2) + 1)


def _laid_out(program: Trace, part: set[int], shape: _Shape, size: tuple[int, int], tight: bool) -> _Picture | None:
    if len(part) > _most(*size):
        return None
    rows = sorted(part)
    place = {row: node for node, row in enumerate(rows)}
    nodes = [
        Node(
            tuple(place[source] for source in _sources(program)[row] if source in place),
            shape.rows + (2 if program.rows[row].role is Role.OPERATION else 1),
        )
        for row in rows
    ]
    found = graph(tuple(nodes), shape.cells, *size, tight)
    return None if found is None else _Picture(tuple(rows), found, shape)


@lru_cache(maxsize=4)
def _sources(program: Trace) -> list[list[int]]:
    """For each row the rows that go into it and take a derivative, in their order."""
    place = {entry.label: index for index, entry in enumerate(program.rows)}
    return [
        [place[label] for label, slope in zip(entry.inputs, entry.local, strict=False) if slope is not None]
        for entry in program.rows
    ]

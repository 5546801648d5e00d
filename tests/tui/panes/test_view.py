"""PaneView repaints what changed, and nothing else."""

from dataclasses import replace

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from textual.geometry import Region
from textual.strip import Strip

from tui.panes.view import PaneView, RowStrip
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Ink, Row, fit, row
from tui.terminal import Depth, Terminal, Theme

CELLS = 12
TERMINAL = Terminal(Depth.C256, unicode=True)
inks = st.sampled_from([TEXT, BOLD, DIM, ACCENT, Ink("line", "field+2"), Ink(None, "field-1")])
rows = st.lists(st.tuples(st.text("ab ○", max_size=5), inks), max_size=5).map(lambda spans: fit(tuple(spans), CELLS))


class Watched(PaneView):
    """Notes what it would repaint."""

    def __init__(self) -> None:
        super().__init__("pane")
        self.repainted: list[Region] = []

    def refresh(self, *regions: Region, **options: object) -> "Watched":  # type: ignore[override]
        self.repainted += regions
        return self


def painted(screen: pyte.Screen, strip: Strip, first: int = 0) -> list[tuple[object, ...]]:
    """The cells of a screen after a strip was written over them from the `first`; a blank has no foreground."""
    pyte.Stream(screen).feed(f"\x1b[1;{first + 1}H" + strip.render(Console()))
    cells = [screen.buffer[0][column] for column in range(CELLS)]
    return [(c.data, c.bg) if c.data == " " else (c.data, c.bg, c.fg, c.bold) for c in cells]


@given(rows, rows)
def test_what_is_left_out_of_a_repaint_is_there_already(before: Row, line: Row) -> None:
    old, new = RowStrip(before, CELLS, TERMINAL), RowStrip(line, CELLS, TERMINAL)
    screen = pyte.Screen(CELLS + 1, 1)
    painted(screen, old)
    first, end = new.changed_cells(old)
    piece = new.crop(first, end)
    assert piece.cell_length == end - first
    assert painted(screen, piece, first) == painted(pyte.Screen(CELLS + 1, 1), new)


def test_only_rows_that_changed_are_repainted_and_only_as_far_as_they_did() -> None:
    view = Watched()
    view.show([row("same"), row("ab", ("cd", DIM))], 8, TERMINAL)
    view.repainted.clear()
    view.show([row("same"), row("aX", ("cd", DIM))], 8, TERMINAL)
    assert view.repainted == [Region(1, 1, 1, 1)]
    assert [view.render_line(y).text for y in range(3)] == ["same    ", "aXcd    ", ""]


def test_in_other_colours_only_rows_that_have_any_are_repainted() -> None:
    view = Watched()
    lines = [row("same"), row("ab", ("cd", ACCENT))]
    view.show(lines, 8, TERMINAL)
    view.repainted.clear()
    view.show(lines, 8, replace(TERMINAL, theme=Theme.LIGHT))
    assert view.repainted == [Region(0, 1, 8, 1)]


def test_rows_that_are_gone_are_blanked() -> None:
    """A list that became shorter once left its last rows on the screen."""
    view = Watched()
    view.show([row("one"), row("two"), row("three")], 8, TERMINAL)
    view.repainted.clear()
    view.show([row("one")], 8, TERMINAL)
    assert Region(0, 1, 8, 2) in view.repainted
    assert [view.render_line(y).text.strip() for y in range(3)] == ["one", "", ""]


def test_the_same_rows_again_repaint_nothing() -> None:
    view = Watched()
    for _ in range(2):
        view.show([row("a"), row("b")], 8, TERMINAL)
    assert len(view.repainted) == 2


@pytest.mark.parametrize("cells", [4, 20])
def test_the_same_rows_in_another_width_are_drawn_anew(cells: int) -> None:
    view = Watched()
    view.show([row("same")], 8, TERMINAL)
    view.show([row("same")], cells, TERMINAL)
    assert view.render_line(0).cell_length == cells
    assert view.repainted[-1] == Region(0, 0, cells, 1)


@given(rows, st.integers(0, CELLS), st.integers(0, CELLS))
def test_a_piece_reads_as_that_part_of_the_row(line: Row, one: int, other: int) -> None:
    start, end = min(one, other), max(one, other)
    strip = RowStrip(line, CELLS, TERMINAL)
    assert strip.crop(start, end).text == strip.text[start:end]

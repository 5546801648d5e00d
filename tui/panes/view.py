"""PaneView: the one widget. It shows the rows it is handed and repaints only those that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.cells import cell_len
from rich.console import Console
from textual.geometry import Region, Size
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from tui.plots.colours.palette import encode, segments
from tui.plots.glyphs import drawn
from tui.plots.rows import Row, cropped, dropped, fit
from tui.terminal import Terminal


class RowStrip(Strip):
    """A strip that already knows its terminal codes, shorter than those Textual would write for it."""

    __slots__ = ("_line", "_terminal")

    def __init__(self, line: Row, cells: int, terminal: Terminal):
        super().__init__(segments(line, terminal), cells)
        self._line = line
        self._terminal = terminal

    def render(self, console: Console) -> str:
        """The codes that paint the row."""
        return self._codes

    @property
    def _codes(self) -> str:
        return encode(self._line, self._terminal)

    def render_piece(self, start: int, end: int) -> str:
        """The codes that paint its cells from `start` to `end`."""
        return encode(dropped(cropped(self._line, end), start), self._terminal)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """A piece of the row, which knows its codes as well."""
        end = self.cell_length if end is None else min(end, self.cell_length)
        if not 0 <= start < end:
            return super().crop(start, end)
        return RowStrip(dropped(cropped(self._line, end), start), end - start, self._terminal)

    def changed_cells(self, before: Strip) -> tuple[int, int]:
        """The first cell that is not as in `before`, and the one behind the last; equal where there is none."""
        cells = self.cell_length
        if not isinstance(before, RowStrip) or before.cell_length != cells:
            return 0, cells
        if before._terminal != self._terminal:  # its names are other colours
            return 0, 0 if self._codes == before._codes else cells
        first = sum(cell_len(text[:same]) for text, same in _same(self._line, before._line, _same_at_start))
        if first == cells:
            return cells, cells
        pairs = _same(self._line[::-1], before._line[::-1], _same_at_end)
        return first, cells - sum(cell_len(text[len(text) - same :]) for text, same in pairs)


def _same(line: Row, other: Row, counted: Callable[[str, str], int]) -> Iterator[tuple[str, int]]:
    """The texts of spans that begin or end alike in both rows, each with how many characters do."""
    for (text, ink), (other_text, other_ink) in zip(line, other, strict=False):
        if text == other_text and ink == other_ink:
            yield text, len(text)
            continue
        yield text, counted(text, other_text) if ink == other_ink else 0
        break


def _same_at_start(text: str, other: str) -> int:
    pairs = zip(text, other, strict=False)
    return next((count for count, (one, two) in enumerate(pairs) if one != two), min(len(text), len(other)))


def _same_at_end(text: str, other: str) -> int:
    return _same_at_start(text[::-1], other[::-1])


class PaneView(Widget):
    """A rectangle of rows."""

    DEFAULT_CSS = "PaneView { position: absolute; }"

    # Textual's own arranges and paints everything once more, where the size of a part has become another one.
    virtual_size: var[Size] = var(Size(0, 0))

    def __init__(self, id: str):
        super().__init__(id=id)
        self._terminal: Terminal | None = None
        self._rows: list[Row] = []
        self._strips: list[Strip] = []
        self._cells = 0

    def place(self, region: Region) -> None:
        """Put the widget there; an empty region hides it."""
        self.display = bool(region.area)
        self.styles.offset = region.offset
        self.styles.width, self.styles.height = region.size

    def show(self, rows: list[Row], width: int, terminal: Terminal) -> None:
        """Show `rows`, each of `width` cells, in place of the present ones, in the colours of `terminal`."""
        gone = len(self._rows) - len(rows)  # whose cells are blank from now on
        if (len(rows), width) != (len(self._rows), self._cells):
            self._cells = width
            self._rows, self._strips = [()] * len(rows), [Strip.blank(width)] * len(rows)
        other, self._terminal = terminal != self._terminal, terminal
        # One region a row: Textual sends every row of a region that it has to repaint, changed or not.
        regions = [Region(0, len(rows), width, gone)] if gone > 0 else []
        for index, line in enumerate(rows):
            if other or line != self._rows[index]:
                before = self._strips[index]
                strip = RowStrip(drawn(fit(line, width), terminal.unicode), width, terminal)
                first, end = strip.changed_cells(before)
                regions.append(Region(first, index, end - first, 1))
                self._strips[index] = strip
        self._rows = rows
        if regions := [region for region in regions if region]:
            self.refresh(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of the region asked for; rows come whole, so that their codes can be sent as they are."""
        strips = [self.render_line(y) for y in crop.line_range]
        whole = crop.x == 0 and crop.width >= self.size.width
        return strips if whole else [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """The strip of one row; blank below the last."""
        return self._strips[y] if 0 <= y < len(self._strips) else Strip.blank(self.size.width)

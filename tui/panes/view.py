"""PaneView: the one widget. It shows the rows it is handed and repaints only those that changed."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.plots.glyphs import drawn
from tui.plots.palette import encode, segments
from tui.plots.rows import Row, cropped, fit
from tui.terminal import Terminal


class RowStrip(Strip):
    """A strip that already knows its terminal codes, shorter than those Textual would write for it.

    Cut into pieces (under an overlay, or for a picture) it behaves as the plain strip it also is.
    """

    __slots__ = ("_line", "_terminal")

    def __init__(self, line: Row, cells: int, terminal: Terminal):
        super().__init__(segments(line, terminal), cells)
        self._line = line
        self._terminal = terminal

    def render(self, console: Console) -> str:
        """The codes that paint the row."""
        return encode(self._line, self._terminal)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """A piece of the row; one from its beginning knows its codes as well."""
        if start == 0 and end is not None and 0 < end < self.cell_length:
            return RowStrip(cropped(self._line, end), end, self._terminal)
        return super().crop(start, end)

    def changed_cells(self, before: Strip) -> int:
        """How many cells, counted from the first, take in all that is not as in `before`."""
        cells = self.cell_length
        if not isinstance(before, RowStrip):
            return cells
        for (text, ink), (old_text, old_ink) in zip(reversed(self._line), reversed(before._line), strict=False):
            same = _same_at_end(text, old_text) if ink == old_ink else 0
            cells -= cell_len(text[len(text) - same :])
            if not same == len(text) == len(old_text):
                break
        return cells


def _same_at_end(text: str, other: str) -> int:
    pairs = zip(reversed(text), reversed(other), strict=False)
    return next((count for count, (one, two) in enumerate(pairs) if one != two), min(len(text), len(other)))


class PaneView(Widget):
    """A rectangle of rows."""

    DEFAULT_CSS = "PaneView { position: absolute; }"

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
        if (len(rows), width, terminal) != (len(self._rows), self._cells, self._terminal):
            self._cells, self._terminal = width, terminal
            self._rows, self._strips = [()] * len(rows), [Strip.blank(width)] * len(rows)
        # One region a row: Textual sends every row of a region that it has to repaint, changed or not. What it sends
        # begins where the widget does, but may end before it.
        regions = [Region(0, len(rows), width, gone)] if gone > 0 else []
        for index, line in enumerate(rows):
            if line != self._rows[index]:
                before = self._strips[index]
                strip = RowStrip(drawn(fit(line, width), terminal.unicode), width, terminal)
                regions.append(Region(0, index, strip.changed_cells(before), 1))
                self._strips[index] = strip
        self._rows = rows
        if regions:
            self.refresh(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of the region asked for; rows come whole, so that their codes can be sent as they are."""
        strips = [self.render_line(y) for y in crop.line_range]
        whole = crop.x == 0 and crop.width >= self.size.width
        return strips if whole else [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """The strip of one row; blank below the last."""
        return self._strips[y] if 0 <= y < len(self._strips) else Strip.blank(self.size.width)

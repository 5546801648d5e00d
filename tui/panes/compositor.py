"""Textual's compositor, that sends of a row the cells to be repainted and not those before them.

Textual sends a strip from its first cell, however far to the right what changed begins: half the bytes of a phase.
"""

from __future__ import annotations

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate

from tui.panes.view import RowStrip


class _Pieces(ChopsUpdate):
    """An update of parts of rows."""

    def render_segments(self, console: Console) -> str:
        """The codes that paint them."""
        parts: list[str] = []
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                start, stop = max(first, x), min(last, end)
                if strip is None or start >= stop:
                    continue
                parts.append(f"\x1b[{y + 1};{start + 1}H")
                if isinstance(strip, RowStrip):
                    parts.append(strip.render_piece(start - x, stop - x))
                else:
                    parts.append(strip.crop(start - x, stop - x).render(console))
        return "".join(parts)


class PieceCompositor(Compositor):
    """Repaints pieces of rows, and nothing of what the whole screen has shown already."""

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """All there is; what waits to be repainted is in it, and Textual would send it once more."""
        for widget in self.widgets:
            widget._exchange_repaint_regions()
        return super().render_full_update(simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """What there is to repaint."""
        update = super().render_partial_update()
        return update and _Pieces(update.chops, update.spans, update.chop_ends)

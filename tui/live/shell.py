"""Shell: the application as its parts know it, by what it shows and not by who moves it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.filter import LineFilter, NoColor
from textual.reactive import var

from tui.driver import Driver
from tui.terminal import Depth, Terminal

if TYPE_CHECKING:
    from scenarios.workspace.workspace import Workspace


class Shell(App[None], inherit_bindings=False):
    """The workspace and the few words that the screens are drawn from; the screens follow them by themselves.

    Textual's own ctrl+q, which asks nothing, is left out.
    """

    TITLE = "riserun"
    CSS = "Screen { background: ansi_default; color: ansi_default; }"
    ENABLE_COMMAND_PALETTE = False  # opened by a command of our own table, not by Textual's key

    workspace: var[Workspace | None] = var(None)
    message: var[str] = var("")
    playing: var[bool] = var(False)
    source: var[str] = var("")
    role: var[str] = var("")
    terminal: var[Terminal] = var(Terminal(Depth.NONE, unicode=False))

    def __init__(self, terminal: Terminal, **options: Any):
        super().__init__(ansi_color=True, **options)
        self.terminal = terminal

    async def shown(self) -> None:
        """When what was drawn last has been painted and the terminal says it shows it; a headless one shows nothing."""
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()
        if isinstance(self._driver, Driver):
            await self._driver.drawn()

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's own widgets keep bold and reverse, and lose their colours, where there is to be no colour."""
        filters = list(super().get_line_filters())
        return [*filters, NoColor()] if self.terminal.depth is Depth.NONE else filters

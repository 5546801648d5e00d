"""Shell: the application as its parts know it, by what it shows and not by who moves it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.filter import LineFilter, NoColor
from textual.reactive import var

from tui.driver import Driver
from tui.frames import Frame
from tui.live.pace import Pace
from tui.parser import Ground
from tui.terminal import Depth, Terminal, Theme

if TYPE_CHECKING:
    from rich.console import RenderableType

    from scenarios.workspace.workspace import Workspace

_TIMELY = 2.0  # seconds after which nobody wants the picture to change its colours any more


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
    held: var[bool] = var(False)

    def __init__(self, terminal: Terminal, adapts: bool = False, asks: bool = False, **options: Any):
        """`adapts`: the detail follows the line to the terminal. `asks`: the terminal is asked for its ground."""
        super().__init__(ansi_color=True, **options)
        self._pace = Pace() if adapts else None
        self._asks = asks
        self._left = False
        self._timely = 0.0  # until when an answer counts
        self._resized: events.Resize | None = None  # the last size of those that came while a picture was on its way
        self.terminal = replace(terminal, detail=self._pace.detail) if self._pace else terminal

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End; no key that was typed is taken any more."""
        self._left = True
        super().exit(result, return_code, message)

    @property
    def leaving(self) -> bool:
        """Whether it is about to end."""
        return self._left or (isinstance(driver := self._driver, Driver) and driver.leaving)

    async def on_event(self, event: events.Event) -> None:
        """A size is painted whole, so it waits as well: of a window that is dragged over a slow line the last one."""
        if isinstance(event, events.Resize) and self.held:
            self._resized = event
        else:
            await super().on_event(event)

    def on_mount(self) -> None:
        """Ask before anything is painted; nobody waits for the answer."""
        if self._asks:
            self._timely = time.monotonic() + _TIMELY
            if isinstance(driver := self._driver, Driver):
                driver.ask_ground()

    def on_ground(self, event: Ground) -> None:
        """Draw for the ground that the terminal has: before the first picture, where it answers as most do."""
        if time.monotonic() < self._timely:
            self.terminal = replace(self.terminal, theme=Theme.LIGHT if event.light else Theme.DARK)

    async def shown(self) -> None:
        """When what was drawn last has been painted and the terminal says it shows it; a headless one shows nothing."""
        if isinstance(driver := self._driver, Driver):
            await driver.drawn()  # what had to wait for an earlier picture is drawn then
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()
        if isinstance(driver, Driver):
            await driver.drawn()

    def post_display_hook(self) -> None:
        """One picture at a time is on its way: on a slow line the next waits until the terminal has this one."""
        if isinstance(driver := self._driver, Driver):
            driver.frame(self.reached)
            self.held = driver.held

    def reached(self, frame: Frame | None) -> None:
        """The terminal has come so far, or was given up: draw as finely as it could take, then what had to wait."""
        if self._pace is not None:
            self._pace = self._pace.after(frame, self.size.area)
            if self._pace.detail is not self.terminal.detail:
                self.terminal = replace(self.terminal, detail=self._pace.detail)
        resized, self._resized = self._resized, None
        if resized is not None and resized.size != self.size:
            self.call_later(self._resize, resized)  # and what had to wait with it, which would be torn before
        elif isinstance(driver := self._driver, Driver):
            self.held = driver.held

    async def _resize(self, event: events.Resize) -> None:
        await super().on_event(event)

    def delay_update(self, delay: float = 0.05) -> None:
        """No change of screens is hidden for a while: the first picture is held until it is whole, and no longer."""

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's own widgets keep bold and reverse, and lose their colours, where there is to be no colour."""
        filters = list(super().get_line_filters())
        return [*filters, NoColor()] if self.terminal.depth is Depth.NONE else filters

"""The screen without a terminal, as text or as a picture."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from difflib import get_close_matches

from textual.keys import Keys, _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip

from tui.command_line.vector import drawn
from tui.errors import UsageError
from tui.live.app import RiserunApp
from tui.plots.bars import unreversed

_LARGEST_SIDE = 1000


def size_of(text: str) -> tuple[int, int]:
    """Columns and rows of a size such as 80x24. Raises UsageError for a text that is none."""
    found = re.fullmatch(r"(\d{1,4})x(\d{1,4})", text)
    if not found or not all(0 < int(side) <= _LARGEST_SIDE for side in found.groups()):
        raise UsageError(f"--size takes COLUMNSxROWS up to {_LARGEST_SIDE}, such as 80x24, not {text!r}")
    return int(found[1]), int(found[2])


_SAID_AS = {"bksp": "backspace", "esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "return": "enter"}


def key_named(name: str) -> str:
    """Textual's name of a key given by name or as the character itself."""
    if len(name) == 1:
        return _character_to_key(name)
    name = _SAID_AS.get(name, name)
    known = [key.value for key in Keys]
    if name not in known:
        near = get_close_matches(name, known, 1)
        raise UsageError(f"--keys: no key is called {name!r}{f'; did you mean {near[0]}?' if near else ''}")
    return name


async def picture(app: RiserunApp, size: tuple[int, int], keys: list[str], form: str, name: str) -> str:
    """The screen of the application after these keys, as text or svg."""
    async with piloted(app, size) as pilot:
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        if form == "svg":
            # Rich names a font on the web; a picture of ours fetches nothing.
            return drawn(
                re.sub(r",\s*url\([^)]*\) format\([^)]*\)", "", app.export_screenshot(title=f"riserun {name}"))
            )
        return "\n".join(_bare(strip).rstrip() for strip in strips(app)) + "\n"


def _bare(strip: Strip) -> str:
    """A line's text, in which nothing is reversed."""
    return "".join(unreversed(text) if style and style.reverse else text for text, style, _ in strip)


@asynccontextmanager
async def piloted(app: RiserunApp, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
    """The application run without a terminal. Raises UsageError where it cannot open what it was given."""
    async with app.run_test(size=size) as pilot:
        await app.settled.wait()
        if app.failure:
            raise UsageError(app.failure)
        yield pilot


def strips(app: RiserunApp) -> list[Strip]:
    """The lines on its screen: what Textual itself exports a picture from; there is no public way to them."""
    return app.screen._compositor.render_strips()

"""What a person sees: the screen of a running application, or of a pane alone, as lines of text."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from engine.session.session import Phase
from scenarios.journal.reader import Reader
from scenarios.workspace.workspace import Workspace
from tui.live.app import RiserunApp
from tui.live.feed import Source
from tui.live.start import Start, followed, shown
from tui.panes import lines
from tui.plots.glyphs import drawn
from tui.plots.rows import Row, plain, width_of
from tui.screens import layout, projection
from tui.screens.layout import Draw, Slot, boxed
from tui.screens.prompt import Prompt
from tui.screens.stage import PLANS, Stage
from tui.terminal import Depth, Detail, Palette, Terminal, Theme

UTF8 = Terminal(Depth.TRUE, unicode=True)
ASCII = Terminal(Depth.NONE, unicode=False)
FACES = [
    *(Terminal(depth, unicode) for depth in Depth for unicode in (True, False)),
    Terminal(Depth.TRUE, True, Theme.LIGHT, Palette.SAFE, Detail.FINE, painted=True),
    Terminal(Depth.C256, True, detail=Detail.FINE),
]

# Set to write the goldens instead of comparing with them; look at the difference before it is committed:
#     RISERUN_GOLDENS=write .venv/bin/pytest -n 0 tests/tui/panes/test_panes.py && git diff tests/tui/goldens
_WRITE = os.environ.get("RISERUN_GOLDENS") == "write"
_GOLDENS = Path(__file__).parent / "goldens"
# The two derivatives differ by rounding alone, which is another on another processor, as are the last of many digits.
_ROUNDING = re.compile(r"(difference.* )\d\.\de-\d\d")
_DIGITS = re.compile(r"(?<=\.\d{9})\d+")
# A row of each size in which the points of a plane are drawn, and none in which they are marked otherwise.
_SIGNS = re.compile("[○×]|▟█▙|▜█▛|▀▄▀|▄▀▄|█████|[▐▜][▘▖] [▝▗][▌▛▙]|▐[▀▄] +[▀▄]▌")


def signs(rows: list[str]) -> int:
    """How many points are to be seen, in whatever size they are drawn."""
    return len(_SIGNS.findall("\n".join(rows)))


def application(begin: str | Callable[[], Start] = "model1", terminal: Terminal = UTF8) -> RiserunApp:
    """The application, still to be run: on a scenario of which nothing is recorded, or on what another Start gives."""
    return RiserunApp(terminal, begin if callable(begin) else lambda: shown(begin))


@asynccontextmanager
async def running(
    begin: str | Callable[[], Start] = "model1", size: tuple[int, int] = (80, 24), terminal: Terminal = UTF8
) -> AsyncIterator[tuple[RiserunApp, Pilot[None]]]:
    """The application, opened on a scenario, or on what another Start gives, and painted."""
    app = application(begin, terminal)
    async with app.run_test(size=size) as pilot:
        await app.settled.wait()
        await pilot.pause()
        yield app, pilot


def follow(path: Path) -> Start:
    """The session of the journal at `path`, followed."""
    return followed(Source(os.open(path, os.O_RDONLY)), Reader())


def now(app: RiserunApp) -> Workspace:
    """The workspace the application is at."""
    assert app.workspace is not None
    return app.workspace


def screen(app: RiserunApp) -> list[str]:
    """The lines on the screen, each of its full width."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def pane(draw: Draw, workspace: Workspace, size: tuple[int, int], terminal: Terminal = ASCII) -> list[str]:
    """A pane's rows as this terminal shows them."""
    return [plain(drawn(row, terminal.unicode)) for row in draw(workspace, *size, terminal)]


def slots(workspace: Workspace, size: tuple[int, int]) -> dict[str, Slot]:
    """Where the panes of the present screen stand on a terminal of `size`."""
    regions = layout.lines(*size, layout.caption_height(workspace, size[0]))
    assert regions is not None
    return PLANS[workspace.view.screen].arrange(regions["body"], workspace)


def panes(workspace: Workspace, size: tuple[int, int] = (80, 24), terminal: Terminal = UTF8) -> dict[str, list[str]]:
    """Every pane of the present screen at the size it has there, that size and the header's checked; what cannot be
    drawn raises.
    """
    (head,) = lines.header(workspace, size[0], terminal, False)
    assert width_of(head) == size[0]
    found = {}
    for name, slot in slots(workspace, size).items():
        cells, height = slot.region.width, slot.region.height + slot.over
        rows = PLANS[workspace.view.screen].panes[name](workspace, cells, height, terminal)
        assert [width_of(row) for row in rows] == [cells] * height, name
        found[name] = [plain(drawn(row, terminal.unicode)) for row in rows]
    return found


def projected_slots(workspace: Workspace, size: tuple[int, int]) -> dict[str, Slot]:
    """Where everything stands for a projector of `size`."""
    arrange = PLANS[workspace.view.screen].projected
    assert arrange is not None
    return arrange(projection.whole(*size)["body"], workspace)


def projected(workspace: Workspace, size: tuple[int, int], terminal: Terminal = UTF8) -> dict[str, list[Row]]:
    """The rows of everything that is shown for a projector, each as wide as its place."""
    draws, found = {**PLANS[workspace.view.screen].panes, **projection.PARTS}, {}
    for name, slot in projected_slots(workspace, size).items():
        found[name] = boxed(draws[name], workspace, slot, terminal)
        assert [width_of(line) for line in found[name]] == [slot.region.width] * slot.region.height, name
    return found


def check(name: str, lines: list[str]) -> None:
    """Compare with the golden of that name."""
    masked = (_masked(line) for line in lines)
    text = "".join(line.rstrip() + "\n" for line in masked)
    path = _GOLDENS / f"{name}.txt"
    if _WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def _masked(line: str) -> str:
    masked = _ROUNDING.sub(r"\1#.#e-##", line)
    return re.sub(" +[|]$", " |", _DIGITS.sub("######", masked)) if _DIGITS.search(masked) else masked


def text(app: RiserunApp) -> str:
    return "\n".join(screen(app))


def prompt(app: RiserunApp) -> Prompt:
    assert isinstance(app.screen, Stage)
    return app.screen.prompt


async def write(pilot: Pilot[None], answer: str, enter: bool = True) -> None:
    """Type into the open prompt."""
    prompt(pilot.app).value = answer  # type: ignore[arg-type]
    await pilot.pause()
    if enter:
        await pilot.press("enter")
        await pilot.pause()


async def packet(pilot: Pilot[None], *keys: str) -> None:
    """Type keys, of which all are there before the first of them is looked at."""
    for key in keys:
        character = {"space": " ", "minus": "-"}.get(key, key)
        pilot.app.post_message(events.Key(key, character if len(character) == 1 else None))
    await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Let the application go on until it holds."""
    async with asyncio.timeout(30):
        while not holds():
            await pilot.pause(0.01)


async def show(app: RiserunApp, pilot: Pilot[None], workspace: Workspace) -> None:
    app.workspace = workspace
    await pilot.pause()


async def resize(pilot: Pilot[None], *size: int) -> None:
    """Give the terminal another size, of which Textual tells its screen a moment later."""
    await pilot.resize_terminal(*size)
    await until(pilot, lambda: pilot.app.screen.size == size)
    await pilot.pause()


async def finished(app: RiserunApp) -> None:
    """Wait until play or a run has ended by itself."""
    async with asyncio.timeout(60):
        while app.playing:
            await asyncio.sleep(0)


def place(workspace: Workspace) -> tuple[int, Phase]:
    return workspace.session.step, workspace.session.phase


def b(workspace: Workspace) -> float:
    return workspace.session.frame.parameters[2]

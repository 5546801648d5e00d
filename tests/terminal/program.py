"""The real program in a pty: started, waited for and left."""

import sys
from collections.abc import Callable
from contextlib import suppress

from tests.terminal.pty_screen import PtyScreen

PROGRAM = [sys.executable, "-m", "tui"]
PLAIN = ("--detail", "plain")
PHASES = ("(1) loss", "(2) direction", "(3) update")
ESCAPE = b"\x1b\x1b[H"  # the escape key, told at once by the key after it (home) from the start of a sequence


def start(*arguments: str, size: tuple[int, int] = (80, 24), script: str = "", **env: str) -> PtyScreen:
    """The program, or a shell script that has its words as "$@". Its pictures do not depend on how fast one reads."""
    argv = [*PROGRAM, *arguments, *(() if "share" in arguments else PLAIN)]
    return PtyScreen(["sh", "-c", script, "sh", *argv] if script else argv, size, env)


def at(screen: PtyScreen, step: int, phase: int) -> str:
    """The whole screen once the program is there and has painted all of it."""
    place = f"step {step}  {PHASES[phase - 1]}"
    return screen.wait_for(lambda text: place in text.partition("\n")[0] and painted(screen))


def painted(screen: PtyScreen) -> bool:
    """Whether what came last is the end of a synchronised update, behind which the terminal may be asked about it."""
    return screen.output.removesuffix(b"\x1b[6n").endswith(b"\x1b[?2026l")


def ready(screen: PtyScreen) -> str:
    """The whole screen when all is there: Textual paints a new screen up to three times."""
    at(screen, 0, 1)
    quiet(screen)
    return screen.text()


def quiet(screen: PtyScreen, seconds: float = 0.5) -> None:
    """Read until nothing has come for so long."""
    with suppress(AssertionError):
        while True:
            screen.wait_for(news(screen), limit=seconds)


def news(screen: PtyScreen) -> Callable[[str], bool]:
    """Whether anything has come since now."""
    before = len(screen.output)
    return lambda _: len(screen.output) > before


def leave(screen: PtyScreen) -> None:
    """Quit, with the terminal as it was found."""
    screen.send("q")
    assert screen.wait_end() == 0
    assert screen.restored
    assert not screen.text().strip()

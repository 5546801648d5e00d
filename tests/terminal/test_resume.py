"""A session that was cut off is there again, line by line."""

import re
import signal

import pytest

from tests.terminal.program import PROGRAM, at, painted, quiet, start
from tests.terminal.pty_screen import PtyScreen


def killed(screen: PtyScreen) -> str:
    """The screen at the moment the program is killed."""
    quiet(screen)
    seen = screen.text()
    screen.signal(signal.SIGKILL)
    assert screen.wait_end() == -signal.SIGKILL
    return seen


def resumed(screen: PtyScreen) -> list[str]:
    """The lines of a resumed session, without the footer, which says that it is one."""
    screen.wait_for(lambda text: re.search(r", (cut off|left) .+ after [\d,]+ moves?", text) and painted(screen))
    quiet(screen)
    return screen.text().splitlines()[:-1]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_killed_in_the_middle_it_resumes_line_by_line_the_same(size: tuple[int, int]) -> None:
    with start("overshoot", size=size) as screen:
        at(screen, 0, 1)
        screen.send("space", "space", "n", "e")
        screen.wait_for("? b =")
        screen.send("-0.3", "enter")
        screen.wait_for(lambda text: "? b =" not in text)
        screen.send("space", "space", "v", ".", ".", "d", "tab", "u", "U", "space")
        at(screen, 2, 1)
        before = killed(screen)
    with start("resume", size=size) as screen:
        assert resumed(screen) == before.splitlines()[:-1]
        screen.send("u")
        screen.wait_for("b  ")
        screen.send("n")
        at(screen, 2, 1)
        before = killed(screen)
    with start("resume", size=size) as screen:  # killed once more, the same file
        assert resumed(screen) == before.splitlines()[:-1]


def test_a_lecture_is_given_on_where_it_was() -> None:
    with start("lecture") as screen:
        screen.wait_for("Training Data")
        screen.send("space", "space", "t", "n")
        screen.wait_for("step 1  (1) loss")
        before = killed(screen)
    with start("resume") as screen:
        assert resumed(screen) == before.splitlines()[:-1]
        screen.send("t")
        screen.wait_for("2/22  Graphical Notation")


def test_a_lost_connection_is_offered_at_the_next_start() -> None:
    with start() as screen:
        at(screen, 0, 1)
        screen.send("space")
        at(screen, 0, 2)
        screen.hang_up()
        assert screen.wait_end() == 128 + signal.SIGHUP
    with start() as screen:
        screen.wait_for("riserun resume goes on with model1, cut off just now")
        screen.send("space")
        at(screen, 0, 2)
        assert "resume" not in screen.text()


def test_left_in_order_it_offers_nothing_and_can_still_be_resumed() -> None:
    with start() as screen:
        at(screen, 0, 1)
        screen.send("space")
        at(screen, 0, 2)
        screen.send("q")
        assert screen.wait_end() == 0
    with start() as screen:
        at(screen, 0, 1)
        quiet(screen)
        assert "press space" in screen.text()
        screen.send("q")
        assert screen.wait_end() == 0
    with start("resume") as screen:
        resumed(screen)
        at(screen, 0, 2)


def test_on_a_full_disk_the_session_goes_on() -> None:
    # The header fits below the limit, which the shell counts in blocks of 512 bytes, and a line or two.
    limited = 'trap "" XFSZ; ulimit -f 3; exec "$@"'
    with PtyScreen(["sh", "-c", limited, "sh", *PROGRAM]) as screen:
        at(screen, 0, 1)
        screen.send(*["n"] * 5)
        screen.wait_for("Nothing is being recorded (No space left on device); the session goes on.")
        screen.send("space")
        at(screen, 5, 2)
        assert "recorded" not in screen.text()


def test_without_a_session_resume_says_so() -> None:
    with start("resume") as screen:
        assert screen.wait_end() == 2
        assert "riserun: there is no session to resume; riserun begins one" in screen.text()
        assert screen.restored

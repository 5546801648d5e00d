"""tui.driver in a real pty: a small application, and a terminal that misbehaves."""

import os
import shlex
import signal
import subprocess
import sys
from asyncio import Event
from functools import partial
from pathlib import Path

import pytest

from tests.terminal.pty_screen import PtyScreen

ROOT = str(Path(__file__).resolve().parents[2])
PROGRAM = [sys.executable, "-c", f"import sys; sys.path[:0] = [{ROOT!r}]; from {__name__} import run; run()"]


def run() -> None:
    """The program under test: it shows the keys it was given."""
    from textual.app import App, ComposeResult
    from textual.events import Key
    from textual.widgets import Input, Static

    from tui.driver import Driver, TerminalError, attach
    from tui.parser import Ground

    class Keys(App[None]):
        AUTO_FOCUS = None
        seen: tuple[str, ...] = ()

        def compose(self) -> ComposeResult:
            yield Static("ready", markup=False)
            yield Input(placeholder=f"{self.size.width} wide")

        def show(self, word: str) -> None:
            self.seen = (*self.seen, word)
            self.query_one(Static).update(" ".join(("ready", *self.seen)))

        def on_key(self, event: Key) -> None:
            if event.key == "z":  # and nothing else: what is painted after it was painted for it
                self.action_suspend_process()
                return
            self.show(event.key)
            match event.key:
                case "q":
                    self.exit()
                case "f":
                    self.query_one(Input).focus()
                case "p":
                    self.set_interval(1 / 60, partial(self.refresh, layout=True))
                case "l":
                    os.write(2, b"\x1b[Hbusy ")
                    while True:  # a computation without an end
                        sum(range(1000))
                case "d" | "t":
                    assert isinstance(self._driver, Driver)
                    self._driver.patience = 0.01 if event.key == "t" else 3600.0
                    self.run_worker(self.draw())

        def on_input_changed(self, event: Input.Changed) -> None:
            self.show(f"pasted={len(event.value)}")

        def on_mount(self) -> None:
            assert isinstance(self._driver, Driver)
            self._driver.ask_ground()

        def on_ground(self, event: Ground) -> None:
            self.show("light" if event.light else "dark")

        def post_display_hook(self) -> None:
            if isinstance(self._driver, Driver):
                self._driver.frame(lambda _: None)

        async def draw(self) -> None:
            assert isinstance(self._driver, Driver)
            painted = Event()
            self.call_after_refresh(painted.set)
            await painted.wait()
            await self._driver.drawn()
            self.show("drawn")

    try:
        attach()
    except TerminalError as error:
        sys.exit(f"error: {error}")
    app = Keys(driver_class=Driver)
    app.run(mouse=False)
    sys.exit(app.return_code or 0)


def start(script: str = "", **env: str) -> PtyScreen:
    """The program, or a shell script that has its words as "$@"."""
    return PtyScreen(["sh", "-c", script, "sh", *PROGRAM] if script else PROGRAM, env=env)


def test_what_means_nothing_is_ignored() -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.send("a", b"\xff", b"\x1b[:u", b"\x1b[99999999u", b"\x1b[9999999999999u", "shift+f3", "b")
        screen.wait_for("ready a b\n")


def test_a_character_right_behind_an_escape_is_a_key_of_its_own() -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.send(b"\x1b1", b"\x1b-", b"\x1b[A", "a", b"\x1bx")
        screen.wait_for("ready escape 1 escape minus up a escape x\n")


def test_ctrl_c_is_a_key() -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.send("ctrl+c", "a")
        screen.wait_for("ready ctrl+c a\n")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals) -> None:
    with start() as screen:
        screen.wait_for("ready")
        assert not screen.restored
        screen.signal(number)
        assert screen.wait_end() == 128 + number
        assert screen.restored


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_asked_twice_it_dies_in_the_midst_of_a_computation_and_the_terminal_is_whole(number: signal.Signals) -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.send("l")
        screen.wait_for(lambda _: b"busy" in screen.output)  # what was being painted may have covered it
        screen.end_by(number)
        assert screen.status == -number
        assert screen.restored


@pytest.mark.parametrize("script", ["", 'trap "" HUP; exec "$@"'], ids=["SIGHUP", "SIGHUP ignored"])
@pytest.mark.parametrize("keys", ["a", "p"], ids=["idle", "painting"])
def test_it_ends_when_the_terminal_is_gone(script: str, keys: str) -> None:
    with start(script) as screen:
        screen.wait_for("ready")
        screen.send(keys)
        screen.wait_for(f"ready {keys}")
        screen.hang_up()
        assert screen.wait_end() == 128 + signal.SIGHUP


def test_suspended_and_continued_by_a_shell_it_paints_everything() -> None:
    with PtyScreen(["sh", "-i"], env={"PS1": "shell> "}) as screen:

        def shell(command: str) -> None:
            screen.wait_for(lambda text: not screen.alternate and "shell>" in text)
            screen.send(command, "enter")

        def program(text: str) -> None:
            screen.wait_for(lambda seen: screen.alternate and text in seen)

        shell(f"(trap : TERM; {shlex.join(PROGRAM)}; echo status $?)")  # two processes, one job
        program("ready")
        screen.send("a")
        program("ready a\n")
        screen.send("z")
        shell("echo $((40 + 2))")  # only a terminal with its own modes echoes and reads lines
        screen.wait_for("\n42\n")
        shell("bg")  # which it may not be, and stops again
        shell("fg")
        program("ready a\n▊▔")
        screen.send("b", "z")
        shell("kill %1; kill -CONT %1")
        screen.wait_for("status 143")


def test_without_a_shell_it_does_not_stop() -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.send("z")
        screen.wait_for(lambda text: screen.output.count(b"\x1b[?1049h") == 2 and "ready\n" in text)
        screen.send("a")
        screen.wait_for("ready a\n")


def test_stopped_from_outside_it_takes_the_terminal_back() -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.signal(signal.SIGSTOP)
        screen.signal(signal.SIGCONT)
        screen.wait_for(lambda text: screen.output.count(b"\x1b[?1049h") == 2 and "ready" in text)
        screen.send("a", "b", "c")
        screen.wait_for("ready a b c\n")
        screen.send("q")
        assert screen.wait_end() == 0
        assert screen.restored


def test_a_large_paste_is_cut() -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.send("f", b"\x1b[200~" + b"x" * 1_000_000 + b"\x1b[201~", "y")
        screen.wait_for("pasted=65536 pasted=65537")


def test_drawn_waits_for_the_report_of_the_terminal() -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.send("d")
        screen.wait_for("ready d drawn\n")
        screen.answers = False
        screen.send("d", "a")
        screen.wait_for("ready d drawn d a\n")
        screen.send(b"\x1b[24;80R")
        screen.wait_for("ready d drawn d a drawn\n")


def test_a_silent_terminal_is_given_up_each_time_and_left_without_its_answer() -> None:
    with start() as screen:
        screen.answers = False
        seen = screen.wait_for("ready").split()[0]
        for _ in range(3):
            screen.send("t")
            seen += " t drawn"
            screen.wait_for(seen + "\n")
        screen.send("q")
        assert screen.wait_end() == 0
        assert screen.restored


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", ["light"]),
        (b"\x1b]11;rgb:0000/0000/0000\x07", ["dark"]),
        (b"\x1b]11;nothing\x1b\\", []),
    ],
)
def test_what_the_terminal_says_of_its_ground_is_no_key(answer: bytes, told: list[str]) -> None:
    with start() as screen:
        screen.wait_for("ready")
        assert screen.output.count(b"\x1b]11;?\x1b\\") == screen.output.count(b"\x1b]") == 1
        screen.send("a", answer, "b")
        keys = ["ready", "a", "b"]
        words = screen.wait_for(lambda text: {*keys, *told} <= {*text.split()}).partition("\n")[0].split()
        assert [word for word in words if word not in told] == keys


def test_a_report_in_the_midst_of_a_paste_is_not_pasted() -> None:
    with start() as screen:
        screen.wait_for("ready")
        screen.send("f")
        screen.wait_for("ready f\n")
        screen.send(b"\x1b[200~" + b"x" * 40 + b"\x1b[1;1R" + b"x" * 40 + b"\x1b[201~")
        screen.wait_for("ready f pasted=80\n")


def test_keys_and_picture_go_to_the_terminal_whatever_is_redirected() -> None:
    with start('echo data | "$@" >/dev/null 2>&1', COLUMNS="40", LINES="9") as screen:
        screen.wait_for("80 wide")
        screen.resize(100, 30)
        screen.wait_for(lambda text: max(map(len, text.splitlines())) == 100)
        screen.send("q")
        assert screen.wait_end() == 0
        assert screen.restored


@pytest.mark.parametrize(
    ("redirected", "reason"), [("</dev/null", "no terminal"), ("<&-", "must be open")], ids=["redirected", "closed"]
)
def test_without_a_terminal_it_says_so(redirected: str, reason: str) -> None:
    command = ["sh", "-c", f'exec "$@" {redirected}', "sh", *PROGRAM]
    ended = subprocess.run(command, start_new_session=True, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("error: ")
    assert reason in ended.stderr
    assert ended.stderr.count("\n") == 1

"""The real program in a pty: a demo, sizes, terminals, leaving it, and keys that no one should have pressed."""

import random
import re
import signal
import string
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.terminal.program import ESCAPE, at, leave, news, painted, quiet, ready, start
from tests.terminal.pty_screen import PtyScreen


def test_one_step_of_the_demo() -> None:
    with start() as screen:
        loss = at(screen, 0, 1)
        assert "loss 5.7766   errors 4 of 10" in loss
        assert "press space" in loss
        screen.send("space")
        direction = at(screen, 0, 2)
        for number in ("+0.0244", "-0.3710", "+0.5579", "+2.37305", "-1.81514"):
            assert number in direction
        screen.send("space")
        update = at(screen, 0, 3)
        for number in ("+0.9976", "+1.0371", "-0.4558"):
            assert number in update
        screen.send("space")
        achieved = at(screen, 1, 1)
        for number in ("5.7337", "0.0429", "0.0450"):
            assert number in achieved
        leave(screen)


def test_back_is_the_same_screen_line_by_line() -> None:
    with start() as screen:
        at(screen, 0, 1)
        screen.send("n", "n")
        at(screen, 2, 1)
        screen.send("home")
        places = [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3), (2, 1)]
        there = [at(screen, 0, 1)]
        for place in places[1:]:
            screen.send("space")
            there.append(at(screen, *place))
        for place, seen in zip(places[-2::-1], there[-2::-1], strict=True):
            screen.send("backspace")
            assert at(screen, *place).splitlines() == seen.splitlines()


def test_a_clicker_drives_it() -> None:
    with start() as screen:
        at(screen, 0, 1)
        screen.send("pagedown", "pagedown", "pagedown", "pageup")
        at(screen, 0, 3)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_what_is_painted_piece_by_piece_is_the_whole_picture(size: tuple[int, int]) -> None:
    with start("split", size=size) as screen:
        at(screen, 0, 1)
        screen.send(*["space"] * 4, "x", "x", ".", "d", "m", "m", "v", "v", "?", "?", "e", "escape", "space", "space")
        pieces = at(screen, 2, 1)
        come = news(screen)
        screen.send("ctrl+l")
        assert screen.wait_for(lambda text: come(text) and painted(screen)) == pieces


def test_resized_it_draws_again_and_says_when_it_cannot() -> None:
    with start() as screen:
        at(screen, 0, 1)
        screen.send("space")
        first = at(screen, 0, 2)
        screen.resize(120, 40)
        assert "dL/db" in screen.wait_for(lambda text: len(text.splitlines()[0]) > 100 and "dL/db" in text)
        screen.resize(40, 10)
        screen.wait_for("riserun needs 72x21; this is 40x10.")
        screen.resize(80, 24)
        screen.wait_for(lambda text: text == first)
        leave(screen)


def test_ctrl_c_leaves() -> None:
    with start() as screen:
        at(screen, 0, 1)
        screen.send("ctrl+c")
        assert screen.wait_end() == 0
        assert screen.restored


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals) -> None:
    with start() as screen:
        at(screen, 0, 1)
        screen.signal(number)
        assert screen.wait_end() == 128 + number
        assert screen.restored


def test_idle_it_sends_nothing() -> None:
    with start() as screen:
        ready(screen)
        with pytest.raises(AssertionError, match="not seen"):
            screen.wait_for(news(screen), limit=2.0)


def test_a_key_that_changes_nothing_sends_nothing() -> None:
    with start() as screen:
        ready(screen)
        before = len(screen.output)
        screen.send("backspace", "home", "end", "k", "z", "]", "delete", "ctrl+x", "space")
        at(screen, 0, 2)
        sent = screen.output[before:]
        assert sent.startswith(b"\x1b[?2026h")
        assert sent.count(b"\x1b[?2026h") == 1


def tour(screen: PtyScreen) -> bytes:
    """All that is sent on a way through phases, views, help, prompt and chooser."""
    at(screen, 0, 1)
    screen.send("space", "space", "space", "tab", "v", "v", ".", "d")
    at(screen, 1, 1)
    screen.send("?")
    screen.wait_for("why:")
    screen.send(ESCAPE)
    screen.wait_for(lambda text: "why:" not in text)
    screen.send("e")
    screen.wait_for("? b =")
    screen.send("nonsense")
    screen.wait_for("write a number")
    screen.send(ESCAPE)
    screen.wait_for(lambda text: "? b =" not in text)
    screen.send("o")
    screen.wait_for("open a scenario")
    return screen.output


@pytest.mark.parametrize("env", [{"TERM": "linux", "COLORTERM": ""}, {"LC_ALL": "C"}], ids=["linux", "LC_ALL=C"])
def test_a_terminal_without_unicode_gets_ascii_alone(env: dict[str, str]) -> None:
    with start(**env) as screen:
        assert tour(screen).isascii()


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb", "COLORTERM": ""}], ids=["NO_COLOR", "TERM=dumb"])
def test_without_colour_no_colour_is_sent(env: dict[str, str]) -> None:
    with start(**env) as screen:
        assert colours(tour(screen)) == set()


def test_with_16_colours_there_are_no_others() -> None:
    with start(TERM="xterm", COLORTERM="") as screen:
        sent = colours(tour(screen))
        assert sent
        assert not {code for code in sent if code.startswith(("38;", "48;"))}


def test_with_256_colours_there_is_no_true_colour() -> None:
    with start(COLORTERM="") as screen:
        sent = colours(tour(screen))
        assert sent
        assert not {code for code in sent if code.startswith(("38;2", "48;2"))}


def colours(output: bytes) -> set[str]:
    """The colours asked for in terminal codes, other than the terminal's own (39 and 49)."""
    found = set()
    for sequence in re.findall(r"\x1b\[([0-9;]*)m", output.decode(errors="ignore")):
        found |= {code[0] for code in re.finditer(r"(?<![0-9;])[34]8;(?:2(?:;\d+){3}|5;\d+)", sequence)}
        plain = re.sub(r"[34]8;(?:2(?:;\d+){3}|5;\d+)", "", sequence)
        found |= {code for code in plain.split(";") if re.fullmatch(r"[34][0-7]|9[0-7]|10[0-7]", code)}
    return found


def test_what_is_typed_ahead_of_a_question_is_its_answer() -> None:
    with start() as screen:
        at(screen, 0, 1)
        screen.send(b"e3\r")  # as one packet
        screen.wait_for("b is now +3.0000")
        screen.send("space")
        at(screen, 0, 2)
        screen.send(b"e1\re2\r  g0\r\x1b[200~q\x1b[201~e\x1b[200~0.5\x1b[201~\rn")
        at(screen, 1, 1)
        screen.send("N")
        screen.wait_for("+0.5000")
        screen.send(b"R100000\r")
        screen.wait_for("> step")
        screen.send("z")
        screen.wait_for(lambda text: "> step" not in text)
        screen.send("q", "q")
        assert screen.wait_end() == 0
        assert screen.restored


STUCK = """
import os, sys, tui.live.control
def stuck(*_):
    os.write(2, b"\\x1b[Hstuck")
    while True:
        pass
tui.live.control.apply = stuck
from tui.command_line.main import main
sys.exit(main([]))
"""


def test_a_session_stuck_in_a_computation_dies_by_the_second_signal_and_leaves_the_terminal_whole() -> None:
    with PtyScreen([sys.executable, "-c", STUCK]) as screen:
        at(screen, 0, 1)
        screen.send("space")
        screen.wait_for(lambda _: b"stuck" in screen.output)  # what was being painted may have covered it
        screen.end_by(signal.SIGTERM)
        assert screen.status == -signal.SIGTERM
        assert screen.restored


def test_what_is_typed_before_anything_is_drawn_is_done() -> None:
    with start() as screen:
        screen.send(b"  e3\r")  # at once: the terminal is still the shell's
        screen.wait_for("b is now +3.0000")


def test_a_split_arrow_key_changes_nothing() -> None:
    with start() as screen:
        before = at(screen, 0, 1)
        for letter in "OABCDFH":
            screen.send("tab")
            screen.wait_for("━")  # a pane is chosen
            screen.send(b"\x1b")
            screen.wait_for(lambda text: "━" not in text)  # the escape arrived alone, and was taken for the key
            screen.send("[", letter)
        screen.send("space")
        at(screen, 0, 2)
        screen.send("backspace")
        assert at(screen, 0, 1) == before


@pytest.mark.parametrize("pasted", [b"x", b"9", b"\n1"], ids=["letters", "digits", "lines"])
def test_a_huge_paste_into_a_prompt_is_harmless(pasted: bytes) -> None:
    with start() as screen:
        before = at(screen, 0, 1)
        screen.send("e")
        screen.wait_for("? b =")
        screen.send(b"\x1b[200~", (pasted * 100_000)[:100_000], b"\x1b[201~", "x")
        screen.wait_for("write a number")
        screen.send(ESCAPE)  # and home, which is answered in the last line
        screen.wait_for(lambda text: text.splitlines()[:-1] == before.splitlines()[:-1])
        leave(screen)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_typed_it_lives_and_can_be_left(seed: int, tmp_path: Path) -> None:
    keys = [*string.printable.replace("q", ""), "up", "down", "left", "right", "home", "end", "pageup", "pagedown"]
    keys += ["shift+tab", "backspace", "delete", b"\xff", b"\x1b[?", b"\x00", ESCAPE, "é", "×", b"\x1b[200~:\x1b[201~"]
    chosen = random.Random(seed).choices(keys, k=400)
    with start("overshoot", XDG_DATA_HOME=str(tmp_path)) as screen:
        at(screen, 0, 1)
        screen.send(*chosen)
        for _ in range(10):  # a layer each; and what was changed makes q ask
            screen.send(ESCAPE)
            quiet(screen)
            screen.send("q", "q")
            with suppress(subprocess.TimeoutExpired):
                assert screen.wait_end(limit=5.0) == 0
                break
        assert screen.status == 0
        assert screen.restored


def test_an_unknown_scenario_is_told_with_the_nearest_name() -> None:
    with start("modell") as screen:
        assert screen.wait_end() == 2
        assert screen.restored
        assert screen.text().startswith("riserun: unknown scenario 'modell'; did you mean 'model")


def test_fed_by_a_pipe_it_takes_keys_from_the_terminal() -> None:
    with start(script='echo data | "$@"') as screen:
        at(screen, 0, 1)
        screen.send("space")
        at(screen, 0, 2)
        leave(screen)

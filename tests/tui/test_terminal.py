"""What the environment says about the terminal, row by row."""

import pytest

from tui.terminal import Depth, Terminal, answers, detect, prepare


@pytest.mark.parametrize(
    ("environ", "color", "depth"),
    [
        ({"TERM": "xterm-256color"}, "auto", Depth.C256),
        ({"TERM": "tmux-256color", "COLORTERM": "truecolor"}, "auto", Depth.TRUE),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, "auto", Depth.TRUE),
        ({"TERM": "xterm", "COLORTERM": "yes"}, "auto", Depth.C16),
        ({"TERM": "xterm-direct"}, "auto", Depth.TRUE),
        ({"TERM": "xterm-kitty"}, "auto", Depth.TRUE),
        *(({"TERM": term}, "auto", Depth.C16) for term in ("xterm", "screen", "linux", "vt100")),
        ({"TERM": "dumb"}, "auto", Depth.NONE),
        ({}, "auto", Depth.NONE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "auto", Depth.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "auto", Depth.C256),
        ({"NO_COLOR": "1"}, "256", Depth.C256),
        ({"TERM": "dumb"}, "true", Depth.TRUE),
        ({"TERM": "xterm-256color"}, "16", Depth.C16),
        ({"TERM": "xterm-256color"}, "none", Depth.NONE),
    ],
)
def test_depth(environ: dict[str, str], color: str, depth: Depth) -> None:
    assert detect(environ, color).depth is depth


@pytest.mark.parametrize(
    ("environ", "unicode"),
    [
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "de_DE.utf8"}, True),
        ({"LC_CTYPE": "UTF-8"}, True),  # macOS
        ({"LANG": "ca_ES.UTF-8@valencia"}, True),
        ({"LC_ALL": "C", "LANG": "C.UTF-8"}, False),
        ({"LC_ALL": "", "LC_CTYPE": "en_US.UTF-8", "LANG": "C"}, True),
        ({"LC_CTYPE": "POSIX", "LANG": "C.UTF-8"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({}, False),
        ({"LANG": "C.UTF-8", "TERM": "linux"}, False),
    ],
)
def test_unicode(environ: dict[str, str], unicode: bool) -> None:
    assert detect(environ).unicode is unicode
    assert not detect(environ, ascii=True).unicode


def test_a_color_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="mauve"):
        detect({}, "mauve")


@pytest.mark.parametrize("depth", Depth)
def test_prepare_leaves_only_what_textual_accepts(depth: Depth) -> None:
    from rich.console import COLOR_SYSTEMS

    environ = {"TEXTUAL_COLOR_SYSTEM": "mauve", "NO_COLOR": "1"}
    prepare(Terminal(depth, unicode=True), environ)
    assert environ["TEXTUAL_COLOR_SYSTEM"] in COLOR_SYSTEMS
    assert "NO_COLOR" not in environ
    assert 100 <= int(environ["ESCDELAY"]) <= 250


def test_prepare_keeps_the_escape_delay_of_a_person() -> None:
    environ = {"ESCDELAY": "500"}
    prepare(Terminal(Depth.TRUE, unicode=True), environ)
    assert environ["ESCDELAY"] == "500"


@pytest.mark.parametrize(
    ("environ", "asked"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "screen"}, True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        *(({"TERM": term}, False) for term in ("", "dumb", "linux", "vt100", "vt220")),
    ],
)
def test_only_a_terminal_that_may_answer_is_asked_for_its_ground(environ: dict[str, str], asked: bool) -> None:
    terminal = detect(environ)
    prepared = dict(environ)
    prepare(terminal, prepared)
    assert answers(terminal, prepared) is asked

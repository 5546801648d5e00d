"""`riserun show`: a screen as text or picture, and what it refuses."""

import re
from pathlib import Path
from typing import Any

import pytest

from tui.command_line.picture import key_named
from tui.plots.colours.themes import theme
from tui.terminal import Palette, Theme


def test_text(run: Any) -> None:
    ran = run("show", "model1", "--keys", "space space ?")
    lines = ran.out.splitlines()
    assert (ran.status, len(lines)) == (0, 24)
    assert "step 0  (3) update" in lines[0]
    assert "why: data" in lines[1]


def test_two_side_by_side(run: Any) -> None:
    ran = run("show", "model2", "--against", "model1", "--keys", "space")
    assert "compare  model1 step 0 → model2 step 0" in ran.out
    assert "The slope in b is +0.5579 against +0.3330: in both, b will go down." in ran.out
    ran = run("show", "model2", "--against", "splitt")
    assert (ran.status, "did you mean 'split'?" in ran.err) == (2, True)


def test_size_and_ascii(run: Any) -> None:
    lines = run("show", "split", "--size", "120x40", "--ascii").out.splitlines()
    assert len(lines) == 40
    assert max(map(len, lines)) == 120
    assert "".join(lines).isascii()


def test_without_colours_the_field_is_glyphs(run: Any) -> None:
    assert run("show", "--color", "none").out.count("░") > 100 > run("show").out.count("░")


@pytest.mark.parametrize("color", ["true", "256", "16", "none"])
def test_svg(run: Any, folder: Path, color: str) -> None:
    path = folder / "picture.svg"
    ran = run("show", "model1", "--format", "svg", "--color", color, "-o", str(path))
    picture = path.read_text(encoding="utf-8")
    assert (ran.status, ran.out) == (0, "")
    assert picture.startswith("<svg")
    assert "w1" in picture
    assert "url(http" not in picture


def test_where_it_cannot_be_written(run: Any, folder: Path) -> None:
    ran = run("show", "-o", str(folder / "none" / "x.svg"))
    assert (ran.status, ran.out) == (2, "")
    assert "cannot write" in ran.err
    assert "No such file" in ran.err


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--keys", "spcae"], "--keys: no key is called 'spcae'; did you mean space?"),
        (["--keys", "zzzz"], "--keys: no key is called 'zzzz'"),
        (["--size", "80"], "--size takes COLUMNSxROWS up to 1000, such as 80x24, not '80'"),
        (["--size", "0x10"], "--size takes"),
        (["--size", "80x2400"], "--size takes"),
        (["--size", "-1x3"], "--size"),
        (["--format", "png"], "invalid choice: 'png'"),
        (["--color", "mauve"], "invalid choice: 'mauve'"),
    ],
)
def test_nonsense_is_refused_with_what_would_be_right(run: Any, options: list[str], reason: str) -> None:
    ran = run("show", *options)
    assert (ran.status, ran.out) == (2, "")
    assert reason in ran.err


@pytest.mark.parametrize(
    ("said", "key"),
    [("space", "space"), ("bksp", "backspace"), ("esc", "escape"), ("pgdn", "pagedown"), ("-", "minus"), ("?",
     "question_mark"), ("N", "N"), ("ctrl+l", "ctrl+l"), ("shift+tab", "shift+tab"), ("<", "less_than_sign")],
)  # fmt: skip
def test_keys_by_their_names(said: str, key: str) -> None:
    assert key_named(said) == key


def test_too_small_it_shows_what_a_person_would_see(run: Any) -> None:
    assert run("show", "--size", "40x10").out.startswith("riserun needs 72x21; this is 40x10.")


def test_a_text_has_no_half_blocks_and_a_picture_the_colours_that_were_asked_for(run: Any) -> None:
    assert "▀" not in run("show", "model1", "--keys", "space").out
    drawn = run("show", "model1", "--keys", "space", "--format", "svg", "--theme", "light", "--palette", "safe").out
    assert theme(Theme.LIGHT, Palette.SAFE)["field-1"][0] in drawn


def test_in_a_text_no_bar_is_shorter_than_its_number_because_nothing_is_reversed(run: Any) -> None:
    text = run("show", "model1", "--size", "120x40", "--keys", "space").out
    bars = dict(re.findall(r"(-0\.\d{4}) ([ ▐█]{2})", text))
    assert bars["-0.3543"] == "██"
    assert bars["-0.3094"] == "▐█"
    assert bars["-0.2250"] == " █"

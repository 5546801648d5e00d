"""The ASCII face: nothing but ASCII, and a drawing keeps its cells."""

import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
import tui
from scenarios.library import store
from tui.plots.glyphs import drawn, said
from tui.plots.rows import BOLD, plain, row


def test_a_drawing_keeps_its_cells() -> None:
    line = drawn(row("┌─ ○ ×━┐", ("│●◆◇▸│", BOLD)), False)
    assert plain(line) == "+- o x=+|@#V>|"
    assert line[1][1] == BOLD


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF)))
def test_any_drawing_becomes_ascii_sign_for_sign(text: str) -> None:
    face = plain(drawn(row(text), False))
    assert face.isascii()
    assert len(face) == len(text)
    assert said(text, False).isascii()


@pytest.mark.parametrize("text", ["plain", "Σ σ ε ○ × é 漢"])
def test_where_there_is_unicode_nothing_is_translated(text: str) -> None:
    assert drawn(row(text), True) == row(text)
    assert said(text, True) == text


def test_prose_may_grow() -> None:
    assert said("|m| / √(w1² + w2²) ≤ 2ε", False) == "|m| / sqrt(w1^2 + w2^2) <= 2eps"
    assert said("× and ○: y·m", False) == "x and o: y*m"


def signs(package: ModuleType) -> set[str]:
    """The signs beyond ASCII in a package's texts: its string literals but docstrings, which may use any."""
    found = ""
    for path in Path(inspect.getfile(package)).parent.rglob("*.py"):
        if path.name != "glyphs.py":
            found += re.sub(r'"""(?s:.*?)"""|#.*', "", path.read_text(encoding="utf-8"))
    return {sign for sign in found if not sign.isascii()}


def test_every_sign_of_the_prose_has_a_stand_in() -> None:
    assert {"×", "ε", "●"} <= signs(scenarios)
    assert [sign for sign in sorted(signs(scenarios)) if "?" in said(sign, False)] == []


def test_every_sign_on_the_screen_has_a_stand_in() -> None:
    assert {"×", "─", "▸"} <= signs(tui)
    faces = {sign: (said(sign, False), plain(drawn(row(sign), False))) for sign in signs(tui)}
    assert [sign for sign, face in sorted(faces.items()) if face == ("?", "?")] == []


@pytest.mark.parametrize("name", store.BUILTIN)
def test_the_built_in_texts_have_stand_ins(name: str) -> None:
    scenario = store.load(name)
    for text in (scenario.title, scenario.summary, scenario.notes):
        assert said(text, False).count("?") == text.count("?")

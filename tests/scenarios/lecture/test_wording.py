"""Every move that has a word is read back as it was, to the last bit."""

import math
import re
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session import moves
from engine.training.settings import SETTINGS
from scenarios.lecture.wording import WORDS, heard, said
from scenarios.workspace.moves import Look
from scenarios.workspace.view import View

_VALUES = {
    float: st.floats(allow_nan=False, allow_infinity=False),
    int: st.integers(-(10**9), 10**9),
    str: st.from_regex(r"[A-Za-z][\w.-]{0,20}", fullmatch=True),
}


@given(st.data())
@pytest.mark.parametrize("word", [word for word, kind in WORDS.items() if kind is not moves.Set])
def test_a_move_is_read_back_as_it_was(word: str, data: st.DataObject) -> None:
    kinds = get_type_hints(WORDS[word]).values()
    move = WORDS[word](*(data.draw(_VALUES[kind]) for kind in kinds))
    text = said(move)
    assert text is not None
    assert heard(text) == move


@given(st.data())
@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_read_back_as_it_was(name: str, data: st.DataObject) -> None:
    move = moves.Set(name, data.draw(_VALUES[type(SETTINGS[name].default)]))
    text = said(move)
    assert text is not None
    assert heard(text) == heard(f"set {name} {text.split()[-1]}") == move


def test_the_settings_of_the_first_journals_keep_their_words() -> None:
    assert said(moves.Set("rate", 0.25)) == "rate 0.25"
    assert said(moves.Set("loss", "ReLU")) == "loss ReLU"
    assert said(moves.Set("reduction", "mean")) == "set reduction mean"


def test_a_negative_zero_keeps_its_sign() -> None:
    move = heard("edit b -0.0")
    assert isinstance(move, moves.Edit)
    assert math.copysign(1.0, move.value) == -1.0


def test_a_view_is_not_said_in_words() -> None:
    assert said(Look(View(point=3))) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "unknown move ''"),
        ("edti b 1", "did you mean 'edit'?"),
        ("edit b", "write edit NAME VALUE"),
        ("edit b one", "'one' is not a finite number; write edit NAME VALUE"),
        ("edit b inf", "'inf' is not a finite number"),
        ("seek 1.5", "'1.5' is not a whole number; write seek STEP"),
        ("forward now", "write forward"),
        ("rate", "'rate' has 0 values after rate; write rate RATE"),
        ("rate fast", "'fast' is not a finite number; write rate RATE"),
        ("loss log sigmoid", "has 2 values after loss; write loss LOSS"),
        ("set", "has 0 values after set; write set NAME VALUE"),
        ("set rate", "has 1 values after set; write set NAME VALUE"),
        ("set rtae 0.1", "unknown setting 'rtae'; did you mean 'rate'?"),
        ("set rate fast", "'fast' is not a finite number; write set rate VALUE"),
    ],
)
def test_words_that_say_no_move_are_answered(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        heard(text)

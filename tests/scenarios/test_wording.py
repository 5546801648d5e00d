"""Every move that has a word is read back as it was, to the last bit."""

import math
import re
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import moves
from scenarios.moves import Look
from scenarios.view import View
from scenarios.wording import WORDS, heard, said

_VALUES = {
    float: st.floats(allow_nan=False, allow_infinity=False),
    int: st.integers(-(10**9), 10**9),
    str: st.from_regex(r"[A-Za-z][\w.-]{0,20}", fullmatch=True),
}


@given(st.data())
@pytest.mark.parametrize("word", WORDS)
def test_a_move_is_read_back_as_it_was(word: str, data: st.DataObject) -> None:
    kinds = get_type_hints(WORDS[word]).values()
    move = WORDS[word](*(data.draw(_VALUES[kind]) for kind in kinds))
    text = said(move)
    assert text is not None
    assert heard(text) == move


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
    ],
)
def test_words_that_say_no_move_are_answered(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        heard(text)

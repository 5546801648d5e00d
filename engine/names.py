"""Names as they are typed: in any case, and with slips. Used wherever a name of a table is given by a person."""

from __future__ import annotations

import difflib
from collections.abc import Collection


def closest(word: str, known: Collection[str], alike: float = 0.6) -> str | None:
    """The known name most like `word`, whatever its case; None where none is as much as `alike` like it, of 1."""
    by_fold = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=alike)
    return by_fold[close[0]] if close else None


def named(word: str, known: Collection[str]) -> str | None:
    """The known name that `word` is, in any case; None where it is none, or could be several."""
    if word in known:
        return word
    alike = [name for name in known if name.casefold() == word.casefold()]
    return alike[0] if len(alike) == 1 else None


def nearest(word: str, known: Collection[str]) -> str:
    """What to offer for `word`: the known name most like it, whatever its case, otherwise all of them."""
    if close := closest(word, known):
        return f"did you mean {close!r}?"
    names = ", ".join(list(known)[:10]) + (", ..." if len(known) > 10 else "")
    return f"there {'are' if len(known) > 1 else 'is'} {names}"

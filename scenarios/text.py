"""Text: what comes from outside is made harmless where it enters; what is said names keys by marks of its own."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Mapping, Sequence


def clean(text: str) -> str:
    """`text` with nothing in it that could steer a terminal or turn its reading direction; lines end in \\n."""
    text = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", _ESCAPE_SEQUENCE.sub("", text)).replace("\t", " ")
    return "".join(char for char in text if char in _KEPT or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def clean_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(clean(text).split())


# CSI in 7 and 8 bits; OSC, DCS and their kin up to their end; all other sequences.
_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]"
)
_KEPT = "\n\u200c\u200d"  # the two joiners belong to scripts and emoji and move nothing


# The marks are control characters, of which `clean` leaves none in what comes from outside.
_KEY = re.compile("\x01(\\w+)\x02")
_CHOICE = re.compile("\x03([^\x03\x05]*)\x05")


def key(id: str) -> str:
    """The key of a command, in a text: a mark in whose place `with_keys` puts the key's name."""
    return f"\x01{id}\x02"


def first_that_fits(*texts: str) -> str:
    """The first of the texts that fits a caption at 80 columns; the last where none does. Where keys are named in them
    it is a mark too, since their names have yet to be measured.
    """
    marked = any("\x01" in text for text in texts)
    return "\x03" + "\x04".join(texts) + "\x05" if marked else _fitting(texts)


def with_keys(text: str, names: Mapping[str, str]) -> str:
    """The text as it is read: with the names of keys, by their commands, in the places of its marks."""
    text = _KEY.sub(lambda mark: names[mark[1]], text)
    while "\x03" in text:
        text = _CHOICE.sub(lambda mark: _fitting(mark[1].split("\x04")), text)
    return text


def _fitting(texts: Sequence[str]) -> str:
    lines = (textwrap.wrap(text, 72, break_on_hyphens=False) for text in texts)
    return next((text for text, broken in zip(texts, lines, strict=True) if len(broken) <= 2), texts[-1])


def sign(y: float) -> str:
    """The sign of a point of that label."""
    return "×" if y > 0 else "○"


def listed(words: Sequence[str]) -> str:
    """The words as a sentence lists them: `w1`, `w1 and b`, `w1, w2 and b`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def quoted(word: str) -> str:
    """The word as a message shows it."""
    return repr(shortened(word))


def shortened(text: str, length: int = 80) -> str:
    """The text in so many characters, by default as many as do not fill a message; a cut is marked."""
    return text if len(text) <= length else text[: length - 1] + "…"

"""Sentences: how each is worded, and what must be so where it is said. What no pattern matches was never checked."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Match = re.Match[str]

NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?"
COUNTED = r"no point|\d[\d,]* points?"
NAME = r"[A-Za-z]\w*(?:\.\w+)?"
_SHORT = {"N": NUMBER, "P": NAME, "C": COUNTED}


@dataclass(frozen=True)
class Sentence(Generic[T]):
    """A sentence, in whose pattern `<N>` is a number, `<P>` a parameter's name, `<C>` so many points; `holds` says of
    what is seen whether it is so.
    """

    pattern: str
    holds: Callable[[T, Match], bool]

    @property
    def regex(self) -> re.Pattern[str]:
        return re.compile(re.sub("<([NPC])>", lambda found: f"({_SHORT[found[1]]})", self.pattern) + r"(?: |$)")


class Sentences(Generic[T]):
    """All sentences that can be said of something; `said` counts those that were."""

    def __init__(self, *known: Sentence[T]):
        self._known = [(each, each.regex) for each in known]
        self.said: Counter[str] = Counter({each.pattern: 0 for each in known})

    def mistakes(self, text: str, seen: T) -> list[str]:
        """The sentences of a text that are not so, or that nothing is known of."""
        found, at = [], 0
        while at < len(text):
            fitting = [(match, each) for each, regex in self._known if (match := regex.match(text, at))]
            if not fitting:
                return [*found, f"unknown: {text[at:]!r}"]
            match, sentence = max(fitting, key=lambda each: each[0].end())
            self.said[sentence.pattern] += 1
            if not sentence.holds(seen, match):
                found.append(f"false: {match[0]!r}")
            at = match.end()
        return found

    @property
    def unsaid(self) -> list[str]:
        return [pattern for pattern, count in self.said.items() if not count]


def number(text: str) -> float:
    return float(text.replace(",", ""))


def counted(text: str) -> int:
    return 0 if text == "no point" else int(text.split()[0].replace(",", ""))


def reads(text: str | None, value: float, noise: float = 0.0) -> bool:
    """Whether the number that is written is the value, rounded to the digits that are written."""
    if text is None or not math.isfinite(value):
        return text is None
    return abs(number(text) - value) <= 0.5000001 * unit(text) + noise + 1e-9 * abs(value)


def unit(text: str) -> float:
    """One of the last digit that is written."""
    mantissa, _, exponent = text.replace(",", "").partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def all_read(texts: Sequence[str | None], values: Sequence[float]) -> bool:
    return all(map(reads, texts, values))


UP = ("rises", "rose", "up", "above", "go up", "right")


def goes(word: str | None, value: float, noise: float = 0.0) -> bool:
    """Whether a word for up or down is that of a change; "stays" and None are that of none."""
    if word in (None, "stays", "same"):
        return abs(value) <= noise
    return value > -noise if word in UP else value < noise

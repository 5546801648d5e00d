"""Answers: what a terminal says when it is asked, told apart from keys, however it is cut into pieces or garbled."""

import re
from collections.abc import Callable

GROUND = "\x1b]11;?\x1b\\"
"""Asks a terminal for the colour of its ground. Some do not know it and answer nothing."""
POSITION = "\x1b[6n"
"""Asks it for the position of its cursor, which it reports when it has come so far."""

# Some put a ? before the numbers, and a page behind them.
_REPORT, _PART = re.compile(r"\x1b\[\??\d+(;\d+){1,2}R"), re.compile(r"\x1b(\[\??(\d{1,5}(;\d{0,5}){0,2})?)?")
_BEGINS = "\x1b]11;"
_COLOUR = re.compile(r"rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?\Z")
_LONGEST, _LONGEST_KEPT = 65_536, 64  # characters of an answer that never ends, and of one that may mean something
_SECONDS, _PAUSE = 1.0, 0.5  # an answer takes so long at the most, and stops for so long; what comes then are keys
# The luminance at which black and white ink have the same contrast: WCAG's, of 0 to 1.
_MIDDLE = 0.179


class Answers:
    """Takes characters one at a time and gives back those that are no part of an answer, in their order.

    A ground that does not end is given up after a time, after very many characters, and where a key begins that a
    colour cannot contain. `light` is told what a whole and well-formed one says, `report` that a position came, also
    one in the midst of a paste.
    """

    def __init__(self, light: Callable[[bool], None], report: Callable[[], None], clock: Callable[[], float]):
        self._light, self._report, self._clock = light, report, clock
        self._held = ""  # what may be an answer, or its beginning
        self._count = 0
        self._until = 0.0
        self._given = 0  # how many of the held characters were given back already: an escape that came alone

    def patience(self, escape: float) -> float | None:
        """Seconds to wait for more before `give_up`: `escape` where it may be that key, None where nothing is held."""
        if len(self._held) <= self._given:
            return None
        return escape if self._held == "\x1b" else _PAUSE

    def take(self, character: str) -> str:
        """The characters that are keys now that this one has come."""
        if not self._held and character != "\x1b":
            return character
        if self._held.startswith(_BEGINS):
            return self._inside(character)
        held = self._held + character
        if held == _BEGINS:
            self._until, self._count = self._clock() + _SECONDS, 0
        if _BEGINS.startswith(held) or _PART.fullmatch(held):
            self._held = held
            return ""
        if _REPORT.fullmatch(held):
            self._held, self._given = "", 0
            self._report()
            return ""
        keys, self._given, self._held = held[self._given :], 0, ""
        return keys[:-1] + self.take(character) if character == "\x1b" else keys

    def give_up(self) -> str:
        """The characters that are keys because nothing more has come for a while."""
        held, given = self._held, self._given
        self._given = 0
        if held.startswith(_BEGINS):
            self._held = ""
            return "\x1b" if held.endswith("\x1b") else ""
        # A slow line may have cut an answer behind its first character; the rest of it is still none.
        self._held = "\x1b" if held == "\x1b" and not given else ""
        self._given = len(self._held)
        return held[given:]

    def _inside(self, character: str) -> str:
        escaped = self._held.endswith("\x1b")
        self._count += 1
        over = self._count > _LONGEST or self._clock() > self._until
        if not over and (character == "\x07" or (escaped and character == "\\")):
            self._found(self._held[len(_BEGINS) :].rstrip("\x1b"))
            self._held, self._given = "", 0
            return ""
        if over or escaped or (character < " " and character != "\x1b"):
            self._held, self._given = "", 0
            return (self.take("\x1b") if escaped else "") + self.take(character)
        if len(self._held) < _LONGEST_KEPT or character == "\x1b":
            self._held += character
        return ""

    def _found(self, colour: str) -> None:
        if match := _COLOUR.match(colour):
            red, green, blue = (int(digits, 16) / (16 ** len(digits) - 1) for digits in match.groups())
            self._light(_luminance(red, green, blue) > _MIDDLE)


def _luminance(*channels: float) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

"""Answers: what a terminal says when it is asked, told apart from keys, however it is cut into pieces or garbled."""

import re
from collections.abc import Callable

GROUND = "\x1b]11;?\x1b\\"
"""Asks a terminal for the colour of its ground. Some do not know it and answer nothing."""
POSITION = "\x1b[6n"
"""Asks it for the position of its cursor, which it reports when it has come so far."""

# Some put a ? before the numbers, and a page behind them.
_REPORT = re.compile(r"\x1b\[\??\d+(;\d+){1,2}R")
# What may become a control sequence with numbers, and what may become a string, up to where nobody types it by hand:
# P is a key here, and so are the digits.
_SEQUENCE = re.compile(r"\x1b(\[[?>=]?[\d;:]{0,64}|\[\?[\d;]{0,64}\$)?")
_OPENING = re.compile(r"\x1b(\]|P[\d;]{0,16}|[_^X])")
_STRING = re.compile(r"\x1b(\]\d|P[\d;]{0,16}[>=?!$+|]|_[A-Za-z]|[\^X][ -~])")
_BEGINS = "\x1b]11;"
_COLOUR = re.compile(r"rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?\Z")
_EIGHT_BITS = {"\x90": "P", "\x98": "X", "\x9b": "[", "\x9d": "]", "\x9e": "^", "\x9f": "_"}  # instead of an escape
_STRING_END = "\x9c"
_LONGEST, _LONGEST_KEPT = 65_536, 64  # characters of an answer that never ends, and of one that may mean something
# Seconds that a string takes at the most, and that an answer stops for, also when one is outstanding; what comes then
# are keys.
_SECONDS, _PAUSE, _PAUSE_EXPECTED = 1.0, 0.5, 1.5
# The luminance at which black and white ink have the same contrast: WCAG's, of 0 to 1.
_MIDDLE = 0.179


class Answers:
    """Takes characters one at a time and gives back those that are no part of an answer, in their order.

    Two answers are asked for; any other string, and any sequence with numbers that is no key, is swallowed as well. A
    string that does not end is given up after a time, after very many characters, and where a key begins that it
    cannot contain. `light` is told what a whole and well-formed ground says, `report` that a position came, also
    one in the midst of a paste; `key` says whether a sequence is one, `expected` whether a report is outstanding.
    """

    def __init__(
        self,
        light: Callable[[bool], None],
        report: Callable[[], None],
        clock: Callable[[], float],
        key: Callable[[str], bool] = lambda _: True,
        expected: Callable[[], bool] = lambda: False,
    ):
        self._light, self._report, self._clock, self._key, self._expected = light, report, clock, key, expected
        self._held = ""  # what may be an answer, or its beginning
        self._inside = False  # what is held is the beginning of a string
        self._count = 0
        self._until = 0.0
        self._given = 0  # how many of the held characters were given back already: an escape that came alone

    def patience(self, escape: float) -> float | None:
        """Seconds to wait for more before `give_up`: `escape` where it may be that key, None where nothing is held."""
        if len(self._held) <= self._given:
            return None
        if self._held == "\x1b":
            return escape
        return _PAUSE_EXPECTED if self._held.startswith("\x1b[") and self._expected() else _PAUSE

    def take(self, character: str) -> str:
        """The characters that are keys now that this one has come; a byte that is no UTF-8 comes as a surrogate."""
        if "\udc80" <= character <= "\udcff":
            character = chr(ord(character) - 0xDC00)
            if character not in _EIGHT_BITS and character != _STRING_END:
                return ""
        if character in _EIGHT_BITS:
            return self.take("\x1b") + self.take(_EIGHT_BITS[character])
        if self._inside:
            return self._within(character)
        if character == _STRING_END:
            return ""
        if not self._held and character != "\x1b":
            return character
        return self._further(character)

    def give_up(self) -> str:
        """The characters that are keys because nothing more has come for a while."""
        held, given = self._held, self._given
        self._given = 0
        if self._inside:
            self._forget()
            return "\x1b" if held.endswith("\x1b") else ""
        # A slow line may have cut an answer behind its first character; the rest of it is still none.
        self._held = "\x1b" if held == "\x1b" and not given else ""
        self._given = len(self._held)
        return held[given:]

    def _further(self, character: str) -> str:
        held = self._held + character
        if _STRING.fullmatch(held):
            self._inside, self._held = True, held
            self._until, self._count = self._clock() + _SECONDS, 0
            return ""
        if _SEQUENCE.fullmatch(held) or _OPENING.fullmatch(held):
            self._held = held
            return ""
        if _REPORT.fullmatch(held):
            self._forget()
            self._report()
            return ""
        keys, complete = held[self._given :], len(held) > 2 and held[1] == "[" and "@" <= character <= "~"
        self._forget()
        if complete and not self._key(held):
            return ""
        return keys[:-1] + self.take(character) if character == "\x1b" else keys

    def _within(self, character: str) -> str:
        escaped = self._held.endswith("\x1b")
        self._count += 1
        over = self._count > _LONGEST or self._clock() > self._until
        if not over and (character in ("\x07", _STRING_END) or (escaped and character == "\\")):
            said = self._held.rstrip("\x1b")
            self._forget()
            if said.startswith(_BEGINS):
                self._found(said[len(_BEGINS) :])
            return ""
        if over or escaped or (character < " " and character != "\x1b"):
            self._forget()
            return (self.take("\x1b") if escaped else "") + self.take(character)
        if len(self._held) < _LONGEST_KEPT or character == "\x1b":
            self._held += character
        return ""

    def _forget(self) -> None:
        self._held, self._given, self._inside = "", 0, False

    def _found(self, colour: str) -> None:
        if match := _COLOUR.match(colour):
            red, green, blue = (int(digits, 16) / (16 ** len(digits) - 1) for digits in match.groups())
            self._light(_luminance(red, green, blue) > _MIDDLE)


def _luminance(*channels: float) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

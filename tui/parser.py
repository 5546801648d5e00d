"""Textual's parser of what a terminal sends, without what ends the application or becomes keys that nobody typed."""

import re
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._parser import ParseTimeout, Peek1, Read1
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from tui.answers import Answers

# Beside those of Textual's table: a paste, what kitty and urxvt say of keys and mice, and what Textual asks for.
_MEANT = re.compile(r"\x1b\[(20[01]~|[\d;:]+[u~ABCDEFHPQS]|[\d;]+M|48;[\d;:]+t|\?\d+;\d\$y)")


class Ground(Message):
    """The terminal has said what its ground is like."""

    def __init__(self, light: bool):
        super().__init__()
        self.light = light


class Reached(Message):
    """The terminal has come as far as it was asked to report, or shift+F3 was pressed, which looks the same."""


class Parser(XTermParser):
    """Ignores a key report with impossible numbers, which ends Textual's parser and the application with it; takes a
    character right behind an escape for the two keys they are, because no key here has alt; and takes the
    terminal's answers out, which Textual would at times hand on as keys.
    """

    def __init__(
        self,
        debug: bool = False,
        clock: Callable[[], float] = time.monotonic,
        expected: Callable[[], bool] = lambda: False,
    ):
        """`expected` says whether a report of the terminal is outstanding."""
        self._told: deque[Message] = deque()
        told = self._told.append
        self._answers = Answers(
            lambda light: told(Ground(light)), lambda: told(Reached()), clock, key=_meant, expected=expected
        )
        super().__init__(debug)

    def parse(self, token_callback: Callable[[Message], None]) -> Generator[Read1 | Peek1, str, None]:
        """Textual's own loop, handed only what is no answer. The time-outs that end its sequences end ours first."""
        answers, textual = self._answers, super().parse(token_callback)
        awaiting = next(textual)
        while True:
            patience = answers.patience(constants.ESCAPE_DELAY)
            try:
                keys, over = answers.take((yield awaiting if patience is None else Read1(patience))), False
            except ParseTimeout:
                keys, over = answers.give_up(), True
            for character in keys:
                if character == "\x1b" and awaiting.timeout is not None:
                    awaiting = textual.throw(ParseTimeout())  # what began before does not go on
                awaiting = textual.send(character)
            if over and awaiting.timeout is not None:
                awaiting = textual.throw(ParseTimeout())
            while self._told:
                token_callback(self._told.popleft())

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterator[events.Key]:
        two = len(sequence) == 2 and sequence[0] == "\x1b"
        if (alt and sequence.isprintable()) or (two and isinstance(ANSI_SEQUENCES_KEYS.get(sequence), str)):
            yield events.Key("escape", "\x1b")
            sequence = sequence[-1]
        yield from super()._sequence_to_key_events(sequence)

    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]  # it is cached
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, sequence)]


def _meant(sequence: str) -> bool:
    """Whether a whole control sequence is for Textual; one that is not would become keys there, letter by letter."""
    bare = len(sequence) == 3  # without numbers
    return sequence[-1] != "R" and (bare or sequence in ANSI_SEQUENCES_KEYS or _MEANT.fullmatch(sequence) is not None)

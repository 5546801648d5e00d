"""Moves in words, as a journal keeps them and a lecture file gives them: `edit b -0.5`, `hold w1`, `next`.

A word names a move, and what follows are its fields in their order. Numbers are written so that they are read back
to the last bit.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, get_type_hints

from engine.names import nearest
from engine.session import moves
from engine.training.settings import SETTINGS
from scenarios.text import quoted
from scenarios.workspace.lectures import Choose, GoTo, Leave, Move, StepAside, ToBeat
from scenarios.workspace.moves import Answer, Pin, Predict

WORDS: dict[str, type] = {
    "forward": moves.Forward,
    "back": moves.Back,
    "next": moves.NextStep,
    "previous": moves.PreviousStep,
    "seek": moves.Seek,
    "edit": moves.Edit,
    "edit-both": moves.EditBoth,
    "set": moves.Set,
    "rate": moves.Set,
    "loss": moves.Set,
    "hold": moves.Hold,
    "restart": moves.Restart,
    "undo": moves.Undo,
    "redo": moves.Redo,
    "predict": Predict,
    "answer": Answer,
    "pin": Pin,
}
"""Every move that is a word and a few plain values; one that carries more (a view, a scenario) has no word."""

_OWN = ("rate", "loss")
"""The settings that are words themselves: `rate 0.1` says `set rate 0.1`."""

LECTURING: dict[str, type] = {"scene": GoTo, "beat": ToBeat, "leave": Leave, "aside": StepAside, "choose": Choose}
"""The moves of giving a lecture: a journal has them, a lecture's file does not."""

_WORD_OF = {kind: word for word, kind in (WORDS | LECTURING).items()}
_NUMBER = {int: r"[+-]?\d{1,18}", float: r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"}
_KINDS = {int: "a whole number", float: "a finite number", str: "a name"}


def said(move: Move) -> str | None:
    """The move in words; None where it carries more than words say."""
    word = _WORD_OF.get(type(move))
    if word is None:
        return None
    if isinstance(move, moves.Set):
        return " ".join([*(() if move.name in _OWN else ("set",)), move.name, _written(move.value)])
    fields = dataclasses.fields(move)
    return " ".join([word, *(_written(getattr(move, field.name)) for field in fields)])


def heard(text: str, words: Mapping[str, type] = WORDS) -> Any:
    """The move that the text says in these words. Raises ValueError, its text for a person, where it says none."""
    word, *given = text.split() or [""]
    if word not in words:
        raise ValueError(f"unknown move {quoted(word)}; {nearest(word, words)}")
    if words[word] is moves.Set:
        return _setting(text, word, given)
    kinds = _fields(words[word])
    if len(given) != len(kinds):
        raise ValueError(f"{quoted(text)} has {len(given)} values after {word}; write {_usage(word, kinds)}")
    return words[word](
        *(_read(value, kind, _usage(word, kinds)) for value, kind in zip(given, kinds.values(), strict=True))
    )


def _setting(text: str, word: str, given: list[str]) -> moves.Set:
    """The move that sets a setting: `rate 0.1`, `set rate 0.1`."""
    name, values = (word, given) if word in _OWN else (given[0] if given else "", given[1:])
    if len(values) != 1:
        usage = _usage(word, {name: object} if word in _OWN else {"name": object, "value": object})
        raise ValueError(f"{quoted(text)} has {len(given)} values after {word}; write {usage}")
    if name not in SETTINGS:
        raise ValueError(f"unknown setting {quoted(name)}; {nearest(name, SETTINGS)}")
    usage = _usage(word, {name: object}) if word in _OWN else f"set {name} VALUE"
    return moves.Set(name, _read(values[0], type(SETTINGS[name].default), usage))


def _usage(word: str, kinds: Mapping[str, type]) -> str:
    """How a move is written: `edit NAME VALUE`."""
    return " ".join([word, *(name.upper() for name in kinds)])


@cache
def _fields(move: type) -> dict[str, type]:
    return get_type_hints(move)


def _written(value: object) -> str:
    return value if isinstance(value, str) else repr(value)


def _read(text: str, kind: type, usage: str) -> Any:
    value = kind(text) if kind is str or re.fullmatch(_NUMBER[kind], text, re.ASCII) else None
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"{quoted(text)} is not {_KINDS[kind]}; write {usage}")
    return value

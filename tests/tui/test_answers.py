"""What a terminal says of its ground never becomes keys, and keys are neither lost nor put in another order."""

import random

import pytest
from textual import events
from textual._parser import ParseTimeout

from tui.answers import Answers
from tui.parser import Ground, Parser, Reached

WHITE, BLACK = "\x1b]11;rgb:ffff/ffff/ffff", "\x1b]11;rgb:0000/0000/0000"
BELL, STRING_END = "\x07", "\x1b\\"


class Clock:
    """Seconds that pass when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def parsed(*pieces: str | float, expected: bool = False) -> list[str | bool]:
    """The keys, and the grounds as True for a light one, that come of pieces of text and of pauses in seconds."""
    clock, found = Clock(), list[object]()
    parser = Parser(clock=clock, expected=lambda: expected).parse(found.append)
    awaiting = next(parser)
    for piece in pieces:
        if isinstance(piece, str):
            for character in piece:
                awaiting = parser.send(character)
        else:
            clock.now += piece
            while awaiting.timeout is not None and awaiting.timeout <= piece:
                awaiting = parser.throw(ParseTimeout())
    return [_told(message) for message in found]


def _told(message: object) -> str | bool:
    if isinstance(message, Ground):
        return message.light
    if isinstance(message, Reached):
        return "report"
    if isinstance(message, events.Paste):
        return message.text
    assert isinstance(message, events.Key)
    return message.key


@pytest.mark.parametrize(
    ("colour", "light"),
    [
        ("rgb:ffff/ffff/ffff", True),
        ("rgb:00/00/00", False),
        ("rgb:f/f/f", True),
        ("rgba:fdfd/f6f6/e3e3/ffff", True),
        ("rgb:0000/2b2b/3636", False),
        ("rgb:0000/0000/ffff", False),
        ("rgb:ffff/ffff/0000", True),
        ("rgb:7070/7070/7070", False),
        ("rgb:8080/8080/8080", True),
        *((wrong, None) for wrong in ("", "?", "rgb:", "rgb:ffff/ffff", "rgb:ffff/ffff/fffff", "rgb:g/g/g", "red")),
    ],
)
def test_what_is_light(colour: str, light: bool | None) -> None:
    for end in (BELL, STRING_END):
        assert parsed("a", f"\x1b]11;{colour}{end}", "b") == (["a", "b"] if light is None else ["a", light, "b"])


@pytest.mark.parametrize("end", [BELL, STRING_END])
def test_it_may_be_cut_anywhere_even_for_long(end: str) -> None:
    whole = WHITE + end
    for at in range(1, len(whole)):
        assert parsed("x", whole[:at], 0.4, whole[at:], "\x1b[Ay") in (
            ["x", True, "up", "y"],
            ["x", "escape", True, "up", "y"],  # cut behind its first character, which is the escape key until then
        )
    assert parsed(*whole) == [True]


@pytest.mark.parametrize(
    ("pieces", "keys"),
    [
        (("\x1b", 0.2, "a"), ["escape", "a"]),
        (("\x1b", 0.2, "]", 0.6, "1"), ["escape", "right_square_bracket", "1"]),
        (("\x1b]", 0.6), ["escape", "right_square_bracket"]),
        (("\x1b\x1b[A",), ["escape", "up"]),
        (("\x1b", 0.2, WHITE, BELL, "a"), ["escape", True, "a"]),
        (("\x1bx", WHITE, BELL, 0.2, "a"), [True, "escape", "x", "a"]),
        (("\x1bx\x1b[3;4R", 0.2, "a"), ["report", "escape", "x", "a"]),
        (("\x1b[", 0.4, "A\x1b[1;", 0.4, "2A"), ["up", "shift+up"]),
        (("\x1b[", 0.6, "9"), ["escape", "left_square_bracket", "9"]),
        (("\x1b[200~x\x1b[3;4Ry" + WHITE + BELL + "z\x1b[201~a",), ["report", True, "xyz", "a"]),
        (("\x1b[?1;1Ra\x1b[?1;1;1Rb\x1b[?1", 0.4, "0;10R"), ["report", "a", "report", "b", "report"]),
        (("]11;", "a"), ["right_square_bracket", "1", "1", "semicolon", "a"]),
    ],
)
def test_keys_that_look_like_its_beginning(pieces: tuple[str | float, ...], keys: list[str | bool]) -> None:
    assert parsed(*pieces) == keys


@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_a_report_that_is_outstanding_may_pause_for_longer(at: int) -> None:
    whole = "\x1b[5;7R"
    assert parsed("x", whole[:at], 0.9, whole[at:], "y", expected=True) in (
        ["x", "report", "y"],
        ["x", "escape", "report", "y"],
    )
    assert parsed("x", "\x1b[", 1.6, "y", expected=True) == ["x", "escape", "left_square_bracket", "y"]


@pytest.mark.parametrize(
    "said",
    [
        *("\x1b]10;rgb:bbbb/ffff/ffff\x07", "\x1b]4;1;rgb:bbbb/ffff/ffff\x1b\\", "\x1b]111\x07", "\x1b]11\x1b\\"),
        *("\x1bP>|XTerm(370)\x1b\\", "\x1bP1$r0m\x07", "\x1b_Gi=31;OK\x1b\\", "\x1b^b\x1b\\", "\x1bXb\x1b\\"),
        *(
            "\x1b[?62;1;6c",
            "\x1b[>0;276;0c",
            "\x1b[8;24;80t",
            "\x1b[4;480;640t",
            "\x1b[0n",
            "\x1b[?1u",
            "\x1b[?1;0;256S",
        ),
        *("\x1b[R", "\x1b[;R", "\x1b[1R", "\x1b[1;R", "\x1b[;1R", "\x1b[1;2;3;4R"),
        *("\udc9d11;#bbb\udc9c", "\x9d12;?\x9c", "\x90>|b\x9c", "\x9b?6c", "\x9c", "\udc9c", "\udcff"),
    ],
)
def test_what_nobody_asked_for_is_no_key(said: str) -> None:
    assert parsed(said, "b", "\x1b[A") == ["b", "up"]


@pytest.mark.parametrize("report", ["\x9b1;1R", "\udc9b1;1R"])
def test_a_report_in_eight_bits_is_one(report: str) -> None:
    assert parsed(report, "b") == ["report", "b"]


@pytest.mark.parametrize(
    ("pieces", "keys"),
    [
        (("\x1bP", 0.6, "1"), ["escape", "P", "1"]),
        (("\x1bP1", 0.6, "q"), ["escape", "P", "1", "q"]),
        (("\x1b[1;5C\x1b[15~\x1b[Z\x1b[97;5u",), ["ctrl+right", "f5", "shift+tab", "ctrl+a"]),
        (("\x1b[23$", "a"), ["f23", "a"]),
    ],
)
def test_keys_that_look_like_what_nobody_asked_for(pieces: tuple[str | float, ...], keys: list[str | bool]) -> None:
    assert parsed(*pieces) == keys


@pytest.mark.parametrize("after", ["\r", "\x03", "\x1b[A", " "])
def test_one_without_an_end_is_given_up(after: str) -> None:
    (key,) = parsed(after)
    assert parsed(WHITE, 0.6, after) == [key]  # after a time
    assert parsed("\x1b]11;", *[0.3, "f"] * 9, after)[-1] == key  # although more keeps coming
    if after != " ":
        assert parsed(WHITE, after) == [key]  # and at once where no colour goes on like that
        assert parsed(WHITE, "\x1b", 0.6, after) in (["escape", key], [key])


def test_one_that_never_ends_takes_no_room_and_ends_as_well() -> None:
    assert parsed("\x1b]11;" + "f" * 65_000, BELL) == []
    assert parsed("\x1b]11;" + "f" * 70_000, "\r").count("enter") == 1


def test_whatever_comes_with_it_keys_keep_their_order() -> None:
    names: dict[str, str | bool] = {"a": "a", "\x1b[A": "up", "\x1b[5~": "pageup", " ": "space", "\x1b[3;4R": "report"}
    names |= {WHITE + BELL: True, BLACK + STRING_END: False}
    source = random.Random(11)
    for _ in range(200):
        words = source.choices(list(names), k=12)
        assert parsed("".join(words)) == [names[word] for word in words]


def test_nothing_is_held_of_other_keys() -> None:
    answers = Answers(lambda _: None, lambda: None, Clock())
    for key in ("a", "\x1b[A", "\x1b[200~text\x1b[201~"):
        assert "".join(answers.take(character) for character in key) == key
        assert answers.patience(0.1) is None

"""Large digits: told apart, in their places, and no wider than the room."""

import pytest

from tui.plots.digits import large

ROOMS = [(32, 5), (44, 8), (76, 11), (110, 20)]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("unicode", [True, False])
def test_every_sign_is_drawn_and_none_looks_like_another(room: tuple[int, int], unicode: bool) -> None:
    drawn = {sign: tuple(large(sign, *room, unicode)) for sign in "0123456789+-.e"}
    assert len(set(drawn.values())) == len(drawn)
    for rows in drawn.values():
        assert len(rows) <= room[1]
        assert {len(line) for line in rows} == {room[0]}
        assert set("".join(rows)) <= set(" ▀▄█" if unicode else " #")


@pytest.mark.parametrize("room", ROOMS)
def test_the_point_stays_in_its_column_from_number_to_number(room: tuple[int, int]) -> None:
    whole = [large(text, *room, True) for text in ("5.7766", "+5.7766", "-5.7766", "15.7766")]
    tails = [[line[-(room[0] // 2) :] for line in rows] for rows in whole]
    assert tails.count(tails[0]) == len(tails)


@pytest.mark.parametrize("room", ROOMS)
def test_a_sign_does_not_touch_the_first_digit(room: tuple[int, int]) -> None:
    for text in ("+0.5403", "-0.8323"):
        rows = large(text, *room, True)
        start = max(len(line) - len(line.lstrip()) for line in rows if line.strip())  # of the digits, in the first row
        assert {line[start - 2 : start] for line in rows} == {"  "}


def test_longer_numbers_get_narrower_digits_and_what_has_no_room_none() -> None:
    assert len(large("-0.5579", 32, 5, True)) == 5
    assert large("+1.2e+06", 32, 5, True)[0].rstrip()
    assert large("5.7766", 12, 5, True) == large("5.7766", 32, 4, True) == []
    assert large("b = 1", 80, 9, True) == []


def test_words_that_stand_for_a_number_are_drawn_too() -> None:
    assert all(large(word, 32, 5, True) for word in ("none", "+inf", "-inf", "+nan", "23,489"))

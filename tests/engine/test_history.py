"""History: against plain lists, however the histories grew out of each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.history import History

# Which earlier history to grow, and where to branch from (None: append).
growths = st.lists(st.tuples(st.integers(0, 100), st.none() | st.integers(0, 12)), max_size=40)


@given(growths)
def test_no_history_ever_sees_a_change(grown: list[tuple[int, int | None]]) -> None:
    histories, lists = [History.of(0)], [[0]]
    for item, (chosen, index) in enumerate(grown, start=1):
        history, plain = histories[chosen % len(histories)], lists[chosen % len(lists)]
        histories.append(history.append(item) if index is None else history.branch(index, item))
        lists.append([*(plain if index is None else plain[:index]), item])
        assert [entry.items() for entry in histories] == lists


@given(growths)
def test_at_and_len_are_those_of_the_items(grown: list[tuple[int, int | None]]) -> None:
    history = History.of(0)
    for item, (_, index) in enumerate(grown, start=1):
        history = history.append(item) if index is None else history.branch(index, item)
    assert [history.at(i) for i in range(len(history))] == history.items()


def test_the_list_of_items_is_ones_own() -> None:
    history = History.of(0)
    history.items().append(1)
    assert history.items() == [0]


@pytest.mark.parametrize("index", [-1, 2])
def test_outside_the_history(index: int) -> None:
    with pytest.raises(IndexError, match=f"step {index} of 2"):
        History.of("first").append("second").at(index)

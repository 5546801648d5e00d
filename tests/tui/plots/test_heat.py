"""The frame of a map: ticks up its side and under it, and the names of its axes."""

import pytest

from tui.plots.heat import framed, ticks
from tui.plots.rows import plain, row


@pytest.mark.parametrize(
    ("limits", "cells", "labels"),
    [
        ((-2.0, 2.0), 15, {0: "-2", 4: "-1", 7: "0", 11: "1", 14: "2"}),
        ((-0.3, 0.3), 10, {1: "-0.2", 5: "0", 8: "0.2"}),
        ((-1.25, 12.75), 9, {1: "0", 4: "5", 6: "10"}),
        ((3.0, 3.0 + 1e-9), 9, {0: "3", 8: "3"}),
    ],
)
def test_ticks_are_round_numbers_in_their_cells(
    limits: tuple[float, float], cells: int, labels: dict[int, str]
) -> None:
    assert ticks(limits, cells) == labels


def test_a_map_has_ticks_on_both_axes_and_their_names_where_no_tick_is() -> None:
    rows = [plain(line) for line in framed([row("." * 40)] * 13, (-2.0, 2.0), (0.0, 1.0), ("b", "w1"), 6, 40)]
    assert {line[:5].strip() for line in rows[:-1]} == {"0", "0.5", "1", "w1", ""}
    assert [line[6:] for line in rows[:-1]] == ["." * 40] * 13
    assert rows[-1].split() in (["-2", "b", "0", "2"], ["-2", "0", "b", "2"])
    assert len(rows[-1]) == 46
    assert (rows[-1].index("-2"), rows[-1].rindex("2")) == (6, 45)

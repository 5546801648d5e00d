"""The frame of a map: ticks up its side and under it, and the names of its axes."""

import pytest

from tui.plots.maps.heat import framed, upright
from tui.plots.rows import plain, row


@pytest.mark.parametrize(
    ("limits", "lines", "labels"),
    [
        ((-2.0, 2.0), 9, {8: "-2", 6: "-1", 4: "0", 2: "1", 0: "2"}),
        ((-1.25, 12.75), 9, {8: "-1.25", 4: "5.00", 0: "12.75"}),
    ],
)
def test_ticks_are_round_numbers_and_the_ends(limits: tuple[float, float], lines: int, labels: dict[int, str]) -> None:
    assert upright(limits, lines) == labels


def test_a_map_has_ticks_on_both_axes_and_their_names_between_two() -> None:
    rows = [plain(line) for line in framed([row("." * 40)] * 13, (-2.0, 2.0), (0.0, 1.0), ("b", "w1"), 6, 40)]
    beside = [line[:5].strip() for line in rows[:-1]]
    assert [label for label in beside if label and label != "w1"] == ["1.0", "0.8", "0.6", "0.4", "0.2", "0.0"]
    assert 0 < beside.index("w1") < 12
    assert [line[6:] for line in rows[:-1]] == ["." * 40] * 13
    assert rows[-1].replace("b", "").split() == ["-2", "-1", "0", "1", "2"]
    assert len(rows[-1]) == 46
    assert (rows[-1].index("-2"), rows[-1].rindex("2")) == (6, 45)

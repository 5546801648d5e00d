"""Block elements of an exported picture."""

import re

import pytest

from tui.command_line.vector import drawn


def text(signs: str) -> str:
    """A line of Rich's picture: two cells from the left, each 10 wide."""
    length = 10 * len(signs.replace("&#160;", " "))
    return f'<text class="r1" x="20" y="44.4" textLength="{length}" clip-path="url(#line-1)">{signs}</text>'


def rectangles(svg: str) -> list[tuple[float, ...]]:
    found = re.findall(r'<rect class="r1" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
    return [tuple(map(float, each)) for each in found]


def test_half_blocks_are_one_rectangle_of_half_the_line() -> None:
    svg = drawn(text("▀▀▀"))
    ((x, y, width, height),) = rectangles(svg)
    assert (x, width) == (20, 30)
    assert (y, height) == pytest.approx((25.9, 12.325))
    assert "<text" not in svg


def test_quarters_stand_in_their_cells_and_other_signs_stay() -> None:
    svg = drawn(text("a▚&#160;▌"))
    assert [(x, width) for x, _, width, _ in rectangles(svg)] == [(30, 5), (35, 5), (50, 5)]
    assert ">a&#160;&#160;&#160;</text>" in svg


def test_a_text_without_blocks_is_left_as_it_is() -> None:
    assert drawn(text("a &lt; b")) == text("a &lt; b")

"""Shapes in pixels, and the glyphs that cells of pixels are."""

import numpy as np
import pytest

from engine.replay.program import Mask
from tui.plots.points.shapes import bracket, cross, disc, glyph, grown, plate, ring


def text(shape: Mask) -> list[str]:
    return ["".join(".#"[int(pixel)] for pixel in row) for row in shape]


def test_discs_and_crosses() -> None:
    assert text(disc(6, 3)) == [".####.", "######", ".####."]
    assert text(cross(6, 3)) == ["##..##", "..##..", "##..##"]
    assert text(disc(4, 4)) == [".##.", "####", "####", ".##."]
    assert text(cross(4, 4)) == ["#..#", ".##.", ".##.", "#..#"]


@pytest.mark.parametrize("size", [(6, 3), (10, 5), (14, 7)])
@pytest.mark.parametrize("crossed", [False, True])
def test_a_plate_is_whole_at_its_edge_and_open_in_the_middle(size: tuple[int, int], crossed: bool) -> None:
    width, height = size
    shape, whole = plate(width, height, crossed)
    assert shape.shape == whole.shape == (height + 2, width)
    assert whole.sum() == whole.size - (0 if crossed else 4)
    edge = np.ones_like(whole)
    edge[1:-1, 1:-1] = False
    assert (shape == whole)[edge].all()
    assert not shape[(height + 2) // 2, width // 2]


def test_a_ring_is_a_pixel_larger_and_round_about_a_disc() -> None:
    assert text(ring(disc(4, 2), crossed=False)) == [".####.", "######", "######", ".####."]
    assert ring(cross(6, 3), crossed=True).all()


def test_a_bracket_is_round() -> None:
    assert text(bracket(5)) == [".#", "#.", "#.", "#.", ".#"]


def test_a_shape_grows_by_a_pixel_on_each_side() -> None:
    assert text(grown(np.array([[True, True]]))) == [".##.", "####", ".##."]


def test_glyphs_of_pixels() -> None:
    assert glyph([True, False, False, True]) == "▚"
    assert glyph([False, False, True, True]) == "▄"

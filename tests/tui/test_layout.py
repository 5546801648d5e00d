"""The layout: at every size the panes tile the body, cell for cell."""

from itertools import combinations

import pytest
from textual.geometry import Region

from scenarios.view import Pane
from tui.screens.layout import SMALLEST, arrange

SIZES = [(width, height) for width in range(SMALLEST[0], 251, 7) for height in range(SMALLEST[1], 81)]
LINES = ("header", "body", "caption", "footer")


def tiles(regions: list[Region], whole: Region) -> bool:
    """Whether the regions fill the whole exactly and none overlaps another."""
    inside = all(whole.contains_region(region) for region in regions)
    apart = not any(one.overlaps(other) for one, other in combinations(regions, 2))
    return inside and apart and sum(region.area for region in regions) == whole.area


@pytest.mark.parametrize("parameters", range(1, 8))
def test_everything_has_its_place_at_every_size(parameters: int) -> None:
    for width, height in SIZES:
        places = arrange(width, height, parameters, None)
        assert places is not None
        panes = [places[pane] for pane in Pane]
        assert tiles([places[line] for line in LINES], Region(0, 0, width, height)), (width, height)
        assert tiles(panes, places["body"]), (width, height)
        assert all(region.width >= 30 and region.height >= 3 for region in panes), (width, height, places)


def test_at_80x24_it_is_as_designed() -> None:
    places = arrange(80, 24, 3, None)
    assert places is not None
    assert places == {
        "data": Region(0, 1, 40, 20),
        "parameters": Region(40, 1, 40, 5),
        "loss": Region(40, 6, 40, 5),
        "slope": Region(40, 11, 40, 10),
        "header": Region(0, 0, 80, 1),
        "body": Region(0, 1, 80, 20),
        "caption": Region(0, 21, 80, 2),
        "footer": Region(0, 23, 80, 1),
    }


def test_the_data_pane_is_close_to_square() -> None:
    for width, height in ((80, 24), (120, 40), (200, 60), (250, 70)):
        places = arrange(width, height, 3, None)
        assert places is not None
        plot = places["data"].width - 6, places["data"].height - 3  # less the frame, the axis and its labels
        assert 0.9 <= plot[0] / (2 * plot[1]) <= 1.1, (width, height)


@pytest.mark.parametrize("pane", Pane)
def test_a_zoomed_pane_has_the_whole_body(pane: Pane) -> None:
    for width, height in (SMALLEST, (80, 24), (250, 80)):
        places = arrange(width, height, 3, pane)
        assert places is not None
        assert places[pane] == places["body"]
        assert not any(places[other].area for other in Pane if other is not pane)


@pytest.mark.parametrize("size", [(SMALLEST[0] - 1, 24), (80, SMALLEST[1] - 1), (1, 1), (0, 0)])
def test_below_the_smallest_size_there_is_no_place(size: tuple[int, int]) -> None:
    for zoomed in (None, *Pane):
        assert arrange(*size, 3, zoomed) is None
    assert arrange(*SMALLEST, 7, None) is not None

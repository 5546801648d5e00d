"""The layout: at every size the panes tile the body, cell for cell."""

from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from textual.geometry import Region

from engine.training.optimizers import OPTIMIZERS
from scenarios.workspace.view import Pane, View
from tui.screens import layout
from tui.screens.fit import PLAN as FIT
from tui.screens.layout import SMALLEST, Slot
from tui.screens.projection import PARTS
from tui.screens.stage import PLANS

SIZES = [(width, height) for width in range(SMALLEST[0], 251, 7) for height in range(SMALLEST[1], 81)]


def lines(width: int, height: int) -> dict[str, Region]:
    regions = layout.lines(width, height, 3 if width >= 200 else 2)
    assert regions is not None
    return regions


def looked_at(parameters: int, **view: Any) -> Any:
    """As much of a workspace as its arrangement asks for."""
    problem = SimpleNamespace(names=("w",) * parameters, optimizer=OPTIMIZERS["gradient-descent"])
    session = SimpleNamespace(state=SimpleNamespace(problem=problem))
    return SimpleNamespace(view=View(**view), session=session)


def arranged(size: tuple[int, int], parameters: int = 3, **view: Any) -> dict[str, Slot]:
    """The fit screen's slots for a model of so many parameters."""
    return FIT.arrange(lines(*size)["body"], looked_at(parameters, **view))


def tiles(regions: list[Region], whole: Region) -> bool:
    """Whether the regions fill the whole exactly and none overlaps another."""
    inside = all(whole.contains_region(region) for region in regions)
    apart = not any(one.overlaps(other) for one, other in combinations(regions, 2))
    return inside and apart and sum(region.area for region in regions) == whole.area


@pytest.mark.parametrize("parameters", range(1, 8))
def test_everything_has_its_place_at_every_size(parameters: int) -> None:
    for size in SIZES:
        regions = lines(*size)
        panes = [slot.region for slot in arranged(size, parameters).values()]
        assert len(panes) == len(Pane)
        assert tiles([*regions.values()], Region(0, 0, *size)), size
        assert tiles(panes, regions["body"]), size
        assert all(region.width >= 30 and region.height >= 3 for region in panes), size


def test_at_80x24_it_is_as_designed() -> None:
    assert lines(80, 24) == {
        "header": Region(0, 0, 80, 1),
        "body": Region(0, 1, 80, 20),
        "caption": Region(0, 21, 80, 2),
        "footer": Region(0, 23, 80, 1),
    }
    assert arranged((80, 24)) == {
        "data": Slot(Region(0, 1, 40, 20)),
        "parameters": Slot(Region(40, 1, 40, 5), over=True),
        "loss": Slot(Region(40, 6, 40, 5), under=True, over=True),
        "slope": Slot(Region(40, 11, 40, 10), under=True),
    }


def test_the_data_pane_is_close_to_square() -> None:
    for size in ((80, 24), (120, 40), (200, 60), (250, 70)):
        region = arranged(size)["data"].region
        plot = region.width - 6, region.height - 3  # less the frame, the axis and its labels
        assert 0.9 <= plot[0] / (2 * plot[1]) <= 1.1, size


@pytest.mark.parametrize("pane", [None, *Pane])
def test_a_zoomed_pane_has_the_whole_body(pane: Pane | None) -> None:
    for size in (SMALLEST, (80, 24), (250, 80)):
        zoomed = arranged(size, focus=pane, zoomed=True)
        assert zoomed == {pane or Pane.DATA: Slot(lines(*size)["body"])}


@pytest.mark.parametrize("size", [(SMALLEST[0] - 1, 24), (80, SMALLEST[1] - 1), (1, 1), (0, 0)])
def test_below_the_smallest_size_there_is_no_place(size: tuple[int, int]) -> None:
    assert layout.lines(*size, 2) is None
    assert layout.lines(*SMALLEST, 2) is not None


def test_no_pane_is_called_as_another_part_of_the_stage() -> None:
    names = [name for plan in PLANS.values() for name in plan.panes] + ["header", "caption", "footer", "help", *PARTS]
    assert len(set(names)) == len(names)

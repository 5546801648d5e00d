"""Where everything stands on the fit screen: a pure function of its size."""

from __future__ import annotations

from textual.geometry import Region

from scenarios.view import Pane

SMALLEST = (72, 21)
_RIGHT = 38  # the narrowest right column that shows its numbers whole


def arrange(width: int, height: int, parameters: int, zoomed: Pane | None) -> dict[str, Region] | None:
    """The region of each pane, by its name, and of `header`, `caption`, `footer` and `body` (all panes together).

    The data pane is as close to square as the size allows: a cell is twice as high as wide. None where the terminal is
    smaller than SMALLEST.
    """
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return None
    caption = 2 if width < 200 else 3
    body = Region(0, 1, width, height - 2 - caption)
    left = min(2 * (body.height - 3) + 6, width - max(_RIGHT, width // 3 + 6))
    # Stacked panes share their edges: each has its own upper one, the last also the lower.
    editors = min(parameters + 1, 7)
    free = body.height - editors - 4
    loss = max(free // 2, min(free - 11, 17)) if free >= 16 else 4 if free >= 12 else 3
    top, right = body.y, width - left
    places = {
        Pane.DATA: Region(0, top, left, body.height),
        Pane.PARAMETERS: Region(left, top, right, editors + 1),
        Pane.LOSS: Region(left, top + editors + 1, right, loss + 1),
        Pane.SLOPE: Region(left, top + editors + loss + 2, right, free - loss + 2),
    }
    if zoomed is not None:
        places = {pane: body if pane is zoomed else Region() for pane in Pane}
    lines = {
        "header": Region(0, 0, width, 1),
        "body": body,
        "caption": Region(0, height - 1 - caption, width, caption),
        "footer": Region(0, height - 1, width, 1),
    }
    return {**{str(pane): region for pane, region in places.items()}, **lines}

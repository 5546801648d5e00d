"""Where things stand for a projector: the picture, the number of the moment and one sentence, nothing round them."""

from __future__ import annotations

from textual.geometry import Region

from scenarios.lesson.lesson import options
from scenarios.workspace.view import Help
from scenarios.workspace.workspace import Workspace
from tui.panes import moment
from tui.screens.layout import Draw, Plan, Slot

PARTS: dict[str, Draw] = {"moment": moment.draw, "sentence": moment.draw_sentence}
"""What stands beside or under the picture of every screen."""

_NARROWEST = 34  # cells in which the smallest digits hold an ordinary number
_ASKED = 9  # rows for a question and its answers, at the smallest size too
_SAID = 6  # rows for a sentence
_AIRY = 8  # rows from which on one is left over the sentence


def projected(plan: Plan, workspace: Workspace) -> bool:
    """Whether the workspace is shown for a projector: not while help lies over it, nor the lecturer's notes."""
    return workspace.view.large and workspace.view.help is Help.NONE and plan.projected is not None


def whole(width: int, height: int) -> dict[str, Region]:
    """The regions of the `body`, and of a `footer` under it, empty but for what a key has to say."""
    return {"body": Region(0, 0, width, height - 1), "footer": Region(0, height - 1, width, 1)}


def beside(body: Region, workspace: Workspace, wide: int, pane: int = 0) -> tuple[Region, Region, dict[str, Slot]]:
    """A picture of at most `wide` cells on the left; on the right the number, under it the sentence, and under that a
    pane of at least `pane` cells across, if one was brought back: the places of both, and the slots of the other parts.
    """
    right = max(_NARROWEST, _number_width(body), pane)
    left = max(min(wide, body.width - right), body.width // 3)
    right, number = body.width - left, _number_height(body) + 1  # and a blank row
    room = body.height - number
    below = room - max(_ASKED if _asked(workspace) else _SAID, room // 3) if pane else 0
    x, y = body.x + left, body.y + number
    return (
        Region(body.x, body.y, left, body.height),
        Region(x, body.bottom - below, right, below),
        {
            "moment": Slot(Region(x, body.y, right, number)),
            "sentence": Slot(Region(x, y, right, room - below)),
        },
    )


def under(body: Region, workspace: Workspace) -> tuple[Region, dict[str, Slot]]:
    """A picture of the full width, and under it the number, with the sentence on its right."""
    low = max(_number_height(body), _ASKED if _asked(workspace) else 0)
    left, y = max(_NARROWEST, _number_width(body)), body.bottom - low
    air = int(low >= _AIRY and not _asked(workspace))
    return (
        Region(body.x, body.y, body.width, body.height - low),
        {
            "moment": Slot(Region(body.x, y, left, low)),
            "sentence": Slot(Region(body.x + left, y + air, body.width - left, low - air)),
        },
    )


def _asked(workspace: Workspace) -> bool:
    """Whether a question stands there, open or answered."""
    return bool(options(workspace))


def _number_width(body: Region) -> int:
    return body.width * 39 // 100


def _number_height(body: Region) -> int:
    return max(body.height // 5, 6)

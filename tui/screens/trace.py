"""The trace screen: one pane."""

from __future__ import annotations

from textual.geometry import Region

from scenarios.workspace.workspace import Workspace
from tui.panes.trace import table as trace
from tui.screens.layout import Plan, Slot
from tui.screens.projection import under


def projected(body: Region, workspace: Workspace) -> dict[str, Slot]:
    """The program, over the number and the sentence."""
    picture, slots = under(body, workspace)
    return {"trace": Slot(picture), **slots}


PLAN = Plan({"trace": trace.draw}, lambda body, workspace: {"trace": Slot(body)}, projected)

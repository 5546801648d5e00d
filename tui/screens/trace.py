"""The trace screen: one pane."""

from __future__ import annotations

from tui.panes import trace
from tui.screens.layout import Plan, Slot

PLAN = Plan({"trace": trace.draw}, lambda body, workspace: {"trace": Slot(body)})

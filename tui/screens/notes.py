"""The notes screen of a second terminal: one pane, over the caption that the class sees."""

from __future__ import annotations

from tui.panes import notes
from tui.screens.layout import Plan, Slot

NOTES = Plan({"notes": notes.draw}, lambda body, workspace: {"notes": Slot(body)})

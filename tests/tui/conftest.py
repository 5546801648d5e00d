"""What every test of the terminal stands on."""

from pathlib import Path
from typing import Any

import pytest

from scenarios.library import store
from tui.panes.view import PaneView


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder."""
    monkeypatch.setattr(store, "user_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def repaints(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Every repaint of a pane that was asked for."""
    seen: list[tuple[Any, ...]] = []
    refresh = PaneView.refresh

    def counted(self: PaneView, *regions: Any, **options: Any) -> Any:
        seen.append((self.id, regions))
        return refresh(self, *regions, **options)

    monkeypatch.setattr(PaneView, "refresh", counted)
    return seen
